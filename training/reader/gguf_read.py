# SPDX-License-Identifier: Apache-2.0
"""Reads the GGUF files that export.py writes, for the tests and for evaluate.py: strings, whole numbers, F16 and F32 tensors."""

import struct

import numpy

ALIGNMENT = 32
UINT32, STRING, ARRAY = 4, 8, 9
TYPES = {0: "<f4", 1: "<f2"}


class Cursor:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, form):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values if len(values) > 1 else values[0]

    def text(self):
        size = self.take("Q")
        self.at += size
        return self.data[self.at - size:self.at].decode()

    def value(self, kind):
        if kind == STRING:
            return self.text()
        if kind == ARRAY:
            inner, count = self.take("IQ")
            return [self.value(inner) for _ in range(count)]
        if kind == UINT32:
            return self.take("I")
        raise ValueError(f"a value of kind {kind}")


def read(path):
    """(metadata, {name: float32 array})"""
    with open(path, "rb") as file:
        cursor = Cursor(file.read())
    if cursor.data[:4] != b"GGUF":
        raise ValueError(f"{path} is no GGUF file")
    cursor.at = 4
    _, tensor_count, entry_count = cursor.take("IQQ")
    entries = {}
    for _ in range(entry_count):
        key = cursor.text()
        entries[key] = cursor.value(cursor.take("I"))
    places = []
    for _ in range(tensor_count):
        name = cursor.text()
        axes = [cursor.take("Q") for _ in range(cursor.take("I"))]
        kind, offset = cursor.take("IQ")
        places.append((name, axes[::-1], kind, offset))
    start = -(-cursor.at // ALIGNMENT) * ALIGNMENT
    return entries, {name: numpy.frombuffer(cursor.data, TYPES[kind], int(numpy.prod(shape)), start + offset).astype(numpy.float32).reshape(shape)
                     for name, shape, kind, offset in places}
