#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Arrows point down only, and a third party stays in the room that owns it (ARCHITECTURE.md).

usage: layers.py ROOT
"""

import pathlib
import re
import sys

import sources

# What a room may include besides itself, include/emend and the standard library.
ROOMS = {
    "src/core": [],
    "src/process": ["core"],
    "src/models": ["core", "process"],
    "src/correct": ["core", "process"],
    "src/output": ["core", "process"],
    "src/evaluate": ["core"],
    "src/page_worker": ["core", "process"],
    "src/model_host": ["core", "process"],
    "src/pipeline": ["core", "process", "models", "correct", "output"],
    "apps/cli": [],
    "python/binding": [],
    "include/emend": [],
    "examples": [],
}

# Who may include a third party's header. Tests and benches may include anything.
OWNERS = {
    r"tl/expected\.hpp": ["include/emend", "src"],
    r"nlohmann/": ["src"],
    r"unicode/": ["src/core"],
    r"curl/": ["src/models"],
    r"openssl/": ["src/core"],
    r"llama.*\.h": ["src/model_host"],
    r"(ggml|gguf).*\.h": ["src/model_host", "src/page_worker/number_reader"],
    r"(tesseract|leptonica|poppler|qpdf)/": ["src/page_worker"],
    r"seccomp\.h": ["src/process"],
    r"CLI/": ["apps/cli"],
    r"pybind11/": ["python/binding"],
    r"pugixml\.hpp|xlsxwriter\.h": ["src/output"],
    r"minizip/": ["src/output", "src/page_worker"],
    r"hunspell": ["src/correct"],
}

# Names of the operating system and its C library.
SYSTEM = re.compile(r"(sys|linux|netinet|arpa)/\w+\.h|(dirent|dlfcn|fcntl|netdb|poll|pthread|sched|signal|spawn|"
                    r"syscall|termios|unistd|link|elf|malloc|fnmatch|glob|getopt)\.h")
STANDARD = re.compile(r"[a-z_0-9]+")  # <vector>, <cstdint>, <stop_token>
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^">]+)[">]', re.MULTILINE)
INTERNAL_ROOMS = {pathlib.PurePath(room).name for room in ROOMS if room.startswith("src/")}


def room_of(path):
    for room in ROOMS:
        if path.is_relative_to(room):
            return room
    return None


def objection(room, path, mark, header):
    """Why `path`, which is of `room`, may not include `header`, or None."""
    first = header.split("/")[0]
    own = pathlib.PurePath(room).name
    if mark == '"':
        if first == "emend" and "/" in header:
            return None
        if first in INTERNAL_ROOMS and "/" in header:
            if first == own or first in ROOMS[room]:
                return None
            return f"{room} may not include the room {first}"
        if room.startswith(("apps/", "python/")) and first == own and "/" in header:
            return None
        return "a header of ours is included by its path below include/ or src/"
    for pattern, owners in OWNERS.items():
        if re.match(pattern, header):
            if any(path.is_relative_to(owner) for owner in owners):
                return None
            return f"<{header}> belongs to {', '.join(owners)}"
    if STANDARD.fullmatch(header):
        return None
    if SYSTEM.fullmatch(header):
        return None if room.startswith(("src/", "apps/")) else f"<{header}> is no standard C++"
    return f"<{header}> has no owner in the table of tests/lint/layers.py"


def violations(root):
    found = []
    for path in sources.files(root, sources.CPP, ("include", "src", "apps", "python", "examples")):
        room = room_of(path)
        if room is None:
            found.append(f"{path}: not in a room of the table of tests/lint/layers.py")
            continue
        text = sources.code_only(sources.read(root / path), keep_strings=True)
        for match in INCLUDE.finditer(text):
            why = objection(room, path, *match.groups())
            if why:
                found.append(f"{path}:{sources.line_of(text, match.start(2))}: {why}")
    return found


if __name__ == "__main__":
    sys.exit(sources.report(violations(pathlib.Path(sys.argv[1]))))
