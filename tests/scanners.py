"""What a scanner's file must give, written apart from the programs.

    scanners.py expect FORMAT FILE
    scanners.py compare EXPECTED FOUND
    scanners.py corpus DIR

expect prints the findings that are weaknesses as JSON Lines, sorted, and on a
last line how many rows there are and what becomes of them: rows below the
heading are empty, or left out because they are no weakness, or the same as an
earlier one (or put together with it), or refused, or findings.

compare reads that and what intake wrote of the file, its vulnerability and
refused records: every finding must be there with these fields, nothing else,
and as many must be refused.

corpus lists the scans among the public files under DIR as FORMAT, a tab and
FILE, and behind # those that are none, with the reason.

Nothing here looks at the map files: what a column means is said once more.
"""

import csv
import json
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

csv.field_size_limit(1 << 30)

SPACE = " \t\r\n\v\f\u00a0\u3000"
CVE = re.compile(r"CVE-[0-9]{4}-[0-9]{4,}", re.I)
FIELDS = ("host", "port", "check", "name", "severity_word", "cvss",
          "cvss_version", "cve")
COUNTS = ("rows", "empty", "left", "same", "refused", "findings")
RISK = {"critical": "critical", "high": "high", "medium": "medium",
        "moderate": "medium", "low": "low", "none": "none", "info": "none",
        "informational": "none", "4": "critical", "3": "high", "2": "medium",
        "1": "low", "0": "none"}
PLAIN = {w: w for w in ("critical", "high", "medium", "low")}
NO_RISK = ("none", "info", "informational", "0")


class Finding:
    """One finding on its way: its fields, what else tells it apart."""

    def __init__(self, **fields):
        self.left = fields.pop("left", False)
        self.other = fields.pop("other", ())
        self.vector = fields.pop("vector", None)
        self.fields = {k: v for k, v in fields.items() if v}
        self.cvss(fields.get("cvss"))

    def cvss(self, cvss):
        """(score, version) as text -> the two fields."""
        for key in ("cvss", "cvss_version"):
            self.fields.pop(key, None)
        score, version = cvss or (None, None)
        if score is not None:
            self.fields["cvss"] = number(score)
        if version is not None:
            self.fields["cvss_version"] = version

    def key(self, without=()):
        return json.dumps([{k: v for k, v in self.fields.items()
                            if k not in without}, self.vector,
                           list(self.other)], sort_keys=True)

    def wrong(self):
        f = self.fields
        score = f.get("cvss")
        if not f.get("name") or not f.get("host"):
            return "no name or host"
        if score is not None and (isinstance(score, str) or
                                  not 0 <= score <= 10):
            return "cvss"
        if "cvss_version" in f and f["cvss_version"] not in (
                "2.0", "3.0", "3.1", "4.0"):
            return "cvss_version"
        if score is None and not self.vector and "severity_word" not in f:
            return "nothing says how bad it is"
        if f.get("severity_word", "low") not in (
                "critical", "high", "medium", "low", "none"):
            return "severity_word"
        if len(f["name"]) > 2000 or len(f.get("check", "")) > 300:
            return "too long"
        return None


def number(text):
    """A number as JSON writes it; other text stays."""
    if re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?", text):
        return float(text)
    return text


def score_of(text):
    """The score and the vector of "8.1 (AV:N/...)"."""
    m = re.fullmatch(r"([^( ]*)[( ]+(.*:.*?)[) ]*", text)
    return (m.group(1), m.group(2).split(")")[0]) if m else (text, None)


def cvss_of(*of):
    """The first (version, score, vector) with a score or a vector."""
    for version, score, vector in of:
        if not score and not vector:
            continue
        if score:
            score, behind = score_of(score)
            m = re.match(r"CVSS:(3\.0|3\.1|4\.0)", vector or "", re.I)
            return ((score, m.group(1) if m else version), vector or behind)
        m = re.match(r"CVSS:(3\.0|3\.1|4\.0)", vector, re.I)
        return ((None, m.group(1) if m else version), vector)
    return (None, None)


def once(texts):
    return list(dict.fromkeys(t for t in texts if t))


