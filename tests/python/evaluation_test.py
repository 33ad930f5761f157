# SPDX-License-Identifier: Apache-2.0
"""Texts held against their truth, and words of the user's own, from Python."""

import json
import os
import subprocess

import emend

from emend_package import INVOICE, PackageTest, main

SAMPLES = [("one", "Total 12.50 EUR for the invoice", "Totai 12.50 EUR for the invoice", "Total 12.50 EUR for the invoice"),
           ("two", "Sum 100.00", "Sum 100.00", "Sum 700.00"),
           ("three", "Stra\u00dfe 7", "Strafe 7", "Stra\u00dfe 7")]


class Evaluate(PackageTest):
    def test_it_counts_what_was_fixed_and_what_was_harmed(self):
        result = emend.evaluate(SAMPLES)
        self.assertEqual((result["documents"], result["better"], result["worse"], result["harm"]), (3, 2, 1, 1))
        self.assertEqual(result["tokens"]["word"]["fixed"], 2)
        self.assertEqual(result["tokens"]["amount"]["broken"], 1)
        self.assertIn("100.00 -> 700.00", result.to_text())
        self.assertIn("<h2>two</h2>", result.to_html())

    def test_it_is_what_the_command_gives(self):
        pairs, results = self.folder / "pairs.jsonl", self.folder / "results.jsonl"
        pairs.write_text("".join(json.dumps({"id": name, "ocr": before, "gt": truth}) + "\n"
                                 for name, truth, before, _ in SAMPLES))
        results.write_text("".join(json.dumps({"id": name, "output": after}) + "\n" for name, _, _, after in SAMPLES))
        command = os.path.join(os.environ["EMEND_PREFIX"], "bin", "emend")
        printed = subprocess.run([command, "eval", pairs, "--results", results, "--json", "-"], capture_output=True,
                                 check=True).stdout
        self.assertEqual(emend.evaluate(SAMPLES), json.loads(printed))

    def test_its_options_count(self):
        shouted = [("a", "TOTAL", "Total", "Total")]
        self.assertGreater(emend.evaluate(shouted)["rates"]["after"]["cer"]["value"], 0)
        self.assertEqual(emend.evaluate(shouted, ignore_case=True)["rates"]["after"]["cer"]["value"], 0)
        once, again = (emend.evaluate(iter(SAMPLES), seed=7, resamples=50) for _ in range(2))
        self.assertEqual(once, again)
        self.assertNotEqual(once["rates"], emend.evaluate(SAMPLES, seed=8, resamples=50)["rates"])
        self.assertNotIn("<h2>three</h2>", emend.evaluate(SAMPLES, worst=1).to_html())

    def test_of_nothing(self):
        self.assertEqual(emend.evaluate([])["documents"], 0)

    def test_what_is_no_sample_is_refused(self):
        for samples in ([("a", "b", "c")], ["a text"], [("a", "b", "c", 4)]):
            with self.subTest(samples=samples), self.assertRaises(TypeError):
                emend.evaluate(samples)


class OwnWords(PackageTest):
    def setUp(self):
        super().setUp()
        self.words = self.folder / "words.txt"
        self.words.write_text("externai\n", encoding="utf-8")

    def test_they_are_left_alone_and_provenance_tells_which_list_it_was(self):
        document = emend.read(INVOICE, words=self.words, domain=str(self.words))
        self.assertIn("externai", document.text)
        self.assertRegex(document.provenance.options, "^words=sha256:[0-9a-f]{16} domain=sha256:[0-9a-f]{16}$")
        without = emend.read(INVOICE)
        self.assertNotIn("externai", without.text)
        self.assertEqual([number.text for number in document.numbers], [number.text for number in without.numbers])

    def test_a_list_that_is_not_there_is_an_error(self):
        with self.assertRaises(emend.NotFoundError):
            emend.correct("text", words=self.folder / "none.txt")
        self.words.write_bytes(b"\xff")
        with self.assertRaises(emend.UnreadableInputError):
            emend.correct("text", words=self.words)


if __name__ == "__main__":
    main()
