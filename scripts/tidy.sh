#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# clang-tidy and clang-format over our sources:  scripts/tidy.sh [FILE...]
# Without FILE: everything. Needs a configured build/dev (cmake --preset dev) and the Debian packages clang-tidy-16 and
# clang-format. (clang-tidy 14, Debian's default, cannot read <ranges> of g++ 12.)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly kBuild=build/dev
for tool in clang-tidy-16 clang-format; do
  if ! command -v "$tool" >/dev/null; then
    echo "$tool is missing: apt-get install clang-tidy-16 clang-format" >&2
    exit 2
  fi
done
if [[ ! -f $kBuild/compile_commands.json ]]; then
  echo "$kBuild is not configured: cmake --preset dev" >&2
  exit 2
fi

if (($# > 0)); then
  files=("$@")
else
  mapfile -t files < <(git ls-files 'include/*.h' 'src/*.h' 'src/*.cpp' 'apps/*.h' 'apps/*.cpp' 'examples/*.cpp' \
    'training/*.h' 'training/*.cpp' 'tests/*.h' 'tests/*.cpp' 'bench/*.h' 'bench/*.cpp')
fi

status=0
clang-format --dry-run -Werror "${files[@]}" || status=1

# Headers are read with the sources that include them. What the tests do with macros of GoogleTest is theirs.
for file in "${files[@]}"; do
  if [[ $file == *.cpp && $file != tests/* ]]; then printf '%s\0' "$file"; fi
done | xargs --null --max-args=1 --max-procs="$(nproc)" --no-run-if-empty \
  clang-tidy-16 -p "$kBuild" --quiet --extra-arg-before=-Wno-unknown-warning-option 2> >(grep -v "warnings.* generated" >&2) ||
  status=1
exit "$status"