def split(texts):
    """Several addresses in a cell."""
    return once(p for t in texts for p in re.split(r"[,; \t\r\n]+", t or ""))


def bare_host(text):
    """The host of a URL, or what is no URL."""
    m = re.search(r"//([^/:]+)", text or "")
    return m.group(1) if m else text if text and "/" not in text else None


def port_of(port, protocol):
    if not port or port == "0":
        return None
    if protocol and protocol.upper() in ("TCP", "UDP", "ICMP"):
        protocol = protocol.lower()
    return port + "/" + protocol if protocol else port


def cves_of(*texts):
    """Those in the first of the texts (or lists of texts) that has any."""
    for text in texts:
        found = CVE.findall(text if isinstance(text, str)
                            else " ".join(text or ()))
        if found:
            return once(found)
    return []


def word_of(words, *texts):
    for text in texts:
        if text:
            return words.get(text.lower(), text) or None
    return None


# CSV

def plain(heading):
    return re.sub(r"[\s_\u3000-]", "", heading).lower()


class Row:
    def __init__(self, headings, cells, none):
        self.cells = {}
        for heading, cell in zip(headings, cells):
            cell = cell.strip(SPACE)
            if cell and cell.lower() not in none:
                self.cells.setdefault(plain(heading), cell)

    def __call__(self, *names):
        for name in names:
            if plain(name) in self.cells:
                return self.cells[plain(name)]
        return None


def read_rows(path, wanted, none):
    """Rows under the first row with these headings; None: separators only.

    A blank line is no row.
    """
    with open(path, "rb") as f:
        data = f.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    for delimiter in ",;\t":
        rows = list(csv.reader(text.splitlines(True), delimiter=delimiter))
        for n, row in enumerate(rows[:40]):
            if {plain(w) for w in wanted} <= {plain(c) for c in row}:
                return [None if not any(c.strip(SPACE) for c in cells)
                        else Row(row, cells, none)
                        if len(cells) == len(row) else "cells"
                        for cells in rows[n + 1:] if cells]
    sys.exit(f"{path}: no such heading")


NOTHING = ("null", "n/a", "'-", "-", "'")


def nessus(r):
    cvss, vector = cvss_of(
        ("4.0", r("CVSS v4.0 Base Score"), r("CVSS v4.0 Vector")),
        ("3.0", r("CVSS v3.0 Base Score"), r("CVSS v3.0 Vector")),
        ("2.0", r("CVSS v2.0 Base Score", "CVSS"), r("CVSS v2.0 Vector")))
    return Finding(
        left=(r("Risk") or "").lower() in NO_RISK,
        name=r("Name", "Synopsis"), host=split([r("Host")]),
        port=port_of(r("Port"), r("Protocol")), check=r("Plugin ID"),
        severity_word=word_of(RISK, r("Risk")), cvss=cvss, vector=vector,
        cve=cves_of(r("CVE"), r("Name")),
        other=[r("Description", "Synopsis"), r("Plugin Output"),
               r("Solution")])


def tenable_was(r):
    cvss, vector = cvss_of(("4.0", r("CVSSv4"), None),
                           ("3.0", r("CVSSv3"), None),
                           ("2.0", r("CVSS"), None))
    found = nessus(r)
    found.cvss(cvss)
    found.vector = vector
    found.fields["host"] = once([bare_host(r("Host"))])
    return found


def tenable_sc(r):
    cvss, vector = cvss_of(
        ("4.0", r("CVSS V4 Base Score"), r("CVSS V4 Vector")),
        ("3.0", r("CVSS V3 Base Score"), r("CVSS V3 Vector")),
        ("2.0", r("CVSS V2 Base Score"), r("CVSS V2 Vector")))
    return Finding(
        left=(r("Severity") or "").lower() in NO_RISK,
        name=r("Plugin Name", "Synopsis"),
        host=split([r("IP Address"), r("DNS Name"), r("NetBIOS Name")]),
        port=port_of(r("Port"), r("Protocol")), check=r("Plugin"),
        severity_word=word_of(RISK, r("Severity"), r("Risk Factor")),
        cvss=cvss, vector=vector, cve=cves_of(r("CVE"), r("Plugin Name")),
        other=[r("Description", "Synopsis"),
               r("Plugin Output", "Plugin Text"),
               r("Solution", "Steps to Remediate"), r("Family")])


