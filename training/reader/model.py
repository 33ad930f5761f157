# SPDX-License-Identifier: Apache-2.0
"""The reader: a convolutional network over the crop of a word, 32 pixels high, with CTC (PyTorch).

Four blocks of 3x3 convolution, batch norm and ReLU look at the pixels; what is left is a column
of features for every four pixels. 1-D convolutions then look along the columns. There is no
recurrence, so any width works and nothing has to be padded. Shapes differ in widths and in the alphabet
only; src/page_worker reads them from the tensors.
"""

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional

import alphabet

HEIGHT = 32
STRIDE = 4  # pixels per column
POOLS = [(2, 2), (2, 2), (2, 1), (2, 1)]  # (height, width) after each block
DILATIONS = [1, 2]  # of the residual blocks


@dataclass(frozen=True)
class Shape:
    blocks: tuple  # channels of the four 2-D blocks
    width: int     # channels of the 1-D part
    letters: str   # the alphabet without blank, reject last

    @property
    def classes(self):
        return len(self.letters) + 1


SHAPES = {
    "numeric": Shape((16, 32, 64, 96), 128, alphabet.NUMERIC),
    "numeric-large": Shape((24, 48, 96, 128), 192, alphabet.NUMERIC),
    "tiny": Shape((4, 4, 4, 4), 8, alphabet.NUMERIC),  # for tests
    "text": Shape((48, 96, 192, 256), 384, alphabet.TEXT),
}


class Norm(nn.BatchNorm2d):
    """Batch norm whose scale is positive, so that it may stand after the max-pooling: the same function, a quarter of the work."""

    def forward(self, x):
        return functional.batch_norm(x, self.running_mean, self.running_var, self.weight.abs(), self.bias, self.training, self.momentum, self.eps)


class Residual(nn.Module):
    def __init__(self, width, dilation):
        super().__init__()
        self.a = nn.Conv1d(width, width, 3, padding=dilation, dilation=dilation)
        self.b = nn.Conv1d(width, width, 3, padding=dilation, dilation=dilation)

    def forward(self, x):
        return x + self.b(functional.relu(self.a(x)))


class Reader(nn.Module):
    """(crops, 1, 32, width) of ink 0..1 -> (columns, crops, classes) of log-probabilities."""

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        ends = [1, *shape.blocks]
        self.convs = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1, bias=False) for a, b in zip(ends, ends[1:]))
        self.norms = nn.ModuleList(Norm(b) for b in shape.blocks)
        self.seq = nn.Conv1d(shape.blocks[-1] * 2, shape.width, 3, padding=1)
        self.residuals = nn.ModuleList(Residual(shape.width, d) for d in DILATIONS)
        self.out = nn.Linear(shape.width, shape.classes)

    def forward(self, x):
        for conv, norm, pool in zip(self.convs, self.norms, POOLS):
            x = functional.relu(norm(functional.max_pool2d(conv(x), pool)))
        x = x.flatten(1, 2)  # feature of a column = channel * 2 + row
        x = functional.relu(self.seq(x))
        for residual in self.residuals:
            x = residual(x)
        return functional.log_softmax(self.out(x.transpose(1, 2)), 2).transpose(0, 1)


def tensors(reader):
    """[(name, array)] as the file has them: batch norm folded into the convolution before it."""
    found = []
    for i, (conv, norm) in enumerate(zip(reader.convs, reader.norms), 1):
        scale = norm.weight.abs() / torch.sqrt(norm.running_var + norm.eps)
        found.append((f"conv{i}.weight", conv.weight * scale[:, None, None, None]))
        found.append((f"conv{i}.bias", norm.bias - norm.running_mean * scale))
    found += [("seq1.weight", reader.seq.weight), ("seq1.bias", reader.seq.bias)]
    for i, residual in enumerate(reader.residuals, 1):
        for name, conv in (("a", residual.a), ("b", residual.b)):
            found += [(f"res{i}.{name}.weight", conv.weight), (f"res{i}.{name}.bias", conv.bias)]
    found += [("out.weight", reader.out.weight), ("out.bias", reader.out.bias)]
    return [(name, value.detach().float().numpy()) for name, value in found]


def from_tensors(values, inputs):
    """What the file's tensors (a dict) make of (crops, 1, 32, width): the reader without batch norm, as it runs in C++."""
    t = {name: torch.from_numpy(value) for name, value in values.items()}
    x = inputs
    for i, pool in enumerate(POOLS, 1):
        x = functional.max_pool2d(functional.relu(functional.conv2d(x, t[f"conv{i}.weight"], t[f"conv{i}.bias"], padding=1)), pool)
    x = functional.relu(functional.conv1d(x.flatten(1, 2), t["seq1.weight"], t["seq1.bias"], padding=1))
    for i, d in enumerate(DILATIONS, 1):
        inner = functional.relu(functional.conv1d(x, t[f"res{i}.a.weight"], t[f"res{i}.a.bias"], padding=d, dilation=d))
        x = x + functional.conv1d(inner, t[f"res{i}.b.weight"], t[f"res{i}.b.bias"], padding=d, dilation=d)
    return functional.log_softmax(functional.linear(x.transpose(1, 2), t["out.weight"], t["out.bias"]), 2).transpose(0, 1)
