"""Methods in general, computed apart from the programs.

    methods.py risks FILE       in: assets, threats, vulnerabilities; want: what
                                risk-calc makes of them, by the method file
    methods.py values FILE      the same for asset-value
    methods.py tables           the shipped files against the numbers written here
    methods.py make SEED        a random method that holds, on stdout
    methods.py monotone FILE    risks of FILE: raising A, T or V never lowers one
    methods.py explained FILE   the arithmetic in the explanations of FILE is true
    methods.py mutants N        N broken files in mutants/, and what the JSON Schema says
                                of each, "1.json valid", on stdout
    methods.py prints FILE N    N files in prints/, each with one value of FILE changed,
                                and the fingerprint of each on stdout

Whole numbers and fractions only: a root is compared by its square.
"""

import itertools
import json
import random
import re
import sys
from fractions import Fraction
from pathlib import Path

from oracle import asset, half_up, line, method_id, threat, weakness

METHODS = Path(__file__).parent.parent / "schemas" / "methods"
CIA = ("confidentiality", "integrity", "availability")


class Exact:
    """The square root of a fraction, or the fraction itself."""

    def __init__(self, square):
        self.square = Fraction(square)

    def __mul__(self, other):
        return Exact(self.square * other.square)

    def rounded(self, decimals, how):
        """In units of 10^-decimals: the largest n that the rule allows."""
        square = self.square * 100 ** decimals
        n = 0
        step = 1 << 40
        while step:
            edge = Fraction(2 * (n + step) - 1, 2) if how == "half-up" else n + step
            if edge ** 2 <= square:
                n += step
            step >>= 1
        if how == "up" and n * n < square:
            n += 1
        return n


def whole(x):
    return Exact(Fraction(x) ** 2)


def grade(levels, score):
    return next((x["level"] for x in levels if x["from"] <= score <= x["to"]), None)


def value_tenths(m, c, i, a):
    how = m["asset_value"]
    rule = how.get("rounding", "half-up")
    match how["combine"]:
        case "mean":
            w = [how.get("weights", dict.fromkeys(CIA, 1))[k] for k in CIA]
            x = Fraction(10 * (w[0] * c + w[1] * i + w[2] * a), sum(w))
            return whole(x).rounded(0, rule)
        case "max":
            return 10 * max(c, i, a)
        case "log2":
            # With s / 3 = 2^x: n tenths is reached where 2^(n / 10) is.
            s, n = 2 ** c + 2 ** i + 2 ** a, 0
            if rule == "half-up":
                while s ** 20 >= 2 ** (2 * n + 1) * 3 ** 20:
                    n += 1
                return n
            while s ** 10 >= 2 ** (n + 1) * 3 ** 10:
                n += 1
            return n + (rule == "up" and s ** 10 > 2 ** n * 3 ** 10)


def formula(f, row, column, value=None):
    """The exact score of two levels; value takes the place of the row's."""
    x = row if value is None else value
    match f["formula"]:
        case "product":
            return whole(x * column)
        case "root-product":
            return Exact(x * column)
        case "asset-value":
            return whole(x)
        case "matrix":
            return whole(f["matrix"][row - 1][column - 1])


def rounded(f, exact):
    return exact.rounded(f.get("decimals", 0), f.get("rounding", "half-up"))


def steps(m, a, tenths, t, v):
    """Every number of a risk, scores in their units."""
    scored = m["loss"].get("value", "level") == "score"
    likelihood = formula(m["likelihood"], t, v)
    loss = formula(m["loss"], a, v, Fraction(tenths, 10) if scored else None)
    s = {"likelihood_score": rounded(m["likelihood"], likelihood)}
    s["likelihood_level"] = grade(m["scales"]["likelihood"], s["likelihood_score"])
    s["loss_score"] = rounded(m["loss"], loss)
    s["loss_level"] = grade(m["scales"]["loss"], s["loss_score"])
    if m["risk"]["of"] == "levels":
        risk = formula(m["risk"], s["loss_level"], s["likelihood_level"])
    else:
        risk = likelihood * loss
    s["score"] = rounded(m["risk"], risk)
    s["level"] = grade(m["scales"]["risk"], s["score"])
    return s


def decimal(units, decimals):
    text = f"{units:0{decimals + 1}d}"
    return text[:-decimals] + "." + text[-decimals:] if decimals else text


def units(m, part, score):
    """A score as jq writes it."""
    worth = Fraction(score, 10 ** m[part].get("decimals", 0))
    return int(worth) if worth.denominator == 1 else float(worth)