def tenable_vm(r):
    d = "definition."
    cvss, vector = cvss_of(
        ("4.0", r(d + "cvss4.base_score"), r(d + "cvss4.base_vector")),
        ("3.0", r(d + "cvss3.base_score", "CVSS3 Base Score"),
         r(d + "cvss3.base_vector", "CVSS3 Vector")),
        ("2.0", r(d + "cvss2.base_score", "CVSS Base Score", "CVSS"),
         r(d + "cvss2.base_vector", "CVSS Vector")))
    state = r("state", "Vulnerability State") or ""
    return Finding(
        left=((r("Risk", "severity") or "").lower() in NO_RISK
              or state.lower() == "fixed"),
        name=r(d + "name", "Name", "Synopsis"),
        host=split([r("asset.display_ipv4_address"),
                    r("asset.display_ipv6_address"),
                    r("asset.display_fqdn"), r("asset.host_name"),
                    r("asset.name"), r("asset.netbios_name"),
                    r("IP Address"), r("FQDN"), r("Host"), r("NetBios")]),
        port=port_of(r("port"), r("protocol")),
        check=r(d + "id", "Plugin ID"),
        severity_word=word_of(RISK, r("Risk"), r("severity"),
                              r(d + "severity"), r("Risk Factor")),
        cvss=cvss, vector=vector,
        cve=cves_of(r(d + "cve"), r("CVE"), r(d + "name"), r("Name")),
        other=[r(d + "description", "Description", d + "synopsis",
                 "Synopsis"), r("output", "Plugin Output"),
               r(d + "solution", "Solution"),
               r(d + "family", "Plugin Family")])


OPENVAS_LEFT = ("log", "debug", "false positive", "error", "error message",
                "none", "info")


def openvas(r):
    return Finding(
        left=(r("Severity") or "").lower() in OPENVAS_LEFT,
        name=r("NVT Name", "Summary"),
        host=split([r("IP"), r("Hostname")]),
        port=port_of(r("Port"), r("Port Protocol")), check=r("NVT OID"),
        severity_word=word_of(RISK, r("Severity")),
        cvss=(r("CVSS"), None),
        cve=cves_of(r("CVEs"), r("NVT Name"), r("NVT OID")),
        other=[r("Summary", "Vulnerability Insight"), r("Specific Result"),
               r("Solution")])


QUALYS = {"critical": "critical", "high": "high", "medium": "medium",
          "low": "low", "none": "none", "urgent": "critical",
          "serious": "medium", "minimal": "none", "5": "critical",
          "4": "high", "3": "medium", "2": "low", "1": "none"}


def qualys(r):
    cvss, vector = cvss_of(("4.0", r("CVSS4 Base"), None),
                           ("3.1", r("CVSS3.1 Base"), None),
                           ("3.0", r("CVSS3 Base"), None),
                           ("2.0", r("CVSS Base"), None))
    return Finding(
        left=((r("Type") or "").lower() in
              ("ig", "info", "information", "information gathered")
              or (r("Vuln Status") or "").lower() == "fixed"
              or (r("False Positive Status") or "").lower() in
              ("approved", "accepted")),
        name=r("Title", "Vuln Title"),
        host=split([r("IP"), r("DNS"), r("Hostname"), r("FQDN"),
                    r("NetBIOS")]),
        port=port_of(r("Port"), r("Protocol")), check=r("QID"),
        severity_word=word_of(QUALYS, r("Severity"), r("Q_Severity")),
        cvss=cvss, vector=vector,
        cve=cves_of(r("CVE ID"), r("CVEID"), r("Title"), r("Vuln Title")),
        other=[r("Threat", "Impact"), r("Results", "Result"), r("Solution"),
               r("Category")])


# JSON

def text(value):
    """A value as text; None where there is none."""
    if value is None or isinstance(value, (dict, list)):
        return None
    value = (value if isinstance(value, str)
             else json.dumps(value)).strip(SPACE)
    return value if value.lower() not in ("", "null", "n/a", "-") else None


