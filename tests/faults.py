"""Has every call of a program for memory or of the system fail, one by one.

    faults.py SHIM FOLDER [NAME...]    the cases, or those whose names begin so

FOLDER holds what the cases read; FAULT_POINTS='1000 500' has more calls for
memory fail.  A program either says on stderr what failed,
with status 2, or does as if nothing had: the same output, status and messages.
It never crashes, hangs, leaves a file, or says something else.
"""

import collections
import ctypes
import errno
import mmap
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

MOST = 10  # seconds that a run may take
# How many calls fail: the first, some of the others, and the first few by each
# name, be they late.
CALLS, EACH = 400, 6
MEMORY, SOME = (int(n) for n in os.environ.get("FAULT_POINTS", "120 60").split())
AGAIN = (b"read", b"pread", b"write", b"ppoll")  # calls that a signal breaks off, to be made again
HARD = "out of memory|Cannot allocate memory|Memory exhausted"

CASES = {
    "intake": ["intake", "assets.csv", "gb18030.csv", "utf16.csv", "2025.jsonl"],
    "intake of scans": ["intake", "assets.csv", "one-scan.nessus", "image.json", "results.csv"],
    "intake -n": ["intake", "-n", "assets.csv", "results.csv"],
    "asset-value": ["asset-value", "-m", "./ours.json", "2025.jsonl"],
    "threat-rate": ["threat-rate", "2025.jsonl"],
    "vuln-rate": ["vuln-rate", "2025.jsonl"],
    "vuln-rate of odd JSON": ["vuln-rate", "odd.jsonl"],
    "risk-calc": ["risk-calc", "-x", "2025.rated"],
    "risk-calc -r": ["risk-calc", "-r", "reference.jsonl", "rest.jsonl"],
    "treat": ["treat", "2025.risks"],
    "residual": ["residual", "2025.treated"],
    "risk-diff": ["risk-diff", "-s", "2024.done", "2025.done"],
    "risk-lint": ["risk-lint", "2025.done"],
    "risk-lint -m": ["risk-lint", "-m", "./ours.json"],
    "sign-off": ["sign-off", "-d", "plan", "-n", "甲", "-r", "信息安全管理小组", "2025.done"],
    "report": ["report", "assessment", "2025.done"],
    "report -T": ["report", "-T", "templates", "-f", "html", "plan", "2025.done"],
    "report compare": ["report", "compare", "2025.done", "changes.jsonl"],
    "md-pdf -f html": ["md-pdf", "-f", "html", "all.md"],
    "md-pdf -f ms": ["md-pdf", "-f", "ms", "small.md"],
    "md-pdf": ["md-pdf", "small.md"],
    # More than is held in memory.  Their calls are many, and alike.
    "report of much": ["report", "plan", "much.done"],
    "risk-lint of much": ["risk-lint", "much.done"],
    "sign-off of much": ["sign-off", "-d", "assessment", "-n", "甲", "-r", "security-team", "much.done"],
}

class Log(ctypes.Structure):
    _fields_ = [("memory", ctypes.c_ulong), ("calls", ctypes.c_ulong), ("failed", ctypes.c_ulong), ("name", ctypes.c_char * 40), ("names", ctypes.c_char * 131072)]


class Run:
    """A run of a case with what the shim is told; its log, its output."""

    def __init__(self, shim, folder, command, **told):
        self.told = told
        self.tmp = tempfile.mkdtemp()
        log = self.tmp + ".log"
        with open(log, "wb") as f:
            f.truncate(ctypes.sizeof(Log))
        environment = dict(os.environ, LD_PRELOAD=shim, FAULT_LOG=log, TMPDIR=self.tmp)
        environment.update({f"FAULT_{k.upper()}": str(v) for k, v in told.items()})
        with open(self.tmp + ".out", "w+b") as out, open(self.tmp + ".err", "w+b") as err:
            try:
                done = subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err, close_fds=False)
                self.status = done.wait(MOST)
            except subprocess.TimeoutExpired:
                done.kill()
                done.wait()
                self.status = "none, it hangs"
            self.out, self.err = (f.seek(0) or f.read() for f in (out, err))
        self.err = self.err.replace(self.tmp.encode(), b"TMP").decode(errors="replace")
        self.left = os.listdir(self.tmp)
        with open(log, "r+b") as f:
            self.log = Log.from_buffer_copy(f.read())
        shutil.rmtree(self.tmp)
        for end in (".log", ".out", ".err"):
            os.unlink(self.tmp + end)

    def gives(self):
        return self.status, self.out, self.err

    def says(self):
        return f"{self.log.name.decode()} {self.told}: status {self.status}, {len(self.out)} bytes: {self.err[:300]!r}"


