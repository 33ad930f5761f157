# SPDX-License-Identifier: Apache-2.0
"""The text of a document with some of its edits."""

import json
import pathlib
import unittest

from stages import STEPS, with_reasons

SCHEMA = pathlib.Path(__file__).resolve().parents[3] / "docs" / "document.schema.json"


def word(*texts):
    return {"readings": [{"text": text} for text in texts]}


def edit(line, index, after, reason, verdict="applied"):
    return {"line": line, "words": [index, 1], "after": after, "reason": reason, "verdict": verdict}


DOCUMENT = {"pages": [{
    "lines": [
        {"words": [word("~~")], "is_noise": True},
        {"words": [word("Invoice", "lnvoice"), word("1")]},
        {"words": [word("Total", "Tota1"), word("100.00", "1O0.00"), word("Shop")]}],
    "edits": [edit(1, 0, "Invoice", "language"), edit(2, 0, "Total", "word_repair"),
              edit(2, 1, "100.00", "look_alike_repair"), edit(2, 2, "Shoe", "language", "too_little_gain")]}]}


class Stages(unittest.TestCase):
    def test_without_a_reason_the_text_is_as_recognised(self):
        self.assertEqual(with_reasons(DOCUMENT, ()), "lnvoice 1\nTota1 1O0.00 Shop")

    def test_each_reason_adds_its_own_edits(self):
        self.assertEqual(with_reasons(DOCUMENT, ("look_alike_repair",)), "lnvoice 1\nTota1 100.00 Shop")
        self.assertEqual(with_reasons(DOCUMENT, ("language", "word_repair")), "Invoice 1\nTotal 1O0.00 Shop")

    def test_what_was_turned_down_is_in_no_step(self):
        self.assertNotIn("Shoe", with_reasons(DOCUMENT, ("language", "word_repair", "look_alike_repair")))

    def test_the_steps_have_every_reason_once(self):
        edit_form = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]["edit"]["properties"]
        reasons = [reason for _, more in STEPS for reason in more]
        self.assertEqual(sorted(reasons), sorted(edit_form["reason"]["enum"]))


if __name__ == "__main__":
    unittest.main()
