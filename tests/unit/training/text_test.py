#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The made-up documents and the word lists that the embedded models are made from.

usage: text_test.py ROOT
"""

import hashlib
import pathlib
import random
import re
import struct
import sys
import unittest

ROOT = pathlib.Path(sys.argv.pop(1))
for folder in ("text", "lexicon"):
    sys.path.insert(0, str(ROOT / "training" / folder))
import business  # noqa: E402
import corpora  # noqa: E402
import make_lexicon  # noqa: E402
import vocabulary  # noqa: E402
from edit_distance import edit_distance  # noqa: E402

COMMON = ["market", "river", "paper", "cloud", "garden"]
LANGUAGES = ["eng", "deu", "fra"]


class Distance(unittest.TestCase):
    def test_of_short_strings(self):
        for a, b, expected in (("", "", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("12.50", "12,5O", 2), ("ab", "ba", 2)):
            self.assertEqual((edit_distance(a, b), edit_distance(b, a)), (expected, expected))


def writer(language, seed):
    return business.Writer(random.Random(seed), language, COMMON)


def cents(language, text):
    digits = re.sub(r"\D", "", text)
    return int(digits) * (-1 if "-" in text else 1)


class Business(unittest.TestCase):
    def test_same_seed_gives_the_same_text(self):
        for language in LANGUAGES:
            once = business.documents(language, 20_000, 1, COMMON)
            self.assertEqual(once, business.documents(language, 20_000, 1, COMMON))
            self.assertNotEqual(once, business.documents(language, 20_000, 2, COMMON))
            self.assertGreaterEqual(len(once.encode()), 20_000)

    def test_amounts_are_written_as_the_language_does(self):
        for seed in range(50):
            self.assertRegex(writer("eng", seed).plain_amount(123456), r"^1,?234\.56$")
            self.assertRegex(writer("deu", seed).plain_amount(123456), r"^1\.?234,56$")
            self.assertRegex(writer("fra", seed).plain_amount(-123456), r"^-1 ?234,56$")

    def test_rows_and_totals_add_up(self):
        for language in LANGUAGES:
            for seed in range(200):
                w = writer(language, seed)
                rows = business.items(w, 5)
                self.assertTrue(all(quantity * price == amount for quantity, _, price, amount in rows))
                net = sum(row[3] for row in rows)
                lines, total = business.totals(w, net)
                amounts = [cents(language, re.search(r"-?[\d., ]*\d[.,]\d\d(?!\d)(?=\D*$)", line)[0]) for line in lines]
                self.assertEqual(amounts[0], net)
                self.assertEqual(amounts[-1], total)
                self.assertEqual(sum(amounts[:-1]), total, lines)

    def test_every_kind_of_document_comes_in_every_language(self):
        for language in LANGUAGES:
            for make in (business.invoice, business.receipt, business.letter, business.form):
                lines = make(writer(language, 7))
                self.assertGreater(len(lines), 5)
                self.assertFalse(any("{" in line for line in lines), "a place in a template was left open")

    def test_some_documents_are_in_capitals(self):
        text = business.documents("eng", 100_000, 3, COMMON).split("\n\n")
        self.assertTrue(any(part.isupper() and len(part) > 200 for part in text))


class Corpora(unittest.TestCase):
    def test_held_out_files_are_not_in_the_training_part(self):
        paths = [pathlib.Path(f"{i:03}.txt") for i in range(100)]
        train, held = corpora.held_out(paths, 12)
        self.assertEqual(sorted(train + held), paths)
        self.assertFalse(set(train) & set(held))
        self.assertEqual(len(held), 8)

    def test_unwrapped_joins_lines_and_keeps_paragraphs(self):
        self.assertEqual(corpora.unwrapped("a b\nc\n\nd\n  e"), "a b c\n\nd\n  e")

    def test_tidy_drops_what_no_page_has(self):
        self.assertEqual(corpora.tidy("a\r\n[Illustration: x]_word_  b \n\n\n\nc"), "a\nword b\n\nc")


class Lexicon(unittest.TestCase):
    def test_file_has_the_form_that_word_list_h_describes(self):
        words = {"a": 0.5, "ab": 0.25, "b": 0.125, "é": 0.0625}
        data = make_lexicon.lexicon_file(words)
        self.assertEqual(data[:8], b"emendlx1")
        self.assertEqual(data[8:40], hashlib.sha256(data[40:]).digest())
        version, nodes, letters = struct.unpack_from("<III", data, 40)
        self.assertEqual((version, nodes, letters), (1, 5, 3))
        self.assertEqual(struct.unpack_from("<3I", data, 64), (ord("a"), ord("b"), ord("é")))
        place = 64 + 16
        self.assertEqual(list(data[place:place + 5]), [0, 0, 1, 2, 1])
        self.assertEqual(data[place + 8 + 1], 255)  # the commonest word
        self.assertEqual(data[place + 8 + 3], 1)    # the rarest
        self.assertEqual(list(data[place + 16:place + 21]), [3, 1, 0, 0, 0])
        self.assertEqual(len(data) % 8, 0)

    def test_vocabulary_has_the_words_of_invoices(self):
        for language, expected in {"eng": "Qty", "deu": "Umsatzsteuer", "fra": "Désignation"}.items():
            self.assertIn(expected, vocabulary.words(language))

    def test_words_are_words(self):
        self.assertTrue(make_lexicon.is_word("a", "eng"))
        for word in ("b", "th", "x2", "-"):
            self.assertFalse(make_lexicon.is_word(word, "eng"), word)

    def test_salad_is_repeatable(self):
        counts = [("the", 100), ("invoice", 4)]
        first = corpora.word_salad(counts, 500, corpora.rng_for("x"))
        self.assertEqual(first, corpora.word_salad(counts, 500, corpora.rng_for("x")))


if __name__ == "__main__":
    unittest.main()
