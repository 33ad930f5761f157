#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make_lexicon.py CORPUS_DIR OUTPUT_DIR: the word lists eng.lexicon, deu.lexicon and fra.lexicon.

Words and counts come from SymSpell's lists, words of business documents from the generator's
vocabulary, and English names and words from the books where several of them use a word often. The
file's form is described in src/correct/word_list.h.
"""

import collections
import hashlib
import math
import pathlib
import re
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "text"))
import corpora  # noqa: E402
import vocabulary  # noqa: E402

UNITS_PER_NAT = 65536
BLOCK = 16
# Single letters and pieces of contractions that counting by letters only has left in the lists.
SHORT_WORDS = {"eng": set("a i o".split()), "deu": set("o".split()), "fra": set("a à y ô".split())}
PIECES = {"eng": set("th ll ve re nd rd ing ed er ly tion ment".split()), "deu": set(), "fra": set()}
BUSINESS_SHARE = 2e-6  # of running text, when a list does not have a business word
LEAST_BOOKS, LEAST_COUNT = 4, 25  # for a word of the books that the list does not have


def is_word(word, language):
    letters = sum(c.isalpha() for c in word)
    if letters == 0 or any(c.isdigit() for c in word) or word in PIECES[language]:
        return False
    return letters > 1 or word in SHORT_WORDS[language] or word.endswith("'")


def words_of_books(folder):
    """{word: share of text} of words that several books use."""
    counts, spread = collections.Counter(), collections.Counter()
    for path in sorted(corpora.books(folder)):
        own = collections.Counter(re.findall(r"[^\W\d_]+", path.read_text(encoding="utf-8", errors="replace").lower()))
        counts.update(own)
        spread.update(own.keys())
    total = sum(counts.values())
    return {word: count / total for word, count in counts.items()
            if spread[word] >= LEAST_BOOKS and count >= LEAST_COUNT}


def shares(folder, language):
    counts = corpora.word_counts(folder, language)
    total = sum(count for _, count in counts)
    result = {word.replace("\u2019", "'"): count / total for word, count in counts}
    if language == "eng":
        for word, share in words_of_books(folder).items():
            result.setdefault(word, share / 2)
    for word in vocabulary.words(language):
        form = word if re.search(r".[A-Z]", word) and not word.isupper() else word.lower()
        result[form] = max(result.get(form, 0), BUSINESS_SHARE)
    return {word: share for word, share in result.items() if is_word(word, language)}


class Node:
    def __init__(self):
        self.children = {}
        self.share = 0.0


def tree_of(words):
    root = Node()
    for word, share in words.items():
        node = root
        for letter in word:
            node = node.children.setdefault(letter, Node())
        node.share = share
    return root


def by_depth(root):
    """[(letter, node)], the root first with no letter, children in the order of their letters."""
    order = [("", root)]
    for _, node in order:
        order.extend(sorted(node.children.items()))
    return order


def padded(data):
    return data + bytes(-len(data) % 8)


def lexicon_file(words):
    least, greatest = math.log(min(words.values())), math.log(max(words.values()))
    alphabet = sorted({letter for word in words for letter in word})
    if len(alphabet) > 255:
        raise SystemExit(f"{len(alphabet)} letters are too many: {''.join(alphabet)}")
    index = {letter: i for i, letter in enumerate(alphabet)}
    nodes = by_depth(tree_of(words))
    codes = bytes(0 if node.share == 0 else 1 + round(254 * (math.log(node.share) - least) / (greatest - least))
                  for _, node in nodes)
    counts = bytes(len(node.children) for _, node in nodes)
    bases, first = [], 1
    for i, count in enumerate(counts):
        if i % BLOCK == 0:
            bases.append(first)
        first += count
    body = struct.pack("<IIIiiI", 1, len(nodes), len(alphabet), round(least * UNITS_PER_NAT),
                       round(greatest * UNITS_PER_NAT), 0)
    body += padded(struct.pack(f"<{len(alphabet)}I", *map(ord, alphabet)))
    body += padded(bytes(index.get(letter, 0) for letter, _ in nodes)) + padded(codes) + padded(counts)
    body += padded(struct.pack(f"<{len(bases)}I", *bases))
    return b"emendlx1" + hashlib.sha256(body).digest() + body


def main():
    folder, output = sys.argv[1], pathlib.Path(sys.argv[2])
    for language in ("eng", "deu", "fra"):
        words = shares(folder, language)
        data = lexicon_file(words)
        (output / f"{language}.lexicon").write_bytes(data)
        print(f"{language}.lexicon: {len(words)} words, {len(data)} bytes")


if __name__ == "__main__":
    main()
