"""Every number and list of the comparison document, counted apart from it.

    compare.py LANGUAGE DOCUMENT OLD NEW DAY [YEAR=INCIDENTS...]

OLD and NEW are the streams; what changed is what changes.py says of them.
"""

import re
import sys

from changes import Year, changes

language, document, old, new, day, *years = sys.argv[1:]
zh = language == "zh"
text = open(document, encoding="utf-8").read()
all_changes = list(changes(Year(old), Year(new), True))
of = {w: [c for c in all_changes if c["what"] == w]
      for w in ("added", "removed", "raised", "lowered", "same")}
SIDES = ("before", "after")


def cells(line):
    return [c.strip().replace("\\", "") for c in line.strip().strip("|").split("|")]


def section(heading):
    """The tables under the heading that begins so, each a list of rows."""
    at = re.search(rf"^#+ {re.escape(heading)}.*$", text, re.M)
    assert at, heading
    rest = text[at.end():]
    end = re.search(r"^#", rest, re.M)
    rest = rest[:end.start()] if end else rest
    tables, rows = [], None
    for line in rest.splitlines():
        if line.startswith("|"):
            if rows is None:
                tables.append(rows := [])
            rows.append(cells(line))
        else:
            rows = None
    return [t[2:] for t in tables]


def same(found, wanted, what):
    assert found == wanted, f"{what}:\n found {found}\nwanted {wanted}"


def number(x):
    return str(x)


def signed(x):
    return f"+{x}" if x > 0 else f"−{-x}" if x < 0 else "0"


def level(c, side):
    return c.get(f"{side}_level", 0)


# The summary.
[summary] = section("摘要" if zh else "Summary")
same([r[1] for r in summary], [number(len(of[w])) for w in of], "summary")
rose = sum(c["after_level"] > c["before_level"] for c in of["raised"])
fell = sum(c["after_level"] < c["before_level"] for c in of["lowered"])
assert re.search(rf"\D{rose}\D", summary[2][2]), summary[2]
assert re.search(rf"\D{fell}\D", summary[3][2]) or re.match(rf"{fell}\D", summary[3][2]), summary[3]
bad = {s: [c for c in all_changes if c.get(f"{s}_acceptable") is False] for s in SIDES}
total = {s: [c for c in all_changes if f"{s}_level" in c] for s in SIDES}
line = next(t for t in text.splitlines() if t.startswith(
    "本期有风险" if zh else "Risks in the current assessment"))
numbers = re.findall(r"\d+", line)
same(numbers, [number(len(x)) for x in (total["after"], bad["after"], total["before"],
                                        bad["before"])], "totals")

# Levels, from which to which, matrices.
bars, levels = section("2.1")
for row, n in zip(levels, range(5, 0, -1)):
    before, after = (sum(level(c, s) == n for c in all_changes) for s in SIDES)
    same(row[1:], [number(before), number(after), signed(after - before)], f"level {n}")
same([r[:3] for r in levels[:-1]], bars, "bars")
same(levels[-1][1:3], [number(len(total[s])) for s in SIDES], "sum of levels")
[moves] = section("2.2")
for row, before in zip(moves, range(5, -1, -1)):
    for cell, after in zip(row[1:], range(5, -1, -1)):
        n = sum((level(c, "before"), level(c, "after")) == (before, after) for c in all_changes)
        same(cell, number(n) if before or after else "", f"from {before} to {after}")
for heading, side in (("2.3", "before"), ("2.4", "after")):
    [matrix] = section(heading)
    for row, loss in zip(matrix, range(5, 0, -1)):
        for cell, likelihood in zip(row[1:], range(1, 6)):
            n = sum((c.get(f"{side}_loss_level"), c.get(f"{side}_likelihood_level")) ==
                    (loss, likelihood) for c in all_changes)
            found = re.search(r"[（(](\d+)[)）]", cell)
            same(int(found[1]) if found else 0, n, f"{side} {loss} {likelihood}")

# Incidents, by the records of the year and those of the year before.
kpi = section("8")
if kpi:
    same([r[:2] for r in kpi[0]], [[y + ("年" if zh else ""), n] for y, n in (
        a.split("=") for a in years)], "incidents")

# Causes.
found = {tuple(map(int, r[1:])) for [*rows] in section("3") for r in rows}
names = {c["cause"] for x in all_changes if x["what"] != "same" for c in x["causes"]}
same(found, {tuple(sum(c["cause"] == name for x in of[w] for c in x["causes"])
                   for w in ("added", "removed", "raised", "lowered"))
             for name in names}, "causes")


# Lists: as many rows as there are, the worst of them first.
def listed(heading, wanted, columns, worst=None):
    tables = section(heading)
    rows = tables[0] if tables else []
    order = sorted(wanted, key=worst, reverse=True) if worst else wanted
    named = [tuple(c[k + "_name"] for k in ("asset", "threat", "vulnerability")) for c in order]
    got = [tuple(r[columns:columns + 3]) for r in rows]
    if worst and len(rows) < len(order):
        assert len(rows) == 10, heading
        edge = worst(order[9])
        assert set(got) <= {n for n, c in zip(named, order) if worst(c) >= edge}, heading
    else:
        same(sorted(got), sorted(named), heading)
    if worst:
        keys = dict(zip(named, map(worst, order)))
        same([keys[g] for g in got], sorted((keys[g] for g in got), reverse=True), heading)


def after(c):
    return c["after_level"], c["after_score"], c["after_asset_level"]


def before(c):
    return c["before_level"], c["before_score"], c["before_asset_level"]


def rise(c):
    return c["after_score"] - c["before_score"]


listed("4.1", of["added"], 1, after)
listed("4.2", of["raised"], 1, rise)
listed("5.1", of["lowered"], 1, lambda c: -rise(c))
listed("5.2", of["removed"], 1, before)
still = [c for c in bad["before"] if c.get("after_acceptable") is False]
listed("6", still, 1, after)
undone = [c for c in of["same"] + of["raised"]
          if c.get("before_due", "9") <= day and c["before_option"] not in ("retain", "accept")
          and c.get("before_status") != "done" and c.get("after_status") != "done"]
listed("7", undone, 1, lambda c: tuple(-int(n) for n in c["before_due"].split("-")))
for heading, w in zip(("A.1", "A.2", "A.3", "A.4"), of):
    listed(heading, of[w], 2)
    ids = [r[1] for t in section(heading) for r in t]
    same(sorted(ids), sorted(c["risk"] for c in of[w]), heading)
