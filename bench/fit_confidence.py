# SPDX-License-Identifier: Apache-2.0
"""Fits the table of src/page_worker/recognise/confidence.cpp.

    python3 bench/fit_confidence.py build/release/libexec/emend/emend-page-worker DATA

DATA holds receipts/{img,txt}, letters and reports (images with a .txt of the same name). Reads
every page, marks each word as exact or not, and fits for each class of words how often a word of
that figure is exact: monotone regression over fixed bins, interpolated between the bins. Printed
are the table, and how well one half of the pages predicts the other.

A word is exact when it is aligned with an equal word of the truth, or is left over in both. Truth
of receipts is in capitals and parted otherwise than the print, so there case and outer punctuation
do not count. Words of one character are left out: truth leaves out list marks and margin numbers.
"""

from collections import Counter, defaultdict
import difflib
import pathlib
import sys

from page_worker import PageWorker

KNOTS = [0, 20, 40, 50, 60, 70, 80, 85, 88, 90, 91, 92, 93, 94, 95, 96, 97]
CLASSES = ["dictionary", "other_word", "number", "other_digits"]
_OUTER = ".,;:!?()[]\"'-_|~*="
_UNIFIED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-"})


def class_of(word):
    if any(c.isdigit() for c in word["readings"][0]["text"]):
        return "number" if word.get("number_pattern") else "other_digits"
    return "dictionary" if word.get("in_dictionary") else "other_word"


def pages(data):
    """(set, image, truth) of every page."""
    for image in sorted((data / "receipts/img").glob("*.jpg")):
        yield "receipts", image, data / "receipts/txt" / (image.stem + ".txt")
    for name in ("letters", "reports"):
        for image in sorted((data / name).glob("*.tif")):
            yield name, image, image.with_suffix(".txt")


def judged(page, truth, is_receipt):
    """(class, figure, exact) of every word of a page."""
    def normal(text):
        text = text.translate(_UNIFIED)
        return text.upper().strip(_OUTER) if is_receipt else text

    words = [w for line in page["lines"] for w in line["words"]]
    read = [normal(w["readings"][0]["text"]) for w in words]
    wanted = [t for t in map(normal, truth.split()) if t]
    exact = [False] * len(read)
    left = Counter(wanted)
    matcher = difflib.SequenceMatcher(None, read, wanted, autojunk=False)
    for start, _, count in matcher.get_matching_blocks():
        for i in range(start, start + count):
            exact[i] = True
            left[read[i]] -= 1
    for i, text in enumerate(read):
        if not exact[i] and left[text] > 0:
            exact[i] = True
            left[text] -= 1
    for word, text, is_exact in zip(words, read, exact):
        if len(text) > 1:
            yield class_of(word), 100 * word["readings"][0]["confidence"], is_exact


def fit(samples):
    """The probability at each knot, from (figure, exact) pairs. The two ends of each bin share its
    words by their distance, so that a knot stands for what is around it."""
    weight, right = [0.0] * len(KNOTS), [0.0] * len(KNOTS)
    for figure, exact in samples:
        i = max(k for k in range(len(KNOTS)) if KNOTS[k] <= figure) if figure > 0 else 0
        j = min(i + 1, len(KNOTS) - 1)
        share = (figure - KNOTS[i]) / (KNOTS[j] - KNOTS[i]) if j > i else 0.0
        for knot, part in ((i, 1 - share), (j, share)):
            weight[knot] += part
            right[knot] += part * exact
    return risen(weight, right)


def risen(weight, right):
    """The share of right ones for each knot. What would not rise is pooled; two words of doubt keep thin bins from certainty."""
    pools = []
    for w, r in zip(weight, right):
        pools.append([w, r, 1])
        while len(pools) > 1 and mean(pools[-2]) >= mean(pools[-1]):
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last)]
    return [mean(pool) for pool in pools for _ in range(pool[2])]


def mean(pool):
    return (pool[1] + 1) / (pool[0] + 2)


def predicted(table, figure):
    figure = min(max(figure, KNOTS[0]), KNOTS[-1])
    i = max(k for k in range(len(KNOTS) - 1) if KNOTS[k] <= figure)
    share = (figure - KNOTS[i]) / (KNOTS[i + 1] - KNOTS[i])
    return table[i] + share * (table[i + 1] - table[i])


def report(name, samples):
    """One line: how far prediction and truth are apart over ten equally filled bins."""
    samples = sorted(samples)
    size = max(len(samples) // 10, 1)
    bins = [samples[i:i + size] for i in range(0, len(samples), size)]
    gap = sum(abs(sum(p for p, _ in b) - sum(e for _, e in b)) for b in bins) / len(samples)
    brier = sum((p - e) ** 2 for p, e in samples) / len(samples)
    print(f"  {name:14} {len(samples):6} words, {100 * sum(e for _, e in samples) / len(samples):5.1f} % "
          f"exact; off by {100 * gap:.1f} points, Brier {brier:.4f}")


def main(program, data):
    halves = [defaultdict(list), defaultdict(list)]
    with PageWorker(program) as worker:
        for number, (name, image, truth) in enumerate(pages(pathlib.Path(data))):
            page = worker.read(image, alternatives=False, skip_steps=["calibration"])
            text = truth.read_text(encoding="utf-8", errors="replace")
            for kind, figure, exact in judged(page, text, name == "receipts"):
                halves[number % 2][kind].append((figure, exact))
    both = {kind: halves[0][kind] + halves[1][kind] for kind in CLASSES}
    print("knots:", ", ".join(map(str, KNOTS)))
    for kind in CLASSES:
        print(f"{kind}: {', '.join(f'{p:.3f}' for p in fit(both[kind]))}")
    print("one half predicts the other:")
    everything, plain = [], []
    for kind in CLASSES:
        held_out = []
        for learn, test in (halves, halves[::-1]):
            table = fit(learn[kind])
            held_out += [(predicted(table, figure), exact) for figure, exact in test[kind]]
        report(kind, held_out)
        everything += held_out
        plain += [(figure / 100, exact) for figure, exact in both[kind]]
    report("all", everything)
    report("uncalibrated", plain)


if __name__ == "__main__":
    main(*sys.argv[1:])
