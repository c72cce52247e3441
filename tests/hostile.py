"""Hostile text in every text field of every record type, through every program.

    hostile.py make FOLDER    streams, NUMBER.jsonl and NUMBER.before.jsonl
    hostile.py spoil NUMBER FILE        the same text in what was computed of one
    hostile.py read FOLDER HARMLESS      what the documents of the streams hold
    hostile.py see FILE...              whether a browser that opens pages asks for more
    hostile.py trace FOLDER             what groff ran and opened

The fields are those of schemas/*.json, so that a new one is tried too.  With
HARMLESS set the text is as long, and says nothing.
"""

import glob
import html.parser
import http.server
import importlib
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import unicodedata
from pathlib import Path

SCHEMAS = {p.stem: json.loads(p.read_text()) for p in sorted((Path(__file__).parent.parent / "schemas").glob("*.json")) if p.stem not in ("map", "method")}
TARGET = "http://127.0.0.1:47319/made"  # see() listens there
RUN = f"new Image().src='{TARGET}'"
ATTACKS = [
    # groff, tbl, pic
    ".sy touch made", "'sy touch made", ".pso touch made", ".so secret", ".mso secret", ".open s made", ".cf secret", ".psbb secret", ".tm made", ".ex", ".TE", ".PE", ".EN",
    ".PS", "sh {touch made}", "copy \"secret\"", "command \".sy touch made\"", "T}", "T{", ".T&", "\\X'pdf: pdfpic secret -L 5c'", "\\X'ps: exec (made) run'",
    "\\!x X ps: exec showpage", "\\*[z]\\n[PN]\\V[PATH]\\Y[x]", "\\s+20\\f[X]\\m[red]\\D'l 9i 9i'", "\\", "\\e\\\\\\&", "%!PS (made) run", ") /OUT pdfmark", "riskline: toc-pages 99",
    # Markdown
    "# heading", "| a | b |", "|---|---|", "<!-- heatmap 1=#ff0000 -->", "--> x", "```", "    code", "[a](javascript:alert(1))", "![a](file:///etc/passwd)", "[r]: " + TARGET, "[r][r] <" + TARGET + ">",
    "* * *", "1. one", "`x` **y** ~~z~~", "&lt;script&gt; &#60;b&#62;", "{{#assets}}{{{name}}}{{/assets}}", "{{>secret}}", "---", "===", "\\|",
    # HTML
    f"<script>{RUN}</script>", f"<img src=x onerror=\"{RUN}\">", "<img src=\"" + TARGET + "\">", f"<svg onload=\"{RUN}\">", f"</title><script>{RUN}</script>",
    f"</style><script>{RUN}</script>", f"\"><script>{RUN}</script>", f"\" autofocus onfocus=\"{RUN}", "<iframe src=\"" + TARGET + "\"></iframe>",
    "<style>@import '" + TARGET + "'</style>", "<base href=\"" + TARGET + "\">", "<meta http-equiv=refresh content=\"0;url=" + TARGET + "\">", "<a href=\"javascript:alert(1)\">x</a>", "<!--", "]]>", "<?php", "&amp;",
    # spreadsheets
    "=cmd|' /C calc'!A1", "+1+1", "-1+1", "@SUM(1)", "=HYPERLINK(\"" + TARGET + "\")",
    # terminals
    "\x1b[31mred\x1b[2J", "\x1b]0;made\x07", "\u009b31mx\u009c", "a\x08\x08b", "\u202egpj.exe", "\u2066x\u2069\u200f", "\x7f\x0e", "\u2028second\u2029third",
]
if os.environ.get("HARMLESS"):
    ATTACKS = [f"word{i}" for i in range(len(ATTACKS))]
