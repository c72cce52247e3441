"""What must hold of the HTML that is made of Markdown.

Usage: pages.py spec SPEC_EXAMPLES.json    every example of CommonMark through md-pdf, against cmark's own tree
       pages.py page LANGUAGE HTML MD      a page against markdown-it's reading of the document it was made from

Prints what does not hold.
"""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser

VOID = {"meta", "br", "hr"}
INLINE = {"a", "em", "strong", "code", "b", "br"}
ALLOWED = {"html", "head", "meta", "title", "style", "body", "main", "header", "nav", "details", "summary", "h1", "h2", "h3", "h4", "h5",
           "h6", "p", "ul", "ol", "li", "blockquote", "pre", "code", "hr", "br", "a", "em", "strong", "b", "span", "div", "table", "thead",
           "tbody", "tr", "th", "td", "svg", "rect"}
ATTRIBUTES = {"lang", "charset", "name", "content", "class", "aria-label", "aria-hidden", "open", "id", "href", "title", "start", "scope",
              "style", "width", "height"}
FACTS = "fact|organisation|department|number|version|classification|date"
faults = []


def check(condition, *what):
    if not condition:
        faults.append(" ".join(str(w) for w in what))


class Page(HTMLParser):
    """A tree of [tag, attributes, children]; children are such lists or text."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.root = ["", {}, []]
        self.path = [self.root]
        self.feed(text)
        self.close()
        check(len(self.path) == 1, "not closed:", [n[0] for n in self.path[1:]])

    def handle_starttag(self, tag, attrs):
        check(tag in ALLOWED, "a tag", tag)
        check(all(a in ATTRIBUTES for a, _ in attrs), "attributes", attrs)
        check(len({a for a, _ in attrs}) == len(attrs), "an attribute twice", attrs)
        node = [tag, dict(attrs), []]
        self.path[-1][2].append(node)
        if tag not in VOID:
            self.path.append(node)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        check(tag == "rect", "closes itself:", tag)
        self.path.pop()

    def handle_endtag(self, tag):
        check(len(self.path) > 1 and self.path[-1][0] == tag, "end of", tag, "in", self.path[-1][0])
        if len(self.path) > 1:
            self.path.pop()

    def handle_data(self, data):
        self.path[-1][2].append(data)

    def handle_comment(self, data):
        check(False, "a comment", data)

    def unknown_decl(self, data):
        check(False, "a declaration", data)

    def handle_pi(self, data):
        check(False, "a processing instruction", data)

    def handle_decl(self, decl):
        check(decl == "DOCTYPE html", "a declaration", decl)


def walk(node):
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        stack += [child for child in reversed(node[2]) if isinstance(child, list)]


def every(node, *tags):
    return [n for n in walk(node) if n[0] in tags]


def text(node):
    out, stack = [], [node]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            out.append(node)
        elif node[0] == "br":
            out.append(" ")
        else:
            stack += reversed(node[2])
    return "".join(out)


def folded(s):
    """As shown; of the white space of other scripts at an end the readers think differently."""
    return re.sub("[ \t\n]+", " ", s).strip()


def is_class(node, name):
    return node[1].get("class", "") == name


# Every example of CommonMark ------------------------------------------------


def safe(url):
    scheme = re.match("([^:/?#]*):", url)
    return not scheme or scheme[1].lower() in ("http", "https", "mailto")


def wanted(example):
    """
    What cmark reads, as tags and texts.  The differences to its own HTML: raw HTML is shown, <br> breaks a line, comments are not shown;
    an image is a link with its description; what is not safe, or a link in a link, is its text and its address.
    """
    xml = subprocess.run(["cmark", "-t", "xml"], input=example, stdout=subprocess.PIPE, check=True).stdout.decode()
    out = []

    def block(tag, node, inner, *attributes):
        out.append(("<" + tag, *attributes))
        for child in node:
            inner(child)
        out.append(("/" + tag,))

    def link(node, inner, address):
        url = node.get("destination")
        if safe(url) and not address:
            out.append(("<a", url, node.get("title") or None))
            for child in node:
                inner(child, True)
            if len(node) == 0 and tag_of(node) == "image":
                out.append(url)
            out.append(("/a",))
            return
        for child in node:
            inner(child, address)
        out.append(f" ({url})")

    def inline(node, linked=False):
        tag = tag_of(node)
        if tag == "text":
            out.append(node.text or "")
        elif tag == "code":
            out.extend([("<code",), node.text or "", ("/code",)])
        elif tag == "softbreak":
            out.append("\n")
        elif tag == "linebreak":
            out.append(("<br",))
        elif tag in ("emph", "strong"):
            block(tag.replace("emph", "em"), node, lambda child: inline(child, linked))
        elif tag in ("link", "image"):
            link(node, inline, linked)
        elif tag == "html_inline":
            if re.fullmatch(r"<br[ \t\n/]*>", node.text, re.I):
                out.append(("<br",))
            elif not re.fullmatch(r"(\s*<!--.*?-->)*\s*", node.text, re.S):
                out.append(node.text)
        else:
            raise ValueError(tag)

    def blocks(node, tight=False):
        tag = tag_of(node)
        if tag == "paragraph" and tight:
            out.append(("gap",))
            for child in node:
                inline(child)
            out.append(("gap",))
        elif tag == "paragraph":
            block("p", node, inline)
        elif tag == "heading":
            block("h" + node.get("level"), node, inline)
        elif tag == "block_quote":
            block("blockquote", node, blocks)
        elif tag == "list":
            of, start = ("ol", node.get("start")) if node.get("type") == "ordered" else ("ul", None)
            block(of, node, lambda item: block("li", item, lambda child: blocks(child, node.get("tight") == "true")),
                  None if start == "1" else start)
        elif tag == "thematic_break":
            out.append(("<hr",))
        elif tag == "code_block" or not re.fullmatch(r"(\s*<!--.*?-->)*\s*", node.text or "", re.S):
            out.extend([("<pre",), ("<code",), node.text or "", ("/code",), ("/pre",)])

    def tag_of(node):
        return node.tag.split("}")[1]

    for node in ElementTree.fromstring(xml):
        blocks(node)
    return out


def found(example):
    html = subprocess.run(["md-pdf", "-f", "html"], input=example, stdout=subprocess.PIPE, check=True).stdout.decode()
    out = []

    def add(node):
        tag, attributes, children = node
        out.append(("<" + tag, attributes.get("href"), (attributes.get("title") or "").replace("\n", " ") or None, attributes.get("start")))
        for child in children:
            if isinstance(child, str):
                out.append(child)
            else:
                add(child)
        if tag not in VOID:
            out.append(("/" + tag,))

    main = every(Page(html).root, "main")[0]
    check(not any(every(a, "a")[1:] for a in every(main, "a")), "a link in a link")
    for child in main[2]:
        if isinstance(child, str):
            out.append(child)
        else:
            add(child)
    return out


def normal(events):
    """Texts joined and folded as a browser does, but not in code blocks; blocks with nothing around them."""
    out, run, code = [], "", False

    def flush(end):
        nonlocal run
        s = run if code else re.sub("[ \t\n]+", " ", run)
        if not code and (not out or out[-1][0].lstrip("</") not in INLINE or out[-1][0] == "<br"):
            s = s.lstrip(" ")
        if not code and end.lstrip("</") not in INLINE or end == "<br":
            s = s.rstrip(" ")
        if s:
            out.append((s,) if code else ("text", s))
        run = ""

    for event in events:
        if isinstance(event, str):
            run += event
            continue
        flush(event[0])
        code = code or event[0] == "<pre"
        if event[0] == "/pre":
            code = False
        if event[0] != "gap":
            out.append((event[0],) + tuple(a for a in event[1:]))
    flush("gap")
    # XML has no control characters: cmark writes U+FFFD, md-pdf their pictures, or in an address %01.
    out = [tuple(a if a is None else re.sub("[\u2400-\u2421\x7f]|%[01][0-9A-F]|%7F", "\ufffd", a) for a in e) for e in out]
    # XML folds the line ends of attributes; an attribute that is not there is left out.
    return [tuple(a for a in e if a is not None) for e in out]


def spec(path):
    examples = json.load(open(path, encoding="utf-8"))
    texts = [e["markdown"].encode() for e in examples]
    with ThreadPoolExecutor(8) as pool:
        wants, founds = list(pool.map(wanted, texts)), list(pool.map(found, texts))
    for example, want, have in zip(examples, wants, founds):
        check(normal(want) == normal(have), example["example"], repr(example["markdown"]), "\n want", normal(want), "\n have", normal(have))
    print(len(examples), "examples")


# A page and its document -----------------------------------------------------


def luminance(colour):
    channels = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055)**2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def colours_of(comment):
    return dict(re.findall("([1-9])=(#[0-9a-fA-F]{6})", comment))


def heat_map(rows, colours):
    for row in rows[1:]:
        for cell in row[1:]:
            s = text(cell).strip()
            style = re.fullmatch("background:(#[0-9a-f]{6});color:(#000|#fff)", cell[1].get("style", ""))
            big = [text(b) for b in every(cell, "b")]
            check(big == [s[0]], "the level does not stand out in", s)
            check(is_class(cell, "counted" if s[1:] else "none"), "class of", s, cell[1])
            check(bool(style) == (s[0] in colours), "colour of", s, cell[1])
            if not style:
                continue
            check(contrast(style[1], style[2] + style[2][1:]) >= 4.5, "contrast of", s, cell[1])
            wanted_colour = colours[s[0]].lower()
            if s[1:]:
                check(style[1] == wanted_colour, s, "is", style[1], "not", wanted_colour)
            else:
                check(luminance(style[1]) > luminance(wanted_colour) or wanted_colour == "#ffffff", s, "is not paler", style[1])


def bars(rows, colours):
    numbers = [[float(text(cell).strip().replace(",", "")) for cell in row[1:]] for row in rows[1:]]
    most = max(max(row) for row in numbers)
    for row, values in zip(rows[1:], numbers):
        level = text(row[0]).strip()[:1]
        for cell, value in zip(row[1:], values):
            rects = every(cell, "rect")
            check(len(rects) == (value > 0), "bars of", value, rects)
            check(all(svg[1] == {"aria-hidden": "true"} for svg in every(cell, "svg")), "a bar is not hidden")
            for rect in rects:
                width = re.fullmatch(r"(\d+\.\d\d)%", rect[1]["width"])
                check(width and abs(float(width[1]) - 100 * value / most) <= 0.0051, value, "of", most, "is", rect[1]["width"])
                check(rect[1].get("style") == (f"fill:{colours[level]}" if level in colours else None), level, "is", rect[1].get("style"))


def table(node, heading, body, kind, comment, alignments):
    """One table of the page against the cells, heading and body, that markdown-it reads."""
    rows = [[cell for cell in row[2] if isinstance(cell, list)] for row in every(node, "tr")]
    check([[folded(text(c)) for c in row] for row in rows] == [heading] + body, "cells", [[text(c) for c in r] for r in rows], "not",
          [heading] + body)
    check([n[0] for n in node[2] if isinstance(n, list)] == ["thead", "tbody"], "parts of a table")
    check(all(c[0] == "th" and c[1].get("scope") == "col" for c in rows[0]), "the heading row of", heading)
    labelled = kind in ("facts", "heatmap", "bars")
    check(all((c[0] == "th" and c[1].get("scope") == "row") if labelled and i == 0 else c[0] == "td" for row in rows[1:]
              for i, c in enumerate(row)), "labels of", heading)
    check(is_class(node, kind), heading, "is", node[1], "not", kind)
    if kind == "heatmap":
        heat_map(rows, colours_of(comment))
    elif kind == "bars":
        bars(rows, colours_of(comment))
    else:
        check(all(c[1].get("class") == a for row in rows for c, a in zip(row, alignments)), "alignment of", heading)


def kind_of(comment, body):
    word = (re.match(r"<!--\s*(\w+)", comment) or ["", ""])[1]
    if word == "heatmap" and len(body[:1] and body[0]) > 1 and all(re.match("[1-9](?![0-9])", c) for row in body for c in row[1:]):
        return "heatmap"
    if word == "bars" and len(body[:1] and body[0]) > 1 and all(
            re.fullmatch(r"(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", c) and sum(d.isdigit() for d in c) <= 15 for row in body for c in row[1:]):
        return "bars"
    return {"cover": "facts", "signatures": "signatures"}.get(word, "plain")


def plain(inline):
    parts = []
    for token in inline.children:
        if token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type == "html_inline" and not token.content.startswith("<!--"):
            parts.append("\n" if re.match("<br", token.content) else token.content)
    return folded("".join(parts))


def shown(page):
    """The texts of the page outside tables and contents: a heading, a paragraph, an item, a code block each."""
    out, run = [], []

    def end():
        if folded("".join(run)):
            out.append(folded("".join(run)))
        run.clear()

    def visit(node):
        if isinstance(node, str):
            run.append(node)
        elif node[0] == "br":
            run.append("\n")
        elif node[0] in INLINE or node[0] == "span":
            for child in node[2]:
                visit(child)
        elif node[0] not in ("nav", "table"):
            end()
            for child in node[2]:
                visit(child)
            end()

    visit(page)
    end()
    return out


def items(ul, depth=1):
    """The items of a list with how deep they are, those within them after them."""
    for item in ul[2]:
        if isinstance(item, list):
            yield depth, item
            for inner in item[2]:
                if inner[0] == "ul":
                    yield from items(inner, depth + 1)


def page(language, html_path, md_path):
    from markdown_it import MarkdownIt

    html = open(html_path, encoding="utf-8", newline="").read()
    root = Page(html).root
    head, body = every(root, "head")[0], every(root, "body")[0]
    main = every(body, "main")[0]
    outside = html[:html.index("<main>")]

    check(every(root, "html")[0][1] == {"lang": {"zh": "zh-CN", "en": "en"}[language]}, "lang")
    for word in ("<script", "src=", "url(", "@import", "http-equiv", "javascript:", "//"):
        check(word not in outside.lower(), word, "in the head")
    check(not re.search("[\0-\x08\x0b-\x1f\x7f]", html), "a control character")
    for node in walk(root):
        check("//" not in "".join(v or "" for a, v in node[1].items() if a != "href" and a != "title" and a != "content"), "an address in", node[:2])
        for name, value in node[1].items():
            forms = {"style": "background:#[0-9a-f]{6};color:#(000|fff)|fill:#[0-9a-fA-F]{6}|--digits:[0-9]+", "href": "(?s).*",
                     "class": f"plain|facts|signatures|heatmap|bars|table|cover|contents|with-contents|centre|right|counted|none|day|{FACTS}"}
            check(re.fullmatch(forms.get(name, "(?s).*"), value or ""), name, "is", value)
            check(name != "href" or safe(value), "a link to", value)

    # What the document says, as another reader has it.
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(open(md_path, encoding="utf-8").read())
    texts, tables, headings, comment, at, contents = [], [], [], "", 0, False
    while at < len(tokens):
        token = tokens[at]
        if token.type == "table_open":
            rows, alignments = [], []
            while tokens[at].type != "table_close":
                if tokens[at].type == "tr_open":
                    rows.append([])
                if tokens[at].type == "th_open":
                    alignments.append({"text-align:right": "right", "text-align:center": "centre"}.get(tokens[at].attrGet("style")))
                if tokens[at].type == "inline":
                    rows[-1].append(plain(tokens[at]))
                at += 1
            tables.append((rows[0], rows[1:], kind_of(comment, rows[1:]), comment, alignments))
        elif token.type == "inline":
            texts.append(plain(token))
            if tokens[at - 1].type == "heading_open":
                headings.append((int(tokens[at - 1].tag[1]), texts[-1], tokens[at - 1].level == 0))
        elif token.type in ("fence", "code_block"):
            texts.append(folded(token.content))
        contents = contents or token.type == "html_block" and re.match(r"<!--\s*contents\b", token.content) is not None
        comment = token.content if token.type == "html_block" else ""
        at += 1
    check(shown(main) == [t for t in texts if t], "texts:", next(
        ((a, b) for a, b in zip(shown(main) + [None], [t for t in texts if t] + [None]) if a != b), None))

    nodes = every(main, "table")
    check(len(nodes) == len(tables), len(nodes), "tables, not", len(tables))
    for node, (heading, rows, *rest) in zip(nodes, tables):
        table(node, heading, rows, *rest)
    check([n[1] for n in walk(main) if any(isinstance(c, list) and c[0] == "table" for c in n[2])] == [{"class": "table"}] * len(nodes),
          "a table stands alone")

    marks = every(main, "h1", "h2", "h3", "h4", "h5", "h6")
    check([(int(h[0][1]), folded(text(h))) for h in marks] == [h[:2] for h in headings], "headings")
    ids = [n[1]["id"] for n in walk(root) if "id" in n[1]]
    check(all(set(h[1]) == {"id"} for h in marks) and len(ids) == len(marks), "ids of headings")
    check(len(set(ids)) == len(ids), "an id twice")
    check(not any(re.search(r"[\s\"'<>&%#]", i) or i == "" for i in ids), "ids", ids)
    listed = [("#" + mark[1]["id"], name) for mark, (level, name, top) in zip(marks, headings) if level in (2, 3) and top]
    navs = every(main, "nav")
    check(len(navs) == (contents and listed != []), len(navs), "contents")
    check(body[1] == ({"class": "with-contents"} if navs else {}), "body", body[1])
    for nav in navs:
        check([(a[1]["href"], folded(text(a))) for a in every(nav, "a")] == listed, "contents")
        check(text(every(nav, "summary")[0]) == nav[1]["aria-label"] == {"zh": "目录", "en": "Contents"}[language], "title of the contents")
        # Of an item, the list of those of level 3 that follow it, if it is of level 2.
        listed_levels = [level for level, _, top in headings if level in (2, 3) and top]
        wanted_depths = [1 + (level == 3 and 2 in listed_levels[:i]) for i, level in enumerate(listed_levels)]
        check([depth for depth, item in items(every(nav, "ul")[0])] == wanted_depths, "nesting")

    titles = [name for level, name, top in headings if level == 1 and top]
    check(folded(text(every(head, "title")[0])) == (titles + [{"zh": "无标题", "en": "Untitled"}[language]])[0], "title")
    authors = [m[1]["content"] for m in every(head, "meta") if m[1].get("name") == "author"]
    facts = [row for _, rows, kind, *_ in tables for row in rows if kind == "facts"]
    check(authors == [row[1] for row in facts if row[0] in ("组织", "Organisation")
                      and row[1] not in ("未填写", "not given")][:1], "author", authors)
    covers = every(main, "header")
    check(len(covers) == sum(kind == "facts" for _, _, kind, *_ in tables), "covers")
    known = {"密级": "classification", "Classification": "classification", "组织": "organisation", "Organisation": "organisation"}
    for cover in covers:
        for row in every(every(cover, "tbody")[0], "tr"):
            label = folded(text(next(c for c in row[2] if c[0] == "th")))
            check(row[1]["class"] == known.get(label, row[1]["class"]), "class of", label)
    kinds = [kind for _, _, kind, *_ in tables]
    print(*(f"{kinds.count(k)} {k}" for k in ("facts", "signatures", "heatmap", "bars", "plain")), len(listed) if navs else 0, "contents")


{"spec": spec, "page": page}[sys.argv[1]](*sys.argv[2:])
for fault in faults[:20]:
    print(fault[:2000])
sys.exit(len(faults) > 0)