def first(of, *names):
    for name in names:
        value = text(of.get(name)) if isinstance(of, dict) else None
        if value:
            return value
    return None


def trivy_item(item, host, where):
    sources = item.get("CVSS") or {}

    def score(version, key, source):
        them = sources.get(source) or {}
        return (version, text(them.get(key + "Score")),
                text(them.get(key + "Vector")))

    def any_of(version, key):
        scores = [text((s or {}).get(key + "Score"))
                  for s in sources.values()]
        vectors = [text((s or {}).get(key + "Vector"))
                   for s in sources.values()]
        return (version, next(filter(None, scores), None),
                next(filter(None, vectors), None))

    cvss, vector = cvss_of(
        score("4.0", "V40", "nvd"), any_of("4.0", "V40"),
        score("3.1", "V3", "nvd"), score("3.1", "V3", "ghsa"),
        score("3.1", "V3", "redhat"), any_of("3.1", "V3"),
        score("2.0", "V2", "nvd"), any_of("2.0", "V2"))
    package = first(item, "PkgName")
    if package and first(item, "InstalledVersion"):
        package += " " + first(item, "InstalledVersion")
    return Finding(
        left=(first(item, "Status") or "").lower() in
        ("pass", "not_affected"),
        name=first(item, "Title", "VulnerabilityID", "ID", "RuleID"),
        host=host, check=first(item, "VulnerabilityID", "ID", "RuleID"),
        severity_word=word_of(dict(PLAIN, unknown=""),
                              first(item, "Severity")),
        cvss=cvss, vector=vector,
        cve=cves_of(first(item, "VulnerabilityID"), first(item, "Title")),
        other=[package, first(item, "Description", "Title"),
               first(item, "Resolution", "FixedVersion"),
               where + [first(item, "PkgPath"), first(item, "PkgID"),
                        first(item, "Message"),
                        first(item.get("CauseMetadata") or {}, "Resource"),
                        first(item, "StartLine"),
                        first(item.get("CauseMetadata") or {},
                              "StartLine")]])


KINDS = ("Vulnerabilities", "Misconfigurations", "Secrets")


def trivy(document):
    def results(holder, host, where):
        for result in holder.get("Results") or []:
            for kind in KINDS:
                for item in result.get(kind) or []:
                    yield trivy_item(item, host,
                                     [first(result, "Target")] + where)

    host = first(document, "ArtifactName")
    yield from results(document, once([host]), [])
    for part in ("Resources", "Findings", "Vulnerabilities",
                 "Misconfigurations"):
        for resource in document.get(part) or []:
            yield from results(
                resource, once([first(resource, "Name"),
                                first(document, "ClusterName")]),
                [first(resource, k) for k in ("Namespace", "Kind", "Name")])


def trivy_legacy(document):
    for target in document or []:
        name = first(target, "Target")
        host = re.match(r"[^(]*[^( ]", name).group() if name else None
        for item in target.get("Vulnerabilities") or []:
            yield trivy_item(item, once([host]), [name])


def grype(document):
    target = (document.get("source") or {}).get("target")
    host = (first(target, "userInput") if isinstance(target, dict)
            else text(target))
    for match in document.get("matches") or []:
        own = match.get("vulnerability") or {}
        related = match.get("relatedVulnerabilities") or []
        artifact = match.get("artifact") or {}

        def score(version):
            for one in [own] + related:
                for c in one.get("cvss") or []:
                    if c.get("version") == version:
                        return (version,
                                text((c.get("metrics") or {})
                                     .get("baseScore")),
                                text(c.get("vector")))
            return (version, None, None)

        cvss, vector = cvss_of(*map(score, ("4.0", "3.1", "3.0", "2.0")))
        name = first(own, "id")
        if name and first(artifact, "name"):
            name += " " + first(artifact, "name")
        yield Finding(
            name=name, host=once([host]), check=first(own, "id"),
            severity_word=word_of(dict(PLAIN, negligible="none", unknown=""),
                                  first(own, "severity")),
            cvss=cvss, vector=vector,
            cve=cves_of([first(v, "id") or "" for v in [own] + related]),
            other=[first(artifact, "name"), first(artifact, "version"),
                   first(own, "description"),
                   [first(v, "description") for v in related],
                   [first(p, "path") for p in
                    artifact.get("locations") or []],
                   (own.get("fix") or {}).get("versions")])


