#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How far a page can be trusted: the share of its words that are right, from what the page itself carries.

    fit_page_score.py DOCUMENTS_DIR [--without FOLDER] [--work DIR] [--worker PROGRAM]

Reads the documents of bench/accuracy.py, takes what bench/steps.py has kept in --work, and compares with the share of their
words that the truth holds: the mean confidence, and a line fitted on one half of the pages and tried on the other. FOLDER
holds pictures without text: what is read there is wrong, and shows where a page is hopeless.
"""

import argparse
import pathlib
import tempfile

import numpy as np

from accuracy import SETS, documents
from scoring import score
from steps import HERE, Reader, text_of

NAMES = ("mean confidence", "known words", "short words", "signs")


def words_of(page):
    return [word for line in page["lines"] if not line.get("is_noise") for word in line["words"]]


def features(page):
    """Mean confidence; of the words of three letters and more the share in the dictionary; shares of words of one or two
    letters and of signs."""
    words = words_of(page)
    texts = [word["readings"][0]["text"] for word in words]
    long = [word for word, text in zip(words, texts) if sum(c.isalpha() for c in text) >= 3]
    known = sum(word.get("in_dictionary", False) for word in long) / max(1, len(long))
    short = sum(0 < sum(c.isalnum() for c in text) < 3 for text in texts) / max(1, len(texts))
    signs = sum(not any(c.isalnum() for c in text) for text in texts) / max(1, len(texts))
    return [sum(word["readings"][0]["confidence"] for word in words) / max(1, len(words)), known, short, signs]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("documents", type=pathlib.Path)
    parser.add_argument("--without", type=pathlib.Path, action="append", default=[], help="pictures without text")
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "emend-steps")
    parser.add_argument("--worker", default=str(HERE.parent / "build/release/libexec/emend/emend-page-worker"))
    arguments = parser.parse_args()
    rows, shares = [], []
    with Reader(arguments.worker, arguments.work) as reader:
        for name in SETS:
            fold = str.casefold if name == "receipts" else str
            for image, truth in documents(arguments.documents, name, 0):
                page, _ = reader.read(image, name, (), "balanced")
                found = score(fold(truth.read_text(encoding="utf-8", errors="replace")), fold(text_of(page)))
                if found.output_words:
                    rows.append(features(page))
                    shares.append(found.precision)
        rows, shares = np.array(rows), np.array(shares)
        print(f"{len(rows)} pages")
        columns = np.hstack([rows, np.ones((len(rows), 1))])
        predicted = np.empty(len(rows))
        for half in (0, 1):
            learn, test = np.arange(len(rows)) % 2 == half, np.arange(len(rows)) % 2 != half
            weights = np.linalg.lstsq(columns[learn], shares[learn], rcond=None)[0]
            predicted[test] = np.clip(columns[test] @ weights, 0, 1)
        for what, guess in (("mean confidence", rows[:, 0]), ("fitted on the other half", predicted)):
            worst = np.argsort(shares)[:12]
            print(f"{what}: off by {100 * np.abs(guess - shares).mean():.1f} points, on the 12 worst pages by "
                  f"{100 * np.abs(guess - shares)[worst].mean():.1f} (too high by {100 * (guess - shares)[worst].mean():.1f})")
        print("weights on all:", dict(zip((*NAMES, "constant"), np.linalg.lstsq(columns, shares, rcond=None)[0].round(3))))
        print("least of each on the pages:", dict(zip(NAMES, rows.min(0).round(3))), "most:", dict(zip(NAMES, rows.max(0).round(3))))
        print("the worst pages, words right:", [(round(shares[i], 2), *rows[i].round(2)) for i in np.argsort(shares)[:8]])
        for folder in arguments.without:
            for image in sorted(folder.iterdir()):
                try:
                    page, _ = reader.read(image, folder.name, (), "balanced")
                except RuntimeError:
                    continue
                if words_of(page):
                    print(image.name, len(words_of(page)), np.round(features(page), 2), text_of(page)[:60].replace("\n", " "))


if __name__ == "__main__":
    main()
