#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The reader of numbers beside Tesseract, word by word, and the fits of its thresholds, as Markdown.

    number_reader.py DOCUMENTS_DIR --work DIR [--reader READER.gguf] [--worker PROGRAM] [--crops PROGRAM] [--words] [--examples]

Reads every page of the sets (bench/accuracy.py says what DOCUMENTS_DIR holds) with the page worker and without the
reader, then lets the reader read the boxes of all words that look like numbers. A word is judged at its place: what the
truth has there, by aligning the page's text with the truth, outer punctuation aside. Documents with an odd number in
their set are those that thresholds are fitted on. Pages and readings are kept in --work and used again.
"""

import argparse
import concurrent.futures
import hashlib
import itertools
import json
import math
import os
import pathlib
import re
import subprocess
import sys

from accuracy import SETS, documents, percent
from fit_confidence import risen
from page_worker import PageWorker
from scoring import Alignment, edit_distance, found_numbers, strict

OUTER = ".,:;!?()[]{}\"'`|*_~<>=^-\u2018\u2019\u201c\u201d\u2013\u2014\u2022\u00b7\u00ab\u00bb\u2212\ufffd"
SAME_IN_BOTH_CASES = str.maketrans({"X": "x", "O": "o", "S": "s", "Z": "z", "\u2018": "'", "\u2019": "'", "`": "'",
                                    "\u2013": "-", "\u2014": "-", "\u2212": "-"})
BINS = (0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.98)
KNOTS = (0, 0.3, 0.5, 0.7, 0.9, 0.95, 0.98, 1)  # of read_numbers.cpp
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
NEVER = 2  # more than any confidence
UNLISTED = 12.0  # nats: what is not among the alternatives is at least so unlikely


def core(text):
    return text.strip(OUTER)


def alike(a, b):
    """As src/page_worker/number_reader/read_numbers.cpp: the same as far as the reader can tell."""
    return core(a).translate(SAME_IN_BOTH_CASES) == core(b).translate(SAME_IN_BOTH_CASES)


def looks_like_number(text):
    if any(c.isdigit() or c in "$\u20ac\u00a3\u00a5" for c in text):
        return True
    inner = core(text)
    return inner == "@" or len(inner) > 2 and any(c in ".,:/-" for c in inner) and all(c in "OoDQlIi|SsBZzgqbGT.,:/-" for c in inner)


def is_held_back(texts, at):
    """As src/page_worker/recognise/lights.cpp: part of an amount that was cut, or few digits alone in a line."""
    def is_short(text):
        return 0 < len(core(text)) <= 2 and core(text).isdigit()

    def is_left_open(text):
        return len(text) > 1 and text[-1] in ".," and (text[-2].isdigit() or text[-2] in "oO")

    if len(texts) == 1 and sum(c.isdigit() for c in texts[0]) <= 2:
        return True
    return ((at + 1 < len(texts) and is_left_open(texts[at]) and is_short(texts[at + 1]))
            or (at > 0 and is_left_open(texts[at - 1]) and is_short(texts[at])))


PLAIN = re.compile(r"[^A-Za-z]*|(RM|USD|EUR|GBP|MYR|SR|Rs|DM|S\\$|US\\$)[\\d.,-]+|[\\d.,/]+(x|kg|g|ml|l|am|pm|st|nd|rd|th|pcs)|\\d+-[A-Za-z]{3}-\\d+", re.I)


def is_whole(words, at):
    """As src/page_worker/number_reader/read_numbers.cpp, but for the forms of numbers, of which these are the usual ones:
    a number by its form, and not one or two digits close beside another number."""
    box, inner = words[at]["box"], core(words[at]["readings"][0]["text"])
    if not PLAIN.fullmatch(inner):
        return False
    if len(inner) > 2:
        return True
    for i in (at - 1, at + 1):
        if 0 <= i < len(words) and any(c.isdigit() for c in words[i]["readings"][0]["text"]):
            other = words[i]["box"]
            if max(other[0] - box[0] - box[2], box[0] - other[0] - other[2]) < 1.3 * box[3]:
                return False
    return True


class Number:
    """A word that looks like a number: as Tesseract read it, as the reader did, and as it is printed."""

    def __init__(self, word, truth, is_printed, is_held, document):
        self.text = word["readings"][0]["text"]
        self.confidence = word["readings"][0]["confidence"]
        self.characters = word["readings"][0].get("characters", [])
        self.light = word.get("light", "none")
        self.others = word.get("other_readings", [])
        self.truth = truth            # None where nothing of the truth stands in that place
        self.is_held = is_held        # its light is not green whoever agrees
        self.is_printed = is_printed  # the truth holds it somewhere
        self.is_odd = document % 2 == 1
        self.reading = None           # of bench_read_crops

    @property
    def is_right(self):
        return self.truth is not None and core(self.text) == core(self.truth)

    def evidence(self):
        return (self.reading or {}).get("evidence")

    def agrees(self):
        return self.evidence() is not None and alike(self.text, self.evidence()["text"])

    def sureness(self):
        return self.evidence()["confidence"] if self.evidence() else 0.0

    def likelihood(self):
        return math.exp(min(0.0, self.reading["ln"])) if self.reading else 0.0


def read_pages(worker, pairs, folder, jobs):
    """The page worker's page for each image, without the reader."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [image for image, _ in pairs if not (folder / (image.stem + ".json")).exists()]

    def read(images):
        with PageWorker(worker) as process:
            for image in images:
                page = process.read(image, skip_steps=["number_reader"])
                (folder / (image.stem + ".json")).write_text(json.dumps(page), encoding="utf-8")

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        list(pool.map(read, [missing[i::jobs] for i in range(jobs)]))
    return [json.loads((folder / (image.stem + ".json")).read_text(encoding="utf-8")) for image, _ in pairs]


