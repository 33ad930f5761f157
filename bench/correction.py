#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What proofreading does to pages that are recognised once, with one embedded model after another.

    correction.py DOCUMENTS_DIR WORK_DIR PROOFREAD_PAGES DATA_DIR... [--sample N] [--emend PROGRAM]

DOCUMENTS_DIR as in accuracy.py. WORK_DIR keeps what `emend --model none --format json` reads.
PROOFREAD_PAGES is the program of training/evaluate, each DATA_DIR what EMEND_DATA_DIR may be. So
weights, costs and models are compared on the same pages, in seconds.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys

from accuracy import SETS, documents, text_of
from scoring import Change, Score, change, score


def recognised(pairs, folder, emend):
    """The JSON line of each document, read now or kept from an earlier run; empty when it failed."""
    folder.mkdir(parents=True, exist_ok=True)
    for image, _ in pairs:
        kept = folder / (image.stem + ".json")
        if not kept.exists():
            command = [*emend, "--format", "json", "--jobs", "1", "--model", "none", str(image)]
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
            kept.write_bytes(done.stdout)
    return [(folder / (image.stem + ".json")).read_text(encoding="utf-8") for image, _ in pairs]


def corrected(lines, program, data):
    """(documents, what the program said of its time)"""
    done = subprocess.run([program], input="".join(lines), capture_output=True, text=True, check=True,
                          env={**os.environ, "EMEND_DATA_DIR": str(data)})
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr.strip()


def row(name, data, truths, before, after, took):
    total, errors = Change(), Score()
    log = []
    for truth, raw, new in zip(truths, before, after, strict=True):
        total += change(truth, raw, new, log)
        errors += score(truth, new)
    print(f"| {name} | {data} | {100 * errors.cer:.3f} | {100 * errors.wer:.2f} | {total.words_fixed} | {total.words_broken} | "
          f"{total.words_changed} | {total.numbers_fixed} | {total.numbers_broken + total.numbers_lost + total.numbers_invented} | {took} |", flush=True)
    return log


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("documents", type=pathlib.Path)
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("program")
    parser.add_argument("data", type=pathlib.Path, nargs="+")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--emend", default=str(here.parent / "build" / "release" / "bin" / "emend"), type=str.split)
    parser.add_argument("--edits", type=pathlib.Path, help="every changed token, as tab separated values")
    arguments = parser.parse_args()
    log = []
    print("| set | model | CER % | WER % | words fixed | words broken | words wrong in another way | numbers fixed | numbers harmed | time |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name in SETS:
        pairs = documents(arguments.documents, name, arguments.sample)
        lines = recognised(pairs, arguments.work / name, arguments.emend)
        pairs = [pair for pair, line in zip(pairs, lines) if line]
        lines = [line for line in lines if line]
        fold = str.casefold if name == "receipts" else str
        truths = [fold(truth.read_text(encoding="utf-8", errors="replace")) for _, truth in pairs]
        before = [fold(text_of(json.loads(line))) for line in lines]
        row(name, "none", truths, before, before, "")
        for data in arguments.data:
            results, took = corrected(lines, arguments.program, data)
            entries = row(name, data.name, truths, before, [fold(text_of(result)) for result in results], took)
            log += [(data.name, name, *entry) for entry in entries]
    if arguments.edits:
        arguments.edits.write_text("".join("\t".join(entry) + "\n" for entry in log), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
