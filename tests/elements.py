"""An oracle of how XML is read, by xml.etree and a count of its tags.

    elements.py items FILE FOUND PATH...   FOUND: what was made of FILE, as lines
    elements.py within SECONDS MIB COMMAND...
    elements.py nessus HOSTS ITEMS         writes such a file, of so many items each
"""

import copy
import json
import re
import resource
import subprocess
import sys
import time
import xml.etree.ElementTree as etree

MARKUP = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>"
    r"|</[^>]*>|(<[^!?/](?:[^\"'>]|\"[^\"]*\"|'[^']*')*>)",
    re.S,
)


def text_of(path):
    data = open(path, "rb").read()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16")
    elif data[:2] == b"<\0":
        text = data.decode("utf-16-le")
    elif data[:2] == b"\0<":
        text = data.decode("utf-16-be")
    else:
        named = re.match(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)", data)
        text = data.decode(named[1].decode() if named else "utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def lines_of(text):
    """The line of each element, in order."""
    line, at = 1, 0
    for found in MARKUP.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        if found[1]:
            yield line


def plain(text):
    """Names as they are written: without a colon, which etree would expand."""

    def rename(found):
        if found[0][1] in "!?":
            return found[0]
        parts = re.split(r"(\"[^\"]*\"|'[^']*')", found[0])
        parts[::2] = [part.replace(":", "__") for part in parts[::2]]
        return "".join(parts)

    return MARKUP.sub(rename, text)


def put(into, name, value):
    if name not in into:
        into[name] = value
    elif isinstance(into[name], list):
        into[name].append(value)
    else:
        into[name] = [into[name], value]


def value_of(element):
    own = (element.text or "") + "".join(child.tail or "" for child in element)
    if not element.attrib and not len(element):
        return own
    value = {"@" + name: text for name, text in element.attrib.items()}
    for child in element:
        put(value, child.tag, value_of(child))
    if own.strip(" \t\r\n"):
        value["#text"] = own
    return value


def fits(path, names):
    return len(path) >= len(names) and all(
        step in ("*", name) for step, name in zip(path, names)
    )


def items(root, lines, paths):
    def walk(element, names, around):
        around = [{"@" + n: t for n, t in element.attrib.items()}] + around
        for child in element:
            here = names + [child.tag]
            fitting = [path for path in paths if fits(path, here)]
            if any(len(path) == len(here) for path in fitting):
                yield {
                    "line": lines[child],
                    "value": value_of(child),
                    "around": copy.deepcopy(around),
                }
            elif fitting:
                yield from walk(child, here, around)
            else:
                put(around[0], child.tag, value_of(child))

    yield from walk(root, [], [])


def compare(file, found, *paths):
    text = text_of(file)
    root = etree.fromstring(
        re.sub(r"^\ufeff?<\?xml.*?\?>", "", plain(text), flags=re.S)
    )
    lines = list(lines_of(text))
    elements = list(root.iter())
    assert len(lines) == len(elements), (len(lines), len(elements))
    wanted = list(
        items(root, dict(zip(elements, lines)), [p.split("/") for p in paths])
    )
    got = [
        json.loads(re.sub(r'("@?[\w-]+):([\w-]+":)', r"\1__\2", line))
        for line in open(found, encoding="utf-8")
    ]
    for one, other in zip(wanted, got):
        if one != other:
            sys.exit(f"{file}: wanted {str(one)[:999]}\ngot {str(other)[:999]}")
    if len(wanted) != len(got):
        sys.exit(f"{file}: {len(wanted)} items, not {len(got)}")
    print(len(got))


def within(seconds, mib, *command):
    begun = time.monotonic()
    status = subprocess.call(command)
    took = time.monotonic() - begun
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    if took > float(seconds) or peak > float(mib):
        sys.exit(f"{took:.2f} s and {peak:.1f} MiB: {' '.join(command)}")
    sys.exit(status)


def nessus(hosts, count):
    out = sys.stdout
    out.write("<NessusClientData_v2><Report name='r'>\n")
    for h in range(int(hosts)):
        out.write(
            f'<ReportHost name="10.{h >> 16}.{h >> 8 & 255}.{h & 255}">'
            '<HostProperties><tag name="host-ip">10.0.0.1</tag>'
            '<tag name="os">Linux</tag></HostProperties>\n'
        )
        for i in range(int(count)):
            out.write(
                f'<ReportItem port="{i}" svc_name="www" protocol="tcp" '
                f'severity="2" pluginID="{10000 + i}" pluginName="Plugin {i}" '
                'pluginFamily="General">\n'
                "<description>" + "The remote service accepts what it should "
                "not; 远程服务存在弱点。\n" * 8 + "</description>\n"
                "<cve>CVE-2020-0001</cve>\n<cve>CVE-2020-0002</cve>\n"
                "<cvss3_base_score>6.5</cvss3_base_score>\n"
                "<risk_factor>Medium</risk_factor>\n<solution>n/a</solution>\n"
                "<plugin_output>" + "line &lt;of&gt; output\n" * 6 +
                "</plugin_output>\n</ReportItem>\n"
            )
        out.write("</ReportHost>\n")
    out.write("</Report></NessusClientData_v2>\n")


if __name__ == "__main__":
    {"items": compare, "within": within, "nessus": nessus}[sys.argv[1]](
        *sys.argv[2:]
    )