# XML

def inner(element, path):
    found = element.find(path)
    value = ((found.text or "") if found is not None else "").strip(SPACE)
    return value if value and value.lower() not in NOTHING else None


def nessus_xml(root):
    for host in root.findall("Report/ReportHost"):
        tags = {t.get("name"): (t.text or "").strip(SPACE)
                for t in host.findall("HostProperties/tag")}
        addresses = once(bare_host(a) for a in (
            host.get("name"), tags.get("host-ip"), tags.get("host-fqdn"),
            tags.get("netbios-name")))
        for item in host.findall("ReportItem"):
            def of(path, item=item):
                return inner(item, path)

            cvss, vector = cvss_of(
                ("4.0", of("cvss4_base_score"), of("cvss4_vector")),
                ("3.0", of("cvss3_base_score") or of("cvssv3"),
                 of("cvss3_vector")),
                ("2.0", of("cvss_base_score") or of("cvss"),
                 of("cvss_vector")))
            risk = item.get("severity") or of("risk_factor")
            name = (item.get("pluginName") or "").strip(SPACE)
            yield Finding(
                left=(risk or "").lower() in NO_RISK,
                name=name or of("plugin_name"), host=addresses,
                port=port_of(item.get("port"), item.get("protocol")),
                check=item.get("pluginID"),
                severity_word=word_of(RISK, risk), cvss=cvss, vector=vector,
                cve=cves_of([c.text or "" for c in item.findall("cve")],
                            name),
                other=[of("description") or of("synopsis"),
                       of("plugin_output"), of("solution"),
                       item.get("pluginFamily")])


def openvas_xml(root):
    for result in (root.findall("report/results/result") +
                   root.findall("report/report/results/result") +
                   root.findall("results/result")):
        nvt = result.find("nvt")
        nvt = nvt if nvt is not None else ElementTree.Element("nvt")
        scores = {s.get("type"): s
                  for s in reversed(nvt.findall("severities/severity"))}

        def score(kind, scores=scores):
            s = scores.get("cvss_base_" + kind)
            return ((inner(s, "score"), inner(s, "value"))
                    if s is not None else (None, None))

        two = score("v2")
        cvss, vector = cvss_of(("4.0", *score("v4")), ("3.0", *score("v3")),
                               ("2.0", two[0] or inner(nvt, "cvss_base"),
                                two[1]))
        references = [r.get("id") or "" for r in nvt.findall("refs/ref")
                      if r.get("type") in ("cve", "cve_id")]
        name = inner(nvt, "name") or inner(result, "name")
        port = re.match(r"[1-9][0-9]*/[a-z]+", inner(result, "port") or "",
                        re.I)
        yield Finding(
            left=(inner(result, "threat") or "").lower() in OPENVAS_LEFT,
            name=name,
            host=split([inner(result, "host"),
                        inner(result, "host/hostname")]),
            port=port.group() if port else None, check=nvt.get("oid"),
            severity_word=word_of(RISK, inner(result, "threat")),
            cvss=cvss, vector=vector,
            cve=cves_of(references, inner(nvt, "cve"), inner(nvt, "name"),
                        nvt.get("oid")),
            other=[inner(nvt, "tags"), inner(result, "description"),
                   inner(nvt, "solution"), inner(nvt, "family")])


def nmap(root):
    for host in root.findall("host"):
        addresses = once(
            [a.get("addr") for kind in ("ipv4", "ipv6")
             for a in host.findall("address")
             if a.get("addrtype") == kind] +
            [n.get("name") for n in host.findall("hostnames/hostname")])
        places = [(p.get("portid"), p.get("protocol"), s)
                  for p in host.findall("ports/port")
                  for s in p.findall("script")]
        places += [(None, None, s) for s in host.findall("hostscript/script")]
        for port, protocol, script in places:
            for table in script.findall("table"):
                yield nmap_table(table, script, addresses,
                                 port_of(port, protocol))


