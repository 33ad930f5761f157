#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""channel_test.py ROOT: what is counted of printed and read lines; skipped (77) without Pillow."""

import pathlib
import sys
import unittest

ROOT = pathlib.Path(sys.argv.pop(1))
sys.path.insert(0, str(ROOT / "training" / "channel"))
try:
    import confusions
except ImportError as missing:
    print(missing)
    sys.exit(77)


def word(text, listed):
    slots = [[[c, 0], *([[other, 1.5] for other in listed.get(i, [])])] for i, c in enumerate(text)]
    return {"readings": [{"text": text, "confidence": 0.5, "characters": slots}]}


class Counting(unittest.TestCase):
    def seen(self):
        return confusions.SeenLine({"words": [word("Tolal", {2: ["t", "f"]}), word("arnount", {})]})

    def test_a_line_knows_what_the_recogniser_listed_where(self):
        line = self.seen()
        self.assertEqual(line.text, "Tolal arnount")
        self.assertEqual(len(line.listed), len(line.text))
        self.assertEqual(line.listed[2], {"t", "f"})
        self.assertEqual(line.listed[6], set())

    def test_differences_say_what_was_seen_for_what_and_where(self):
        self.assertEqual(list(confusions.differences("Total amount", "Tolal arnount")), [("l", "t", 2), ("rn", "m", 7)])
        self.assertEqual(list(confusions.differences("abcdefgh", "abXXXXgh")), [], "more than a confusion")

    def test_counts_are_of_lines_that_were_found(self):
        statistics = confusions.Statistics()
        for _ in range(confusions.LEAST_COUNT):
            statistics.add("Total amount", [confusions.SeenLine({"words": [word("something", {})]}), self.seen()])
        statistics.add("nothing of this was read", [self.seen()])
        rows = {row[:2]: row[2:] for row in statistics.rows()}
        self.assertEqual(statistics.lost_lines, 1)
        count, printed, nats, listed = rows["l", "t"]
        self.assertEqual((count, printed, listed), (3, 6, 3))
        self.assertAlmostEqual(nats, 0.6931, 3)
        self.assertEqual(rows["rn", "m"][3], 0)

    def test_pages_are_the_same_whenever_they_are_made(self):
        noise = confusions.numpy.random.default_rng
        random = confusions.random.Random
        fonts = confusions.font_files([])
        if not fonts:
            self.skipTest("no fonts")
        lines = ["TOTAL 12.50", "Thank you"] * 4
        pages = []
        for _ in range(2):
            rng, some = random(3), noise(3)
            page, _, height = confusions.rendered(lines, fonts[0], rng)
            for spoil in (lambda: confusions.printed_by_dots(page, height), lambda: confusions.printed_by_heat(page, some),
                          lambda: confusions.spoiled(page, height, rng, some)):
                pages.append(spoil().tobytes())
        self.assertEqual(pages[:3], pages[3:])
        self.assertEqual(len(set(pages)), 3)


if __name__ == "__main__":
    unittest.main()
