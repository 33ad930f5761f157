#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the documents tell a reader to type or to open exists: files, scripts, flags and words of the command; and the
C++ programs in them compile. Every public header has an example in its comment, which compiles.

usage: docs.py ROOT EMEND COMPILER      EMEND: the command, as built
"""

import pathlib
import re
import subprocess
import sys
import tempfile

import sources

FENCE = re.compile(r"^```(?:sh|bash|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
PROGRAM = re.compile(r"^```cpp\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)[^)]*\)")
# In the comment of a header, lines that are set in by three spaces and begin as C++ does.
HEADER_EXAMPLE = re.compile(r"^//\n((?://   +(?:#include |const |auto |struct |emend::|std::)[^\n]*\n)(?://   [^\n]*\n|//\n(?=//   ))*)",
                            re.MULTILINE)
FLAG = re.compile(r"(?<![\w-])(--[a-z][a-z-]+|-[A-Za-z])(?![\w])")


def commands(text):
    """(line, words) for each command in the fenced shell blocks; continued lines are joined."""
    for block in FENCE.finditer(text):
        first = sources.line_of(text, block.start(1))
        joined = block.group(1).replace("\\\n", "  ")
        for number, line in enumerate(joined.splitlines()):
            line = re.sub(r"^\$ ", "", re.sub(r"(^|\s)#.*", "", line)).strip()
            for part in re.split(r"\s*(?:&&|\|\||[|;])\s*", line):
                words = part.split()
                while words and re.fullmatch(r"\w+=\S*", words[0]):
                    words.pop(0)
                if words:
                    yield first + number, words


def help_of(emend):
    """{subcommand or "": its help text}"""
    def ask(*words):
        return subprocess.run([emend, *words, "--help"], capture_output=True, text=True, check=True).stdout
    texts = {"": ask()}
    listed = re.search(r"^Subcommands:\n(.*)", texts[""], re.MULTILINE | re.DOTALL | re.IGNORECASE)
    for name in re.findall(r"^  (\w+)\b", listed.group(1), re.MULTILINE) if listed else []:
        texts[name] = ask(name)
    return texts


def unknown_words(words, helps):
    """What stands after `emend` in a document and is not known to it."""
    rest = words[1:]
    known = helps[""]
    if rest and rest[0] in helps:
        known += helps[rest[0]]
    for word in rest:
        for flag in FLAG.findall(word if word.startswith("-") else ""):
            if not re.search(rf"(?<![\w-]){re.escape(flag)}(?![\w-])", known):
                yield flag


def compiler_error(root, code, compiler):
    with tempfile.TemporaryDirectory() as folder:
        unit = pathlib.Path(folder) / "program.cpp"
        unit.write_text(code, encoding="utf-8")
        run = subprocess.run([compiler, "-std=c++20", "-fsyntax-only", "-Werror=unused-result", f"-I{root}/include", unit],
                             capture_output=True, text=True, check=False)
    return next((line for line in run.stderr.splitlines() if "error" in line), None)


def example_program(header, example):
    """A program of an example that stands in a header's comment: its own includes come first."""
    lines = [line[2:].strip() if line.startswith("//   #include") else line[2:] for line in example.splitlines()]
    includes = [line for line in lines if line.startswith("#include")]
    body = [line for line in lines if not line.startswith("#include")]
    return "\n".join([f"#include <{header}>", *includes, "#include <iostream>", "void f() {", *body, "}", ""])


def header_violations(root, compiler):
    found = []
    for path in sources.files(root, (".h",), ("include",)):
        text = sources.read(root / path)
        examples = list(HEADER_EXAMPLE.finditer(text))
        if not examples:
            found.append(f"{path}: there is no example in its comment")
        for match in examples:
            error = compiler_error(root, example_program(path.relative_to("include").as_posix(), match.group(1)), compiler)
            if error:
                found.append(f"{path}:{sources.line_of(text, match.start(1))}: the example does not compile: {error}")
    return found


def violations(root, helps, compiler):
    found = header_violations(root, compiler)
    for path in sources.files(root, (".md",)):
        text = sources.read(root / path)
        for match in LINK.finditer(text):
            if not (root / path.parent / match.group(1)).exists():
                found.append(f"{path}:{sources.line_of(text, match.start())}: no such file: {match.group(1)}")
        for match in PROGRAM.finditer(text):
            error = compiler_error(root, match.group(1), compiler) if "int main(" in match.group(1) else None
            if error:
                found.append(f"{path}:{sources.line_of(text, match.start())}: does not compile: {error}")
        for line, words in commands(text):
            program = words[0]
            if program.startswith(("./", "scripts/", "training/", "bench/")) and not (root / program).exists():
                found.append(f"{path}:{line}: no such script: {program}")
            if pathlib.PurePath(program).name == "emend":
                found += [f"{path}:{line}: emend does not know {flag}" for flag in unknown_words(words, helps)]
    return found


if __name__ == "__main__":
    sys.exit(sources.report(violations(pathlib.Path(sys.argv[1]), help_of(sys.argv[2]), sys.argv[3])))
