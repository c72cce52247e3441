"""An oracle of CVSS base scores, from FIRST's documents alone.

    cvss.py domain       every base vector of every version: the files in, want
    cvss.py pairs FILE   "score vector" lines: the files in, want
    cvss.py corpora DIR  pairs that scanners' files have: the same

The numbers are fractions: nothing is rounded but where the documents round.
For 4.0 nothing is taken over but the scores of MacroVectors: which vectors are
the highest of their set, how far others lie below, and how deep a set is, is
found by looking at all vectors of the set.
"""

import csv
import functools
import glob
import itertools
import json
import math
import random
import re
import sys
import xml.etree.ElementTree as ET
from fractions import Fraction as F

HALF = F(1, 2)


def nearest(x):
    return math.floor(x + HALF)


# A Complete Guide to CVSS 2.0, 3.2.1

V2 = {"AV": {"L": "0.395", "A": "0.646", "N": "1"},
      "AC": {"H": "0.35", "M": "0.61", "L": "0.71"},
      "Au": {"M": "0.45", "S": "0.56", "N": "0.704"},
      **{m: {"N": "0", "P": "0.275", "C": "0.66"} for m in "CIA"}}


def score2(v):
    w = {m: F(V2[m][v[m]]) for m in V2}
    impact = F("10.41") * (1 - (1 - w["C"]) * (1 - w["I"]) * (1 - w["A"]))
    exploitability = 20 * w["AV"] * w["AC"] * w["Au"]
    f = F("1.176") if impact else 0
    tenths = 10 * (F("0.6") * impact + F("0.4") * exploitability
                   - F("1.5")) * f
    assert tenths == 0 or tenths % 1 != HALF  # no tie, whichever way it goes
    return nearest(tenths)


# Specification Document of 3.0, 8.1 and 8.4; of 3.1, 7.1, 7.4 and appendix A

V3 = {"AV": {"N": "0.85", "A": "0.62", "L": "0.55", "P": "0.2"},
      "AC": {"L": "0.77", "H": "0.44"},
      "PR": {"N": "0.85", "L": "0.62", "H": "0.27"},
      "UI": {"N": "0.85", "R": "0.62"},
      "S": {"U": "0", "C": "0"},
      **{m: {"H": "0.56", "L": "0.22", "N": "0"} for m in "CIA"}}
PR_CHANGED = {"N": "0.85", "L": "0.68", "H": "0.5"}


def whole3(v):
    w = {m: F(V3[m][v[m]]) for m in V3}
    iss = 1 - (1 - w["C"]) * (1 - w["I"]) * (1 - w["A"])
    impact = F("6.42") * iss
    if v["S"] == "C":
        w["PR"] = F(PR_CHANGED[v["PR"]])
        impact = (F("7.52") * (iss - F("0.029"))
                  - F("3.25") * (iss - F("0.02")) ** 15)
    if impact <= 0:
        return F(0)
    total = impact + F("8.22") * w["AV"] * w["AC"] * w["PR"] * w["UI"]
    total = min(F("1.08") * total if v["S"] == "C" else total, F(10))
    # The one term that the program does not have exactly is the power: no
    # score that has it lies so near to where rounding turns that it matters.
    if v["S"] == "C" and total < 10:
        for turn in F(0), F("0.00005"):
            off = (10 * total - turn) % 1
            assert min(off, 1 - off) > F("0.00001"), v
    return total


def score30(v):
    return math.ceil(10 * whole3(v))


def score31(v):
    n = nearest(100000 * whole3(v))
    return n // 10000 if n % 10000 == 0 else n // 10000 + 1


# Specification Document of 4.0, 8.2 and 8.3: MacroVectors in order, EQ1 to EQ6, one row for each EQ1 EQ2 EQ3;
# tenths, of FIRST's calculator (cvss_lookup.js of
# RedHatProductSecurity/cvss-v4-calculator; the same figures stand in
# pandatix/go-cvss 40/lookup.go and RedHatProductSecurity/cvss constants4.py).

