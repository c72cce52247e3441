"""Runs commands and pipelines, measured, and writes tables of what they took."""

import hashlib
import os
import statistics
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

SLOW = 10  # seconds: a peer or a report that takes longer is run once

# s of wall clock; s of processors; MB held at most, by all stages together
Cost = namedtuple("Cost", "wall cpu memory")


def say(text):
    print(text, file=sys.stderr, flush=True)


def median(costs):
    return Cost(*(statistics.median(column) for column in zip(*costs)))


def short(number):
    """Three digits that count, and no fewer than stand before the point."""
    if number >= 100:
        return f"{number:.0f}"
    return f"{number:.{1 if number >= 10 else 2 if number >= 0.1 else 3}f}"


class Failed(Exception):
    """A command ended with another status than it may."""


class Harness:
    def __init__(self, options):
        self.bin = Path(options.bin).resolve()
        self.folder = Path(options.folder).resolve()
        self.tools = Path(options.tools).resolve()
        self.n, self.rounds, self.starts = options.n, options.r, options.s
        self.result = self.folder / "measured"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.table_file = open(self.folder / "table.md", "w", encoding="utf-8")

    # Tables

    def write(self, text=""):
        print(text, flush=True)
        print(text, file=self.table_file, flush=True)

    def table(self, title, heads, rows, note=""):
        """Columns are right-aligned but for the first."""
        self.write(f"\n### {title}\n")
        self.write("| " + " | ".join(heads) + " |")
        self.write("|---" + "|--:" * (len(heads) - 1) + "|")
        for row in rows:
            self.write("| " + " | ".join(
                short(x) if isinstance(x, float) else str(x) for x in row) + " |")
        if note:
            self.write(f"\n{note}")

    # Commands

    def program(self, name, *arguments):
        return [str(self.bin / name), *map(str, arguments)]

    def run(self, stages, source=os.devnull, keep=None, highest=0, env=None):
        """Runs a pipeline; what it writes is thrown away, or kept in a file."""
        results = [Path(f"{self.result}.{k}") for k in range(len(stages))]
        processes = []
        before = open(source, "rb")
        for k, stage in enumerate(stages):
            results[k].unlink(missing_ok=True)
            last = k == len(stages) - 1
            processes.append(subprocess.Popen(
                [self.tools / "measure", "-o", results[k], *stage],
                stdin=before, env=env,
                stdout=keep if last and keep else subprocess.PIPE))
            before.close()
            before = processes[-1].stdout
        if before:
            sink = os.open(os.devnull, os.O_WRONLY)
            while os.splice(before.fileno(), sink, 1 << 20):
                pass
            os.close(sink)
            before.close()
        statuses = [process.wait() for process in processes]
        if max(statuses) > highest:
            raise Failed(f"{stages}: statuses {statuses}")
        costs = [list(map(int, line.split())) for result in results
                 for line in result.read_text().splitlines()]
        begin, end, user, system, memory = zip(*costs)
        return Cost((max(end) - min(begin)) / 1e9,
                    (sum(user) + sum(system)) / 1e6, sum(memory) / 1000)

    def interleaved(self, jobs, once=(), may_fail=()):
        """The costs of each job in every round, by its name.

        Jobs named in once are left out after the first round where they are
        slow.  A job that may fail and does has no costs.
        """
        costs = {name: [] for name in jobs}
        for number in range(self.rounds):
            for name, job in jobs.items():
                if number and (not costs[name] or (
                        name in once and costs[name][0].wall > SLOW)):
                    continue
                try:
                    costs[name].append(job())
                    say(f"  {name}: {costs[name][-1].wall:.3f} s")
                except Failed as failure:
                    if name not in may_fail:
                        raise
                    say(f"  {failure}")
        return costs

    # Data

    def data(self, name, commands):
        """A file that commands write, if it is not there or is older."""
        path = self.folder / name
        generator = self.tools / "generate"
        if (not path.exists()
                or path.stat().st_mtime < generator.stat().st_mtime):
            say(f"  making {path}")
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(f"{path}.new", "wb") as file:
                for command in commands:
                    subprocess.run(command, stdout=file, check=True)
            os.rename(f"{path}.new", path)
        return path

    def generate(self, form, kind, count, *options):
        return [self.tools / "generate", *options, form, kind, str(count)]

    def digest(self, command, source):
        """How many risks a command writes, and the digest of them, sorted."""
        with open(source, "rb") as file:
            writer = subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE)
        sorter = subprocess.Popen(
            r"""LC_ALL=C sed -n -e 's/": /":/g; s/, "/,"/g' \
                -e 's/,"method":"[^"]*"}$/}/; /^{"type":"risk"/p' |
                LC_ALL=C sort -T .""", shell=True, cwd=self.folder,
            stdin=writer.stdout, stdout=subprocess.PIPE)
        writer.stdout.close()
        sha, count = hashlib.sha256(), 0
        for block in iter(lambda: sorter.stdout.read(1 << 20), b""):
            sha.update(block)
            count += block.count(b"\n")
        statuses = [writer.wait(), sorter.wait()]
        if any(statuses):
            raise Failed(f"{command}, sort: statuses {statuses}")
        return count, sha.hexdigest()
