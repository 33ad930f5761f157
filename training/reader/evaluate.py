#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""evaluate.py MODEL.gguf DOCUMENTS [--sets receipts boxes letters reports]: the reader against Tesseract, on the crops of the same words.

Tesseract (the command, plain) finds the words; the reader reads the crops of its boxes. Receipts
have truth by line box, letters and reports as text that is aligned word by word. Counted are the
words that have a digit in the truth and that Tesseract found as one word, so that both are asked
the same; what it did not find at all is counted apart. The set "boxes" is the receipts' truth boxes that
hold figures alone, cut out and given to both. Receipts' truth is upper-case: so are the
readings then. Nothing of these documents is trained on.
"""

import argparse
import collections
import csv
import difflib
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import numpy
import torch
from PIL import Image

import alphabet
import gguf_read
import model
import normalise

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "text"))
from edit_distance import edit_distance  # noqa: E402

FIGURES = re.compile(r"(RM|MYR|USD|EUR)?[^A-Za-z]*[0-9][^A-Za-z]*")  # no letters but a currency's
STRETCH = 1.5  # of the second reading: doubled digits of narrow print merge in the first
IMAGES = (".jpg", ".png", ".tif", ".tiff")
MODES = {"receipts": "6", "letters": "3", "reports": "3"}


class Reader:
    def __init__(self, path):
        entries, self.tensors = gguf_read.read(path)
        self.letters = "".join(entries["emend-reader.alphabet"])
        self.seconds = self.crops = 0

    def read(self, grey, box):
        """(text, log-probability of the best path, whether the crop reads the same when it is stretched), or None when there is nothing to read."""
        x0, y0, x1, y1 = box
        margin = (15 * (y1 - y0) + 50) // 100
        crop = grey[max(0, y0 - margin):y1 + margin, max(0, x0 - margin):x1 + margin]
        inputs = normalise.normalised(crop) if crop.size else None
        if inputs is None:
            return None
        started = time.perf_counter()
        text, score = self.best(inputs)
        self.seconds, self.crops = self.seconds + time.perf_counter() - started, self.crops + 1
        wide = normalise.normalised(crop, STRETCH)
        return text, score, wide is not None and self.best(wide)[0] == text

    @torch.no_grad()
    def best(self, inputs):
        best, path = model.from_tensors(self.tensors, torch.from_numpy(inputs)[None, None])[:, 0].max(1)
        return alphabet.collapsed(path.tolist(), self.letters).strip(), float(best.sum())


def tesseract_words(path, mode):
    """[(text, confidence, box, line)] as the tesseract command finds them."""
    command = ["tesseract", str(path), "-", "-l", "eng", "--psm", mode, "tsv"]
    done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"}, timeout=120)
    found = []
    for row in csv.DictReader(io.StringIO(done.stdout.decode()), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == "5" and row["text"].strip():
            x, y, w, h = (int(row[name]) for name in ("left", "top", "width", "height"))
            found.append((row["text"].strip(), float(row["conf"]), (x, y, x + w, y + h), (row["block_num"], row["par_num"], row["line_num"])))
    return found


def by_boxes(words, rows):
    """Pairs (truth, word or None) of lines whose boxes are known: words whose middle lies in a box stand for its text."""
    for row in rows:
        x0, y0, x1, y1, text = int(row[0]), int(row[1]), int(row[4]), int(row[5]), ",".join(row[8:])
        inside = [w for w in words if x0 <= (w[2][0] + w[2][2]) / 2 <= x1 and y0 <= (w[2][1] + w[2][3]) / 2 <= y1]
        tokens = text.split()
        inside.sort(key=lambda w: w[2][0])
        for i, token in enumerate(tokens):
            yield token, inside[i] if len(inside) == len(tokens) else None


def by_text(words, text):
    """Pairs (truth, word or None) along the texts' alignment."""
    tokens, seen = text.split(), [w[0] for w in words]
    for kind, a0, a1, b0, b1 in difflib.SequenceMatcher(None, tokens, seen, autojunk=False).get_opcodes():
        same = kind == "equal" or (kind == "replace" and a1 - a0 == b1 - b0)
        for i in range(a0, a1):
            yield tokens[i], words[b0 + i - a0] if same else None


