"""Method files in general: what they say, worked out apart from the programs.

    method.py risks FILE            in: assets, threats, vulnerabilities of every
                                    level; want: what risk-calc makes of them
    method.py values FILE           the same for asset-value, every (C, I, A)
    method.py reach FILE            what risk-lint says of the method
    method.py monotone FILE [RISKS] raising A, T or V lowers no risk of RISKS, by
                                    default of the oracle's own; says how many
    method.py explained FILE RISKS  each step in RISKS, in both languages, is true
                                    of its record and of the method; says how many
    method.py tables                the shipped files against the numbers of the
                                    two documents, written out below
    method.py doubles               "ATV below" or "ATV above": a product of roots
                                    in doubles beside the whole number it is
    method.py fit FILE              FILE with bands that cover what comes about
    method.py make SEED             a random method that holds
    method.py mutants N             N changed files in mutants/; "FILE valid" or
                                    "FILE refused", by the JSON Schema
    method.py prints FILE           in prints/ for each scalar of FILE, files where
                                    it is another; "PATH FILE FINGERPRINT"

Whole numbers and fractions only.  A score is kept as its square, so that a root
is compared without being taken.
"""

import copy
import itertools
import json
import math
import random
import re
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path

from oracle import asset, line, method_id, threat, weakness

SCHEMAS = Path(__file__).parent.parent / "schemas"
CIA = ("confidentiality", "integrity", "availability")
CATEGORIES = ("network-device", "security-device", "terminal", "server",
              "database", "application", "data")
SCALES = ("likelihood", "loss", "risk")
ROUNDINGS = ("half-up", "up", "down")


class Number(str):
    """A number as it is to be written."""


def written(record):
    return "{" + ",".join(f'"{k}":{v if isinstance(v, Number) else line(v)}'
                          for k, v in record.items()) + "}"


def points(units, decimals):
    whole, rest = divmod(units, 10 ** decimals)
    return Number(f"{whole}.{rest:0{decimals}d}" if decimals else whole)


def load(path):
    return json.loads(Path(path).read_text())


def ladder(m, scale):
    return range(1, len(m["scales"][scale]) + 1)


def grade(m, scale, units):
    fits = [x["level"] for x in m["scales"][scale]
            if x["from"] <= units <= x["to"]]
    assert len(fits) == 1, (scale, units)
    return fits[0]


def rounded(square, decimals, rule):
    """The root of a fraction, in units of the last decimal."""
    n = square * 100 ** decimals
    match rule:
        case "half-up":
            r = (math.isqrt(math.floor(4 * n)) + 1) // 2
            assert (2 * r - 1) ** 2 <= 4 * n < (2 * r + 1) ** 2
        case "down":
            r = math.isqrt(math.floor(n))
            assert r ** 2 <= n < (r + 1) ** 2
        case "up":
            r = math.isqrt(math.ceil(n) - 1) + 1
            assert (r - 1) ** 2 < n <= r ** 2
    return r


def log2_tenths(s, rule):
    """log2(s / 3) reaches t where (s / 3) ^ 20 reaches 2 ^ (20 t)."""
    power = Fraction(s, 3) ** 20
    match rule:
        case "half-up":
            return max(n for n in range(100) if power >= 2 ** (2 * n - 1))
        case "down":
            return max(n for n in range(100) if power >= 2 ** (2 * n))
        case "up":
            return min(n for n in range(100) if power <= 2 ** (2 * n))


def value_tenths(m, *cia):
    how = m["asset_value"]
    rule = how.get("rounding", "half-up")
    match how["combine"]:
        case "max":
            return 10 * max(cia)
        case "log2":
            return log2_tenths(sum(2 ** x for x in cia), rule)
        case "mean":
            w = [how.get("weights", {}).get(k, 1) for k in CIA]
            mean = Fraction(sum(a * b for a, b in zip(w, cia)), sum(w))
            return rounded(mean ** 2, 1, rule)


def by_score(m):
    return m["loss"].get("value", "level") == "score"


def worths(m):
    """The values that come about, each with a (C, I, A) that gives it."""
    every = itertools.product(*(ladder(m, k) for k in CIA))
    return dict(sorted((value_tenths(m, *cia), cia) for cia in every))


