"""Public torture sets through the programs; what is wrong is printed.

    torture.py lines CORPUS    JSONTestSuite, each file as a stream of records
    torture.py whole CORPUS    the same files as methods, maps and scans
    torture.py open CORPUS     what its author leaves to the parser
    torture.py cells FILE...   texts as cells of a spreadsheet, up to documents
"""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pdf

FILTERS = "asset-value threat-rate vuln-rate risk-calc treat residual risk-lint".split()
STAGES = FILTERS[:-1]
# What JSON leaves open and a record may have; the rest is refused.
TAKEN = re.compile(r"i_(number_(double_huge_neg_exp|real_underflow|too_big_(neg|pos)_int|very_big_negative_int)|structure_500_nested_arrays)\.json")
BROKEN = ("not JSON: ", "not UTF-8 text", "a number beyond 1.8e308", "a NUL character")
BLANK = " \t\n\v\f\r\u00a0\u3000"  # around a cell it is none of it

faults = []
sys.setrecursionlimit(10000)  # for 500 arrays, one in another


def run(*command, stream=b"", seconds=20):
    """A crash or a hang ends the test."""
    done = subprocess.run(command, input=stream, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=seconds)
    assert done.returncode in (0, 1, 2), (command, done.returncode, done.stderr[:200])
    return done.returncode, done.stdout, done.stderr.decode()


def wrong(*what):
    faults.append(" ".join(str(w)[:300] for w in what))


def corpus(folder, kinds):
    return sorted(f for f in Path(folder).iterdir() if f.name[0] in kinds and f.name[1] == "_")


def lines(folder):
    """Each line that is not blank is refused, with the reason that Python's parser has too."""
    def pairs(p):
        if len(dict(p)) < len(p):
            raise ValueError("a key twice is JSON, but no record")
        return dict(p)

    def bad(value):
        if isinstance(value, str):
            return any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value)
        if isinstance(value, (list, dict)):
            return any(map(bad, value)) or isinstance(value, dict) and any(map(bad, value.values()))
        return value in (float("inf"), float("-inf"))

    def reason(data):
        try:
            value = json.loads(data.decode(), object_pairs_hook=pairs, parse_constant=lambda c: int("no"))
        except (ValueError, RecursionError):
            return None
        return None if bad(value) else "type: missing" if isinstance(value, dict) else "not a JSON object"

    files = corpus(folder, "yni")
    wanted = [(f"{f}:{n}: ", line) for f in files for n, line in enumerate(f.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1) if line.strip(b" \t\r")]
    if len(wanted) < 300:
        wrong("only", len(wanted), "lines")
    for program in FILTERS:
        status, out, err = run(program, *map(str, files))
        said = err.rstrip("\n").split("\n")
        if status != 1 or len(said) != len(wanted) or program != "risk-lint" and out.count(b'{"type":"refused",') != len(wanted):
            wrong(program, status, len(said), "messages of", len(wanted))
            continue
        for (place, line), text in zip(wanted, said):
            found = text.removeprefix(f"{program}: {place}")
            if found == text or found != (reason(line) or found) or bool(reason(line)) == found.startswith(BROKEN):
                wrong(repr(line), "not", reason(line), "but", text)


def whole(folder):
    """No such file is a method, a map or a scan, but what Trivy writes where it found nothing: null."""
    for f in corpus(folder, "yni"):
        for status, command in ((2, ("asset-value", "-m", str(f), "/dev/null")), (2, ("intake", "-f", str(f), "/dev/null")), (1, ("intake", str(f))), (1, ("intake", "-f", "trivy", str(f)))):
            found, out, err = run(*command)
            text = f.read_bytes().removeprefix(b"\xef\xbb\xbf").strip()
            empty = status == 1 and (not text or text == b"null" and "trivy" in command)
            if found != status and not empty or not err and not empty or out and status == 2:
                wrong(*command, "has status", found, err)