PER_STREAM = 12
STREAMS = -(-len(ATTACKS) // PER_STREAM)
COMPUTED = ("risk", "treatment", "residual", "change", "finding", "refused")
# Text that has a form of its own, and is refused with its reason where it has not.
FORMED = {"cvss_vector"}


def attack(stream, turn):
    """The lines of a stream, each of them the first in some field."""
    lines = ATTACKS[stream * PER_STREAM:(stream + 1) * PER_STREAM]
    turn %= len(lines)
    return lines[turn:] + lines[:turn]


def name_of(stream, base):
    """An id: one line without what ids may not have."""
    text = "".join(c for c in " ".join(attack(stream, 0)) if c not in "/" and not "\x00" <= c <= "\x1f" and c != "\x7f")
    return (base + " " + text)[:190].strip()


class Filler:
    """Hostile text for fields, each with another first line."""

    def __init__(self, stream):
        self.stream, self.turn = stream, 0

    def text(self, rule):
        self.turn += 1
        text = "\n".join(attack(self.stream, self.turn))
        return text[:rule.get("maxLength", 20000)].strip() or "x"

    def fill(self, rules, record):
        for name, rule in rules.items():
            value = self.value(name, rule)
            if value is not None and (name not in record or isinstance(record[name], str) and "pattern" not in rule):
                record[name] = value
        return record

    def value(self, name, rule):
        free = rule.get("type") == "string" and not {"enum", "const", "format", "pattern"} & rule.keys() and name not in FORMED
        if free:
            return self.text(rule)
        if rule.get("type") == "array":
            item = rule["items"]
            if item.get("type") == "object":
                return [self.fill(item["properties"], {k: "2025-01-01" for k in item.get("required", []) if "format" in item["properties"][k]})]
            one = self.value(name, item)
            return None if one is None else [one]
        return None


def stream(number, before):
    fill = Filler(number)
    a, t, v = (name_of(number, x) for x in "ATV")
    base = [
        {"type": "assessment", "period_from": "2024-01-01" if before else "2025-01-01", "period_to": "2024-12-31" if before else "2025-12-31"},
        {"type": "asset", "id": a, "confidentiality": 5, "integrity": 5, "availability": 2 if before else 5},
        {"type": "threat", "id": t, "frequency": 4},
        {"type": "exposure", "asset": a, "threat": t, "frequency": 5},
        {"type": "incident", "id": name_of(number, "I"), "date": "2024-03-04" if before else "2025-03-04", "asset": a, "threat": t},
        {"type": "decision", "vulnerability": v, "option": "control", "expected_severity": 1},
        {"type": "decision", "risk": f"{a}/{t}/{v} 2", "option": "transfer"},
        {"type": "inspection", "id": name_of(number, "X"), "date": "2025-04-05"},
        {"type": "approval", "document": "plan", "role": "security-team", "decision": "returned", "date": "2025-05-06", "digest": "0" * 64},
        {"type": "vulnerability", "id": v, "asset": a, "threats": [t], "severity": 5},
        {"type": "vulnerability", "id": v + " 2", "asset": a, "threats": [t], "severity": 4},
    ]
    done = [fill.fill(SCHEMAS[r["type"]]["properties"], r) for r in base]
    tried = {r["type"] for r in done}
    assert not set(SCHEMAS) - tried - set(COMPUTED), set(SCHEMAS) - tried
    return done


def make(folder):
    for n in range(STREAMS):
        for before in (True, False):
            with open(f"{folder}/{n}{'.before' if before else ''}.jsonl", "w", encoding="utf-8") as f:
                for record in stream(n, before):
                    f.write(json.dumps(record) + "\n")


def spoil(number, source):
    """Hostile text in what was computed as well, where the field is free."""
    fill = Filler(int(number))
    for line in open(source, encoding="utf-8"):
        record = json.loads(line)
        if record["type"] in COMPUTED:
            for name, rule in SCHEMAS[record["type"]]["properties"].items():
                value = fill.value(name, rule) if name in record or name == "explanation" else None
                if value is not None and name not in ("problems",):
                    record[name] = value
        print(json.dumps(record))
    # And records that are refused, whose text is all of it.
    print(json.dumps({"type": "asset", "id": "\n".join(attack(int(number), 3)), "\x1b[31m\u202e": "\n".join(attack(int(number), 5))}))
    print("\n".join(attack(int(number), 2)))


def raw(text):
    """The characters that steer, of a text that has lines."""
    return sorted({f"U+{ord(c):04X}" for c in text if unicodedata.category(c) == "Cc" and c != "\n" or c in "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"})


class Page(html.parser.HTMLParser):
    """The tags and attributes of a page, and its text."""

    def __init__(self, text):
        super().__init__()
        self.kinds, self.links, self.text = [], set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.kinds.append((tag, *(k for k, _ in attributes)))
        self.links |= {v for k, v in attributes if k in ("href", "src", "action")}

    def handle_data(self, data):
        self.text.append(data)


def squeeze(text):
    return re.sub(r"\s", "", text)


def shown(line):
    """A line of an attack as documents show it."""
    line = re.sub("[\u2028\u2029\x85]", " ", line)
    return squeeze("".join(f"[{u[0]}]" if c > "\x7f" and (u := raw(c)) else chr(0x2400 + ord(c)) if c < " " else "\u2421" if c == "\x7f" else c for c in line))


def read(folder, harmless):
    hostile = importlib.import_module("pdf-hostile")
    faults, said = [], ""
    names = sorted(glob.glob(f"{folder}/*.html"))
    for name in names:
        page = Page(open(name, encoding="utf-8").read())
        said += squeeze("".join(page.text))
        like = Page(open(f"{harmless}/{os.path.basename(name)}", encoding="utf-8").read())
        for i, (kind, wanted) in enumerate(itertools.zip_longest(page.kinds, like.kinds)):
            if kind != wanted:
                faults.append(f"{name}: its tag {i} is {kind}, and not {wanted}")
                break
        faults += [f"{name}: leads to {link!r}" for link in page.links if not link.startswith("#")]
    lost = [line for line in ATTACKS if shown(line) not in said]
    faults += [f"nowhere in HTML: {line!r}" for line in lost]
    for name in glob.glob(f"{folder}/*.md") + names + glob.glob(f"{folder}/*.ms") + glob.glob(f"{folder}/*.err") + glob.glob(f"{folder}/*.txt"):
        found = raw(open(name, encoding="utf-8").read().replace("\t", " "))
        if found:
            faults.append(f"{name}: has {found}")
    pdfs = glob.glob(f"{folder}/*.pdf")
    for name in pdfs:
        faults += [f"{name}: {a}" for a in hostile.active(name)]
    if len(names) < 7 * STREAMS or len(pdfs) < 7 * STREAMS:
        faults.append(f"{len(names)} pages, {len(pdfs)} PDFs")
    for fault in faults[:30]:
        print(fault[:300])
    print(f"{len(names)} pages, {len(pdfs)} PDFs, {len(faults)} faults")
    return bool(faults)


def browse(files):
    """What of TARGET a browser that shows the files together asks for."""
    asked = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            pass

    with tempfile.TemporaryDirectory() as home, http.server.ThreadingHTTPServer(("127.0.0.1", 47319), Answer) as server:
        threading.Thread(target=server.serve_forever).start()
        frame = f"{home}/frame.html"
        with open(frame, "w", encoding="utf-8") as f:
            f.writelines(f"<iframe src='file://{os.path.abspath(name)}'></iframe>\n" for name in files)
        try:
            done = subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files", f"--user-data-dir={home}", "--virtual-time-budget=20000",
                                   "--dump-dom", f"file://{frame}"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=120)
        finally:
            server.shutdown()
        assert done.stdout.count(b"<iframe") == len(files), done.stdout[:200]
    return {path for path in asked if path.startswith("/made")}