def entering(m, level, tenths):
    """What enters as A: the level, or the value, which an expert's level moves
    to the nearest end of its band."""
    if not by_score(m):
        return Fraction(level)
    band = m["scales"]["value"][level - 1]
    return Fraction(min(max(tenths, band["from"]), band["to"]), 10)


def domain(m):
    """Every (level, what enters as A)."""
    return sorted({(level, entering(m, level, tenths))
                   for level in ladder(m, "value") for tenths in worths(m)})


def exact(m, part, row, column, x=None):
    """The square of a score before rounding; x stands for the row's level."""
    f, x = m[part], row if x is None else x
    match f["formula"]:
        case "product":
            return Fraction(x * column) ** 2
        case "root-product":
            return Fraction(x * column)
        case "asset-value":
            return Fraction(x) ** 2
        case "matrix":
            return Fraction(f["matrix"][row - 1][column - 1]) ** 2


def score(m, part, square):
    f = m[part]
    return rounded(square, f.get("decimals", 0), f.get("rounding", "half-up"))


def steps(m, level, x, t, v):
    """Every step of a risk, the scores as squares and in units."""
    s = {"likelihood": exact(m, "likelihood", t, v),
         "loss": exact(m, "loss", level, v, x)}
    for part in SCALES[:2]:
        s[part + "_score"] = score(m, part, s[part])
        s[part + "_level"] = grade(m, part, s[part + "_score"])
    if m["risk"]["of"] == "scores":
        s["risk"] = s["likelihood"] * s["loss"]
    else:
        s["risk"] = exact(m, "risk", s["loss_level"], s["likelihood_level"])
        if m["risk"]["formula"] == "product":
            assert s["risk"] == (s["loss_level"] * s["likelihood_level"]) ** 2
    s["score"] = score(m, "risk", s["risk"])
    s["level"] = grade(m, "risk", s["score"])
    return s


def limit(m, of):
    """The highest level allowed to an asset, by itself or by its category."""
    return of.get("maximum_level",
                  m.get("maximum_level", {}).get(of.get("category")))


def risk(m, of, t, vulnerability):
    v, level = vulnerability["severity_level"], of["value_level"]
    x = entering(m, level, round(10 * of["value"]))
    s = steps(m, level, x, t, v)
    ids = of["id"], f"T{t}", vulnerability["id"]
    r = {"type": "risk", "id": "/".join(ids), "asset": ids[0],
         "threat": ids[1], "vulnerability": ids[2], "asset_level": level}
    if by_score(m):
        r["asset_value"] = points(int(10 * x), 1)
    r |= {"frequency_level": t, "severity_level": v}
    r |= {k: s[k] for k in ("likelihood_score", "likelihood_level",
                            "loss_score", "loss_level", "score", "level")}
    for part in SCALES:
        name = "score" if part == "risk" else part + "_score"
        r[name] = points(r[name], m[part].get("decimals", 0))
    top = limit(m, of)
    if top:
        r["maximum_level"] = top
    fine = m["scales"]["risk"][s["level"] - 1]["acceptable"]
    return r | {"acceptable": s["level"] <= top if top else fine,
                "method": method_id(m)}


def owners(m):
    """Assets: every level as computed and as set by an expert, every value
    where it enters; every category and every limit of its own."""
    scores = worths(m)

    def one(tenths, **more):
        level = grade(m, "value", tenths)
        return dict(zip(CIA, scores[tenths])) | {
            "value": tenths / 10, "value_level": level} | more

    found = {}
    for tenths in scores:
        found.setdefault(grade(m, "value", tenths), []).append(tenths)
    for level in ladder(m, "value"):
        inside = found.get(level, [])
        for tenths in inside if by_score(m) else inside[:1]:
            yield one(tenths, value_basis="computed")
        for tenths in (min(scores), max(scores)):
            if tenths not in inside:
                yield one(tenths, value_level=level, value_basis="assessor",
                          assessed_value=level, assessed_reason="核心业务")
    for category in CATEGORIES:
        yield one(max(scores), category=category)
    for top in ladder(m, "risk"):
        yield one(max(scores), category="data", maximum_level=top)


def risks(m):
    assets = [asset(n) | fields for n, fields in enumerate(owners(m))]
    for r in assets:
        yield line(r), [line(r)]
    for t in ladder(m, "frequency"):
        r = threat(t, frequency_level=t)
        yield line(r), [line(r)]
    for n, of in enumerate(assets):
        for v in ladder(m, "severity"):
            r = weakness(f"{n}-{v}", of["id"],
                         [f"T{t}" for t in ladder(m, "frequency")],
                         severity=v, severity_level=v)
            yield line(r), [line(r)] + [written(risk(m, of, t, r))
                                        for t in ladder(m, "frequency")]


