#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Sets the machine up (scripts/setup.sh), builds emend and runs every test:  ./test.sh [PRESET]
# PRESET is one of CMakePresets.json, by default release, which tests what users run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=scripts/steps.sh
source scripts/steps.sh

preset=${1:-release}
scripts/setup.sh tests
configure_and_build "$preset"
say "==> Testing emend ($preset)"
exec ctest --preset "$preset" --parallel "$(count_jobs)"
