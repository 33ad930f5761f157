#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Pages per second of emend beside the plain tesseract command on the same files, as Markdown.

    speed.py DOCUMENTS_DIR [--sample 20] [--emend PROGRAM] [--jobs N] [--rounds 1]

Four ways, one after the other, each over all files: emend with its proofreading, emend without a
model, N tesseract processes at a time with one thread each, and one tesseract call after the other
with its default threads. The ratio is pages per second against the N parallel processes. In each
round the order is turned by one, so that none always profits from a warm cache.
"""

import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import time

from accuracy import SETS, documents


def _tesseract(image, environment=None):
    subprocess.run(["tesseract", str(image), "-"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   check=True, env={**os.environ, **(environment or {})})


def run_parallel(files, arguments):
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        list(pool.map(lambda f: _tesseract(f, {"OMP_THREAD_LIMIT": "1"}), files))


def run_plain(files, _arguments):
    for file in files:
        _tesseract(file)


def _emend(files, arguments, *options):
    done = subprocess.run([arguments.emend, "--jobs", str(arguments.jobs), *options, *map(str, files)],
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(done.stderr.decode())


def run_emend(files, arguments):
    _emend(files, arguments)


def run_emend_without_model(files, arguments):
    _emend(files, arguments, "--model", "none")


WAYS = {
    "emend": run_emend,
    "emend --model none": run_emend_without_model,
    "N x tesseract, OMP_THREAD_LIMIT=1": run_parallel,
    "tesseract, default threads": run_plain,
}


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("documents", type=pathlib.Path)
    parser.add_argument("--sample", type=int, default=20)
    parser.add_argument("--emend", default=str(here.parent / "build" / "release" / "bin" / "emend"))
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=1)
    arguments = parser.parse_args()
    print(f"| set (pages) | way, N = {arguments.jobs} | seconds | pages/s | ratio |")
    print("|---|---|---|---|---|")
    for name in SETS:
        files = [image for image, _ in documents(arguments.documents, name, arguments.sample)]
        seconds = dict.fromkeys(WAYS, 0.0)
        order = list(WAYS)
        for turn in range(arguments.rounds):
            for way in order[turn % len(order):] + order[:turn % len(order)]:
                start = time.monotonic()
                WAYS[way](files, arguments)
                seconds[way] += time.monotonic() - start
        base = seconds["N x tesseract, OMP_THREAD_LIMIT=1"]
        for way, used in seconds.items():
            print(f"| {name} ({len(files)}) | {way} | {used:.1f} | "
                  f"{len(files) * arguments.rounds / used:.2f} | {base / used:.2f} |", flush=True)


if __name__ == "__main__":
    main()
