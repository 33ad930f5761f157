# SPDX-License-Identifier: Apache-2.0
"""Edit distance, for short strings."""


def edit_distance(a, b):
    """Characters put in, left out and replaced (Levenshtein)."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        diagonal, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (x != y))
    return row[-1]
