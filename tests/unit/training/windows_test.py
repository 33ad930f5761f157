#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""windows_test.py ROOT: what the byte model is shown and what it is to say."""

import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(sys.argv.pop(1))
sys.path.insert(0, str(ROOT / "training" / "gguf"))
import windows  # noqa: E402

LENGTH = 64


class WindowsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "business_deu.txt").write_text("Rechnung Nr. 17 für Übung vom 3. Mai, Gesamtbetrag 119,00\n" * 50, encoding="utf-8")

    def rows(self, step=0, count=200):
        shown, said = windows.Windows(self.folder, LENGTH, seed=1).batch(step, count)
        return list(zip(shown, said))

    def test_a_window_is_the_same_whenever_it_is_drawn(self):
        for (a, b), (c, d) in zip(self.rows(3), self.rows(3)):
            self.assertTrue((a == c).all() and (b == d).all())

    def test_only_controls_of_the_text_stand_in_front_and_some_are_left_out(self):
        heads = {tuple(int(t) for t in shown if t > 255) for shown, _ in self.rows()}
        kind, language = windows.CONTROLS["business"], windows.CONTROLS["deu"]
        self.assertEqual(heads, {(kind, language), (kind,), (language,), ()})

    def test_a_control_token_is_never_to_be_said(self):
        for _, said in self.rows():
            self.assertLess(said.max(), 256)

    def test_what_is_shown_may_be_misread_and_what_is_said_is_the_true_text(self):
        text = (self.folder / "business_deu.txt").read_text(encoding="utf-8")
        both = text.encode() + text.upper().encode()
        misread = 0
        for shown, said in self.rows():
            self.assertIn(bytes(int(t) for t in said if t >= 0), both)
            head = int((shown > 255).sum())
            misread += int((shown[head + 1:] != said[head:-1]).sum())
        self.assertGreater(misread, 0)
        self.assertLess(misread, 0.1 * 200 * LENGTH)

    def test_some_windows_are_in_capitals_and_most_begin_with_a_line(self):
        texts = [bytes(int(t) for t in said if t >= 0) for _, said in self.rows()]
        capitals = sum(b"NUNG NR" in text or b"GESAMTB" in text for text in texts)
        self.assertGreater(capitals, 5)
        self.assertLess(capitals, 50)
        starts = sum(text.upper().startswith((b"RECHNUNG", b"ECHNUNG")) for text in texts)  # of two without a token before
        self.assertGreater(starts, 90)
        self.assertLess(starts, 170)

    def test_capitals_are_those_of_the_letters(self):
        text = "Übung, für ß × ÷ ÿ 12 é €\n"
        raw = windows.numpy.frombuffer(text.encode(), windows.numpy.uint8)
        capital = bytes(windows.in_capitals(raw, windows.capitals_table()).astype("uint8")).decode()
        self.assertEqual(capital, "ÜBUNG, FÜR ß × ÷ ÿ 12 É €\n")


if __name__ == "__main__":
    unittest.main()
