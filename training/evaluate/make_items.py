#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make_items.py CORPUS_DIR TEXT_DIR PAIRS_DIR [DIVISOR]: places where readings compete, one JSON object a line.

Random wrong letters are no test: every model finds them. These are hard:
  rw     in held-out prose, the wrong form is a word as well (house, horse)
  oov    in held-out prose, the true word is nowhere in the training text
  ocr    real misreadings of old print (PAIRS_DIR), in their real context, and
  clean  words of the same pages that were read right
  digit  in held-out business text, one digit or another: no language model can know
`observed` and `truth` are indexes into `candidates`. What competes is the word as it was read, the
truth, and the commonest listed words near the reading. `about` is what a model is told of the text,
`group` what page the place is of, so that fitting and reporting share none. With a DIVISOR there
are so many times fewer: a prefix of each set, for models that are slow.
"""

import collections
import difflib
import json
import pathlib
import random
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "text"))
import corpora  # noqa: E402
from edit_distance import edit_distance  # noqa: E402

LOOK_ALIKE = [("rn", "m"), ("cl", "d"), ("h", "b"), ("c", "e"), ("i", "l"), ("t", "f"), ("u", "n"), ("a", "o"), ("e", "o"), ("l", "t"),
              ("ri", "n"), ("vv", "w"), ("g", "q"), ("v", "y"), ("li", "h"), ("s", "a"), ("i", "t"), ("r", "t"), ("nn", "m"), ("f", "l")]
PAIRS = {"en_overproof": "en_overproof_trove_chroniclingamerica_PD.jsonl", "en_ght": "en_ght_gutenberg_hathitrust_CC-BY.jsonl",
         "de_nzz": "de_nzz_icdar2019_DE1_CC-BY.jsonl", "fr_receipts": "fr_receipts_icdar2019_FR3_CC0.jsonl"}
BEFORE, AFTER = 100, 20  # bytes of context
COUNTS = {"rw": 1500, "oov": 600, "ocr": 1500, "clean": 6000, "digit": 400}
WORD = re.compile(r"[^\W\d_]+")


def swaps(word):
    """What a word may be misread as, one look-alike at a time."""
    for a, b in LOOK_ALIKE + [(b, a) for a, b in LOOK_ALIKE]:
        place = word.find(a)
        while place >= 0:
            yield word[:place] + b + word[place + len(a):]
            place = word.find(a, place + 1)


def last_bytes(text, size):
    return text.encode()[-size:].decode("utf-8", "ignore")


def first_bytes(text, size):
    return text.encode()[:size].decode("utf-8", "ignore")


def item(kind, text, start, end, candidates, truth, observed, language="eng", group=0):
    return {"set": kind, "before": last_bytes(text[:start], BEFORE), "candidates": candidates,
            "after": first_bytes(text[end:], AFTER), "truth": truth, "observed": observed,
            "about": [language], "group": group}


class Neighbours:
    """The commonest listed words at most two edits away, by deletions (SymSpell)."""

    def __init__(self, counts):
        self.counts = dict(counts)
        self.by_deletion = collections.defaultdict(list)
        for word in self.counts:
            for key in self.deletions(word):
                self.by_deletion[key].append(word)

    @staticmethod
    def deletions(word):
        return {word} | {word[:i] + word[i + 1:] for i in range(len(word))}

    def of(self, word, limit):
        low = word.lower()
        found = {n for key in self.deletions(low) for n in self.by_deletion.get(key, ())} - {low}
        best = sorted(found, key=lambda n: -self.counts[n])[:limit]
        return [n.upper() if word.isupper() and len(word) > 1 else n.capitalize() if word[0].isupper() else n for n in best]


def prose_items(text, known, counts, rng):
    words = [(m.start(), m.end(), m.group()) for m in WORD.finditer(text) if len(m.group()) >= 3]
    rng.shuffle(words)
    real, unseen = [], []
    for start, end, word in words:
        if len(real) < COUNTS["rw"]:
            wrong = [w for w in swaps(word) if counts.get(w.lower(), 0) > 1_000_000 and w != word]
            if wrong and counts.get(word.lower(), 0) > 1_000_000:
                real.append(item("rw", text, start, end, [word, rng.choice(wrong)], 0, 1))
        if len(unseen) < COUNTS["oov"] and len(word) >= 4 and word.lower() not in known:
            wrong = [w for w in swaps(word) if w.lower() not in known]
            if wrong:
                unseen.append(item("oov", text, start, end, [word, rng.choice(wrong)], 0, 1))
    return real + unseen


def pair_items(name, records, neighbours, language, rng):
    wrong, clean = [], []
    for group, record in enumerate(records):
        ocr, truth = record["ocr"], record["gt"]
        read = [(m.start(), m.end(), m.group()) for m in WORD.finditer(ocr)]
        true = WORD.findall(truth)
        matcher = difflib.SequenceMatcher(None, [w for _, _, w in read], true, autojunk=False)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if i2 - i1 != j2 - j1 or tag in ("insert", "delete"):
                continue
            for (start, end, seen), word in zip(read[i1:i2], true[j1:j2]):
                if len(seen) < 3 or len(word) < 3:
                    continue
                # A word beside a sign or a digit is not a word that was read right as a whole.
                if tag == "equal":
                    others = neighbours.of(seen, 8)
                    if others:
                        clean.append(item(f"clean {name}", ocr, start, end, [seen] + others, 0, 0, language, group))
                elif 1 <= edit_distance(seen, word) <= 2 and seen.lower() != word.lower():
                    others = [n for n in neighbours.of(seen, 8) if n != word][:7]
                    wrong.append(item(f"ocr {name}", ocr, start, end, [seen, word] + others, 1, 0, language, group))
    rng.shuffle(wrong)
    rng.shuffle(clean)
    return wrong[:COUNTS["ocr"]] + clean[:COUNTS["clean"]]


def digit_items(text, rng):
    places = [m.start() for m in re.finditer(r"(?<=\d)\d(?=\d)", text)]
    items = []
    for place in rng.sample(places, COUNTS["digit"]):
        other = rng.choice([d for d in "0123456789" if d != text[place]])
        items.append(item("digit", text, place, place + 1, [text[place], other], 0, 1))
    return items


def main():
    corpus, texts, pairs = map(pathlib.Path, sys.argv[1:4])
    if len(sys.argv) > 4:
        COUNTS.update({name: count // int(sys.argv[4]) for name, count in COUNTS.items()})
    rng = random.Random("emend items")
    known = set()
    for path in sorted((texts / "train").glob("*.txt")):
        known.update(WORD.findall(path.read_text(encoding="utf-8").lower()))
    counts = dict(corpora.word_counts(corpus, "eng"))
    prose = "".join((texts / "held_out" / f"{name}.txt").read_text(encoding="utf-8") for name in ("books", "speeches"))
    items = prose_items(prose, known, counts, rng)
    items += digit_items((texts / "held_out/business_eng.txt").read_text(encoding="utf-8"), rng)
    by_language = {"en": "eng", "de": "deu", "fr": "fra"}
    lists = {key: Neighbours(corpora.word_counts(corpus, value)) for key, value in by_language.items()}
    for name, file in PAIRS.items():
        with open(pairs / file, encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        rng.shuffle(records)
        items += pair_items(name, records[:4000], lists[name[:2]], by_language[name[:2]], rng)
    for entry in items:
        print(json.dumps(entry, ensure_ascii=False))


if __name__ == "__main__":
    main()
