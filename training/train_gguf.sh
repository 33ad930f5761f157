#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# train_gguf.sh CORPUS_DIR RUN_DIR [OPTIONS of training/gguf/train.py]: a byte-level GGUF from text.
#
# Prepares the text, trains (the same command goes on from RUN_DIR's checkpoint), writes
# RUN_DIR/emend-bytes.gguf as Q8_0 and holds llama.cpp's scores against PyTorch's. Needs PyTorch
# (Debian: python3-torch, with libopenblas0-pthread; --bf16 only where the processor has it: without,
# it is 50 times slower) and a configured build/release. --until TIME ends at a time of day. On a GPU:
#   train_gguf.sh CORPUS_DIR RUN_DIR --shape 10m --batch 64 --seconds 1200 --bf16
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
readonly root
corpus=${1:?usage: train_gguf.sh CORPUS_DIR RUN_DIR [OPTIONS]}
run=${2:?usage: train_gguf.sh CORPUS_DIR RUN_DIR [OPTIONS]}
shift 2
python=${PYTHON:-/usr/bin/python3}
text=$root/build/training/text

if [[ ! -d $text/train ]]; then
  "$python" "$root/training/text/prepare.py" "$corpus" "$text"
fi
"$python" "$root/training/gguf/train.py" --text "$text" --run "$run" "$@"
"$python" "$root/training/gguf/export.py" "$run" "$run/emend-bytes.gguf" --reference "$run/reference.json"
cmake --build "$root/build/release" --target score_model emend-model-host
"$python" "$root/training/gguf/compare.py" "$root/build/release/bin/score_model" "$run/emend-bytes.gguf" "$run/reference.json"
