#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What a step of preparing and reading is worth, on documents whose text is known.

    steps.py DOCUMENTS_DIR --steps border,inverted,unread [--sample N] [--only NAME,...] [--worker PROGRAM] [--work DIR]
    steps.py --made COUNT [--steps ...]

DOCUMENTS_DIR is that of bench/accuracy.py. Every page is read with all steps and once without each. With --made the pages
are invoices of the tests' generator, clean, and the same with one thing done to them: the head of the table white on
black, a black border, light that falls from one corner, and half of the resolution.
Processor time is that of the page worker. Pages are kept in --work and used again.
"""

import argparse
import json
import os
import pathlib
import sys
import tempfile

from accuracy import SETS, documents, percent
from page_worker import PageWorker
from scoring import Score, score

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "fixtures" / "invoices"))


def text_of(page):
    return "\n".join(" ".join(word["readings"][0]["text"] for word in line["words"])
                     for line in page["lines"] if not line.get("is_noise"))


def seconds_of(process):
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Reader:
    def __init__(self, program, work):
        self.program, self.work = program, work

    def __enter__(self):
        self.worker = PageWorker(self.program).__enter__()
        return self

    def __exit__(self, *error):
        self.worker.__exit__(*error)

    def read(self, image, kind, without, quality):
        """(page, processor seconds), from --work where it is there."""
        kept = self.work / kind / f"{image.stem}-{quality}-{'-'.join(without) or 'all'}.json"
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            before = seconds_of(self.worker.process)
            page = self.worker.read(image, skip_steps=list(without), quality=quality)
            kept.write_text(json.dumps([page, seconds_of(self.worker.process) - before]), encoding="utf-8")
        return json.loads(kept.read_text(encoding="utf-8"))


def row(name, what, pairs, reader, without, quality):
    fold = str.casefold if name == "receipts" else str
    total, seconds = Score(), 0
    for image, truth in pairs:
        page, spent = reader.read(image, name, without, quality)
        total += score(fold(truth), fold(text_of(page)))
        seconds += spent
    return (f"| {name} ({len(pairs)}) | {what} | {percent(total.wer)} | {percent(total.recall, 1)} | "
            f"{total.numbers_right} of {total.numbers} | {seconds:.1f} |")


def made_pages(count, folder):
    """{kind: [(image, truth)]} of pages that are the same but for one thing."""
    import numpy as np
    from PIL import Image, ImageOps
    from content import make_invoice
    from layout import BODIES, FACES, HEADS, print_invoice
    from make_invoices import lines
    kinds = {}
    for number in range(count):
        rng = np.random.default_rng([20241127, number])
        page = print_invoice(make_invoice(rng), list(FACES)[number % len(FACES)], 28,
                             list(HEADS)[number % len(HEADS)], list(BODIES)[number % len(BODIES)])
        truth = "\n".join(lines(page))
        clean = page.image.convert("L")
        width, height = clean.size
        head = head_of_table(page)
        inverted = clean.copy()
        inverted.paste(ImageOps.invert(clean.crop(head)), head)
        bordered = Image.new("L", (width + 160, height + 120), 0)
        bordered.paste(clean, (110, 0))
        down, across = np.mgrid[0:height, 0:width]
        light = 0.45 + 0.55 * (down / height + across / width) / 2
        uneven = Image.fromarray((np.asarray(clean) * light).astype("uint8"))
        small = clean.resize((width // 2, height // 2), Image.LANCZOS)
        for kind, image in (("clean", clean), ("head white on black", inverted), ("black border", bordered),
                            ("uneven light", uneven), ("half the resolution", small)):
            path = folder / f"{kind.replace(' ', '_')}_{number}.png"
            image.save(path, dpi=(100, 100) if image is small else (200, 200))
            kinds.setdefault(kind, []).append((path, truth))
    return kinds


def head_of_table(page):
    """The box, with a margin, of the wide line without a digit before the first that has two words with digits."""
    lines = {}
    for word in page.words:
        lines.setdefault(word.line, []).append(word)
    words = None
    for line in sorted(lines):
        digits = sum(any(c.isdigit() for c in word.text) for word in lines[line])
        left, right = min(word.box[0] for word in lines[line]), max(word.box[2] for word in lines[line])
        if words and digits >= 2 and right - left > page.image.width / 2:
            break
        if digits == 0 and right - left > page.image.width / 2:
            words = lines[line]
    margin = 14
    edges = (min(word.box[0] for word in words) - margin, min(word.box[1] for word in words) - margin,
             max(word.box[2] for word in words) + margin, max(word.box[3] for word in words) + margin)
    return tuple(round(edge) for edge in edges)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("documents", nargs="?", type=pathlib.Path)
    parser.add_argument("--made", type=int, default=0, help="so many pages of each kind instead of documents")
    parser.add_argument("--steps", type=lambda text: text.split(","), default=["border", "inverted", "unread"])
    parser.add_argument("--sample", type=int, default=0, help="at most so many documents of each set")
    parser.add_argument("--only", type=lambda text: text.split(","), default=[], help="documents, or kinds of made pages, with these names")
    parser.add_argument("--quality", default="balanced")
    parser.add_argument("--worker", default=str(HERE.parent / "build/release/libexec/emend/emend-page-worker"))
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "emend-steps")
    arguments = parser.parse_args()
    if arguments.made:
        arguments.work.mkdir(parents=True, exist_ok=True)
        sets = made_pages(arguments.made, arguments.work)
        sets = {name: pairs for name, pairs in sets.items() if not arguments.only or name in arguments.only}
    else:
        sets = {name: [(image, truth.read_text(encoding="utf-8", errors="replace"))
                       for image, truth in documents(arguments.documents, name, arguments.sample)
                       if not arguments.only or image.name in arguments.only] for name in SETS}
    print("| pages | steps | wrong words % | words found % | numbers right | processor seconds |")
    print("|---|---|---|---|---|---|")
    with Reader(arguments.worker, arguments.work) as reader:
        for name, pairs in sets.items():
            if not pairs:
                continue
            print(row(name, "all", pairs, reader, (), arguments.quality), flush=True)
            for step in arguments.steps:
                print(row(name, f"without {step}", pairs, reader, (step,), arguments.quality), flush=True)
            if len(arguments.steps) > 1:
                print(row(name, f"without {', '.join(arguments.steps)}", pairs, reader, tuple(arguments.steps),
                          arguments.quality), flush=True)


if __name__ == "__main__":
    main()
