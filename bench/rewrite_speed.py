#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How fast a model rewrites a text by verification, beside plain greedy generation of the same text.

    rewrite_speed.py [--shape qwen2.5-0.5b ...] [--model FILE] [--words 200] [--misread 0 10 30 100] [--rounds 1]
                     [--threads N] [--gpu-layers 0] [--models DIR] [--build DIR] [--output FILE]

The computing is llama.cpp's with the weights that are given; what the model says is scripted, so that so many of a
thousand words were misread and the model writes the true ones. Both ways compute the same text after the same prompt, which holds the
text too. Given are the phase of writing, and the whole request (the prompt, then the writing) against twice the time of a
prefill, once of the prompt and once of the text. Medians of the rounds.
"""

import argparse
import os
import pathlib
import statistics
import tempfile

import host_probes as probes


def measured(arguments, model):
    """For each share of misread words the medians of what the program answers."""
    rounds = []
    for _ in range(arguments.rounds):
        with probes.Asked(arguments.build / "bench" / "bench_rewrite_choices", model, arguments.gpu_layers, arguments.threads,
                          environment={"GOMP_SPINCOUNT": "2000"}) as program:
            rounds.append([program.ask(f"{arguments.words} {misread}") for misread in arguments.misread])
    return [{name: statistics.median(one[name] for one in answers) for name in answers[0]}
            for answers in zip(*rounds, strict=True)]


def row_of(model, answer):
    generation, rewriting = answer["generation_seconds"], answer["rewrite_seconds"]
    prefills = answer["prefill_seconds"] + answer["text_prefill_seconds"]
    if not answer["is_true"]:
        raise SystemExit("the text that was written is not the true one")
    return [model.stem, f"{answer['misread_of_thousand'] / 10:g} %", f"{answer['tokens']:g}", f"{answer['changes']:g}",
            f"{generation:.1f}", f"{rewriting:.1f}", f"**{generation / rewriting:.2f}**", f"{answer['decodes']:g}",
            f"{answer['computed']:g}", f"{(answer['prefill_seconds'] + rewriting) / prefills:.2f}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    probes.add_model_arguments(parser)
    parser.add_argument("--words", type=int, default=200)
    parser.add_argument("--misread", type=int, nargs="+", default=[0, 10, 30, 100], help="of a thousand words")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--gpu-layers", type=int, default=0)
    parser.add_argument("--output", type=pathlib.Path)
    arguments = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        shapes, models = probes.models_of(arguments, folder)
        for model in models:
            rows += [row_of(model, answer) for answer in measured(arguments, model)]
    lines = probes.heading("Rewriting by verification", arguments.build,
                           "bench/rewrite_speed.py" + "".join(f" --shape {shape}" for shape in shapes)
                           + f" --words {arguments.words} --rounds {arguments.rounds} --threads {arguments.threads}")
    lines += ["Random weights in the shape of the real model, choices scripted.", ""]
    head = ["model", "misread", "tokens", "changes", "generated, s", "rewritten, s", "ratio", "batches", "tokens computed",
            "whole request / two prefills"]
    probes.write(lines + probes.table(head, rows), arguments.output)


if __name__ == "__main__":
    main()