def values(m):
    every = itertools.product(*(ladder(m, k) for k in CIA))
    for n, cia in enumerate(every):
        r = asset(n) | dict(zip(CIA, cia))
        tenths = value_tenths(m, *cia)
        yield line(r), [written(r | {
            "value": points(tenths, 1), "value_level": grade(m, "value", tenths),
            "value_basis": "computed"})]


# The five methods once more: bands, matrices and formulas of the documents.

FIVES = ((1, 5), (6, 10), (11, 15), (16, 20), (21, 25))
RAW = ((1, 30), (31, 110), (111, 240), (241, 420), (421, 625))
VALUES = ((10, 15), (16, 25), (26, 35), (36, 45), (46, 50))
P_BANDS = ((1, 5), (6, 11), (12, 16), (17, 21), (22, 25))
R_BANDS = ((1, 6), (7, 12), (13, 18), (19, 23), (24, 25))
P = """2 4 7 11 14 / 3 6 10 13 17 / 5 9 12 16 20 / 7 11 14 18 22 / 8 12 17 20 25"""
L = """2 4 6 10 13 / 3 5 9 12 16 / 4 7 11 15 20 / 5 8 14 19 22 / 6 10 16 21 25"""
R = """3 6 9 12 16 / 5 8 11 15 18 / 6 9 13 17 21 / 7 11 16 20 23 / 9 14 20 23 25"""
TRIPLES = list(itertools.product(range(1, 6), repeat=3))


def place(bands, units):
    return 1 + sum(units > high for _, high in bands)


def cell(text, row, column):
    return int(text.split("/")[row - 1].split()[column - 1])


def root(a, t, v):
    """sqrt(T V) sqrt(A V), rounded half up: the least n above it by a half."""
    return next(n for n in range(26) if (2 * n + 1) ** 2 > 4 * a * t * v * v)


DOCUMENTS = {
    "tfdl-1508": (FIVES, FIVES, FIVES, lambda a, t, v, p, l: (
        t * v, a * v, p * l)),
    "tfdl-1508-raw": (FIVES, FIVES, RAW, lambda a, t, v, p, l: (
        t * v, a * v, t * v * a * v)),
    "gbt20984-matrix": (P_BANDS, FIVES, R_BANDS, lambda a, t, v, p, l: (
        cell(P, t, v), cell(L, a, v), cell(R, l, p))),
    "gbt20984-product": (None, None, FIVES, lambda a, t, v, p, l: (
        None, None, root(a, t, v))),
}


def tables():
    found = {}
    for name, (p_bands, l_bands, r_bands, formula) in DOCUMENTS.items():
        m = load(SCHEMAS / "methods" / f"{name}.json")
        assert m["name"] == name
        for scale, bands in zip(("value", *SCALES),
                                (VALUES, p_bands, l_bands, r_bands)):
            has = tuple((x["from"], x["to"]) for x in m["scales"][scale])
            assert bands in (None, has), (name, scale, has)
        assert [x["acceptable"] for x in m["scales"]["risk"]] == [
            True, True, True, False, False]
        assert m["asset_value"]["combine"] == "mean"
        for a, t, v in TRIPLES:
            p, l = None, None
            if p_bands:
                first = formula(a, t, v, 1, 1)
                p, l = place(p_bands, first[0]), place(l_bands, first[1])
            likelihood, loss, total = formula(a, t, v, p, l)
            s = steps(m, a, Fraction(a), t, v)
            assert s["score"] == total, (name, a, t, v, s)
            assert s["level"] == place(r_bands, total), (name, a, t, v, s)
            if p_bands:
                assert (s["likelihood_score"], s["likelihood_level"],
                        s["loss_score"], s["loss_level"]) == (
                            likelihood, p, loss, l), (name, a, t, v, s)
            else:
                assert (s["likelihood"], s["loss"]) == (t * v, a * v)
            found[name, a, t, v] = s["level"]
        for c, i, a in TRIPLES:
            # Half up: 10 (C + I + A) / 3 + 1/2, without what follows the point.
            assert value_tenths(m, c, i, a) == (20 * (c + i + a) + 3) // 6
    for one, other in (("tfdl-1508", "tfdl-1508-raw"),
                       ("tfdl-1508-raw", "gbt20984-product")):
        print(one, other, sum(found[one, *x] != found[other, *x] for x in TRIPLES))


