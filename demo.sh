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

emend=build/release/bin/emend
status=0
for file in "${files[@]}"; do
  say "==> $emend --show diff $file"
  "$emend" --show diff "$file" || status=$?
done
exit "$status"
