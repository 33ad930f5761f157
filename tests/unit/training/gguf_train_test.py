#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""gguf_train_test.py ROOT: a run of the byte model that is shared or interrupted trains what one in a piece does."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(sys.argv.pop(1))

try:
    import torch
except ImportError:
    print("skipped: PyTorch is not here")
    sys.exit(77)

TEXT = "Invoice no. 17 of 3 May, total 119.00\nDear Sir, we thank you for your order of the 2nd.\n" * 50


class TrainTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        for part in ("train", "held_out"):
            (self.folder / part).mkdir()
            (self.folder / part / "business_eng.txt").write_text(TEXT, encoding="utf-8")

    def train(self, name, steps, *options):
        run = self.folder / name
        subprocess.run([sys.executable, "-B", ROOT / "training" / "gguf" / "train.py", "--text", self.folder, "--run", run,
                        "--shape", "test", "--batch", "4", "--device", "cpu", "--steps", str(steps), *options],
                       check=True, stdout=subprocess.DEVNULL)
        return torch.load(run / "model.pt")

    def difference(self, a, b):
        return max((a["model"][name] - b["model"][name]).abs().max().item() for name in a["model"])

    def test_two_processes_train_what_one_does_but_for_rounding(self):
        self.assertLess(self.difference(self.train("one", 6), self.train("two", 6, "--processes", "2")), 1e-3)

    def test_a_finished_run_is_not_trained_on(self):
        self.assertEqual(self.train("run", 3)["step"], 3)
        self.assertEqual(self.train("run", 3)["step"], 3)

    def test_a_run_begins_with_the_weights_that_it_is_given(self):
        first = self.train("first", 30)
        none = self.train("none", 0, "--seconds", "1e-9", "--begin-with", str(self.folder / "first" / "model.pt"))
        self.assertLess(self.difference(first, none), 0.3 * self.difference(first, self.train("fresh", 1)))


if __name__ == "__main__":
    unittest.main()
