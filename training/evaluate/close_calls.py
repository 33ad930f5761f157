#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""close_calls.py ITEMS NGRAM_SCORES: those items of make_items.py for which a slow model need be asked.

As in the corrector: places where the n-gram's best candidate is near any margin that could be
chosen, and of their candidates the reading, the truth and the n-gram's best three. `index` is the
item's line in ITEMS, `kept` the places of its candidates there. Sets without readings of a
recogniser come as a whole.
"""

import json
import sys

NEAR = (-2.0, 14.0)  # nats by which the best candidate beats the reading
BEST = 3


def reduced(entry, scores, index):
    others = sorted((i for i in range(len(scores)) if i != entry["observed"]), key=lambda i: -scores[i])
    if not others:
        return None
    kept = list(range(len(scores)))
    if entry["set"].startswith(("ocr ", "clean ")):
        if not NEAR[0] <= scores[others[0]] - scores[entry["observed"]] <= NEAR[1]:
            return None
        kept = sorted({entry["observed"], entry["truth"], *others[:BEST]})
    return {**entry, "candidates": [entry["candidates"][i] for i in kept], "index": index, "kept": kept}


def main():
    with open(sys.argv[1], encoding="utf-8") as items, open(sys.argv[2], encoding="utf-8") as scores:
        for index, (item, row) in enumerate(zip(items, scores, strict=True)):
            close = reduced(json.loads(item), json.loads(row), index)
            if close:
                print(json.dumps(close, ensure_ascii=False))


if __name__ == "__main__":
    main()
