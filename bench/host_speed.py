#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How fast the model host scores, beside what llama.cpp can do at best with the same model on the same machine.

    host_speed.py [--shape qwen2.5-0.5b ...] [--model FILE] [--rounds 5] [--threads N] [--llama-bench PROGRAM]
                  [--models DIR] [--build DIR] [--output FILE]

The host is asked as the corrector asks: places of a text with 160 bytes before, five readings each, 32 bytes after. Its
tokens a second are compared with those of a plain prefill, which is llama-bench's prompt test: 512 tokens of one
sequence, the same batch and threads, and the result of the last token only. In each round both are measured, one right
after the other, so that other work on the machine disturbs both; the ratio is the median of the rounds' ratios. With --llama-bench
the program itself is measured too. Also: seconds from nothing to the first score, the file being in the page cache.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import tempfile

import host_probes as probes

PREFILL_TOKENS = 512
PLACES = 16


def first_score(build, model, threads):
    """Seconds until a host that did not exist before has answered, and the seconds of its load."""
    with probes.Asked(build / "bench" / "bench_host_probe", model, "0", threads) as probe:
        load = probe.ask("load")
        return load["seconds"] + probe.ask("score 1")["seconds"], load["seconds"], load["placement"]["batch"]


def llama_bench(program, model, batch, threads):
    """Tokens a second; None without the program."""
    if program is None:
        return None
    asked = subprocess.run([program, "-m", model, "-p", str(PREFILL_TOKENS), "-n", "0", "-b", str(batch), "-ub", str(batch),
                            "-t", str(threads), "-ngl", "0", "-r", "1", "-o", "json"], capture_output=True, text=True,
                           check=True)
    return json.loads(asked.stdout)[0]["avg_ts"]


def measured(arguments, model):
    runs = [first_score(arguments.build, model, arguments.threads) for _ in range(3)]
    batch = runs[0][2]
    host, plain, bench = [], [], []
    with probes.Asked(arguments.build / "bench" / "bench_host_probe", model, "0", arguments.threads) as probe, \
            probes.Asked(arguments.build / "bench" / "bench_prefill", model, batch, arguments.threads, "0",
                         environment={"GOMP_SPINCOUNT": "2000"}) as prefill:
        probe.ask(f"score {PLACES}")
        prefill.ask(PREFILL_TOKENS)
        for _ in range(arguments.rounds):
            scored = probe.ask(f"score {PLACES}")
            host.append(scored["tokens"] / scored["seconds"])
            plain.append(PREFILL_TOKENS / prefill.ask(PREFILL_TOKENS))
            bench.append(llama_bench(arguments.llama_bench, model, batch, arguments.threads))
    return {"model": model.stem, "batch": batch, "tokens": scored["tokens"], "host": host, "plain": plain,
            "bench": [one for one in bench if one is not None],
            "first": statistics.median(run[0] for run in runs), "load": statistics.median(run[1] for run in runs)}


def spread(values):
    return f"{statistics.median(values):.1f} ({min(values):.1f} to {max(values):.1f})"


def ratio(host, other):
    return statistics.median(one / two for one, two in zip(host, other, strict=True))


def row_of(result):
    row = [result["model"], result["batch"], result["tokens"], spread(result["host"]), spread(result["plain"]),
           f"**{ratio(result['host'], result['plain']):.2f}**"]
    if result["bench"]:
        row += [spread(result["bench"]), f"{ratio(result['host'], result['bench']):.2f}"]
    return row + [f"{result['load']:.2f}", f"{result['first']:.2f}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    probes.add_model_arguments(parser)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--llama-bench", type=pathlib.Path)
    parser.add_argument("--output", type=pathlib.Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        shapes, models = probes.models_of(arguments, folder)
        results = [measured(arguments, model) for model in models]
    head = ["model", "batch", f"tokens of {PLACES} places", "host, tokens/s", "plain prefill, tokens/s", "ratio"]
    head += ["llama-bench, tokens/s", "ratio"] if results[0]["bench"] else []
    head += ["load, s", "from nothing to the first score, s"]
    lines = probes.heading("Speed of the model host", arguments.build,
                           "bench/host_speed.py" + "".join(f" --shape {shape}" for shape in shapes)
                           + f" --rounds {arguments.rounds} --threads {arguments.threads}"
                           + (" --llama-bench llama-bench" if arguments.llama_bench else ""))
    lines += ["Medians of the rounds, with the least and the most. Random weights in the shape of the real model.", ""]
    probes.write(lines + probes.table(head, [row_of(result) for result in results]), arguments.output)


if __name__ == "__main__":
    main()
