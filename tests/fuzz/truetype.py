"""Writes a small TrueType font with an axis of weight: truetype.py file."""

import struct
import sys

# A letter is a triangle with a curve; those after it are made of it.
CHARACTERS = [0x20, 0x41, 0x42, 0x61, 0x67, 0x69, 0x2014, 0x4e2d, 0x6587, 0x1f600]
AXIS = (100, 400, 900)


def simple():
    points = [(0, 0, 1), (300, 700, 0), (600, 0, 1), (100, 50, 1), (300, 300, 1), (400, 50, 0)]
    glyph = struct.pack(">hhhhh", 2, 0, 0, 600, 700) + struct.pack(">HHH", 2, 5, 0)
    glyph += bytes(on for x, y, on in points)
    for axis in (0, 1):
        at = 0
        for point in points:
            glyph += struct.pack(">h", point[axis] - at)
            at = point[axis]
    return glyph + b"\0" * (-len(glyph) % 2)


def composite(shift):
    return struct.pack(">hhhhh", -1, 0, 0, 700, 700) + struct.pack(">HHhh", 0x0003, 1, shift, 0)


def characters():
    pairs = [(c, i) for i, c in enumerate(CHARACTERS)]
    low = [(c, i) for c, i in pairs if c < 0x10000]
    ends = [c for c, i in low] + [0xffff]
    deltas = [(i - c) & 0xffff for c, i in low] + [1]
    n = len(ends)
    four = struct.pack(">HHHH", 2 * n, 16, 3, 2 * n - 16)
    four += struct.pack(f">{n}HH{n}H{n}H{n}H", *ends, 0, *ends, *deltas, *[0] * n)
    four = struct.pack(">HHH", 4, 6 + len(four), 0) + four
    twelve = struct.pack(">HHIII", 12, 0, 16 + 12 * len(pairs), 0, len(pairs))
    twelve += b"".join(struct.pack(">III", c, c, i) for c, i in pairs)
    return struct.pack(">HHHHIHHI", 0, 2, 3, 1, 20, 3, 10, 20 + len(four)) + four + twelve


def names():
    text = "Riskline Test".encode("utf-16-be")
    ids = (1, 4, 6, 256)
    return struct.pack(">HHH", 0, len(ids), 6 + 12 * len(ids)) + b"".join(
        struct.pack(">HHHHHH", 3, 1, 0x409, i, len(text), 0) for i in ids) + text


def variations(glyphs):
    # The glyph of the letters: its six points move right with the weight, the
    # four that say where it stands do not.
    deltas = bytes([5] + [40] * 6 + [0x83, 0x89])
    data = struct.pack(">HHHHh", 1, 10, 1 + len(deltas), 0xa000, 0x4000) + b"\0" + deltas
    data += b"\0" * (len(data) % 2)
    offsets = [0, 0] + [len(data) // 2] * (glyphs - 1)
    start = 20 + 2 * len(offsets) + 2
    return struct.pack(">HHHHIHHI", 1, 0, 1, 1, start - 2, glyphs, 0, start) + struct.pack(
        f">{len(offsets)}H", *offsets) + struct.pack(">h", 0x4000) + data


def font():
    n = len(CHARACTERS)
    glyphs = [b"", simple()] + [composite(10 * i) for i in range(n - 2)]
    offsets = [sum(map(len, glyphs[:i])) for i in range(n + 1)]
    tables = {
        b"OS/2": struct.pack(">HhHHH11h10s4I4sHHHhhhHH", 3, 500, 400, 5, 0, *[0] * 11, bytes(10), 3, 0, 0, 0,
                             b"TEST", 64, 0x20, 0xffff, 800, -200, 0, 800, 200) + struct.pack(">IIhhHHH", 1, 0, 500, 700, 0, 32, 2),
        b"cmap": characters(),
        b"fvar": struct.pack(">HHHHHHHH", 1, 0, 16, 2, 1, 20, 0, 8) + b"wght" + struct.pack(
            ">iiiHH", *[v << 16 for v in AXIS], 0, 256),
        b"glyf": b"".join(glyphs),
        b"gvar": variations(n),
        b"head": struct.pack(">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5f0f3cf5, 0, 1000, 0, 0, 0, -200, 700, 800,
                             0, 8, 2, 0, 0),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, 800, -200, 0, 700, 0, 0, 700, 1, 0, 0, 0, 0, 0, 0, 0, n),
        b"hmtx": b"".join(struct.pack(">Hh", 700 + 10 * i, 0) for i in range(n)),
        b"loca": struct.pack(f">{n + 1}H", *[o // 2 for o in offsets]),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, n, 6, 2, 6, 2, 1, 0, 0, 0, 0, 0, 0, 1, 1),
        b"name": names(),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, 0, 0, 0, 0, 0),
    }
    head, body = struct.pack(">IHHHH", 0x10000, len(tables), 128, 3, 16 * len(tables) - 128), b""
    for tag, table in sorted(tables.items()):
        head += tag + struct.pack(">III", 0, 12 + 16 * len(tables) + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    return head + body


with open(sys.argv[1], "wb") as f:
    f.write(font())
