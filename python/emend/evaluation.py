# SPDX-License-Identifier: Apache-2.0
"""How good texts are, where the truth is known."""

from __future__ import annotations

import json
from typing import Any, Dict, Iterable, Tuple

from . import _emend


class Evaluation(Dict[str, Any]):
    """The JSON form of ``emend eval --json`` (docs/evaluation.schema.json) as a dictionary."""

    _form: _emend.Evaluation

    def __init__(self, form: _emend.Evaluation) -> None:
        super().__init__(json.loads(form.to_json()))
        self._form = form

    def to_html(self) -> str:
        """One page that needs nothing beside itself, with the worst documents side by side."""
        return self._form.to_html()

    def to_text(self) -> str:
        """The tables of ``emend eval``."""
        return self._form.to_text()


def evaluate(samples: Iterable[Tuple[str, str, str, str]], *, ignore_case: bool = False, resamples: int = 2000,
             seed: int = 1, worst: int = 20) -> Evaluation:
    """Holds texts against their truth, as ``emend eval`` does (docs/eval.md).

    Each sample is (id, truth, before, after): what it is called, what is printed, what was recognised or what else the
    result is held against, and the result. Any other system's texts will do.

    ignore_case: for a truth in capitals. resamples, seed: of the 95 % intervals. worst: how many documents the page of
    ``to_html`` shows. Raises UnreadableInputError for text that is not Unicode.
    """
    return Evaluation(_emend.evaluated(list(samples), ignore_case, resamples, seed, worst))