def truths_of(words, truth, fold):
    """For each word what the truth has in its place: the tokens that its part of the alignment touches, or None."""
    texts = [fold(w["readings"][0]["text"]) for w in words]
    text, truth = strict(" ".join(texts)), strict(truth)
    alignment = Alignment(text, truth)
    found, at = [], 0
    for one in texts:
        at = text.index(one, at) if one in text[at:] else at
        start, end = alignment.span(at, at + len(one))
        at += len(one)
        if start == end or not truth[start:end].strip():
            found.append(None)
            continue
        while start > 0 and truth[start - 1] != " ":
            start -= 1
        while end < len(truth) and truth[end] != " ":
            end += 1
        found.append(truth[start:end].strip())
    return found


def numbers_of(page, truth, fold, document, picks=looks_like_number):
    words, held = [], []
    for line in page["lines"]:
        if line.get("is_noise"):
            continue
        texts = [w["readings"][0]["text"] for w in line["words"]]
        words += line["words"]
        held += [is_held_back(texts, i) or not is_whole(line["words"], i) for i in range(len(texts))]
    places = truths_of(words, truth, fold)
    picked = [(w, place, h) for w, place, h in zip(words, places, held) if picks(w["readings"][0]["text"])]
    # Of equal ones the surest first, since each place of the truth serves once.
    order = sorted(range(len(picked)), key=lambda i: -picked[i][0]["readings"][0]["confidence"])
    printed = [False] * len(picked)
    for i, found in zip(order, found_numbers(truth, [fold(picked[i][0]["readings"][0]["text"]) for i in order])):
        printed[i] = found
    numbers = []
    for (word, place, is_held), is_printed in zip(picked, printed):
        number = Number(word, place, is_printed, is_held, document)
        number.box = word["box"]
        number.fold = fold
        numbers.append(number)
    return numbers


def ask_reader(program, reader, requests, kept):
    """Lets the reader read all requests; the answers are kept by the reader's digest."""
    if not kept.exists():
        lines = "".join(json.dumps({"image": str(image), "words": [{"box": n.box, "text": n.text, "confidence": n.confidence} for n in numbers]}) + "\n"
                        for image, numbers in requests)
        done = subprocess.run([program, str(reader)], input=lines.encode(), stdout=subprocess.PIPE, check=True)
        kept.write_bytes(done.stdout)
    for (_, numbers), line in zip(requests, kept.read_text(encoding="utf-8").splitlines()):
        for number, reading in zip(numbers, json.loads(line)["words"]):
            number.reading = reading


