#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""prepare.py CORPUS_DIR OUTPUT_DIR: the text that the embedded models are trained and measured on.

Writes train/*.txt and held_out/*.txt. What is held out is never in train: whole books, whole
speeches, documents of the generator from another seed.
"""

import pathlib
import sys

import business
import corpora

MB = 1_000_000
BUSINESS_BYTES = {"eng": 16 * MB, "deu": 6 * MB, "fra": 5 * MB}
SALAD_BYTES = {"eng": 3 * MB, "deu": 4 * MB, "fra": 4 * MB}
DECLARATIONS = {"deu": "German_Deutsch-Latin1", "fra": "French_Francais-Latin1"}
COMMON_WORDS = 12_000  # of a list's commonest, to make up names and products from
HELD_OUT_BYTES = 400_000


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(f"{path}: {path.stat().st_size / MB:.2f} MB")


def prepare_prose(folder, output):
    train, held = corpora.held_out(corpora.books(folder), 40)
    write(output / "train/books.txt", "\n".join(map(corpora.book, train)))
    write(output / "held_out/books.txt", "\n".join(corpora.book(p)[:HELD_OUT_BYTES // 6] for p in held))
    train, held = corpora.held_out(corpora.speeches(folder), 12)
    write(output / "train/speeches.txt", "\n".join(map(corpora.speech, train)))
    write(output / "held_out/speeches.txt", "\n".join(map(corpora.speech, held)))


def prepare_language(folder, output, language):
    counts = corpora.word_counts(folder, language)
    common = [word for word, _ in counts[:COMMON_WORDS] if len(word) > 2]
    write(output / f"train/business_{language}.txt", business.documents(language, BUSINESS_BYTES[language], 1, common))
    write(output / f"held_out/business_{language}.txt", business.documents(language, HELD_OUT_BYTES // 2, 2, common))
    write(output / f"train/words_{language}.txt", corpora.word_salad(counts, SALAD_BYTES[language], corpora.rng_for(language)))
    if language in DECLARATIONS:
        write(output / f"train/declaration_{language}.txt", corpora.declaration(folder, DECLARATIONS[language]))


def main():
    folder, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    prepare_prose(folder, output)
    for language in ("eng", "deu", "fra"):
        prepare_language(folder, output, language)


if __name__ == "__main__":
    main()