def see(*files):
    control = os.path.abspath("control.html")
    with open(control, "w", encoding="utf-8") as f:
        f.write(f"<!DOCTYPE html><title>x</title><script>{RUN}</script><img src=x onerror=\"{RUN.replace('made', 'made2')}\">")
    if len(browse([control])) != 2:
        sys.exit("a page that runs what it should not is not seen")
    found = browse(files)
    print(f"{len(files)} pages, requests: {sorted(found)}")
    return bool(found)


FILES = re.compile(r"/(usr|lib|lib64|etc|proc/(self|filesystems)|var/(lib|cache)/(fontconfig|ghostscript)|sys/devices/system/cpu)(/|$)|/dev/(null|urandom)$")
PROGRAMS = {"report", "groff", "preconv", "tbl", "pic", "soelim", "troff", "gropdf", "perl", "eqn", "sh"}


def trace(folder):
    """Files that were opened are those of the system, the stream, and the folder for the fonts."""
    bad, runs = set(), set()
    for name in glob.glob(f"{folder}/*.trace*"):
        for line in open(name, encoding="utf-8", errors="replace"):
            call = re.match(r'(?:\d+ +)?(\w+)\((?:AT_FDCWD, )?"((?:[^"\\]|\\.)*)"(.*)', line)
            if not call or "ENOENT" in line:
                continue
            if call[1] == "execve":
                runs.add(os.path.basename(call[2]))
            elif not (FILES.match(call[2]) or "/riskline-" in call[2] or re.fullmatch(r"\d\.spoilt|changes\.jsonl", call[2])):
                bad.add(f"{call[1]} {call[2]}{call[3][:60]}")
    if "troff" not in runs or "gropdf" not in runs:
        bad.add(f"ran only {sorted(runs)}")
    bad |= {f"ran {r}" for r in runs - PROGRAMS}
    for line in sorted(bad)[:20]:
        print(line)
    print(f"{sorted(runs)}")
    return bool(bad)


if __name__ == "__main__":
    sys.exit({"make": make, "spoil": spoil, "read": read, "see": see, "trace": trace}[sys.argv[1]](*sys.argv[2:]))