MACRO = """
100 99 98 95 95 92 100 96 93 87 91 81 93 90 89 80 81 68
98 95 95 92 90 84 93 92 89 81 81 65 88 80 78 70 69 48
92 82 72 79 69 50 69 55 27
99 97 95 92 92 85 95 91 90 83 84 71 92 81 82 71 72 53
95 93 92 85 85 73 92 82 80 72 70 59 84 70 71 52 50 30
86 75 52 71 52 29 63 29 17
98 95 94 87 91 81 94 89 86 74 77 64 87 75 74 63 63 49
94 89 88 77 76 67 86 76 74 58 59 50 72 57 57 52 52 25
83 70 54 65 58 26 53 21 13
95 90 88 76 76 70 90 77 75 62 61 53 77 66 68 59 52 30
89 78 76 67 62 58 74 59 57 57 47 23 61 52 57 29 24 16
71 59 30 58 26 15 23 13 6
93 87 86 72 75 58 86 74 74 61 56 34 70 54 52 40 40 22
85 75 74 55 62 51 72 57 55 41 46 19 53 36 34 19 19 8
64 51 20 47 21 11 24 9 4
88 75 73 53 60 50 73 55 59 40 41 20 54 43 45 22 20 11
75 55 58 45 40 21 61 51 48 18 20 9 46 18 17 7 8 2
53 24 14 24 12 5 10 3 1
"""
KEYS = [k for k in itertools.product(range(3), range(2), range(3), range(3),
                                     range(3), range(2)) if k[2::3] != (2, 0)]
MACRO = dict(zip(KEYS, map(int, MACRO.split()), strict=True))

V4 = {"AV": "NALP", "AC": "LH", "AT": "NP", "PR": "NLH", "UI": "NPA",
      **{m: "HLN" for m in ("VC", "VI", "VA", "SC", "SI", "SA")}}
# What else decides, from the most severe on; S of SI and SA is the modified
# value Safety, E and the requirements are at their most severe by default.
ORDER = V4 | {"SI": "SHLN", "SA": "SHLN", "CR": "HML", "IR": "HML",
              "AR": "HML", "E": "APU"}
DEFAULT = {"CR": "H", "IR": "H", "AR": "H"}


def eq1(v):
    network = [v[m] == "N" for m in ("AV", "PR", "UI")]
    if all(network):
        return 0
    return 1 if any(network) and v["AV"] != "P" else 2


def eq2(v):
    return 0 if v["AC"] == "L" and v["AT"] == "N" else 1


def eq3(v):
    if v["VC"] == "H" and v["VI"] == "H":
        return 0
    return 1 if "H" in (v["VC"], v["VI"], v["VA"]) else 2


def eq4(v):
    if "S" in (v["SI"], v["SA"]):
        return 0
    return 1 if "H" in (v["SC"], v["SI"], v["SA"]) else 2


def eq6(v):
    return 0 if any(v[r] == "H" and v[m] == "H" for r, m in
                    (("CR", "VC"), ("IR", "VI"), ("AR", "VA"))) else 1


# The metrics of each dimension, which set of it a vector is in, and where in a
# MacroVector that stands.
DIMENSIONS = [(("AV", "PR", "UI"), lambda v: (eq1(v),), (0,)),
              (("AC", "AT"), lambda v: (eq2(v),), (1,)),
              (("VC", "VI", "VA", "CR", "IR", "AR"),
               lambda v: (eq3(v), eq6(v)), (2, 5)),
              (("SC", "SI", "SA"), lambda v: (eq4(v),), (3,)),
              (("E",), lambda v: ("APU".index(v["E"]),), (4,))]


@functools.cache
def sets(dimension):
    """Of each set: (highest vectors, the greatest distance below them)."""
    metrics, place, _ = DIMENSIONS[dimension]
    members = {}
    for steps in itertools.product(*(range(len(ORDER[m])) for m in metrics)):
        v = {m: ORDER[m][n] for m, n in zip(metrics, steps)}
        members.setdefault(place(v), []).append(steps)
    found = {}
    for name, vectors in members.items():
        top = [a for a in vectors if not any(
            b != a and all(map(int.__le__, b, a)) for b in vectors)]
        found[name] = top, max(below(a, top) for a in vectors)
    return found


