#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Shows that every rule of the guard is tested: takes each rule out in turn, builds the guard's tests
# with what is left, and expects one of them to fail. A rule is a statement of src/correct whose line
# ends in "// guard: NAME".
#
# usage: mutate_guard.sh BUILD    where BUILD is a build tree in which guard_test is built
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
build=${1:?usage: mutate_guard.sh BUILD}
build=$(cd "$build" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sources=(at_signs number_guard layout_repair second_reading two_readers judge verify)
tests=("$build"/tests/unit/correct/CMakeFiles/guard_test.dir/*.o)
library=$(find "$build/lib" -name 'libemend.so' -o -name 'libemend.a' | head -n 1)
[[ -f ${tests[0]} && -n $library ]] || {
  echo "mutate_guard.sh: build guard_test in $build first" >&2
  exit 2
}

# Prints a source without the statement that ends on the given line: from the "if" that opens it.
without_rule() { # FILE LINE
  awk -v last="$2" '
    { line[NR] = $0 }
    END {
      first = last
      while (first > 1 && line[first] !~ /^ *if \(/) first--
      for (n = 1; n <= NR; n++) if (n < first || n > last) print line[n]
    }' "$1"
}

# Builds the tests with one source replaced; the program's own copy stands before the library's.
link_tests() { # SOURCE PROGRAM
  "${CXX:-c++}" -std=c++20 -w -fPIC -I"$root/include" -I"$root/src" -c "$1" -o "$2.o" &&
    "${CXX:-c++}" "$2.o" "${tests[@]}" -o "$2" -L"$build/lib" -lemend -Wl,-rpath,"$build/lib" \
      -lgtest -lgtest_main -licuuc -lpthread
}

# One line of the table: whether a test failed without the rule.
try_without() { # NAME FILE LINE
  local id="$1.$3"
  mkdir -p "$work/$id"
  local source="$work/$id/$1.cpp" rule result
  rule=$(sed -n "$3s/.*\/\/ guard: //p" "$2")
  without_rule "$2" "$3" > "$source"
  if ! link_tests "$source" "$work/$id/test" 2> "$work/$id/errors"; then
    result="does not build"
  elif EMEND_DATA_DIR="$build/share/emend" timeout 60 "$work/$id/test" > "$work/$id/output" 2>&1; then
    result="SURVIVED"
  else
    result="caught by $(sed -n 's/^\[  FAILED  \] \([A-Za-z.]*\).*/\1/p' "$work/$id/output" | head -n 1)"
  fi
  printf '%-14s %-34s %s\n' "$1" "$rule" "$result" | tee "$work/$id.row"
}

# The unchanged sources pass, or nothing below means anything.
for name in "${sources[@]}"; do
  mkdir -p "$work/whole"
  link_tests "$root/src/correct/$name.cpp" "$work/whole/$name"
  EMEND_DATA_DIR="$build/share/emend" "$work/whole/$name" > "$work/whole/output" 2>&1 || {
    echo "mutate_guard.sh: the tests fail with the rules in place" >&2
    exit 2
  }
done

printf '%-14s %-34s %s\n' source "rule taken out" result
for name in "${sources[@]}"; do
  file="$root/src/correct/$name.cpp"
  while IFS=: read -r line _; do
    while (($(jobs -rp | wc -l) >= $(nproc))); do wait -n; done
    try_without "$name" "$file" "$line" &
  done < <(grep -n '// guard: ' "$file")
done
wait

rules=$(cat "$work"/*.row | wc -l)
missed=$(cat "$work"/*.row | grep -vc 'caught by ' || true)
echo "$rules rules, $missed of them not caught"
((rules > 0 && missed == 0))
