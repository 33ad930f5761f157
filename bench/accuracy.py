#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Accuracy of emend beside the plain tesseract command, as Markdown.

    accuracy.py DOCUMENTS_DIR [--sample N] [--emend PROGRAM] [--jobs N] [--work DIR] [--edits FILE]
                [--model MODEL] [--prompt TEXT | --prompt-file FILE | --profile NAME]

DOCUMENTS_DIR holds the sets receipts (img/*.jpg with txt/*.txt, truth in upper case, so compared
with case folded), letters and reports (*.tif with *.txt beside). Of each set every n-th document is
taken so that at most N remain. Three texts are scored for each document: that of `tesseract FILE -`,
of `emend --model none` and of `emend`. Texts are kept in --work and used again by a later run.

With --model the corrected text is that of another model, and of an instruct model that follows a prompt:

    accuracy.py DOCUMENTS_DIR --model Qwen/Qwen2.5-3B-Instruct-GGUF:Q8_0 --profile financial
"""

import argparse
from collections import Counter
import concurrent.futures
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

from scoring import Change, Score, change, found_numbers, score

SETS = {"receipts": ("receipts/img", "*.jpg"), "letters": ("letters", "*.tif"), "reports": ("reports", "*.tif")}
ENGINES = ("tesseract", "emend, recognised", "emend, corrected")


def documents(root, name, sample):
    """The (image, truth) pairs of a set: every n-th, so that at most `sample` remain."""
    folder, pattern = SETS[name]
    pairs = []
    for image in sorted((root / folder).glob(pattern)):
        truth = (image.parents[1] / "txt" if name == "receipts" else image.parent) / (image.stem + ".txt")
        if truth.exists():
            pairs.append((image, truth))
    step = -(-len(pairs) // sample) if sample else 1
    return pairs[::step]


def _run(command, environment=None):
    """(exit status, output, messages, seconds of processor time with all children)."""
    with tempfile.TemporaryFile() as messages:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=messages,
                              env={**os.environ, **(environment or {})}) as child:
            out = child.stdout.read()
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        messages.seek(0)
        err = messages.read()
    return (child.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"),
            used.ru_utime + used.ru_stime)


def text_of(document, recognised=False):
    """The text of emend's JSON form, with the applied edits or without."""
    at = -1 if recognised else 0
    return "\n".join(" ".join(word["readings"][at]["text"] for word in line["words"])
                     for page in document["pages"] for line in page["lines"] if not line.get("is_noise"))


def lights_of(document):
    """(text, light) of each word of the text that has a light."""
    return [(word["readings"][0]["text"], word["light"]) for page in document["pages"] for line in page["lines"]
            if not line.get("is_noise") for word in line["words"] if "light" in word]


def correction_options(arguments):
    """The options of `emend` that say how it corrects."""
    options = []
    for name in ("model", "prompt", "prompt_file", "profile"):
        value = getattr(arguments, name)
        if value is not None:
            options += ["--" + name.replace("_", "-"), value]
    return options


def read_with(engine, image, emend, correction):
    """(text, edits, trouble) of one document. A document that fails has no text: that counts."""
    if engine == "tesseract":
        _, out, _, seconds = _run(["tesseract", str(image), "-"], {"OMP_THREAD_LIMIT": "1"})
        return {"text": out, "seconds": seconds}
    options = ["--model", "none"] if engine == "emend, recognised" else correction
    code, out, err, seconds = _run([*emend, "--format", "json", "--jobs", "1", *options, str(image)])
    if code not in (0, 3):
        return {"text": "", "trouble": f"exit status {code}: {err.strip()}", "seconds": seconds}
    document = json.loads(out)
    return {"text": text_of(document), "recognised": text_of(document, recognised=True),
            "lights": lights_of(document), "seconds": seconds,
            "trouble": err.strip() if code == 3 else ""}


def read_all(engine, pairs, arguments, work):
    """The results of an engine, one for each document, from `work` where they are there already."""
    correction = correction_options(arguments)
    by = hashlib.sha256("\0".join(correction).encode()).hexdigest()[:12]
    has_own_folder = correction and engine == "emend, corrected"
    folder = work / (engine.replace(", ", "_") + (f"_{by}" if has_own_folder else ""))
    folder.mkdir(parents=True, exist_ok=True)

    def read(image):
        kept = folder / (image.stem + ".json")
        if not kept.exists():
            read_now = read_with(engine, image, arguments.emend, correction)
            kept.write_text(json.dumps(read_now), encoding="utf-8")
        return json.loads(kept.read_text(encoding="utf-8"))

    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        return list(pool.map(read, [image for image, _ in pairs]))


def light_rows(name, truths, results, fold):
    """How many numbers have each light, and how many of those are printed on the page. Where the truth of the
    reports has ~ for a sign that it cannot write, that is right for a degree sign."""
    count, right = Counter(), Counter()
    for truth, result in zip(truths, results):
        numbers = [(fold(text), light) for text, light in result.get("lights", [])]
        # The surest first, so that a number that stands there once is not counted twice.
        numbers.sort(key=lambda number: ("green", "yellow", "red").index(number[1]))
        for (_, light), found in zip(numbers, found_numbers(truth, [text.replace("°", "~") if "~" in truth else text
                                                                 for text, _ in numbers])):
            count[light] += 1
            right[light] += found
    everything = max(1, sum(count.values()))
    cells = " | ".join(f"{count[light]} ({percent(count[light] / everything, 1)}) | "
                       f"{percent(right[light] / max(1, count[light]), 1)}" for light in ("green", "yellow", "red"))
    return f"| {name} | {sum(count.values())} | {cells} |"


def interval(scores):
    """95 % bootstrap interval of the character error rate over documents, from a fixed seed."""
    rng = np.random.default_rng(1)
    errors = np.array([s.character_errors for s in scores])
    lengths = np.array([s.characters for s in scores])
    picks = rng.integers(0, len(scores), (2000, len(scores)))
    rates = errors[picks].sum(1) / lengths[picks].sum(1)
    return np.percentile(rates, (2.5, 97.5))


def percent(value, digits=2):
    return f"{100 * value:.{digits}f}"


def measure_set(name, arguments, log):
    """The rows of both tables for one set."""
    pairs = documents(arguments.documents, name, arguments.sample)
    fold = str.casefold if name == "receipts" else str
    truths = [fold(truth.read_text(encoding="utf-8", errors="replace")) for _, truth in pairs]
    results = {e: read_all(e, pairs, arguments, arguments.work / name) for e in ENGINES}
    rows = []
    for engine in ENGINES:
        scores = [score(truth, fold(r["text"])) for truth, r in zip(truths, results[engine])]
        total = Score()
        for one in scores:
            total += one
        low, high = interval(scores)
        rows.append(f"| {name} ({total.documents}) | {engine} | {percent(total.cer)} | "
                    f"{percent(low, 1)} to {percent(high, 1)} | {percent(total.lenient_cer)} | "
                    f"{percent(total.wer)} | {percent(total.recall, 1)} | {percent(total.precision, 1)} | "
                    f"{total.numbers_right} of {total.numbers} ({percent(total.numbers_right / max(1, total.numbers), 1)}) | "
                    f"{sum(r.get('seconds', 0) for r in results[engine]):.1f} |")
    lights = light_rows(name, truths, results[ENGINES[1]], fold)
    total = Change()
    for (image, _), truth, raw, new in zip(pairs, truths, results[ENGINES[1]], results[ENGINES[2]]):
        for result in (raw, new):
            if result.get("trouble"):
                print(f"{image}: {result['trouble']}", file=sys.stderr)
        if new.get("recognised", raw["text"]) != raw["text"]:
            print(f"{image}: undoing the edits does not give the recognised text", file=sys.stderr)
        found = []
        total += change(truth, fold(raw["text"]), fold(new["text"]), found)
        log.extend([image.name, *entry] for entry in found)
    kept = (f"| {name} | {total.words_fixed} | {total.words_broken} | {total.words_changed} | "
            f"{total.numbers_fixed} | {total.numbers_broken} | {total.numbers_changed} | {total.numbers_lost} | "
            f"{total.numbers_invented} | {total.better} / {total.same} / {total.worse} |")
    return rows, kept, lights, total


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("documents", type=pathlib.Path)
    parser.add_argument("--sample", type=int, default=0, help="at most so many documents of each set")
    parser.add_argument("--emend", default=str(here.parent / "build" / "release" / "bin" / "emend"),
                        type=str.split, help="the program, with options if need be: 'emend --quality fast'")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--work", type=pathlib.Path, default=None, help="where the texts are kept")
    parser.add_argument("--model", help="that corrects, instead of the embedded one: a file or a model of the hub")
    parser.add_argument("--prompt", help="for an instruct model")
    parser.add_argument("--prompt-file", help="the same from a file")
    parser.add_argument("--profile", help="a prompt of emend's own, such as financial")
    parser.add_argument("--edits", type=pathlib.Path, help="every changed token, as tab separated values")
    arguments = parser.parse_args()
    scratch = None
    if arguments.work is None:
        scratch = tempfile.TemporaryDirectory(prefix="emend-accuracy-")
        arguments.work = pathlib.Path(scratch.name)
    texts, changes, lights, log, everything = [], [], [], [], Change()
    for name in SETS:
        rows, kept, light, total = measure_set(name, arguments, log)
        lights.append(light)
        texts += rows
        changes.append(kept)
        everything += total
    print("| set (documents) | text of | CER % | 95 % interval | lenient CER % | WER % | words found % | "
          "words right % | numbers right | seconds |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    print("\n".join(texts))
    print()
    print("| set | numbers | green (%) | of these printed % | yellow (%) | of these printed % | red (%) | "
          "of these printed % |")
    print("|---|---|---|---|---|---|---|---|")
    print("\n".join(lights))
    print()
    print("| set | words fixed | words broken | words wrong in another way | numbers fixed | numbers broken | "
          "numbers wrong in another way | numbers lost | numbers invented | documents better / same / worse |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    print("\n".join(changes))
    if arguments.edits:
        arguments.edits.write_text("".join("\t".join(entry) + "\n" for entry in log), encoding="utf-8")
    if scratch:
        scratch.cleanup()
    harm = everything.numbers_broken + everything.numbers_lost + everything.numbers_invented
    if harm:
        print(f"Correction harmed {harm} numbers.", file=sys.stderr)
    sys.exit(1 if harm else 0)


if __name__ == "__main__":
    main()
