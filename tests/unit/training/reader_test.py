#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""reader_test.py ROOT: how crops are rendered and normalised for the reader, what a batch of them holds, and the file that is shipped. No PyTorch."""

import hashlib
import pathlib
import random
import sys
import tempfile
import unittest

import numpy

ROOT = pathlib.Path(sys.argv.pop(1))
sys.path.insert(0, str(ROOT / "training" / "reader"))
import alphabet  # noqa: E402
import batches  # noqa: E402
import fonts  # noqa: E402
import gguf_read  # noqa: E402
import normalise  # noqa: E402
import render  # noqa: E402
import texts  # noqa: E402

FAMILIES = fonts.catalogue(["/usr/share/fonts/truetype/dejavu"])


class Alphabet(unittest.TestCase):
    def test_what_is_not_in_it_is_the_reject_class(self):
        letters = alphabet.NUMERIC
        self.assertEqual(alphabet.classes("1w", letters), [letters.index("1") + 1, len(letters)])

    def test_dashes_and_quotes_of_all_kinds_are_one(self):
        self.assertEqual(alphabet.classes("\u2013\u2019", alphabet.NUMERIC), alphabet.classes("-'", alphabet.NUMERIC))

    def test_a_path_collapses_repeats_but_not_across_a_blank(self):
        a, b = alphabet.classes("17", alphabet.NUMERIC)
        self.assertEqual(alphabet.collapsed([0, a, a, 0, a, b, b, 0], alphabet.NUMERIC), "117")

    def test_no_letter_stands_twice(self):
        for letters in (alphabet.NUMERIC, alphabet.TEXT):
            self.assertEqual(len(set(letters)), len(letters))
            self.assertEqual(letters[-1], alphabet.REJECT)


class Normalise(unittest.TestCase):
    def test_a_crop_becomes_32_high_and_a_multiple_of_4_wide(self):
        self.assertEqual(normalise.width_for(16, 50), 100)
        self.assertEqual(normalise.width_for(32, 46), 48)  # 46 lies between 44 and 48: half goes up
        self.assertEqual(normalise.width_for(40, 3), normalise.LEAST_WIDTH)

    def test_shrinking_averages_areas(self):
        grey = numpy.tile(numpy.array([[10, 20, 30, 40]], numpy.uint8).repeat(16, 1), (64, 1))
        self.assertTrue(numpy.allclose(normalise.scaled(grey, 32)[0], [10] * 8 + [20] * 8 + [30] * 8 + [40] * 8))

    def test_growing_is_bilinear_between_the_middles_of_pixels(self):
        self.assertTrue(numpy.allclose(normalise.weights(2, 4) @ numpy.array([0.0, 8.0], numpy.float32), [0, 2, 6, 8]))

    def test_a_stretched_crop_is_wider_and_as_high(self):
        grey = numpy.zeros((16, 50), numpy.uint8)
        grey[4:12, ::3] = 255
        self.assertEqual(normalise.normalised(grey, 1.5).shape, (32, 152))

    def test_weights_add_up(self):
        for size, wanted in ((7, 32), (33, 32), (500, 36), (32, 32), (1, 16)):
            self.assertTrue(numpy.allclose(normalise.weights(size, wanted).sum(1), 1, atol=1e-5))

    def test_dark_is_ink_and_light_is_paper(self):
        grey = numpy.full((32, 64), 200, numpy.uint8)
        grey[10:20, 10:40] = 50
        inputs = normalise.normalised(grey)
        self.assertEqual((inputs[15, 20], inputs[2, 2]), (1, 0))

    def test_faint_ink_is_not_stretched_to_full(self):
        grey = numpy.full((32, 64), 200, numpy.uint8)
        grey[10:20, 10:40] = 182  # 18 of 24 levels
        self.assertAlmostEqual(float(normalise.normalised(grey).max()), 18 / 24, 5)

    def test_blank_and_endless_crops_are_not_read(self):
        self.assertIsNone(normalise.normalised(numpy.full((20, 40), 128, numpy.uint8)))
        grey = numpy.zeros((4, 20_000), numpy.uint8)
        grey[:, ::2] = 255
        self.assertIsNone(normalise.normalised(grey))


