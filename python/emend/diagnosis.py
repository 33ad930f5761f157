# SPDX-License-Identifier: Apache-2.0
"""What is installed here, what is missing and how to get it."""

from __future__ import annotations

import json
from typing import Any, Dict

from . import _emend


def doctor() -> Dict[str, Any]:
    """What ``emend doctor --json`` prints, as a dictionary. Takes about a second and raises nothing: what cannot be
    found out is listed under "troubles"."""
    found: Dict[str, Any] = json.loads(_emend.diagnosis())
    return found