def nmap_table(table, script, host, port):
    keyed = {e.get("key"): (e.text or "").strip(SPACE)
             for e in table.findall("elem")}
    entries = [{e.get("key"): (e.text or "").strip(SPACE)
                for e in t.findall("elem")} for t in table.findall("table")]
    named = {t.get("key"): t for t in table.findall("table")}

    def under(key, which=None):
        return [(e.text or "").strip(SPACE)
                for e in (named[key].findall("elem") if key in named else [])
                if which is None or e.get("key") == which]

    scores = ([e["cvss"] for e in entries if e.get("cvss")] or
              under("scores", "CVSSv3") or under("scores", "CVSSv2"))
    score = re.match(r"[0-9]+(\.[0-9]+)?", scores[0]) if scores else None
    kinds = [e["cvss_type"] for e in entries if e.get("cvss_type")]
    version = next((m.group(1) for m in (
        re.fullmatch(r"cvss(2\.0|3\.0|3\.1|4\.0)", k) for k in kinds)
        if m), None)
    risk = re.search(r"Risk factor: *(critical|high|medium|low)",
                     script.get("output") or "", re.I)
    key = table.get("key") or ""
    state = keyed.get("state")
    return Finding(
        left=(state or script.get("id") or "").upper() not in (
            "VULNERABLE", "LIKELY VULNERABLE", "VULNERABLE (DOS)",
            "VULNERABLE (EXPLOITABLE)", "VULNERS"),
        name=keyed.get("title") or key, host=host, port=port,
        check=script.get("id"),
        severity_word=risk.group(1).lower() if risk else None,
        cvss=(score.group() if score else None, version),
        cve=cves_of([e.get("id", "") for e in entries], under("ids"), key,
                    keyed.get("title")),
        other=[key if key.startswith("cpe:/") else None,
               under("description"), script.get("output")])


# The formats: the headings that must be there, the texts that are none.

CSV_FORMATS = {
    "nessus": (nessus, ("Plugin ID", "Risk", "Host", "Name"), NOTHING, True),
    "tenable-was": (tenable_was, ("Plugin ID", "CVSSv3", "Risk", "Host"),
                    NOTHING, True),
    "tenable-sc": (tenable_sc, ("Plugin", "Plugin Name", "Severity"),
                   NOTHING, True),
    "tenable-vm": (tenable_vm, (), NOTHING, True),
    "openvas": (openvas, ("IP", "NVT Name", "NVT OID"), NOTHING, False),
    "qualys": (qualys, ("IP", "QID", "Severity"),
               NOTHING + ("no registered hostname",), False),
}
VM_HEADINGS = (("definition.id", "definition.name", "severity"),
               ("Plugin ID", "Risk", "Vulnerability State", "IP Address"))
JSON_FORMATS = {"trivy": trivy, "trivy-legacy": trivy_legacy, "grype": grype}
XML_FORMATS = {"nessus-xml": nessus_xml, "openvas-xml": openvas_xml,
               "nmap": nmap}


def settle(found, merging):
    """(findings, counts) of Findings, None (empty) and texts (refused)."""
    counts = dict.fromkeys(COUNTS, 0)
    kept = {}
    for f in found:
        counts["rows"] += 1
        if f is None:
            counts["empty"] += 1
        elif isinstance(f, str):
            counts["refused"] += 1
        elif f.left:
            counts["left"] += 1
        else:
            key = f.key(("cve",) if merging else ())
            if key in kept:
                counts["same"] += 1
                if merging:
                    cves = once(kept[key].fields.get("cve", []) +
                                f.fields.get("cve", []))
                    if cves:
                        kept[key].fields["cve"] = cves
            else:
                kept[key] = f
    findings = []
    for f in kept.values():
        if f.wrong():
            counts["refused"] += 1
        else:
            findings.append(f.fields)
    counts["findings"] = len(findings)
    assert counts["rows"] == sum(counts[k] for k in COUNTS[1:])
    return findings, counts


