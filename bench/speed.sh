#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Pages per second of emend beside N parallel tesseract processes and plain tesseract calls:
#   bench/speed.sh DOCUMENTS_DIR [--sample 20]        (bench/speed.py says what else it takes)
set -euo pipefail
exec /usr/bin/python3 -B "$(dirname "${BASH_SOURCE[0]}")/speed.py" "$@"
