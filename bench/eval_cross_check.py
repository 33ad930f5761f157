#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the figures of `emend eval` against other tools, on real pages.

    eval_cross_check.py DOCUMENTS_DIR [--count 20] [--emend PROGRAM]

Of each of --count documents the plain tesseract command's text is scored three times: by `emend eval`, by
bench/scoring.py, and by Levenshtein.distance of python3-levenshtein (Debian), over characters and over words, with the
normalisation of docs/eval.md written down once more here. Prints a table of all that differs; status 1 when anything
does but for numbers, which several cheapest alignments can place one here or there.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import unicodedata

import Levenshtein  # Debian: python3-levenshtein

from accuracy import SETS, documents
from scoring import score


def collapsed(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


def words(text):
    """The words as private characters, since the distance is one of strings."""
    return [core for core in (token.strip(".,;:!?()[]\"'") for token in collapsed(text).split(" ")) if core]


def word_distance(a, b):
    numbers = {word: chr(0x20000 + i) for i, word in enumerate(dict.fromkeys(a + b))}
    return Levenshtein.distance("".join(numbers[w] for w in a), "".join(numbers[w] for w in b))


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("documents", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--emend", default=str(here.parent / "build" / "release" / "bin" / "emend"), type=str.split)
    arguments = parser.parse_args()
    pairs = [pair for name in SETS for pair in documents(arguments.documents, name, -(-arguments.count // len(SETS)))]
    rows = []
    for image, truth in pairs[:arguments.count]:
        text = subprocess.run(["tesseract", image, "-"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True,
                              env={"PATH": "/usr/bin:/bin", "OMP_THREAD_LIMIT": "1"}).stdout.decode("utf-8", "replace")
        rows.append((image.name, text, truth.read_text(encoding="utf-8", errors="replace")))
    with tempfile.TemporaryDirectory() as folder:
        lines = pathlib.Path(folder) / "pairs.jsonl"
        lines.write_text("".join(json.dumps({"id": name, "ocr": text, "gt": gt}) + "\n" for name, text, gt in rows))
        out = subprocess.run([*arguments.emend, "eval", lines, "--model", "none", "--json", "-"],
                             stdout=subprocess.PIPE, check=True).stdout
    differing, total = 0, 0
    print("| document | figure | emend eval | scoring.py | Levenshtein |\n|---|---|---|---|---|")
    for (name, text, gt), mine in zip(rows, json.loads(out)["by_document"]):
        ours, theirs = mine["before"], score(gt, text)
        others = {
            "characters": (theirs.characters, len(collapsed(gt))),
            "character_errors": (theirs.character_errors, Levenshtein.distance(collapsed(gt), collapsed(text))),
            "lenient_errors": (theirs.lenient_errors, None),
            "words": (theirs.words, len(words(gt))),
            "word_errors": (theirs.word_errors, word_distance(words(gt), words(text))),
            "words_found": (theirs.words_found, None),
            "numbers": (theirs.numbers, None),
            "numbers_right": (theirs.numbers_right, None)}
        for figure, values in others.items():
            total += 1
            if all(value in (None, ours[figure]) for value in values):
                continue
            print(f"| {name} | {figure} | {ours[figure]} | {values[0]} | {values[1] if values[1] is not None else '-'} |")
            differing += figure != "numbers_right"
    print(f"\n{total} figures of {len(rows)} documents, {differing} differ (numbers_right aside).")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
