#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Accuracy of emend beside plain tesseract, as the Markdown tables of docs/accuracy.md:
#   bench/accuracy.sh DOCUMENTS_DIR [--sample N]      (bench/accuracy.py says what else it takes)
# Ends with status 1 when correction broke, lost or invented a number.
set -euo pipefail
exec /usr/bin/python3 -B "$(dirname "${BASH_SOURCE[0]}")/accuracy.py" "$@"
