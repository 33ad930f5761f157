# SPDX-License-Identifier: Apache-2.0
"""Strings that know where they come from."""

from __future__ import annotations

from typing import List, Tuple, Type

from . import _emend


class RecognizedText(str):
    """The text of a document as recognised, pages parted by form feeds.

    It is a str in every way. ``document`` holds the pages behind it with the recogniser's evidence; correction of this
    string uses them. What string methods return, slices too, are plain str without them.
    """

    document: _emend.Document

    def __new__(cls, document: _emend.Document) -> RecognizedText:
        self = super().__new__(cls, document.text)
        self.document = document
        return self

    def __reduce__(self) -> Tuple[Type[RecognizedText], Tuple[_emend.Document]]:
        return type(self), (self.document,)


class CorrectedText(str):
    """Proofread text: a str with ``edits`` (all proposals, applied or not) and ``notices`` (what went wrong although
    the text arrived)."""

    edits: List[_emend.Edit]
    notices: List[_emend.Notice]

    def __new__(cls, corrected: _emend.CorrectedText) -> CorrectedText:
        self = super().__new__(cls, corrected.text)
        self.edits = corrected.edits
        self.notices = corrected.notices
        self._form = corrected
        return self

    _form: _emend.CorrectedText

    def to_json(self) -> str:
        """The JSON form of ``emend correct --format json``."""
        return self._form.to_json()
