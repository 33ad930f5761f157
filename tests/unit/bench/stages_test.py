# SPDX-License-Identifier: Apache-2.0
"""The text of a document with some of its edits."""

import argparse
import json
import pathlib
import sys
import tempfile
import unittest

from stages import NAMES, STEPS, rows_of, texts_of, with_reasons

SCHEMA = pathlib.Path(__file__).resolve().parents[3] / "docs" / "document.schema.json"
# A program that reads "first" at once, "alone" where emend's reader is left out, and "both" where it is not.
PROGRAM = """import json, sys
given = " ".join(sys.argv)
text = "first" if "--quality fast" in given else "alone" if "--skip-steps number_reader" in given else "both"
print(json.dumps({"pages": [{"lines": [{"words": [{"readings": [{"text": text}]}]}], "edits": []}]}))
"""


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

    def test_a_document_is_read_with_emends_reader_and_without_it(self):
        with tempfile.TemporaryDirectory() as folder:
            work = pathlib.Path(folder)
            program = work / "emend.py"
            program.write_text(PROGRAM, encoding="utf-8")
            (work / "tesseract").mkdir()
            (work / "tesseract" / "page.txt").write_text("plain", encoding="utf-8")
            both, alone = texts_of(work / "page.png", argparse.Namespace(emend=[sys.executable, str(program)]), work)
        self.assertEqual(both, ["plain", "first"] + ["both"] * len(STEPS))
        self.assertEqual(alone, ["plain", "first"] + ["alone"] * len(STEPS))

    def test_a_row_has_what_its_step_does_with_emends_reader_and_without_it(self):
        without = [["Total 1.OO tea 2"]] * len(NAMES)
        with_reader = without[:3] + [["Total 1.00 tea 2"]] * (len(NAMES) - 3)
        rows = [[cell.strip() for cell in row.split("|")[1:-1]]
                for row in rows_of("receipts", ["Total 1.00 tea 3"], with_reader, without)]
        self.assertEqual([row[1] for row in rows], list(NAMES))
        self.assertEqual([row[5] for row in rows[:4]], ["2 of 2", "2 of 2", "2 of 2", "1 of 2"])
        self.assertEqual([row[7] for row in rows[1:4]], ["", "0 / 0", "1 / 0"])
        self.assertEqual([row[8:] for row in rows[1:4]], [["", "", ""], ["2", "2", "0 / 0"], ["2", "2", "0 / 0"]])


if __name__ == "__main__":
    unittest.main()
