# SPDX-License-Identifier: Apache-2.0
"""The words that made-up business documents are made of, by language."""

import re

import vocabulary_deu
import vocabulary_eng
import vocabulary_fra

LANGUAGES = {"eng": vocabulary_eng, "deu": vocabulary_deu, "fra": vocabulary_fra}


def words(language):
    """Every word of the language's vocabulary, as written there, in a stable order."""
    seen = {}
    for name, value in sorted(vars(LANGUAGES[language]).items()):
        if not name.isupper():
            continue
        for entry in flat(value):
            for word in re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", entry):
                seen.setdefault(word, None)
    return list(seen)


def flat(value):
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.keys()) + list(value.values())
    return [entry for item in value for entry in flat(item)] if isinstance(value, (list, tuple)) else []