def alone(name, numbers):
    """The reader and Tesseract on the same words, as far as the truth has one token there with a digit."""
    known = [n for n in numbers if n.truth and " " not in n.truth and any(c.isdigit() for c in n.truth)]
    characters = sum(len(core(n.truth)) for n in known)
    rows = []
    for who in ("Tesseract", "reader", "either"):
        right = errors = 0
        for n in known:
            texts = {"Tesseract": [n.text], "reader": [said(n)], "either": [n.text, said(n)]}[who]
            distances = [edit_distance(core(n.truth), core(n.fold(t))) for t in texts]
            right += min(distances) == 0
            errors += min(distances)
        rows.append(f"| {name} | {len(known)} | {who} | {percent(errors / max(1, characters))} | "
                    f"{percent(right / max(1, len(known)), 1)} |")
    return rows


def said(number):
    if number.evidence():
        return number.evidence()["text"]
    return (number.reading or {}).get("raw", "").replace(" ", "")


def reads_right(number):
    return alike(number.fold(number.evidence()["text"]), number.fold(number.truth))


def calibration(numbers):
    """Claimed against actual exactness of the reader, where the truth is known."""
    rows = []
    for low, high in zip(BINS, [*BINS[1:], 1.001]):
        inside = [n for n in numbers if n.evidence() and n.truth and low <= n.sureness() < high]
        if inside:
            claimed = sum(n.sureness() for n in inside) / len(inside)
            rows.append(f"| {low} to {min(high, 1)} | {len(inside)} | {percent(claimed, 1)} | "
                        f"{percent(sum(map(reads_right, inside)) / len(inside), 1)} |")
    return rows


def fitted(samples):
    """How often a reading of the likelihoods KNOTS was exact, from (likelihood, exact) pairs: the two ends of each bin share
    its words, what would not rise is pooled, and two words of doubt keep thin bins from certainty."""
    weight, right = [0.0] * len(KNOTS), [0.0] * len(KNOTS)
    for likelihood, exact in samples:
        i = max(k for k in range(len(KNOTS) - 1) if KNOTS[k] <= likelihood)
        share = (likelihood - KNOTS[i]) / (KNOTS[i + 1] - KNOTS[i])
        for knot, part in ((i, 1 - share), (i + 1, share)):
            weight[knot] += part
            right[knot] += part * exact
    return risen(weight, right)


def fit_rows(numbers):
    rows = []
    for name, is_steady in (("steady", True), ("unsteady", False)):
        samples = [(n.likelihood(), reads_right(n)) for n in numbers
                   if n.evidence() and n.truth and n.reading["is_steady"] == is_steady]
        rows.append(f"| {name} | {len(samples)} | " + ", ".join(f"{p:.3f}" for p in fitted(samples)) + " |")
    return rows


def green_rate(numbers, rule):
    green = [n for n in numbers if rule(n)]
    return len(green), sum(n.is_printed for n in green)


def is_negative(text):
    """As read_numbers.cpp: a dash before a number is its sign."""
    inner = core(text)
    lead = text[:text.index(inner)] if inner else text
    return (lead[-1:] or "x") in DASHES or (inner[:1] or "x") in DASHES


def is_green(number, recogniser, reader, third):
    """What give_independent_lights() makes of it with these thresholds: both readers agree, and are sure, or two looks
    agree too and the reader is as sure as `third`."""
    if not number.agrees() or is_negative(number.text) != is_negative(number.evidence()["text"]):
        return False
    is_sure = not number.is_held and number.confidence >= recogniser and number.sureness() >= reader
    return is_sure or (number.light == "green" and number.sureness() >= third)


def light_rows(numbers):
    """Shares and exactness of green for pairs of thresholds, of Tesseract's confidence and the reader's."""
    rows = []
    digits = [n for n in numbers if any(c.isdigit() for c in n.text)]
    half = {"odd": [n for n in digits if n.is_odd], "even": [n for n in digits if not n.is_odd], "all": digits}
    rules = [("two looks", lambda n: n.light == "green"),
             ("two looks, contradicted", lambda n: n.light == "green" and n.evidence() and not n.agrees())]
    for a, b in itertools.product((0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9), (0.0, 0.3, 0.5, 0.7, 0.81, 0.9, 0.92)):
        rules.append((f"{a} and {b}", lambda n, a=a, b=b: is_green(n, a, b, NEVER)))
    for third in (0.0, 0.3, 0.5, 0.7, 0.81, 0.9):
        rules.append((f"0.5 and 0.81, or two looks and the reader from {third}", lambda n, t=third: is_green(n, 0.5, 0.81, t)))
        rules.append((f"two looks and the reader from {third}", lambda n, t=third: is_green(n, NEVER, NEVER, t)))
    for rule, test in rules:
        cells = []
        for name in ("odd", "even", "all"):
            count, right = green_rate(half[name], test)
            cells.append(f"{percent(count / max(1, len(half[name])), 1)} | {percent(right / max(1, count), 1)} ({count - right})")
        rows.append(f"| {rule} | " + " | ".join(cells) + " |")
    return rows


