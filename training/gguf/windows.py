# SPDX-License-Identifier: Apache-2.0
"""Windows of text to train on: what the model is shown, and what it is to say next.

A window is a piece of a text at a random place. Most begin with control tokens that name the kind
and the language of the text; each is left out of some, so that a model which is not told either
has seen that too. Then comes, as at scoring, the beginning of a line, or any place in one. Some
windows are in capitals, as receipts are. Some have misread letters in what is shown, while what is
to be said is the true text: the words before a doubtful one have been read by the same recogniser.
"""

import numpy

# Share of the windows by file; what is not named shares the rest.
MIX = {"books": 0.38, "speeches": 0.16, "business_eng": 0.24, "business_deu": 0.09, "business_fra": 0.07,
       "words_eng": 0.02, "words_deu": 0.02, "words_fra": 0.02}

# Control tokens follow the 256 bytes. 256 stands for nothing: llama.cpp wants a token that begins and ends.
CONTROLS = {name: 257 + i for i, name in enumerate(["prose", "business", "words", "eng", "deu", "fra"])}
CONTROL_TOKENS = 16
LEFT_OUT_KIND = 0.5      # a page's kind is often unknown
LEFT_OUT_LANGUAGE = 0.2
AT_LINE_START = 0.6  # share of the windows that begin with a line
LINE_SOUGHT = 400    # bytes within which a line has to begin
CAPITALS = 0.1    # share of the windows in capitals, besides what the texts have
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


def capitals_table():
    """[byte] -> its capital, for ASCII; and for the second bytes of what U+00C0 to U+00FF are in UTF-8."""
    plain = numpy.arange(256)
    plain[ord("a"):ord("z") + 1] -= 32
    second = numpy.arange(256)
    second[0xA0:0xBF] -= 32  # a grave to thorn
    second[0xB7] = 0xB7      # the sign of division
    return plain, second


def in_capitals(text, tables):
    plain, second = tables
    latin = numpy.zeros(len(text), bool)
    latin[1:] = text[:-1] == 0xC3
    return numpy.where(latin, second[text], plain[text])


def controls_of(name):
    """The kind and the language of a text by its file's name: "business_deu", "books", ..."""
    kind, _, language = name.partition("_")
    kind = kind if kind in CONTROLS else "prose"
    return [CONTROLS[kind], CONTROLS[language or "eng"]]


def line_start(text, place):
    """Where the next line begins, or `place` when none begins soon."""
    ends = numpy.flatnonzero(text[place:place + LINE_SOUGHT] == ord("\n"))
    return place + int(ends[0]) + 1 if len(ends) else place


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
        self.capitals = capitals_table()

    def window(self, draw):
        """(shown, to be said): token numbers, `length` of each."""
        which = draw.choice(len(self.texts), p=self.shares)
        text = self.texts[which]
        kind, language = self.controls[which]
        head = [kind] * (draw.random() >= LEFT_OUT_KIND) + [language] * (draw.random() >= LEFT_OUT_LANGUAGE)
        count = self.length + 1 - len(head)
        place = draw.integers(0, len(text) - count - LINE_SOUGHT)
        if draw.random() < AT_LINE_START:
            place = line_start(text, place)
        piece = text[place:place + count]
        if draw.random() < CAPITALS:
            piece = in_capitals(piece, self.capitals)
        tokens = numpy.concatenate([head, piece]).astype(numpy.int64)
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
