"""Every number and list of the comparison document, counted apart from it.

    compare.py LANGUAGE DOCUMENT OLD NEW DAY [YEAR[:FROM:TO]=INCIDENTS...]

OLD and NEW are the streams; what changed is what changes.py says of them.  Of a
year with FROM and TO the data have only those days.
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
wanted, bars, last = [], [], None
for when, n in (a.split("=") for a in years):
    y, *span = when.split(":")
    shown = y + ("年" if zh else "")
    compared = last is not None and not span
    wanted.append([shown + ("（{}至{}）" if zh else " ({} to {})").format(*span) if span else shown, n,
                   signed(int(n) - last) if compared else "—" if zh else "–"])
    bars.append([shown + ("（部分）" if zh else " (in part)") if span else shown, n])
    last = None if span else int(n)
kpi = section("8")
same(kpi[0], wanted, "incidents")
same(kpi[1:], [bars] if len(bars) > 1 else [], "incidents as bars")

# Causes.
LABELS = {
    "asset-value": ("资产价值", "asset value"), "frequency": ("威胁频率", "threat frequency"),
    "severity": ("脆弱性严重程度", "vulnerability severity"), "measure": ("已有安全措施", "existing measures"),
    "limit": ("可接受上限", "acceptance limit"), "asset-new": ("新增资产", "new asset"),
    "asset-gone": ("资产本期未列", "asset no longer listed"), "threat-new": ("新增威胁", "new threat"),
    "threat-gone": ("威胁本期未列", "threat no longer listed"),
    "vulnerability-new": ("新增脆弱性", "new vulnerability"),
    "vulnerability-gone": ("脆弱性本期未列", "vulnerability no longer listed"),
    "link-new": ("新建立的关联", "newly linked"), "link-gone": ("关联已解除", "no longer linked"),
    "refused": ("有记录被拒绝", "records were refused")}


def label(cause):
    return LABELS[cause][0 if zh else 1]


moved = ("added", "removed", "raised", "lowered", "same")
names = [n for n in LABELS if any(c["cause"] == n for w in moved for x in of[w] for c in x["causes"])]
same([r for rows in section("3") for r in rows],
     [[label(name)] + [number(sum(c["cause"] == name for x in of[w] for c in x["causes"])) for w in moved]
      for name in names], "causes")


def reasons(c):
    """A change in words, as the last cell of its row has it."""
    said = []
    for cause in c["causes"]:
        text = label(cause["cause"])
        if "before" in cause or "after" in cause:
            sides = (number(cause[s]) if s in cause else "无" if zh else "none" for s in SIDES)
            text += ("" if zh else " ") + "→".join(sides)
        if "part" in cause:
            text += ("（{}）" if zh else " ({})").format(signed(cause["part"]))
        said.append(text)
    return ("；" if zh else "; ").join(said)


# Lists: as many rows as there are, the worst of them first.
def listed(heading, wanted, columns, worst=None):
    tables = section(heading)
    rows = tables[0] if tables else []
    order = sorted(wanted, key=worst, reverse=True) if worst else wanted
    causes = heading in ("4.1", "4.2", "5.1", "5.2") or heading.startswith("A")
    named = [tuple(c[k + "_name"] for k in ("asset", "threat", "vulnerability")) + ((reasons(c),) if causes else ())
             for c in order]
    got = [tuple(r[columns:columns + 3] + r[-1:] * causes) for r in rows]
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


def mended(c):
    return c["what"] == "lowered" and any(
        x["cause"] in ("severity", "measure") and x["part"] < 0 for x in c["causes"])


undone = [c for c in of["same"] + of["raised"] + of["lowered"] if not mended(c)
          and c.get("before_due", "9") <= day and c["before_option"] not in ("retain", "accept")
          and c.get("before_status") != "done" and c.get("after_status") != "done"]
listed("7", undone, 1, lambda c: tuple(-int(n) for n in c["before_due"].split("-")))
for heading, w in zip(("A.1", "A.2", "A.3", "A.4"), of):
    listed(heading, of[w], 2)
    former = {c["risk"]: c["former_risk"] for c in of[w] if "former_risk" in c}
    same(sorted((r[1], r[-1]) for t in section(heading) for r in t), sorted(
        (k["risk"] + (("（原{}）" if zh else " (formerly {})").format(former[k["risk"]]) if k["risk"] in former else ""),
         reasons(k)) for k in of[w]), heading + " ids and causes")