def repair_score(number, weight):
    """(other digits, how much likelier they are) when the reader has one or two other digits in the same places."""
    evidence = number.evidence()
    if not evidence or len(core(number.text)) != len(core(evidence["text"])):
        return None
    before, after = core(number.text), core(evidence["text"])
    changed = [i for i, (a, b) in enumerate(zip(before, after)) if a != b]
    if not changed or len(changed) > 2 or not all(before[i].isdigit() and after[i].isdigit() for i in changed):
        return None
    shift_after = evidence["text"].index(after)
    shift_before = number.text.index(before)

    def cost(slots, at, letter):
        if at >= len(slots):
            return UNLISTED
        return next((price for text, price in slots[at] if text == letter), UNLISTED)

    gain = sum(cost(evidence.get("characters", []), i + shift_after, before[i]) for i in changed)
    against = sum(cost(number.characters, i + shift_before, after[i]) for i in changed)
    return after, gain - weight * against


def repair_rows(numbers):
    rows = []
    for weight in (0, 0.25, 0.5, 1.0):
        scored = []
        for n in numbers:
            repair = repair_score(n, weight)
            if repair and n.truth:
                scored.append((repair[1], n, core(n.fold(repair[0])) == core(n.fold(n.truth)), core(n.fold(n.text)) == core(n.fold(n.truth))))
        for threshold in (-8, -4, -2, 0, 2, 4, 6, 8, 10):
            cells = []
            for half in (True, False):
                chosen = [s for s in scored if s[0] >= threshold and s[1].is_odd == half]
                fixed = sum(now and not was for _, _, now, was in chosen)
                broken = sum(was and not now for _, _, now, was in chosen)
                cells.append(f"{fixed} / {broken} / {len(chosen) - fixed - broken}")
            rows.append(f"| {weight} | {threshold} | {' | '.join(cells)} |")
    return rows


def difference(before, after):
    """In what two readings differ, as the closed list of reasons has it."""
    digits = [[c for c in text if c.isdigit()] for text in (before, after)]
    if digits[0] == digits[1]:
        return "no digit"
    if len(before) != len(after):
        return "length"
    changed = [(a, b) for a, b in zip(before, after) if a != b]
    if all(a.isdigit() and b.isdigit() for a, b in changed):
        return "one or two digits" if len(changed) < 3 else "more digits"
    if all(b.isdigit() for _, b in changed):
        return "letters or signs for digits"
    return "other"


def difference_rows(numbers):
    """Who is right where they differ, by kind of difference and by how sure the reader is."""
    rows = []
    for low in (0.3, 0.8, 0.95, 0.99):
        kinds = {}
        for n in numbers:
            if not n.evidence() or not n.truth or n.agrees() or n.sureness() < low:
                continue
            read, truth = n.fold(n.evidence()["text"]), n.fold(n.truth)
            counts = kinds.setdefault(difference(core(n.text), core(n.evidence()["text"])), [0, 0, 0])
            counts[0 if alike(read, truth) else 1 if alike(n.fold(n.text), truth) else 2] += 1
        for kind, counts in sorted(kinds.items()):
            rows.append(f"| {low} | {kind} | {counts[0]} | {counts[1]} | {counts[2]} |")
    return rows


def is_listed(number):
    """Whether the recogniser itself held every character of what the reader reads possible in its place."""
    read = number.evidence()["text"]
    return len(number.characters) == len(read) and all(
        any(text.casefold() == letter.casefold() for text, _ in slot) for slot, letter in zip(number.characters, read))


