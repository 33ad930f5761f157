#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""fit_mix.py ITEMS NGRAM_SCORES CLOSE GGUF_SCORES: the weight of the GGUF in the mix, on real misreadings.

ITEMS are those of make_items.py, CLOSE what close_calls.py leaves of them, the scores those of
score_model for each. As in the corrector, only close calls reach the GGUF: places where the
n-gram's best candidate is within REACH nats of the margin. For each weight the margin is the least
one at which no more right words than TARGETS are changed; R is the share of the wrong words that
are put right there. One half of the pages chooses the weight, the other half is what is reported.
"""

import collections
import json
import sys

WEIGHTS = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
TARGETS = [0.02, 0.01, 0.005]  # share of the right words that may be changed
FITTED = [0.02, 0.01, 0.005]   # the weight is chosen by the sum of R over these
REACH = 4.0
MARGINS = [m / 5 for m in range(0, 51)]


def read_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class Place:
    """A word as it was read, with what each model makes of its candidates."""

    def __init__(self, entry, ngram):
        self.source = entry["set"].split(" ", 1)[1]
        self.is_wrong = entry["set"].startswith("ocr ")
        self.half = entry["group"] % 2
        self.truth, self.observed = entry["truth"], entry["observed"]
        self.ngram = [score - ngram[self.observed] for score in ngram]
        self.gguf = {}  # gain by candidate, of those that it was asked about

    def add(self, kept, scores):
        base = scores[kept.index(self.observed)]
        self.gguf = {i: score - base for i, score in zip(kept, scores, strict=True)}

    def best(self, weight):
        """(by how much the best candidate beats the reading, which one)"""
        if weight is None:
            gains = dict(enumerate(self.ngram))
        else:
            gains = {i: weight * gain + (1 - weight) * self.ngram[i] for i, gain in self.gguf.items()}
        return max(((gain, i) for i, gain in gains.items() if i != self.observed), default=(-1e9, self.observed))


def at_targets(places, weight):
    """[(margin, F, R)] at the least margins that keep to the targets."""
    wrong = sum(place.is_wrong for place in places)
    right = len(places) - wrong
    bests = [(place.best(None), place.best(weight) if place.gguf else None, place) for place in places]
    rows = []
    for margin in MARGINS:
        broken = fixed = 0
        for alone, both, place in bests:
            gain, chosen = both if weight and both and abs(alone[0] - margin) <= REACH else alone
            if gain > margin:
                broken += not place.is_wrong
                fixed += place.is_wrong and chosen == place.truth
        rows.append((margin, broken / max(1, right), fixed / max(1, wrong)))
    return [next((row for row in rows if row[1] <= target), (MARGINS[-1], rows[-1][1], 0.0)) for target in TARGETS]


def report(name, places):
    fit, held = ([p for p in places if p.half == half] for half in (0, 1))
    wrong = sum(p.is_wrong for p in held)
    print(f"{name}: {wrong} wrong and {len(held) - wrong} right words reported")
    worth = {weight: sum(row[2] for row, target in zip(at_targets(fit, weight), TARGETS) if target in FITTED) for weight in WEIGHTS}
    best = max(WEIGHTS, key=lambda weight: (worth[weight], -weight))
    for weight in WEIGHTS:
        row = "   ".join(f"R {fixed:.3f} F {broken:.4f} margin {margin:4.1f}" for margin, broken, fixed in at_targets(held, weight))
        print(f"  {weight:.1f}{'*' if weight == best else ' '} fitted on {worth[weight]:.3f} | {row}")
    return best


def main():
    items, ngram, close, gguf = (read_lines(path) for path in sys.argv[1:5])
    places = {index: Place(entry, scores) for index, (entry, scores) in enumerate(zip(items, ngram, strict=True))
              if entry["set"].startswith(("ocr ", "clean ")) and len(entry["candidates"]) > 1}
    for entry, scores in zip(close, gguf, strict=True):
        if entry["index"] in places:
            places[entry["index"]].add(entry["kept"], scores)
    by_source = collections.defaultdict(list)
    for place in places.values():
        by_source[place.source].append(place)
    for name, some in sorted(by_source.items()):
        report(name, some)
    print(f"fitted weight over all: {report('all', list(places.values()))}")


if __name__ == "__main__":
    main()
