#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What somebody gets who installs emend: package_test.sh STEP, with SOURCE, BUILD, WORK, CMAKE, CXX and CXXFLAGS set.
set -euo pipefail
shopt -s nullglob

readonly prefix=$WORK/prefix moved=$WORK/elsewhere/tree
unset EMEND_LIBEXEC_DIR EMEND_DATA_DIR LD_LIBRARY_PATH

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Of all the libraries that a program or library loads, directly or not, those that match.
loads() { ldd "$1" | grep -E "$2" || true; }

must_load() {
  local file=$1 name
  shift
  for name in "$@"; do
    [[ -n $(loads "$file" "lib${name}[-.0-9]") ]] || die "$file should load lib$name and does not"
  done
}

must_not_load() {
  local file=$1 found
  found=$(loads "$file" "$2")
  [[ -z $found ]] || die "$file must not load:"$'\n'"$found"
}

install_it() {
  rm -rf "$WORK"
  mkdir -p "$WORK"
  "$CMAKE" --install "$BUILD" --prefix "$prefix" --strip
  for file in bin/emend libexec/emend/emend-page-worker libexec/emend/emend-model-host include/emend/run.h; do
    [[ -e $prefix/$file ]] || die "$file is not installed"
  done
}

# What bash would put in place of the last of these words.
completed() {
  # shellcheck disable=SC2034 # _emend reads it
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
  _emend
  printf '%s\n' "${COMPREPLY[@]}"
}

# The manual page and the completions are there, are understood by those who read them, and know every flag.
read_manual() {
  local page=$prefix/share/man/man1/emend.1 bash=$prefix/share/bash-completion/completions/emend
  local zsh=$prefix/share/zsh/vendor-completions/_emend flag
  [[ -z $(groff -man -ww -z "$page" 2>&1) ]] || die "groff has something to say about $page"
  zsh -n "$zsh"
  # shellcheck source=/dev/null
  source "$bash"
  cd "$prefix/include" # where no file begins like this
  [[ $(completed emend --lang) == --languages ]] || die "--lang is completed to: $(completed emend --lang)"
  [[ $(completed emend models pu) == pull ]] || die "models pu is completed to: $(completed emend models pu)"
  for flag in $("$prefix/bin/emend" --help | grep -oE -- '^  --?[a-z-]+' | tr -d ' '); do
    grep -qF -- "${flag//-/\\-}" "$page" || die "$flag is not in the manual page"
    grep -qF -- "$flag" "$bash" || die "$flag is not in the completion for bash"
    grep -qF -- "$flag" "$zsh" || die "$flag is not in the completion for zsh"
  done
}

