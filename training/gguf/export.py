#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""export.py RUN_DIR OUTPUT.gguf [--type q8_0|f16|f32] [--reference FILE.json] [--card FILE.json --version V --weight W]

The trained model for llama.cpp.

The vocabulary is the 256 bytes in their order, so a token's number is its byte, and 16 control
tokens, which name the kind and the language of a document (windows.py) and stand for no text. --reference writes what
PyTorch computes with the weights as the file has them, for a test to hold llama.cpp against. --card
writes what src/pipeline/embedded_gguf.h reads.
"""

import argparse
import hashlib
import json
import pathlib

import numpy
import torch

import byte_model
import gguf_file
import windows

NORMAL, CONTROL = 1, 3
FILE_TYPES = {"f32": 0, "f16": 1, "q8_0": 7}

REFERENCE_REQUESTS = [
    ("Thank you for ", ["your", "yonr", "you"], " letter of the 3rd of May.", []),
    ("", ["Invoice", "lnvoice", "Invoic"], " No. 2023-0042\nDate: 15 July 2023\n", []),
    ("", ["Invoice", "lnvoice", "Invoic"], " No. 2023-0042\nDate: 15 July 2023\n", ["eng"]),
    ("TOTAL AMOUNT: ", ["12.50", "I2.50", "12,5O"], "\nTHANK YOU", ["business", "eng"]),
    ("In the morning they went ", ["away", "avvay", "awav"], " and came back late.", ["eng"]),
    ("Rechnung Nr. 17\n", ["Gesamtbetrag", "Gesarntbetrag"], ": 119,00 €", ["deu"]),
    ("Facture n° 42 du 3 mai\nMontant ", ["total", "tolal", "t\u00f4tal"], " : 12,50 €", ["fra"]),
]


def byte_token(byte):
    """The character that stands for a byte in a GPT-2 vocabulary."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    if byte in printable:
        return chr(byte)
    return chr(256 + sum(1 for b in range(byte) if b not in printable))


def metadata(shape, name, kind):
    names = {number: name for name, number in windows.CONTROLS.items()}
    tokens = [byte_token(b) for b in range(256)]
    tokens += [f"<|{names.get(256 + i, f'control_{i}')}|>" for i in range(windows.CONTROL_TOKENS)]
    kinds = [NORMAL] * 256 + [CONTROL] * windows.CONTROL_TOKENS
    return [
        gguf_file.string("general.architecture", "llama"),
        gguf_file.string("general.name", name),
        gguf_file.string("general.license", "Apache-2.0"),
        gguf_file.uint32("general.file_type", FILE_TYPES[kind]),
        gguf_file.uint32("llama.context_length", shape.context),
        gguf_file.uint32("llama.embedding_length", shape.width),
        gguf_file.uint32("llama.block_count", shape.layers),
        gguf_file.uint32("llama.feed_forward_length", shape.hidden),
        gguf_file.uint32("llama.attention.head_count", shape.heads),
        gguf_file.uint32("llama.attention.head_count_kv", shape.key_heads),
        gguf_file.float32("llama.attention.layer_norm_rms_epsilon", shape.epsilon),
        gguf_file.float32("llama.rope.freq_base", shape.rope_base),
        gguf_file.uint32("llama.rope.dimension_count", shape.head_size),
        gguf_file.uint32("llama.vocab_size", shape.vocabulary),
        gguf_file.string("tokenizer.ggml.model", "gpt2"),
        gguf_file.string("tokenizer.ggml.pre", "qwen2"),
        gguf_file.strings("tokenizer.ggml.tokens", tokens),
        gguf_file.int32s("tokenizer.ggml.token_type", kinds),
        # llama.cpp wants merges; these two tokens never stand in a text.
        gguf_file.strings("tokenizer.ggml.merges", ["<|control_15|> <|control_15|>"]),
        gguf_file.uint32("tokenizer.ggml.bos_token_id", 256),
        gguf_file.uint32("tokenizer.ggml.eos_token_id", 256),
        gguf_file.uint32("tokenizer.ggml.padding_token_id", 271),
        gguf_file.boolean("tokenizer.ggml.add_bos_token", False),
        gguf_file.boolean("tokenizer.ggml.add_eos_token", False),
    ]


LAYER_NAMES = {"attention_norm.weight": "attn_norm", "query": "attn_q", "key": "attn_k", "value": "attn_v", "output": "attn_output",
               "feed_norm.weight": "ffn_norm", "gate": "ffn_gate", "up": "ffn_up", "down": "ffn_down"}


def named(parameter):
    """PyTorch's name -> GGUF's."""
    whole = {"embedding": "token_embd.weight", "norm.weight": "output_norm.weight", "head": "output.weight"}
    if parameter in whole:
        return whole[parameter]
    _, layer, rest = parameter.split(".", 2)
    return f"blk.{layer}.{LAYER_NAMES[rest]}.weight"


@torch.no_grad()
def reference_scores(model):
    """[{before, candidates, after, about, scores}]: ln P(candidate + after | about, before).

    Where neither is there, a line has just ended.
    """
    result = []
    for before, candidates, after, about in REFERENCE_REQUESTS:
        scores = []
        for candidate in candidates:
            head = [windows.CONTROLS[name] for name in about] + list(before.encode()) or [ord("\n")]
            tail = (candidate + after).encode()
            tokens = torch.tensor([head + list(tail)])
            logs = model(tokens).log_softmax(-1)[0]
            scores.append(sum(logs[len(head) + i - 1, byte].item() for i, byte in enumerate(tail)))
        result.append({"before": before, "candidates": candidates, "after": after, "about": about, "scores": [round(s, 5) for s in scores]})
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("run")
    parser.add_argument("output")
    parser.add_argument("--type", choices=FILE_TYPES, default="q8_0")
    parser.add_argument("--reference")
    parser.add_argument("--card")
    parser.add_argument("--version", default="1")
    parser.add_argument("--weight", type=float, default=0.3, help="in the mix with the n-gram, from fit_mix.py")
    options = parser.parse_args()
    folder = pathlib.Path(options.run)
    path = folder / "model.pt" if (folder / "model.pt").exists() else folder / "checkpoint.pt"
    saved = torch.load(path, map_location="cpu")
    shape = byte_model.SHAPES[saved["shape"]]
    tensors = []
    for name, values in saved["model"].items():
        kind = options.type if values.dim() == 2 else "f32"
        tensors.append((named(name), values.numpy().astype(numpy.float32), kind))
        saved["model"][name] = torch.from_numpy(numpy.ascontiguousarray(gguf_file.rounded(values.numpy(), kind)))
    gguf_file.write(options.output, metadata(shape, pathlib.Path(options.output).stem, options.type), tensors)
    data = pathlib.Path(options.output).read_bytes()
    print(f"{options.output}: {len(data)} bytes, SHA-256 {hashlib.sha256(data).hexdigest()}, step {saved['step']}")
    if options.card:
        card = {"file": pathlib.Path(options.output).name, "sha256": hashlib.sha256(data).hexdigest(),
                "version": options.version, "weight": options.weight}
        pathlib.Path(options.card).write_text(json.dumps(card) + "\n", encoding="ascii")
    if options.reference:
        model = byte_model.ByteModel(shape)
        model.load_state_dict(saved["model"])
        pathlib.Path(options.reference).write_text(json.dumps(reference_scores(model), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
