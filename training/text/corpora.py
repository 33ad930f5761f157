# SPDX-License-Identifier: Apache-2.0
"""The public-domain books, speeches and word lists of a corpus folder, as text to train on.

The folder holds gutenberg/, nltk-public-domain/ and word-frequencies/ (models/README.md says where
they come from). Everything is deterministic: what is drawn is drawn from the file's own name.
"""

import itertools
import pathlib
import random
import re
import unicodedata

TYPEWRITER = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2014": "--",
                            "\u2013": "-", "\u2026": "..."})


def rng_for(name):
    return random.Random("emend " + name)


def unwrapped(text):
    """Paragraphs on one line each, as letters and reports come from a recogniser that joins lines."""
    return re.sub(r"(?<=\S)\n(?=[^\s])", " ", text)


def tidy(text):
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.lstrip("\ufeff")
    text = re.sub(r"\[Illustration[^\]]*\]", "", text)
    text = re.sub(r"_(\w[^_\n]*)_", r"\1", text)  # Gutenberg's italics
    text = re.sub(r"[ \t]{2,}", " ", text)
    text = re.sub(r"[ \t]+\n", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text)


def with_capitals(text, rng, share):
    """Some lines in capitals, as headings, forms and receipts print them."""
    return "\n".join(line.upper() if rng.random() < share else line for line in text.split("\n"))


def book(path):
    """One book in one of the four forms: wrapped or not, printed or typewriter's quotes."""
    rng = rng_for(path.name)
    text = tidy(path.read_text(encoding="utf-8", errors="replace"))
    if rng.random() < 0.5:
        text = text.translate(TYPEWRITER)
    if rng.random() < 0.5:
        text = unwrapped(text)
    return with_capitals(text, rng, 0.04)


def speech(path):
    rng = rng_for(path.name)
    text = tidy(path.read_text(encoding="utf-8", errors="replace"))
    return with_capitals(text, rng, 0.03)


def held_out(paths, every):
    """(train, held out): every so-manieth file, in the order of their names, is never trained on."""
    paths = sorted(paths)
    return ([p for i, p in enumerate(paths) if i % every != every // 2],
            [p for i, p in enumerate(paths) if i % every == every // 2])


def books(folder):
    return [p for p in pathlib.Path(folder, "gutenberg").glob("*.txt") if p.name != "NOTE.txt"]


def speeches(folder):
    root = pathlib.Path(folder, "nltk-public-domain")
    return [p for part in ("state_union", "inaugural") for p in (root / part).glob("*.txt")
            if p.stat().st_size > 2000]


def declaration(folder, name):
    """The Declaration of Human Rights, a page of formal text in many languages."""
    path = pathlib.Path(folder, "nltk-public-domain", "udhr", name)
    return tidy(path.read_text(encoding="latin-1"))


def word_counts(folder, language):
    """[(word, count)] of SymSpell's list, most frequent first."""
    name = {"eng": "SymSpell/frequency_dictionary_en_82_765.txt",
            "deu": "SymSpell.FrequencyDictionary/de-100k.txt",
            "fra": "SymSpell.FrequencyDictionary/fr-100k.txt"}[language]
    counts = []
    for line in pathlib.Path(folder, "word-frequencies", name).read_text(encoding="utf-8-sig").splitlines():
        word, _, count = line.strip().rpartition(" ")
        if word and count.isdigit():
            counts.append((unicodedata.normalize("NFC", word), int(count)))
    return counts


def word_salad(counts, size, rng):
    """Lines of words drawn by a flattened frequency: spelling without grammar."""
    words = [word for word, _ in counts]
    weights = list(itertools.accumulate(count ** 0.5 for _, count in counts))
    lines = []
    length = 0
    while length < size:
        drawn = rng.choices(words, cum_weights=weights, k=rng.randint(4, 12))
        lines.append(" ".join(cased(word, rng) for word in drawn))
        length += len(lines[-1].encode()) + 1
    return "\n".join(lines) + "\n"


def cased(word, rng):
    draw = rng.random()
    return word.capitalize() if draw < 0.2 else word.upper() if draw < 0.3 else word