def other_word_rows(name, numbers):
    """Of words that do not look like numbers, as `--quality best` reads them too: who is right where the two differ."""
    known = [n for n in numbers if n.evidence() and n.truth and "\ufffd" not in n.reading["raw"]]
    differing = [n for n in known if not n.agrees()]
    rows = [f"| {name}: {len(numbers)} words, {len(known)} of signs that the reader knows, {len(known) - len(differing)} read alike | | | |"]
    kinds = (("reads a number", lambda n: any(c.isdigit() for c in n.evidence()["text"])),
             ("reads letters for capitals", lambda n: n.text.isupper() and not any(c.isdigit() for c in n.evidence()["text"])),
             ("otherwise", lambda n: True))
    for low, listed in ((0.2, False), (0.81, False), (0.81, True)):
        left = [n for n in differing if n.sureness() >= low and (not listed or is_listed(n))]
        for kind, belongs in kinds:
            chosen = [n for n in left if belongs(n)]
            left = [n for n in left if not belongs(n)]
            reader = sum(reads_right(n) for n in chosen)
            tesseract = sum(not reads_right(n) and alike(n.fold(n.text), n.fold(n.truth)) for n in chosen)
            rows.append(f"| from {low}{', listed' if listed else ''}: {kind} | {reader} | {tesseract} | {len(chosen) - reader - tesseract} |")
    return rows


def main():
    here = pathlib.Path(__file__).resolve().parent
    build = here.parent / "build" / "release"
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("documents", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--reader", type=pathlib.Path, default=here.parent / "models" / "reader.gguf")
    parser.add_argument("--worker", default=str(build / "libexec" / "emend" / "emend-page-worker"))
    parser.add_argument("--crops", default=str(build / "bench" / "bench_read_crops"))
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--sets", nargs="+", default=list(SETS), choices=list(SETS))
    parser.add_argument("--words", action="store_true", help="read the other words instead of the numbers, as --quality best does besides")
    parser.add_argument("--examples", action="store_true", help="list the words that the two read differently")
    arguments = parser.parse_args()
    digest = hashlib.sha256(arguments.reader.read_bytes()).hexdigest()[:12]
    everything, table = [], []
    for name in arguments.sets:
        pairs = documents(arguments.documents, name, 0)
        fold = str.casefold if name == "receipts" else str
        pages = read_pages(arguments.worker, pairs, arguments.work / "pages" / name, arguments.jobs)
        requests = []
        for number, ((image, truth), page) in enumerate(zip(pairs, pages)):
            text = fold(truth.read_text(encoding="utf-8", errors="replace"))
            picks = (lambda one: not looks_like_number(one)) if arguments.words else looks_like_number
            requests.append((image, numbers_of(page, text, fold, number, picks)))
        ask_reader(arguments.crops, arguments.reader, requests, arguments.work / f"{name}{'-words' if arguments.words else ''}-{digest}.jsonl")
        found = [n for _, numbers in requests for n in numbers]
        table += other_word_rows(name, found) if arguments.words else alone(name, found)
        if arguments.examples:
            for image, numbers in requests:
                for n in numbers:
                    if n.evidence() and not n.agrees():
                        print(f"{image.stem}\t{n.truth}\t{n.text} {n.confidence:.2f}\t{n.evidence()['text']} {n.sureness():.2f}", file=sys.stderr)
        everything += found
    if arguments.words:
        print("| the reader, where the two differ | it is right | Tesseract is | neither |\n|---|---|---|---|\n" + "\n".join(table))
        return
    print("| set | words | read by | CER % | right % |\n|---|---|---|---|---|\n" + "\n".join(table) + "\n")
    print("| claimed | words | mean claimed % | exact % |\n|---|---|---|---|\n" + "\n".join(calibration(everything)) + "\n")
    print("knots: " + ", ".join(map(str, KNOTS)) + "\n\n| stretched reading | words | exact |\n|---|---|---|\n" + "\n".join(fit_rows(everything)) + "\n")
    print("| green | odd: share % | printed % | even: share % | printed % | all: share % | printed % |\n|---|---|---|---|---|---|---|")
    print("\n".join(light_rows(everything)) + "\n")
    print("| sure from | they differ in | reader right | Tesseract right | neither |\n|---|---|---|---|---|\n" + "\n".join(difference_rows(everything)) + "\n")
    print("| weight | threshold | odd: fixed / broken / other | even |\n|---|---|---|---|\n" + "\n".join(repair_rows(everything)))


if __name__ == "__main__":
    main()