def doubles():
    for a, t, v in TRIPLES:
        n, near = math.isqrt(a * t * v * v), math.sqrt(t * v) * math.sqrt(a * v)
        if n * n == a * t * v * v and near != n:
            print(f"{a}{t}{v}", "below" if near < n else "above")


# Over a whole domain.

def reach(m):
    every = list(itertools.product(domain(m), ladder(m, "frequency"),
                                   ladder(m, "severity")))
    counts = {part: Counter() for part in SCALES}
    for (level, x), t, v in every:
        s = steps(m, level, x, t, v)
        counts["likelihood"][s["likelihood_level"]] += 1
        counts["loss"][s["loss_level"]] += 1
        counts["risk"][s["level"]] += 1
    print(f"{method_id(m)}: {len(every)} combinations of asset value, threat "
          "frequency and vulnerability severity")
    for part in SCALES:
        for x in m["scales"][part]:
            n = counts[part][x["level"]]
            print(f"{part} level {x['level']} ({interval(m, part, x, '-')}): "
                  f"{n} of {len(every)}" + ", nothing reaches it" * (not n))


def interval(m, scale, level, dash):
    d = 1 if scale == "value" else m[scale].get("decimals", 0)
    ends = points(level["from"], d), points(level["to"], d)
    return dash.join(dict.fromkeys(ends))


def records(path):
    """With every number as a fraction."""
    with open(path) as f:
        for text in f:
            yield json.loads(text, parse_float=Fraction)


def monotone(m, path=None):
    found = {}
    if path:
        for r in records(path):
            if r["type"] == "risk":
                x = Fraction(r.get("asset_value", r["asset_level"]))
                key = x, r["frequency_level"], r["severity_level"]
                got = r["level"], Fraction(r["score"])
                assert found.setdefault(key, got) == got, key
    else:
        for (level, x), t, v in itertools.product(
                domain(m), ladder(m, "frequency"), ladder(m, "severity")):
            s = steps(m, level, x, t, v)
            found[x, t, v] = s["level"], Fraction(s["score"])
    axes = [sorted({x for _, x in domain(m)}), list(ladder(m, "frequency")),
            list(ladder(m, "severity"))]
    assert sorted(found) == sorted(itertools.product(*axes))
    for key, low in found.items():
        for n, axis in enumerate(axes):
            for x in axis[axis.index(key[n]) + 1:][:1]:
                above = (*key[:n], x, *key[n + 1:])
                if not all(a <= b for a, b in zip(low, found[above])):
                    sys.exit(f"{m['name']}: {above} is below {key}")
    print(len(found))


# What an explanation says, read again.

ASCII = str.maketrans("（）＋，＝～；", "()+,=–;")
WORDS = {
    "zh": {"威胁频率": "frequency_level", "脆弱性严重程度": "severity_level",
           "可能性等级": "likelihood_level", "损失等级": "loss_level",
           "可能性": "likelihood_level", "损失": "loss_level",
           "机密性": "confidentiality", "完整性": "integrity",
           "可用性": "availability", "资产价值": "asset_level"},
    "en": {"threat frequency level ": "frequency_level",
           "vulnerability severity level ": "severity_level",
           "threat frequency ": "frequency_level",
           "vulnerability severity ": "severity_level",
           "likelihood level ": "likelihood_level", "loss level ": "loss_level",
           "asset value level ": "asset_level", "asset value ": "asset_level",
           "confidentiality ": "confidentiality", "integrity ": "integrity",
           "availability ": "availability"},
}
OPERANDS = {"value": CIA, "likelihood": ("frequency_level", "severity_level"),
            "loss": ("asset_level", "severity_level"),
            "risk": ("loss_level", "likelihood_level")}
NAMES = {"zh": ("资产价值", "可能性", "损失", "风险"),
         "en": ("asset value", "likelihood", "loss", "risk")}
