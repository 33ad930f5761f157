#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What proofreading does to made-up invoices, whose truth is known word by word, as Markdown.

    invoices.py [--count 100] [--seed 1] [--emend PROGRAM] [--changes FILE]

The pages come from tests/fixtures/invoices with a seed that no test uses. Words are judged at their
place on the page (tests/end_to_end/judgement.py).
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "tests" / "fixtures" / "invoices"), str(HERE.parent / "tests" / "end_to_end")]

from judgement import Judgement, judge  # noqa: E402
from make_invoices import make_page, write_image, write_truth  # noqa: E402


def measure(number, folder, arguments):
    """The damage of page `number`, and what became of its words."""
    page, damage = make_page([arguments.seed, number])
    stem = folder / f"page_{number:04d}"
    image = write_image(page, stem, 45 if damage == "photo" else 0)
    write_truth(page, stem)
    done = subprocess.run([arguments.emend, "--format", "json", "--jobs", "1", str(image)],
                          capture_output=True, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(f"page {number}: {done.stderr.decode()}")
    total = Judgement()
    for read in json.loads(done.stdout)["pages"]:
        total += judge(json.loads(stem.with_suffix(".json").read_text(encoding="utf-8")), read)
    return damage, total


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--emend", default=str(HERE.parent / "build" / "release" / "bin" / "emend"))
    parser.add_argument("--changes", type=pathlib.Path, help="every changed word, as tab separated values")
    arguments = parser.parse_args()
    totals = {"all": Judgement()}
    with tempfile.TemporaryDirectory() as folder:
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for damage, result in pool.map(lambda n: measure(n, pathlib.Path(folder), arguments),
                                           range(1, arguments.count + 1)):
                for name in (damage, "all"):
                    totals.setdefault(name, Judgement())
                    totals[name] += result
    totals["all"] = totals.pop("all")
    print("| damage | words | wrong as recognised | repaired | newly wrong | wrong in another way | "
          "numbers right as recognised | of these newly wrong |")
    print("|---|---|---|---|---|---|---|---|")
    for name, total in totals.items():
        print(f"| {name} | {total.words} | {total.wrong_before} | {len(total.repaired)} | "
              f"{len(total.newly_wrong)} | {len(total.changed_wrong)} | {total.numbers_right_before} | "
              f"{len(total.newly_wrong_numbers)} |")
    if arguments.changes:
        rows = [(kind, *change) for kind in ("repaired", "newly_wrong", "changed_wrong", "newly_wrong_numbers")
                for change in getattr(totals["all"], kind)]
        arguments.changes.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    sys.exit(1 if totals["all"].newly_wrong_numbers else 0)


if __name__ == "__main__":
    main()