class Rendering(unittest.TestCase):
    def crops(self, seed, count=30):
        renderer = render.Renderer(seed, FAMILIES)
        return [renderer.crop() for _ in range(count)]

    def test_the_same_seed_gives_the_same_crops(self):
        for (a, _, text), (b, _, again) in zip(self.crops("one"), self.crops("one")):
            self.assertEqual(text, again)
            self.assertTrue((a == b).all())
        self.assertNotEqual([text for _, _, text in self.crops("one")], [text for _, _, text in self.crops("two")])

    def test_the_input_is_the_grey_crop_normalised_and_has_room_for_its_text(self):
        for inputs, grey, text in self.crops("three"):
            self.assertTrue((normalise.normalised(grey) == inputs).all())
            self.assertEqual(inputs.shape[0], 32)
            self.assertGreater(inputs.shape[1] // 4, len(text))

    def test_most_ink_lies_where_the_text_is(self):
        """Above and below the word a crop has its margin: neighbours and rules are the exception."""
        inked = [(inputs[8:24].mean(), (inputs[:2].mean() + inputs[-2:].mean()) / 2) for inputs, _, _ in self.crops("four", 200)]
        self.assertGreater(sum(middle > rim for middle, rim in inked), 160)

    def test_digits_are_even_and_words_are_a_part(self):
        rng = random.Random(5)
        drawn = [texts.text(rng) for _ in range(6000)]
        counts = [sum(text.count(d) for text in drawn) for d in "3456789"]  # dates favour 0, 1 and 2
        self.assertLess(max(counts), 1.35 * min(counts))
        wordlike = sum(not any(c.isdigit() for c in text) for text in drawn)
        self.assertTrue(0.10 * len(drawn) < wordlike < 0.25 * len(drawn))


class Batches(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.widths, self.texts = [16, 20, 40, 200, 24, 16], ["1", "22", "3.50", "RM 1,000.00", "7%", "W"]
        inputs = numpy.arange(32 * sum(self.widths), dtype=numpy.uint64).reshape(32, -1) % 251
        numpy.savez(self.folder / "00000.npz", inputs=inputs.astype(numpy.uint8), widths=numpy.array(self.widths), texts=numpy.array(self.texts))

    def shards(self, seed=1):
        return batches.Shards(self.folder, alphabet.NUMERIC, 100, seed, 1)

    def test_every_crop_comes_once_with_its_label(self):
        labels = []
        for inputs, joined, lengths in self.shards().batches(0):
            self.assertEqual(len(inputs), len(lengths))
            self.assertLessEqual(inputs.shape[0] * inputs.shape[3], 100 + 8 * len(inputs) if len(inputs) > 1 else 208)
            labels += [part.tolist() for part in numpy.split(joined, numpy.cumsum(lengths)[:-1])]
        self.assertEqual(sorted(labels), sorted(alphabet.classes(text, alphabet.NUMERIC) for text in self.texts))

    def test_batches_depend_on_the_seed_and_the_pass_alone(self):
        def all_of(seed, number):
            return [batch[0] for batch in self.shards(seed).batches(number)]

        self.assertTrue(all((a == b).all() for a, b in zip(all_of(1, 0), all_of(1, 0))))
        self.assertFalse(all(a.shape == b.shape and (a == b).all() for a, b in zip(all_of(1, 0), all_of(1, 1))))


MODEL = ROOT / "models" / "reader.gguf"


@unittest.skipUnless(MODEL.exists(), "no models/reader.gguf")
class Shipped(unittest.TestCase):
    def test_the_card_names_this_very_file(self):
        data = MODEL.read_bytes()
        card = (ROOT / "models" / "README.md").read_text(encoding="utf-8")
        self.assertIn(hashlib.sha256(data).hexdigest(), card)
        self.assertIn(f"{len(data):,} bytes", card)
        self.assertLess(len(data), 2_500_000)

    def test_its_alphabet_and_its_shapes_belong_together(self):
        entries, tensors = gguf_read.read(MODEL)
        self.assertEqual("".join(entries["emend-reader.alphabet"]), alphabet.NUMERIC)
        self.assertEqual(tensors["out.weight"].shape, (len(alphabet.NUMERIC) + 1, tensors["seq1.weight"].shape[0]))
        self.assertEqual(tensors["seq1.weight"].shape[1], 2 * tensors["conv4.weight"].shape[0])
        self.assertTrue(all(numpy.isfinite(value).all() for value in tensors.values()))


if __name__ == "__main__":
    unittest.main()
