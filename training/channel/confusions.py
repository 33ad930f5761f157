#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""confusions.py TEXT_DIR EMEND OUTPUT.tsv [--pages N] [--fonts DIR]...: what the recogniser makes of print.

Renders pages of TEXT_DIR's held-out text (training/text/prepare.py) in many fonts, spoils them as
scanners, faxes, dot-matrix and receipt printers do, reads them with the program EMEND (without a
model, one look), takes what the recogniser had before any repair, and aligns it with what was
printed. The table has one line per confusion: seen, meant, how often, how often `meant` was
printed, -ln P(seen | meant), and how often the recogniser itself listed `meant` in that place. Up
to three characters on either side form one confusion. Half of the pages are as letters and reports
are, half as receipts and small print; the report says what share of the words each half has wrong.
The same seed draws the same pages. --keep DIR keeps the first ones, to be looked at. Needs
python3-pil, python3-numpy and the fonts that FONTS names, in the system's folder or in those of --fonts.
"""

import argparse
import collections
import io
import json
import math
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

# Of letters and books: fonts-dejavu-core, -liberation, -urw-base35, -crosextra-carlito, -crosextra-caladea,
# -ebgaramond, -lato, -linuxlibertine, -open-sans, -roboto-unhinted, -roboto-slab, -sil-charis, -cmu.
# What is not there is left out.
PROPORTIONAL = ["DejaVuSans", "DejaVuSerif", "DejaVuSansCondensed", "LiberationSans-Regular", "LiberationSerif-Regular",
                "LiberationSansNarrow-Regular", "LiberationSans-Bold", "LiberationSerif-Italic", "NimbusRoman-Regular",
                "NimbusSans-Regular", "C059-Roman", "P052-Roman", "URWBookman-Light", "URWGothic-Book",
                "NimbusSansNarrow-Regular", "Carlito-Regular", "Caladea-Regular", "EBGaramond12-Regular", "Lato-Regular",
                "Lato-Light", "LinLibertine_R", "OpenSans-Regular", "Roboto-Regular", "RobotoSlab-Regular",
                "CharisSIL-Regular", "cmunrm"]
# Of typewriters, receipts, terminals and dot-matrix printers: those, and fonts-gnutypewriter, -courier-prime,
# -dotgothic16, -3270, -inconsolata, -hermit, -ocr-b, -spleen, -terminus, -glasstty, -freefont-ttf, -tlwg-typewriter-ttf.
FIXED = ["DejaVuSansMono", "LiberationMono-Regular", "NimbusMonoPS-Regular", "NimbusMonoPS-Bold", "GNUTypewriter",
         "Courier Prime", "DotGothic16-Regular", "3270-Regular", "3270SemiCondensed-Regular", "Inconsolata", "Hermit-light",
         "OCRB", "spleen-16x32", "spleen-8x16", "TerminusTTF-4.46.0", "Glass_TTY_VT220", "FreeMono", "TlwgTypewriter",
         "LiberationMono-Bold", "DejaVuSansMono-Bold"]
FONTS = PROPORTIONAL + FIXED
SYSTEM_FONTS = "/usr/share/fonts"
TEXTS = {"eng": ["business_eng", "books", "speeches"], "deu": ["business_deu"], "fra": ["business_fra"]}
LANGUAGE_SHARES = {"eng": 60, "deu": 20, "fra": 20}
LINES = 34
LEAST_COUNT = 3  # a confusion that was seen less often is chance
LONGEST = 3      # characters of one side of a confusion
TOGETHER = 20    # pages that are read by one run of the program
NEAREST = 3      # read lines that are compared with a printed one, letter by letter
LEAST_EM = 12    # pixels: smaller print is not read by anybody
CAPITALS = 0.3   # share of small-print pages that are in capitals, as most receipts are


def font_files(folders, names=None):
    found = {}
    for folder in [SYSTEM_FONTS, *folders]:
        for path in sorted(pathlib.Path(folder).rglob("*.[ot]tf")):
            found.setdefault(path.stem, str(path))
    return [found[name] for name in names or FONTS if name in found]


def page_lines(lines, capitals, rng):
    start = rng.randrange(max(1, len(lines) - LINES))
    cut = []
    for line in lines[start:start + LINES]:
        cut.append(line[:70].rsplit(" ", 1)[0] if len(line) > 70 else line)
    return [line.upper() for line in cut] if rng.random() < capitals else cut


def rendered(lines, font_path, rng, is_small=False):
    """A grey page at the size that a scan of some resolution has, that resolution, and the height of a line."""
    dpi = rng.choice([100, 150, 200] if is_small else [150, 200, 200, 300, 300])
    points = rng.choice([6, 7, 8, 9, 10] if is_small else [9, 10, 11, 12])
    font = ImageFont.truetype(font_path, max(LEAST_EM, round(points * dpi / 72)))
    height = round(font.size * rng.uniform(1.2, 1.5))
    width = max(int(font.getlength(line)) for line in lines) + 4 * font.size
    page = Image.new("L", (width, height * (len(lines) + 3)), 255)
    draw = ImageDraw.Draw(page)
    ink = rng.choice([0, 0, 0, 30, 60, 90])
    for i, line in enumerate(lines):
        draw.text((2 * font.size, height * (i + 1.5)), line, font=font, fill=ink)
    return page, dpi, height


def printed_by_dots(page, height):
    """As a dot-matrix printer: ink only where its needles hit, about twelve rows to a line and no fewer than two pixels each."""
    pitch = max(2.0, height / 14)
    rows, columns = numpy.mgrid[0:page.height, 0:page.width]
    distance = numpy.hypot(rows % pitch - pitch / 2, columns % pitch - pitch / 2)
    grey = numpy.asarray(page.filter(ImageFilter.GaussianBlur(0.2 * pitch))).astype(numpy.float32)
    grey[distance > 0.66 * pitch] = 255
    return Image.fromarray(grey.astype(numpy.uint8)).filter(ImageFilter.GaussianBlur(0.3 * pitch))


def printed_by_heat(page, noise):
    """As a receipt printer: columns that heat badly, and paper that has faded from one side."""
    grey = numpy.asarray(page).astype(numpy.float32)
    heat = numpy.repeat(noise.uniform(0.6, 1.0, page.width // 3 + 1), 3)[:page.width]
    fading = numpy.linspace(1.0, noise.uniform(0.5, 1.0), page.height)[:, None]
    return Image.fromarray((255 - (255 - grey) * heat * fading).astype(numpy.uint8))


def inked(page, height, strength, rng):
    """Thin or spread ink, by less than a pixel where print is small."""
    strokes = min(1.0, height / 40) * strength * rng.random()
    kind = rng.random()
    if kind < 0.3:
        return Image.blend(page, page.filter(ImageFilter.MaxFilter(3)), 0.8 * strokes)
    if kind < 0.6:
        return Image.blend(page, page.filter(ImageFilter.MinFilter(3)), strokes)
    return page


def black_and_white(grey, strength, rng):
    """As a fax has it, with a threshold that is off by as much as the page is bad."""
    dark, light = numpy.percentile(grey, (1, 90))
    threshold = dark + (light - dark) * (0.55 + 0.25 * strength * rng.uniform(-1, 1))
    return numpy.where(grey > threshold, 255, 0)


def spoiled(page, height, rng, noise, strength=None):
    """Print by dots or heat, skew, blur, low ink, speckles, black and white, JPEG; `strength` is 0 (clean) to 1 (bad)."""
    strength = rng.random() if strength is None else strength
    draw = rng.random()
    if draw < 0.3 * strength:
        page = printed_by_dots(page, height)
    elif draw < 0.7 * strength:
        page = printed_by_heat(page, noise)
    turn = (0.2 + strength) * rng.uniform(-1, 1)
    page = page.rotate(turn, Image.BICUBIC, expand=True, fillcolor=255)
    page = inked(page, height, strength, rng)
    page = page.filter(ImageFilter.GaussianBlur(height * (0.01 + 0.055 * strength * rng.random())))
    grey = numpy.asarray(page).astype(numpy.float32)
    grey += noise.normal(0, 2 + 28 * strength * rng.random(), grey.shape)
    if rng.random() < 0.25:
        grey = black_and_white(grey, strength, rng)
    page = Image.fromarray(numpy.clip(grey, 0, 255).astype(numpy.uint8))
    if rng.random() < 0.6:
        data = io.BytesIO()
        page.save(data, "JPEG", quality=round(80 - 65 * strength * rng.random()))
        page = Image.open(io.BytesIO(data.getvalue())).convert("L")
    return page


class SeenLine:
    """A line as it was recognised, and for each of its characters what else the recogniser listed."""

    def __init__(self, line):
        self.text, self.listed = "", []
        for word in line["words"]:
            reading = word["readings"][-1]  # a repair stands before it
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
    command = [program, *map(str, files), "-l", language, "--model", "none", "--quality", "fast", "--no-journal", "--jobs", "1",
               "--format", "json", "-o", "-"]
    done = subprocess.run(command, capture_output=True, check=False)
    documents = [json.loads(line) for line in done.stdout.decode().splitlines()]
    pages = {pathlib.Path(document["source"]).name: document["pages"] for document in documents}
    if set(pages) != {file.name for file in files}:  # as without the language's traineddata: tesseract-ocr-deu, -fra
        sys.exit(done.stderr.decode())
    return [[SeenLine(line) for page in pages[file.name] for line in page["lines"]] for file in files]


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


def likeness(meant, seen):
    """Characters that both have, wherever: enough to tell which lines may be the same one."""
    return 2 * (collections.Counter(meant) & collections.Counter(seen)).total() - len(seen)


class Statistics:
    def __init__(self):
        self.printed = collections.Counter()
        self.confused = collections.Counter()
        self.listed = collections.Counter()
        self.lines, self.lost = collections.Counter(), collections.Counter()  # by kind of page
        self.words, self.wrong_words = collections.Counter(), collections.Counter()

    def add(self, meant, seen_lines, kind=""):
        """Finds the read line that is nearest to the printed one; a line that is nowhere near counts as lost."""
        words = collections.Counter(meant.split())
        self.lines[kind] += 1
        self.words[kind] += words.total()
        likely = sorted(seen_lines, key=lambda line: -likeness(meant, line.text))[:NEAREST]
        near = min(likely, key=lambda line: table(meant, line.text)[-1][-1], default=None)
        if near is None or table(meant, near.text)[-1][-1] > 0.3 * len(meant):
            self.lost[kind] += 1
            self.wrong_words[kind] += words.total()
            return
        self.wrong_words[kind] += (words - collections.Counter(near.text.split())).total()
        for size in range(1, LONGEST + 1):
            self.printed.update(meant[i:i + size] for i in range(len(meant) - size + 1))
        for seen, true, place in differences(meant, near.text):
            self.confused[seen, true] += 1
            if len(seen) == 1 and true in near.listed[place]:
                self.listed[seen, true] += 1

    @property
    def lost_lines(self):
        return self.lost.total()

    def characters(self):
        return sum(n for text, n in self.printed.items() if len(text) == 1)

    def summary(self):
        kinds = "; ".join(f"{kind}: {n} lines, {100 * self.lost[kind] / n:.1f} % lost, {self.words[kind]} words, "
                          f"{100 * self.wrong_words[kind] / max(1, self.words[kind]):.1f} % wrong" for kind, n in self.lines.items())
        return f"{self.characters()} characters aligned, {self.confused.total()} confusions; {kinds}"

    def rows(self):
        characters = self.characters()
        for (seen, meant), count in sorted(self.confused.items(), key=lambda item: (-item[1], item[0])):
            if count >= LEAST_COUNT:
                base = self.printed[meant] if meant else characters
                yield seen, meant, count, base, -math.log(count / max(base, count)), self.listed[seen, meant]


def made_pages(options, folder):
    """[(file, language, kind, lines)]"""
    rng, noise = random.Random("emend channel"), numpy.random.default_rng(1)
    fonts = {False: font_files(options.fonts, PROPORTIONAL * 2 + FIXED), True: font_files(options.fonts, FIXED * 2 + PROPORTIONAL)}
    texts = {name: [line for line in pathlib.Path(options.texts, "held_out", f"{name}.txt").read_text(encoding="utf-8").split("\n")
                    if line.strip()] for names in TEXTS.values() for name in names}
    for number in range(options.pages):
        is_small = number % 2 == 1
        language = rng.choices(list(LANGUAGE_SHARES), list(LANGUAGE_SHARES.values()))[0]
        lines = page_lines(texts[rng.choice(TEXTS[language])], CAPITALS if is_small else 0.1, rng)
        page, dpi, height = rendered(lines, rng.choice(fonts[is_small]), rng, is_small)
        file = pathlib.Path(folder, f"{number:05}.png")
        strength = rng.uniform(0.4, 1) if is_small else rng.uniform(0.1, 1)
        spoiled(page, height, rng, noise, strength).save(file, dpi=(dpi, dpi))
        yield file, language, "small print" if is_small else "letters", lines


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
    parser.add_argument("--keep", metavar="DIR", help="for the first pages")
    options = parser.parse_args()
    statistics, waiting, done = Statistics(), collections.defaultdict(list), 0
    with tempfile.TemporaryDirectory() as folder:

        def read(language):
            pages = waiting.pop(language)
            seen_pages = read_by_emend(options.emend, [file for file, _, _ in pages], language)
            for (file, kind, lines), seen in zip(pages, seen_pages):
                for line in lines:
                    statistics.add(line, seen, kind)
                if options.keep and done < TOGETHER:
                    shutil.copy(file, options.keep)
                file.unlink()
            return len(pages)

        for file, language, kind, lines in made_pages(options, folder):
            waiting[language].append((file, kind, lines))
            if len(waiting[language]) == TOGETHER:
                done += read(language)
                print(f"{done} pages, {statistics.summary()}", flush=True)
                write_table(options.output, statistics)
        for language in list(waiting):
            done += read(language)
    print(f"{done} pages, {statistics.summary()}", flush=True)
    write_table(options.output, statistics)


if __name__ == "__main__":
    main()
