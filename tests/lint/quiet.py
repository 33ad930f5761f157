#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The library never prints, aborts, exits or throws: its caller decides.

usage: quiet.py ROOT LIBEMEND     LIBEMEND: libemend.so or libemend.a, as built
"""

import pathlib
import re
import subprocess
import sys

import sources

# What its machine code must not ask for. std::terminate and __assert_fail stay possible: the first is in every noexcept
# function, the second says that we ourselves broke an invariant, and is not in a release.
FORBIDDEN_SYMBOLS = re.compile(
    r"_?_?(v?printf(_chk)?|puts|putchar|perror|exit|_exit|_Exit|quick_exit|abort|err|errx|warn|warnx)"
    r"|stdout|stderr|std::(cout|cerr|clog|wcout|wcerr)|std::ios_base::Init::Init\(\)")

# And its source, which includes the rooms that are compiled into the children.
FORBIDDEN_WORDS = re.compile(r"\bthrow\b|\bstd::(cout|cerr|clog|abort|exit|terminate|quick_exit|print)\b"
                             r"|(?<![\w.>:])(?:printf|puts|abort)\s*\(")
LIBRARY = ("include", "src/core", "src/process", "src/models", "src/correct", "src/output", "src/pipeline")

# With the reason why it must be so.
ALLOWED_SYMBOLS = {
    "_exit": "src/process ends a child whose parent has gone; the parent never calls it",
}
ALLOWED_WORDS = {
    ("src/core/json_form.cpp", "throw"): "from_json of nlohmann::json reports by exception; from_text catches",
}


def loud_symbols(library):
    flags = ["--undefined-only", "--demangle", "--format=posix"]
    if library.suffix != ".a":
        flags.append("--dynamic")
    listing = subprocess.run(["nm", *flags, library], capture_output=True, text=True, check=True).stdout
    found = set()
    for line in listing.splitlines():
        name = re.sub(r"( [Uw])?[ 0-9a-f]*$", "", line).split("@")[0].strip()
        if FORBIDDEN_SYMBOLS.fullmatch(name):
            found.add(name)
    return found


def violations(root, library=None):
    found = []
    for path in sources.files(root, sources.CPP, LIBRARY):
        text = sources.code_only(sources.read(root / path))
        for match in FORBIDDEN_WORDS.finditer(text):
            word = match.group(0).strip()
            if (path.as_posix(), word) not in ALLOWED_WORDS:
                found.append(f"{path}:{sources.line_of(text, match.start())}: '{word}' in the library")
    if library:
        found += [f"{library.name}: uses {name}" for name in sorted(loud_symbols(library) - ALLOWED_SYMBOLS.keys())]
    return found


if __name__ == "__main__":
    sys.exit(sources.report(violations(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))))
