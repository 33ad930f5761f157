#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""confusions.py TEXT_DIR EMEND OUTPUT.tsv [--pages N] [--fonts DIR]...: what the recogniser makes of print.

Renders pages of TEXT_DIR's held-out text in many fonts, spoils them as scanners, faxes, dot-matrix
and receipt printers do, reads them with the program EMEND (without a model, one look) and aligns
what was read with what was printed. The table has one line per confusion: seen, meant, how often,
how often `meant` was printed, -ln P(seen | meant), and how often the recogniser itself listed
`meant` in that place. Up to three characters on either side form one confusion. Needs python3-pil,
python3-numpy and the fonts that FONTS names, in the system's folder or in those of --fonts.
"""

import argparse
import collections
import io
import json
import math
import pathlib
import random
import subprocess
import tempfile

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

# fonts-dejavu-core, fonts-liberation, fonts-urw-base35; then typewriters, receipts and terminals:
# fonts-gnutypewriter, fonts-dotgothic16, fonts-3270, fonts-inconsolata, fonts-hermit; then books
# and offices: fonts-ebgaramond, fonts-lato, fonts-crosextra-carlito. What is not there is left out.
FONTS = ["DejaVuSans", "DejaVuSansMono", "DejaVuSerif", "DejaVuSansCondensed", "LiberationSans-Regular",
         "LiberationSerif-Regular", "LiberationMono-Regular", "LiberationSansNarrow-Regular", "LiberationSans-Bold",
         "LiberationSerif-Italic", "NimbusMonoPS-Regular", "NimbusRoman-Regular", "NimbusSans-Regular", "C059-Roman",
         "P052-Roman", "URWBookman-Light", "URWGothic-Book", "NimbusSansNarrow-Regular", "NimbusMonoPS-Bold",
         "GNUTypewriter", "DotGothic16-Regular", "3270-Regular", "Inconsolata", "Hermit-light", "EBGaramond12-Regular",
         "Lato-Regular", "Lato-Light", "Carlito-Regular"]
SYSTEM_FONTS = "/usr/share/fonts"
TEXTS = {"eng": ["business_eng", "books", "speeches"], "deu": ["business_deu"], "fra": ["business_fra"]}
LANGUAGE_SHARES = {"eng": 70, "deu": 15, "fra": 15}
LINES = 34
LEAST_COUNT = 3  # a confusion that was seen less often is chance
LONGEST = 3      # characters of one side of a confusion
TOGETHER = 20    # pages that are read by one run of the program


def font_files(folders):
    found = {}
    for folder in [SYSTEM_FONTS, *folders]:
        for path in sorted(pathlib.Path(folder).rglob("*.[to]tf")):
            found.setdefault(path.stem, str(path))
    return [found[name] for name in FONTS if name in found]


def page_lines(lines, rng):
    start = rng.randrange(max(1, len(lines) - LINES))
    cut = []
    for line in lines[start:start + LINES]:
        cut.append(line[:70].rsplit(" ", 1)[0] if len(line) > 70 else line)
    return [line.upper() for line in cut] if rng.random() < 0.15 else cut


def rendered(lines, font_path, rng):
    """A grey page at the size that a scan of some resolution has."""
    dpi = rng.choice([100, 150, 150, 200, 200, 300])
    points = rng.choice([6, 7, 8, 9, 10, 11, 12])
    font = ImageFont.truetype(font_path, max(9, round(points * dpi / 72)))
    height = round(font.size * 1.35)
    width = max(int(font.getlength(line)) for line in lines) + 2 * font.size
    page = Image.new("L", (width, height * (len(lines) + 2)), 255)
    draw = ImageDraw.Draw(page)
    ink = rng.choice([0, 0, 0, 40, 80, 110])
    for i, line in enumerate(lines):
        draw.text((font.size, height * (i + 1)), line, font=font, fill=ink)
    return page, dpi, height


def printed_by_dots(page, height):
    """As a dot-matrix printer: ink only where its needles hit, nine rows to a line."""
    pitch = max(2.0, height / 12)
    rows, columns = numpy.mgrid[0:page.height, 0:page.width]
    distance = numpy.hypot(rows % pitch - pitch / 2, columns % pitch - pitch / 2)
    grey = numpy.asarray(page).astype(numpy.float32)
    grey[distance > 0.62 * pitch] = 255
    return Image.fromarray(grey.astype(numpy.uint8)).filter(ImageFilter.GaussianBlur(0.25 * pitch))


def printed_by_heat(page, noise):
    """As a receipt printer: columns that heat badly, and paper that has faded from one side."""
    grey = numpy.asarray(page).astype(numpy.float32)
    heat = numpy.repeat(noise.uniform(0.55, 1.0, page.width // 3 + 1), 3)[:page.width]
    fading = numpy.linspace(1.0, noise.uniform(0.4, 1.0), page.height)[:, None]
    return Image.fromarray((255 - (255 - grey) * heat * fading).astype(numpy.uint8))


def spoiled(page, height, rng, noise):
    """Skew, blur, thin or spread ink, speckles, JPEG, or black and white as a fax has it."""
    draw = rng.random()
    if draw < 0.12:
        page = printed_by_dots(page, height)
    elif draw < 0.24:
        page = printed_by_heat(page, noise)
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


class SeenLine:
    """A line as it was read, and for each of its characters what else the recogniser listed."""

    def __init__(self, line):
        self.text, self.listed = "", []
        for word in line["words"]:
            reading = word["readings"][0]
            if self.text:
                self.text += " "
                self.listed.append(set())
            slots = reading.get("characters", [])
            whole = "".join(slot[0][0] for slot in slots) == reading["text"]
            for slot in slots if whole else []:
                self.listed += [{text for text, _ in slot[1:]}] * len(slot[0][0])
            self.text += reading["text"]
            self.listed += [set()] * (len(self.text) - len(self.listed))


def read_by_emend(program, files, language):
    """The lines of each page, in the order of the files."""
    command = [program, *map(str, files), "-l", language, "--model", "none", "--quality", "fast", "--jobs", "1", "--format", "json", "-o", "-"]
    done = subprocess.run(command, capture_output=True, check=False)
    documents = [json.loads(line) for line in done.stdout.decode().splitlines()]
    pages = {pathlib.Path(document["source"]).name: document["pages"] for document in documents}
    return [[SeenLine(line) for page in pages.get(file.name, []) for line in page["lines"]] for file in files]


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
    """[(seen, meant, place in seen)] of each stretch that differs, when it is short enough to be a confusion."""
    a, b, place = "", "", 0
    for x, y in steps(meant, seen) + [(" ", " ")]:
        if x != y:
            a, b = a + x, b + y
            continue
        if (a or b) and len(a) <= LONGEST and len(b) <= LONGEST:
            yield b, a, place
        place += len(b) + len(y)
        a, b = "", ""


class Statistics:
    def __init__(self):
        self.printed = collections.Counter()
        self.confused = collections.Counter()
        self.listed = collections.Counter()
        self.lines = self.lost_lines = 0

    def add(self, meant, seen_lines):
        """Finds the read line that is nearest to the printed one; a line that is nowhere near counts as lost."""
        self.lines += 1
        near = min(seen_lines, key=lambda line: table(meant, line.text)[-1][-1], default=None)
        if near is None or table(meant, near.text)[-1][-1] > 0.3 * len(meant):
            self.lost_lines += 1
            return
        for size in range(1, LONGEST + 1):
            self.printed.update(meant[i:i + size] for i in range(len(meant) - size + 1))
        for seen, true, place in differences(meant, near.text):
            self.confused[seen, true] += 1
            if len(seen) == 1 and true in near.listed[place]:
                self.listed[seen, true] += 1

    def rows(self):
        characters = sum(n for text, n in self.printed.items() if len(text) == 1)
        for (seen, meant), count in sorted(self.confused.items(), key=lambda item: (-item[1], item[0])):
            if count >= LEAST_COUNT:
                base = self.printed[meant] if meant else characters
                yield seen, meant, count, base, -math.log(count / max(base, count)), self.listed[seen, meant]


def made_pages(options, folder):
    """[(file, language, lines)]"""
    rng, noise = random.Random("emend channel"), numpy.random.default_rng(1)
    fonts = font_files(options.fonts)
    texts = {name: [line for line in pathlib.Path(options.texts, "held_out", f"{name}.txt").read_text(encoding="utf-8").split("\n") if line.strip()]
             for names in TEXTS.values() for name in names}
    for number in range(options.pages):
        language = rng.choices(list(LANGUAGE_SHARES), list(LANGUAGE_SHARES.values()))[0]
        lines = page_lines(texts[rng.choice(TEXTS[language])], rng)
        page, dpi, height = rendered(lines, fonts[number % len(fonts)], rng)
        file = pathlib.Path(folder, f"{number:05}.png")
        spoiled(page, height, rng, noise).save(file, dpi=(dpi, dpi))
        yield file, language, lines


def write_table(path, statistics):
    with open(path, "w", encoding="utf-8") as out:
        out.write("seen\tmeant\tcount\tprinted\tnats\tlisted\n")
        for seen, meant, count, base, nats, listed in statistics.rows():
            out.write(f"{seen}\t{meant}\t{count}\t{base}\t{nats:.2f}\t{listed}\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("texts")
    parser.add_argument("emend", help="the program")
    parser.add_argument("output")
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--fonts", action="append", default=[], metavar="DIR")
    options = parser.parse_args()
    statistics, waiting, done = Statistics(), collections.defaultdict(list), 0
    with tempfile.TemporaryDirectory() as folder:

        def read(language):
            pages = waiting.pop(language)
            seen_pages = read_by_emend(options.emend, [file for file, _ in pages], language)
            for (file, lines), seen in zip(pages, seen_pages):
                for i, line in enumerate(lines):
                    statistics.add(line, seen[max(0, i - 3):i + 4])
                file.unlink()
            return len(pages)

        for file, language, lines in made_pages(options, folder):
            waiting[language].append((file, lines))
            if len(waiting[language]) == TOGETHER:
                done += read(language)
                print(f"{done} pages, {statistics.lines} lines, {statistics.lost_lines} lost", flush=True)
                write_table(options.output, statistics)
        for language in list(waiting):
            done += read(language)
    print(f"{done} pages, {statistics.lines} lines, {statistics.lost_lines} lost", flush=True)
    write_table(options.output, statistics)


if __name__ == "__main__":
    main()
