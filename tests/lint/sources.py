# SPDX-License-Identifier: Apache-2.0
"""Which files are ours, and C++ with its comments and strings taken out."""

import pathlib
import re

OURS = ("include", "src", "apps", "python", "examples", "tests", "bench", "scripts", "training", "cmake",
        "python", "docs", "models", ".ci")
CPP = (".h", ".cpp")
TEXT = CPP + (".py", ".sh", ".cmake", ".md", ".txt", ".json")


def files(root, endings=TEXT, folders=OURS):
    """Paths below `root`, relative to it and sorted: those of `folders`, and those at the top."""
    found = [p for p in root.iterdir() if p.is_file()]
    for folder in folders:
        found += [p for p in (root / folder).rglob("*") if p.is_file()]
    return sorted(p.relative_to(root) for p in found
                  if p.suffix in endings and "__pycache__" not in p.parts)


def read(path):
    return pathlib.Path(path).read_text(encoding="utf-8")


# Raw strings first, since anything may stand in them.
_TOKEN = re.compile(r'R"(?P<tag>[^(\s]*)\(.*?\)(?P=tag)"|//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"'
                    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'", re.DOTALL)


def code_only(text, keep_strings=False):
    """C++ with comments, and strings unless kept, replaced by blanks: line numbers stay."""
    def blank(match):
        token = match.group(0)
        if keep_strings and not token.startswith("/"):
            return token
        return re.sub(r"[^\n]", " ", token)
    return _TOKEN.sub(blank, text)


def comments_only(text):
    """The other way round: everything but the comments is blank."""
    kept = []
    last = 0
    for match in _TOKEN.finditer(text):
        kept.append(re.sub(r"[^\n]", " ", text[last:match.start()]))
        token = match.group(0)
        kept.append(token if token.startswith("/") else re.sub(r"[^\n]", " ", token))
        last = match.end()
    kept.append(re.sub(r"[^\n]", " ", text[last:]))
    return "".join(kept)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def report(violations):
    """For a lint's main: prints them and returns the exit status."""
    for violation in violations:
        print(violation)
    return 1 if violations else 0
