"""Reads a PDF back, and compares it with the Markdown it was made of.

    pdf.py document LANGUAGE FILE.md FILE.pdf...   each PDF is of its Markdown
    pdf.py text FILE.pdf                           its text without white space

The Markdown is read by markdown-it; the PDF by pdftotext, word by word in the
order in which they are set, and by qpdf.  Nothing may be lost, added, set in
another order, set over another word or beyond the margins.
"""

import json
import re
import subprocess
import sys
import unicodedata
from dataclasses import dataclass, field
from html import unescape

from markdown_it import MarkdownIt

CLOSING = set("，。、；：？！）》」』】”’〉〕］｝．%％℃…")
OPENING = set("（《「『【“‘〈〔［｛")


def reader():
    markdown = MarkdownIt("commonmark", {"html": True, "maxNesting": 10000}).enable("table")
    markdown.validateLink = lambda url: True
    markdown.normalizeLink = lambda url: url
    markdown.normalizeLinkText = lambda url: url
    return markdown


# What a document says, block by block.

@dataclass
class Text:
    text: str
    kind: str = "text"  # "label", "code", "heading"
    level: int = 0      # of a heading
    nested: bool = False


@dataclass
class Table:
    rows: list
    kind: str = "plain"


@dataclass
class Contents:
    pass


def safe(url):
    scheme = re.match("[^:/?#]*:", url)
    return not scheme or scheme.group().lower() in ("http:", "https:", "mailto:")


def linked(text, url, may, kind):
    """On paper a link says where it leads, and an image is a link to it."""
    if not may:
        return f"{text} ({url})"
    if not text and kind == "image":
        return url
    if not url or url.startswith("#") or url in (text, "mailto:" + text):
        return text
    return f"{text} ({url})"


def html_shown(html):
    """Raw HTML is shown, comments are not and <br> breaks the line."""
    if re.fullmatch(r"(?i)<br[\s/]*>", html):
        return " "
    return "" if re.fullmatch(r"(?s)(\s*<!--.*?-->)*\s*", html) else html


def inline(children):
    """The visible text of inline tokens."""
    stack = [[""]]

    def close():
        text, *link = stack.pop()
        stack[-1][0] += linked(text, *link)

    for token in children:
        if token.type in ("text", "code_inline", "text_special"):
            stack[-1][0] += token.content
        elif token.type in ("softbreak", "hardbreak"):
            stack[-1][0] += " "
        elif token.type == "html_inline":
            stack[-1][0] += html_shown(token.content)
        elif token.type == "link_open":
            url = re.sub(r"[\x00-\x1f\x7f]", lambda c: f"%{ord(c[0]):02X}", token.attrGet("href"))
            stack.append(["", url, safe(url), "link"])
        elif token.type == "link_close":
            close()
        elif token.type == "image":
            url = token.attrGet("src")
            stack.append([inline(token.children or []), url, safe(url) and len(stack) == 1, "image"])
            close()
    return stack[0][0]


def blocks(markdown):
    """What Markdown says, as Text, Table and Contents."""
    out, lists, cell, table, kind, nested = [], [], None, None, "plain", 0
    heading = 0
    for token in reader().parse(markdown):
        nested += token.nesting if token.type.startswith(("blockquote", "list_item")) else 0
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append(None if token.type[0] == "b" else int(token.attrGet("start") or 1) if token.attrGet("start") != 0 else 0)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            out.append(Text("•" if lists[-1] is None else f"{lists[-1]}{token.markup}", "label"))
            lists[-1] = lists[-1] + 1 if lists[-1] is not None else None
        elif token.type == "heading_open":
            heading = int(token.tag[1])
        elif token.type == "heading_close":
            heading = 0
        elif token.type == "table_open":
            table = Table([], kind)
        elif token.type == "table_close":
            out.append(table)
            table = None
        elif token.type == "tr_open":
            table.rows.append([])
        elif token.type == "inline" and table is not None:
            table.rows[-1].append(inline(token.children))
        elif token.type == "inline":
            out.append(Text(inline(token.children), "heading" if heading else "text", heading, nested > 0))
        elif token.type in ("fence", "code_block"):
            out.append(Text(token.content, "code"))
        elif token.type == "html_block" and re.match("<!-- contents", token.content):
            out.append(Contents())
        elif token.type == "html_block" and html_shown(token.content):
            out.append(Text(token.content, "code"))
        word = re.match(r"<!-- (cover|signatures|heatmap|bars)\b", token.content) if token.type == "html_block" else None
        kind = word.group(1) if word else "plain" if not token.type.startswith("table") else kind
    return out