def within(m, level, tenths):
    band = m["scales"]["value"][level - 1]
    return min(max(tenths, band["from"]), band["to"])


def acceptable(m, level, maximum):
    if maximum:
        return level <= maximum
    return m["scales"]["risk"][level - 1]["acceptable"]


def levels(m, scale):
    return range(1, len(m["scales"][scale]) + 1)


def risk_line(m, ids, a, tenths, t, v, maximum):
    s = steps(m, a, tenths, t, v)
    out = {"type": "risk", "id": "/".join(ids), "asset": ids[0], "threat": ids[1],
           "vulnerability": ids[2], "asset_level": a}
    if m["loss"].get("value") == "score":
        out["asset_value"] = f"@{decimal(tenths, 1)}@"
    out |= {"frequency_level": t, "severity_level": v} | s
    for name, part in (("likelihood_score", "likelihood"), ("loss_score", "loss"), ("score", "risk")):
        out[name] = f"@{decimal(s[name], m[part].get('decimals', 0))}@"
    if maximum:
        out["maximum_level"] = maximum
    out |= {"acceptable": acceptable(m, s["level"], maximum), "method": method_id(m)}
    return re.sub(r'"@([0-9.]+)@"', r"\1", line(out))


def worth_of(m):
    """Scores that come about, each with one (C, I, A) that gives it."""
    return {value_tenths(m, *cia): cia for cia in itertools.product(*(levels(m, k) for k in CIA))}


