#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""confusions.py TEXT_DIR OUTPUT.tsv [--pages N]: what Tesseract makes of what is printed.

Renders pages of TEXT_DIR's held-out text in many fonts, spoils them as scanners, faxes and
receipt printers do, reads them with the tesseract command and aligns what was read with what was
printed. The table has one line per confusion: seen, meant, how often, how often `meant` was
printed, and -ln P(seen | meant). Up to three characters on either side form one confusion. Needs
python3-pil, python3-numpy and the fonts of fonts-dejavu-core, fonts-liberation, fonts-urw-base35.
"""

import argparse
import collections
import io
import math
import os
import pathlib
import random
import subprocess

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = ["DejaVuSans", "DejaVuSansMono", "DejaVuSerif", "LiberationSans-Regular", "LiberationSerif-Regular", "LiberationMono-Regular",
         "LiberationSansNarrow-Regular", "LiberationSans-Bold", "LiberationSerif-Italic", "NimbusMonoPS-Regular", "NimbusRoman-Regular",
         "C059-Roman", "P052-Roman", "URWBookman-Light", "URWGothic-Book", "NimbusSansNarrow-Regular"]
FONT_FOLDERS = ["/usr/share/fonts"]
TEXTS = {"eng": ["business_eng", "books", "speeches"], "deu": ["business_deu"], "fra": ["business_fra"]}
LINES = 34
LEAST_COUNT = 3  # a confusion that was seen less often is chance
LONGEST = 3      # characters of one side of a confusion


def font_files():
    found = {}
    for folder in FONT_FOLDERS:
        for path in sorted(pathlib.Path(folder).rglob("*.[to]tf")):
            found.setdefault(path.stem, str(path))
    return [found[name] for name in FONTS if name in found]


def page_lines(lines, rng):
    start = rng.randrange(max(1, len(lines) - LINES))
    cut = []
    for line in lines[start:start + LINES]:
        cut.append(line[:70].rsplit(" ", 1)[0] if len(line) > 70 else line)
    return cut


def rendered(lines, font_path, rng):
    """A grey page at the size that a scan of some resolution has."""
    dpi = rng.choice([100, 150, 150, 200, 200, 300])
    points = rng.choice([7, 8, 9, 10, 11, 12])
    font = ImageFont.truetype(font_path, max(9, round(points * dpi / 72)))
    height = round(font.size * 1.35)
    width = max(int(font.getlength(line)) for line in lines) + 2 * font.size
    page = Image.new("L", (width, height * (len(lines) + 2)), 255)
    draw = ImageDraw.Draw(page)
    ink = rng.choice([0, 0, 0, 40, 80, 110])
    for i, line in enumerate(lines):
        draw.text((font.size, height * (i + 1)), line, font=font, fill=ink)
    return page, dpi


def spoiled(page, rng, noise):
    """Skew, blur, thin or spread ink, speckles, JPEG, or black and white as a fax has it."""
    page = page.rotate(rng.uniform(-0.6, 0.6), Image.BICUBIC, fillcolor=255)
    if rng.random() < 0.7:
        page = page.filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 1.1)))
    draw = rng.random()
    if draw < 0.15:
        page = page.filter(ImageFilter.MinFilter(3))
    elif draw < 0.3:
        page = page.filter(ImageFilter.MaxFilter(3))
    grey = numpy.asarray(page).astype(numpy.float32)
    grey += noise.normal(0, rng.choice([2, 8, 16, 28]), grey.shape)
    if rng.random() < 0.3:
        grey = numpy.where(grey > rng.randint(110, 190), 255, 0)
    page = Image.fromarray(numpy.clip(grey, 0, 255).astype(numpy.uint8))
    if rng.random() < 0.5:
        data = io.BytesIO()
        page.save(data, "JPEG", quality=rng.randint(15, 70))
        page = Image.open(io.BytesIO(data.getvalue())).convert("L")
    return page


def read_by_tesseract(page, dpi, language):
    if dpi < 200:
        page = page.resize((page.width * 2, page.height * 2), Image.BICUBIC)
        dpi *= 2
    data = io.BytesIO()
    page.save(data, "PNG")
    command = ["tesseract", "-", "-", "-l", language, "--psm", "6", "--dpi", str(dpi)]
    done = subprocess.run(command, input=data.getvalue(), capture_output=True, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    return [" ".join(line.split()) for line in done.stdout.decode().split("\n") if line.strip()]


def table(a, b):
    """Edit distances of all beginnings."""
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, 1):
        row = [i]
        above = rows[-1]
        for j, y in enumerate(b, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (x != y)))
        rows.append(row)
    return rows


def steps(a, b):
    """The alignment as [(character of a or "", character of b or "")]."""
    rows, i, j, path = table(a, b), len(a), len(b), []
    while i or j:
        if i and j and rows[i][j] == rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]):
            i, j = i - 1, j - 1
            path.append((a[i], b[j]))
        elif i and rows[i][j] == rows[i - 1][j] + 1:
            i -= 1
            path.append((a[i], ""))
        else:
            j -= 1
            path.append(("", b[j]))
    return path[::-1]


def differences(meant, seen):
    """[(seen, meant)] of each stretch of characters that differ, when it is short enough to be a confusion."""
    a, b = "", ""
    for x, y in steps(meant, seen) + [(" ", " ")]:
        if x != y:
            a, b = a + x, b + y
            continue
        if (a or b) and len(a) <= LONGEST and len(b) <= LONGEST:
            yield b, a
        a, b = "", ""


class Statistics:
    def __init__(self):
        self.printed = collections.Counter()
        self.confused = collections.Counter()
        self.lines = self.lost_lines = 0

    def add(self, meant, seen_lines):
        """Finds the read line that is nearest to the printed one; a line that is nowhere near counts as lost."""
        self.lines += 1
        near = min(seen_lines, key=lambda line: table(meant, line)[-1][-1], default="")
        if table(meant, near)[-1][-1] > 0.3 * len(meant):
            self.lost_lines += 1
            return
        for size in range(1, LONGEST + 1):
            self.printed.update(meant[i:i + size] for i in range(len(meant) - size + 1))
        self.confused.update(differences(meant, near))

    def rows(self):
        characters = sum(n for text, n in self.printed.items() if len(text) == 1)
        for (seen, meant), count in sorted(self.confused.items(), key=lambda item: (-item[1], item[0])):
            if count >= LEAST_COUNT:
                base = self.printed[meant] if meant else characters
                yield seen, meant, count, base, -math.log(count / max(base, count))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("texts")
    parser.add_argument("output")
    parser.add_argument("--pages", type=int, default=40, help="the committed table is of 40")
    options = parser.parse_args()
    rng, noise = random.Random("emend channel"), numpy.random.default_rng(1)
    fonts, statistics = font_files(), Statistics()
    texts = {name: [line for line in pathlib.Path(options.texts, "held_out", f"{name}.txt").read_text(encoding="utf-8").split("\n") if line.strip()]
             for names in TEXTS.values() for name in names}
    for number in range(options.pages):
        language = rng.choices(list(TEXTS), [70, 15, 15])[0]
        lines = page_lines(texts[rng.choice(TEXTS[language])], rng)
        page, dpi = rendered(lines, fonts[number % len(fonts)], rng)
        seen = read_by_tesseract(spoiled(page, rng, noise), dpi, language)
        for i, line in enumerate(lines):
            statistics.add(line, seen[max(0, i - 3):i + 4])
        if number % 20 == 19:
            print(f"{number + 1} pages, {statistics.lines} lines, {statistics.lost_lines} lost", flush=True)
    with open(options.output, "w", encoding="utf-8") as out:
        out.write("seen\tmeant\tcount\tprinted\tnats\n")
        for seen, meant, count, base, nats in statistics.rows():
            out.write(f"{seen}\t{meant}\t{count}\t{base}\t{nats:.2f}\n")


if __name__ == "__main__":
    main()
