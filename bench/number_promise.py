#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The numeric promise, counted: what correction did to the numbers that were read right, as Markdown.

    number_promise.py [--documents DIR] [--pairs DIR] [--pages N] [--emend PROGRAM] [--jobs N]
                      [--work DIR] [--changes FILE]

DIR of --documents is that of accuracy.py, DIR of --pairs holds JSON lines with `ocr` and `gt`; N pages
full of numbers in the ways of many countries are made up, damaged (tests/fixtures/invoices) and read.
Their words are judged by their place; documents and pairs by aligning characters (scoring.py).

Of the wrong numbers on the receipts it also says how many the reasons of the closed list can reach:
their truth is what was read but for letters that look like digits, or but for separators and gaps, or
is among the further readings; and how many of these were repaired. The oracle counts those whose truth
the recogniser's alternatives or further readings hold at all.

Ends with status 1 when a number was broken or invented, or a currency sign changed. Where the truth is
itself no number (`1.7l` with a sign of currency, a zero in a name) what was broken is shown, and told apart.
"""

import argparse
from collections import Counter
import concurrent.futures
from dataclasses import dataclass, field
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests" / "fixtures" / "invoices"),
                str(HERE.parent / "tests" / "end_to_end")]

from accuracy import SETS, documents, text_of  # noqa: E402
from judgement import judge  # noqa: E402
from number_pages import make_number_page  # noqa: E402
from scoring import Alignment, change, is_number, score, strict, _is_right, _stripped, _tokens  # noqa: E402

CURRENCY = "$€£¥₹₩₽¢"
LOOK_ALIKES = str.maketrans("OoDQlIi|SsBZzGbgqT", "000011115582266997")


@dataclass
class Count:
    right: int = 0      # numbers read right
    wrong: int = 0
    broken: int = 0
    repaired: int = 0
    changed: int = 0    # wrong in another way
    invented: int = 0
    currency: int = 0   # signs of currency that changed
    doubtful: int = 0   # of the broken, those whose truth is itself no well-formed number
    log: list = field(default_factory=list)

    def __iadd__(self, other):
        for name in ("right", "wrong", "broken", "repaired", "changed", "invented", "currency", "doubtful"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.log.extend(other.log)
        return self

    def row(self, name):
        return (f"| {name} | {self.right} | {self.broken} | {self.doubtful} | {self.invented} | {self.currency} | {self.wrong} | "
                f"{self.repaired} | {self.changed} |")


def run(emend, arguments, text=None):
    done = subprocess.run([*emend, *arguments], input=text, capture_output=True, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(f"{' '.join(arguments)}: {done.stderr.decode()}")
    return done.stdout.decode("utf-8", "replace")


def read(emend, image, work):
    """emend's JSON form of an image, kept in `work`."""
    kept = work / f"{image.parent.name}_{image.stem}.json"
    if not kept.exists():
        kept.write_text(run(emend, ["--format", "json", "--jobs", "1", str(image)]), encoding="utf-8")
    return json.loads(kept.read_text(encoding="utf-8"))


def is_malformed(truth):
    """Whether a truth is itself no well-formed number: a letter that looks like a digit inside an amount (`O,90`,
    `1.7l\u20ac`), or a zero inside a word of six or more capitals (`R0CHEF0RT`). It is counted, and told apart."""
    core = _stripped(truth).strip(CURRENCY)
    is_amount = re.fullmatch(r"[\dOoDQlIiSsBZzGbgq]+[.,][\dOoDQlIiSsBZzGbgq]{2}", core)
    return bool(is_amount and not re.fullmatch(r"[\d.,]+", core)) or bool(re.fullmatch(r"(?=.{6,}$)[A-Z]+(0[A-Z]+)+", core))


def currency_changes(before, after):
    return sum(abs(before.count(sign) - after.count(sign)) for sign in CURRENCY)


def count_texts(truth, raw, corrected):
    """By aligning characters."""
    scored = score(truth, raw)
    log = []
    did = change(truth, raw, corrected, log)
    return Count(scored.numbers_right, scored.numbers - scored.numbers_right, did.numbers_broken,
                 did.numbers_fixed, did.numbers_changed, did.numbers_invented,
                 currency_changes(raw, corrected),
                 sum(what == "numbers_broken" and is_malformed(was) for what, was, _, _ in log),
                 [entry for entry in log if entry[0].startswith("numbers")])