def is_fine(name, run, wanted):
    """Whether a run is as if nothing had failed, or says what did."""
    if run.left:
        return False
    if run.gives() == wanted.gives():
        return True
    if run.told.get("errno") == errno.EINTR and run.log.name in AGAIN:
        return False
    # FreeType tries a font that is there, but has no size, by other names.
    if run.status == 0 and run.log.name == b"fstat" and name.startswith("md-pdf"):
        return run.err == ""
    program = CASES[name][0]
    lines = run.err[len(wanted.err) if run.err.startswith(wanted.err) else 0:].splitlines()
    if "-n" in CASES[name]:
        lines += run.out.decode().splitlines()  # where it says what became of each file
    why = HARD if "memory" in run.told else re.escape(os.strerror(run.told["errno"])) + "|groff"
    return (
        run.status == 2
        and any(line.startswith(program + ": ") and re.search(why, line) or "-n" in CASES[name] and re.search(why, line) for line in lines)
        and not (program == "md-pdf" and run.out not in (b"", wanted.out))
    )


def points(count, first, some, more=()):
    """All of the first; those more; a sample of the others, the same each time."""
    rest = range(first + 1, count + 1)
    return sorted({*range(1, min(first, count) + 1), *more, *random.Random(1).sample(rest, min(some, len(rest)))})


def first_of_each(names):
    """The numbers, from 1, of the first calls by each name."""
    seen = collections.Counter()
    for n, name in enumerate(names, 1):
        seen[name] += 1
        if seen[name] <= EACH:
            yield n


def check(shim, folder, name, pool):
    command = CASES[name]
    wanted = Run(shim, folder, command)
    few = name.endswith(" of much")
    tells = [{"memory": n, "on": on} for n in points(wanted.log.memory, 0 if few else MEMORY, SOME) for on in (0, 1)]
    for n in points(wanted.log.calls, 0 if few else CALLS, SOME // (1 + few), first_of_each(wanted.log.names.decode().split())):
        tells += [{"call": n, "errno": e, "on": on} for e, on in ((errno.EINTR, 0), (errno.EIO, 0), (errno.EIO, 1), (errno.ENOSPC, 0))]
    bad = []
    runs = [pool.submit(Run, shim, folder, command, **told) for told in tells]
    for run in (r.result() for r in runs):
        # How often groff is waited for is not the same each time.
        if run.log.failed == 0 and (name != "md-pdf" or run.gives() != wanted.gives()):
            bad.append("nothing failed: " + run.says())
        elif not is_fine(name, run, wanted):
            bad.append(run.says())
    # All reads and writes cut short: nothing is lost.
    short = Run(shim, folder, command, call=1, errno=0, on=1)
    if short.gives() != wanted.gives():
        bad.append("cut short: " + short.says())
    print(f"{name}: status {wanted.status}; {wanted.log.memory} for memory, {wanted.log.calls} calls; {len(tells)} runs, {len(bad)} wrong")
    for line in bad[:int(os.environ.get("SHOW", 8))]:
        print("    " + line)
    return len(tells), len(bad)


def main():
    shim, folder, *names = sys.argv[1:]
    chosen = [n for n in CASES if not names or n.startswith(tuple(names))]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = [check(shim, folder, name, pool) for name in chosen]
    print(f"{sum(n for n, _ in found)} faults, {sum(b for _, b in found)} wrong")
    return any(b for _, b in found) or not found


if __name__ == "__main__":
    sys.exit(main())
