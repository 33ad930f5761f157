#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What proofreading takes beside recognition, by stage, as Markdown.

    rank_time.py DOCUMENTS_DIR [--sample N] [--emend PROGRAM] [--model MODEL] [--guard TEXT]

DOCUMENTS_DIR is as of accuracy.py. The seconds are those that emend itself tells (`-v --progress json`), of one
page worker, so the stages of a page do not overlap. With --guard the throughput of the guard's parts over that text
is told too, and what a page of 3 KB takes of it.
"""

import argparse
from collections import Counter
import json
import pathlib
import subprocess

from accuracy import SETS, documents

RECOGNITION = ("decode", "prepare", "recognise", "look again")


def stages(emend, model, images):
    """(seconds by stage, pages) over all images, in one run."""
    done = subprocess.run([*emend, "--model", model, "--jobs", "1", "--no-journal", "-v", "--progress", "json", *map(str, images)],
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    seconds, pages = Counter(), 0
    for line in done.stderr.splitlines():
        event = json.loads(line)
        if event.get("event") == "log":
            seconds[event["stage"]] += event["seconds"]
            pages += event["stage"] == "correct"
    return seconds, pages


def guard_rates(program, text):
    """Megabytes per second by part."""
    out = subprocess.run([program, text], stdout=subprocess.PIPE, text=True, check=True).stdout
    rows = [line.split("|")[1:3] for line in out.splitlines()[2:]]
    return {part.strip(): float(rate) for part, rate in rows}


def main():
    here = pathlib.Path(__file__).resolve().parent
    build = here.parent / "build" / "release"
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("documents", type=pathlib.Path)
    parser.add_argument("--sample", type=int, default=10)
    parser.add_argument("--emend", default=str(build / "bin" / "emend"), type=str.split)
    parser.add_argument("--model", default="embedded")
    parser.add_argument("--guard", type=pathlib.Path, help="a text file for bench_guard_throughput")
    arguments = parser.parse_args()
    print("| set | pages | recognition, s a page | proofreading, ms a page | share % |")
    print("|---|---|---|---|---|")
    per_page = []
    for name in SETS:
        images = [image for image, _ in documents(arguments.documents, name, arguments.sample)]
        seconds, pages = stages(arguments.emend, arguments.model, images)
        reading = sum(seconds[stage] for stage in RECOGNITION)
        pages = max(1, pages)
        per_page.append(reading / pages)
        print(f"| {name} | {pages} | {reading / pages:.2f} | {1000 * seconds['correct'] / pages:.1f} | "
              f"{100 * seconds['correct'] / max(reading, 1e-9):.2f} |")
    if arguments.guard:
        page = 3000  # bytes of text
        print("\n| part of the guard | MB/s | ms for a page of 3 KB | recognition of a page takes so many times as long |")
        print("|---|---|---|---|")
        for part, rate in guard_rates(build / "bench" / "bench_guard_throughput", arguments.guard).items():
            took = page / (rate * 1e6)
            print(f"| {part} | {rate:.1f} | {1000 * took:.3f} | {sum(per_page) / len(per_page) / took:.0f} |")


if __name__ == "__main__":
    main()
