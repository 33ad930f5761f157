#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# train_reader.sh RUN_DIR [--lines TEXT_DIR] [OPTIONS of training/reader/train.py]: renders crops, trains the reader, exports it.
#
# Without --lines the numeric reader (--shape numeric). With it the reader of all text, from the
# texts of training/text/prepare.py (TEXT_DIR/train); add --shape text. The fonts and PyTorch are in
# training/reader/packages.txt. SHARDS and WORKERS (environment) say how many crops are rendered,
# 4096 a shard, and by how many processes. On a machine with a GPU:
#   SHARDS=1000 WORKERS=15 train_reader.sh RUN_DIR --lines build/training/text --shape text --pixels 65536 --crops 20000000
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
readonly root
run=${1:?usage: train_reader.sh RUN_DIR [--lines TEXT_DIR] [OPTIONS]}
shift
lines=()
if [[ ${1:-} == --lines ]]; then
  lines=(--lines "$2/train" --longest 1600)
  shift 2
fi
python=${PYTHON:-/usr/bin/python3}
shards=${SHARDS:-80}
render=("$python" "$root/training/reader/render.py")

mkdir -p "$run"
"${render[@]}" "$run/held_out" --shards 1 --seed "held out" "${lines[@]}"
# Renders beside the training, which waits for a shard that is not there yet.
"${render[@]}" "$run/shards" --shards "$shards" --workers "${WORKERS:-1}" "${lines[@]}" > "$run/render.log" 2>&1 &
renderer=$!
trap 'kill "$renderer" 2>/dev/null || true' EXIT
"$python" "$root/training/reader/train.py" --shards "$run/shards" --count "$shards" --held-out "$run/held_out" --run "$run" "$@"
"$python" "$root/training/reader/export.py" "$run/checkpoint.pt" "$run/reader.gguf" --reference "$run/reference.json"