def read_scan(form, path):
    if form in CSV_FORMATS:
        make, wanted, none, merging = CSV_FORMATS[form]
        if form == "tenable-vm":
            with open(path, encoding="utf-8-sig") as f:
                dotted = "definition." in f.readline()
            wanted = VM_HEADINGS[0 if dotted else 1]
        return settle([make(r) if isinstance(r, Row) else r
                       for r in read_rows(path, wanted, none)], merging)
    if form in JSON_FORMATS:
        with open(path, encoding="utf-8-sig") as f:
            return settle(list(JSON_FORMATS[form](json.load(f))), False)
    if form in XML_FORMATS:
        root = ElementTree.parse(path).getroot()
        return settle(list(XML_FORMATS[form](root)), False)
    sys.exit(f"{form}: no such format")


def line_of(finding):
    return json.dumps({k: finding[k] for k in FIELDS if k in finding},
                      ensure_ascii=False)


def expect(form, path):
    findings, counts = read_scan(form, path)
    for line in sorted(map(line_of, findings)):
        print(line)
    print(json.dumps(counts))


def found_line(record):
    if "cvss" in record:
        record["cvss"] = float(record["cvss"])
    return line_of(record)


def in_order(line):
    """CVEs in order: which comes first says nothing."""
    r = json.loads(line)
    if "cve" in r:
        r["cve"] = sorted(r["cve"])
    return json.dumps(r, ensure_ascii=False)


def compare(expected, found):
    with open(expected, encoding="utf-8") as f:
        lines = f.read().splitlines()
    counts = json.loads(lines.pop())
    with open(found, encoding="utf-8") as f:
        records = [json.loads(line) for line in f if line.strip()]
    have = sorted(in_order(found_line(r)) for r in records
                  if r["type"] == "vulnerability")
    lines = [in_order(line) for line in lines]
    refused = sum(r["type"] == "refused" for r in records)
    bad = False
    for line in sorted(set(lines) | set(have)):
        n, m = lines.count(line), have.count(line)
        if n != m:
            bad = True
            print(f"{'-' if n > m else '+'} {n} expected, {m} found: {line}")
    if refused != counts["refused"]:
        bad = True
        print(f"refused: {counts['refused']} expected, {refused} found")
    return 1 if bad else 0


# The public files.

def format_of(path):
    """The format of a file, or None and why it is no scan we read."""
    with open(path, "rb") as f:
        head = f.read(4096).decode("utf-8", "replace")
    end = os.path.splitext(path)[1]
    if end == ".csv":
        row = {plain(c) for c in next(csv.reader([head.splitlines()[0]]))}
        row |= {plain(c) for c in head.splitlines()[0].split(";")}
        if "definition.id" in row or "vulnerabilitystate" in row:
            return "tenable-vm", None
        if "nvtoid" in row:
            return "openvas", None
        if "qid" in row:
            return "qualys", None
        if {"plugin", "pluginname"} <= row:
            return "tenable-sc", None
        if {"pluginid", "cvssv3"} <= row:
            return "tenable-was", None
        if {"pluginid", "risk"} <= row:
            return "nessus", None
        return None, "CSV of another kind"
    if end in (".xml", ".nessus"):
        root = ElementTree.parse(path).getroot().tag
        return {"NessusClientData_v2": ("nessus-xml", None),
                "report": ("openvas-xml", None),
                "nmaprun": ("nmap", None)}.get(
                    root, (None, f"XML of root {root}: no map"))
    if end == ".json":
        with open(path, encoding="utf-8-sig") as f:
            document = json.load(f)
        if document is None or isinstance(document, list):
            return "trivy-legacy", None
        if "matches" in document:
            return "grype", None
        if {"SchemaVersion", "ArtifactName"} <= set(document) or \
                "ClusterName" in document:
            return "trivy", None
        return None, "JSON of another kind"
    return None, "no scan"


def corpus(folder):
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(place, name)
            form, why = format_of(path)
            print(f"{form}\t{path}" if form else f"# {path}: {why}")


def main():
    match sys.argv[1:]:
        case ["expect", form, path]:
            expect(form, path)
        case ["compare", expected, found]:
            return compare(expected, found)
        case ["corpus", folder]:
            corpus(folder)
        case _:
            sys.exit(__doc__)
    return 0


if __name__ == "__main__":
    sys.exit(main())
