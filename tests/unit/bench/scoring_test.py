# SPDX-License-Identifier: Apache-2.0
"""The scorer on cases that were counted by hand."""

import random
import unittest

from scoring import Alignment, change, edit_distance, found_numbers, lenient, score, strict


class Distance(unittest.TestCase):
    def test_counts_the_fewest_edits(self):
        self.assertEqual(edit_distance("kitten", "sitting"), 3)
        self.assertEqual(edit_distance("", "abc"), 3)
        self.assertEqual(edit_distance("abc", ""), 3)
        self.assertEqual(edit_distance(["a", "b"], ["b"]), 1)

    def test_agrees_with_the_plain_recursion(self):
        def plain(a, b):
            row = list(range(len(b) + 1))
            for i, x in enumerate(a, 1):
                row, last = [i], row
                for j, y in enumerate(b, 1):
                    row.append(min(last[j] + 1, row[-1] + 1, last[j - 1] + (x != y)))
            return row[-1]

        rng = random.Random(1)
        for _ in range(200):
            a = "".join(rng.choices("ab c", k=rng.randrange(12)))
            b = "".join(rng.choices("ab c", k=rng.randrange(12)))
            self.assertEqual(edit_distance(a, b), plain(a, b), (a, b))


class Normalisation(unittest.TestCase):
    def test_strict_keeps_everything_but_white_space(self):
        self.assertEqual(strict(" Tota1:\n\n 1,234.50 \f"), "Tota1: 1,234.50")
        self.assertEqual(strict("e\u0301"), "\u00e9")

    def test_lenient_keeps_digits_separators_and_currency(self):
        self.assertEqual(lenient("“TOTAL” – $1,234.50"), '"total" - $1,234.50')


class Aligning(unittest.TestCase):
    def span(self, a, b, part):
        start = a.index(part)
        low, high = Alignment(a, b).span(start, start + len(part))
        return b[low:high]

    def test_finds_the_changed_word(self):
        self.assertEqual(self.span("the total is 5", "the tota1 is 5", "total"), "tota1")

    def test_leaves_out_what_was_inserted_at_the_ends(self):
        self.assertEqual(self.span("pay 100 now", "pay I100 now", "100"), "100")

    def test_a_lost_word_is_empty(self):
        self.assertEqual(self.span("one two three", "one three", "two"), "")

    def test_a_space_is_no_letter(self):
        self.assertEqual(self.span("ab cd", "abxcd", "ab"), "ab")


class Scoring(unittest.TestCase):
    def test_counts_by_hand(self):
        result = score("Total: $100.00 due now", "Tota1: $1O0.00 due")
        self.assertEqual(result.characters, 22)
        self.assertEqual(result.character_errors, 6)  # l->1, 0->O, " now" lost
        self.assertEqual(result.words, 4)
        self.assertEqual(result.word_errors, 3)
        self.assertEqual(result.words_found, 1)
        self.assertEqual(result.output_words, 3)
        self.assertEqual((result.numbers, result.numbers_right), (1, 0))

    def test_a_number_with_a_letter_at_its_end_is_wrong(self):
        self.assertEqual(score("pay 100 now", "pay I100 now").numbers_right, 0)
        self.assertEqual(score("pay (100) now", "pay 100, now").numbers_right, 1)

    def test_counts_words_in_any_order(self):
        result = score("a b c c", "c b a")
        self.assertEqual((result.words_found, result.output_words), (3, 3))
        self.assertAlmostEqual(result.recall, 0.75)

    def test_only_the_lenient_rate_forgives_case(self):
        result = score("TOTAL", "total")
        self.assertEqual((result.character_errors, result.lenient_errors), (5, 0))


class Changing(unittest.TestCase):
    def test_tells_fixed_from_broken(self):
        truth = "Invoice total 100.00 paid by Azlan"
        result = change(truth, "lnvoice total 1O0.00 paid by Azlan", "Invoice total 100.00 paid by Allan")
        self.assertEqual((result.words_fixed, result.words_broken, result.words_changed), (1, 1, 0))
        self.assertEqual((result.numbers_fixed, result.numbers_broken), (1, 0))
        self.assertEqual((result.better, result.same, result.worse), (1, 0, 0))

    def test_a_letter_put_in_at_an_end_belongs_to_the_word(self):
        result = change("Invoice paid 100", "Invoic aid 100", "Invoice paid 1001")
        self.assertEqual((result.words_fixed, result.words_broken, result.numbers_broken), (2, 0, 1))
        result = change("the bank", "the bank", "the banks")
        self.assertEqual(result.words_broken, 1)

    def test_a_word_wrong_in_two_ways_is_changed(self):
        result = change("delivery", "de1ivary", "delivary")
        self.assertEqual((result.words_fixed, result.words_broken, result.words_changed), (0, 0, 1))

    def test_a_broken_number_is_seen(self):
        log = []
        result = change("code 25SQ# end", "code 25SQ# end", "code 2550# end", log)
        self.assertEqual(result.numbers_broken, 1)
        self.assertEqual(result.numbers_invented, 0)
        self.assertEqual(result.worse, 1)
        self.assertIn(("numbers_broken", "25SQ#", "25SQ#", "2550#"), log)

    def test_a_lost_number_is_seen(self):
        result = change("pay 15 now", "pay 15 now", "pay is now")
        self.assertEqual((result.numbers_lost, result.numbers_broken), (1, 1))

    def test_an_invented_number_is_seen(self):
        result = change("pay by lot now", "pay by lo now", "pay by 10 now")
        self.assertEqual((result.numbers_invented, result.words_changed), (1, 1))
        self.assertEqual(change("pay 10 now", "pay lO now", "pay 10 now").numbers_invented, 0)

    def test_a_split_word_is_fixed(self):
        result = change("plumbing fixture here", "plumbingfixture here", "plumbing fixture here")
        self.assertEqual((result.words_fixed, result.words_broken), (2, 0))

    def test_nothing_changed_counts_nothing(self):
        result = change("a b 1", "a c 1", "a c 1")
        self.assertEqual(result.words_changed + result.words_fixed + result.words_broken, 0)
        self.assertEqual(result.same, 1)


class FoundNumbers(unittest.TestCase):
    def test_each_place_of_the_truth_serves_once(self):
        self.assertEqual(found_numbers("pay 15 (now) 15.50", ["15.50,", "15", "15", "16"]),
                         [True, True, False, False])


if __name__ == "__main__":
    unittest.main()
