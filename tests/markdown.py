"""Escaped text, read by another Markdown reader, must be that text again.

Usage: markdown.py ESCAPER [FILE ...]: the lines of the files, and strings
made here, through the program ESCAPER, then put into a paragraph, a heading,
a list item and a table cell, and parsed by markdown-it.
"""

import re
import subprocess
import sys

from markdown_it import MarkdownIt

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
EAST_ASIAN = "\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff"

MADE = [
    "# heading", "- item", "+ item", "* item", "1. one", "12) twelve", "> quote", "```", "~~~", "---", "===", "***",
    "    code", "\tcode", "[a](javascript:alert(1))", "![x](file:///etc/passwd)", "<script>alert(1)</script>", "<!-- x -->",
    "a|b", "a\\|b", "|---|", ":-", ":--", "-", "=", "`code`", "**b** _i_ ~~s~~", "&lt;&#65;&copy;", "http://example.org/",
    "<http://example.org/>", "a\nb", "中文\n中文", "中文\nlatin", "latin\r\n中文", "a\u2028b", "x\x1b[31mred\x07", "\x7f", "back\\slash\\",
    "trailing \\", "1.5", "2025.", "2025. ", "3)", "{{name}}", "[x]: y", "[^1]", "a\n\nb", "a\n# b", "  padded  ", "!", "![", "\\", "|", "`", "``", "*",
    "_", "#", "+", "(1)", "10 %", "<b", "a<b>c", "&amp", "a  b", "tab\there", ".sy rm", "'x", "|a|b|\n|-|-|", "-\n-", "=\n=", "0", "",
]


def shown(text):
    """What a reader should see of a text: white space folded, controls as pictures, or by their numbers."""
    white = re.compile("[ \t\n\r\v\f\x85\u2028\u2029]+")
    out, at = "", 0
    for run in white.finditer(text):
        out += text[at:run.start()]
        at = run.end()
        joined = re.search("[\n\r\v\f\x85\u2028\u2029]", run.group()) and re.search(f"[{EAST_ASIAN}]$", out) and re.match(
            f"[{EAST_ASIAN}]", text[at:])
        if out and at < len(text) and not joined:
            out += " "
    out += text[at:]
    out = "".join(chr(0x2400 + ord(c)) if ord(c) < 32 else "\u2421" if c == "\x7f" else c for c in out)
    # C1, and what changes the direction of text.
    return re.sub("[\x80-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", lambda m: f"[U+{ord(m[0]):04X}]", out)


def plain(tokens):
    """The text of parsed Markdown; None where there is anything but text in it."""
    texts = []
    for token in tokens:
        if token.type == "inline":
            if any(child.type != "text" for child in token.children):
                return None
            texts.append("".join(child.content for child in token.children))
    return texts


PLACES = {
    "paragraph": ("{}", ["paragraph_open", "inline", "paragraph_close"], lambda s: [s] if s else []),
    "behind": ("x {} y", ["paragraph_open", "inline", "paragraph_close"], lambda s: [f"x {s} y" if s else "x  y"]),
    "heading": ("## t {} t", ["heading_open", "inline", "heading_close"], lambda s: [f"t {s} t" if s else "t  t"]),
    "item": ("- x{}", ["bullet_list_open", "list_item_open", "paragraph_open", "inline", "paragraph_close",
                       "list_item_close", "bullet_list_close"], lambda s: [f"x{s}"]),
    "cell": ("| a | b |\n|---|---|\n| {} | z |", None, lambda s: ["a", "b", s, "z"]),
}


def main():
    texts = list(MADE)
    for name in sys.argv[2:]:
        with open(name, encoding="utf-8", newline="") as lines:
            texts += [line.rstrip("\n") for line in lines]
    texts = [t for t in texts if "\0" not in t]
    out = subprocess.run([sys.argv[1]], input="\0".join(texts).encode(), stdout=subprocess.PIPE, check=True).stdout
    escaped = out.decode().split("\0")[:-1]
    if len(escaped) == len(texts) - 1:
        escaped.append("")  # the last text was empty
    assert len(escaped) == len(texts), (len(escaped), len(texts))
    bad = 0
    for text, safe in zip(texts, escaped):
        for place, (form, kinds, expected) in PLACES.items():
            tokens = READER.parse(form.format(safe))
            # The reader trims more than CommonMark's white space: no matter.
            want = [t.strip() for t in expected(shown(text))]
            if place == "paragraph" and not any(want):
                continue
            types = [token.type for token in tokens]
            found = plain(tokens)
            if found is None or [t.strip() for t in found] != want or (kinds and types != kinds):
                bad += 1
                print(f"{place}: {text!r} escaped as {safe!r} reads as {plain(tokens)!r} {types}, not {want!r}")
    print(f"{len(texts)} texts, {bad} do not read back")
    return bad > 0


sys.exit(main())
