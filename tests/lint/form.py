#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The form of our files: licence line, size, characters, and nothing of the machine they were written on.

usage: form.py ROOT
"""

import ast
import pathlib
import re
import sys

import sources

MAX_FILE_LINES = 400
MAX_TEST_FILE_LINES = 600
MAX_FUNCTION_LINES = 60
MAX_ARCHITECTURE_LINES = 130  # two pages

# Paths that exist on one machine only, and where they may stand all the same: a new machine's own.
MACHINE_PATHS = re.compile(r"(?<![\w.$}*-])/(?:home/\w+|root|work|Users/\w+|tmp/[a-z]{1,3}|opt/llama|mnt/\w+)\b")
MACHINE_PATHS_ALLOWED = {pathlib.PurePath("scripts/prove_bare_machine.sh"), pathlib.PurePath("scripts/prove_package.sh"),
                         pathlib.PurePath("tests/lint/form.py"), pathlib.PurePath("tests/lint/lint_test.py")}

# Characters that cannot be seen, or that turn the order of what is read around.
INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")

SCRIPT = (".sh", ".py", ".cmake")
HEAD = re.compile(r"^(?:class|struct|enum|union|namespace|extern|using|typedef|template\s*<[^>]*>\s*(?:class|struct))\b")


def licence(path, text):
    if path.suffix not in sources.CPP + SCRIPT and path.name != "CMakeLists.txt":
        return []
    if "SPDX-License-Identifier: Apache-2.0" in "\n".join(text.splitlines()[:3]):
        return []
    return [f"{path}:1: no SPDX-License-Identifier in the first lines"]


def file_size(path, text):
    if path.name == "ARCHITECTURE.md":
        limit = MAX_ARCHITECTURE_LINES
    elif path.suffix in sources.CPP + SCRIPT:
        limit = MAX_TEST_FILE_LINES if path.parts[0] in ("tests", "bench") else MAX_FILE_LINES
    else:
        return []
    lines = len(text.splitlines())
    return [f"{path}: {lines} lines, at most {limit}"] if lines > limit else []


def cpp_function_sizes(path, text):
    """Relies on the format of .clang-format: a body ends at the first } with the indentation of its head."""
    lines = sources.code_only(text).splitlines()
    found = []
    start = None
    for number, line in enumerate(lines, 1):
        indent = len(line) - len(line.lstrip())
        if start is None:
            if line.rstrip().endswith("{"):
                head = number
                while head > 1 and lines[head - 2].strip() and not re.search(r"[;{}:]\s*$", lines[head - 2]):
                    head -= 1
                first = lines[head - 1]
                if "(" in "".join(lines[head - 1:number]) and not HEAD.match(first.strip()):
                    start = (head, len(first) - len(first.lstrip()))
        elif indent == start[1] and line.strip().startswith("}"):
            length = number - start[0] + 1
            if length > MAX_FUNCTION_LINES:
                found.append(f"{path}:{start[0]}: a function of {length} lines, at most {MAX_FUNCTION_LINES}")
            start = None
    return found


def python_function_sizes(path, text):
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = node.end_lineno - node.lineno + 1
            if length > MAX_FUNCTION_LINES:
                found.append(f"{path}:{node.lineno}: {node.name} has {length} lines, at most {MAX_FUNCTION_LINES}")
    return found


def function_sizes(path, text):
    if path.suffix in sources.CPP:
        return cpp_function_sizes(path, text)
    if path.suffix == ".py":
        return python_function_sizes(path, text)
    return []


def characters(path, text):
    """ASCII, but for text that is data: strings of C++ and of Python, and documents."""
    found = []
    for match in INVISIBLE.finditer(text):
        found.append(f"{path}:{sources.line_of(text, match.start())}: invisible character U+{ord(match.group(0)):04X}")
    if "\t" in text and path.suffix in sources.CPP + (".py",):
        found.append(f"{path}:{sources.line_of(text, text.index(chr(9)))}: a tab")
    if path.suffix in sources.CPP:
        text = sources.code_only(text) + "\n" + sources.comments_only(text)
        match = re.search(r"[^\x00-\x7f]", text)
        if match:
            found.append(f"{path}: '{match.group(0)}' outside a string")
    return found


def machine_paths(path, text):
    if path in MACHINE_PATHS_ALLOWED:
        return []
    return [f"{path}:{sources.line_of(text, match.start())}: a path of one machine: {match.group(0)}"
            for match in MACHINE_PATHS.finditer(text)]


def violations(root):
    found = []
    for path in sources.files(root):
        try:
            text = sources.read(root / path)
        except UnicodeDecodeError:
            found.append(f"{path}: not UTF-8")
            continue
        for check in (licence, file_size, function_sizes, characters, machine_paths):
            found += check(path, text)
    return found


if __name__ == "__main__":
    sys.exit(sources.report(violations(pathlib.Path(sys.argv[1]))))