def below(steps, top):
    """How many steps a vector lies below a highest one that it is below."""
    found = {sum(steps) - sum(t) for t in top
             if all(map(int.__le__, t, steps))}
    assert len(found) == 1  # whichever is taken
    return found.pop()


@functools.cache
def distance(dimension, values):
    metrics, place, _ = DIMENSIONS[dimension]
    top, deepest = sets(dimension)[place(dict(zip(metrics, values)))]
    steps = tuple(ORDER[m].index(x) for m, x in zip(metrics, values))
    # One more than the depth of the document, which would be 0 for a set of
    # one vector: so FIRST's calculator has it (max_severity.js).
    return F(below(steps, top), deepest + 1)


def lower(macro, where):
    """Scores of the MacroVectors one set lower in a dimension."""
    found = []
    for i in where:
        key = list(macro)
        key[i] += 1
        if tuple(key) in MACRO:
            found.append(MACRO[tuple(key)])
    return found


def score40(v, exploits="A"):
    v = v | DEFAULT | {"E": exploits}
    if all(v[m] == "N" for m in ("VC", "VI", "VA", "SC", "SI", "SA")):
        return 0
    macro = [0] * 6
    for _, place, where in DIMENSIONS:
        for i, n in zip(where, place(v)):
            macro[i] = n
    here, parts = MACRO[tuple(macro)], []
    for n, (metrics, _, where) in enumerate(DIMENSIONS):
        scores = lower(macro, where)
        if scores:
            parts.append((here - max(scores))
                         * distance(n, tuple(v[m] for m in metrics)))
    return nearest(here - sum(parts) / len(parts) if parts else F(here))


# Vectors as files have them

OPTIONAL = {"2.0": ["E:POC", "RL:TF", "RC:UR", "CDP:LM", "TD:ND", "CR:H",
                    "IR:M", "AR:L"],
            "3.0": ["E:U", "RL:O", "RC:U", "CR:L", "IR:M", "AR:X", "MAV:P",
                    "MAC:H", "MPR:H", "MUI:R", "MS:U", "MC:N", "MI:N", "MA:L"],
            "4.0": ["E:U", "CR:L", "IR:M", "AR:X", "MAV:P", "MAC:H", "MAT:P",
                    "MPR:H", "MUI:A", "MVC:N", "MVI:N", "MVA:L", "MSC:N",
                    "MSI:S", "MSA:S", "S:P", "AU:Y", "R:I", "V:C", "RE:H",
                    "U:Amber"]}
OPTIONAL["3.1"] = OPTIONAL["3.0"]
VERSIONS = {"2.0": (V2, score2), "3.0": (V3, score30), "3.1": (V3, score31),
            "4.0": (V4, score40)}


def spelt(n, version, parts):
    """The n-th vector's text, and whether the record must say the version."""
    way, chance = n % 5, random.Random(n)
    if way > 1:
        optional = chance.sample(OPTIONAL[version], 3)
        parts = parts + optional if way == 2 else optional + parts
    if way > 2:
        chance.shuffle(parts)
    text = "/".join(parts)
    if version == "2.0":
        text = ["", "CVSS2#", "CVSS:2.0/"][n % 3] + text
        return (f"({text})" if n % 7 == 0 else text), n % 11 == 0
    if way == 4:
        return text, True
    return f"CVSS:{version}/{text}", n % 11 == 0


def record(n, vector, version=None):
    r = {"type": "vulnerability", "id": f"V{n}", "name": "n", "asset": "A",
         "threats": ["T"], "cvss_vector": vector}
    return r | ({"cvss_version": version} if version else {})


def rated(r, tenths, version):
    level = 1 + sum(tenths >= n for n in (1, 40, 70, 90))
    score = f"{tenths // 10}.{tenths % 10}"
    added = {"cvss": score, "cvss_version": f'"{version}"',
             "inherent_severity": level, "severity_level": level,
             "severity_basis": f'"cvss-{version}"'}
    added = [f',"{k}":{v}' for k, v in added.items() if k not in r]
    return line(r)[:-1] + "".join(added) + "}"


