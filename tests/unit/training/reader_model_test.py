#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""reader_model_test.py ROOT: the reader's network, its file and its training, in PyTorch. Leaves with 77 (skipped) where there is none."""

import json
import pathlib
import sys
import tempfile
import types
import unittest

ROOT = pathlib.Path(sys.argv.pop(1))
try:
    import numpy
    import torch
except ImportError as error:
    print(f"skipped: {error} (Debian: python3-torch)")
    sys.exit(77)
sys.path.insert(0, str(ROOT / "training" / "reader"))
import alphabet  # noqa: E402
import export  # noqa: E402
import gguf_read  # noqa: E402
import model  # noqa: E402
import normalise  # noqa: E402
import train  # noqa: E402

torch.set_num_threads(1)


class File(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.reader = export.random_reader(model.SHAPES["tiny"])

    def written(self, kind):
        path = str(self.folder / "reader.gguf")
        with torch.no_grad():
            export.write(path, self.reader, kind, "test")
        return gguf_read.read(path)

    def test_the_file_says_what_it_is(self):
        entries, tensors = self.written("f16")
        self.assertEqual(entries["general.architecture"], "emend-reader")
        self.assertEqual((entries["emend-reader.version"], entries["emend-reader.height"]), (1, 32))
        self.assertEqual("".join(entries["emend-reader.alphabet"]), alphabet.NUMERIC)
        self.assertEqual(len(tensors["out.bias"]), len(alphabet.NUMERIC) + 1)

    def test_the_files_tensors_compute_what_the_network_does(self):
        """Batch norm is folded, negative scales included: max-pooling stands before it here and after it in the file."""
        with torch.no_grad():
            self.reader.norms[1].weight.neg_()
            inputs = torch.rand(3, 1, 32, 64)
            said = model.from_tensors(self.written("f32")[1], inputs)
            self.assertLess((said - self.reader(inputs)).abs().max(), 1e-4)
            self.assertLess((model.from_tensors(self.written("f16")[1], inputs) - said).abs().max(), 0.05)

    def test_the_reference_is_of_the_crops_and_the_weights_as_written(self):
        _, tensors = self.written("f16")
        export.write_reference(self.folder / "reference.json", tensors, alphabet.NUMERIC, export.reference_crops())
        for row in json.loads((self.folder / "reference.json").read_text())["crops"]:
            grey = numpy.array(row["pixels"], numpy.uint8).reshape(row["height"], row["width"])
            inputs = normalise.normalised(grey)
            self.assertTrue(numpy.allclose(inputs.flatten(), row["input"], atol=1e-5))
            self.assertEqual((len(row["log_probs"]), len(row["log_probs"][0])), (inputs.shape[1] // 4, len(alphabet.NUMERIC) + 1))
            self.assertTrue(numpy.allclose(numpy.exp(row["log_probs"]).sum(1), 1, atol=1e-3))


@unittest.skipUnless((ROOT / "models/reader.gguf").exists(), "no models/reader.gguf")
class Shipped(unittest.TestCase):
    def test_it_says_what_the_reference_of_the_page_workers_test_says(self):
        """The fixture is of this file: C++ is held against the same numbers."""
        _, tensors = gguf_read.read(ROOT / "models/reader.gguf")
        for row in json.loads((ROOT / "tests/fixtures/reader/trained.json").read_text())["crops"]:
            inputs = normalise.normalised(numpy.array(row["pixels"], numpy.uint8).reshape(row["height"], row["width"]))
            said = model.from_tensors(tensors, torch.from_numpy(inputs)[None, None])[:, 0]
            self.assertTrue(numpy.allclose(said.numpy(), row["log_probs"], atol=0.01))
            self.assertEqual(alphabet.collapsed(said.argmax(1).tolist(), alphabet.NUMERIC), row["text"])


class Training(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        # Three shapes that are easily told apart, as the crops of three digits.
        rng, columns, texts = numpy.random.default_rng(1), [], []
        for _ in range(64):
            digit = int(rng.integers(3))
            crop = numpy.zeros((32, 16), numpy.uint8)
            crop[8:24, 4:12] = [numpy.eye(16, 8, dtype=numpy.uint8) * 255, numpy.full((16, 8), 255), numpy.tile([0, 255], (16, 4))][digit]
            columns.append(crop)
            texts.append(str(digit))
        (self.folder / "shards").mkdir()
        numpy.savez(self.folder / "shards/00000.npz", inputs=numpy.concatenate(columns, 1), widths=numpy.full(64, 16), texts=numpy.array(texts))

    def options(self, crops, run="run"):
        return types.SimpleNamespace(run=self.folder / run, shards=self.folder / "shards", shape="tiny", count=1, passes=1, held_out=self.folder / "shards", held_out_crops=64,
                                     until=None, crops=crops, pixels=128, rate=1e-2, seed=1, threads=1, device="cpu", save_s=1e9)

    def train(self, crops, run="run"):
        run = train.Run(self.options(crops, run))
        run.train()
        return run

    def test_it_learns(self):
        run = self.train(1600)
        self.assertLess(train.error_rates(run.averaged(), self.folder / "shards", 64)["wrong_numbers"], 5)
        self.assertTrue((self.folder / "run/latest.gguf").exists())

    def test_the_same_seed_gives_the_same_weights(self):
        one, two = self.train(200, "one"), self.train(200, "two")
        self.assertTrue(all((a == b).all() for a, b in zip(one.average.values(), two.average.values())))

    def test_a_run_goes_on_from_its_checkpoint(self):
        self.train(128)
        run = train.Run(self.options(256))
        run.resume()
        self.assertEqual((run.crops, run.shard), (128, 2))
        run.train()
        self.assertEqual(run.crops, 256)


if __name__ == "__main__":
    unittest.main()