def left_open(folder):
    """In a record, through every stage and into a document."""
    files = corpus(folder, "i")
    for f in files:
        data = f.read_bytes().removeprefix(b"\xef\xbb\xbf")
        record = b'{"type":"asset","id":"A","name":"n","confidentiality":1,"integrity":1,"availability":1,"x":' + data + b"}\n"
        taken = TAKEN.fullmatch(f.name) or b"\xef\xbb\xbf" in f.read_bytes()
        stream = record
        for program in STAGES:
            status, stream, err = run(program, stream=stream)
            first = program == STAGES[0]
            if (status, bool(err)) != ((1, True) if first and not taken else (0, False)):
                wrong(program, f.name, status, err)
        if taken and b'"x":' + data not in stream:
            wrong(f.name, "is changed:", stream)
        status, text, err = run("report", "-l", "en", "assets", stream=stream)
        if status or (b"| A | n |" in text) != bool(taken) or (b"not JSON" in text or b"not UTF-8" in text or b"a number beyond" in text) == bool(taken):
            wrong("report", f.name, status, err)
    if len(files) < 30 or sum(bool(TAKEN.fullmatch(f.name)) for f in files) != 6:
        wrong("not the corpus that was meant")


def shown(text):
    """A name as it is read back in a document."""
    def picture(c):
        n = ord(c)
        if 0x80 <= n < 0xA0 and n != 0x85 or n in (0x61C, 0x200E, 0x200F) or 0x202A <= n < 0x202F or 0x2066 <= n < 0x206A:
            return f"[U+{n:04X}]"
        return chr(0x2400 + n) if n < 32 and c not in "\t\n\v\f\r" else "\u2421" if n == 127 else c
    return pdf.squeeze("".join(map(picture, text)))


def texts(names):
    for name in names:
        text = Path(name).read_bytes().decode()
        if name.endswith(".csv"):
            yield from (cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row)
        else:
            yield from text.split("\n")


def cells(*names):
    """As a spreadsheet, in each encoding: none is lost, none is another."""
    some = {f"N-{n:04}": text for n, text in enumerate(texts(names)) if shown(text)}
    if len(some) < 30:
        wrong("only", len(some), "texts")
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        sheet = io.StringIO(newline="")
        writer = csv.writer(sheet)
        writer.writerow(["id", "name", "confidentiality", "integrity", "availability"])
        writer.writerows([id, text, 1, 2, 3] for id, text in some.items())
        Path("sheet.csv").write_bytes(sheet.getvalue().encode(encoding))
        status, stream, err = run("intake", "sheet.csv")
        records = [json.loads(line) for line in stream.decode().rstrip("\n").split("\n")]
        if status or err or [r.get("id") for r in records] != list(some):
            wrong("intake", encoding, status, err, len(records), "records")
            continue
        for r in records:
            if r["name"] != some[r["id"]].replace("\r\n", "\n").strip(BLANK):
                wrong("intake", encoding, repr(some[r["id"]]), "is", repr(r["name"]))
    for program in STAGES:
        status, stream, err = run(program, stream=stream)
        if status or err:
            wrong(program, status, err)
    Path("stream").write_bytes(stream)
    for language in ("zh", "en"):
        status, text, err = run("report", "-l", language, "assets", "stream")
        rows = [row for b in pdf.blocks(text.decode()) if isinstance(b, pdf.Table) for row in b.rows]
        found = {row[0]: row[1] for row in rows if row[0] in some}
        if status or err or set(found) != set(some):
            wrong("report", status, err, set(some) - set(found), "are not there")
        for id, name in found.items():
            if pdf.squeeze(name) != shown(some[id]):
                wrong("report", repr(some[id]), "is", repr(name))


{"lines": lines, "whole": whole, "open": left_open, "cells": cells}[sys.argv[1]](*sys.argv[2:])
print(*faults[:20], sep="\n", end="\n" if faults else "")
sys.exit(bool(faults))
