"""The arithmetic of the procedure, written apart from the programs.

    oracle.py CHECK METHOD-FILE

writes the input of a check to the file "in" and what a program must make of
it to the file "want".  Whole numbers and fractions only; the bands are those
of the procedure, not read from the method file.
"""

import hashlib
import itertools
import json
import random
import sys
from datetime import date, timedelta
from fractions import Fraction

LEVELS = range(1, 6)
TRIPLES = list(itertools.product(LEVELS, repeat=3))
VALUE_BANDS = ((10, 15), (16, 25), (26, 35), (36, 45), (46, 50))
BANDS = ((1, 5), (6, 10), (11, 15), (16, 20), (21, 25))


def grade(bands, score):
    return next(n for n, (a, b) in enumerate(bands, 1) if a <= score <= b)


def half_up(x):
    return (2 * Fraction(x) + 1) // 2


def value_tenths(setting, c, i, a):
    """Section 7.5: the score in tenths."""
    match setting["combine"]:
        case "mean":
            w = [setting["weights"][k] for k in
                 ("confidentiality", "integrity", "availability")]
            x = Fraction(w[0] * c + w[1] * i + w[2] * a, sum(w))
            return half_up(10 * x)
        case "max":
            return 10 * max(c, i, a)
        case "log2":
            # n is the last with 10 log2(s / 3) >= n - 1/2.
            s = 2 ** c + 2 ** i + 2 ** a
            n = 10
            while s ** 20 >= 2 ** (2 * n + 1) * 3 ** 20:
                n += 1
            return n


def availability(percent, minutes):
    """Section 7.5: decimal texts or None."""
    level = 1
    if percent is not None:
        p = Fraction(percent)
        level = 1 + sum(p >= Fraction(at) for at in ("25", "70", "90", "99.9"))
    if minutes is not None:
        m = Fraction(minutes)
        level = max(level, 1 + sum((m < 60, m < 30, m < 10, m == 0)))
    return level


def months_in(start, end):
    """Whole calendar months, both days included."""
    after, n = end + timedelta(1), 0
    while True:
        year, month = divmod(start.month + n, 12)
        try:
            if date(start.year + year, month + 1, start.day) > after:
                return n
        except ValueError:
            return n
        n += 1