# What a PDF shows.

@dataclass
class Word:
    text: str
    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    def middle(self):
        return (self.y0 + self.y1) / 2


@dataclass
class Page:
    width: float
    height: float
    words: list = field(default_factory=list)
    head: str = ""
    foot: str = ""

    def label(self):
        """The number at its foot."""
        both = re.fullmatch(r"(?:第|Page)(\d+)(?:页共|of)(\d+)页?", self.foot)
        return both.group(1) if both else self.foot


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout


def pages(pdf):
    """The pages, their words in the order in which they are set."""
    found = []
    for line in run("pdftotext", "-bbox", "-raw", pdf, "-").decode().split("\n"):
        if m := re.match(r' *<page width="([\d.]+)" height="([\d.]+)"', line):
            found.append(Page(float(m[1]), float(m[2])))
        elif m := re.match(r' *<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*)</word>', line):
            box = [float(m[i]) for i in range(1, 5)]
            page = found[-1]
            word = Word(unescape(m[5]), len(found), *box)
            if word.y1 < 70:
                page.head += word.text
            elif word.y0 > page.height - 45:
                page.foot += word.text
            else:
                page.words.append(word)
    return found


def blank(c):
    return c.isspace() or unicodedata.category(c) in ("Zs", "Zl", "Zp")


FOLD = {"（": "(", "）": ")", "\u2010": "-", "\u2011": "-"}


def squeeze(text):
    """Text without white space; a bracket is one, full width or not."""
    return "".join(FOLD.get(c, c) for c in text if not blank(c))


@dataclass
class Sign:
    """A character of the PDF."""
    c: str
    word: Word
    first: bool  # of its word

    def folded(self):
        return FOLD.get(self.c, self.c)


def signs(found):
    return [Sign(c, word, i == 0) for page in found for word in page.words for i, c in enumerate(word.text) if not blank(c)]


def wide(c):
    return unicodedata.east_asian_width(c) in "WF" or c in "“”‘’—…·"


def new_line(a, b):
    """Whether b is on another line than a, which is set before it."""
    return a.word.page != b.word.page or abs(a.word.middle() - b.word.middle()) > 4 or b.word.x0 < a.word.x0 - 1


