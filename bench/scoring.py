# SPDX-License-Identifier: Apache-2.0
"""How near a text comes to the truth, and what a correction did to it.

Two normalisations. Strict: NFC, runs of white space become one space. Lenient: NFKC and case
folded besides, quotes and dashes unified. Neither touches a digit, a separator or a currency sign.

A word or number of the truth is found again by aligning characters. It is right when the aligned
part is identical and no letter or digit touches its ends. What a correction did is followed through
the alignment of the recognised with the corrected text, so a token is judged at the same place
before and after.
"""

from collections import Counter
from dataclasses import dataclass, fields
import re
import unicodedata

import numpy as np

_OUTER = ".,;:!?()[]\"'"
_UNIFIED = str.maketrans({"‘": "'", "’": "'", "‚": "'", "`": "'", "“": '"', "”": '"', "„": '"',
                          "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-"})


def strict(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


def lenient(text):
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_UNIFIED).split())


def edit_distance(a, b):
    """Levenshtein distance of two sequences of hashable items."""
    return int(_rows(*_numbered(a, b), keep=False)[-1])


def _numbered(a, b):
    """Both sequences as arrays of small numbers, equal where the items are equal."""
    table = {}
    return tuple(np.array([table.setdefault(item, len(table)) for item in s], np.int32) for s in (a, b))


def _rows(a, b, keep, wall=None):
    """The last row of the distance matrix, or all of it. A row is a handful of array operations:
    the running minimum of (value - column) stands for the chain of insertions. Replacing the item
    numbered `wall` by another one, or the reverse, costs as much as a deletion and an insertion."""
    columns = np.arange(len(b) + 1, dtype=np.int32)
    row, rows = columns.copy(), [columns]
    walls = b == wall
    for i, item in enumerate(a, 1):
        cost = (b != item).astype(np.int32)
        if wall is not None:
            cost += walls != (item == wall)
        best = np.empty_like(row)
        best[0] = i
        np.minimum(row[1:] + 1, row[:-1] + cost, out=best[1:])
        row = np.minimum.accumulate(best - columns) + columns
        if keep:
            rows.append(row)
    return rows if keep else row


class Alignment:
    """Where each part of `a` is found in `b`. A space is never aligned with another character."""

    def __init__(self, a, b):
        self._starts, self._ends = [0] * len(a), [0] * len(a)
        first, second = _numbered(" " + a, " " + b)
        rows = _rows(first[1:], second[1:], keep=True, wall=first[0])
        i, j = len(a), len(b)
        while i > 0:
            cost = 0 if j and a[i - 1] == b[j - 1] else 2 if j and " " in (a[i - 1], b[j - 1]) else 1
            if j > 0 and rows[i][j] == rows[i - 1][j - 1] + cost:
                i, j = i - 1, j - 1
                self._starts[i], self._ends[i] = j, j + 1
            elif rows[i][j] == rows[i - 1][j] + 1:
                i -= 1
                self._starts[i] = self._ends[i] = j
            else:
                j -= 1

    def span(self, start, end):
        """The part of b for a[start:end], without what was inserted at its ends."""
        if start == end:
            at = self._starts[start] if start < len(self._starts) else (self._ends or [0])[-1]
            return at, at
        return self._starts[start], max(self._starts[start], self._ends[end - 1])


def _stripped(token):
    return token.strip(_OUTER)


def is_number(token):
    return any(c.isdigit() for c in token)


def _tokens(text):
    """Words of the text with outer punctuation off, and where they stand."""
    for match in re.finditer(r"\S+", text):
        word = match.group()
        core = _stripped(word)
        if core:
            start = match.start() + len(word) - len(word.lstrip(_OUTER))
            yield core, start, start + len(core)


def _is_right(token, text, start, end):
    free = (start == 0 or not text[start - 1].isalnum()) and (end == len(text) or not text[end].isalnum())
    return free and text[start:end] == token


def _followed(raw_span, raw, to_corrected, corrected):
    """The place in the corrected text of what is at `raw_span`. Letters and digits that were put in at its ends
    belong to it where it had none at its ends before: Invoic -> Invoice."""
    start, end = to_corrected.span(*raw_span)
    if start == end:
        return start, end
    if raw_span[0] == 0 or not raw[raw_span[0] - 1].isalnum():
        while start > 0 and corrected[start - 1].isalnum():
            start -= 1
    if raw_span[1] == len(raw) or not raw[raw_span[1]].isalnum():
        while end < len(corrected) and corrected[end].isalnum():
            end += 1
    return start, end


