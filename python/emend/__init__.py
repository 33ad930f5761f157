# SPDX-License-Identifier: Apache-2.0
"""Reads scanned documents and proofreads what it read.

>>> import emend
>>> document = emend.read("invoice.png")
>>> print(document.text)
>>> for edit in document.edits:
...     if edit.applied:
...         print(edit.before, "->", edit.after)

``read`` returns a whole document, ``pages`` its pages as they finish, ``correct`` proofreads text that something else
has read, ``evaluate`` holds texts against their truth. ``OcrEngine``, ``AI`` and ``AIModelConfig`` are the short form. All of them release the GIL while they work,
can be used from several threads, and stop at Ctrl-C.

Documents are opened and models run in processes of emend's own, so this module brings no Tesseract, no llama.cpp and
no CUDA into yours.

Boxes are in pixels of the page image as it was recognised, upright, origin at the top left. Confidences are
probabilities from 0 to 1; gains and costs are nats. Text is in the Unicode normal form NFC.

Whatever fails raises an EmendError, of which there is one class for each kind (emend.errors).
"""

from ._emend import (Alternative, Box, Document, Edit, Evidence, FreedDevice, FreeReport, Line, Notice, Page,
                     Provenance, Reading, Word)
from ._emend import version as _version
from .ai import AI, AIModelConfig, correct
from . import document as _document  # gives Document and Page what they cannot do by themselves
from .diagnosis import doctor
from .errors import (CancelledError, EmendError, EngineFailedError, InvalidArgumentError, IoFailedError,
                     LimitExceededError, MissingDependencyError, NetworkFailedError, NotFoundError,
                     UnreadableInputError)
from .evaluation import Evaluation, evaluate
from .ocr import OcrEngine
from .reading import Pages, pages, read
from .text import CorrectedText, RecognizedText

__version__ = _version()

__all__ = [
    "AI", "AIModelConfig", "Alternative", "Box", "CancelledError", "CorrectedText", "Document", "Edit", "EmendError",
    "EngineFailedError", "Evaluation", "Evidence", "FreeReport", "FreedDevice", "InvalidArgumentError", "IoFailedError",
    "LimitExceededError", "Line", "MissingDependencyError", "NetworkFailedError", "NotFoundError", "Notice",
    "OcrEngine", "Page", "Pages", "Provenance", "Reading", "RecognizedText", "UnreadableInputError", "Word",
    "correct", "doctor", "evaluate", "pages", "read",
]
