# SPDX-License-Identifier: Apache-2.0
"""A llama-architecture model over bytes, written so that its weights need no change for llama.cpp.

Rotary positions turn neighbouring pairs (2i, 2i + 1), query heads share key heads in consecutive
groups, norms are RMS: what llama.cpp computes for general.architecture "llama" without permuting.
"""

import dataclasses

import torch
from torch import nn
from torch.nn import functional


@dataclasses.dataclass(frozen=True)
class Shape:
    width: int = 256
    layers: int = 4
    heads: int = 4
    key_heads: int = 2
    hidden: int = 640
    vocabulary: int = 272  # 256 bytes, then 16 control tokens (export.py)
    context: int = 256
    rope_base: float = 10000.0
    epsilon: float = 1e-5

    @property
    def head_size(self):
        return self.width // self.heads


SHAPES = {
    "2m": Shape(width=192, hidden=512, context=224),
    "3m": Shape(),
    "10m": Shape(width=384, layers=6, heads=6, key_heads=3, hidden=1024, context=512),
    "20m": Shape(width=512, layers=7, heads=8, key_heads=4, hidden=1408, context=512),
    "test": Shape(width=64, layers=2, heads=2, key_heads=1, hidden=96, context=64),
}


def rotary_tables(shape, length, device):
    frequencies = shape.rope_base ** (-torch.arange(0, shape.head_size, 2, device=device).float() / shape.head_size)
    angles = torch.arange(length, device=device).float()[:, None] * frequencies[None]
    return angles.cos(), angles.sin()


def rotate(x, cosine, sine):
    """x: (batch, heads, length, head size)."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cosine - odd * sine, even * sine + odd * cosine), -1).flatten(-2)


class Norm(nn.Module):
    def __init__(self, width, epsilon):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x):
        x = x.float()
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.epsilon) * self.weight


def linear(x, weight, precision):
    return functional.linear(x.to(precision), weight.to(precision)).float()


class Layer(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        pairs = shape.head_size * shape.key_heads
        self.attention_norm = Norm(shape.width, shape.epsilon)
        self.feed_norm = Norm(shape.width, shape.epsilon)
        self.query = nn.Parameter(torch.randn(shape.width, shape.width) * shape.width ** -0.5)
        self.key = nn.Parameter(torch.randn(pairs, shape.width) * shape.width ** -0.5)
        self.value = nn.Parameter(torch.randn(pairs, shape.width) * shape.width ** -0.5)
        self.output = nn.Parameter(torch.randn(shape.width, shape.width) * shape.width ** -0.5 * 0.1)
        self.gate = nn.Parameter(torch.randn(shape.hidden, shape.width) * shape.width ** -0.5)
        self.up = nn.Parameter(torch.randn(shape.hidden, shape.width) * shape.width ** -0.5)
        self.down = nn.Parameter(torch.randn(shape.width, shape.hidden) * shape.hidden ** -0.5 * 0.1)

    def attention(self, x, tables, mask, precision):
        batch, length, _ = x.shape
        shape = self.shape

        def heads(weight, count):
            return linear(x, weight, precision).view(batch, length, count, shape.head_size).transpose(1, 2)

        query = rotate(heads(self.query, shape.heads), *tables)
        key = rotate(heads(self.key, shape.key_heads), *tables)
        value = heads(self.value, shape.key_heads)
        group = shape.heads // shape.key_heads
        key, value = key.repeat_interleave(group, 1), value.repeat_interleave(group, 1)
        weights = (query.to(precision) @ key.to(precision).transpose(-1, -2)).float() * shape.head_size ** -0.5 + mask
        mixed = weights.softmax(-1).to(precision) @ value.to(precision)
        return linear(mixed.transpose(1, 2).reshape(batch, length, shape.width), self.output, precision)

    def forward(self, x, tables, mask, precision):
        x = x + self.attention(self.attention_norm(x), tables, mask, precision)
        y = self.feed_norm(x)
        gated = functional.silu(linear(y, self.gate, precision)) * linear(y, self.up, precision)
        return x + linear(gated, self.down, precision)


class ByteModel(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.embedding = nn.Parameter(torch.randn(shape.vocabulary, shape.width) * 0.5)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = Norm(shape.width, shape.epsilon)
        self.head = nn.Parameter(torch.randn(shape.vocabulary, shape.width) * 0.002)

    def forward(self, tokens, precision=torch.float32):
        """tokens: (batch, length) -> logits (batch, length, vocabulary)."""
        length = tokens.shape[1]
        tables = rotary_tables(self.shape, length, tokens.device)
        mask = torch.full((length, length), float("-inf"), device=tokens.device).triu(1)
        x = self.embedding[tokens]
        for layer in self.layers:
            x = layer(x, tables, mask, precision)
        return linear(self.norm(x), self.head, precision)

    def matrices(self):
        """What Muon trains; embedding, head and norms are Adam's."""
        return [getattr(layer, name) for layer in self.layers
                for name in ("query", "key", "value", "output", "gate", "up", "down")]
