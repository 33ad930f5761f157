#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""render.py OUT_DIR [--shards N] [--fonts FOLDER...] [--seed S]: crops to train the reader on, as files of 4096.

A shard is an .npz: inputs (32 x all widths, uint8: ink * 255, crops side by side), widths, and the
texts. It depends on its number, the seed and the fonts alone. --sheet FILE.png shows some instead.
"""

import argparse
import multiprocessing
import pathlib
import random

import numpy
from PIL import Image, ImageDraw

import damage
import fonts
import normalise
import texts

SHARD = 4096
FAMILIES = None  # of a worker process
LONGEST = 640  # input pixels; a longer crop is drawn anew


class Renderer:
    def __init__(self, seed, families, source=None, longest=LONGEST):
        self.rng, self.noise = random.Random(seed), numpy.random.default_rng(hash_number(seed))
        self.receipt, self.others, self.slanted = families
        self.source, self.longest = source or texts.Figures(), longest

    def font(self, text):
        """A font that has the text's characters, or None."""
        rng = self.rng
        families = rng.choices([self.receipt, self.others, self.slanted], [52, 42, 6])[0] or self.receipt or self.others
        for _ in range(8):
            font = rng.choice(rng.choice(families))
            if font.covers(text):
                return font
        return None

    def line(self, font, text, spacing):
        """Ink of a line of text, twice the font's size high."""
        pad = font.size // 2
        lengths = [font.font.getlength(c) + spacing for c in text] if spacing else [font.font.getlength(text)]
        image = Image.new("L", (int(sum(lengths)) + 2 * pad, font.size * 2), 0)
        pen = ImageDraw.Draw(image)
        pen.fontmode = "1" if font.bitmap else "L"
        x = float(pad)
        for part, length in zip(text if spacing else [text], lengths):
            pen.text((x, pad), part, font=font.font, fill=255)
            x += length
        return damage.as_ink(image)

    def canvas(self, font, text):
        """(ink, box): the word with what stands around it, and the box of its own ink."""
        rng, size = self.rng, font.size
        spacing = 0 if rng.random() < 0.8 else rng.uniform(-0.04, 0.25) * font.cap_height
        word = self.line(font, text, spacing)
        columns, rows = numpy.flatnonzero(word.max(0) > 0.4), numpy.flatnonzero(word.max(1) > 0.4)
        if not len(columns):
            return None
        word = word[:, columns[0]:columns[-1] + 1]
        gap = max(0.32 * font.cap_height, font.font.getlength(" ")) * rng.choice([0.8, 1, 1, 1.3, 2, 4])
        margin, pitch = round(0.7 * size), round(font.cap_height * rng.uniform(1.35, 2.6))
        ink = numpy.zeros((size * 2 + 2 * margin, word.shape[1] + 2 * margin), numpy.float32)
        left, top = margin, margin
        paste(ink, word, left, top)
        for side in (-1, 1):
            if rng.random() < 0.4:
                beside = self.neighbour(font, spacing, 4)
                paste(ink, beside, round(left - gap - beside.shape[1] if side < 0 else left + word.shape[1] + gap), top)
            if rng.random() < 0.3:
                above = self.neighbour(font, spacing, len(text) + 3)
                paste(ink, above, left - rng.randrange(above.shape[1]) // 2, top + side * pitch)
        return ink, (left, top + rows[0], left + word.shape[1], top + rows[-1] + 1)

    def neighbour(self, font, spacing, most):
        text = "".join(c for c in self.source.neighbour(self.rng)[:most] if font.has(c)) or "1"
        ink = self.line(font, text, spacing)
        columns = numpy.flatnonzero(ink.max(0) > 0.4)
        return ink[:, columns[0]:columns[-1] + 1] if len(columns) else ink[:, :1]

    def cap(self):
        """Height of capitals on the scan in pixels: receipts of 500 pixels have 8 to 16, pages of 300 dpi 25 to 40."""
        rng = self.rng
        return rng.choices([rng.uniform(7, 10), rng.uniform(9, 16), rng.uniform(14, 24), rng.uniform(22, 42)], [17, 48, 22, 13])[0]

    def box(self, box, factor, text):
        """The word's box as a recogniser would give it on the scan: often a pixel or two off, now and then cut or of the line's height."""
        rng = self.rng
        x0, y0, x1, y1 = box[0] * factor[0], box[1] * factor[1], box[2] * factor[0], box[3] * factor[1]
        height, letter = y1 - y0, (x1 - x0) / max(1, len(text))
        rough = 0.03 if rng.random() < 0.6 else 0.09
        y0, y1 = y0 + rng.gauss(-0.01, rough) * height, y1 + rng.gauss(0.01, rough) * height
        if rng.random() < 0.12:
            y0 -= rng.uniform(0, 0.4) * height
        if rng.random() < 0.12:
            y1 += rng.uniform(0, 0.4) * height
        reach = min(letter, height) * (0.08 if rng.random() < 0.8 else 0.22)
        x0, x1 = x0 - rng.gauss(0.02, 1) * reach, x1 + rng.gauss(0.02, 1) * reach
        return [int(numpy.floor(x0 + 0.5)), int(numpy.floor(y0 + 0.5)), int(numpy.ceil(x1 - 0.3)), int(numpy.ceil(y1 - 0.3))]

    def grey_crop(self, text):
        """A grey crop of the text as the page worker would cut it out, or None when this draw came to nothing."""
        rng, font = self.rng, self.font(text)
        drawn = self.canvas(font, text) if font else None
        if not drawn:
            return None
        ink, box = drawn
        cap = font.cap_height
        if rng.random() < (0.15 if not font.bitmap else 0.4):
            ink = damage.dots(ink, max(2 if not font.bitmap else 1, cap / rng.uniform(9, 20)), rng, self.noise)
        ink = damage.ruled(damage.printed(ink, cap, rng, self.noise), cap, box[1], box[3], rng)
        ink = damage.bent(ink, cap, rng, self.source.MOST_RISE)
        target = self.cap()
        stretch = rng.choices([1, rng.uniform(0.6, 1), rng.uniform(0.9, 1.2), rng.uniform(1.5, 2.1)], [45, 25, 24, 6])[0]
        wide = max(4, round(ink.shape[1] * target / cap * stretch))
        high = max(4, round(ink.shape[0] * target / cap))
        filters = [Image.BOX, Image.BILINEAR, Image.BICUBIC, Image.LANCZOS]
        image = damage.as_image(ink).resize((wide, high), rng.choice(filters if target < cap else filters[1:]))
        grey = damage.scanned(damage.on_paper(damage.as_ink(image), rng, self.noise), rng, self.noise)
        x0, y0, x1, y1 = self.box(box, (wide / ink.shape[1], high / ink.shape[0]), text)
        margin = (15 * (y1 - y0) + 50) // 100
        x0, y0, x1, y1 = max(0, x0 - margin), max(0, y0 - margin), min(wide, x1 + margin), min(high, y1 + margin)
        return numpy.floor(grey[y0:y1, x0:x1] + 0.5).astype(numpy.uint8) if x1 - x0 > 1 and y1 - y0 > 3 else None

    def crop(self):
        """(input, grey crop, text) of a new crop."""
        while True:
            text = self.source.text(self.rng)
            grey = self.grey_crop(text)
            if grey is None or normalise.width_for(*grey.shape) > self.longest:
                continue
            inputs = normalise.normalised(grey)
            # Less than two columns a character leave CTC no room.
            if inputs is not None and inputs.shape[1] // 4 > len(text) + sum(a == b for a, b in zip(text, text[1:])):
                return inputs, grey, text


def hash_number(seed):
    """A number for numpy's generator; Python's hash() is another in each process."""
    return sum(ord(c) * 131 ** i for i, c in enumerate(seed)) % (1 << 61)


def paste(ink, part, x, y):
    """The darker of both, as far as the part lies inside."""
    height, width = ink.shape
    x0, y0, x1, y1 = max(0, x), max(0, y), min(width, x + part.shape[1]), min(height, y + part.shape[0])
    if x0 < x1 and y0 < y1:
        ink[y0:y1, x0:x1] = numpy.maximum(ink[y0:y1, x0:x1], part[y0 - y:y1 - y, x0 - x:x1 - x])


def sheet(renderer, path, count=120):
    page = Image.new("L", (1400, 1100), 128)
    pen, x, y = ImageDraw.Draw(page), 4, 4
    for _ in range(count):
        inputs, _, text = renderer.crop()
        if x + inputs.shape[1] > 1390:
            x, y = 4, y + 54
        page.paste(Image.fromarray(255 - (inputs * 255).astype(numpy.uint8)), (x, y))
        pen.text((x, y + 34), text.encode("latin-1", "replace").decode("latin-1"), fill=255)
        x += max(inputs.shape[1], 7 * len(text)) + 8
    page.save(path)


def write_shard(path, renderer):
    crops = [renderer.crop() for _ in range(SHARD)]
    part = path.with_name(path.name + ".part")
    with open(part, "wb") as out:
        numpy.savez(out, inputs=numpy.concatenate([(inputs * 255 + 0.5).astype(numpy.uint8) for inputs, _, _ in crops], 1),
                    widths=numpy.array([inputs.shape[1] for inputs, _, _ in crops], numpy.int32), texts=numpy.array([text for _, _, text in crops]))
    part.replace(path)


def workers_start(folders):
    global FAMILIES
    FAMILIES = fonts.catalogue(folders)


def write_one(job):
    path, seed, source, longest = job
    write_shard(path, Renderer(seed, FAMILIES, source, longest))
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("output")
    parser.add_argument("--shards", type=int, default=64)
    parser.add_argument("--fonts", nargs="+", default=fonts.FOLDERS)
    parser.add_argument("--lines", help="a folder of texts, for a reader of all text")
    parser.add_argument("--longest", type=int, default=LONGEST)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", default="emend reader")
    parser.add_argument("--sheet", action="store_true")
    options = parser.parse_args()
    source = texts.Lines(options.lines) if options.lines else texts.Figures()
    if options.sheet:
        sheet(Renderer(options.seed, fonts.catalogue(options.fonts), source, options.longest), options.output)
        return
    folder = pathlib.Path(options.output)
    folder.mkdir(parents=True, exist_ok=True)
    paths = [(number, folder / f"{number:05d}.npz") for number in range(options.shards)]
    jobs = [(path, f"{options.seed} {number}", source, options.longest) for number, path in paths if not path.exists()]
    # Fonts cannot be sent to another process: each loads its own.
    with multiprocessing.Pool(options.workers, workers_start, [options.fonts]) as pool:
        for path in pool.imap(write_one, jobs):
            print(path, flush=True)


if __name__ == "__main__":
    main()
