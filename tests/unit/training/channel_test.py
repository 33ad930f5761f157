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

    def test_the_line_that_was_read_is_found_wherever_it_stands(self):
        statistics = confusions.Statistics()
        others = [confusions.SeenLine({"words": [word(text, {})]}) for text in ("Tax", "Change due", "Thank you", "amount", "Date")]
        statistics.add("Total amount", [*others, self.seen(), *others], "letters")
        statistics.add("Total amount", [], "letters")
        self.assertEqual((statistics.lost_lines, statistics.words["letters"], statistics.wrong_words["letters"]), (1, 4, 4))
        self.assertEqual(statistics.confused["l", "t"], 1)

    def test_what_was_repaired_counts_as_it_was_recognised(self):
        repaired = {"readings": [{"text": "10", "confidence": 0.5}, word("1O", {1: ["0"]})["readings"][0]]}
        self.assertEqual(confusions.SeenLine({"words": [repaired]}).text, "1O")

    def test_strength_says_how_much_of_a_page_is_spoiled(self):
        noise = confusions.numpy.random.default_rng(3)
        page = confusions.Image.new("L", (200, 120), 255)
        confusions.ImageDraw.Draw(page).rectangle((40, 40, 160, 80), fill=0)
        grey = []
        for strength in (0, 1):
            spoiled = [confusions.spoiled(page, 20, confusions.random.Random(i), noise, strength) for i in range(20)]
            grey.append(sum(sum(p.histogram()[60:196]) for p in spoiled))
        self.assertGreater(grey[1], 1.5 * grey[0])

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
