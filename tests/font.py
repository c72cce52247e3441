"""Fonts read apart from FreeType, and the characters that they are tried with.

    font.py text                     the characters, 40 a line
    font.py back TEXT REFUSED FOUND  whether FOUND has those of TEXT, in order,
                                     but for those named in REFUSED
    font.py widths DESCRIPTION PATTERN FIRST LAST
        whether the font description for groff has, of these characters, the
        widths and heights of the font that fontconfig finds for the pattern
    font.py shapes PFB PATTERN
        whether the letters of ASCII in the font program are drawn as in that
        font, which must be a TrueType one
    font.py moved PFB OTHER N LETTERS
        whether letters are drawn in the other as here, but N units further right
"""

import struct
import subprocess
import sys
import unicodedata

BLOCKS = (
    (0x21, 0x7E), (0xA0, 0x52F), (0x1E00, 0x218F), (0x2190, 0x27BF),
    (0x2E80, 0x33FF), (0x3400, 0x343F), (0x4E00, 0x50FF), (0x9F00, 0x9FFF),
    (0xAC00, 0xADFF), (0xF900, 0xFAFF), (0xFB00, 0xFB06), (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF), (0x1F300, 0x1F3FF), (0x20000, 0x2FA1F))


def text():
    some = [chr(c) for first, last in BLOCKS for c in range(first, last + 1)
            if unicodedata.category(chr(c))[0] in "LMNPS"]
    # Of the many beyond the BMP, each hundredth.
    some = [c for n, c in enumerate(some) if ord(c) < 0x20000 or n % 100 == 0]
    for n in range(0, len(some), 40):
        print("".join(some[n:n + 40]))


def back(wanted, refused, found):
    refused = {int(line[2:], 16) for line in open(refused)}
    wanted = [c for c in open(wanted).read()
              if not c.isspace() and ord(c) not in refused]
    # Around what is written from right to left pdftotext puts marks.
    found = [c for c in open(found).read()
             if not c.isspace() and c not in "\u202b\u202c"]
    if wanted != found:
        lost = sorted(set(wanted) - set(found))
        more = sorted(set(found) - set(wanted))
        sys.exit(f"lost {lost[:40]}, not asked for {more[:40]}, "
                 f"{len(wanted)} became {len(found)}")
    print(len(wanted))


# The last character whose width is looked for.
LAST = 0x50FF


