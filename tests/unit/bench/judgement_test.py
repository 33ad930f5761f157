# SPDX-License-Identifier: Apache-2.0
"""The judgement of proofread pages on cases that were counted by hand."""

import unittest

from judgement import judge


def truth(*words):
    return {"width": 1000, "height": 100,
            "words": [{"text": text, "box": [x, 10, x + width, 30]} for text, x, width in words]}


def page(*words, scale=1):
    """Each word is (after, x, width) or (after, x, width, before)."""
    def form(text, x, width, before=None):
        readings = [{"text": text}] + ([{"text": before}] if before else [])
        return {"box": [x * scale, 10 * scale, width * scale, 20 * scale], "readings": readings}

    return {"width": 1000 * scale, "height": 100 * scale, "lines": [{"words": [form(*w) for w in words]}]}


class Judging(unittest.TestCase):
    def test_a_repaired_word(self):
        result = judge(truth(("Total", 0, 50), ("5.00", 100, 40)),
                       page(("Total", 1, 50, "Tota1"), ("5.00", 101, 40)))
        self.assertEqual(result.repaired, [("Total", "Tota1", "Total")])
        self.assertEqual((result.words, result.wrong_before, result.numbers_right_before), (2, 1, 1))

    def test_a_broken_word_and_a_broken_number(self):
        result = judge(truth(("Azlan", 0, 50), ("25SQ#", 100, 50)),
                       page(("Allan", 0, 50, "Azlan"), ("2550#", 100, 50, "25SQ#")))
        self.assertEqual(result.newly_wrong, [("Azlan", "Azlan", "Allan")])
        self.assertEqual(result.newly_wrong_numbers, [("25SQ#", "25SQ#", "2550#")])

    def test_a_word_that_stays_wrong_in_another_way(self):
        result = judge(truth(("door.", 0, 50)), page(("doors,", 0, 50, "doos,")))
        self.assertEqual(result.changed_wrong, [("door.", "doos,", "doors,")])

    def test_words_read_as_one_are_judged_together(self):
        result = judge(truth(("Total", 0, 50), ("amount", 60, 60)),
                       page(("Total amount", 0, 120, "Totalamount")))
        self.assertEqual(result.repaired, [("Total amount", "Totalamount", "Total amount")])
        self.assertEqual(result.words, 1)

    def test_a_word_read_in_parts_is_judged_whole(self):
        result = judge(truth(("services", 0, 80)), page(("servi", 0, 45), ("ces", 50, 30)))
        self.assertEqual((result.words, result.wrong_before), (1, 1))

    def test_the_page_may_have_another_resolution(self):
        result = judge(truth(("a", 10, 20), ("b", 40, 20)), page(("a", 10, 20), ("b", 40, 20), scale=2))
        self.assertEqual((result.words, result.wrong_before), (2, 0))

    def test_a_word_that_was_not_read_is_wrong(self):
        self.assertEqual(judge(truth(("a", 10, 20)), page()).wrong_before, 1)


if __name__ == "__main__":
    unittest.main()
