#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""At which resolution scans in PDF files are read best: the figures behind docs/decisions/0009.

usage: pdf_resolution.py DOCUMENTS_DIR [--sample N] [--emend build/release/bin/emend]

Pages of known text become PDFs of one image at a lower resolution, as a scanner would have made them, and are read at
several. Prints one Markdown row for each. Every page is looked at once.
"""

import argparse
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from PIL import Image

import accuracy
import scoring

CASES = [("reports", 150, (150, 300)), ("reports", 200, (200, 300)), ("letters", 400, (300, 400)), ("reports", 100, (100, 300)),
         ("letters", 600, (300, 600))]


def pdf_of(image, dpi):
    """A page that is this image, as a PDF."""
    source = Image.open(image)
    scale = dpi / source.info["dpi"][0]
    if scale != 1:
        size = (round(source.width * scale), round(source.height * scale))
        source = source.convert("L").resize(size, Image.LANCZOS if scale < 1 else Image.BICUBIC)
    data = io.BytesIO()
    source.save(data, "PDF", resolution=dpi)
    return data.getvalue()


def read(emend, pdfs, dpi, folder):
    """Writes the JSON form of each file; the processor seconds that this took."""
    before = os.times()
    subprocess.run([emend, "--model", "none", "--quality", "fast", "--format", "json", "--dpi", str(dpi), "-q", *pdfs, "-o",
                    folder], check=False, capture_output=True)
    after = os.times()
    return after.children_user - before.children_user


def measure(arguments, name, scanned, dpis):
    pairs = accuracy.documents(pathlib.Path(arguments.documents), name, arguments.sample)
    with tempfile.TemporaryDirectory() as work:
        pdfs = []
        for image, _ in pairs:
            pdfs.append(pathlib.Path(work) / (pathlib.Path(image).stem + ".pdf"))
            pdfs[-1].write_bytes(pdf_of(image, scanned))
        for dpi in dpis:
            folder = pathlib.Path(work) / str(dpi)
            seconds = read(arguments.emend, pdfs, dpi, folder)
            total = scoring.Score()
            for pdf, (_, truth) in zip(pdfs, pairs):
                result = folder / (pdf.name + ".json")
                text = accuracy.text_of(json.loads(result.read_text())) if result.exists() else ""
                total += scoring.score(truth.read_text(encoding="utf-8", errors="replace"), text)
            print(f"| {name} ({len(pairs)}) | {scanned} | {dpi} | {100 * total.cer:.2f} | {100 * total.wer:.2f} | "
                  f"{seconds / len(pairs):.1f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents")
    parser.add_argument("--sample", type=int, default=15)
    parser.add_argument("--emend", default="build/release/bin/emend")
    arguments = parser.parse_args()
    print("| set | scanned at | read at | CER % | WER % | processor seconds a page |\n| --- | --- | --- | --- | --- | --- |")
    for case in CASES:
        measure(arguments, *case)


if __name__ == "__main__":
    sys.exit(main())
