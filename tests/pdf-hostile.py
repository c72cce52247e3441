"""Hostile Markdown, set as PDF and read back.

    pdf-hostile.py [NAME...]    all the cases, or those whose names begin so

Each case gives a whole document or a clear error, makes no file, runs no
command, reads no file and ends in time.
"""

import os
import re
import subprocess
import sys
import time
import unicodedata
from concurrent.futures import ProcessPoolExecutor

import pdf

SECRET = "canary-of-another-file"
REQUESTS = [
    ".sy touch made", "'sy touch made", ".pso touch made", ".pi touch made", ".open s made", ".so secret", ".mso secret", ".psbb secret",
    ".trf secret", ".cf secret", ".nx secret", ".PSPIC secret", ".PDFPIC secret", "\\X'pdf: pdfpic secret -L 5c'", "\\X'ps: import secret 0 0 9 9 9 9'",
    "\\!x X ps: exec showpage", "\\X'ps: file secret'", ".de LP", ".ig", ".ex", ".ab stop", ".rd", ".rm LP", ".if 1 \\{\\", "\\}", ".pl 1", ".ll 1n",
    ".ps 100", ".ft X", ".bp", ".so", ".TS", ".TE", ".TH", ".T&", ".PS", ".PE", ".EQ", ".EN", "delim $$", ".cs", ".ds z X", ".tm made", ".lf 1 made",
    "copy \"secret\"", "sh {touch made}", "command \".sy touch made\"", ".", "'", "..", "...", "\\", "\\\\", "\\&", "\\.", "\\e", "\\(em", "\\[u4E2D]",
    "\\*[doc-head-left]", "\\n[PN]", "\\n(.p", "\\s+20", "\\s[99]", "\\h'9i'", "\\v'9i'", "\\Z'x'", "\\D'l 9i 9i'", "\\f[X]", "\\m[red]", "\\N'65'",
    "\\l'9i'", "\\b'xyz'", "\\o'xy'", "\\w'x'", "\\V[PATH]", "\\Y[x]", "\\R'PN 99'", "\\k[x]", "\\z", "\\c", "\\p", "\\d", "\\u", "\\r", "\\{", "\\:", "\\%",
    "\\/", "\\,", "\\|", "\\^", "\\_", "_", "=", "\\=", "T{", "T}", "T{ x", "x T}", "\"", "\"\"", "x\" at (0,0) \"", "at", "$x$", "%p", "@", "#", "\\#", "\\\"",
    "'br", ".br", "\\~", "\\0", "\\-", "-", "--", "`", "^", "~", "{", "}", "[x", "x]", "<", ">", "</a>", "&amp;", "&#46;", "!", "!!x", "/Title (x)",
    ") /OUT pdfmark", "(", ")", "((", "))", "((x)", "\\(", "\\)", "riskline: toc-pages 99", "\\*z", "\\*[z]", "\\*[toc-h1]",
]
LATIN, HAN = "w" * 10000, "字" * 10000
DEEP = 50
PIECES = ["合格", "word", "第三项，第四项。", "a/b/c", "10.0%", "“引用”", "《书名》", "x-y"]