class Font:
    """What OpenType's tables say of one face of a file."""

    def __init__(self, name, index):
        self.name, self.data = name, open(name, "rb").read()
        start = 0
        if self.data[:4] == b"ttcf":
            start = self.at(">I", 12 + 4 * (index & 0xFFFF))[0]
        self.tables = {}
        for n in range(self.at(">H", start + 4)[0]):
            tag, _, place, _ = self.at(">4sIII", start + 12 + 16 * n)
            self.tables[tag.decode()] = place
        self.em = self.at(">H", self.tables["head"] + 18)[0]
        self.long = self.at(">h", self.tables["head"] + 50)[0]
        self.metrics = self.at(">H", self.tables["hhea"] + 34)[0]
        self.glyphs = self.characters()

    def at(self, form, place):
        return struct.unpack_from(form, self.data, place)

    def characters(self):
        """The glyph of each character: tables of format 12, or 4."""
        cmap, glyphs = self.tables["cmap"], {}
        for n in range(self.at(">H", cmap + 2)[0]):
            place = cmap + self.at(">I", cmap + 8 + 8 * n)[0]
            form = self.at(">H", place)[0]
            if form == 12:
                for k in range(self.at(">I", place + 12)[0]):
                    first, last, glyph = self.at(">III", place + 16 + 12 * k)
                    for c in range(first, min(last, LAST) + 1):
                        glyphs[c] = glyph + c - first
            elif form == 4:
                n2 = self.at(">H", place + 6)[0]
                for k in range(0, n2, 2):
                    last = self.at(">H", place + 14 + k)[0]
                    first = self.at(">H", place + 16 + n2 + k)[0]
                    delta = self.at(">H", place + 16 + 2 * n2 + k)[0]
                    far = place + 16 + 3 * n2 + k
                    offset = self.at(">H", far)[0]
                    for c in range(first, min(last, LAST) + 1):
                        glyph = c
                        if offset:
                            glyph = self.at(
                                ">H", far + offset + 2 * (c - first))[0]
                        if not offset or glyph:
                            glyphs.setdefault(c, (glyph + delta) & 0xFFFF)
        return glyphs

    def width(self, c):
        n = min(self.glyphs[c], self.metrics - 1)
        return self.at(">H", self.tables["hmtx"] + 4 * n)[0]

    def height(self, c):
        """Above and below the line; None where outlines are of PostScript."""
        if "glyf" not in self.tables:
            return None
        form, size = (">II", 4) if self.long else (">HH", 2)
        first, last = self.at(form, self.tables["loca"] + size *
                              self.glyphs[c])
        if first == last:
            return 0, 0
        place = self.tables["glyf"] + first * (1 if self.long else 2)
        _, _, bottom, _, top = self.at(">hhhhh", place)
        return max(top, 0), max(-bottom, 0)


    def contours(self, c):
        """Lists of points, scaled; straight pieces of what is curved."""
        form, size = (">I", 4) if self.long else (">H", 2)
        place = self.at(form, self.tables["loca"] + size * self.glyphs[c])[0]
        place = self.tables["glyf"] + place * (1 if self.long else 2)
        count = self.at(">h", place)[0]
        ends = self.at(f">{count}H", place + 10)
        at = place + 10 + 2 * count
        at += 2 + self.at(">H", at)[0]
        flags = []
        while len(flags) <= ends[-1]:
            flag, at = self.data[at], at + 1
            flags.append(flag)
            if flag & 8:
                flags += [flag] * self.data[at]
                at += 1
        both = []
        for short, same in ((2, 16), (4, 32)):
            value, values = 0, []
            for flag in flags:
                if flag & short:
                    value += self.data[at] * (1 if flag & same else -1)
                    at += 1
                elif not flag & same:
                    value += self.at(">h", at)[0]
                    at += 2
                values.append(value * 1000 / self.em)
            both.append(values)
        points = list(zip(*both, (flag & 1 for flag in flags)))
        firsts = [0] + [end + 1 for end in ends]
        return [flatten(points[first:end + 1])
                for first, end in zip(firsts, ends)]


STEPS = 20


def between(p, q):
    return (p[0] + q[0]) / 2, (p[1] + q[1]) / 2, 1


def flatten(points):
    """The points of a TrueType contour, its curves in straight pieces."""
    whole = []
    for n, p in enumerate(points):
        if not p[2] and not points[n - 1][2]:
            whole.append(between(p, points[n - 1]))
        whole.append(p)
    while not whole[0][2]:
        whole.append(whole.pop(0))
    whole.append(whole[0])
    line = [whole[0][:2]]
    for a, b, c in zip(whole, whole[1:], whole[2:] + [whole[1]]):
        if b[2]:
            line.append(b[:2])
        else:
            for t in (k / STEPS for k in range(1, STEPS + 1)):
                line.append(tuple(
                    (1 - t) ** 2 * a[i] + 2 * t * (1 - t) * b[i] + t * t * c[i]
                    for i in (0, 1)))
    return line


def decrypt(data, key):
    out = bytearray()
    for c in data:
        out.append(c ^ key >> 8)
        key = (c + key) * 52845 + 22719 & 0xFFFF
    return bytes(out[4:])


def charstrings(name):
    """Name and charstring of each glyph of a PFB file."""
    data, at, parts = open(name, "rb").read(), 0, []
    while data[at + 1] != 3:
        size = struct.unpack_from("<I", data, at + 2)[0]
        parts.append(data[at + 6:at + 6 + size])
        at += 6 + size
    body = decrypt(parts[1], 55665)
    at = body.index(b"/CharStrings")
    while (at := body.find(b"/", at + 1)) >= 0 and b" RD " in body[at:at + 40]:
        glyph, size = body[at + 1:at + 40].split(b" ")[:2]
        first = body.index(b" RD ", at) + 4
        at = first + int(size)
        yield glyph.decode(), decrypt(body[first:at], 4330)


