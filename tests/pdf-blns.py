"""Names of every kind, as those of assets, in Markdown, HTML and PDF.

    pdf-blns.py FILE    each line of the file is a name

Without -u a name is refused that has a character which cannot be set, and no
other; with it every name is there.
"""

import json
import re
import subprocess
import sys
import unicodedata
from html.parser import HTMLParser

import pdf

TEMPLATE = "# t\n\n| id | name |\n|:--|:--|\n{{#assets}}\n| {{id}} | {{name}} |\n{{/assets}}\n"


# What turns the direction of text, and what does more than C0 (Unicode, UAX #9).
STEERS = [*map(chr, range(0x80, 0x85)), *map(chr, range(0x86, 0xA0)), "\u061c", "\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))]


def picture(c):
    if c in STEERS:
        return f"[U+{ord(c):04X}]"
    return chr(0x2400 + ord(c)) if ord(c) < 32 and c not in "\t\n\v\f\r" else "\u2421" if c == "\x7f" else c


def shown(name):
    """A name as it is read back."""
    return pdf.squeeze("".join(map(picture, name)))


def run(*command, stream=None):
    done = subprocess.run(command, input=stream, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.returncode, done.stdout, done.stderr.decode()


def records(names):
    return "".join(json.dumps({"type": "asset", "id": f"N-{n:04}", "name": name, "confidentiality": 1, "integrity": 1, "availability": 1},
                              ensure_ascii=n % 2 > 0) + "\n" for n, name in names).encode()


def report(names, form, *options):
    return run("report", "-f", form, "-T", "names.md", *options, "names", stream=records(names))


class Cells(HTMLParser):
    """The rows of the tables of a page."""

    def __init__(self):
        super().__init__()
        self.rows, self.open, self.tags = [], False, set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self.open = True

    def handle_endtag(self, tag):
        self.open = self.open and tag not in ("td", "th")

    def handle_data(self, data):
        if self.open:
            self.rows[-1][-1] += data


def check_html(names, page):
    reader = Cells()
    reader.feed(page)
    found = {row[0]: row[1] for row in reader.rows if len(row) == 2}
    bad = [f"HTML: {name!r} is {found.get(f'N-{n:04}')!r}" for n, name in names if pdf.squeeze(found.get(f"N-{n:04}", "")) != shown(name)]
    return bad + [f"HTML: {tag}" for tag in reader.tags & {"script", "img", "iframe", "object", "embed", "svg", "form", "input", "audio", "video", "b", "i"}]


def check_markdown(names, text):
    rows = next(b for b in pdf.blocks(text) if isinstance(b, pdf.Table)).rows[1:]
    found = dict(rows)
    return [f"Markdown: {name!r} is {found.get(f'N-{n:04}')!r}" for n, name in names if pdf.squeeze(found.get(f"N-{n:04}", "")) != shown(name)]


def simple(c):
    """Whether nothing is in the way of a character but that no font may have it."""
    return unicodedata.bidirectional(c) not in ("R", "AL", "AN") and unicodedata.category(c)[0] in "LNPS" and any(
        s in unicodedata.name(c, "") for s in ("LATIN", "CJK", "GREEK", "CYRILLIC", "HIRAGANA", "KATAKANA"))


def unset(text):
    """What a letter may be that is shown as U+FFFD, or in another order."""
    return any(unicodedata.category(c) in ("Cc", "Cf", "Cn", "Co", "Cs") or unicodedata.bidirectional(c) in ("R", "AL", "AN", "NSM") for c in text)


def main():
    with open(sys.argv[1], encoding="utf-8", newline="") as f:
        lines = f.read().split("\n")
    names = [(n, line) for n, line in enumerate(lines, 1) if shown(line)]
    with open("names.md", "w", encoding="utf-8") as f:
        f.write(TEMPLATE)
    status, text, err = report(names, "md")
    faults = [] if status == 0 and not err else [f"report -f md: status {status}: {err[:300]}"]
    faults += check_markdown(names, text.decode())
    status, page, err = report(names, "html")
    faults += [] if status == 0 and not err else [f"report -f html: status {status}: {err[:300]}"]
    faults += check_html(names, page.decode())

    # What is refused, and why.
    status, out, err = report(names, "pdf")
    if status != 2 or out:
        faults.append(f"report -f pdf: status {status}, {len(out)} bytes")
    refused = set()
    for line in err.splitlines():
        m = re.fullmatch(r"report: ([^:]+):(\d+): no font can set U\+([0-9A-F]{4,6})(?:, '.*')?", line)
        if not m:
            faults.append(f"says {line!r}")
            continue
        c = chr(int(m[3], 16))
        refused.add(c)
        source = "\x7f" if c == "\u2421" else chr(ord(c) - 0x2400) if "\u2400" <= c < "\u2420" else c
        if not any(source in name or c in name for _, name in names):
            faults.append(f"says {line!r}, and no name has it")
        if simple(c) and pdf.run("fc-list", f":charset={ord(c):x}"):
            faults.append(f"says {line!r}, and there is a font")
    good = [(n, name) for n, name in names if not refused & set(map(picture, name))]
    if len(good) < len(names) * 0.8:
        faults.append(f"{len(names) - len(good)} of {len(names)} names are refused")
    status, out, err = report(good, "pdf")
    faults += [] if status == 0 and not err else [f"those that are not refused: status {status}: {err[:300]}"]
    with open("good.pdf", "wb") as f:
        f.write(out)
    faults += pdf.compare(report(good, "md")[1].decode(), "good.pdf")

    # With boxes nothing is refused.
    status, out, err = run("md-pdf", "-u", stream=text)
    faults += [] if status == 0 and not err else [f"md-pdf -u: status {status}: {err[:300]}"]
    with open("boxes.pdf", "wb") as f:
        f.write(out)
    rows, at = {}, None
    for sign in pdf.signs(pdf.pages("boxes.pdf")):
        if sign.first and re.fullmatch(r"N-\d{4}", sign.word.text):
            at = sign.word.text
            rows[at] = ""
        if at and sign.word.text != at:
            rows[at] += sign.folded()
    for n, name in names:
        found = rows.get(f"N-{n:04}", "")
        found = re.sub("idname$", "", found)  # the heading row of the next page
        wanted = shown(name)
        if unset(wanted):
            lost = {c for c in wanted if not unset(c)} - set(found)
            if lost or not found:
                faults.append(f"md-pdf -u: {name!r} is {found!r}, without {lost}")
        elif found != wanted:
            faults.append(f"md-pdf -u: {name!r} is {found!r}")
    print(*faults[:20], sep="\n", end="\n" if faults else "")
    print(f"{len(names)} names, {len(good)} are set without boxes, for {len(refused)} characters")
    return bool(faults)


sys.exit(main())