CELL = {"zh": r"矩阵第(\d+)行第(\d+)列", "en": r"row (\d+), column (\d+) of the matrix"}
SAID = {"zh": r"(\d+)级\((.*),([\d.–]+)\)", "en": r" level (\d+) \((.*), ([\d.–]+)\)"}
EXPERT = {"zh": r"专家评定为(\d+)级\((.*?)\)(?:,以该级最接近的得分([\d.]+)计算)?",
          "en": r" assessed by an expert as level (\d+) \((.*?)\)"
                r"(?:, which enters as ([\d.]+), its nearest score)?"}
LIMITS = {
    "zh": (r"(\d+)级(不?)高于(.*?)规定的可接受最高等级(\d+)级,(不?)可接受",
           {"方法": "method", "方法对该类资产": "category", "对该资产": "asset"}),
    "en": (r"level (\d+) is (not )?above level (\d+), the highest acceptable (.*?)"
           r": (not )?acceptable",
           {"by the method": "method", "set for this asset": "asset",
            "by the method for this category of assets": "category"}),
}
NONE = {"zh": r"方法规定任何等级均不可接受,(\d+)级不可接受",
        "en": r"the method has no acceptable level: level (\d+) is not acceptable"}


class Log:
    """The logarithm to base 2 of a fraction."""

    def __init__(self, of):
        self.of = of


def plain(square):
    """A number from its square."""
    n = Fraction(math.isqrt(square.numerator), math.isqrt(square.denominator))
    assert n ** 2 == square, square
    return n


def worth(text):
    """An expression; what it comes to, squared."""
    left = re.findall(r"\d+(?:\.\d+)?|log2|max|最大值|[√()×+÷^,]", text)
    left.reverse()

    def atom():
        match left.pop():
            case "√":
                return plain(atom())
            case "log2":
                return Log(plain(atom()))
            case "(":
                x = total()
                while left[-1] == ",":
                    left.pop()
                    x = max(x, total())
                assert left.pop() == ")"
                return x
            case "max" | "最大值":
                return atom()
            case number:
                return Fraction(number) ** 2

    def power():
        x = atom()
        while left and left[-1] == "^":
            left.pop()
            x **= int(plain(atom()))
        return x

    def product():
        x = power()
        while left and left[-1] in "×÷":
            x = x * power() if left.pop() == "×" else x / power()
        return x

    def total():
        x = product()
        while left and left[-1] == "+":
            left.pop()
            x = (plain(x) + plain(product())) ** 2
        return x

    x = total()
    assert not left, text
    return x


def alike(left, right):
    if isinstance(left, Log):
        return left.of ** 20 == 2 ** int(20 * plain(right))
    return left == right


def rightly_rounded(exactly, last, decimals, rule):
    if isinstance(exactly, Log):
        units = log2_tenths(3 * exactly.of, rule)
    else:
        units = rounded(exactly, decimals, rule)
    return Fraction(units, 10 ** decimals) == last


def a_step(m, part, text, language, r, of):
    """A step is true of the method and of the record; gives its score, level."""
    f = m["asset_value" if part == "value" else part]
    decimals = 1 if part == "value" else f.get("decimals", 0)
    at = ("value", *SCALES).index(part)
    text = text.translate(ASCII)
    before, arrow, after = text.partition("→")
    assert arrow, text
    name, _, before = before.partition("=")
    assert name.strip() == NAMES[language][at], text
    sides = re.split(r"([=≈])", before)
    x = r.get("asset_value", r["asset_level"])
    fields = OPERANDS[part]
    if part == "risk" and m["risk"]["of"] == "scores":
        likelihood, loss = map(worth, sides[0].split("×"))
        assert likelihood == exact(m, "likelihood", r["frequency_level"],
                                   r["severity_level"]), text
        assert loss == exact(m, "loss", r["asset_level"], r["severity_level"],
                             Fraction(x)), text
    else:
        # The names before numbers are those of the record's fields.
        words = WORDS[language]
        named = re.findall(f"({'|'.join(words)})" + r"(\d+(?:\.\d+)?)", before)
        named = [(words[word], Fraction(number)) for word, number in named]
        if f.get("formula") == "asset-value":
            fields = fields[:1]
        if part == "risk" and f["formula"] == "product":
            fields = fields[::-1]
        has = {**of, **r, "asset_level": x}
        assert named == [(k, has[k]) for k in fields], (text, named)
    if f.get("formula") == "matrix":
        row, column = map(int, re.search(CELL[language], sides[0]).groups())
        assert [row, column] == [r[k] for k in fields], text
        sides[0] = str(f["matrix"][row - 1][column - 1])
    come = [worth(side) for side in sides[0::2]]
    for left, sign, right in zip(come, sides[1::2], come[1:]):
        if sign == "=":
            assert alike(left, right), text
        else:
            assert right is come[-1] and not alike(left, right), text
            assert rightly_rounded(left, plain(right), decimals,
                                   f.get("rounding", "half-up")), text
    last = plain(come[-1])
    # The level, its label and its band are the method's, and the band fits.
    tail, _, expert = after.partition(";")
    level, label, band = re.fullmatch(SAID[language], tail).groups()
    x = m["scales"][part][int(level) - 1]
    assert label == x["label"][language], text
    assert band == interval(m, part, x, "–"), text
    assert x["from"] <= last * 10 ** decimals <= x["to"], text
    return last, int(level), expert


