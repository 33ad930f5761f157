#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""report.py ITEMS SCORES [SCORES2 WEIGHT]: how well scores rank the items of make_items.py.

SCORES has one JSON array of nats a line, one number per candidate. With a second file the scores
are mixed: WEIGHT * second + (1 - WEIGHT) * first.

Pairs: share of items where the truth scores best. Decisions: the reading is changed when the best
candidate beats it by more than the margin. R = share of the wrong words put right, F = share of
the right words changed, P5 = share of the changes that are right if 5 % of the words are wrong.
"""

import collections
import json
import sys

MARGINS = [0, 1, 2, 3, 4, 5, 6, 8]


def read_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def pair_accuracy(items):
    print("set      items  right %   decided/right % at margin 2, 4, 6")
    by_set = collections.defaultdict(list)
    for entry, scores in items:
        if len(entry["candidates"]) == 2 and not entry["set"].startswith(("ocr", "clean")):
            by_set[entry["set"]].append(scores[entry["truth"]] - scores[1 - entry["truth"]])
    for name, gains in by_set.items():
        line = f"{name:8} {len(gains):5}  {share(g > 0 for g in gains):6.2f} "
        for margin in (2, 4, 6):
            decided = [g for g in gains if abs(g) > margin]
            line += f"  {100 * len(decided) / len(gains):5.1f}/{share(g > 0 for g in decided):6.2f}"
        print(line)


def share(values):
    values = list(values)
    return 100 * sum(values) / max(1, len(values))


def decision(entry, scores, margin):
    """The index that is chosen."""
    best = max(range(len(scores)), key=lambda i: scores[i])
    observed = entry["observed"]
    return best if scores[best] - scores[observed] > margin else observed


def decisions(items, source):
    wrong = [(e, s) for e, s in items if e["set"] == f"ocr {source}"]
    clean = [(e, s) for e, s in items if e["set"] == f"clean {source}"]
    if not wrong or not clean:
        return
    print(f"{source}: {len(wrong)} wrong words, {len(clean)} right words")
    print("  margin    P5      R      F")
    for margin in MARGINS:
        fixed = sum(decision(e, s, margin) == e["truth"] for e, s in wrong) / len(wrong)
        mangled = sum(decision(e, s, margin) not in (e["truth"], e["observed"]) for e, s in wrong) / len(wrong)
        broken = sum(decision(e, s, margin) != e["observed"] for e, s in clean) / len(clean)
        changes = 0.05 * (fixed + mangled) + 0.95 * broken
        precision = 0.05 * fixed / changes if changes else 1.0
        print(f"  {margin:6}  {precision:.3f}  {fixed:.3f}  {broken:.4f}")


def main():
    entries, scores = read_lines(sys.argv[1]), read_lines(sys.argv[2])
    if len(sys.argv) > 3:
        weight = float(sys.argv[4])
        others = read_lines(sys.argv[3])
        scores = [[weight * b + (1 - weight) * a for a, b in zip(x, y)] for x, y in zip(scores, others)]
    items = list(zip(entries, scores))
    pair_accuracy(items)
    for source in sorted({e["set"].split(" ", 1)[1] for e in entries if " " in e["set"]}):
        decisions(items, source)


if __name__ == "__main__":
    main()