# The Debian package holds what is installed and names what it needs. Whether it works on a bare Debian is for a person
# with debootstrap to see.
make_package() {
  local packages contents depends name
  rm -rf "$WORK/deb"
  (mkdir -p "$WORK/deb" && cd "$WORK/deb" && "${CMAKE%cmake}cpack" --config "$BUILD/CPackConfig.cmake" -G DEB)
  packages=("$WORK"/deb/emend_*.deb)
  ((${#packages[@]} == 1)) || die "there are ${#packages[@]} packages"
  contents=$(dpkg-deb --contents "${packages[0]}")
  for name in usr/bin/emend usr/libexec/emend/emend-page-worker usr/share/man/man1/emend.1 usr/share/emend/models/embedded.ngram; do
    [[ $contents == *"./$name"* ]] || die "the package lacks $name"
  done
  depends=$(dpkg-deb --field "${packages[0]}" Depends)
  for name in libtesseract5 libpoppler-cpp0v5 tesseract-ocr-eng; do
    [[ $depends == *"$name"* ]] || die "the package does not depend on $name: $depends"
  done
}

use_it() {
  rm -rf "$WORK/consumer"
  "$CMAKE" -S "$SOURCE/tests/package/consumer" -B "$WORK/consumer" -DCMAKE_PREFIX_PATH="$prefix" \
    -DCMAKE_CXX_COMPILER="$CXX" -DCMAKE_CXX_FLAGS="$CXXFLAGS"
  "$CMAKE" --build "$WORK/consumer"
  "$WORK/consumer/consumer"
}

# The block of a language that is fenced in a document, by its number from 1.
block() { awk -v fence='```'"$2" -v number="$3" '/^```$/ { on = 0 } on { print } $0 == fence { on = ++n == number }' "$1"; }

# The three lines of docs/cpp.md build the tutorial, and the programs of the documents do what they say.
run_examples() {
  local place=$WORK/examples
  rm -rf "$place"
  mkdir -p "$place/tutorial"
  cp "$SOURCE/examples/tutorial.cpp" "$place/tutorial"
  { printf 'cmake_minimum_required(VERSION 3.25)\nproject(outside LANGUAGES CXX)\n' && block "$SOURCE/docs/cpp.md" cmake 1; } \
    >"$place/tutorial/CMakeLists.txt"
  "$CMAKE" -S "$place/tutorial" -B "$place/tutorial/b" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_CXX_COMPILER="$CXX" \
    -DCMAKE_CXX_FLAGS="$CXXFLAGS"
  "$CMAKE" --build "$place/tutorial/b"
  "$place/tutorial/b/tutorial" "$place/none.png" "$place" && die "the tutorial read what is not there"
  cp "$SOURCE/examples/invoice.png" "$place/invoice.png"
  cp "$SOURCE/examples/three_pages.pdf" "$place/scan.pdf"
  cd "$place"
  run_programs docs/cpp.md 4
  grep -q 'externai -> external: applied' output_1 || die "example 1 shows no edit"
  run_programs README.md 1
  [[ $(<output_1) == *$'\f'*$'\f'* ]] || die "the example of README.md shows no three pages"
}

# run_programs DOCUMENT LEAST: each of its C++ programs, of which there are as many at least, into output_1, output_2, ...
run_programs() {
  local number=0
  while block "$SOURCE/$1" cpp $((++number)) >example.cpp && [[ -s example.cpp ]]; do
    # shellcheck disable=SC2086 # several flags
    "$CXX" -std=c++20 $CXXFLAGS -I"$prefix/include" example.cpp -o example -L"$prefix/lib" -lemend -Wl,-rpath,"$prefix/lib"
    ./example >"output_$number" || die "example $number of $1 failed"
  done
  ((number > $2)) || die "$1: only $((number - 1)) examples were found"
}

# Nothing that can crash, abort or hold a device lives in a program that links libemend; GPL poppler stays in the page
# worker.
inspect_it() {
  local foreign='lib(tesseract|lept|poppler|ggml|llama|cuda|vulkan|qpdf)' libraries=("$prefix"/lib*/libemend.so.* "$prefix"/lib/*/libemend.so.*)
  local worker=$prefix/libexec/emend/emend-page-worker host=$prefix/libexec/emend/emend-model-host file
  ((${#libraries[@]} > 0)) || die "libemend is not installed"
  must_not_load "${libraries[0]}" "$foreign"
  must_not_load "$prefix/bin/emend" "$foreign"
  must_load "$prefix/bin/emend" emend
  must_load "$worker" tesseract lept poppler ggml-cpu
  must_not_load "$worker" 'lib(llama|cuda|vulkan|emend)'
  must_load "$host" llama ggml
  must_not_load "$host" 'lib(tesseract|lept|poppler|emend|curl)'
  for file in "$prefix/bin/emend" "$worker" "$host" "${libraries[0]}"; do
    must_not_load "$file" 'not found'
  done
}

# Nothing in the installed tree points to where it was built, and it works where it was moved to.
move_it() {
  local found
  found=$(grep -rlF "$SOURCE" "$prefix" || true)
  [[ -z $found ]] || die "these hold the path of the source tree:"$'\n'"$found"
  rm -rf "$moved"
  mkdir -p "$(dirname "$moved")"
  mv "$prefix" "$moved"
  "$moved/bin/emend" --version
  "$moved/bin/emend" doctor
  local corrected
  # shellcheck disable=SC2016 # an amount, no variable
  corrected=$(printf 'Invoic # 12345 \nTotal: $1O0.00\n' | "$moved/bin/emend" correct)
  [[ $corrected == $'Invoice # 12345\nTotal: $100.00' ]] || die "emend correct gave: $corrected"
  "$moved/bin/emend" --model none "$SOURCE/examples/invoice.png" | grep -q . || die "nothing was read"
}

case $1 in
  install) install_it ;;
  consumer) use_it ;;
  examples) run_examples ;;
  manual) read_manual ;;
  deb) make_package ;;
  libraries) inspect_it ;;
  moved) move_it ;;
  *) die "unknown step $1" ;;
esac