def judged(m, text, language, r, of):
    """The last step: by whose limit, and whether it is kept."""
    text = text.translate(ASCII)
    top = limit(m, of)
    by = "asset" if "maximum_level" in of else "category" if top else "method"
    if not top:
        top = sum(x["acceptable"] for x in m["scales"]["risk"])
    if not top:
        level = re.fullmatch(NONE[language], text).group(1)
        assert int(level) == r["level"] and not r["acceptable"], text
        return
    pattern, whose = LIMITS[language]
    level, kept, *two, fine = re.fullmatch(pattern, text).groups()
    whom, highest = two if language == "zh" else two[::-1]
    assert whose[whom] == by, (text, by)
    assert (int(level), int(highest)) == (r["level"], top), text
    assert bool(kept) == (int(level) <= top) == r["acceptable"], text
    assert bool(fine) != r["acceptable"], text


def explained(m, path):
    assets, seen = {}, 0
    for r in records(path):
        if r["type"] == "asset":
            assets[r["id"]] = r
        if r["type"] != "risk":
            continue
        of, parts = assets[r["asset"]], list(SCALES)
        assert list(r)[-1] == "explanation"
        if all(k in of for k in (*CIA, "value")):
            parts.insert(0, "value")
        said = r["explanation"]
        assert len(said) == len(parts) + 1, r["id"]
        for step in said:
            assert list(step) == ["zh", "en"]
            numbers = [sorted(re.findall(r"\d+(?:\.\d+)?", x))
                       for x in step.values()]
            assert numbers[0] == numbers[1], step
        for part, step in zip(parts, said):
            for language, text in step.items():
                last, level, expert = a_step(m, part, text, language, r, of)
                if part == "value":
                    assert last == of["value"], text
                    assert bool(expert) == (of.get("value_basis") == "assessor"), text
                    if expert:
                        graded, label, at = re.fullmatch(
                            EXPERT[language], expert).groups()
                        x = m["scales"]["value"][of["value_level"] - 1]
                        assert int(graded) == x["level"], text
                        assert label == x["label"][language], text
                        moved = by_score(m) and r["asset_value"] != of["value"]
                        assert bool(at) == moved, text
                        if moved:
                            assert Fraction(at) == r["asset_value"], text
                    else:
                        assert level == of["value_level"], text
                else:
                    name = "" if part == "risk" else part + "_"
                    assert (last, level) == (r[name + "score"], r[name + "level"])
                seen += 1
        for language, text in said[-1].items():
            judged(m, text, language, r, of)
            seen += 1
    print(seen)


# Methods of other kinds.