def risks(m):
    """All (A, T, V): assets computed and set by an expert, with limits of their own and of categories."""
    limit = m.get("maximum_level", {}).get("data")
    scores = worth_of(m)
    assets = []
    for a in levels(m, "value"):
        band = m["scales"]["value"][a - 1]
        inside = sorted(x for x in scores if band["from"] <= x <= band["to"])
        for tenths in dict.fromkeys(inside[:1] + inside[-1:] + inside[len(inside) // 2:][:1]):
            assets.append(({"value_basis": "computed"}, a, tenths, None))
        for tenths in (min(scores), max(scores)):
            expert = {"value_basis": "assessor"}
            assets.append((expert, a, tenths, None))
            assets.append((expert | {"category": "data"}, a, tenths, limit))
        assets.append((expert | {"category": "data", "maximum_level": 2}, a, tenths, 2))
    for n, (fields, a, tenths, _) in enumerate(assets):
        r = asset(n, value=tenths / 10, value_level=a) | dict(zip(CIA, scores[tenths])) | fields
        yield r, [r]
    for t in levels(m, "frequency"):
        r = threat(t, frequency_level=t)
        yield r, [r]
    for n, (_, a, tenths, maximum) in enumerate(assets):
        for v in levels(m, "severity"):
            r = weakness(f"{n}-{v}", f"A{n}", [f"T{t}" for t in levels(m, "frequency")],
                         severity=v, severity_level=v)
            yield r, [r] + [risk_line(m, (f"A{n}", f"T{t}", f"V{n}-{v}"), a,
                                      within(m, a, tenths), t, v, maximum)
                            for t in levels(m, "frequency")]


def values(m):
    for n, (c, i, a) in enumerate(itertools.product(*(levels(m, k) for k in CIA))):
        r = asset(n, confidentiality=c, integrity=i, availability=a)
        tenths = value_tenths(m, c, i, a)
        yield r, [r | {"value": tenths / 10, "value_level": grade(m["scales"]["value"], tenths),
                       "value_basis": "computed"}]


# The numbers of four methods, written here once more.
FIVES = ((1, 5), (6, 10), (11, 15), (16, 20), (21, 25))
P = ((2, 4, 7, 11, 14), (3, 6, 10, 13, 17), (5, 9, 12, 16, 20), (7, 11, 14, 18, 22), (8, 12, 17, 20, 25))
L = ((2, 4, 6, 10, 13), (3, 5, 9, 12, 16), (4, 7, 11, 15, 20), (5, 8, 14, 19, 22), (6, 10, 16, 21, 25))
R = ((3, 6, 9, 12, 16), (5, 8, 11, 15, 18), (6, 9, 13, 17, 21), (7, 11, 16, 20, 23), (9, 14, 20, 23, 25))


def band(bands, score):
    return next(n for n, (a, b) in enumerate(bands, 1) if a <= score <= b)


def tfdl(a, t, v):
    score = band(FIVES, t * v) * band(FIVES, a * v)
    return score, band(FIVES, score)


def raw(a, t, v):
    score = t * v * a * v
    return score, band(((1, 30), (31, 110), (111, 240), (241, 420), (421, 625)), score)


def matrix(a, t, v):
    likelihood = band(((1, 5), (6, 11), (12, 16), (17, 21), (22, 25)), P[t - 1][v - 1])
    loss = band(FIVES, L[a - 1][v - 1])
    score = R[loss - 1][likelihood - 1]
    return score, band(((1, 6), (7, 12), (13, 18), (19, 23), (24, 25)), score)


def product(a, t, v):
    # The whole n with n - 1/2 <= a half-up root of A T V^2.
    n = next(n for n in range(26) if (2 * n + 1) ** 2 > 4 * a * t * v * v)
    return n, band(FIVES, n)


TABLES = {"tfdl-1508": tfdl, "tfdl-1508-raw": raw, "gbt20984-matrix": matrix, "gbt20984-product": product}
TRIPLES = list(itertools.product(range(1, 6), repeat=3))


def tables():
    found = {}
    for name, compute in TABLES.items():
        m = json.loads((METHODS / f"{name}.json").read_text())
        for a, t, v in TRIPLES:
            s = steps(m, a, 10 * a, t, v)
            found[name, a, t, v] = s["level"]
            assert (s["score"], s["level"]) == compute(a, t, v), (name, a, t, v, s)
    differ = [x for x in TRIPLES if found["tfdl-1508", *x] != found["tfdl-1508-raw", *x]]
    same = [x for x in TRIPLES if found["tfdl-1508-raw", *x] == found["gbt20984-product", *x]]
    print(len(differ), len(same))


def make(seed):
    """A random method: any number of levels, formulas, matrices, roundings."""
    chance = random.Random(seed)
    m = json.loads((METHODS / "tfdl-1508.json").read_text())
    m["name"] = f"made-{seed}"
    scales = m["scales"]
    for name, rows in scales.items():
        first = {k: x for k, x in rows[0].items() if k in ("label", "definition")}
        scales[name] = [{"level": n} | first for n in range(1, chance.randint(3, 9) + 1)]
    count = {name: len(rows) for name, rows in scales.items()}
    for x in scales["availability"][1:]:
        x |= {"uptime_permille": 100 * x["level"], "outage_below": 100 - 10 * x["level"]}
    m["history"] = [{"level": 3, "at_least": 1, "weeks": 1}, {"level": 2, "more_than": 1, "months": 6}]
    m["threat_table"] = [[[1] * 5 for _ in range(4)] for _ in range(3)]
    m["cvss"] = [{"level": 3, "from": 70}, {"level": 1, "from": 0}]
    m["words"] = dict.fromkeys(m["words"], 1)
    if chance.random() < .5:
        m["maximum_level"] = {"data": chance.randint(1, count["risk"])}
    how = m["asset_value"] = {"combine": chance.choice(("mean", "mean", "max", "log2")),
                              "rounding": chance.choice(("half-up", "up", "down"))}
    if how["combine"] == "mean":
        how["weights"] = {k: chance.randint(0, 9) for k in CIA}
        how["weights"][chance.choice(CIA)] = 1

    def bands(scale, low, high):
        """Cuts low..high into the bands of a scale."""
        n = count[scale]
        if high - low + 1 < n:
            high = low + n - 1
        cuts = sorted(chance.sample(range(low, high), n - 1)) + [high]
        for x, start, end in zip(scales[scale], [low - 1] + cuts, cuts):
            x |= {"from": start + 1, "to": end}

    def cells(rows, columns):
        table = [[0] * columns for _ in range(rows)]
        for r, c in itertools.product(range(rows), range(columns)):
            table[r][c] = max(1, table[r - 1][c] if r else 0, table[r][c - 1] if c else 0) + chance.choice((0, 0, 1, 3))
        return table

    def part(name, kinds, row, column, **more):
        f = {"formula": chance.choice(kinds)} | more
        if f["formula"] == "matrix":
            f["matrix"] = cells(count[row], count[column])
            f.pop("value", None)
        f["rounding"] = chance.choice(("half-up", "up", "down"))
        f["decimals"] = chance.choice((0, 0, 1, 2))
        m[name] = f

    every = [value_tenths(m, *x) for x in itertools.product(*(levels(m, k) for k in CIA))]
    # Rows of the value scale are levels of scores 10..90 at most.
    bands("value", 10, max(max(every), 10 + count["value"] - 1))
    part("likelihood", ("product", "root-product", "matrix"), "frequency", "severity")
    part("loss", ("product", "root-product", "matrix", "asset-value"), "value", "severity",
         value=chance.choice(("level", "score")))
    of = chance.choice(("levels", "scores"))
    part("risk", ("product",) if of == "scores" else ("product", "matrix"), "loss", "likelihood", of=of)
    for name, rows in (("likelihood", None), ("loss", None), ("risk", None)):
        for x in scales[name]:
            x |= {"from": 1, "to": 1}
    domain = [(a, tenths, t, v) for a in levels(m, "value")
              for tenths in range(scales["value"][a - 1]["from"], scales["value"][a - 1]["to"] + 1)
              for t in levels(m, "frequency") for v in levels(m, "severity")]
    scored = m["loss"].get("value") == "score"
    lows = [rounded(m["likelihood"], formula(m["likelihood"], t, v)) for _, _, t, v in domain]
    losses = [rounded(m["loss"], formula(m["loss"], a, v, Fraction(tenths, 10) if scored else None))
              for a, tenths, _, v in domain[::1 if scored else 1]]
    bands("likelihood", 1, max(lows))
    bands("loss", 1, max(losses))
    if of == "levels":
        scores = [rounded(m["risk"], formula(m["risk"], a, b))
                  for a in levels(m, "loss") for b in levels(m, "likelihood")]
    else:
        scores = [rounded(m["risk"], formula(m["likelihood"], t, v) *
                          formula(m["loss"], a, v, Fraction(tenths, 10) if scored else None))
                  for a, tenths, t, v in {(a, x, t, v) for a, x, t, v in domain
                                          if t in (1, count["frequency"]) and v in (1, count["severity"])}]
    bands("risk", 1, max(scores))
    for x in scales["risk"]:
        x |= {"colour": "#abcdef", "acceptable": x["level"] < 3}
    print(json.dumps(m, ensure_ascii=False))


def monotone(path):
    with open(path) as f:
        found = {(r["asset_level"], r["frequency_level"], r["severity_level"]): (r["level"], r["score"])
                 for r in map(json.loads, f) if r["type"] == "risk" and "asset_value" not in r}
    assert len(found) >= 27
    for key, (level, score) in found.items():
        for n in range(3):
            above = tuple(x + (k == n) for k, x in enumerate(key))
            if above in found:
                assert found[above][0] >= level and found[above][1] >= score, (key, above)


# Of each treatment, by its number: which levels are expected, or found, after it.
AFTER = [("value",), ("frequency",), ("severity",), ("severity", "value"), ()]


def remaining(m):
    """Every score of an asset's value; what remains where levels are others."""
    n = 0
    for tenths, (c, i, a) in sorted(worth_of(m).items()):
        level = grade(m["scales"]["value"], tenths)
        for kind, when in itertools.product(range(len(AFTER)), ("expected", "actual")):
            n += 1
            ids = (f"A{n}", f"T{n}", f"V{n}")
            count = {k: len(levels(m, k)) for k in ("value", "frequency", "severity")}
            before = {"value": level, "frequency": 1 + n % count["frequency"], "severity": 1 + n // 2 % count["severity"]}
            after = before | {k: 1 + (n + 3 * j) % count[k] for j, k in enumerate(AFTER[kind])}
            s = steps(m, after["value"], within(m, after["value"], tenths) if after["value"] != level else tenths,
                      after["frequency"], after["severity"])
            yield {"type": "asset", "id": ids[0], "name": "n", "confidentiality": c, "integrity": i, "availability": a}, []
            yield {"type": "threat", "id": ids[1], "name": "n", "frequency": before["frequency"]}, []
            decision = {"type": "decision", "risk": "/".join(ids), "option": "control", "measure": "m"}
            yield decision | {f"{when}_{k}": after[k] for k in AFTER[kind]}, []
            yield {"type": "vulnerability", "id": ids[2], "name": "n", "asset": ids[0], "threats": [ids[1]],
                   "severity": before["severity"]}, [line([
                       "/".join(ids), after["value"], after["frequency"], after["severity"],
                       *(units(m, part, s[name]) for name, part in (
                           ("likelihood_score", "likelihood"), ("loss_score", "loss"), ("score", "risk"))),
                       s["likelihood_level"], s["loss_level"], s["level"], acceptable(m, s["level"], None)])]


def evaluate(text):
    """What stands before an arrow: terms, =, ≈; each side worth the same."""
    text = text.replace("＝", "=").replace("×", "*").replace("＋", "+").replace("÷", "/")
    text = text.replace("（", "(").replace("）", ")").replace("，", ",")
    return re.split(r"\s*([=≈])\s*", text)


def worth(side):
    """(square) of a product of numbers, roots and names with numbers."""
    square = Fraction(1)
    for factor in re.findall(r"√\([^()]*\)|√?[0-9]+(?:\.[0-9]+)?", side):
        if factor.startswith("√("):
            inside = Fraction(1)
            for x in re.findall(r"[0-9]+(?:\.[0-9]+)?", factor):
                inside *= Fraction(x)
            square *= inside
        elif factor.startswith("√"):
            square *= Fraction(factor[1:])
        else:
            square *= Fraction(factor) ** 2
    return square


def explained(path):
    """likelihood, loss and risk: products and roots come to what is said."""
    seen = 0
    with open(path) as f:
        for r in map(json.loads, f):
            if r["type"] != "risk":
                continue
            parts = r["explanation"]
            assert len(parts) >= 4, r["id"]
            for n, (score, level) in enumerate((("likelihood_score", "likelihood_level"),
                                                ("loss_score", "loss_level"), ("score", "level"))):
                for language, arrow, said in (("zh", "→", r"^(\d+)级"), ("en", "→", r"^ level (\d+)")):
                    text = parts[len(parts) - 4 + n][language]
                    before, _, after = text.partition(arrow)
                    assert int(re.match(said, after)[1]) == r[level], text
                    sides = evaluate(before)[2:]
                    last = worth(sides[-1])
                    assert last == Fraction(str(r[score])) ** 2, (text, r[score])
                    if "矩阵" in text or "matrix" in text:
                        seen += 1
                        continue
                    for left, sign, right in zip(sides[0::2], sides[1::2], sides[2::2]):
                        off = abs(float(worth(left)) ** .5 - float(worth(right)) ** .5)
                        assert worth(left) == worth(right) if sign == "=" else 0 < off < 1, text
                        seen += 1
            last = parts[-1]
            assert last["zh"].endswith("，可接受" if r["acceptable"] else "不可接受"), last
            assert last["en"].endswith(": acceptable" if r["acceptable"] else "not acceptable"), last
    print(seen)


def paths(value, here=()):
    """The way to every value in a document."""
    yield here
    for key, x in (value.items() if isinstance(value, dict) else
                   enumerate(value) if isinstance(value, list) else ()):
        yield from paths(x, (*here, key))


def at(document, path):
    for key in path:
        document = document[key]
    return document


def mutants(n):
    """A value gone, or another, or an unknown key beside it."""
    from jsonschema import Draft202012Validator
    validator = Draft202012Validator(json.loads((METHODS.parent / "method.json").read_text()))
    chance = random.Random(1508)
    originals = [json.loads(p.read_text()) for p in sorted(METHODS.glob("*.json"))]
    Path("mutants").mkdir()
    for number in range(int(n)):
        m = json.loads(json.dumps(chance.choice(originals)))
        path = chance.choice([p for p in paths(m) if p])
        beside = at(m, path[:-1])
        match chance.randrange(3):
            case 0:
                del beside[path[-1]]
            case 1:
                beside[path[-1]] = chance.choice([None, "x", "", -1, 0, 3, 10 ** 7, 0.5, [], {}, True])
            case 2 if isinstance(beside, dict):
                beside["unbekannt"] = 1
            case _:
                beside.append(beside[0])
        Path(f"mutants/{number}.json").write_text(json.dumps(m, ensure_ascii=False))
        print(f"{number}.json", "valid" if validator.is_valid(m) else "refused")


def prints(path, n):
    """One number, word or text changed, so that the file still holds or not."""
    original = json.loads(Path(path).read_text())
    chance = random.Random(20984)
    Path("prints").mkdir()
    texts = [p for p in paths(original) if isinstance(at(original, p), str)
             and p[-1] in ("zh", "en", "colour")]
    for number in range(int(n)):
        m = json.loads(json.dumps(original))
        where = chance.choice(texts)
        at(m, where[:-1])[where[-1]] = f"#{number:06x}" if where[-1] == "colour" else f"文字{number}"
        Path(f"prints/{number}.json").write_text(json.dumps(m, indent=chance.choice((None, 1, 3))))
        print(f"{number}.json", method_id(m))


def main(check, *args):
    if check in ("tables", "make", "monotone", "explained", "mutants", "prints"):
        return globals()[check](*args)
    m = json.loads(Path(args[0]).read_text())
    with open("in", "w") as given, open("want", "w") as wanted:
        for r, lines in globals()[check](m):
            print(line(r), file=given)
            for w in lines:
                print(w if isinstance(w, str) else line(w), file=wanted)


if __name__ == "__main__":
    main(*sys.argv[1:])