def pages(documents, name):
    """(image path, function from words to pairs, whether the truth is upper-case) of one set."""
    folder = documents / name
    if name == "receipts":
        for path in sorted((folder / "img").glob("*.jpg")):
            rows = list(csv.reader((folder / "box" / f"{path.stem}.csv").read_text(encoding="utf-8", errors="replace").splitlines()))
            yield path, lambda words, rows=rows: by_boxes(words, [row for row in rows if len(row) > 8]), True
    else:
        for path in sorted(p for p in folder.iterdir() if p.suffix in IMAGES):
            truth = path.with_suffix(".txt")
            if truth.exists():
                text = truth.read_text(encoding="utf-8", errors="replace")
                yield path, lambda words, text=text: by_text(words, text), False


BINS = [-0.02, -0.1, -0.3, -1.0, -3.0]  # log-probability of the reader's best path, from sure to unsure


class Counts:
    def __init__(self):
        self.n = collections.Counter()
        self.bins = collections.Counter()
        self.examples = []

    def add(self, truth, seen, read):
        n, digits = self.n, lambda s: "".join(c for c in s if c.isdigit())
        said = read[0] if read else ""
        n["words"] += 1
        if FIGURES.fullmatch(truth):
            n["figures"] += 1
            n["figures_tesseract"] += seen == truth
            n["figures_reader"] += said == truth
        n["characters"] += len(truth)
        n["tesseract_errors"] += edit_distance(truth, seen)
        n["reader_errors"] += edit_distance(truth, said)
        n["tesseract_right"] += seen == truth
        n["reader_right"] += said == truth
        n["tesseract_digits"] += digits(seen) == digits(truth)
        n["reader_digits"] += digits(said) == digits(truth)
        n["either_right"] += truth in (seen, said)
        n["agree"] += seen == said
        n["agree_right"] += seen == said == truth
        n["steady"] += seen == said and bool(read and read[2])
        n["steady_right"] += seen == said == truth and bool(read and read[2])
        n["digits_agree"] += digits(seen) == digits(said)
        n["digits_agree_right"] += digits(seen) == digits(said) == digits(truth)
        if read:
            place = next((limit for limit in BINS if read[1] >= limit), "less")
            self.bins[place, "agree" if said == seen else "differ", said == truth, seen == truth] += 1
        if seen != truth or said != truth:
            self.examples.append((truth, seen, said, round(read[1], 2) if read else None))

    def by_confidence(self):
        """{log-probability of at least: {agree: [n, right], differ: [n, reader right, Tesseract right]}}"""
        table = {}
        for place in [*BINS, "less"]:
            def total(kind, said=(True, False), seen=(True, False), place=place):
                return sum(self.bins[place, kind, a, b] for a in said for b in seen)

            table[str(place)] = {"agree": [total("agree"), total("agree", [True])],
                                 "differ": [total("differ"), total("differ", [True]), total("differ", seen=[True])]}
        return table

    def rates(self):
        n, share = self.n, lambda a, b: round(100 * a / b, 2) if b else None
        return {"words": n["words"], "not_found_alike": n["missing"],
                "figures_alone": {"words": n["figures"], "tesseract_right": share(n["figures_tesseract"], n["figures"]), "reader_right": share(n["figures_reader"], n["figures"])},
                "tesseract": {"cer": share(n["tesseract_errors"], n["characters"]), "right": share(n["tesseract_right"], n["words"]), "digits": share(n["tesseract_digits"], n["words"])},
                "reader": {"cer": share(n["reader_errors"], n["characters"]), "right": share(n["reader_right"], n["words"]), "digits": share(n["reader_digits"], n["words"])},
                "either_right": share(n["either_right"], n["words"]),
                "agree": {"share": share(n["agree"], n["words"]), "right": share(n["agree_right"], n["agree"])},
                "agree_stretched_too": {"share": share(n["steady"], n["words"]), "right": share(n["steady_right"], n["steady"])},
                "digits_agree": {"share": share(n["digits_agree"], n["words"]), "right": share(n["digits_agree_right"], n["digits_agree"])}}


def tightened(grey, box):
    """A truth box is loose: the box of the longest run of inked rows in it."""
    x0, y0, x1, y1 = box
    part = grey[y0:y1, x0:x1]
    inked = part < (float(numpy.percentile(part, 5)) + float(numpy.percentile(part, 95))) / 2
    runs, start = [], None
    for y, some in enumerate([*inked.any(1), False]):
        if some and start is None:
            start = y
        elif not some and start is not None:
            runs.append((y - start, start, y))
            start = None
    if not runs:
        return box
    _, top, bottom = max(runs)
    columns = numpy.flatnonzero(inked[top:bottom].any(0))
    return x0 + int(columns[0]), y0 + top, x0 + int(columns[-1]) + 1, y0 + bottom


