#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""evaluate_test.py ROOT: how the weight of the mix is fitted, and what becomes of counted confusions."""

import math
import pathlib
import random
import sys
import unittest

ROOT = pathlib.Path(sys.argv.pop(1))
for folder in ("evaluate", "channel"):
    sys.path.insert(0, str(ROOT / "training" / folder))
import close_calls  # noqa: E402
import fit_mix  # noqa: E402
import make_table  # noqa: E402


def place(rng, is_wrong, help_of_gguf):
    """A word with two candidates; the n-gram prefers the right one by little, the GGUF by `help_of_gguf`."""
    entry = {"set": "ocr x" if is_wrong else "clean x", "candidates": ["read", "other"], "observed": 0,
             "truth": 1 if is_wrong else 0, "group": rng.randrange(100)}
    sign = 1 if is_wrong else -1
    made = fit_mix.Place(entry, [0.0, sign * 1.0 + rng.gauss(0, 3)])
    made.add([0, 1], [0.0, sign * help_of_gguf + rng.gauss(0, 3)])
    return made


def fitted(help_of_gguf):
    rng = random.Random(1)
    places = [place(rng, i % 4 == 0, help_of_gguf) for i in range(4000)]
    half = [p for p in places if p.half == 0]
    worth = {weight: sum(row[2] for row in fit_mix.at_targets(half, weight)) for weight in fit_mix.WEIGHTS}
    return max(worth, key=worth.get), worth


class Mix(unittest.TestCase):
    def test_a_model_that_knows_gets_weight_and_one_that_misleads_gets_none(self):
        weight, worth = fitted(4.0)
        self.assertGreaterEqual(weight, 0.3)
        self.assertGreater(worth[weight], worth[0.0] + 0.05)
        self.assertEqual(fitted(-3.0)[0], 0.0)

    def test_no_more_right_words_are_changed_than_the_target_says(self):
        rng = random.Random(2)
        places = [place(rng, i % 4 == 0, 2.0) for i in range(2000)]
        for target, (margin, broken, _) in zip(fit_mix.TARGETS, fit_mix.at_targets(places, 0.5)):
            self.assertLessEqual(broken, target)
            self.assertGreater(margin, 0)

    def test_far_calls_are_the_ngrams_whatever_the_gguf_says(self):
        entry = {"set": "clean x", "candidates": ["a", "b"], "observed": 0, "truth": 0, "group": 0}
        far = fit_mix.Place(entry, [0.0, -9.0])
        far.add([0, 1], [0.0, 50.0])
        self.assertEqual(fit_mix.at_targets([far], 0.7)[0][:2], (0.0, 0.0))

    def test_close_calls_keep_the_reading_and_the_truth(self):
        entry = {"set": "ocr x", "candidates": list("abcdefg"), "observed": 0, "truth": 6}
        scores = [0.0, 3.0, 2.0, 1.0, -1.0, -2.0, -30.0]
        close = close_calls.reduced(entry, scores, 17)
        self.assertEqual(close["kept"], [0, 1, 2, 3, 6])
        self.assertEqual(close["candidates"], ["a", "b", "c", "d", "g"])
        self.assertEqual(close["index"], 17)
        self.assertIsNone(close_calls.reduced(entry, [0.0] + [-50.0] * 6, 17))
        self.assertEqual(len(close_calls.reduced({**entry, "set": "rw"}, [0.0] + [-50.0] * 6, 17)["kept"]), 7)


class Confusions(unittest.TestCase):
    def setUp(self):
        self.known = make_table.prior()

    def test_what_was_counted_moves_the_cost_and_what_was_not_keeps_it(self):
        counts = {("c", "e"): (100, 10_000), ("h", "b"): (1, 10_000)}
        costs, shift = make_table.costs_of(counts, self.known)
        self.assertLess(costs["c", "e"], costs["h", "b"])
        self.assertAlmostEqual(costs["rn", "m"], self.known["rn", "m"])
        self.assertGreater(shift, 0)

    def test_nothing_that_was_meant_is_a_digit_or_a_sign(self):
        counts = {("c", "e"): (50, 5000), ("l", "1"): (500, 600), ("x", "."): (500, 600), ("", "i"): (500, 600), ("s", "S"): (500, 600)}
        costs, _ = make_table.costs_of(counts, self.known)
        self.assertEqual(set(costs), set(self.known))

    def test_pairs_of_letters_that_are_counted_often_come_in(self):
        counts = {("c", "e"): (50, 5000), ("y", "j"): (40, 500), ("k", "x"): (make_table.LEAST - 1, 500)}
        costs, shift = make_table.costs_of(counts, self.known)
        self.assertAlmostEqual(costs["y", "j"], max(make_table.LOWEST, math.log(500 / 40) - shift))
        self.assertNotIn(("k", "x"), costs)


if __name__ == "__main__":
    unittest.main()
