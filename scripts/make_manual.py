#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the manual page and the completions of the command, all from its own help, so that they cannot tell another
story: emend.1, emend.bash and _emend (zsh).

usage: make_manual.py EMEND FOLDER
"""

import collections
import pathlib
import re
import subprocess
import sys

OPTION = re.compile(r"^  (-[^ ]+)(?: (\S+(?: [A-Z.]+)*))?(?: Excludes: (\S+))?\s*$")
HELP_COLUMN = 30  # of CLI11: a longer name has its help on the next line
SUBCOMMAND = re.compile(r"^  (\w+) {2,}(.*)$")

Option = collections.namedtuple("Option", "flags value help")
Help = collections.namedtuple("Help", "name about options subcommands footer")


def excluded(flag):
    return f"Not together with {flag}." if flag else ""


def help_of(emend, *words):
    text = subprocess.run([emend, *words, "--help"], capture_output=True, text=True, check=True).stdout
    about, rest = text.split("Usage:", 1)
    rest, footer = (rest.split("\nExamples:\n", 1) + [""])[:2]
    sections = dict(re.findall(r"^(\w+):\n((?:  .*\n?)+)", rest, re.MULTILINE))
    options = []
    for line in sections.get("Options", "").splitlines():
        named = line if line[HELP_COLUMN - 1:HELP_COLUMN] != " " else line[:HELP_COLUMN]
        found = OPTION.match(named)
        if found:
            about = line[len(named):].strip()
            options.append(Option(found.group(1).split(","), found.group(2) or "", about or excluded(found.group(3))))
        elif options:
            last = options.pop()
            options.append(last._replace(help=f"{last.help} {line.strip()}".strip()))
    names = [found.groups() for found in map(SUBCOMMAND.match, sections.get("Subcommands", "").splitlines()) if found]
    subcommands = [help_of(emend, *words, name) for name, _ in names]
    return Help(" ".join(["emend", *words]), " ".join(about.split()), options, subcommands, footer)


def with_below(entry):
    yield entry
    for below in entry.subcommands:
        yield from with_below(below)


def roff(text):
    return text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")


def manual(top, version):
    lines = [f'.TH EMEND 1 "" "emend {version}"', ".SH NAME", f"emend \\- {roff('reads scanned documents and proofreads what it read')}",
             ".SH SYNOPSIS", ".B emend", "[\\fIOPTION\\fR...] \\fIFILE\\fR...", ".br"]
    for entry in list(with_below(top))[1:]:
        if not entry.subcommands:
            lines += [f".B {roff(entry.name)}", "[\\fIOPTION\\fR...]", ".br"]
    lines += [".SH DESCRIPTION", roff(top.about)]
    for entry in with_below(top):
        lines += [".SH OPTIONS" if entry is top else f'.SH "{roff(entry.name.upper())}"']
        lines += [] if entry is top else [roff(entry.about)]
        for option in entry.options:
            value = f" \\fI{roff(option.value)}\\fR" if option.value else ""
            lines += [".TP", ", ".join(f"\\fB{roff(flag)}\\fR" for flag in option.flags) + value, roff(option.help)]
    examples, _, status = top.footer.partition("\n\n")
    lines += [".SH EXAMPLES", ".nf", roff(examples), ".fi"]
    lines += [".SH EXIT STATUS", roff(" ".join(status.replace("Exit status: ", "").split()))]
    return "\n".join(lines) + "\n"


def words_of(entry):
    flags = [flag for option in entry.options for flag in option.flags]
    return flags, [below.name.split()[-1] for below in entry.subcommands]


def bash(top):
    cases = []
    for entry in sorted(with_below(top), key=lambda each: -len(each.name)):
        flags, names = words_of(entry)
        cases.append(f'    "{entry.name} "*) flags="{" ".join(flags)}" names="{" ".join(names)}" ;;')
    known = " ".join(sorted({entry.name.split()[-1] for entry in with_below(top)} - {"emend"}))
    return "\n".join([
        "# bash completion of emend; made from its help", "_emend() {",
        "  local current=${COMP_WORDS[COMP_CWORD]} path='emend ' word flags names",
        '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
        f'    [[ " {known} " == *" $word "* ]] && path+="$word "', "  done", '  case $path in', *cases, "  esac",
        '  if [[ $current == -* ]]; then', '    mapfile -t COMPREPLY < <(compgen -W "$flags" -- "$current")',
        "  else", '    mapfile -t COMPREPLY < <(compgen -W "$names" -- "$current"; compgen -f -- "$current")', "  fi", "}",
        "complete -o filenames -F _emend emend", ""])


def zsh(top):
    def spec(option):
        text = re.sub(r"[\[\]:'\\]", "", option.help)[:60]
        action = f":{re.sub('[^A-Za-z]', '', option.value) or 'value'}:_files" if option.value else ""
        return [f"'{flag}[{text}]{action}'" for flag in option.flags]
    lines = ["#compdef emend", "# zsh completion of emend; made from its help", "_emend() {", "  case ${words[2]} in"]
    for entry in top.subcommands:
        specs = [each for below in with_below(entry) for option in below.options for each in spec(option)]
        lines.append(f"    {entry.name.split()[-1]}) _arguments {' '.join(dict.fromkeys(specs))} '*:file:_files' ;;")
    names = " ".join(words_of(top)[1])
    specs = " ".join(each for option in top.options for each in spec(option))
    lines += [f"    *) _arguments {specs} '1:command or file:_alternative \"commands:command:({names})\" \"files:file:_files\"' '*:file:_files' ;;",
              "  esac", "}", '_emend "$@"', ""]
    return "\n".join(lines)


def main():
    emend, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    version = subprocess.run([emend, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    top = help_of(emend)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "emend.1").write_text(manual(top, version), encoding="utf-8")
    (folder / "emend.bash").write_text(bash(top), encoding="utf-8")
    (folder / "_emend").write_text(zsh(top), encoding="utf-8")


if __name__ == "__main__":
    main()
