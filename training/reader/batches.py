# SPDX-License-Identifier: Apache-2.0
"""The rendered shards as batches: crops of like width together, so that little is padded."""

import pathlib
import time

import numpy

import alphabet

BUCKET = 8  # input pixels; widths of a batch are filled up with paper to a multiple of it
WAIT_S = 2


class Shards:
    """Batches in an order that depends on the seed alone. A shard that is not there yet is waited for: render.py runs beside."""

    def __init__(self, folder, letters, pixels, seed, count, passes=1):
        self.folder, self.letters, self.pixels, self.seed, self.count, self.passes = pathlib.Path(folder), letters, pixels, seed, count, passes

    def load(self, number):
        path = self.folder / f"{number:05d}.npz"
        while not path.exists():
            time.sleep(WAIT_S)
        with numpy.load(path) as stored:
            inputs, widths, texts = stored["inputs"], stored["widths"], stored["texts"]
        ends = numpy.cumsum(widths)
        return [(inputs[:, end - width:end], alphabet.classes(str(text), self.letters)) for end, width, text in zip(ends, widths, texts)]

    def batches(self, number):
        """The batches of one shard, each about `pixels` wide in all, for the number-th time that a shard is taken: each `passes` times in a row."""
        crops = self.load(number // self.passes % self.count)
        rng = numpy.random.default_rng([self.seed, number])
        order = sorted(range(len(crops)), key=lambda i: (crops[i][0].shape[1] + BUCKET - 1) // BUCKET * 2 + rng.random())
        cut, width = [[]], 0
        for i in order:
            width = max(width, crops[i][0].shape[1])
            if cut[-1] and (len(cut[-1]) + 1) * width > self.pixels:
                cut.append([])
                width = crops[i][0].shape[1]
            cut[-1].append(crops[i])
        for at in rng.permutation(len(cut)):
            yield padded(cut[at], rng)


def padded(crops, rng):
    """(inputs (n, 1, 32, width) float32, labels joined, their lengths). Some are made paler, as ink is uneven."""
    width = (max(crop.shape[1] for crop, _ in crops) + BUCKET - 1) // BUCKET * BUCKET
    inputs = numpy.zeros((len(crops), 1, crops[0][0].shape[0], width), numpy.float32)
    for row, (crop, _) in zip(inputs, crops):
        left = int(rng.integers(0, (width - crop.shape[1]) // 4 + 1)) * 4
        row[0, :, left:left + crop.shape[1]] = crop * numpy.float32(1 / 255)
    inputs *= rng.uniform(0.85, 1, (len(crops), 1, 1, 1)).astype(numpy.float32)
    return inputs, numpy.concatenate([label for _, label in crops]), numpy.array([len(label) for _, label in crops])
