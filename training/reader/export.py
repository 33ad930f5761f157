#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""export.py CHECKPOINT.pt OUTPUT.gguf [--type f16|f32] [--reference FILE.json], or export.py --random OUTPUT.gguf: the reader for the page worker.

--random writes weights that were never trained, to build against. --reference writes fixed crops
and what PyTorch computes from them with the weights as the file has them.
"""

import argparse
import json
import pathlib
import sys

import numpy
import torch

import alphabet
import model
import normalise

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "gguf"))  # behind: train.py and export.py stand there too
import gguf_file  # noqa: E402

VERSION = 1


def metadata(letters, name):
    return [
        gguf_file.string("general.architecture", "emend-reader"),
        gguf_file.string("general.name", name),
        gguf_file.string("general.license", "Apache-2.0"),
        gguf_file.uint32("emend-reader.version", VERSION),
        gguf_file.uint32("emend-reader.height", model.HEIGHT),
        gguf_file.strings("emend-reader.alphabet", list(letters)),
    ]


def write(path, reader, kind, name):
    """Gives back the tensors as they are read from the file. Biases stay F32: they are small."""
    rows = [(tensor, value, kind if tensor.endswith(".weight") else "f32") for tensor, value in model.tensors(reader)]
    gguf_file.write(path, metadata(reader.shape.letters, name), rows)
    return {tensor: gguf_file.rounded(value, kind) for tensor, value, kind in rows}


def name_of(letters):
    return "emend numeric reader" if letters == alphabet.NUMERIC else "emend reader"


def stripes(height, width, seed):
    """A crop of strokes on uneven paper, whole grey levels, the same on every machine."""
    rng = numpy.random.RandomState(seed)  # its stream is fixed for ever
    grey = 205 + rng.randint(0, 30, (height, width))
    for _ in range(max(3, width * 3 // height)):
        top, left = rng.randint(0, height - 2), rng.randint(0, width - 2)
        tall = rng.randint(0, 2)
        grey[top:top + (height // 2 if tall else 2), left:left + (2 if tall else height // 2)] = rng.randint(20, 90)
    return grey.astype(numpy.uint8)


def reference_crops():
    """Low, tall, of the reader's own height, upright, and long ones."""
    sizes = [(13, 47), (58, 231), (32, 21), (40, 12), (17, 390), (90, 1100), (24, 300)]
    return [stripes(height, width, seed) for seed, (height, width) in enumerate(sizes, 1)]


def write_reference(path, values, letters, crops):
    rows = []
    for grey in crops:
        inputs = normalise.normalised(grey)
        said = model.from_tensors(values, torch.from_numpy(inputs)[None, None])[:, 0]
        rows.append({"width": grey.shape[1], "height": grey.shape[0], "pixels": grey.flatten().tolist(), "input_width": inputs.shape[1],
                     "input": [round(float(v), 5) for v in inputs.flatten()],
                     "log_probs": [[round(float(v), 4) for v in row] for row in said],
                     "text": alphabet.collapsed(said.argmax(1).tolist(), letters)})
    document = {"note": "made by training/reader/export.py; pixels and input: row by row, from the top; log_probs: columns from the left, classes", "crops": rows}
    pathlib.Path(path).write_text(json.dumps(document, separators=(",", ":")) + "\n", encoding="ascii")


def random_reader(shape):
    torch.manual_seed(1)
    reader = model.Reader(shape)
    for norm in reader.norms:  # as uneven as a trained one
        for value, low, high in ((norm.weight, 0.5, 1.5), (norm.bias, -0.5, 0.5), (norm.running_mean, -0.3, 0.3), (norm.running_var, 0.3, 1.0)):
            torch.nn.init.uniform_(value, low, high)
    torch.nn.init.normal_(reader.out.weight, std=0.3)
    return reader.eval()


def trained_reader(path):
    saved = torch.load(path, map_location="cpu")
    reader = model.Reader(model.SHAPES[saved["shape"]])
    reader.load_state_dict(saved["average"])
    return reader.eval()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("paths", nargs="+", help="CHECKPOINT.pt OUTPUT.gguf; with --random OUTPUT.gguf alone")
    parser.add_argument("--random", action="store_true")
    parser.add_argument("--shape", choices=model.SHAPES, default="numeric", help="of the random one")
    parser.add_argument("--type", choices=["f16", "f32"], default="f16")
    parser.add_argument("--reference")
    parser.add_argument("--crops", help="an earlier reference: its pixels instead of drawn strokes")
    options = parser.parse_args()
    if len(options.paths) != (1 if options.random else 2):
        parser.error("want OUTPUT.gguf with --random, else CHECKPOINT.pt OUTPUT.gguf")
    torch.set_num_threads(1)
    reader = random_reader(model.SHAPES[options.shape]) if options.random else trained_reader(options.paths[0])
    with torch.no_grad():
        values = write(options.paths[-1], reader, options.type, name_of(reader.shape.letters))
        if options.reference:
            crops = reference_crops()
            if options.crops:
                rows = json.loads(pathlib.Path(options.crops).read_text(encoding="ascii"))["crops"]
                crops = [numpy.array(row["pixels"], numpy.uint8).reshape(row["height"], row["width"]) for row in rows]
            write_reference(options.reference, values, reader.shape.letters, crops)


if __name__ == "__main__":
    main()
