#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Sets the machine up (scripts/setup.sh), builds emend and lets it read and proofread a scanned page:
#   ./demo.sh [FILE...]
# Without FILE it takes examples/invoice.png. A second run starts at once.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
files=()
for file in "$@"; do files+=("$(realpath --no-symlinks "$file")"); done
cd "$here"
# shellcheck source=scripts/steps.sh
source scripts/steps.sh

if ((${#files[@]} == 0)); then files=(examples/invoice.png); fi
scripts/setup.sh
configure_and_build release programs

status=0
for file in "${files[@]}"; do
  say "==> emend --show raw,diff $file"
  # What was recognised and what was changed come on standard error, the proofread text on standard output.
  text=$(build/release/bin/emend --show raw,diff "$file") || status=$?
  say $'\nproofread:'
  printf '%s\n' "$text"
done
exit "$status"
