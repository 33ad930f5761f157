# SPDX-License-Identifier: Apache-2.0
"""emend eval: on documents and on texts, what it says, and how it ends."""

import json
import random
import shutil

import jsonschema
import Levenshtein

from emend_command import (BAD_USE, EMEND, EXAMPLES, INVOICE, IO_FAILED, NOT_FOUND, NOTICES, SOURCE, THREE_PAGES, UNREADABLE,
                           EmendTest, main)

from eval_cross_check import collapsed, word_distance, words
from scoring import change, score

SCHEMA = json.loads((SOURCE / "docs" / "evaluation.schema.json").read_text())
GATE = 1


class Eval(EmendTest):
    def pairs(self, *lines, name="pairs.jsonl"):
        return self.write(name, "".join(json.dumps(line) + "\n" for line in lines).encode())

    def figures(self, *arguments, code=0):
        result = json.loads(self.emend("eval", *arguments, "--json", "-", code=code).stdout)
        jsonschema.validate(result, SCHEMA)
        return result


class Documents(Eval):
    def setUp(self):
        super().setUp()
        self.scans = self.path("scans")
        self.scans.mkdir()
        shutil.copy(INVOICE, self.scans)
        shutil.copy(EXAMPLES / "invoice.txt", self.scans)
        shutil.copy(THREE_PAGES, self.scans)
        shutil.copy(EXAMPLES / "three_pages.txt", self.scans / "three_pages.gt.txt")

    def test_tables_json_page_and_texts(self):
        done = self.emend("eval", self.scans, "--html", "r.html", "--json", "r.json", "--texts", "t.jsonl", "--gate")
        self.assertIn("2 documents", done.stdout)
        self.assertRegex(done.stdout, r"(?m)^CER % +\d")
        result = json.loads(self.path("r.json").read_text())
        jsonschema.validate(result, SCHEMA)
        self.assertEqual([one["id"] for one in result["by_document"]], ["scans/invoice.png", "scans/three_pages.pdf"])
        self.assertGreater(result["tokens"]["amount"]["tokens"], 0)
        self.assertIn("invoice.png", self.path("r.html").read_text())
        texts = [json.loads(line) for line in self.path("t.jsonl").read_text().splitlines()]
        self.assertEqual([one["id"] for one in texts], ["scans/invoice.png", "scans/three_pages.pdf"])
        self.assertEqual(texts[0]["truth"], (EXAMPLES / "invoice.txt").read_text())
        # Held against its own texts nothing has changed.
        same = self.figures(self.scans, "--against", "t.jsonl")
        self.assertEqual((same["better"], same["same"], same["worse"]), (0, 2, 0))

    def test_a_document_without_truth_is_told(self):
        (self.scans / "invoice.txt").unlink()
        done = self.emend("eval", self.scans, "--model", "none", code=NOTICES)
        self.assertIn("invoice.png", done.stderr)
        self.assertIn("1 document", done.stdout)

    def test_a_document_that_cannot_be_read_counts_as_empty(self):
        (self.scans / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
        (self.scans / "broken.txt").write_text("five words that are lost")
        result = self.figures(self.scans, "--include", "broken.png", "--model", "none", code=NOTICES)
        self.assertEqual(result["before"]["word_errors"], 5)

    def test_truths_elsewhere(self):
        truths = self.path("truths")
        truths.mkdir()
        (self.scans / "invoice.txt").rename(truths / "invoice.txt")
        result = self.figures(self.scans, "--truth", truths, "--include", "*.png", "--model", "none")
        self.assertEqual(result["documents"], 1)

    def test_no_truth_at_all(self):
        for text in self.scans.glob("*.txt"):
            text.unlink()
        self.assertIn("truth", self.emend("eval", self.scans, code=NOT_FOUND).stderr)


class Texts(Eval):
    def test_corrects_each_in_its_language(self):
        pairs = self.pairs({"id": "a", "lang": "en", "ocr": "Invoic # 12345\nTotal: $1O0.00", "gt": "Invoice # 12345\nTotal: $100.00"},
                           {"id": "b", "lang": "de", "ocr": "Der Betrag ist 1.234,50", "gt": "Der Betrag ist 1.234,50"})
        result = self.figures(pairs)
        self.assertEqual(result["tokens"]["amount"]["fixed"], 1)
        self.assertEqual(result["tokens"]["word"]["fixed"], 1)
        self.assertEqual((result["better"], result["same"], result["worse"]), (1, 1, 0))
        self.assertEqual(result["edit_precision"], 1)

    def test_another_systems_texts(self):
        pairs = self.pairs({"id": "a", "ocr": "pay 100", "gt": "pay 100"})
        other = self.pairs({"id": "a", "output": "pay 700"}, name="other.jsonl")
        result = self.figures(pairs, "--against", other)
        self.assertEqual(result["tokens"]["quantity"]["fixed"], 1)
        self.emend("eval", pairs, "--against", self.pairs({"id": "z", "output": ""}, name="z.jsonl"), code=NOT_FOUND)

    def test_the_gate_tells_of_harm_and_only_of_harm(self):
        pairs = self.pairs({"id": "a", "ocr": "pay 700 now", "gt": "pay 700 now"})
        self.emend("eval", pairs, "--gate")
        right = self.pairs({"id": "a", "output": "pay 700 now"}, name="right.jsonl")
        wrong = self.pairs({"id": "a", "ocr": "pay 100 now", "gt": "pay 700 now"}, name="wrong.jsonl")
        done = self.emend("eval", wrong, "--against", right, "--gate", code=GATE)
        self.assertIn("quantity broken: 700 -> 100", done.stdout)

    def test_a_sample(self):
        pairs = self.pairs(*({"id": str(i), "ocr": "x", "gt": "x"} for i in range(10)))
        ids = [one["id"] for one in self.figures(pairs, "--sample", "4", "--model", "none")["by_document"]]
        self.assertEqual(ids, ["0", "3", "6", "9"])

    def test_bad_input(self):
        self.emend("eval", code=BAD_USE)
        self.emend("eval", self.path("nothing.jsonl"), code=NOT_FOUND)
        self.emend("eval", self.path("nothing"), code=NOT_FOUND)
        bad = self.write("bad.jsonl", b'{"ocr": "x", "gt": "x"}\n{"ocr": 1}\n')
        self.assertIn("line 2", self.emend("eval", bad, code=UNREADABLE).stderr)
        good = self.pairs({"ocr": "x", "gt": "x"})
        self.assertEqual(self.emend("eval", good, "--json", self.path("no/where.json"), code=IO_FAILED).stdout, "")
        self.emend("eval", good, "--json", "x", "--html", "x", code=BAD_USE)
        self.emend("eval", good, "-l", "eng++deu", code=BAD_USE)


class Replay(Eval):
    RAW = "INVOIC 4711\nWidgct blue 2 x 12.50 25.00\nTotal dne: $34.99\nThank you for yonr order"
    TRUTH = "INVOICE 4711\nWidget blue 2 x 12.50 25.00\nTotal due: $34.99\nThank you for your order"

    def replayed(self, output):
        lines = self.pairs({"id": "a", "raw": self.RAW, "output": output, "truth": self.TRUTH}, name="llm.jsonl")
        return self.figures(lines, "--replay", lines), self.figures(lines, "--results", lines)

    def test_good_corrections_stand(self):
        under_rules, as_it_is = self.replayed(self.TRUTH)
        self.assertEqual(as_it_is["tokens"]["word"]["fixed"], 4)
        # Of a text that nobody saw on paper the rules take only what is beyond doubt.
        self.assertGreaterEqual(under_rules["tokens"]["word"]["fixed"], 1)
        self.assertEqual(under_rules["harm"], 0)

    def test_disasters_break_nothing_that_they_break_without_rules(self):
        for output in ("Here is the corrected text:\n" + self.TRUTH, self.TRUTH.replace("34.99", "84.99"),
                       self.TRUTH.replace(".", ","), self.TRUTH.replace("$", "\u20ac"), self.TRUTH[:30], "",
                       "Total due: $34.99\n" * 50, self.TRUTH.replace("Widget blue 2 x 12.50 25.00\n", "")):
            under_rules, as_it_is = self.replayed(output)
            self.assertEqual(under_rules["harm"], 0, output)
            self.assertEqual(under_rules["tokens"]["word"]["broken"], 0, output)
            if "Here" not in output and not output.startswith("Total"):
                self.assertGreater(as_it_is["harm"], 0, output)

    def test_a_text_that_nothing_is_recorded_of_is_told(self):
        other = self.pairs({"raw": "quite other", "output": "words"}, name="other.jsonl")
        pairs = self.pairs({"id": "a", "ocr": "Invoic here", "gt": "Invoice here"})
        self.assertIn("recorded", self.emend("eval", pairs, "--replay", other, code=NOTICES).stderr)
        self.emend("eval", pairs, "--replay", self.write("bad.jsonl", b"{}\n"), code=UNREADABLE)


WORDS = ["total", "12.50", "invoice", "31/12/2019", "tax", "6%", "EUR", "A123-9", "the", "amount", "(due)", "\u00e9t\u00e9"]


def damaged(rng, text, share):
    return "".join(rng.choice("x1 O") if rng.random() < share else c for c in text if rng.random() > share)


def damaged_lines(rng, count):
    lines = []
    for i in range(count):
        truth = " ".join(rng.choice(WORDS) for _ in range(60))
        lines.append({"id": str(i), "ocr": damaged(rng, truth, 0.03), "gt": truth})
    return lines


class AgainstAnotherTool(Eval):
    """The distances of python3-levenshtein, over characters and over words."""

    def test_on_twenty_texts(self):
        lines = damaged_lines(random.Random(5), 20)
        for line, mine in zip(lines, self.figures(self.pairs(*lines), "--model", "none")["by_document"], strict=True):
            truth, text = line["gt"], line["ocr"]
            self.assertEqual(mine["before"]["characters"], len(collapsed(truth)))
            self.assertEqual(mine["before"]["character_errors"], Levenshtein.distance(collapsed(truth), collapsed(text)))
            self.assertEqual(mine["before"]["words"], len(words(truth)))
            self.assertEqual(mine["before"]["word_errors"], word_distance(words(truth), words(text)))
            self.assertGreater(mine["before"]["word_errors"], 0)


class AgainstThePythonScorer(Eval):
    """bench/scoring.py counts the same things and shares no code."""

    def test_on_damaged_texts(self):
        rng = random.Random(4)
        lines = damaged_lines(rng, 40)
        outputs = [{"id": line["id"], "output": damaged(rng, line["ocr"], 0.01)} for line in lines]
        # --against has the other texts before; so these are the recognised ones and the pairs' own come after.
        result = self.figures(self.pairs(*lines), "--model", "none", "--against", self.pairs(*outputs, name="o.jsonl"))
        for line, output, mine in zip(lines, outputs, result["by_document"]):
            theirs = score(line["gt"], output["output"])
            for key, other in (("characters", "characters"), ("character_errors", "character_errors"),
                               ("lenient_errors", "lenient_errors"), ("words", "words"), ("word_errors", "word_errors"),
                               ("text_words", "output_words"), ("words_found", "words_found"), ("numbers", "numbers")):
                self.assertEqual(mine["before"][key], getattr(theirs, other), (line["id"], key))
            # Where several alignments are cheapest, each may find one number that the other does not.
            self.assertLessEqual(abs(mine["before"]["numbers_right"] - theirs.numbers_right), 1, line["id"])
            moved = change(line["gt"], output["output"], line["ocr"])
            fixed = sum(kind["fixed"] for name, kind in mine["tokens"].items())
            self.assertLessEqual(abs(fixed - moved.words_fixed - moved.numbers_fixed), 2, line["id"])


if __name__ == "__main__":
    main()