def line(r):
    return json.dumps(r, separators=(",", ":"))


def write(rows):
    """Records with the score in tenths and the version they come to."""
    with open("in", "w") as given, open("want", "w") as want:
        for r, tenths, version in rows:
            print(line(r), file=given)
            print(rated(r, tenths, version), file=want)


def domain():
    n = 0
    for version, (weights, score) in VERSIONS.items():
        for values in itertools.product(*weights.values()):
            v = dict(zip(weights, values))
            text, says = spelt(n, version, [f"{m}:{x}" for m, x in v.items()])
            yield record(n, text, version if says else None), score(v), version
            n += 1


def version_of(vector):
    if "Au:" in vector:
        return "2.0"
    return re.match("CVSS:([0-9.]+)/", vector)[1]


def pairs(lines):
    for n, text in enumerate(lines):
        if text.strip() and not text.startswith("#"):
            score, vector = text.split()[:2]
            yield record(n, vector), int(10 * F(score)), version_of(vector)


def walk(node):
    """Every object in a JSON value."""
    if isinstance(node, dict):
        yield node
    for child in (node.values() if isinstance(node, dict) else
                  node if isinstance(node, list) else ()):
        yield from walk(child)


def scanned(folder):
    """(score, vector, version or None) of scanners' files."""
    for path in glob.glob(folder + "/*/*.json"):
        with open(path) as f:
            nodes = list(walk(json.load(f)))
        for node in nodes:
            if "baseScore" in (node.get("metrics") or {}):  # grype
                yield node["metrics"]["baseScore"], node["vector"], None
            for key in ("V2", "V3", "V40"):  # trivy
                if key + "Vector" in node and key + "Score" in node:
                    yield node[key + "Score"], node[key + "Vector"], None
    for path in (glob.glob(folder + "/tenable/nessus/*.nessus")
                 + glob.glob(folder + "/tenable/nessus/*.xml")):
        for item in ET.parse(path).iter("ReportItem"):
            for n in ("", "3"):
                yield (item.findtext(f"cvss{n}_base_score"),
                       item.findtext(f"cvss{n}_vector"), None)
    for path in glob.glob(folder + "/tenable/*.csv"):
        with open(path, newline="", encoding="utf-8-sig") as f:
            for row in csv.DictReader(f):
                for n, version in (("", "2.0"), ("3", "3.0"), (" V2", "2.0"),
                                   (" V3", "3.0")):
                    yield (row.get(f"CVSS{n} Base Score"),
                           row.get(f"CVSS{n} Vector"), version)
    for path in glob.glob(folder + "/qualys/*"):
        with open(path, errors="replace") as f:
            for score, vector in re.findall(r"([0-9.]+) (\(AV:[^)]*\))",
                                            f.read()):
                yield score, vector, "3.1" if "/S:" in vector else "2.0"


def base(score, vector):
    """The base score where what was published has threats in it (CVSS-BT)."""
    v = dict(part.split(":") for part in vector.split("/"))
    if v["CVSS"] != "4.0" or v.get("E", "A") == "A":
        return score
    assert 10 * score == score40(v, v["E"]), vector
    return F(score40(v), 10)


def corpora(folder):
    found = {(F(str(s)), v, version) for s, v, version in scanned(folder)
             if s and v and v.strip()}
    for n, (score, vector, version) in enumerate(sorted(found, key=str)):
        if vector.startswith("CVSS"):
            version = None
        if vector.startswith("CVSS:"):
            score = base(score, vector)
        r = record(n, vector, version)
        if version is None:
            version = "2.0" if "Au:" in vector else version_of(vector)
        yield r, int(10 * score), version


def main(what, *args):
    if what == "domain":
        write(domain())
    elif what == "pairs":
        with open(args[0]) as f:
            write(pairs(f))
    elif what == "corpora":
        write(corpora(args[0]))


main(*sys.argv[1:])
