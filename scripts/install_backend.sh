#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fetches a prebuilt GPU backend of ggml for emend's model host:  install_backend.sh vulkan|cuda|cuda12 [FOLDER]
#
#   vulkan  any GPU with a Vulkan driver (24 MB to fetch)
#   cuda    NVIDIA, with the libraries of CUDA 13 installed (143 MB)
#   cuda12  NVIDIA, with the libraries of CUDA 12 installed (177 MB)
#
# FOLDER is where the model host looks: by default $EMEND_BACKENDS_DIR, else $XDG_DATA_HOME/emend/backends, else
# ~/.local/share/emend/backends. The backends are those of the npm packages of the same llama.cpp release that emend is built
# with, and are checked against the SHA-512 recorded here. emend doctor shows the devices that were found.
set -euo pipefail

readonly kGgml=0.25.1 # the version of ggml that these are for; the model host looks in a folder of that name
readonly kRelease=3.22.1

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# Sets package, member (the library in it) and sha512.
choose() {
  case $1 in
    vulkan)
      package=linux-x64-vulkan
      member=package/bins/linux-x64-vulkan/libggml-vulkan.so
      sha512=6c1c6a53e24e701bb59dbe508f6cdc31c8be241c93d44f046a31ef62877235f5483e41215e1fbf1ccc11d7f053ef13f4f182b4864b3e90cf1f825111d0ff0912
      ;;
    cuda)
      package=linux-x64-cuda
      member=package/bins/linux-x64-cuda/libggml-cuda.so
      sha512=f2b4028f234d2d9254162b7e6298f0942e21c242a038c224076c2ec9c2817fc354d8edf248a6e259943c6b0f64bb69d44d78d29d422b13a281f3c8ad76e4c1b8
      ;;
    cuda12)
      package=linux-x64-cuda-ext
      member=package/bins/linux-x64-cuda/fallback/libggml-cuda.so
      sha512=e1ee5a8e488cd9a476580741fcdfc00a4e30784847bce008af3c593ec217d310c55b9fba8614a1bb2d7fbecf3c48af4d19d800728f48c84dbc7984b41f579fa4
      ;;
    *) fail "There is no backend \"$1\": choose vulkan, cuda or cuda12." ;;
  esac
}

default_folder() {
  if [[ -n ${EMEND_BACKENDS_DIR:-} ]]; then
    echo "$EMEND_BACKENDS_DIR"
  elif [[ ${XDG_DATA_HOME:-} == /* ]]; then
    echo "$XDG_DATA_HOME/emend/backends"
  else
    echo "${HOME:?is not set; name the folder}/.local/share/emend/backends"
  fi
}

fetch() {
  local url=https://registry.npmjs.org/@node-llama-cpp/$package/-/$package-$kRelease.tgz
  if command -v npm >/dev/null; then
    (cd "$work" && npm pack --silent --no-update-notifier "@node-llama-cpp/$package@$kRelease" >/dev/null &&
      mv -- *.tgz package.tgz)
  elif command -v curl >/dev/null; then
    curl --fail --silent --show-error --location --retry 3 --output "$work/package.tgz" "$url"
  else
    fail "Neither npm nor curl is installed; one of them is needed to fetch $url"
  fi
}

if (($# < 1 || $# > 2)); then fail "usage: install_backend.sh vulkan|cuda|cuda12 [FOLDER]"; fi
if [[ $(uname -sm) != "Linux x86_64" ]]; then
  fail "Prebuilt backends are for Linux on x86-64. Elsewhere, build llama.cpp with -DGGML_VULKAN=ON or -DGGML_CUDA=ON."
fi
choose "$1"
folder=${2:-$(default_folder)}/$kGgml
library=$folder/$(basename "$member")
mkdir -p "$folder"
# Beside the place where it ends up, so that the last step is a rename.
work=$(mktemp -d "$folder/.fetch-XXXXXX")
trap 'rm -rf "$work"' EXIT

printf 'Fetching the %s backend ...\n' "$1" >&2
fetch || fail "It could not be fetched. Is there a network, or does a proxy have to be set (HTTPS_PROXY)?"
sha512sum --quiet -c - <<<"$sha512  $work/package.tgz" ||
  fail "What was fetched is not the package that emend knows; nothing was installed."
tar -xzf "$work/package.tgz" -C "$work" "$member"
mv -f "$work/$member" "$library"
printf 'Installed %s\n' "$library" >&2
ldd "$library" 2>/dev/null | awk '/not found/ && !/libggml-base/ { print "It still needs " $1 ", which is not installed." }' >&2
