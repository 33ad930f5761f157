# SPDX-License-Identifier: Apache-2.0
"""What the reader can say. Class 0 is CTC's blank; class i is letters[i - 1]; the last one says that something else stands here."""

REJECT = "\ufffd"

# Digits, what stands in numbers, the letters that digits are mistaken for, and the capitals of currencies and of identifiers.
NUMERIC = "0123456789.,:;/-+*'()%#$\u20ac\u00a3\u00a5&= xXOoDQlIi|SsBZzgqbGTAEURMFCHNKetJLPVWY@" + REJECT

# Printable ASCII, then what English, German and French print beside it.
TEXT = ("".join(map(chr, range(32, 127))) + "\u20ac\u00a3\u00a5\u00a7\u00b0\u00a9\u00ae\u00ab\u00bb\u2018\u2019\u201c\u201d\u201e\u2013\u2014\u2022\u00bd\u00bc"
        "\u00c4\u00d6\u00dc\u00e4\u00f6\u00fc\u00df\u00c0\u00c2\u00c7\u00c8\u00c9\u00ca\u00cb\u00ce\u00cf\u00d4\u00d9\u00db"
        "\u00e0\u00e2\u00e7\u00e8\u00e9\u00ea\u00eb\u00ee\u00ef\u00f4\u00f9\u00fb\u0152\u0153" + REJECT)

# Printed alike: one class stands for all.
SAME = {"\u2019": "'", "\u2018": "'", "`": "'", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u00d7": "x", "\u00a0": " "}


def classes(text, letters):
    """The classes of a text's characters; what the alphabet lacks is the reject class."""
    number = {letter: i for i, letter in enumerate(letters, 1)}
    reject = number[REJECT]
    return [number.get(c) or number.get(SAME.get(c, c), reject) for c in text]


def collapsed(path, letters):
    """The text of a best path: repeats are one, blanks are none."""
    text, last = "", 0
    for c in path:
        if c != last and c:
            text += letters[c - 1]
        last = c
    return text