def frequency_of(count, start, end):
    """Section 7.6.3, from so many incidents in a period."""
    weeks = max(1, ((end - start).days + 1) // 7)
    months = max(1, months_in(start, end))
    if count == 0:
        return 2
    if Fraction(count, weeks) >= 1:
        return 5
    if Fraction(count, months) >= 1:
        return 4
    return 3 if Fraction(count, months) > Fraction(1, 6) else 2


def severity_of_cvss(tenths):
    return 1 + sum(tenths >= at for at in (1, 40, 70, 90))


WORDS = {"none": 1, "low": 2, "medium": 3, "high": 4, "critical": 5}
MEASURES = {None: 0, "none": 0, "partial": 1, "full": 2}


def risk_of(a, t, v):
    """Section 7.8: every step."""
    likelihood, loss = grade(BANDS, t * v), grade(BANDS, a * v)
    score = likelihood * loss
    return {"likelihood_score": t * v, "likelihood_level": likelihood,
            "loss_score": a * v, "loss_level": loss,
            "score": score, "level": grade(BANDS, score)}


def acceptable(level, maximum=None):
    return level <= (maximum or 3)


def method_id(method):
    text = json.dumps(method, sort_keys=True, ensure_ascii=False,
                      separators=(",", ":"))
    return f"{method['name']}@{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def line(record):
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def asset(n, **fields):
    return {"type": "asset", "id": f"A{n}", "name": f"资产{n}",
            "confidentiality": 3, "integrity": 3} | fields


def threat(n, **fields):
    return {"type": "threat", "id": f"T{n}", "name": f"威胁{n}"} | fields


def weakness(n, of, threats, **fields):
    return {"type": "vulnerability", "id": f"V{n}", "name": f"脆弱性{n}",
            "asset": of, "threats": threats} | fields


def risk(n, a, t, v, maximum, method):
    steps = risk_of(a, t, v)
    r = {"type": "risk", "id": f"A{n}/T{n}/V{n}", "asset": f"A{n}",
         "threat": f"T{n}", "vulnerability": f"V{n}", "asset_level": a,
         "frequency_level": t, "severity_level": v} | steps
    if maximum:
        r["maximum_level"] = maximum
    return r | {"acceptable": acceptable(steps["level"], maximum),
                "method": method_id(method)}


def assets(method):
    """All (C, I, A); an expert's level."""
    for n, (c, i, a) in enumerate(TRIPLES * 2):
        r = asset(n, confidentiality=c, integrity=i, availability=a)
        score = value_tenths(method["asset_value"], c, i, a)
        level, basis = grade(VALUE_BANDS, score), "computed"
        if n >= len(TRIPLES):
            level, basis = 1 + n % 5, "assessor"
            r |= {"assessed_value": level, "assessed_reason": "核心业务"}
        yield r, [r | {"value": score / 10, "value_level": level,
                       "value_basis": basis}]


def availabilities(method):
    """A grid of percent, of minutes, and of both."""
    percents = [f"{n / 20:.2f}" for n in range(2001)] + [
        "99.9", "99.85", "99.899999999999", "99.900000000001", "90", "89.999", "89.9999999999", "70",
        "69.9999999", "25", "24.9999999", "0", "100", "1e1", "9.99e1"]
    minutes = [f"{n / 4:.2f}" for n in range(260)] + [
        "0", "0.5", "9", "9.99", "9.999999999999", "10", "29.9999999", "30",
        "59.9999999", "60", "0.0000001", "1000000", "-0.0"]
    pairs = [(p, None) for p in percents] + [(None, m) for m in minutes]
    pairs += itertools.product(percents[::50] + percents[2001:], minutes[::9])
    for n, (p, m) in enumerate(pairs):
        r = line(asset(n))[:-1]
        if p is not None:
            r += f',"availability_percent":{p}'
        if m is not None:
            r += f',"max_outage_minutes":{m}'
        a = availability(p, m)
        score = value_tenths(method["asset_value"], 3, 3, a)
        yield r + "}", [
            r + f',"availability":{a},"availability_basis":"sla"'
            f',"value":{score / 10},"value_level":{grade(VALUE_BANDS, score)}'
            ',"value_basis":"computed"}']


def threats(method):
    """The table and the assessor's level, for threats and exposures."""
    for n, (a, c, e) in enumerate(TRIPLES):
        answers = {"attractiveness": a, "capability": c, "exploitability": e}
        level = method["threat_table"][a - 1][c - 1][e - 1]
        assert level == half_up(Fraction(a + c + e, 3))
        for r in (threat(n, **answers), {"type": "exposure", "asset": "A",
                                         "threat": f"T{n}"} | answers):
            yield r, [r | {"frequency_level": level,
                           "frequency_basis": "table"}]
        r = threat(f"r{n}", frequency=1 + n % 5, **answers)
        yield r, [r | {"frequency_level": 1 + n % 5,
                       "frequency_basis": "assessor"}]


PERIODS = {
    "year": (date(2025, 1, 1), date(2025, 12, 31)),
    "leap-year": (date(2024, 1, 1), date(2024, 12, 31)),
    "year-from-july": (date(2024, 7, 15), date(2025, 7, 14)),
    "half-year": (date(2025, 1, 1), date(2025, 6, 30)),
    "quarter": (date(2025, 4, 1), date(2025, 6, 30)),
    "month": (date(2025, 2, 1), date(2025, 2, 28)),
    "ten-days": (date(2025, 3, 1), date(2025, 3, 10)),
    "three-days": (date(2025, 3, 1), date(2025, 3, 3)),
}


def history(period):
    """0 to 400 incidents, and some outside the period."""
    start, end = PERIODS[period]
    days = (end - start).days + 1
    r = {"type": "assessment", "title": "评估", "period_from": str(start),
         "period_to": str(end)}
    yield r, [r]
    for n in range(401):
        when = [start + timedelta(i * 7 % days) for i in range(n)]
        when += [start - timedelta(1), end + timedelta(1)]
        for i, day in enumerate(when):
            r = {"type": "incident", "id": f"I{n}-{i}", "date": str(day),
                 "name": "事件", "threat": f"T{n}"}
            if i % 2:
                r["asset"] = "A1"
            yield r, [r]
    for n in range(401):
        for r, count in ((threat(n), n),
                         ({"type": "exposure", "asset": "A1",
                           "threat": f"T{n}"}, n // 2)):
            yield r, [r | {"frequency_level": frequency_of(count, start, end),
                           "frequency_basis": "history",
                           "incident_count": count,
                           "window_from": str(start), "window_to": str(end)}]


def weaknesses(method):
    """CVSS scores, words, severities; each with every effect of measures."""
    rows = []
    for tenths in range(101):
        for version in (None, "2.0", "3.0", "3.1", "4.0"):
            fields = {"cvss": tenths / 10}
            if version:
                fields["cvss_version"] = version
            if tenths % 2:
                fields["severity_word"] = "low"
            rows.append((fields, severity_of_cvss(tenths),
                         "cvss-" + version if version else "cvss"))
    rows += [({"severity_word": w}, n, "word") for w, n in WORDS.items()]
    rows += [({"severity": n, "cvss": 10 - n}, n, "assessor") for n in LEVELS]
    for n, ((fields, level, basis), effect) in enumerate(
            itertools.product(rows, MEASURES)):
        r = weakness(n, "A1", ["T1"], **fields)
        if effect:
            r |= {"existing_measures": "防火墙",
                  "measure_effectiveness": effect}
        yield r, [r | {"inherent_severity": level,
                       "severity_level": max(1, level - MEASURES[effect]),
                       "severity_basis": basis}]


def risks(method):
    """All (A, T, V), with every highest level an asset may allow."""
    owned = [(a, top) for top in (None, *LEVELS) for a in LEVELS]
    for n, (a, top) in enumerate(owned):
        r = asset(n, availability=3, value_level=a)
        if top:
            r["maximum_level"] = top
        yield r, [r]
    for t in LEVELS:
        r = threat(t, frequency_level=t)
        yield r, [r]
    for n, (a, top) in enumerate(owned):
        for v in LEVELS:
            names = [f"T{t}" for t in LEVELS]
            r = weakness(f"{n}-{v}", f"A{n}", names, severity=v,
                         severity_level=v)
            out = []
            for t in LEVELS:
                ids = f"A{n}", f"T{t}", f"V{n}-{v}"
                out.append(risk(0, a, t, v, top, method) | dict(
                    id="/".join(ids), asset=ids[0], threat=ids[1],
                    vulnerability=ids[2]))
            yield r, [r, *out]


AFTER = {"asset_level": "value", "frequency_level": "frequency",
         "severity_level": "severity"}
FULL = {"measure": "加固", "department": "信息部", "owner": "张三",
        "due": "2026-06-30"}
REASON = {"justification": "成本过高", "transferee": "保险公司",
          "expires": "2026-12-31"}
NEEDS = {"control": ["measure", "department", "owner", "due", "effect"],
         "accept": ["justification", "expires"], "avoid": ["justification"],
         "transfer": ["transferee"], "retain": []}


def treated(r, d):
    """Section 7.13: the treatment, but for its priority."""
    keep = ("asset", "threat", "vulnerability", "asset_level",
            "frequency_level", "severity_level", "score", "level",
            "maximum_level", "acceptable", "method")
    t = {"type": "treatment", "risk": r["id"]}
    t |= {k: r[k] for k in keep if k in r}
    if d is None:
        option = "retain" if r["acceptable"] else "undecided"
        return t | {"option": option, "problems":
                    ["undecided"] * (option == "undecided")}
    effect = any("expected_" + k in d for k in AFTER.values())
    lacks = [k for k in NEEDS[d["option"]]
             if not (effect if k == "effect" else k in d)]
    if d["option"] == "retain" and not r["acceptable"]:
        lacks.append("unacceptable")
    t |= {"option": d["option"], "decided_by": "risk"}
    t |= {k: x for k, x in d.items() if k not in ("type", "risk", "option")}
    return t | {"problems": lacks}


def remaining(t):
    """Section 7.14: what is found counts, else what is expected; what is only
    expected is to be verified.  To avoid a thing is found when it is done."""
    basis = next((b for b in ("actual", "expected")
                  if any(f"{b}_{k}" in t for k in AFTER.values())), "none")
    if t["option"] == "avoid":
        basis = "actual" if t.get("status") == "done" else "expected"
    levels = {k: t.get(f"{basis}_{name}", t[k]) for k, name in AFTER.items()}
    r = {"type": "residual"} | {k: t[k] for k in (
        "risk", "asset", "threat", "vulnerability", "option")}
    r |= {"before_score": t["score"], "before_level": t["level"]}
    fine = True
    if t["option"] != "avoid":
        steps = risk_of(*levels.values())
        steps |= {"after_score": steps.pop("score"),
                  "after_level": steps.pop("level")}
        fine = acceptable(steps["after_level"], t.get("maximum_level"))
        r |= levels | steps
    following = ("treat-again", "accept")[t["option"] == "accept"]
    if fine:
        following = "verify" if basis == "expected" else "close"
    higher = r.get("after_score", 0) > t["score"]
    return r | {"basis": basis, "acceptable": fine, "next": following,
                "problems": ["higher"] * higher, "method": t["method"]}


def treatments(method):
    """Every risk, no decision or one with some of the levels after it."""
    chance = random.Random(1508)
    n, pairs = 0, []
    some = [s for k in range(4) for s in itertools.combinations(
        sorted(AFTER.values()), k)]
    for a, t, v in TRIPLES:
        plans = [("control", e, ()) for e in some]
        plans += [("control", some[-1], f) for f in some[1:]]
        plans += [(o, some[-1], ()) for o in NEEDS] + [(None, (), ())]
        for option, expected, found in plans:
            n += 1
            r = risk(n, a, t, v, chance.choice((None, None, 1, 2, 4)), method)
            d = None
            if option:
                d = {"type": "decision", "risk": r["id"], "option": option}
                d |= {k: x for k, x in FULL.items() if n % 3}
                d |= {"expected_" + k: chance.choice(LEVELS) for k in expected}
                d |= {"actual_" + k: chance.choice(LEVELS) for k in found}
                d |= {k: x for k, x in REASON.items() if n % 4}
            pairs.append((r, d))
    for _, d in pairs:
        if d:
            yield d, [d]
    for r, d in pairs:
        t = treated(r, d)
        yield r, [r, t, remaining(t)]


def attention(path):
    """Says where the priorities of treatments are not in order."""
    found = []
    with open(path) as f:
        for r in map(json.loads, f):
            if r["type"] == "treatment":
                key = (r["option"] != "undecided", -r["level"], -r["score"],
                       -r["asset_level"])
                found.append((key, r["priority"], r["risk"]))
    found.sort()
    assert len({key for key, _, _ in found}) > 50
    for (k1, p1, r1), (k2, p2, r2) in zip(found, found[1:]):
        if p1 < 1 or (p1 < p2) != (k1 < k2):
            sys.exit(f"{r1} has priority {p1}, {r2} has {p2}")


def main(check, arg):
    if check == "attention":
        return attention(arg)
    if check != "history":
        with open(arg) as f:
            arg = json.load(f)
    with open("in", "w") as given, open("want", "w") as wanted:
        for r, lines in globals()[check](arg):
            print(r if isinstance(r, str) else line(r), file=given)
            for w in lines:
                print(w if isinstance(w, str) else line(w), file=wanted)


if __name__ == "__main__":
    main(*sys.argv[1:])