def count_document(pair, emend, work, fold):
    image, truth = pair
    page = read(emend, image, work)
    return count_texts(fold(truth.read_text(encoding="utf-8", errors="replace")),
                       fold(text_of(page, recognised=True)), fold(text_of(page)))


def count_pairs(path, emend):
    """All pairs of a file with a digit in their truth, corrected as one text of many lines."""
    language = {"de": "deu", "fr": "fra", "nl": "nld", "pl": "pol"}
    pairs = []
    for line in path.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        if is_number(pair["gt"]) or is_number(pair["ocr"]):
            pairs.append((strict(pair["gt"]), strict(pair["ocr"]), pair.get("lang", "en")))
    if not pairs:
        return Count()
    arguments = ["correct", "-l", language.get(pairs[0][2], "eng"), "-"]
    out = run(emend, arguments, "\n".join(raw for _, raw, _ in pairs).encode())
    corrected = out.rstrip("\n").split("\n")
    if len(corrected) != len(pairs):
        raise SystemExit(f"{path.name}: {len(pairs)} lines went in and {len(corrected)} came out")
    total = Count()
    for (truth, raw, _), new in zip(pairs, corrected):
        if raw == new:
            scored = score(truth, raw)
            total += Count(scored.numbers_right, scored.numbers - scored.numbers_right)
        else:
            total += count_texts(truth, raw, new)
    return total


def count_page(number, emend, work):
    """A made-up page, judged by places."""
    image, truth = make_number_page(number, work)
    total = Count()
    for page in read(emend, image, work)["pages"]:
        judged = judge(truth, page)
        total += Count(judged.numbers_right_before, 0, len(judged.newly_wrong_numbers),
                       sum(is_number(t) for t, _, _ in judged.repaired),
                       sum(is_number(t) for t, _, _ in judged.changed_wrong),
                       sum(1 for edit in page["edits"] if edit["verdict"] == "applied"
                           and is_number(edit["after"]) and not is_number(edit["before"])),
                       sum(currency_changes(edit["before"], edit["after"]) for edit in page["edits"]
                           if edit["verdict"] == "applied"), 0,
                       [("numbers_broken", *entry) for entry in judged.newly_wrong_numbers] +
                       [("numbers_changed", *entry) for entry in judged.changed_wrong if is_number(entry[0])])
        total.wrong += sum(is_number(word["text"]) for word in truth["words"]) - judged.numbers_right_before
    return total


@dataclass
class Reach:
    """Of the wrong numbers of the receipts."""

    wrong: int = 0
    reasons: Counter = field(default_factory=Counter)   # by which reason the truth can be reached
    repaired: Counter = field(default_factory=Counter)
    oracle: int = 0


def _bare(text):
    return re.sub(r"[.,' ]", "", text)


def _reason(truth, words):
    """Why the truth of what was read as `words` can be reached, or nothing."""
    seen = " ".join(_stripped(word["readings"][-1]["text"]) for word in words)
    raw = seen.casefold()
    folded = seen.translate(LOOK_ALIKES)
    if len(raw) == len(truth) and all(t in (r, f) for t, r, f in zip(truth, raw, folded)) and raw != truth:
        return "look-alike"
    if _bare(raw) == _bare(truth) and re.search(r"\d[.,]\d\d$", truth):
        return "layout"
    others = [_stripped(reading["text"].casefold()) for word in words for reading in word.get("other_readings", [])]
    return "second reading" if len(words) == 1 and truth in others else None


def _is_listed(truth, words):
    """Whether the alternatives spell it."""
    if len(words) != 1:
        return False
    slots = words[0]["readings"][-1].get("characters", [])
    spelt = [{alternative[0].casefold() for alternative in slot} for slot in slots]
    return any(len(part) == len(truth) and all(c in slot for c, slot in zip(truth, part))
               for part in (spelt[i:i + len(truth)] for i in range(len(spelt))))


