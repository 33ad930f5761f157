#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# train_ngram.sh CORPUS_DIR [OUTPUT_DIR]: makes models/embedded.ngram and the word lists from text.
#
# CORPUS_DIR holds gutenberg/, nltk-public-domain/ and word-frequencies/ (models/README.md says
# where they come from). Takes a minute or two; the same text gives the same bytes.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
readonly root
readonly order=7 min_gain=25
corpus=${1:?usage: train_ngram.sh CORPUS_DIR [OUTPUT_DIR]}
output=${2:-$root/models}
python=${PYTHON:-/usr/bin/python3}
text=$root/build/training/text

if [[ ! -f $root/build/release/build.ninja ]]; then
  (cd "$root" && cmake --preset release)
fi
cmake --build "$root/build/release" --target train_ngram score_model
"$python" "$root/training/text/prepare.py" "$corpus" "$text"
"$root/build/release/bin/train_ngram" --order $order --min-gain $min_gain -o "$output/embedded.ngram" "$text"/train/*.txt
"$root/build/release/bin/score_model" "$output/embedded.ngram" bits "$text"/held_out/*.txt
"$python" "$root/training/lexicon/make_lexicon.py" "$corpus" "$output"