class Match:
    """Goes through the characters of a PDF with what they should be."""

    def __init__(self, found, where, language="en"):
        self.pages, self.signs, self.where, self.language = found, signs(found), where, language
        self.at, self.faults, self.headings = 0, [], []

    def fault(self, what):
        self.faults.append(f"{self.where}: {what}")

    def text(self, wanted, at):
        """The place behind the text, where it stands there; else None."""
        s = self.signs
        for c in wanted:
            # An English word may be hyphenated.
            if self.language == "en" and 0 < at < len(s) - 1 and s[at].folded() == "-" != c and s[at - 1].c.isalpha() and new_line(s[at], s[at + 1]):
                at += 1
            if at >= len(s) or s[at].folded() != c:
                return None
            at += 1
        return at

    def cells(self, wanted, at):
        """As text(), for the cells of a row in any order; their places."""
        left = [i for i, text in enumerate(wanted) if text]
        places = [None] * len(wanted)

        def place(at, left):
            if not left:
                return at
            tried = set()
            for i in left:
                if wanted[i] in tried:
                    continue
                tried.add(wanted[i])
                end = self.text(wanted[i], at)
                if end is not None:
                    after = place(end, [j for j in left if j != i])
                    if after is not None:
                        places[i] = (at, end)
                        return after
            return None

        if len(left) > 300:
            sys.setrecursionlimit(5000)
        return place(at, left), places

    def near(self):
        return "".join(s.c for s in self.signs[self.at:self.at + 40])

    def lost(self, what, wanted):
        """Says what is not there, and goes on behind it where it is later."""
        whole = "".join(s.folded() for s in self.signs[self.at:])
        later = whole.find(wanted) if wanted else -1
        text = wanted if len(wanted) < 80 else wanted[:80] + "…"
        if later >= 0 and len(wanted) > 3:
            self.fault(f"before {what} {text!r} stands {whole[:min(later, 60)]!r}")
            self.at += later + len(wanted)
        else:
            self.fault(f"{what} {text!r} is not there but {self.near()!r}")

    def lines(self, start, end, what):
        """What no line begins or ends with; words keep apart."""
        s = self.signs
        for i in range(start, end - 1):
            if not new_line(s[i], s[i + 1]):
                continue
            if s[i + 1].c in CLOSING and s[i].c not in CLOSING and wide(s[i].c):
                self.fault(f"page {s[i].word.page}: a line of {what} begins with {s[i + 1].c!r} behind {s[i].c!r}")
            if s[i].c in OPENING and s[i - 1].c not in OPENING:
                self.fault(f"page {s[i].word.page}: a line of {what} ends with {s[i].c!r}")

    def spaces(self, text, start, end):
        """Where words are apart in the text, they are so in the PDF."""
        s, i = self.signs, start
        space = before = None
        for c in text:
            if blank(c):
                space = before is not None and c != "\u1680"  # the space of Ogham is a line
                continue
            while i < end and s[i].folded() != FOLD.get(c, c):
                i += 1
            if i >= end:
                return
            if space and not wide(s[i].c) and not wide(before) and not s[i].first and not new_line(s[i - 1], s[i]):
                self.fault(f"page {s[i].word.page}: no space between {before!r} and {c!r} in {text[:60]!r}")
            space, before = False, c
            i += 1

    def block(self, b):
        wanted = squeeze(b.text)
        end = self.text(wanted, self.at)
        if end is None:
            self.lost(b.kind, wanted)
            return
        if b.kind != "code":
            self.lines(self.at, end, b.kind)
            self.spaces(b.text, self.at, end)
        if b.kind == "heading" and not b.nested and wanted:
            self.headings.append((b, self.signs[self.at].word))
        self.at = end

    def begins_page(self):
        return 0 < self.at < len(self.signs) and self.signs[self.at].word.page != self.signs[self.at - 1].word.page

    def apart(self, wanted, places, what):
        """The cells of a row stand side by side."""
        boxes = []
        for place in places:
            if place:
                words = [s.word for s in self.signs[place[0]:place[1]]]
                boxes.append((min(w.x0 for w in words), max(w.x1 for w in words)))
        if any(wanted.count(w) > 1 for w in wanted if w):
            boxes.sort()
        for (_, right), (left, _) in zip(boxes, boxes[1:]):
            if right > left + 0.5:
                self.fault(f"page {words[0].page}: cells of {what} run into each other")

    def row(self, row, what):
        wanted = [squeeze(cell) for cell in row]
        end, places = self.cells(wanted, self.at)
        if end is None:
            return False
        for text, place in zip(row, places):
            if place:
                self.lines(*place, "a cell")
                self.spaces(text, *place)
        self.apart(wanted, places, what)
        self.at = end
        return True

    def cut_row(self, row):
        """A row that was cut: the words of its cells, each cell in order."""
        left = [squeeze(cell) for cell in row]
        at = self.at
        while any(left):
            if at >= len(self.signs):
                return False
            word = self.signs[at].word.text
            wanted = squeeze(word)
            mine = [i for i, text in enumerate(left) if text.startswith(wanted)]
            if not mine:
                head, _ = self.cells(self.heading, at)
                if head is None or head == at:
                    return False
                at = head
                continue
            left[mine[0]] = left[mine[0]][len(wanted):]
            at += len(wanted)
        self.at = at
        return True

    def table(self, t):
        """A table; where it does not fit the page, a group of columns after the other."""
        columns, first = len(t.rows[0]), 1
        while first < columns or columns == 1:
            last = columns - 1
            while last > first and self.cells([squeeze(t.rows[0][i]) for i in [0, *range(first, last + 1)]], self.at)[0] is None:
                last -= 1
            chosen = [0, *range(first, last + 1)] if columns > 1 else [0]
            self.grid([[row[i] for i in chosen] for row in t.rows], t.kind)
            if columns == 1:
                return
            first = last + 1

    def grid(self, rows, kind):
        self.heading = [squeeze(cell) for cell in rows[0]]
        for n, row in enumerate(rows):
            what = f"row {n} {' | '.join(row)[:60]!r}"
            if n > 0 and any(self.heading) and self.begins_page() and kind != "cover":
                head, _ = self.cells(self.heading, self.at)
                if head is None and any(squeeze(c) for c in row):
                    self.fault(f"page {self.signs[self.at].word.page}: the table goes on with {what} without its heading {rows[0]}")
                elif head is not None:
                    self.at = head
            if not self.row(row, what) and not self.cut_row(row):
                self.lost("of " + what, max((squeeze(c) for c in row), key=len))

    def contents(self, headings):
        """The contents: each heading to level 3 with its page."""
        entries = []
        for h in headings:
            wanted = squeeze(h.text)
            end = self.text(wanted, self.at)
            if end is None:
                self.lost("in the contents", wanted)
                continue
            at = end
            while at < len(self.signs) and self.signs[at].c == ".":
                at += 1
            number = ""
            while at < len(self.signs) and not new_line(self.signs[at - 1], self.signs[at]):
                number += self.signs[at].c
                at += 1
            if not 524 < self.signs[at - 1].word.x1 < 528.5:
                self.fault(f"the page of {h.text!r} in the contents is not at the right margin")
            entries.append((h, number))
            self.at = at
        return entries

    def rest(self):
        if self.at < len(self.signs):
            self.fault(f"more than there should be: {self.near()!r}")


