#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""shellcheck finds nothing in our shell scripts, and they can be run.

usage: scripts.py ROOT
"""

import os
import pathlib
import subprocess
import sys

import sources


def scripts(root):
    named = sources.files(root, (".sh",))
    unnamed = [path.relative_to(root) for path in sorted((root / ".ci").glob("*")) if path.is_file()]
    return [path for path in named + unnamed if sources.read(root / path).startswith("#!")]


def violations(root):
    found = []
    paths = scripts(root)
    for path in paths:
        if not os.access(root / path, os.X_OK):
            found.append(f"{path}: not executable")
    run = subprocess.run(["shellcheck", "--external-sources", "--format=gcc", *paths],
                         capture_output=True, text=True, check=False, cwd=root)
    return found + run.stdout.splitlines() + run.stderr.splitlines()


if __name__ == "__main__":
    sys.exit(sources.report(violations(pathlib.Path(sys.argv[1]))))