def reach_of(pair, emend, work):
    image, truth_path = pair
    words = [word for page in read(emend, image, work)["pages"] for line in page["lines"]
             if not line.get("is_noise") for word in line["words"]]
    truth = strict(truth_path.read_text(encoding="utf-8", errors="replace").casefold())
    places, raw = [], ""
    for word in words:
        text = strict(word["readings"][-1]["text"].casefold())
        places.append((len(raw) + bool(raw), word))
        raw += (" " if raw else "") + text
    corrected = {id(word): _stripped(strict(word["readings"][0]["text"].casefold())) for word in words}
    alignment, reach = Alignment(truth, raw), Reach()
    for token, start, end in _tokens(truth):
        first, last = alignment.span(start, end)
        if not is_number(token) or _is_right(token, raw, first, last):
            continue
        reach.wrong += 1
        touched = [word for at, word in places
                   if at < max(last, first + 1) and at + len(word["readings"][-1]["text"]) > first]
        if not touched:
            continue
        reason = _reason(token, touched)
        if reason or _is_listed(token, touched):
            reach.oracle += 1
        if reason:
            reach.reasons[reason] += 1
            reach.repaired[reason] += any(corrected[id(word)] == token for word in touched)
    return reach


def reach_table(pairs, emend, work, pool):
    total = Reach()
    for one in pool.map(lambda pair: reach_of(pair, emend, work), pairs):
        total.wrong += one.wrong
        total.oracle += one.oracle
        total.reasons += one.reasons
        total.repaired += one.repaired
    rows = [f"| {reason} | {total.reasons[reason]} | {total.repaired[reason]} |"
            for reason in ("look-alike", "layout", "second reading")]
    all_of, done = sum(total.reasons.values()), sum(total.repaired.values())
    return (f"Of {total.wrong} wrong numbers on {len(pairs)} receipts {all_of} can be reached, and {done} "
            f"({100 * done / max(1, all_of):.0f} %) were repaired. Oracle: {total.oracle}.\n\n"
            "| reason | within reach | repaired |\n|---|---|---|\n" + "\n".join(rows))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--documents", type=pathlib.Path)
    parser.add_argument("--pairs", type=pathlib.Path)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--emend", default=str(HERE.parent / "build" / "release" / "bin" / "emend"), type=str.split)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--work", type=pathlib.Path, help="where pages and what was read are kept")
    parser.add_argument("--changes", type=pathlib.Path, help="every changed number, as tab separated values")
    arguments = parser.parse_args()
    scratch = tempfile.TemporaryDirectory(prefix="emend-numbers-")
    work = arguments.work or pathlib.Path(scratch.name)
    work.mkdir(parents=True, exist_ok=True)
    rows, everything, reach = [], Count(), ""

    def add(name, counts):
        total = Count()
        for one in counts:
            total += one
        rows.append(total.row(name))
        nonlocal everything
        everything += total

    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        if arguments.documents:
            for name in SETS:
                pairs = documents(arguments.documents, name, 0)
                fold = str.casefold if name == "receipts" else str
                add(name, pool.map(lambda pair, f=fold: count_document(pair, arguments.emend, work, f), pairs))
            reach = reach_table(documents(arguments.documents, "receipts", 0), arguments.emend, work, pool)
        if arguments.pairs:
            for path in sorted(arguments.pairs.glob("*.jsonl")):
                add(path.stem.split("_")[0] + " " + path.stem.split("_")[1], [count_pairs(path, arguments.emend)])
        add(f"made-up pages ({arguments.pages})",
            pool.map(lambda n: count_page(n, arguments.emend, work), range(1, arguments.pages + 1)))
    print("| numbers of | read right | of these broken | of which the truth is malformed | invented | currency signs changed | read wrong | repaired | "
          "wrong in another way |")
    print("|---|---|---|---|---|---|---|---|---|")
    print("\n".join(rows + [everything.row("all")]))
    if reach:
        print("\n" + reach)
    if arguments.changes:
        arguments.changes.write_text("".join("\t".join(entry) + "\n" for entry in everything.log), encoding="utf-8")
    sys.exit(1 if everything.broken - everything.doubtful + everything.invented + everything.currency else 0)


if __name__ == "__main__":
    main()
