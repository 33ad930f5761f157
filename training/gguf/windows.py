# SPDX-License-Identifier: Apache-2.0
"""Windows of text to train on: what the model is shown, and what it is to say next.

A window is a piece of a text at a random place. Most begin with control tokens that name the kind
and the language of the text; each is left out of some, so that a model which is not told either
has seen that too. Some windows have misread letters in what is shown, while what is to be said is
the true text: the words before a doubtful one have been read by the same recogniser.
"""

import numpy

# Share of the windows by file; what is not named shares the rest.
MIX = {"books": 0.46, "speeches": 0.10, "business_eng": 0.22, "business_deu": 0.08, "business_fra": 0.07,
       "words_eng": 0.03, "words_deu": 0.02, "words_fra": 0.02}

# Control tokens follow the 256 bytes. 256 stands for nothing: llama.cpp wants a token that begins and ends.
CONTROLS = {name: 257 + i for i, name in enumerate(["prose", "business", "words", "eng", "deu", "fra"])}
CONTROL_TOKENS = 16
LEFT_OUT = 0.3    # of each control token
MISREAD = 0.3     # share of the windows with misread letters in what is shown
MISREAD_RATE = 0.03
NOTHING = -100    # as a target: not counted

# Letters that recognisers take for each other, one byte for one byte.
LOOK_ALIKES = ["o0OQD", "l1Ii!|", "ceo", "nu", "aeo", "hb", "tfl", "S5s", "B8", "Z2z", "g9q", "rnv", "ij", ".,", ":;", "'`"]


def look_alike_table():
    """[byte] -> the bytes that it is misread as; itself where there is none."""
    others = {}
    for letters in LOOK_ALIKES:
        for letter in letters.encode():
            others.setdefault(letter, []).extend(other for other in letters.encode() if other != letter)
    most = max(map(len, others.values()))
    table = numpy.arange(256)[:, None].repeat(most, 1)
    for letter, forms in others.items():
        table[letter] = numpy.resize(forms, most)
    return table


def controls_of(name):
    """The kind and the language of a text by its file's name: "business_deu", "books", ..."""
    kind, _, language = name.partition("_")
    kind = kind if kind in CONTROLS else "prose"
    return [CONTROLS[kind], CONTROLS[language or "eng"]]


class Windows:
    """Windows of text at random places, by the mix. Window number n is always the same one."""

    def __init__(self, folder, length, seed):
        self.length, self.seed = length, seed
        names = [name for name in MIX if (folder / f"{name}.txt").exists()]
        if not names:
            raise SystemExit(f"{folder}: no texts; run training/text/prepare.py first")
        self.texts = [numpy.memmap(folder / f"{name}.txt", numpy.uint8, "r") for name in names]
        self.controls = [controls_of(name) for name in names]
        shares = numpy.array([MIX[name] for name in names])
        self.shares = shares / shares.sum()
        self.look_alikes = look_alike_table()

    def window(self, draw):
        """(shown, to be said): token numbers, `length` of each."""
        which = draw.choice(len(self.texts), p=self.shares)
        text = self.texts[which]
        head = [control for control in self.controls[which] if draw.random() >= LEFT_OUT]
        count = self.length + 1 - len(head)
        place = draw.integers(0, len(text) - count)
        tokens = numpy.concatenate([head, text[place:place + count]]).astype(numpy.int64)
        shown, said = tokens[:-1].copy(), tokens[1:].copy()
        said[:max(len(head) - 1, 0)] = NOTHING
        if draw.random() < MISREAD:
            self.misread(shown[len(head):], draw)
        return shown, said

    def misread(self, shown, draw):
        """In place."""
        hit = draw.random(len(shown)) < MISREAD_RATE
        which = draw.integers(0, self.look_alikes.shape[1], len(shown))
        shown[hit] = self.look_alikes[shown[hit], which[hit]]

    def batch(self, step, size):
        """Two arrays of `size` rows: what is shown, and what is to be said."""
        draw = numpy.random.default_rng([self.seed, step])
        rows = [self.window(draw) for _ in range(size)]
        return numpy.stack([row[0] for row in rows]), numpy.stack([row[1] for row in rows])