def layout(found, where):
    """Nothing is beyond the margins, nothing is set over another word."""
    faults = []
    for number, page in enumerate(found, 1):
        ordered = sorted(page.words, key=lambda w: w.y0)
        for i, w in enumerate(ordered):
            if w.x0 < 65.5 or w.x1 > page.width - 65.5 or w.y0 < 40 or w.y1 > page.height - 40:
                faults.append(f"{where}: page {number}: beyond the margins: {w.text[:40]!r} {w.x0, w.y0, w.x1, w.y1}")
            for v in ordered[i + 1:]:
                if v.y0 > w.y1:
                    break
                across, down = min(w.x1, v.x1) - max(w.x0, v.x0), min(w.y1, v.y1) - max(w.y0, v.y0)
                if across > 1.5 and down > 4:
                    faults.append(f"{where}: page {number}: {w.text[:30]!r} is set over {v.text[:30]!r}")
    return faults


def bookmarks(pdf):
    """(level, title, page, height) of each."""
    out = []

    def walk(nodes, level):
        for node in nodes:
            out.append((level, node["title"], node["destpageposfrom1"], node["dest"][-1]))
            walk(node["kids"], level + 1)

    walk(json.loads(run("qpdf", "--json", "--json-key=outlines", pdf))["outlines"], 1)
    return out


