"""The commands that a manual page shows: lines that begin with "$ ", with the
lines that continue them, each ended by a NUL byte."""

import re
import sys

ROFF = {r"\e": "\\", r"\-": "-", r"\(aq": "'", r"\(ga": "`", r"\(ha": "^", r"\(ti": "~", r"\&": "", r"\[aq]": "'"}


def plain(line):
    line = re.sub(r"^\.(Dl|D1|Li|Ql) ", "", line.rstrip("\n"))
    if line.startswith('"') and line.endswith('"'):
        line = line[1:-1].replace('""', '"')
    return re.sub(r"\\(\(..|\[[^]]*\]|.)", lambda m: ROFF.get(m.group(), m.group()), line)


command = ""
for line in map(plain, open(sys.argv[1], encoding="utf-8")):
    if command or line.startswith("$ "):
        command += line.removeprefix("$ ") if not command else line
        if command.endswith("\\"):
            command = command[:-1]
            continue
        sys.stdout.write(command + "\0")
        command = ""
