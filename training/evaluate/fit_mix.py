#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""fit_mix.py ITEMS NGRAM_SCORES GGUF_SCORES: the weight of the GGUF in the mix, on real misreadings.

Items and scores are those of make_items.py and score_model. As in the corrector, only close calls
reach the GGUF: places where the n-gram's best candidate is within CLOSE nats of the margin. For
each weight the margin is the least one at which no more right words than TARGETS are changed; R is
the share of the wrong words that are put right there. One half of the pages chooses the weight, the
other half is what is reported.
"""

import collections
import json
import sys

WEIGHTS = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0]
TARGETS = [0.02, 0.01, 0.005]  # share of the right words that may be changed
CLOSE = 4.0
FITTED = 0.01                  # the target by which the weight is chosen
MARGINS = [m / 10 for m in range(0, 201)]


def read_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class Place:
    """A word as it was read, with what each model makes of its candidates."""

    def __init__(self, entry, ngram, gguf):
        self.source = entry["set"].split(" ", 1)[1]
        self.is_wrong = entry["set"].startswith("ocr ")
        self.half = entry["group"] % 2
        self.truth, self.observed = entry["truth"], entry["observed"]
        self.ngram = [score - ngram[self.observed] for score in ngram]
        self.gguf = [score - gguf[self.observed] for score in gguf]

    def best(self, weight):
        """(by how much the best candidate beats the reading, which one) of the n-gram and of the mix."""
        mix = [weight * b + (1 - weight) * a for a, b in zip(self.ngram, self.gguf)]
        pick = lambda gains: max((g, -i) for i, g in enumerate(gains) if i != self.observed)
        (alone, first), (both, second) = pick(self.ngram), pick(mix)
        return (alone, -first), (both, -second)


def counts(places, weight):
    """{margin: (right words changed, wrong words put right)}"""
    table = {margin: [0, 0] for margin in MARGINS}
    for place in places:
        alone, both = place.best(weight)
        for margin in MARGINS:
            gain, chosen = both if abs(alone[0] - margin) <= CLOSE else alone
            if gain <= margin:
                continue
            if not place.is_wrong:
                table[margin][0] += 1
            elif chosen == place.truth:
                table[margin][1] += 1
    return table


def at_target(places, weight, target):
    """(margin, F, R) at the least margin that keeps to the target."""
    wrong = sum(place.is_wrong for place in places)
    right = len(places) - wrong
    for margin, (broken, fixed) in counts(places, weight).items():
        if broken <= target * right:
            return margin, broken / max(1, right), fixed / max(1, wrong)
    return MARGINS[-1], 0.0, 0.0


def report(name, places):
    fit, held = ([p for p in places if p.half == half] for half in (0, 1))
    wrong = sum(p.is_wrong for p in held)
    print(f"{name}: {wrong} wrong and {len(held) - wrong} right words reported")
    best = max(WEIGHTS, key=lambda w: at_target(fit, w, FITTED)[2])
    for weight in sorted({0.0, best, 0.3, 0.5}):
        row = []
        for target in TARGETS:
            margin, broken, fixed = at_target(held, weight, target)
            row.append(f"R {fixed:.3f} at F {broken:.4f} (margin {margin:4.1f})")
        print(f"  weight {weight:.1f}{' *' if weight == best else '  '} " + "   ".join(row))
    return best


def main():
    items, ngram, gguf = (read_lines(path) for path in sys.argv[1:4])
    places = [Place(*three) for three in zip(items, ngram, gguf, strict=True)
              if three[0]["set"].startswith(("ocr ", "clean ")) and len(three[0]["candidates"]) > 1]
    by_source = collections.defaultdict(list)
    for place in places:
        by_source[place.source].append(place)
    for name, some in sorted(by_source.items()):
        report(name, some)
    print(f"fitted weight over all: {report('all', places)}")


if __name__ == "__main__":
    main()