def cut(m, scale, low, high, chance=None):
    """Bands for low to high, of one width or of any."""
    rows = m["scales"][scale]
    n = len(rows)
    high = max(high, low + n - 1)
    if chance:
        ends = sorted(chance.sample(range(low, high), n - 1)) + [high]
    else:
        ends = [low - 1 + (high - low + 1) * k // n for k in range(1, n + 1)]
    for x, start, end in zip(rows, [low - 1] + ends, ends):
        x |= {"from": start + 1, "to": end}


def fitted(m, chance=None):
    """Bands for all that comes about; at the ends maybe for more."""
    def spread(scale, squares):
        units = [score(m, scale, x) for x in squares]
        low, high = min(units), max(units)
        if chance:
            low, high = chance.randint(1, low), high + chance.randint(0, high // 4)
        cut(m, scale, low, high, chance)

    scores = worths(m)
    if chance or not min(x["from"] for x in m["scales"]["value"]) <= min(
            scores) <= max(scores) <= max(x["to"] for x in m["scales"]["value"]):
        cut(m, "value", 10, max(scores), chance)
    t, v = (len(ladder(m, k)) for k in ("frequency", "severity"))
    ends = domain(m)[0], domain(m)[-1]
    p = [exact(m, "likelihood", 1, 1), exact(m, "likelihood", t, v)]
    l = [exact(m, "loss", a, b, x) for (a, x), b in zip(ends, (1, v))]
    spread("likelihood", p)
    spread("loss", l)
    if m["risk"]["of"] == "scores":
        spread("risk", [a * b for a, b in zip(p, l)])
    else:
        top = [len(ladder(m, k)) for k in ("loss", "likelihood")]
        spread("risk", [exact(m, "risk", 1, 1), exact(m, "risk", *top)])
    return m


def fit(m):
    print(line(fitted(m)))


def make(seed):
    chance = random.Random(int(seed))
    m = load(SCHEMAS / "methods" / "tfdl-1508.json")
    m["name"] = f"made-{seed}"
    for name, rows in m["scales"].items():
        m["scales"][name] = [
            copy.deepcopy(rows[0] | {"level": n})
            for n in range(1, chance.randint(3, 9) + 1)]
    size = {k: len(x) for k, x in m["scales"].items()}
    minutes = 10 ** 6
    for x in m["scales"]["availability"][1:]:
        minutes = chance.randint(minutes // 9, minutes // 2)
        x |= {"uptime_permille": 110 * x["level"],
              chance.choice(("outage_below", "outage_at_most")): minutes}
    fine = chance.randint(0, size["risk"])
    for x in m["scales"]["risk"]:
        x |= {"colour": f"#{chance.randrange(1 << 24):06x}",
              "acceptable": x["level"] <= fine}

    def rising(rows, columns, highest):
        """Cells that fall nowhere."""
        steep = chance.choice((0, 1, 3, highest // (rows + columns)))
        above = [1] * columns
        for _ in range(rows):
            row, left = [], 1
            for x in above:
                left = min(max(left, x) + chance.randint(0, steep), highest)
                row.append(left)
            above = row
            yield row

    def part(name, kinds, row, column, **more):
        f = {"formula": chance.choice(kinds)} | more
        if f["formula"] == "matrix":
            # A million is the highest score there is.
            f["matrix"] = list(rising(size[row], size[column], 90))
            f.pop("value", None)
        for key, choice in (("decimals", (0, 1, 2)), ("rounding", ROUNDINGS)):
            if chance.random() < .7:
                f[key] = chance.choice(choice)
        m[name] = f

    kinds = ("product", "root-product", "matrix")
    part("likelihood", kinds, "frequency", "severity")
    value = {"value": chance.choice(("level", "score"))}
    part("loss", (*kinds, "asset-value"), "value", "severity",
         **value if chance.random() < .8 else {})
    of = chance.choice(("levels", "scores"))
    part("risk", ("product",) if of == "scores" else ("product", "matrix"),
         "loss", "likelihood", of=of)
    how = {"combine": chance.choice(("mean", "max", "log2"))}
    if how["combine"] == "mean" and chance.random() < .8:
        how["weights"] = {k: chance.randint(0, 4) for k in CIA}
        how["weights"][chance.choice(CIA)] += 1
    if chance.random() < .8:
        how["rounding"] = chance.choice(ROUNDINGS)
    m["asset_value"] = how
    m["maximum_level"] = {k: chance.choice(ladder(m, "risk"))
                          for k in chance.sample(CATEGORIES, chance.randint(0, 4))}
    if chance.random() < .2:
        del m["maximum_level"]
    m["history"] = [{"level": 3, "at_least": 1, "weeks": 1},
                    {"level": 2, "more_than": 1, "months": 6}]
    m["threat_table"] = [list(rising(4, 5, 3)) for _ in range(3)]
    for one, other in zip(m["threat_table"], m["threat_table"][1:]):
        for x, y in zip(one, other):
            y[:] = map(max, x, y)
    m["cvss"] = [{"level": 3, "from": 70}, {"level": 1, "from": 0}]
    m["words"] = dict.fromkeys(m["words"], 2)
    fitted(m, chance)
    print(line(m))


# Changed files.

def paths(value, here=()):
    """The way to every value in a document."""
    if here:
        yield here
    items = value.items() if isinstance(value, dict) else enumerate(
        value) if isinstance(value, list) else ()
    for key, x in items:
        yield from paths(x, (*here, key))


def at(document, path):
    for key in path:
        document = document[key]
    return document


def shape(path):
    """The path without its numbers: scales.value[].label.zh."""
    return "".join("[]" if isinstance(k, int) else f".{k}" for k in path)[1:]


VALUES_OF_NO_KEY = (None, "x", "", -1, 0.5, 10 ** 7, True, [], {})


def mutants(n):
    """Each kind of change at each kind of place, as many as are asked for."""
    from jsonschema import Draft202012Validator
    schema = Draft202012Validator(load(SCHEMAS / "method.json"))
    chance = random.Random(20984)
    places = {}
    for file in sorted((SCHEMAS / "methods").glob("*.json")):
        m = load(file)
        assert schema.is_valid(m), file
        for path in paths(m):
            places.setdefault(shape(path), []).append((file, path))
    kinds = ("delete", "beside", *VALUES_OF_NO_KEY)
    pairs = sorted(itertools.product(places, range(len(kinds))))
    Path("mutants").mkdir()
    for k, (where, kind) in enumerate(chance.sample(pairs, int(n))):
        file, path = chance.choice(places[where])
        m = load(file)
        inside, kind = at(m, path[:-1]), kinds[kind]
        if kind == "delete":
            del inside[path[-1]]
        elif kind == "beside":
            while isinstance(inside, list):
                path = path[:-1]
                inside = at(m, path[:-1])
            inside[f"{path[-1]}_"] = copy.deepcopy(inside[path[-1]])
        else:
            inside[path[-1]] = kind
        Path(f"mutants/{k}.json").write_text(line(m))
        print(f"{k}.json", "valid" if schema.is_valid(m) else "refused")


def others(m, path):
    """Files where the scalar is another, with what has to go with it."""
    old, key = at(m, path), path[-1]

    def change(pairs):
        new = copy.deepcopy(m)
        for way, x in pairs:
            at(new, way[:-1])[way[-1]] = x
        return new

    if isinstance(old, bool):
        yield change([(path, not old)])
    elif isinstance(old, int):
        for step in (1, -1):
            pairs = [(path, old + step)]
            # Its neighbour's end of the band; in a table all that is above it,
            # or below.
            if key in ("from", "to") and path[0] == "scales":
                n = path[-2] + (1 if key == "to" else -1)
                if 0 <= n < len(at(m, path[:-2])):
                    end = "from" if key == "to" else "to"
                    pairs.append(((*path[:-2], n, end), old + step + (
                        1 if key == "to" else -1)))
            way = [k for k in path if isinstance(k, int)]
            if len(way) > 1:
                table = path[:-len(way)]
                for other in paths(at(m, table)):
                    x = at(m, table + other)
                    if isinstance(x, int) and all(
                            (a - b) * step >= 0 for a, b in zip(other, way)):
                        pairs.append((table + other, (max if step > 0 else min)(
                            x, old + step)))
            yield change(pairs)
    elif key == "colour":
        yield change([(path, "#0a0b0c")])
    elif key in ("zh", "en"):
        yield change([(path, old + "·甲\"\\/é\U0001f600")])
    else:
        for x in ("renamed", "max", "mean", "product", "matrix", "asset-value",
                  "root-product", "levels", "scores", *ROUNDINGS):
            if x != old:
                yield change([(path, x)])


def prints(m):
    Path("prints").mkdir()
    n = 0
    scalars = [p for p in paths(m) if not isinstance(at(m, p), (dict, list))]
    for path in scalars:
        for other in others(m, path):
            assert at(other, path) != at(m, path)
            Path(f"prints/{n}.json").write_text(line(other))
            print(".".join(map(str, path)), f"{n}.json", method_id(other))
            n += 1


def main(check, *args):
    if check in ("tables", "doubles", "make", "mutants"):
        return globals()[check](*args)
    m = load(args[0])
    if check not in ("risks", "values"):
        return globals()[check](m, *args[1:])
    with open("in", "w") as given, open("want", "w") as wanted:
        for r, lines in globals()[check](m):
            print(r, file=given)
            print(*lines, sep="\n", file=wanted)


if __name__ == "__main__":
    main(*sys.argv[1:])
