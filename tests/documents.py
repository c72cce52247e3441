"""What must hold of every document that report writes.

Usage: documents.py LANGUAGE DOCUMENT STREAM: the Markdown file DOCUMENT was
made from STREAM.  Prints what does not hold.
"""

import json
import re
import sys
from collections import Counter

language, document, stream = sys.argv[1:]
text = open(document, encoding="utf-8").read()
lines = text.split("\n")
records = [json.loads(line) for line in open(stream, encoding="utf-8")]
faults = []

# Names of things, which may be English in a Chinese document.
NAMES = set("""CVSS SLA GB GB/T BS ISO IEC TFDL-ITSS ITSS SHA OMS EMS SCADA OA UPS P2P KPI tfdl asset-value threat-rate vuln-rate
risk-calc treat residual report intake CSV JSON Lines CVE AV bars heatmap""".split())


def of(kind):
    return [r for r in records if r["type"] == kind]


def check(condition, what):
    if not condition:
        faults.append(what)


def tables():
    """Each table as (line, heading cells, rows)."""
    found, at = [], 0
    while at < len(lines):
        if not lines[at].startswith("|"):
            at += 1
            continue
        start = at
        while at < len(lines) and lines[at].startswith("|"):
            at += 1
        rows = [[c.strip() for c in re.split(r"(?<!\\)\|", row)[1:-1]] for row in lines[start:at]]
        found.append((start + 1, rows[0], rows[1:]))
    return found


# Tables: a delimiter row, at least one row, as many cells as the heading.
for line, heading, rows in tables():
    check(rows and all(re.fullmatch(":?-+:?", c) for c in rows[0]), f"{line}: no delimiter row")
    check(len(rows) > 1, f"{line}: a table without rows")
    for number, row in enumerate(rows):
        check(len(row) == len(heading), f"{line + 1 + number}: {len(row)} cells under {len(heading)} headings")
    check(line < 3 or lines[line - 2].strip() == "" or lines[line - 2].startswith("<!--"), f"{line}: no blank line before a table")

# Headings: one title, none without text under it, numbers in order.
headings = [(i, len(m[1]), m[2]) for i, m in ((i, re.match(r"(#+) (.*)", s)) for i, s in enumerate(lines)) if m]
check([depth for _, depth, _ in headings].count(1) == 1, "not one title")
for (at, depth, name), following in zip(headings, headings[1:] + [(len(lines), 1, "end")]):
    body = [s for s in lines[at + 1:following[0]] if s.strip()]
    check(body or following[1] > depth, f"{at + 1}: nothing under {name!r}")
chapters = [int(m[1]) for _, depth, name in headings if depth == 2 and (m := re.match(r"(\d+) ", name))]
check(chapters == list(range(1, len(chapters) + 1)), f"chapters are {chapters}")

# What a renderer or a template may leave behind.
for number, line in enumerate(lines, 1):
    check("{{" not in line and "}}" not in line, f"{number}: a tag is left")
    check(not re.search("（）|\\(\\)|，，|。。|、、|，。|：$(?!)", line), f"{number}: odd punctuation: {line[:60]}")
check("\n" * 6 not in text, "more than four blank lines")
check(text.endswith("\n"), "no newline at the end")

# No English word in a Chinese document but names, ids, and text of the records.
if language == "zh":
    strings = set()

    def collect(value):
        if isinstance(value, str):
            strings.update(re.findall(r"[A-Za-z][A-Za-z0-9./+-]*", value))
        elif isinstance(value, dict):
            for v in value.values():
                collect(v)
        elif isinstance(value, list):
            for v in value:
                collect(v)

    collect([r for r in records])
    for number, line in enumerate(lines, 1):
        plain = re.sub(r"`[^`]*`|<!--.*?-->", "", line).replace("\\", "")
        if line.startswith("    ") or "{" in plain:
            continue  # a command line; a refused record
        for word in re.findall(r"[A-Za-z][A-Za-z0-9./+-]*", plain):
            known = word in NAMES or word in strings or word.rstrip("./-") in strings | NAMES or len(word) == 1
            check(known or re.fullmatch(r"[A-Z0-9./-]+|[0-9a-f]{8}|tfdl-1508|[a-f][0-9a-f]{1,7}", word), f"{number}: English in a Chinese document: {word}")
else:
    # No Chinese in an English one but text of the records and the titles of documents.
    allowed = json.dumps(records, ensure_ascii=False)
    for number, line in enumerate(lines, 1):
        for run in re.findall("[\u4e00-\u9fff]+", line):
            check(run in allowed, f"{number}: Chinese in an English document: {run}")

# No id without its name beside it, in any row that has one.
names = {r["id"]: re.sub(r"\s+", " ", r["name"]) for kind in ("asset", "threat", "vulnerability") for r in of(kind)}
for line, heading, rows in tables():
    for row in rows[1:]:
        for cell in row:
            if cell in names and len(row) > 1:
                said = names[cell].replace(" ", "")
                beside = re.sub(r"\\(.)", r"\1", "".join(row)).replace(" ", "")
                check(said.replace("\n", "") in beside or cell == said, f"{line}: {cell} without its name in {row[:3]}")

# The numbers, counted again.
risks = of("risk")
if risks and "assessment" in document:
    levels = Counter(r["level"] for r in risks)
    counted = 0
    for line, heading, rows in tables():
        if heading[0].lower() in ("风险等级", "risk level") and len(rows) == 6:
            counted += 1
            for level, row in zip(range(5, 0, -1), rows[1:]):
                found = next(int(c) for c in row[1:] if c.isdigit())
                check(row[0].startswith(str(level)) and found == levels[level], f"{line}: level {level}: {row}, counted {levels[level]}")
    check(counted >= 2, f"{counted} tables of risks by level")
    matrix = Counter((r["loss_level"], r["likelihood_level"]) for r in risks)
    at = next(i for i, s in enumerate(lines) if s.startswith("<!-- heatmap "))
    grid = [re.split(r"(?<!\\)\|", s)[2:-1] for s in lines[at + 3:at + 8]]
    for loss, row in zip(range(5, 0, -1), grid):
        for likelihood, cell in zip(range(1, 6), row):
            count = re.search(r"[（(](\d+)[)）]", cell)
            check((int(count[1]) if count else 0) == matrix[loss, likelihood], f"matrix: loss {loss}, likelihood {likelihood}: {cell}")
    unacceptable = [r for r in risks if not r["acceptable"]]
    for r in unacceptable:
        check(names[r["vulnerability"]].split("\n")[0] in re.sub(r"\\(.)", r"\1", text), f"{r['id']} is not in the report")
if "plan" in document:
    decided = {}
    for r in of("treatment"):
        if r.get("cost") is not None and "decided_by" in r:
            decided[r["decided_by"], r[r["decided_by"]]] = r["cost"]
    total = f"{sum(decided.values()):,.0f}"
    check(not decided or total in text, f"the total cost {total} is not in the plan")
for r in of("refused"):
    check(r["source"].replace("<", "\\<").replace(">", "\\>") in text or r["source"] in text, f"{r['source']}: refused, not printed")

print("\n".join(faults[:20]))
sys.exit(bool(faults))