@dataclass
class Score:
    """Counts; they add up over documents."""

    documents: int = 0
    characters: int = 0
    character_errors: int = 0
    lenient_characters: int = 0
    lenient_errors: int = 0
    words: int = 0
    word_errors: int = 0
    output_words: int = 0
    words_found: int = 0       # regardless of order
    numbers: int = 0
    numbers_right: int = 0

    def __iadd__(self, other):
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))
        return self

    @property
    def cer(self):
        return self.character_errors / max(1, self.characters)

    @property
    def lenient_cer(self):
        return self.lenient_errors / max(1, self.lenient_characters)

    @property
    def wer(self):
        return self.word_errors / max(1, self.words)

    @property
    def recall(self):
        return self.words_found / max(1, self.words)

    @property
    def precision(self):
        return self.words_found / max(1, self.output_words)


def score(truth, text):
    """`text` against `truth`."""
    truth, text = strict(truth), strict(text)
    soft_truth, soft_text = lenient(truth), lenient(text)
    true_words = [word for word, _, _ in _tokens(truth)]
    words = [word for word, _, _ in _tokens(text)]
    alignment = Alignment(truth, text)
    numbers = [(w, s, e) for w, s, e in _tokens(truth) if is_number(w)]
    return Score(
        documents=1,
        characters=len(truth),
        character_errors=edit_distance(truth, text),
        lenient_characters=len(soft_truth),
        lenient_errors=edit_distance(soft_truth, soft_text),
        words=len(true_words),
        word_errors=edit_distance(true_words, words),
        output_words=len(words),
        words_found=sum((Counter(true_words) & Counter(words)).values()),
        numbers=len(numbers),
        numbers_right=sum(_is_right(w, text, *alignment.span(s, e)) for w, s, e in numbers),
    )


def found_numbers(truth, tokens):
    """For each of `tokens` whether the truth holds it, outer punctuation aside, wherever it stands. Each place of
    the truth serves once."""
    left = Counter(word for word, _, _ in _tokens(strict(truth)))
    found = []
    for token in tokens:
        core = _stripped(strict(token))
        found.append(left[core] > 0)
        left[core] -= 1
    return found


@dataclass
class Change:
    """What a correction did to the tokens of the truth; counts that add up over documents."""

    words_fixed: int = 0
    words_broken: int = 0
    words_changed: int = 0     # wrong before, otherwise wrong after
    numbers_fixed: int = 0
    numbers_broken: int = 0
    numbers_changed: int = 0
    numbers_lost: int = 0      # had digits before, has none after
    numbers_invented: int = 0  # not printed, and nothing with a digit was read there
    better: int = 0            # documents by character errors
    same: int = 0
    worse: int = 0

    __iadd__ = Score.__iadd__


def change(truth, raw, corrected, log=None):
    """What became of `raw` in `corrected`. `log`, a list, receives (what, truth, before, after)."""
    truth, raw, corrected = strict(truth), strict(raw), strict(corrected)
    result = Change()
    before, after = edit_distance(truth, raw), edit_distance(truth, corrected)
    result.better, result.same, result.worse = int(after < before), int(after == before), int(after > before)
    if raw == corrected:
        return result
    to_raw, to_corrected = Alignment(truth, raw), Alignment(raw, corrected)
    for token, start, end in _tokens(truth):
        raw_span = to_raw.span(start, end)
        new_span = _followed(raw_span, raw, to_corrected, corrected)
        old, new = raw[slice(*raw_span)], corrected[slice(*new_span)]
        was, now = _is_right(token, raw, *raw_span), _is_right(token, corrected, *new_span)
        kind = "numbers" if is_number(token) else "words"
        what = {(False, True): "fixed", (True, False): "broken"}.get((was, now))
        if what is None and not was and old != new:
            what = "changed"
        if what:
            _count(result, f"{kind}_{what}")
            if log is not None:
                log.append((f"{kind}_{what}", token, old, new))
        if kind == "numbers" and is_number(old) and not is_number(new):
            result.numbers_lost += 1
    result.numbers_invented = _invented(truth, raw, corrected, log)
    return result


def _count(result, name):
    setattr(result, name, getattr(result, name) + 1)


def _invented(truth, raw, corrected, log):
    """Numbers of the output that stand where nothing with a digit was read, and are not printed."""
    printed = {token for token, _, _ in _tokens(truth)}
    to_raw = Alignment(corrected, raw)
    found = [token for token, start, end in _tokens(corrected)
             if is_number(token) and token not in printed and not is_number(raw[slice(*to_raw.span(start, end))])]
    if log is not None:
        log.extend(("numbers_invented", "", "", token) for token in found)
    return len(found)
