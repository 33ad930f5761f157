# SPDX-License-Identifier: Apache-2.0
"""Writes a GGUF file (version 3) and quantises to Q8_0. Only what export.py needs."""

import struct

import numpy

ALIGNMENT = 32
UINT32, FLOAT32, BOOL, STRING, ARRAY, INT32 = 4, 6, 7, 8, 9, 5
TYPE_NUMBERS = {"f32": 0, "f16": 1, "q8_0": 8}
BLOCK = 32  # values that share a scale in Q8_0


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def entry(key, kind, value):
    return text(key) + struct.pack("<I", kind) + value


def uint32(key, value):
    return entry(key, UINT32, struct.pack("<I", value))


def float32(key, value):
    return entry(key, FLOAT32, struct.pack("<f", value))


def boolean(key, value):
    return entry(key, BOOL, struct.pack("<?", value))


def string(key, value):
    return entry(key, STRING, text(value))


def strings(key, values):
    return entry(key, ARRAY, struct.pack("<IQ", STRING, len(values)) + b"".join(map(text, values)))


def int32s(key, values):
    return entry(key, ARRAY, struct.pack(f"<IQ{len(values)}i", INT32, len(values), *values))


def q8_0_parts(values):
    """(scales as float16, whole numbers) of blocks of 32, as ggml rounds them."""
    blocks = values.astype(numpy.float32).reshape(-1, BLOCK)
    scales = numpy.abs(blocks).max(1) / 127
    inverse = numpy.divide(1, scales, out=numpy.zeros_like(scales), where=scales > 0)
    scaled = blocks * inverse[:, None]
    whole = numpy.trunc(scaled + numpy.copysign(0.5, scaled)).astype(numpy.int8)
    return scales.astype(numpy.float16), whole


def encoded(values, kind):
    if kind == "f32":
        return values.astype("<f4").tobytes()
    if kind == "f16":
        return values.astype("<f2").tobytes()
    scales, whole = q8_0_parts(values)
    blocks = numpy.empty(len(scales), numpy.dtype([("scale", "<f2"), ("values", "i1", BLOCK)]))
    blocks["scale"], blocks["values"] = scales, whole
    return blocks.tobytes()


def rounded(values, kind):
    """What is read back from the file."""
    if kind == "q8_0":
        scales, whole = q8_0_parts(values)
        return (scales.astype(numpy.float32)[:, None] * whole).reshape(values.shape)
    return values.astype(numpy.float16).astype(numpy.float32) if kind == "f16" else values.astype(numpy.float32)


def write(path, entries, tensors):
    """tensors: [(name, array, type)]. An array's last axis is what ggml calls its first."""
    head, body = b"", b""
    for name, values, kind in tensors:
        body += bytes(-len(body) % ALIGNMENT)
        axes = values.shape[::-1]
        head += text(name) + struct.pack(f"<I{len(axes)}QIQ", len(axes), *axes, TYPE_NUMBERS[kind], len(body))
        body += encoded(values, kind)
    data = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(entries)) + b"".join(entries) + head
    data += bytes(-len(data) % ALIGNMENT)
    with open(path, "wb") as file:
        file.write(data + body)