def check_bookmarks(match, pdf):
    wanted, level = [], 0
    for heading, word in match.headings:
        level = min(max(heading.level - 1, 1), level + 1)
        wanted.append((level, heading.text, word))
    with open(pdf, "rb") as f:
        found = bookmarks(pdf) if b"/Outlines" in f.read() else []
    if [(a, squeeze(b)) for a, b, *_ in found] != [(a, squeeze(b)) for a, b, _ in wanted]:
        match.fault(f"bookmarks {[b[:2] for b in found]} are not {[w[:2] for w in wanted]}")
        return
    for (_, title, page, top), (_, _, word) in zip(found, wanted):
        if page != word.page:
            match.fault(f"the bookmark {title!r} leads to page {page}, not {word.page}")
        elif not -6 < word.y0 - (match.pages[page - 1].height - top) < 40:
            match.fault(f"page {page}: the bookmark {title!r} leads to height {top}, and the heading is {word.y0} below the top")


def compare(markdown, pdf, language="zh"):
    """What is wrong with a PDF of the Markdown."""
    found = pages(pdf)
    match = Match(found, pdf, language)
    said = blocks(markdown)
    at = next((i for i, b in enumerate(said) if isinstance(b, Table) and b.kind == "cover" and len(b.rows[0]) == 2 and len(b.rows) > 1), None)
    titles = [b for b in said[:at] if isinstance(b, Text) and b.kind == "heading" and not b.nested] if at is not None else []
    facts = {}
    if len(titles) == 1 and titles[0].level == 1:
        cover = said.pop(at)
        facts = {squeeze(row[0]): row[1] for row in cover.rows[1:]}
        organisation = facts.get("组织") or facts.get("Organisation") or ""
        said.remove(titles[0])
        match.block(Text(organisation))
        match.block(Text(titles[0].text))
        for row in cover.rows[1:]:
            match.row(row, f"the fact {row[0]}") or match.lost("the fact", squeeze(row[0] + row[1]))
        if not match.faults and not match.begins_page():
            match.fault("the cover is not alone on its page")
    top = [b for b in said if isinstance(b, Text) and b.kind == "heading" and not b.nested]
    entries = []
    for b in said:
        if isinstance(b, Table):
            match.table(b)
        elif isinstance(b, Contents):
            match.block(Text("目录" if language == "zh" else "Contents", "title"))
            entries = match.contents([h for h in top if h.level <= 3])
        else:
            match.block(b)
    match.rest()
    faults = match.faults
    check_bookmarks(match, pdf)
    there = {id(h): word.page for h, word in match.headings}
    for h, number in entries:
        label = found[there[id(h)] - 1].label() if id(h) in there else None
        if number != label:
            match.fault(f"the contents say {h.text!r} is on page {number!r}, and it is on {label!r}")
    check_feet(match, bool(facts), any(isinstance(b, Contents) for b in said), language)
    return faults + layout(found, pdf)


ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()


def check_feet(match, cover, contents, language):
    """The cover has no number, what stands before the text has Roman ones."""
    feet = [p.foot for p in match.pages]
    if cover and feet[0] != "":
        match.fault("the cover has a number")
    while cover and feet and feet[0] == "":
        feet.pop(0)
    front = [f for f in feet if re.fullmatch("[IVX]+", f)] if contents else []
    text = feet[len(front):]
    m = len(text)
    form = "第{}页共{}页" if language == "zh" else "Page{}of{}"
    if feet != ROMAN[:len(front)] + [form.format(n, m) for n in range(1, m + 1)]:
        match.fault(f"the pages are numbered {feet}")


def main():
    if sys.argv[1] == "text":
        print("".join(w.text for page in pages(sys.argv[2]) for w in page.words))
        return 0
    language = sys.argv[2]
    faults = []
    for name in sys.argv[3:]:
        with open(name, encoding="utf-8") as f:
            faults += compare(f.read(), name.removesuffix(".md") + ".pdf", language)
    print(*faults[:20], sep="\n", end="\n" if faults else "")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
