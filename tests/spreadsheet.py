"""Spreadsheet files as people have them.

    spreadsheet.py recode FORM FILE TO    the same table in another form
    spreadsheet.py table FILE             records as CSV on stdout, fields as headings
    spreadsheet.py titled FILE TO         each record behind a cell of its own
    spreadsheet.py cells JSON FILE        records have the cells that JSON says
"""

import csv
import io
import json
import sys
from pathlib import Path

FORMS = {  # separator, line break, encoding
    "gb18030": (",", "\n", "gb18030"),
    "gb18030-crlf": (",", "\r\n", "gb18030"),
    "bom-crlf": (",", "\r\n", "utf-8-sig"),
    "utf-16le": (",", "\n", "utf-16-le"),
    "utf-16be-crlf": ("\t", "\r\n", "utf-16-be"),
    "semicolon": (";", "\n", "utf-8"),
    "tab-crlf": ("\t", "\r\n", "utf-8"),
    "quoted": (",", "\n", "utf-8"),
    "no-last-break": (",", "\n", "utf-8"),
}


def rows_of(path):
    data = Path(path).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def recode(form, path, to):
    separator, end, encoding = FORMS[form]
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if form == "quoted" else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=separator, lineterminator="\n",
               quoting=quoting).writerows(rows_of(path))
    text = text.getvalue().replace("\r\n", "\n").replace("\n", end)
    if form == "no-last-break":
        text = text.removesuffix("\n")
    if encoding.startswith("utf-16"):
        text = "\ufeff" + text
    Path(to).write_bytes(text.encode(encoding))


def table(path):
    with open(path) as f:
        records = [json.loads(text) for text in f]
    names = sorted({k for r in records for k in r})
    out = csv.DictWriter(sys.stdout, names, lineterminator="\r\n")
    out.writeheader()
    for r in records:
        out.writerow({k: "\n".join(x) if isinstance(x, list) else x
                      for k, x in r.items()})


def titled(path, to):
    """Puts a column before the others; all else stays, byte for byte."""
    data = Path(path).read_bytes().decode()
    reader = csv.reader(io.StringIO(data, newline=""))
    begins, last = {}, 0
    for _ in reader:
        begins[last] = "title," if last == 0 else "t,"
        last = reader.line_num
    lines = data.splitlines(keepends=True)
    Path(to).write_bytes("".join(
        begins.get(n, "") + text for n, text in enumerate(lines)).encode())


def cells(wanted, path):
    rows = json.loads(Path(wanted).read_text())
    with open(path) as f:
        found = [json.loads(text) for text in f]
    assert rows and len(rows) == len(found), (len(rows), len(found))
    for row, r in zip(rows, found):
        # An empty cell is no field; white space around a cell is none of it.
        row = {k: x.replace("\r\n", "\n").strip() for k, x in row.items() if x}
        assert row | {"type": "assessment", "title": "t"} == r, (row, r)


if __name__ == "__main__":
    {"recode": recode, "table": table, "titled": titled,
     "cells": cells}[sys.argv[1]](*sys.argv[2:])
