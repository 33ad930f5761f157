#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What a user's own words and text of the domain are worth, as Markdown.

    own_language.py DOCUMENTS_DIR [--record DIR] [--build DIR] [--model MODEL]

DOCUMENTS_DIR and --record are as of fit_correction.py. The truths of every second document of a set stand for what a
user has of the domain: all their words for --words, their text for --domain. The other half is corrected with them,
and then the other way round, so no document is corrected with its own truth.
"""

import argparse
import pathlib
import sys

from accuracy import SETS
from fit_correction import Bench, recorded

WAYS = {"neither": (False, False), "`--words`": (True, False), "`--domain`": (False, True), "both": (True, True)}
COUNTS = ("fixed", "broken", "changed_wrong")


def halves(docs):
    return (docs[0::2], docs[1::2]), (docs[1::2], docs[0::2])


def own_files(known, folder):
    """(list of words, text) of these documents, as files."""
    text = "\n".join(truth.read_text(encoding="utf-8", errors="replace") for _, _, truth, _ in known)
    words = sorted({token for token in text.split() if any(c.isalpha() for c in token)})
    for name, content in (("words.txt", "\n".join(words)), ("domain.txt", text)):
        (folder / name).write_text(content + "\n", encoding="utf-8")
    return folder / "words.txt", folder / "domain.txt"


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("documents", type=pathlib.Path)
    parser.add_argument("--record", type=pathlib.Path, default=pathlib.Path("recorded"))
    parser.add_argument("--build", type=pathlib.Path, default=here.parent / "build" / "release")
    parser.add_argument("--model", default="embedded")
    arguments = parser.parse_args()
    docs = recorded(arguments.documents, arguments.record, arguments.build / "bin" / "emend")
    print("| set | own | words fixed | broken | wrong again | wrong words before | after | numbers fixed | harmed |")
    print("|---|---|---|---|---|---|---|---|---|")
    for kind in SETS:
        of_kind = [doc for doc in docs if doc[0] == kind]
        for way, (has_words, has_domain) in WAYS.items():
            total = dict.fromkeys((*COUNTS, "before", "after", "numbers", "harm"), 0)
            for known, asked in halves(of_kind):
                words, domain = own_files(known, arguments.record)
                bench = Bench(arguments.build / "bench" / "bench_recorrect", asked, arguments.record, arguments.model,
                              words if has_words else "", domain if has_domain else "")
                for one in bench.ask({}):
                    for key in COUNTS:
                        total[key] += one["words"][key]
                    total["before"] += one["word_errors"][0]
                    total["after"] += one["word_errors"][1]
                    total["numbers"] += one["numbers"]["fixed"]
                    total["harm"] += one["harm"]
                    for fate, truth, before, after in one["changes"]:
                        print(f"{kind}, {way}, {one['id']}: {fate}: {before} -> {after} ({truth})", file=sys.stderr)
            print("| " + " | ".join([kind, way, *(str(value) for value in total.values())]) + " |", flush=True)


if __name__ == "__main__":
    main()
