# SPDX-License-Identifier: Apache-2.0
"""The arithmetic of bench/rewrite_speed.py, and what bench/accuracy.py asks of another model."""

import argparse
import unittest

import accuracy
import rewrite_speed


def answer(**more):
    return {"model": "m", "foresight": [0, 0], "words": 200, "misread_of_thousand": 30, "changes": 6, "decodes": 20,
            "computed": 500, "is_true": True, "generation_seconds": 40.0, "rewrite_seconds": 10.0, "prefill_seconds": 8.0,
            "text_prefill_seconds": 4.0, **more}


class RewriteSpeed(unittest.TestCase):
    def test_ratios_are_those_of_each_round(self):
        rounds = [[answer()], [answer(generation_seconds=60.0)], [answer(rewrite_seconds=20.0)]]
        (medians, count), = rewrite_speed.medians(rounds).values()
        self.assertEqual(count, 3)
        self.assertEqual(medians["ratio"], 4.0)
        self.assertEqual(medians["request"], 1.5)

    def test_a_server_is_compared_with_its_grammar_and_without(self):
        ratios = rewrite_speed.with_ratios(answer(server_seconds=25.0, grammar_seconds=5.0))
        self.assertEqual(ratios["server_ratio"], 2.5)
        self.assertEqual(ratios["server_ratio_without_grammar"], 2.0)

    def test_another_text_is_no_measurement(self):
        with self.assertRaises(SystemExit):
            rewrite_speed.with_ratios(answer(is_true=False))

    def test_tables_have_a_row_for_each_case(self):
        lines = rewrite_speed.tables(rewrite_speed.medians([[answer(), answer(foresight=[100, 0]),
                                                             answer(misread_of_thousand=100, ngram_seconds=20.0, ngram_batches=9,
                                                                    ngram_drafted=90, ngram_accepted=80)]]))
        self.assertEqual(sum("**4.00**" in line for line in lines), 3)
        self.assertEqual(sum("**2.00**" in line for line in lines), 1)


class AccuracyWithAnotherModel(unittest.TestCase):
    def test_model_and_prompt_are_asked_for(self):
        nothing = argparse.Namespace(model=None, prompt=None, prompt_file=None, profile=None)
        self.assertEqual(accuracy.correction_options(nothing), [])
        asked = argparse.Namespace(model="m.gguf", prompt="Keep names.", prompt_file=None, profile=None)
        self.assertEqual(accuracy.correction_options(asked), ["--model", "m.gguf", "--prompt", "Keep names."])


if __name__ == "__main__":
    unittest.main()
