#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# mypy is content with the package and with a program that uses it, and finds a mistake in one.
# types_test.sh, with SOURCE, PACKAGE and WORK set.
set -euo pipefail

if ! command -v mypy >/dev/null; then
  echo "mypy is not installed (Debian: mypy)" >&2
  exit 1
fi
mkdir -p "$WORK"
export MYPYPATH=$PACKAGE
# With the syntax and the library of the oldest Python that the package is for, unless told otherwise.
check() { mypy --strict --python-version "${VERSION:-3.9}" --cache-dir "$WORK/cache" "$@"; }

for VERSION in 3.9 3.11; do
  check -p emend
  check "$SOURCE/typed_program.py"
done
unset VERSION

cat >"$WORK/mistaken.py" <<'END'
import emend

text: str = emend.read("a.png").pages
emend.read("a.png").no_such_thing
END
if check "$WORK/mistaken.py" >"$WORK/found"; then
  echo "mypy saw no mistake in $WORK/mistaken.py" >&2
  exit 1
fi
grep -q 'mistaken.py:3.*List\[Page\]' "$WORK/found"
grep -q 'mistaken.py:4.*no_such_thing' "$WORK/found"

# Something that Python 3.9 does not have yet would be found in the package.
printf 'def f(x: int) -> None:\n    match x:\n        case 1:\n            pass\n' >"$WORK/modern.py"
check "$WORK/modern.py" >"$WORK/found" && exit 1
grep -q '3[.]10 and greater' "$WORK/found"