def drawn(code):
    """The contours of a charstring, its curves in straight pieces."""
    lines, stack, at, n = [], [], (0, 0), 0
    while n < len(code):
        b, n = code[n], n + 1
        if b == 255:
            stack.append(struct.unpack_from(">i", code, n)[0])
            n += 4
        elif b >= 247:
            high = b - 247 if b < 251 else b - 251
            value, n = high * 256 + code[n] + 108, n + 1
            stack.append(value if b < 251 else -value)
        elif b >= 32:
            stack.append(b - 139)
        else:
            v = stack
            steps = {4: lambda: [0, v[0]], 5: lambda: v, 6: lambda: [v[0], 0],
                     7: lambda: [0, v[0]], 8: lambda: v, 21: lambda: v,
                     22: lambda: [v[0], 0],
                     30: lambda: [0, v[0], v[1], v[2], v[3], 0],
                     31: lambda: [v[0], 0, v[1], v[2], 0, v[3]],
                     }.get(b, lambda: [])()
            points = [at]
            for k in range(0, len(steps), 2):
                at = at[0] + steps[k], at[1] + steps[k + 1]
                points.append(at)
            if b in (4, 21, 22):
                lines.append([at])
            elif len(points) == 2:
                lines[-1].append(at)
            elif len(points) == 4:
                for t in (k / STEPS for k in range(1, STEPS + 1)):
                    lines[-1].append(tuple(
                        (1 - t) ** 3 * points[0][i]
                        + 3 * t * (1 - t) ** 2 * points[1][i]
                        + 3 * t * t * (1 - t) * points[2][i]
                        + t ** 3 * points[3][i] for i in (0, 1)))
            stack = []
    return lines


def measure(lines):
    """Area and the sums that say where it lies; length of the outline."""
    area = x = y = length = 0
    for line in lines:
        for (a, b), (c, d) in zip(line, line[1:] + line[:1]):
            cross = a * d - b * c
            area += cross / 2
            x += (a + c) * cross / 6
            y += (b + d) * cross / 6
            length += ((a - c) ** 2 + (b - d) ** 2) ** 0.5
    return (area, x / 1000, y / 1000), length


def find(pattern):
    file, index = subprocess.run(
        ["fc-match", "-f", "%{file}\n%{index}", pattern],
        capture_output=True, check=True, text=True).stdout.split("\n")
    return Font(file, int(index))


def shapes(program, pattern):
    font, count = find(pattern), 0
    for name, code in charstrings(program):
        if len(name) == 1:
            found, _ = measure(drawn(code))
            wanted, length = measure(font.contours(ord(name)))
            # Rounding moves the outline by less than half a unit.
            if any(abs(a - b) > length / 4 for a, b in zip(found, wanted)):
                sys.exit(f"{name}: {found} is not {wanted}, {length}")
            count += 1
    print(count)


def moved(program, other, n, letters):
    program, other = (dict(charstrings(name)) for name in (program, other))
    for name in letters:
        wanted = [[(x + int(n), y) for x, y in line] for line in drawn(program[name])]
        found = drawn(other[name])
        if any(abs(a - b) > 1e-9 for one, two in zip(wanted, found, strict=True)
               for p, q in zip(one, two, strict=True) for a, b in zip(p, q)):
            sys.exit(f"{name} is not {n} further right")


def widths(description, pattern, first, last):
    font, count = find(pattern), 0
    for line in open(description):
        fields = line.split()
        if len(fields) < 5 or not fields[4].startswith("uni"):
            continue
        c = int(fields[4][3:], 16)
        if not int(first, 16) <= c <= int(last, 16) or c not in font.glyphs:
            continue
        said = [int(n) for n in fields[1].split(",")]
        height = font.height(c)
        if said[0] != (2 * 1000 * font.width(c) + font.em) // (2 * font.em):
            sys.exit(f"U+{c:04X} is not {said[0]} wide in {font.name}")
        # An arc may rise above its ends by what rounding hides.
        if height and any(abs(a - b * 1000 / font.em) > 1
                          for a, b in zip(said[1:], height)):
            sys.exit(f"U+{c:04X}: {said[1:]} is not {height} in {font.name}")
        count += 1
    print(count)


if __name__ == "__main__":
    {"text": text, "back": back, "widths": widths,
     "shapes": shapes, "moved": moved}[sys.argv[1]](*sys.argv[2:])