def tesseract_lines(grey, boxes):
    """What Tesseract reads in each box by itself, as one line, with white around it. Without spaces."""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for x0, y0, x1, y1 in boxes:
            names.append(f"{folder}/{len(names)}.png")
            Image.fromarray(numpy.pad(grey[y0:y1, x0:x1], 10, constant_values=255)).save(names[-1])
        listed = pathlib.Path(folder, "list.txt")
        listed.write_text("\n".join(names) + "\n", encoding="ascii")
        command = ["tesseract", str(listed), "-", "-l", "eng", "--psm", "7", "tsv"]
        done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
        read = [""] * len(boxes)
        for row in csv.DictReader(io.StringIO(done.stdout.decode()), delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["level"] == "5":
                read[int(row["page_num"]) - 1] += "".join(row["text"].split())
        return read


def kept(cache, name, make):
    """make(), or what it gave the last time."""
    path = cache / f"{name}.json" if cache else None
    if path and path.exists():
        return json.loads(path.read_text())
    value = make()
    if path:
        path.write_text(json.dumps(value))
    return value


def evaluate_boxes(reader, documents, cache, most):
    """The receipts' truth boxes that hold one line of figures and nothing else, whether or not Tesseract finds them on the page. Spaces do not count."""
    counts = Counts()
    for path in sorted((documents / "receipts/img").glob("*.jpg"))[:most]:
        grey = numpy.asarray(Image.open(path).convert("L"))
        rows = csv.reader((documents / "receipts/box" / f"{path.stem}.csv").read_text(encoding="utf-8", errors="replace").splitlines())
        rows = [((int(r[0]), int(r[1]), int(r[4]), int(r[5])), "".join(",".join(r[8:]).split())) for r in rows if len(r) > 8]
        rows = [(box, text) for box, text in rows if FIGURES.fullmatch(text) and box[2] - box[0] > 3 and box[3] - box[1] > 5]
        lines = kept(cache, f"boxes_{path.stem}", lambda grey=grey, rows=rows: tesseract_lines(grey, [box for box, _ in rows]))
        for (box, text), seen in zip(rows, lines):
            read = reader.read(grey, tightened(grey, box))
            counts.add(text, seen.upper(), ("".join(read[0].split()).upper(), *read[1:]) if read else None)
    return counts


def evaluate(reader, documents, name, cache, most):
    counts = Counts()
    for path, pairs, upper in list(pages(documents, name))[:most]:
        words = kept(cache, f"{name}_{path.stem}", lambda path=path: tesseract_words(path, MODES[name]))
        grey = numpy.asarray(Image.open(path).convert("L"))
        for truth, word in pairs(words):
            if not any(c.isdigit() for c in truth):
                continue
            if word is None:
                counts.n["missing"] += 1
                continue
            read = reader.read(grey, word[2])
            fold = str.upper if upper else str
            counts.add(fold(truth), fold(word[0]), (fold(read[0]), *read[1:]) if read else None)
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("model")
    parser.add_argument("documents", type=pathlib.Path)
    parser.add_argument("--sets", nargs="+", default=[*MODES, "boxes"], choices=[*MODES, "boxes"])
    parser.add_argument("--cache", type=pathlib.Path, help="a folder for what Tesseract read")
    parser.add_argument("--pages", type=int, default=None, help="of each set at most")
    parser.add_argument("--examples", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(1)
    if options.cache:
        options.cache.mkdir(parents=True, exist_ok=True)
    reader = Reader(options.model)
    for name in options.sets:
        if name == "boxes":
            counts = evaluate_boxes(reader, options.documents, options.cache, options.pages)
        else:
            counts = evaluate(reader, options.documents, name, options.cache, options.pages)
        print(json.dumps({"set": name, **counts.rates()}))
        print("    by confidence", json.dumps(counts.by_confidence()))
        for example in counts.examples[:options.examples]:
            print("   ", example)
    print(json.dumps({"crops": reader.crops, "crops_per_second": round(reader.crops / max(reader.seconds, 1e-9), 1)}))


if __name__ == "__main__":
    main()
