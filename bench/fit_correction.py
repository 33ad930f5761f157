#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Fits the weights and margins of correction on recorded pages, and reports on pages held out.

    fit_correction.py DOCUMENTS_DIR [--record DIR] [--build DIR] [--model MODEL] [--rounds N]

DOCUMENTS_DIR is as of accuracy.py. Every page is recognised once and kept in --record (`--keep-steps`),
so a second run takes minutes. Documents of odd place in their set (1st, 3rd ...) are fitted on, the even
ones are held out. A choice of settings is allowed when on the odd half
  - no number is broken, lost or invented,
  - no document has more than one wrong word more than before, and
  - at least 97 % of the changes to right or wrong words made one right: fixed / (fixed + broken);
of those the best has most words and numbers fixed, where one that is broken outweighs twenty that are
fixed; fewest words changed from wrong to wrong decide among equals, then the smaller step from what is
committed. The search goes along one setting at
a time, from the committed values, until a round brings nothing. --report only tells what these do.
"""

import argparse
import json
import math
import pathlib
import subprocess
import sys

from accuracy import SETS, documents

# The committed values: src/correct/page_pass.h, judge.h, suspect.h. The steps are what is tried.
COMMITTED = {"margin": 4, "model": 0.8, "words": 0.95, "evidence": 0.5, "channel": 1}
STEPS = {"margin": (0, 1, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 8), "model": (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2),
         "words": (0.5, 0.65, 0.8, 0.95, 1.1, 1.25), "evidence": (0, 0.25, 0.5, 0.75, 1, 1.5),
         "channel": (0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5)}
LEAST_PRECISION = 0.97
NO_PAGE_KEPT = -100  # deviations: every page is clear
BROKEN_OUTWEIGHS = 20  # words that are fixed


def recorded(root, record, emend):
    """(set, name, truth, pages) of all documents; those that are not there yet are recognised."""
    found = []
    for name in SETS:
        pairs = documents(root, name, 0)
        folder = record / name
        if not (folder / "done").exists():
            folder.mkdir(parents=True, exist_ok=True)
            subprocess.run([emend, "--model", "none", "--no-journal", "-q", "--format", "json", "--keep-steps",
                            folder, *(image for image, _ in pairs)], stdout=subprocess.DEVNULL, check=False)
            (folder / "done").touch()
        for index, (image, truth) in enumerate(pairs, 1):
            pages = sorted((folder / f"{index:03}").glob("*_recognised.json"))
            if pages:
                found.append((name, image.name, truth, pages))
            else:
                print(f"{image}: nothing was recognised", file=sys.stderr)
    return found


class Bench:
    """bench_recorrect, asked for one choice of settings after another."""

    def __init__(self, program, docs, record, model, words="", domain=""):
        listing = record / "list.tsv"
        listing.write_text("".join("\t".join([name, str(truth), "fold" if kind == "receipts" else "-", *map(str, pages)]) + "\n"
                                   for kind, name, truth, pages in docs), encoding="utf-8")
        self._child = subprocess.Popen([program, listing, model, words, domain], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._known = {}

    def ask(self, settings):
        line = " ".join(f"{key}={value}" for key, value in sorted(settings.items()))
        if line not in self._known:
            print(line, file=self._child.stdin, flush=True)
            answer = self._child.stdout.readline()
            if not answer:
                sys.exit("bench_recorrect ended")
            self._known[line] = json.loads(answer)["documents"]
        return self._known[line]


def summed(outcomes):
    """What a choice did to some documents."""
    total = {"fixed": 0, "broken": 0, "changed_wrong": 0, "numbers_fixed": 0, "harm": 0, "worse": 0}
    for one in outcomes:
        for key in ("fixed", "broken", "changed_wrong"):
            total[key] += one["words"][key] + one["numbers"][key]
        total["numbers_fixed"] += one["numbers"]["fixed"]
        total["harm"] += one["harm"]
        total["worse"] += one["word_errors"][1] > one["word_errors"][0] + 1
    return total


def is_allowed(total):
    changes = total["fixed"] + total["broken"]
    return total["harm"] == 0 and total["worse"] == 0 and (changes == 0 or total["fixed"] / changes >= LEAST_PRECISION)


def distance(settings):
    return sum(abs(STEPS[key].index(settings[key]) - STEPS[key].index(value)) for key, value in COMMITTED.items())


def quality(settings, total):
    return (is_allowed(total), total["fixed"] - BROKEN_OUTWEIGHS * total["broken"], -total["changed_wrong"], -distance(settings))


def fitted(bench, odd, rounds):
    best = dict(COMMITTED)
    best_total = summed(odd(bench.ask(best)))
    for _ in range(rounds):
        before = dict(best)
        for key, values in STEPS.items():
            for value in values:
                trial = {**best, key: value}
                total = summed(odd(bench.ask(trial)))
                if quality(trial, total) > quality(best, best_total):
                    best, best_total = trial, total
        if best == before:
            break
    return best


def odds_of(outcomes):
    """(slope, offset) of the odds that an edit makes a word right and not wrong, by its nats: the likeliest on a grid of
    0.05 and 0.1. Edits that do neither do not count."""
    edits = [(edit["nats"], edit["word_errors"] < 0) for one in outcomes for edit in one["edits"] if edit["word_errors"]]

    def likelihood(odds):
        slope, offset = odds
        return -sum(math.log1p(math.exp(-(offset + slope * nats) if right else offset + slope * nats)) for nats, right in edits)

    return max(((step / 20, tenth / 10) for step in range(40) for tenth in range(-60, 31)), key=likelihood)


def row(what, total):
    changes = total["fixed"] + total["broken"]
    share = f"{100 * total['fixed'] / changes:.1f}" if changes else "-"
    return (f"| {what} | {total['fixed']} | {total['numbers_fixed']} | {total['broken']} | {total['changed_wrong']} | "
            f"{share} | {total['harm']} | {total['worse']} |")


def report(bench, choices, halves):
    print("| settings, documents | fixed | of these numbers | broken | wrong in another way | "
          "precision % | numbers harmed | documents worse by more than a word |")
    print("|---|---|---|---|---|---|---|---|")
    for title, settings in choices:
        for half, pick in halves.items():
            print(row(f"{title}, {half}", summed(pick(bench.ask(settings)))))


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("documents", type=pathlib.Path)
    parser.add_argument("--record", type=pathlib.Path, default=pathlib.Path("recorded"), help="where recognised pages are kept")
    parser.add_argument("--build", type=pathlib.Path, default=here.parent / "build" / "release")
    parser.add_argument("--model", default="embedded")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--report", action="store_true", help="fit nothing, only tell what the committed settings do")
    parser.add_argument("--odds", action="store_true", help="also the odds of an edit (src/correct/expected_gain.h)")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="with --report: another value")
    parser.add_argument("--changes", type=pathlib.Path, help="every change of the last choice, as tab separated values")
    arguments = parser.parse_args()
    arguments.record.mkdir(parents=True, exist_ok=True)
    docs = recorded(arguments.documents, arguments.record, arguments.build / "bin" / "emend")
    bench = Bench(arguments.build / "bench" / "bench_recorrect", docs, arguments.record, arguments.model)
    # By the place in the set, so that a document is in the same half whatever else is there.
    places, seen = [], {}
    for kind, *_ in docs:
        seen[kind] = seen.get(kind, 0) + 1
        places.append(seen[kind])
    halves = {"odd": lambda all_of_them: [one for one, place in zip(all_of_them, places) if place % 2 == 1],
              "even (held out)": lambda all_of_them: [one for one, place in zip(all_of_them, places) if place % 2 == 0],
              "all": lambda all_of_them: all_of_them}
    choices = [("committed", dict(COMMITTED))]
    other = {key: float(value) for key, value in (pair.split("=") for pair in arguments.set)}
    if other:
        choices.append((" ".join(arguments.set), {**COMMITTED, **other}))
    if not arguments.report:
        best = fitted(bench, halves["odd"], arguments.rounds)
        print("fitted:", " ".join(f"{key}={value}" for key, value in best.items()), "\n")
        choices.append(("fitted on odd", best))
    report(bench, choices, halves)
    if arguments.odds:
        edits = bench.ask({**COMMITTED, "margin": 0, "clear_gain": NO_PAGE_KEPT, "edits": 1})
        print("\nodds of an edit: {} of its nats, {:+}\n".format(*odds_of(edits)))
    for kind in SETS:
        print(row(f"{choices[-1][0]}, {kind}", summed(one for one, doc in zip(bench.ask(choices[-1][1]), docs) if doc[0] == kind)))
    if arguments.changes:
        arguments.changes.write_text("".join("\t".join([one["id"], *change]) + "\n" for one in bench.ask(choices[-1][1])
                                             for change in one["changes"]), encoding="utf-8")


if __name__ == "__main__":
    main()
