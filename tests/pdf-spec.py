"""The examples of the CommonMark specification, set as PDF and read back.

    pdf-spec.py spec_examples.json

What each says is taken from cmark's tree.  The examples are set many at a
time, each under a heading, where cmark reads them there as it does alone; the
others are set alone.
"""

import json
import re
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from html.parser import HTMLParser
from xml.etree import ElementTree

import pdf

# Those with a character that cannot be set are refused, and set with -u.
REFUSED = {
    27: ["no font can set U+0D06, 'ആ'", "no font can set U+0CAB, 'ಫ'"],  # their letters change with their neighbours
    356: ["no font can set U+1E2FF, '\U0001e2ff'"],  # of a script that no font of Debian's has
}

NAME = "{http://commonmark.org/xml/1.0}"


def cmark(form, text):
    return subprocess.run(["cmark", "--unsafe", "-t", form], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()


def tree(text):
    return ElementTree.fromstring(cmark("xml", text))


def inline(node, in_link=False):
    text = ""
    for child in node:
        kind = child.tag.removeprefix(NAME)
        if kind in ("text", "code"):
            text += child.text or ""
        elif kind in ("softbreak", "linebreak"):
            text += " "
        elif kind == "html_inline":
            text += pdf.html_shown(child.text)
        elif kind in ("link", "image"):
            url = child.get("destination")
            text += pdf.linked(inline(child, in_link or kind == "link"), url, pdf.safe(url) and not in_link, kind)
        else:
            text += inline(child, in_link)
    return text


def blocks(node):
    for child in node:
        kind = child.tag.removeprefix(NAME)
        if kind == "list":
            number = int(child.get("start") or 0)
            for item in child:
                mark = ")" if child.get("delim") == "paren" else "."
                yield pdf.Text(f"{number}{mark}" if child.get("type") == "ordered" else "•", "label")
                yield from blocks(item)
                number += 1
        elif kind == "block_quote":
            yield from blocks(child)
        elif kind in ("paragraph", "heading"):
            yield pdf.Text(inline(child), "text")
        elif kind == "code_block":
            yield pdf.Text(child.text or "", "code")
        elif kind == "html_block":
            yield pdf.Text(pdf.html_shown(child.text), "code")


class Stripper(HTMLParser):
    text = ""

    def handle_data(self, data):
        self.text += data


def stripped(html):
    parser = Stripper(convert_charrefs=True)
    parser.feed(html)
    parser.close()
    return parser.text


def subsequence(a, b):
    rest = iter(b)
    return all(c in rest for c in a)


def forms(elements):
    return [ElementTree.tostring(e).strip() for e in elements]


def batches(examples):
    """Lists of examples that mean the same together as alone."""
    left = list(examples)
    while left:
        batch, text, together, later = [], "", [], []
        for e in left:
            if len(batch) == 40:
                later.append(e)
                continue
            more = f"{text}\n\n# Example {e['example']}\n\n{e['markdown']}"
            found = forms(tree(more))
            if found == together + forms(tree(f"# Example {e['example']}")) + forms(e["tree"]):
                batch.append(e)
                text, together = more, found
            else:
                later.append(e)
        if not batch:
            batch, text = [later[0]], later[0]["markdown"]
            later = later[1:]
        yield batch, text
        left = later


def names(batch):
    return " ".join(str(e["example"]) for e in batch)


def check(number, batch, text):
    """What is wrong with the PDF of these examples."""
    name = f"batch-{number}"
    with open(name + ".md", "w", encoding="utf-8", newline="") as f:
        f.write(text)
    boxes = ["-u"] * any(e["example"] in REFUSED for e in batch)
    done = subprocess.run(["md-pdf", *boxes, "-l", "en", name + ".md"], stdout=open(name + ".pdf", "wb"), stderr=subprocess.PIPE)
    if done.returncode or done.stderr:
        return [f"examples {names(batch)}: status {done.returncode}: {done.stderr.decode()[:300]}"]
    found = pdf.pages(name + ".pdf")
    match = pdf.Match(found, f"examples {names(batch)}" if len(batch) == 1 else name)
    for e in batch:
        match.where = f"example {e['example']}"
        if len(batch) > 1 or text.startswith("\n\n# Example"):
            match.block(pdf.Text(f"Example {e['example']}"))
        for b in e["blocks"]:
            match.block(b)
    match.rest()
    return match.faults + pdf.layout(found, name)


def alone(example):
    """Each by itself is read, and set for groff, without a message."""
    number, markdown = example
    faults = []
    for form in ("ms", "html"):
        done = subprocess.run(["md-pdf", "-f", form], input=markdown.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        said = re.findall("^md-pdf: <stdin>:[0-9]+: (.*)$", done.stderr.decode(), re.M)
        if form == "ms" and said == REFUSED.get(number) and done.returncode == 2 and not done.stdout:
            continue
        if done.returncode or done.stderr or not done.stdout:
            faults.append(f"example {number}: -f {form}: status {done.returncode}: {done.stderr.decode()[:300]}")
    return faults


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        examples = json.load(f)
    faults = []
    with ProcessPoolExecutor(2) as pool:
        for found in pool.map(alone, [(e["example"], e["markdown"]) for e in examples], chunksize=40):
            faults += found
        for e in examples:
            e["tree"] = tree(e["markdown"])
            e["blocks"] = list(blocks(e["tree"]))
            # The words of cmark's own page are all in what is looked for.
            said = "".join(pdf.squeeze(b.text) for b in e["blocks"])
            page = pdf.squeeze(stripped(cmark("html", e["markdown"])))
            if not subsequence(page, said):
                faults.append(f"example {e['example']}: {page!r} is not in {said!r}")
        made = list(batches(examples))
        for found in pool.map(check, range(len(made)), *zip(*made)):
            faults += found
    print(*faults[:20], sep="\n", end="\n" if faults else "")
    print(f"{len(examples)} examples in {len(made)} documents")
    assert sum(len(batch) for batch, _ in made) == len(examples)
    return bool(faults)


sys.exit(main())
