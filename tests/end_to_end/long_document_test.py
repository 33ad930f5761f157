# SPDX-License-Identifier: Apache-2.0
"""Thirty scanned pages stand for a thousand: bench/long_document.py with the real recogniser. A run that is killed in
the middle goes on and gives the same bytes, and memory does not grow with the pages."""

import pathlib
import sys

from emend_command import PREFIX, SOURCE, EmendTest, main

sys.path.insert(0, str(SOURCE / "bench"))

import long_document  # noqa: E402

# Peaks are looked at now and then, so two runs of the same pages differ by some per cent.
MOST_GROWTH = 1.25


class LongDocument(EmendTest):
    def test_a_kill_in_the_middle_and_memory_against_length(self):
        figures, faults = long_document.measure(pathlib.Path(self.folder), PREFIX, pages=30, few=6, kill_at=10, dpi=100,
                                                formats="txt,json,pdf", most_growth=MOST_GROWTH)
        self.assertEqual(faults, [], figures)
        self.assertTrue(figures["byte-identical"])
        self.assertGreaterEqual(figures["resumed"]["pages"], 30)


if __name__ == "__main__":
    main()
