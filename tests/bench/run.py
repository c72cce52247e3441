"""Measures the programs, beside others that can do the same; see README.md.

    run.py [-b bin] [-d folder] [-n records] [-r rounds] [-s starts] tools

tools is the folder with generate, measure and, where it could be built,
simdjson.  Tables in Markdown go to standard output and to FOLDER/table.md,
what is going on to standard error.  Data in the folder is used again; at a
million records it comes to about 8 GB.
"""

import argparse
import datetime
import filecmp
import os
import re
import shutil
import statistics
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

from harness import SLOW, Cost, Failed, Harness, median, say

ASSETS, THREATS, PDF_RISKS = 20000, 2000, 2000
PEERS = Path(__file__).resolve().parent / "peers"
STAGES = ["intake", "asset-value", "threat-rate", "vuln-rate", "risk-calc",
          "treat", "residual", "report"]

# Half the memory of the machine: report ends within it, or fails.
LIMIT = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2

# A program that computes the risks: its command, its input, how its version is
# asked for.
Peer = namedtuple("Peer", "name command source version", defaults=[None])


def version_of(command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    found = re.search(r"\d+(\.\d+)+", done.stdout)
    return found.group() if found else ""


class Bench(Harness):
    def reference(self, form):
        return [self.generate(form, "asset", ASSETS),
                self.generate(form, "threat", THREATS)]

    def stream(self, n, form="jsonl", *options):
        name = f"{n}/stream{''.join(options)}.{form}"
        return self.data(name, [
            *self.reference(form),
            self.generate(form, "vulnerability", n, *options)])

    def assess(self, rated, name):
        """The file of that name with the risks of a stream, treated and judged."""
        path = self.folder / name
        with open(path, "wb") as file:
            self.run([self.program(x) for x in STAGES[4:-1]], rated, file)
        return path

    def peers(self):
        """Those installed; the others are named."""
        jsonl, tsv = self.stream(self.n), self.stream(self.n, "tsv")
        modules = self.folder / "node_modules"
        duckdb = modules / "@duckdb/node-api/package.json"
        simdjson = self.tools / "simdjson"
        known = [
            Peer("simdjson", [simdjson], jsonl, ["pkg-config", "--modversion", "simdjson"]),
            Peer("DuckDB", ["node", PEERS / "duckdb.mjs", jsonl, modules], jsonl,
                 ["grep", '"version"', duckdb]),
            Peer("mawk", ["mawk", "-f", PEERS / "risks.awk"], tsv,
                 ["mawk", "-W", "version"]),
            Peer("gawk", ["gawk", "-f", PEERS / "risks.awk"], tsv,
                 ["gawk", "--version"]),
            Peer("node", ["node", PEERS / "risks.js"], jsonl, ["node", "--version"]),
            Peer("sqlite3", ["sqlite3", "-batch", ":memory:", f".read {PEERS}/risks.sql"],
                 jsonl, ["sqlite3", "--version"]),
            Peer("python3", [sys.executable, PEERS / "risks.py"], jsonl,
                 [sys.executable, "--version"]),
            Peer("Miller", ["mlr", "--ijsonl", "--ojsonl", "put", "-q", "-f",
                            PEERS / "risks.mlr"], jsonl, ["mlr", "--version"]),
            Peer("jq", ["jq", "-cn", "-f", PEERS / "risks.jq"], jsonl, ["jq", "--version"]),
        ]
        there = [p for p in known if shutil.which(p.command[0])
                 and (p.name != "DuckDB" or duckdb.exists())]
        absent = [p.name for p in known if p not in there]
        if absent:
            say(f"not installed, and left out: {', '.join(absent)}")
        return there, absent

    def compare(self):
        stream = self.stream(self.n)
        ours = Peer("risk-calc", self.program("risk-calc"), stream)
        cat = Peer("cat", ["cat"], stream)
        peers, absent = self.peers()
        wanted = self.digest(ours.command, stream)
        if wanted[0] != self.n:
            sys.exit(f"risk-calc: {wanted[0]} risks, not {self.n}")
        for peer in peers:
            say(f"  {peer.name}: the same risks?")
            if self.digest(peer.command, peer.source) != wanted:
                sys.exit(f"{peer.name}: other risks than risk-calc")
        everyone = [cat, ours, *peers]
        costs = self.interleaved({p.name: lambda p=p: self.run([p.command], p.source)
                                  for p in everyone}, [p.name for p in peers])
        base = median(costs["risk-calc"]).wall
        rows = [[f"{p.name} {version_of(p.version) if p.version else ''}".strip(),
                 p.source.suffix[1:], *median(c), median(c).wall / base, len(c)]
                for p, c in zip(everyone, costs.values())]
        self.table(
            f"{self.n:,} vulnerabilities: the risks of each", [
                "", "reads", "wall s", "CPU s", "peak MB", "× risk-calc", "runs"],
            sorted(rows, key=lambda row: row[2]),
            f"{os.path.getsize(stream) / 1e6:.0f} MB of JSON Lines. All gave the same "
            f"{wanted[0]:,} risks, sorted SHA-256 {wanted[1][:16]}…; risk-calc writes "
            f"its input as well, the others the risks alone. A peer that "
            f"takes over {SLOW} s is run once." + (f" Not installed: {', '.join(absent)}." if absent else ""))

    def grow(self):
        sizes = [self.n // 100, self.n // 10, self.n, 5 * self.n]
        costs = self.interleaved({
            n: lambda n=n: self.run([self.program("risk-calc")], self.stream(n))
            for n in sizes})
        medians = [median(costs[n]) for n in sizes]
        a, b = fit(sizes, [m.wall for m in medians])
        off = max(abs(a + b * n - m.wall) / m.wall for n, m in zip(sizes, medians))
        self.table(
            "Growth of risk-calc", ["vulnerabilities", "wall s", "CPU s", "peak MB", "runs"],
            [[f"{n:,}", *m, len(costs[n])] for n, m in zip(sizes, medians)],
            f"{a * 1000:.1f} ms + {b * 1e9:.0f} ns a vulnerability, from which no size is "
            f"off by more than {100 * off:.1f} %. Assets and threats, {ASSETS:,} and "
            f"{THREATS:,}, are the same in each.")

    def stages(self):
        """Each stage alone on what the one before it writes, then all."""
        registers = [self.data(f"{self.n}/{kind}.csv", [self.generate("csv", kind, count)])
                     for kind, count in (("asset", ASSETS), ("threat", THREATS),
                                         ("vulnerability", self.n))]
        commands = [self.program("intake", *registers)]
        commands += [self.program(name) for name in STAGES[1:-1]]
        commands.append(["prlimit", f"--as={LIMIT}", *self.program("report", "assessment")])
        folder = self.folder / "stages"
        folder.mkdir(exist_ok=True)
        sources = [Path(os.devnull)]
        for name, command in zip(STAGES[:-1], commands):
            sources.append(folder / f"{name}.jsonl")
            with open(sources[-1], "wb") as file:
                self.run([command], sources[-2], file)
        if not filecmp.cmp(folder / "vuln-rate.jsonl", self.stream(self.n), False):
            sys.exit("the CSV does not come to the JSON Lines")
        jobs = {name: lambda c=command, s=source: self.run([c], s)
                for name, command, source in zip(STAGES, commands, sources)}
        without, whole = "a pipeline of all but report", "a pipeline of all eight"
        jobs[without] = lambda: self.run(commands[:-1])
        jobs[whole] = lambda: self.run(commands)
        costs = self.interleaved(jobs, ["report", whole], ["report", whole])
        base = median(costs["risk-calc"]).wall
        csv = sum(map(os.path.getsize, registers))
        sizes = [csv, *map(os.path.getsize, sources[1:]), csv, csv]
        shutil.rmtree(folder)
        self.table(
            f"Each program on {self.n:,} vulnerabilities, from CSV to the report", [
                "", "reads MB", "wall s", "CPU s", "peak MB", "× risk-calc", "runs"],
            [[name, size / 1e6, *median(c), median(c).wall / base, len(c)] if c else
             [name, size / 1e6, "failed", "–", "–", "–", 1]
             for size, (name, c) in zip(sizes, costs.items())],
            "Each alone on a file that the one before it wrote; the report is the "
            f"assessment in Markdown, and fails where it needs more than {LIMIT / 1e9:.0f} "
            "GB. Memory of a pipeline is that of all together.")

    def start(self):
        """The first asset alone; or it, a threat and a vulnerability, assessed."""
        asset = self.data("one.jsonl", [self.generate("jsonl", "asset", 1)])
        sheet = self.data("one.csv", [self.generate("csv", "asset", 1)])
        rated = self.data("three.jsonl", [
            self.generate("jsonl", kind, 1, "-a", "1", "-t", "1")
            for kind in ("asset", "threat", "vulnerability")])
        assessed = self.assess(rated, "assessed.jsonl")
        commands = {"true": ["true"], "intake": self.program("intake", sheet)}
        commands.update((name, self.program(name)) for name in STAGES[1:-1])
        commands.update({
            "report": self.program("report", "assessment", assessed),
            "risk-lint": self.program("risk-lint", assessed),
            "sign-off": self.program("sign-off", "-d", "assessment", "-n", "甲", "-r",
                                     "security-team", "-D", "2026-01-01", assessed),
            "mlr": ["mlr", "--ijsonl", "--ojsonl", "cat"],
            "python3 -c pass": [sys.executable, "-c", "pass"],
            "jq .": ["jq", "-c", "."], "node -e 0": ["node", "-e", "0"]})
        walls = {name: [] for name in commands if shutil.which(commands[name][0])}
        for _ in range(self.rounds):
            for name in walls:
                self.result.unlink(missing_ok=True)
                done = subprocess.run(
                    [self.tools / "measure", "-n", str(self.starts), "-i", asset,
                     "-o", self.result, *commands[name]], stdout=subprocess.DEVNULL)
                if done.returncode > (name == "risk-lint"):
                    raise Failed(f"{commands[name]}: status {done.returncode}")
                for line in self.result.read_text().splitlines():
                    begin, end = map(int, line.split()[:2])
                    walls[name].append((end - begin) / 1e6)
        base = statistics.median(walls["true"])
        self.table(
            "Start-up: one record", ["", "wall ms", "ms more than true"],
            [[name, statistics.median(w), statistics.median(w) - base]
             for name, w in walls.items()],
            f"Medians of {self.rounds * self.starts} runs, from the creation of the process "
            "to its end. report, risk-lint and sign-off read one risk and what belongs to "
            "it.")

    def pdf(self):
        if not shutil.which("groff"):
            self.write("\nNo groff: no PDF is measured.")
            return
        risks = min(PDF_RISKS, self.n)
        few = ["-a", str(risks // 10), "-t", str(risks // 40)]
        rated = self.data(f"{risks}/rated.jsonl", [
            self.generate("jsonl", "asset", risks // 10),
            self.generate("jsonl", "threat", risks // 40),
            self.generate("jsonl", "vulnerability", risks, *few)])
        stream = self.assess(rated, "pdf.jsonl")
        text, sheet = self.folder / "pdf.md", self.folder / "pdf.pdf"
        with open(text, "wb") as file:
            self.run([self.program("report", "assessment")], stream, file)
        # A groff before the real one, which measures it where it is run.
        log, shim = self.folder / "groff.log", self.folder / "shim"
        shim.mkdir(exist_ok=True)
        (shim / "groff").write_text(
            f"#!/bin/sh\nexec '{self.tools}/measure' -o '{log}' "
            f"'{shutil.which('groff')}' \"$@\"\n", "utf-8")
        (shim / "groff").chmod(0o755)
        env = {**os.environ, "PATH": f"{shim}:{os.environ['PATH']}"}
        passes = [[], []]

        def whole():
            log.unlink(missing_ok=True)
            with open(sheet, "wb") as file:
                cost = self.run([self.program("report", "-f", "pdf", "assessment")],
                                stream, file, env=env)
            for k, line in enumerate(log.read_text().splitlines()):
                begin, end, user, system, memory = map(int, line.split())
                passes[k].append(Cost((end - begin) / 1e9, (user + system) / 1e6,
                                      memory / 1000))
            return cost

        costs = self.interleaved({
            "report -f md": lambda: self.run(
                [self.program("report", "assessment")], stream),
            "report -f ms": lambda: self.run(
                [self.program("report", "-f", "ms", "assessment")], stream),
            "report -f pdf": whole,
            "md-pdf": lambda: self.run([self.program("md-pdf")], text)})
        pages = len(re.findall(rb"/Type\s*/Page\b", sheet.read_bytes()))
        costs["in report -f pdf: groff, first pass"] = passes[0]
        costs["in report -f pdf: groff, second pass"] = passes[1]
        base = median(passes[1]).wall
        self.table(
            f"PDF: an assessment of {risks:,} risks, {pages} pages", [
                "", "wall s", "CPU s", "peak MB", "ms a page", "× groff", "runs"],
            [[name, *median(c), 1000 * median(c).wall / pages, median(c).wall / base, len(c)]
             for name, c in costs.items()],
            "groff is measured where report runs it, with its fonts, by a groff that "
            "stands before it in PATH. The first pass finds the pages for the contents, "
            "the second writes the PDF: groff alone is the second. CPU of report -f pdf "
            "and md-pdf has both in it; memory is that of the largest process.")

    def differ(self):
        if not (self.bin / "risk-diff").exists():
            self.write("\nNo risk-diff here: not measured.")
            return
        risks = []
        for options in ((), ("-c",)):
            risks.append(self.folder / f"risks{''.join(options)}.jsonl")
            with open(risks[-1], "wb") as file:
                self.run([self.program("risk-calc")],
                         self.stream(self.n, "jsonl", *options), file)
        costs = self.interleaved({"risk-diff": lambda: self.run(
            [self.program("risk-diff", *risks)], highest=1)})
        self.table(
            f"risk-diff of {self.n:,} risks against {self.n:,}, 1 % of them changed",
            ["", "wall s", "CPU s", "peak MB", "runs"],
            [[name, *median(c), len(c)] for name, c in costs.items()])
        for path in risks:
            path.unlink()

    def scale(self):
        """Two processes over slices of the vulnerabilities."""
        reference = self.data("reference.jsonl", self.reference("jsonl"))
        command = self.program("risk-calc", "-r", reference)
        if subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL).returncode:
            self.write("\nrisk-calc has no -r here: the scale out is not measured.")
            return
        if not shutil.which("parallel"):
            self.write("\nNo GNU parallel: the scale out is not measured.")
            return
        slices = self.data(f"{self.n}/vulnerabilities.jsonl", [
            self.generate("jsonl", "vulnerability", self.n)])
        both = ["parallel", "--will-cite", "-k", "-j2", "--pipe", "--block", "16M", *command]
        wanted = self.digest(self.program("risk-calc"), self.stream(self.n))
        for way in (command, both):
            if self.digest(way, slices) != wanted:
                sys.exit(f"{' '.join(way)}: other risks")
        costs = self.interleaved({
            "risk-calc -r": lambda: self.run([command], slices),
            "parallel -j2 risk-calc -r": lambda: self.run([both], slices)})
        base = median(costs["risk-calc -r"]).wall
        self.table(
            f"Scale out: {self.n:,} vulnerabilities in slices of 16 MB",
            ["", "wall s", "CPU s", "peak MB", "× one", "runs"],
            [[name, *median(c), median(c).wall / base, len(c)]
             for name, c in costs.items()],
            "Memory is that of the largest process.")

    def all(self):
        model = re.search(r"^model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text(), re.M)
        self.write(f"{datetime.date.today()}, {os.cpu_count()} cores"
                   f"{', ' + model.group(1) if model else ''}, Linux {os.uname().release}; "
                   f"medians of {self.rounds} interleaved rounds, output through a pipe.")
        for part in (self.compare, self.grow, self.stages, self.start, self.pdf,
                     self.differ, self.scale):
            say(f"{part.__name__}:")
            part()
        self.table_file.close()


def fit(sizes, walls):
    """a and b of wall = a + b × size, with the least squares of the relative errors."""
    x, y = [1 / w for w in walls], [n / w for n, w in zip(sizes, walls)]
    xx, xy, yy = (sum(p * q for p, q in zip(u, v)) for u, v in ((x, x), (x, y), (y, y)))
    determinant = xx * yy - xy * xy
    return ((sum(x) * yy - sum(y) * xy) / determinant,
            (sum(y) * xx - sum(x) * xy) / determinant)


def main():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("-b", dest="bin", default="bin")
    parser.add_argument("-d", dest="folder", default="out/bench")
    parser.add_argument("-n", type=int, default=1000000)
    parser.add_argument("-r", type=int, default=3)
    parser.add_argument("-s", type=int, default=50)
    parser.add_argument("tools")
    try:
        Bench(parser.parse_args()).all()
    except Failed as failure:
        sys.exit(f"run.py: {failure}")


main()
