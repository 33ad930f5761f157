#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each header compiles alone and twice, and declares no Result that could be dropped unseen.

That a header which a source includes before anything else compiles alone is shown by the build of that source; of it,
only the "#pragma once" is looked for here.

usage: headers.py ROOT COMPILER [FLAG...]     the flags that a room's code is compiled with
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import sources

# A function whose declaration begins with a Result, alone or after specifiers.
DECLARATION = re.compile(
    r"(?P<before>(?:^|[;{}:])\s*(?:template\s*<[^;{}]*>\s*)?)"
    r"(?P<attribute>\[\[nodiscard\]\]\s*)?"
    r"(?:(?:virtual|static|inline|constexpr|friend|explicit)\s+)*"
    r"(?:emend::)?Result<[^;{}()]*>\s+(?P<name>[A-Za-z_]\w*)\s*\(")


FIRST_INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)
ONCE = re.compile(r"^#pragma once$", re.MULTILINE)


def shown_by_the_build(root):
    """The headers that a source includes first, as it names them."""
    shown = set()
    for path in sources.files(root, (".cpp",), ("src", "apps")):
        before, *_ = re.split(r"^#include <", sources.read(root / path), maxsplit=1, flags=re.MULTILINE)
        shown.update(FIRST_INCLUDE.findall(before)[:1])
    return shown


def undiscarded(root):
    found = []
    for path in sources.files(root, (".h",), ("include", "src", "apps")):
        text = sources.code_only(sources.read(root / path))
        # Preprocessor lines and labels would hide the start of a declaration.
        text = re.sub(r"^[ \t]*#[^\n]*", lambda m: ";" + " " * (len(m.group(0)) - 1), text, flags=re.M)
        for match in DECLARATION.finditer(text):
            if not match.group("attribute"):
                line = sources.line_of(text, match.start("name"))
                found.append(f"{path}:{line}: {match.group('name')} returns a Result: [[nodiscard]] is missing")
    return found


def compiles_alone(root, path, command):
    with tempfile.TemporaryDirectory() as folder:
        unit = pathlib.Path(folder) / "unit.cpp"
        header = os.fspath((root / path).resolve())
        unit.write_text(f'#include "{header}"\n#include "{header}"\n', encoding="utf-8")
        run = subprocess.run([*command, "-std=c++20", "-fsyntax-only", f"-I{root}/include", f"-I{root}/src", unit],
                             capture_output=True, text=True, check=False)
    if run.returncode == 0:
        return []
    first = next((line for line in run.stderr.splitlines() if "error" in line), run.stderr.strip())
    return [f"{path}: does not compile alone: {first}"]


def violations(root, command):
    found = undiscarded(root)
    shown = shown_by_the_build(root)
    headers = [path for path in sources.files(root, (".h",), ("include", "src"))
               if os.fspath(pathlib.Path(*path.parts[1:])) not in shown or not ONCE.search(sources.read(root / path))]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for result in pool.map(lambda path: compiles_alone(root, path, command), headers):
            found += result
    return found


if __name__ == "__main__":
    sys.exit(sources.report(violations(pathlib.Path(sys.argv[1]), sys.argv[2:])))
