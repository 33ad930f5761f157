#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Pages per second of emend beside the plain tesseract command on the same files, as Markdown.

    speed.py DOCUMENTS_DIR [--sample 20] [--emend PROGRAM] [--jobs N] [--rounds 1]

Five ways, one after the other, each over all files: emend with its proofreading, the same with one
look at each page, that without a model, N tesseract processes at a time with one thread each, and one tesseract call after the other
with its default threads. The ratio is pages per second against the N parallel processes; the last
column is the same ratio of processor seconds, which other work on the machine disturbs less. In each
round the order is turned by one, so that none always profits from a warm cache.
"""

import argparse
import concurrent.futures
import os
import pathlib
import resource
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


def run_emend_once(files, arguments):
    _emend(files, arguments, "--quality", "fast")


def run_emend_once_without_model(files, arguments):
    _emend(files, arguments, "--quality", "fast", "--model", "none")


BASE = "N x tesseract, OMP_THREAD_LIMIT=1"
WAYS = {
    "emend": run_emend,
    "emend --quality fast": run_emend_once,
    "emend --quality fast --model none": run_emend_once_without_model,
    BASE: run_parallel,
    "tesseract, default threads": run_plain,
}


def used_by_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("documents", type=pathlib.Path)
    parser.add_argument("--sample", type=int, default=20)
    parser.add_argument("--emend", default=str(here.parent / "build" / "release" / "bin" / "emend"))
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=1)
    arguments = parser.parse_args()
    print(f"| set (pages) | way, N = {arguments.jobs} | seconds | pages/s | ratio | processor s | ratio |")
    print("|---|---|---|---|---|---|---|")
    for name in SETS:
        files = [image for image, _ in documents(arguments.documents, name, arguments.sample)]
        seconds, processor = dict.fromkeys(WAYS, 0.0), dict.fromkeys(WAYS, 0.0)
        order = list(WAYS)
        for turn in range(arguments.rounds):
            for way in order[turn % len(order):] + order[:turn % len(order)]:
                start, start_used = time.monotonic(), used_by_children()
                WAYS[way](files, arguments)
                seconds[way] += time.monotonic() - start
                processor[way] += used_by_children() - start_used
        for way, used in seconds.items():
            print(f"| {name} ({len(files)}) | {way} | {used:.1f} | "
                  f"{len(files) * arguments.rounds / used:.2f} | {seconds[BASE] / used:.2f} | "
                  f"{processor[way]:.1f} | {processor[BASE] / processor[way]:.2f} |", flush=True)


if __name__ == "__main__":
    main()