def quoted(text):
    """Text that Markdown shows as it is, wherever it stands."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def row(*cells):
    return "| " + " | ".join(cells) + " |\n"


def rule(n):
    return row(*["---"] * n)


def table(rows):
    return row(*rows[0]) + rule(len(rows[0])) + "".join(row(*r) for r in rows[1:])


def long(n):
    return "".join(PIECES[i * i % len(PIECES)] + (" " if i % 3 == 0 else "") for i in range(n))


CASES = {}


def case(name, markdown, **how):
    CASES[name] = (markdown, how)


# Requests, in every place that text can have.
q = [quoted(r) for r in REQUESTS]
case("requests in paragraphs", "\n\n".join(q))
case("requests on lines of a paragraph", "x\n" + "\n".join(q))
case("requests behind breaks", "x\\\n" + "\\\n".join(q))
case("requests in headings", "\n".join(f"{'#' * (i % 6 + 1)} {r}" for i, r in enumerate(q)))
case("requests in the contents", "# t\n\n<!-- contents -->\n\n" + "\n".join(f"## {r}\n\nx\n" for r in q))
case("requests in items", "\n".join(f"- {r}" for r in q))
case("requests in quotes", "\n\n".join(f"> {r}" for r in q))
case("requests in bold and italic", "\n\n".join(f"**{r}** *{r}* ***{r}***" for r in q))
case("requests in cells", table([["a", "b"]] + [[r, "x"] for r in q] + [["x", r] for r in q]))
case("requests in wide cells", table([["a", "b", "c"]] + [[f"{i}a" + long(9) + r, r + f"{i}b" + long(30), r] for i, r in enumerate(q)]))
case("requests in a heading row", "\n".join(table([[r, r], ["1", "2"]]) for r in q))
case("requests alone in a table", "\n".join(table([[r], [r]]) for r in q))
case("requests in code", "```\n" + "\n".join(r for r in REQUESTS) + "\n```\n\n" + "".join(f"    {r}\n" for r in REQUESTS))
case("requests in code spans", "\n\n".join(f"`` {r} ``" if r.strip("`") else "` `` `" for r in REQUESTS))
case("requests in HTML", "<div>\n" + "\n".join(REQUESTS) + "\n</div>\n\n<pre>\n" + "\n\n".join(REQUESTS) + "</pre>\n")
case("requests in link texts", "\n\n".join(f"[{r}](http://example.org/)" for r in q))
case("requests in link addresses", "\n\n".join(f"[x](<http://example.org/{quoted(r)}>)" for r in REQUESTS))
case("requests in link titles", "\n\n".join(f"[x](http://example.org/ \"{quoted(r)}\")" for r in REQUESTS))
case("requests in images", "\n\n".join(f"![{r}](<{r}>)" for r in q))
case("requests in facts", "# t\n\n<!-- cover -->\n" + table([["a", "b"]] + [[r, r] for r in q[:10]]) + "\n## x\n\ny\n")
FACTS = ["组织", "文件编号", "密级", "编制日期"]
for i in range(4):
    r = [quoted(["\\s+20x", "\") /OUT pdfmark", "\\*[z]", "'.sy touch made"][(i + j) % 4]) for j in range(4)]
    case(f"requests as facts {i}", f"# {r[i]}\n\n<!-- cover -->\n" + table([["a", "b"], *map(list, zip(FACTS, r))]) + "\n## x\n\ny\n")
case("requests in a heat map", "\n".join(f"<!-- heatmap 1=#ff0000 -->\n{table([[r, r[:9]], [r, '1' + r]])}" for r in q))
case("requests in bars", "\n".join(f"<!-- bars 1=#ff0000 -->\n{table([[r, r], [r, '1'], ['1' + r, '2']])}" for r in q))
case("requests to sign", "\n".join(f"<!-- signatures -->\n{table([[r, r], [r, r]])}" for r in q), pages=False)

# HTML, links, images.
case("raw HTML", "<script>alert(1)</script>\n\nx <b onclick='y'>z</b> <img src=x onerror=alert(1)> &lt;i&gt; <!-- gone --> <br> <br/>y<BR>z\n\n"
     "<style>*{}</style>\n\n<iframe src='secret'></iframe>\n\n<?php x ?>\n\n<!DOCTYPE x>\n\n<![CDATA[ x ]]>\n\n<table><tr><td>x</table>\n")
case("links that lead to no web", "".join(f"[x](<{u}>) <{u}> ![y](<{u}>)\n\n" for u in [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html;base64,PHNj", "vbscript:x", "file:///etc/passwd", "FILE://x", "about:x", "x-y:z"]))
case("links", "[a](http://example.org/a(b)c) <http://example.org/?a=1&b=2> <a@b.example> [m](mailto:a@b.example) [p](#p) [f](secret) [r]\n\n"
     "[r]: <https://example.org/a b\"'\\\\)>\n")
case("links with quotes, brackets and Chinese", "[a](<http://example.org/'\\\\X'\\(\\)中文 >>/A>) [b](http://example.org/'%29)\n")
case("a link in an image in a link", "[![a](x.png)](http://example.org/) ![a [b](c) d](e)\n")
case("images of other files", "![x](secret) ![](secret) ![y](/etc/passwd) ![z](../secret) ![pdf](secret.pdf) <img src=secret>\n")

# Tables.
case("cells that tbl knows", table([["_", "=", "\\\\_", "\\^", "T{", "T}"], ["\\_", "\\=", "\\\\=", "\\\\^", ".TE", ".T&amp;"], ["_", "", "=", "T{x", "xT}", "."],
                                    ["\\\\^"] * 6, ["\\_"] * 6, ["=" * 9, "-" * 9, "\\_" * 9, "\\\\Rx", "\\\\", "'"]]))
case("a table without bars at its ends", "a | b\n--|--\nc | d\n")
case("ragged rows", "| a | b | c |\n|---|---|---|\n| 1 |\n| 2 | 3 | 4 |\n|\n| 5 | 6 |\n")
case("rows with too many cells", "| a | b |\n|---|---|\n| 1 | 2 | 3 | 4 |\n| 5 |\n", text=["a", "b", "1", "2", "3", "4", "5"])
case("a table that is none", "| a | b |\n|---|\n| 1 | 2 |\n")
case("a table without a delimiter row", "| a | b |\n| 1 | 2 |\n")
case("a table that ends in the middle", "| a | b |\n|---|---|\n| `1 | 2 |\n| **3 | 4")
case("bars in cells", "| a\\|b | `c\\|d` |\n|---|---|\n| \\| | \\\\\\| |\n")
case("markup in cells", table([["**a**", "*b*", "`c`", "[d](http://e.example/)"], ["***x***", "~~y~~", "`` `z` ``", "![i](u)"], ["a<br>b", "<b>c</b>", "&copy;", "\\*"]]))
case("alignments", "| l | c | r | n |\n|:--|:-:|--:|---|\n" + row("左", "中", "右", "无") * 5 + row(*[long(20)] * 4))
case("a table of 1 column", table([["头"]] + [[str(i)] for i in range(100)]))
case("a table of 1 column that nothing breaks", table([["头"], ["！" * 300], ["x"]]))
case("a table of only a heading row", table([["a", "b", "c"]]) + "\nbehind\n")
case("a table of only empty cells", table([["", ""], ["", ""]]) + "\nbehind\n", pages=False)
case("a table with an empty heading row", table([["", ""]] + [["x", str(i)] for i in range(100)]))
case("a table with an empty first column", table([["", "b"]] + [["", str(i)] for i in range(9)]))
case("a table of 40 columns", table([[f"第{i}列" for i in range(40)]] + [[f"{j}.{i}" for i in range(40)] for j in range(60)]))
case("a table of 40 wide columns", table([[f"第{i}列的题目" for i in range(40)]] + [[f"{j}.{i}内容较长需要换行" for i in range(40)] for j in range(5)]))
case("a table of 200 columns", table([[f"c{i}" for i in range(200)]] + [[f"{j}.{i}" for i in range(200)] for j in range(3)]))
case("a table of 5,000 rows", table([["编号", "名称", "说明", "值"]] + [[f"N-{i}", f"资产{i}", PIECES[i % 8] * (i % 7), f"{i / 7:.1f}"] for i in range(5000)]))
case("a heading row longer than a page", table([[long(900), "b"], ["1", "2"]]) + "\nbehind\n", pages=False)
case("a cell of 50,000 characters", table([["头", "长"], ["a", long(12000)[:50000]], ["b", "c"]]))
case("a cell of 50,000 Chinese characters without a break", table([["头", "长", "尾"], ["a", "字" * 50000, "z"], ["b", "c", "d"]]))
case("a cell of 50,000 Latin characters without a space", table([["头", "长", "尾"], ["a", "w" * 50000, "z"], ["b", "c", "d"]]))
case("every cell of 2,000 characters", table([["a", "b", "c"]] + [[long(450)[:2000]] * 3] * 3), text=[long(450)[:2000][:9]])
case("a cell of 3,000 breaks", table([["a", "b"], ["x<br>" * 3000 + "y", "z"]]) + "\nbehind\n")
case("a cell of 45 breaks and nothing else", table([["a", "b"], ["<br>" * 45, "z"]]) + "\nbehind\n")
case("a document that is only a table", table([["a", "b"], ["1", "2"]]).rstrip("\n"))
case("tables in lists and quotes", "- x\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n\n> | c | d |\n> |---|---|\n> | 3 | 4 |\n\n1. | e | f |\n   |---|---|\n   | 5 | 6 |\n"
     "\n> - > | g | h |\n>   > |---|---|\n>   > | 7 | 8 |\n")
case("a table 20 deep", "".join("  " * i + "- x\n\n" for i in range(20)) + "".join("  " * 20 + line + "\n" for line in table(
    [["名称", "说明", "值"]] + [[long(4), long(30), "1"]] * 9).splitlines()))
case("a wide table between narrow ones", table([["a", "b"], ["1", "2"]]) + "\nx\n\n" + table([[f"第{i}列" for i in range(12)]] + [["内容 2026-01-26"] * 12] * 60)
     + "\ny\n\n" + table([["c", "d"], ["3", "4"]]), sideways=True)
case("a table under a paragraph", "x\n| a | b |\n|---|---|\n| 1 | 2 |\ny\n")
case("markup over cells", "| *a | b* |\n|---|---|\n| `1 | 2` |\n| <b | c> |\n| [x | y](z) |\n")
case("cells that look like blocks", table([["- a", "# b"], ["1. c", "> d"], ["```", "    e"], ["---", "==="], ["* * *", "[x]: y"], ["######", "# #"], ["a #", "b ######"]]))

# What a comment says of a table.
for word in ("heatmap", "bars", "cover", "signatures", "contents", "nonsense", "heatmap 1=#zzzzzz 2=red 3=\" 99=#ffffff", "bars 1=#ff00000"):
    comment = f"<!-- {word} -->\n"
    case(f"{word} over nothing", comment)
    case(f"{word} over text", f"# t\n\n{comment}\nx\n\ny\n")
    case(f"{word} over a heading", f"# t\n\nz\n\n{comment}\n## x\n\ny\n")
    if word != "contents":
        case(f"{word} over a list", f"# t\n\n{comment}\n- x\n- y\n")
        for name, rows in {
            "text": [["a", "b"], ["c", "d"]],
            "three columns": [["a", "b", "c"], ["1", "2", "3"]],
            "one column": [["a"], ["1"]],
            "a heading row": [["a", "b"]],
            "odd numbers": [["a", "b"], ["x", "-1"], ["y", "1e9"], ["z", "0x10"], ["w", "1,2.3.4"], ["v", ""], ["u", "∞"]],
            "large numbers": [["a", "b"], ["x", "9" * 30], ["y", "1"]],
            "noughts": [["a", "b"], ["x", "0"], ["y", "0.0"]],
            "levels": [["a", "1", "2"], ["5", "1 (2)", "9"], ["4", "2 \"x\" (3)", "3\\\\"]],
            "levels and more": [["a", "1"], ["x", "1" + "甲" * 40]],
            "long labels": [["甲" * 60, "乙" * 60], ["丙" * 300, "1"], ["w" * 300, "2"]],
            "30 columns": [[f"c{i}" for i in range(30)]] + [["1"] * 30] * 30,
            "200 rows": [["a", "b"]] + [[f"r{i}", str(i)] for i in range(1, 200)],
        }.items():
            if "=" in word and name not in ("text", "odd numbers", "levels") or word == "nonsense" and name != "text":
                continue
            how = {"pages": False} if word == "cover" and name == "200 rows" else {}
            case(f"{word} over a table of {name}", f"# t\n\n{comment}{table(rows)}\n## x\n\ny\n", **how)
case("a cover without a heading", "<!-- cover -->\n" + table([["a", "b"], ["组织", "甲"]]) + "\nx\n")
case("a cover behind its heading and text", "# t\n\nx\n\n<!-- cover -->\n" + table([["a", "b"], ["组织", "甲"]]) + "\ny\n", text=["t", "x", "甲", "y"])
case("two covers", "# t\n\n<!-- cover -->\n" + table([["a", "b"], ["组织", "甲"]]) + "\n<!-- cover -->\n" + table([["a", "b"], ["组织", "乙"]]) + "\nx\n", text=["t", "甲", "乙", "x"])
case("a cover in a list", "- # t\n\n  <!-- cover -->\n" + "".join("  " + s + "\n" for s in table([["a", "b"], ["组织", "甲"]]).splitlines()) + "\nx\n", text=["t", "甲", "x"])
case("a cover without a heading behind it", "# t\n\n<!-- cover -->\n" + table([["a", "b"], ["组织", "甲"]]) + "\nx\n")
case("a cover with much on it", "# " + "题" * 300 + "\n\n<!-- cover -->\n" + table([["a", "b"], ["组织", "甲" * 300]] + [[f"项{i}", long(20)] for i in range(60)]) + "\n## x\n\ny\n",
     text=["题" * 5, "甲" * 5, "项59"])
case("a cover with a long title", "# " + "题" * 200 + "\n\n<!-- cover -->\n" + table([["a", "b"], ["组织", "甲" * 100]]) + "\n## x\n\ny\n")
case("a cover with long facts", "# t\n\n<!-- cover -->\n" + table([["a", "b"], ["文件编号", "N" * 200], ["密级", "密" * 100], ["编制日期", "9999-99-99"]]) + "\n## x\n\ny\n")
case("days that are none", "# t\n\n<!-- cover -->\n" + table([["a", "b"], ["编制日期", "2025-02-30"]]) + "\n## x\n\ny\n")
case("a day before 1970", "# t\n\n<!-- cover -->\n" + table([["a", "b"], ["编制日期", "1969-12-31"]]) + "\n## x\n\ny\n")
case("the day on which the epoch begins", "# t\n\n<!-- cover -->\n" + table([["a", "b"], ["编制日期", "1970-01-01"]]) + "\n## x\n\ny\n")
case("contents without a heading", "x\n\n<!-- contents -->\n\ny\n", pages=False)
case("contents twice", "# t\n\n<!-- contents -->\n\n## a\n\nx\n\n<!-- contents -->\n\n## b\n\ny\n", pages=False, text=["a", "x", "b", "y"])
case("contents at the end", "# t\n\n## a\n\nx\n\n<!-- contents -->\n", pages=False)
case("contents in a list", "# t\n\n- a\n\n  <!-- contents -->\n\n- b\n", text=["t", "a", "b"], pages=False)
case("contents of 300 headings", "# t\n\n<!-- contents -->\n\n" + "".join(f"## {i} 第{i}章\n\nx\n\n### {i}.1 {long(i % 40)}\n\ny\n\n" for i in range(150)))

# Words, letters, sizes.
for name, word in {"Latin": LATIN, "Chinese": HAN, "closing": "！" * 3000, "opening": "（" * 3000, "wide": "W" * 10000, "dashes": "—" * 3000,
                   "hyphens": "-" * 10000, "dots": "." * 10000, "slashes": "/" * 10000, "backslashes": "\\" * 5000, "digits": "7" * 10000,
                   "mixed": "中a" * 5000, "full width": "Ａ" * 10000, "closing and Latin": "a！" * 3000, "quotes": "“" * 3000, "accents": "é" * 10000}.items():
    case(f"a long word, {name}, in a paragraph", quoted(word))
    case(f"a long word, {name}, in a heading", f"# t\n\n<!-- contents -->\n\n## {quoted(word[:1000])}\n\nx\n")
    case(f"a long word, {name}, in a cell", table([["头甲", "头乙", "头丙"], ["x", quoted(word), "y"], ["1", "2", "3"]]))
    if name not in ("Latin", "Chinese", "closing", "backslashes"):
        continue
    case(f"a long word, {name}, in bold", f"x **{quoted(word)}** y")
    case(f"a long word, {name}, in the title", f"# {quoted(word[:3000])}\n\nx\n")
    case(f"a long word, {name}, in code", f"```\n{word}\n```\n\n`{word.replace('`', '')}`\n")
    case(f"a long word, {name}, in an item", f"- - - {quoted(word)}\n")
case("a long address", f"[x](http://example.org/{LATIN})\n\n<http://example.org/{LATIN}>\n")
case("a paragraph of 100,000 characters", long(24000)[:100000])
case("a line of code of 100,000 characters", "```\n" + long(24000)[:100000] + "\n```\n")
case("10,000 lines of code", "```\n" + "".join(f"{i}\n" for i in range(10000)) + "```\n")
case("code with tabs and spaces", "```\n\ta\t\tb\n  c   d\n\n\n   \ne\n```\n")
case("an empty block of code", "x\n\n```\n```\n\ny\n")
case("control characters", "a" + "".join(chr(c) for c in range(1, 32) if c not in (9, 10, 13)) + "b\x7fc\n\n`x\x07y`\n\n```\nv\x1b[31mw\n```\n\n"
     + table([["h\x01", "i"], ["j\x02", "\x03k"]]) + "\n# l\x04m\n", pictures=True, may=True)
case("control characters in a link", "[a\x01](<http://example.org/\x02>)\n", text=["a\u2401（http://example.org/%02）"])
case("controls that Unicode has besides", "a\x80b\x9fc\n", may=True)
case("spaces of every kind", "".join(f"a{chr(c)}b " for c in [0xA0, 0x1680, *range(0x2000, 0x200A), 0x205F, 0x3000, 0x2028, 0x2029, 0x85]) + "\n", spaces=False)
case("letters without a width", "".join(f"a{chr(c)}b " for c in [0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069]) + "\n", may=True)
case("what is no character", "a\ufffeb\uffffc\ufffdd\U0010fffee\ue000f\U000f0000g\U000e0041h\n", may=True)
case("emoji", "a 😀 👨‍👩‍👧 🇨🇳 👍🏽 ❤️ b\n", may=True)
case("letters from right to left", "a שלום مرحبا b\n\n" + table([["א", "ب"], ["ג", "د"]]), may=True)
case("scripts of the world", "русский Ελληνικά 日本語 한국어 ไทย हिन्दी தமிழ் ქართული Հայերեն አማርኛ ᠮᠣᠩᠭᠣᠯ བོད་ 𠮷𠀀 𝕬 ﬁ ½ № ① ㎡ ㊣\n", may=True)
case("Chinese, Latin, Greek, Cyrillic in every style", "".join(f"{a}汉字 word Ελλ русский é ß Ł{a[::-1]}\n\n" for a in ("", "*", "**", "***", "`")) + "# 汉字 word Ελλ русский\n")
case("letters with marks", "e\u0301 a\u0308\u0304 Z\u0351\u036b\u0343 n\u0303\n", may=True)
case("rare Chinese", "㐀䶿鿿𠀀𪛖𫝀豈〇々ヶㄅㆠ㈱㌀\n", may=True)
case("nothing", "")
case("a newline", "\n")
case("spaces", "   \n\n\t\n")
case("a comment", "<!-- x -->\n")
case("no final newline", "# a\n\nb\n\n- c\n\n" + table([["d", "e"], ["f", "g"]]).rstrip("\n"), like="# a\n\nb\n\n- c\n\n" + table([["d", "e"], ["f", "g"]]))
case("line ends of Windows", "# a\r\n\r\nb\r\nc\\\r\nd\r\n\r\n| e | f |\r\n|---|---|\r\n| g | h |\r\n\r\n```\r\ni\r\nj\r\n```\r\n",
     like="# a\n\nb\nc\\\nd\n\n| e | f |\n|---|---|\n| g | h |\n\n```\ni\nj\n```\n")
case("line ends of old", "# a\r\rb\rc\r\r| e | f |\r|---|---|\r| g | h |\r", like="# a\n\nb\nc\n\n| e | f |\n|---|---|\n| g | h |\n")
case("a byte order mark", "\ufeff# a\n\nb\n", like="# a\n\nb\n")
case("a byte order mark before a table", "\ufeff" + table([["a", "b"], ["c", "d"]]), like=table([["a", "b"], ["c", "d"]]))
case("NUL", b"a\0b\n\n`c\0d`\n\n| e\0 | f |\n|---|---|\n| g | \0h |\n".decode(), may=True)
case("not UTF-8", b"a\n\n\xff\n", error=r"md-pdf: in\.md:3: not UTF-8")
case("half a character", "a\n中".encode()[:-1], error=r"md-pdf: in\.md:2: not UTF-8")
case("surrogates", b"a\n\xed\xa0\x80\n", error=r"md-pdf: in\.md:2: not UTF-8")
case("GB 18030", "信息安全\n".encode("gb18030"), error=r"md-pdf: in\.md:1: not UTF-8")
case("bytes", bytes(range(256)), error=r"md-pdf: in\.md:\d+: not UTF-8")

# Depth and number.
case("lists 50 deep", "".join("  " * i + f"- 第{i}层\n" for i in range(DEEP)))
case("numbered lists 50 deep", "".join("   " * i + f"1. 第{i}层\n" for i in range(DEEP)))
case("quotes 50 deep", "".join("> " * (i + 1) + f"第{i}层\n" + "> " * (i + 1) + "\n" for i in range(DEEP)))
case("lists and quotes 50 deep", "".join("  " * i + (f"- 第{i}层\n\n" if i % 2 else f"> 第{i}层\n\n") for i in range(DEEP)))
case("a long text 50 deep", "- " * DEEP + long(500) + "\n")
case("code 50 deep", "> " * DEEP + "```\n" + ("> " * DEEP + "w" * 500 + "\n") + "> " * DEEP + "```\n")
case("a table 50 deep", "".join("> " * DEEP + line + "\n" for line in table([["a", "b"], [long(50), "c"]]).splitlines()))
case("emphasis 1,000 deep", "*a **b " * 1000 + "c" + "** d*" * 1000 + "\n")
case("brackets 10,000 deep", "[" * 10000 + "a" + "]" * 10000 + "\n", text=["[" * 10000 + "a" + "]" * 10000])
case("quotes 5,000 deep", ">" * 5000 + "a\n", text=["a"], pages=False)
case("an item with everything", "1. a\n\n   b\n\n   - c\n\n     d\n\n   > e\n\n       f\n\n   # g\n\n   ***\n\n   ```\n   h\n   ```\n2. i\n3.\n4. j\n")
case("items that begin with blocks", "- # a\n- > b\n-     c\n- ```\n  d\n  ```\n- ***\n- - e\n-\n")
case("numbers of items", "0. a\n1. b\n\nx\n\n999999998. c\n1. d\n1. e\n\ny\n\n3) f\n")
case("300 headings", "".join(f"{'#' * (i % 6 + 1)} {i} 标题\n\n正文{i}。\n\n" for i in range(300)))
case("headings of every level without text", "".join(f"{'#' * i} 第{i}级\n" for i in (1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1)))
case("levels that jump", "# a\n\n#### b\n\n###### c\n\n## d\n\n##### e\n\n### f\n\n# g\n\n###### h\n")
case("a first heading of level 6", "###### a\n\n# b\n\n<!-- contents -->\n\n### c\n\nx\n")
case("headings with markup", "# *a* `b` [c](http://d.example/) <e> ![f](g)\n\n<!-- contents -->\n\n## **x** [y](z) <br> w\n\nt\n", bookmarks=False)
case("headings without text", "#\n\n##\n\nx\n\n<!-- contents -->\n\n###\n\n# a\n", pages=False, text=["x", "a"])
case("headings in lists and quotes", "- # a\n\n> ## b\n\n# c\n\n1. ### d\n")
case("the same heading often", "# t\n\n<!-- contents -->\n\n" + "## 同\n\nx\n\n" * 100)
case("breaks", "a\\\nb  \nc\nd<br>e\n\n# f<br>g\n\n" + table([["h<br>i", "j"], ["k<br><br>l", "m"]]))
case("a break at the end", "a <br>\n\nb<br><br>\n\n- c<br>\n\n" + table([["d<br>", "<br>e"], ["<br>", "f"]]))
case("1,000 rules", "***\n\n" * 1000 + "x\n")
case("2,000 paragraphs", "".join(f"第{i}段，{PIECES[i % 8]}。\n\n" for i in range(2000)))

MOST = 30  # seconds that a case may take


def active(name):
    """What a PDF could do, and where it leads; qpdf fails where the PDF is damaged."""
    data = pdf.run("qpdf", "--qdf", "--object-streams=disable", name, "-")
    found = re.findall(rb"/(?:JavaScript|JS|Launch|GoToR|SubmitForm|ImportData|EmbeddedFile|RichMedia|OpenAction|AA)\b", data)
    return found + [u for u in re.findall(rb"/URI \((.*?)\)", data) if not re.match(rb"(?i)https?:|mailto:", u)]


def check_refusal(markdown, err):
    """A character is refused that is there, on the line where it is; it is one that no font has, or of such a script."""
    lines = re.split("\r\n|\r|\n", markdown)
    faults = []
    for line in err.splitlines():
        m = re.fullmatch(r"md-pdf: in\.md:(\d+): no font can set U\+([0-9A-F]{4,6})(?:, '(.*)')?", line)
        if not m:
            faults.append(f"says {line!r}")
            continue
        c = chr(int(m[2], 16))
        if "\u2400" <= c <= "\u2421":
            c = "\x7f" if c == "\u2421" else chr(ord(c) - 0x2400)  # the picture of a control
        there = [n for n, text in enumerate(lines, 1) if c in text]
        if there and int(m[1]) not in there:
            faults.append(f"says {line!r}, and it is on the lines {there}")
        simple = c >= " " and unicodedata.bidirectional(c) == "L" and any(s in unicodedata.name(c, "") for s in ("CJK", "LATIN", "GREEK", "CYRILLIC"))
        if simple and pdf.run("fc-list", f":charset={m[2]}"):
            faults.append(f"says {line!r}, and there is a font")
    return faults or ([] if err else ["no message"])


def check(name):
    markdown, how = CASES[name]
    folder = f"{list(CASES).index(name)}" + re.sub("[^A-Za-z0-9]+", "-", name)[:60]
    os.mkdir(folder)
    os.mkdir(folder + "/tmp")
    text = markdown if isinstance(markdown, bytes) else markdown.encode()
    files = {"in.md": text, "secret": SECRET.encode(), "secret.pdf": SECRET.encode()}
    for file, data in files.items():
        with open(f"{folder}/{file}", "wb") as f:
            f.write(data)
    environment = dict(os.environ, TMPDIR=os.path.abspath(folder + "/tmp"))

    def make(*options, file="in.md"):
        return subprocess.run(["md-pdf", *options, file], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=MOST)

    faults, began = [], time.monotonic()
    try:
        done = make()
    except subprocess.TimeoutExpired:
        return [f"more than {MOST} s"]
    took = time.monotonic() - began
    err = done.stderr.decode(errors="replace")
    if set(os.listdir(folder)) != {*files, "tmp"} or os.listdir(folder + "/tmp"):
        faults.append(f"leaves files: {os.listdir(folder)} {os.listdir(folder + '/tmp')}")
    if "error" in how:
        if done.returncode != 2 or done.stdout or not re.fullmatch(how["error"], err.strip()):
            faults.append(f"status {done.returncode}, {len(done.stdout)} bytes: {err[:200]!r}")
        return faults
    if done.returncode == 2 and how.get("may"):
        if done.stdout:
            faults.append("makes a PDF and refuses it")
        faults += check_refusal(markdown, err)
        done = make("-u")
        err = done.stderr.decode(errors="replace")
    elif how.get("may"):
        how = {**how, "may": False}
    if done.returncode != 0 or err:
        return faults + [f"status {done.returncode}: {err[:300]!r}"]
    out = folder + ".pdf"
    with open(out, "wb") as f:
        f.write(done.stdout)
    if "like" in how:
        with open(f"{folder}/in.md", "w", encoding="utf-8", newline="") as f:
            f.write(how["like"])
        if make().stdout != done.stdout:
            faults.append("is not as it should be")
        markdown = how["like"]
    faults += [f"holds {a}" for a in active(out)]
    found = pdf.pages(out)
    said = pdf.squeeze("".join(w.text for p in found for w in p.words))
    if SECRET in said:
        faults.append("holds another file")
    if how.get("pictures"):
        markdown = "".join(chr(0x2400 + ord(c)) if ord(c) < 32 and c not in "\n\t" else "\u2421" if c == "\x7f" else c for c in markdown)
    if how.get("sideways") and {(p.width, p.height) for p in found} != {(595.28, 841.89), (841.89, 595.28)}:
        faults.append(f"its pages are {[(p.width, p.height) for p in found]}")
    if "text" in how:
        for part in how["text"]:
            if said.count(pdf.squeeze(part)) < how["text"].count(part):
                faults.append(f"{part!r} is not there")
    elif how.get("may"):
        wanted = "".join(b.text if isinstance(b, pdf.Text) else "".join("".join(r) for r in b.rows) for b in pdf.blocks(markdown))
        lost = set(pdf.squeeze(wanted)) - set(said)
        # A control, and what is no character, is U+FFFD.
        if "\ufffd" in said:
            lost = {c for c in lost if unicodedata.category(c) not in ("Cc", "Cf", "Cn")}
        if lost:
            faults.append(f"without {sorted(lost)} {[hex(ord(c)) for c in sorted(lost)]}")
    else:
        more = pdf.compare(markdown, out)
        if how.get("pages", True) is False:
            more = [m for m in more if "numbered" not in m]
        if how.get("spaces", True) is False:
            more = [m for m in more if "no space between" not in m]
        if how.get("bookmarks", True) is False:
            more = [m for m in more if "bookmarks" not in m]
        faults += more
    if "text" in how or how.get("may"):
        faults += pdf.layout(found, out)
    if took > 10:
        faults.append(f"takes {took:.1f} s")
    return faults


def tried(name):
    try:
        return check(name)
    except Exception as e:
        return [f"{type(e).__name__}: {e}"]


def main():
    names = [n for n in CASES if not sys.argv[1:] or n.startswith(tuple(sys.argv[1:]))]
    bad = 0
    with ProcessPoolExecutor(2) as pool:
        for name, faults in zip(names, pool.map(tried, names)):
            bad += bool(faults)
            for fault in faults[:4]:
                print(f"{name}: {fault[:400]}")
    print(f"{len(names)} documents, {bad} are wrong")
    return bad > 0 or not names


if __name__ == "__main__":
    sys.exit(main())
