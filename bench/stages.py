#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Where the gain over the plain tesseract command comes from, step by step, as Markdown.

    stages.py DOCUMENTS_DIR [--sample N] [--emend PROGRAM] [--work DIR] [--jobs N]

DOCUMENTS_DIR is as of accuracy.py. Each document is read four times: by `tesseract FILE -`, by `emend --quality fast`,
whose first look is all that it takes, by `emend`, and by `emend` without its own reader of numbers. Of the last two the
text is scored as recognised, and then with the edits of one reason more each time, so the steps of proofreading are
those of one run. What was read is kept in --work.
Ends with status 1 when proofreading made a document worse by more than one word; those are listed.
"""

import argparse
import concurrent.futures
import functools
import json
import os
import pathlib
import subprocess
import sys

from accuracy import SETS, documents, percent, text_of
import scoring

# Most steps leave most texts as they are, with emend's reader and without it.
score, change = functools.cache(scoring.score), functools.cache(scoring.change)

FIRST_LOOK = ["--quality", "fast", "--model", "none"]  # which emend's reader takes no part in
WITHOUT_READER = ["--skip-steps", "number_reader"]
# What is added in each step after the first two, and the edits that are in the text from there on.
STEPS = (("further looks", ()),
         ("second readings of numbers", ("second_reading",)),
         ("look-alikes and separators in numbers", ("look_alike_repair", "layout_repair")),
         ("look-alikes in words", ("word_repair",)),
         ("rank: words by language", ("language",)))
NAMES = ("tesseract", "picture prepared, first look", *(name for name, _ in STEPS))


def with_reasons(document, reasons):
    """The text of emend's JSON form with the applied edits of these reasons and no others."""
    lines = []
    for page in document["pages"]:
        taken = {(edit["line"], edit["words"][0]): edit["after"] for edit in page["edits"]
                 if edit["verdict"] == "applied" and edit["reason"] in reasons}
        for l, line in enumerate(page["lines"]):
            if not line.get("is_noise"):
                lines.append(" ".join(taken.get((l, w), word["readings"][-1]["text"])
                                      for w, word in enumerate(line["words"])))
    return "\n".join(lines)


def output_of(command, kept):
    """What the command writes, from an earlier run where it is there."""
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False,
                              env={**os.environ, "OMP_THREAD_LIMIT": "1"})
        if done.returncode not in (0, 3):  # 3: with notices
            print(f"{' '.join(command)}: exit status {done.returncode}", file=sys.stderr)
        kept.write_bytes(done.stdout)
    return kept.read_text(encoding="utf-8", errors="replace")


def document_of(text):
    """A document that could not be read has no pages: that counts."""
    return json.loads(text) if text else {"pages": []}


def steps_of(document, image):
    """The text as recognised, and with the edits of each further step."""
    texts, reasons = [], []
    for _, more in STEPS:
        reasons += more
        texts.append(with_reasons(document, reasons))
    if texts[-1] != text_of(document):
        print(f"{image}: the edits do not give the text", file=sys.stderr)
    return texts


def texts_of(image, arguments, work):
    """The text of one document after each step, with emend's reader and without it."""
    command = [*arguments.emend, "--format", "json", "--jobs", "1", "--no-journal"]

    def read(name, options):
        return document_of(output_of([*command, *options, str(image)], work / name / (image.stem + ".json")))

    plain = output_of(["tesseract", str(image), "-"], work / "tesseract" / (image.stem + ".txt"))
    first = [plain, text_of(read("first look", FIRST_LOOK))]
    return (first + steps_of(read("emend", []), image),
            first + steps_of(read("without reader", WITHOUT_READER), image))


def words_changed(changes):
    """(fixed, broken) words and numbers."""
    return (sum(one.words_fixed + one.numbers_fixed for one in changes),
            sum(one.words_broken + one.numbers_broken for one in changes))


def less(now, before):
    return f"{100 * (now - before) / max(1, before):+.1f}"


def total_of(scores):
    total = scoring.Score()
    for one in scores:
        total += one
    return total


def change_cell(truths, before, after):
    """"fixed / broken" from the texts before a step to those after it."""
    return "{} / {}".format(*words_changed([change(*texts) for texts in zip(truths, before, after)]))


def rows_of(name, truths, with_reader, without):
    """The rows of a set; texts by step, each a list of one for each document."""
    rows, first = [], None
    for step, title in enumerate(NAMES):
        total = total_of(map(score, truths, with_reader[step]))
        missed = total.numbers - total.numbers_right
        first = first or (total.word_errors, missed)
        cells = ["", "", "", ""]
        if step > 1:
            bare = total_of(map(score, truths, without[step]))
            cells = [change_cell(truths, with_reader[step - 1], with_reader[step]), bare.word_errors,
                     bare.numbers - bare.numbers_right, change_cell(truths, without[step - 1], without[step])]
        rows.append(f"| {name} | {title} | {percent(total.cer)} | {total.word_errors} ({percent(total.wer)}) | "
                    f"{less(total.word_errors, first[0])} | {missed} of {total.numbers} | {less(missed, first[1])} | "
                    + " | ".join(map(str, cells)) + " |")
    return rows


def measure_set(name, arguments):
    """The rows of a set, what emend's reader is worth in it, and (document, words more wrong) of those that
    proofreading made worse."""
    pairs = documents(arguments.documents, name, arguments.sample)
    fold = str.casefold if name == "receipts" else str
    truths = [fold(truth.read_text(encoding="utf-8", errors="replace")) for _, truth in pairs]
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        texts = list(pool.map(lambda pair: texts_of(pair[0], arguments, arguments.work / name), pairs))
    with_reader, without = ([[fold(text) for text in step] for step in zip(*one)] for one in zip(*texts))
    worth = change_cell(truths, without[-1], with_reader[-1])
    recognised = with_reader[NAMES.index(STEPS[0][0])]
    more = [score(truth, after).word_errors - score(truth, before).word_errors
            for truth, before, after in zip(truths, recognised, with_reader[-1])]
    worse = [(image.name, words) for (image, _), words in zip(pairs, more) if words > 0]
    return rows_of(name, truths, with_reader, without), worth, worse


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("documents", type=pathlib.Path)
    parser.add_argument("--sample", type=int, default=0, help="at most so many documents of each set")
    parser.add_argument("--emend", default=str(here.parent / "build" / "release" / "bin" / "emend"), type=str.split)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("stages"), help="where the texts are kept")
    arguments = parser.parse_args()
    print("| set | with | CER % | wrong words (%) | against tesseract % | numbers missed | against tesseract % | "
          "fixed / broken by this step | without emend's reader: wrong words | numbers missed | fixed / broken |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    worse, worths = [], []
    for name in SETS:
        rows, worth, worse_here = measure_set(name, arguments)
        print("\n".join(rows), flush=True)
        worths.append(f"{name} {worth}")
        worse += worse_here
    print("\nFixed / broken by emend's reader, words and numbers of the finished text: " + ", ".join(worths) + ".\n")
    for image, words in worse:
        print(f"- {image}: {words} more wrong word{'s' if words > 1 else ''} than as recognised")
    if not worse:
        print("No document has more wrong words than as recognised.")
    sys.exit(1 if any(words > 1 for _, words in worse) else 0)


if __name__ == "__main__":
    main()
