# SPDX-License-Identifier: Apache-2.0
"""The short form of reading: load one file, recognise it, get its text."""

from __future__ import annotations

import os
from typing import Any, Union

from . import _emend
from .text import RecognizedText


class OcrEngine:
    """Reads one file at a time.

    Keywords are the options of reading that ``read`` takes: languages, pages, password, jobs and so on.
    Raises InvalidArgumentError for one that is not known or out of range.
    """

    def __init__(self, **options: Any) -> None:
        self._engine = _emend.Engine(**options)

    def load_image(self, path: Union[str, os.PathLike[str]]) -> None:
        """Chooses the file that ``recognize`` reads: an image or a document. What was loaded before is forgotten.

        Raises NotFoundError (a FileNotFoundError) when there is no such file. Whether it can be read turns out in
        ``recognize``.
        """
        self._engine.load(path)

    def load_document(self, path: Union[str, os.PathLike[str]]) -> None:
        """The same as ``load_image``: for a PDF or TIFF all of its pages are read."""
        self._engine.load(path)

    def recognize(self) -> RecognizedText:
        """The text of all pages, parted by form feeds, with the pages behind it (RecognizedText.document).

        Raises InvalidArgumentError when nothing is loaded, UnreadableInputError, LimitExceededError,
        MissingDependencyError (a language that is not installed) or EngineFailedError. A page that fails while others
        arrive is a notice of the document.
        """
        return RecognizedText(self._engine.recognize())
