#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes a Debian 12 machine ready to build emend: installs the packages that are missing and, where no llama.cpp is
# installed, builds the pinned one into build/deps/llama. What is there already is left alone, so a second run does
# nothing and takes a moment. demo.sh and test.sh call it first. Asks no questions.
#
#   scripts/setup.sh [tests]
#
# With "tests" there is also a software GPU to test on: Mesa's Vulkan device and ggml's Vulkan backend, the latter in
# build/deps/backends. Where they cannot be had that is said, and the tests that need them are skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/steps.sh
source scripts/steps.sh

readonly kLogs=build/logs
readonly kLlama=build/deps/llama
readonly kBackends=build/deps/backends
readonly kGpuPackages=(libvulkan1 mesa-vulkan-drivers)
readonly kLlamaPackage=node-llama-cpp@3.22.1 # llama.cpp 0.5.0, ggml 0.25.1
readonly kLlamaSha512=6e5b488a9b9699cd76dc7eed30880318a4ac4ab866865418795502e3c5d38d55bb5c624988927209d95333343f2e25a83e4183a5c2f816f883a60c3ba9f4e20f

# Runs a command as root: directly, or by sudo.
as_root() {
  if ((EUID == 0)); then
    env DEBIAN_FRONTEND=noninteractive "$@"
  else
    sudo -n env DEBIAN_FRONTEND=noninteractive "$@"
  fi
}

# Fails with a way out where neither root nor sudo is at hand. With a terminal, sudo may ask for the password here, once.
need_root_for() {
  if ((EUID == 0)); then return; fi
  if command -v sudo >/dev/null; then
    if sudo -n true 2>/dev/null || { [[ -t 0 ]] && sudo -v; }; then return; fi
  fi
  say "These Debian packages are missing, and installing them needs root or sudo:"
  say "  $*"
  say "What to do: as root, run   apt-get update && apt-get install --no-install-recommends $*"
  say "and then start this command again."
  exit 1
}

install_packages() {
  need_root_for "$@"
  step "Looking up Debian packages" "$kLogs/apt-update.log" \
    "check the network and the sources of apt (/etc/apt), then start this command again." \
    as_root apt-get update
  step "Installing $# Debian packages: $*" "$kLogs/apt-install.log" \
    "read the log; often another apt is running, or 'apt-get --fix-broken install' is due. Then start this command again." \
    as_root apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"
}

# Sets `missing` to those of the packages named that dpkg does not have.
find_missing() {
  local installed package
  installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
  missing=()
  for package in "$@"; do
    if [[ $'\n'$installed$'\n' != *$'\n'"$package installed"$'\n'* ]]; then missing+=("$package"); fi
  done
}

set_up_packages() {
  local packages missing
  mapfile -t packages < <(sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' scripts/packages.txt)
  if ! command -v dpkg-query >/dev/null; then
    say "This is no Debian system. Building goes on with what is installed; scripts/packages.txt lists what is needed."
    return
  fi
  find_missing "${packages[@]}"
  if ((${#missing[@]} > 0)); then install_packages "${missing[@]}"; fi
}

# Asks CMake, as the build will, whether a llama.cpp is installed. Its answer is kept as long as the place named in it and
# CMAKE_PREFIX_PATH stay: asking takes longer than a second run may.
llama_is_installed() {
  local probe=build/deps/probe known='' place=''
  if [[ -f $probe/found ]]; then
    { read -r known && read -r place; } <"$probe/found" || true
    if [[ $known == "${CMAKE_PREFIX_PATH:-none}" && -f $place/llama-config.cmake ]]; then return 0; fi
  fi
  rm -rf "$probe"
  mkdir -p "$probe"
  cat >"$probe/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.25)
project(probe CXX)
find_package(llama 0.5 CONFIG REQUIRED)
file(WRITE ${CMAKE_BINARY_DIR}/place "${llama_DIR}\n")
END
  if ! cmake -S "$probe" -B "$probe/b" -G Ninja >"$probe/log" 2>&1; then return 1; fi
  place=$(cat "$probe/b/place")
  printf '%s\n%s\n' "${CMAKE_PREFIX_PATH:-none}" "$place" >"$probe/found"
  say "llama.cpp: using the installed one in $place"
}

set_up_npm() {
  local missing
  if command -v npm >/dev/null; then return; fi
  if ! command -v dpkg-query >/dev/null; then
    say "npm is missing; it fetches the source of llama.cpp. What to do: install Node.js with npm, or llama.cpp itself."
    exit 1
  fi
  find_missing npm
  install_packages "${missing[@]}"
}

fetch_llama() {
  local archive=$1
  if [[ -f $archive ]] && sha512sum --quiet -c - <<<"$kLlamaSha512  $archive" 2>/dev/null; then return; fi
  (cd "$(dirname "$archive")" && npm pack --silent --no-update-notifier "$kLlamaPackage")
  sha512sum -c - <<<"$kLlamaSha512  $archive"
}

unpack_llama() {
  local archive=$1 work=$2
  rm -rf "$work/source" "$work/package"
  tar -xzf "$archive" -C "$work" package/llama/gitRelease.bundle
  git -c advice.detachedHead=false clone --quiet "$work/package/llama/gitRelease.bundle" "$work/source"
}

# A library for programs of this machine only (GGML_NATIVE is on): no tools, no server, no web page, no network.
configure_llama() {
  local work=$1
  rm -rf "$work/b"
  # The libraries are installed with emend: they are not to hold where they were built.
  local flags="\"-ffile-prefix-map=$PWD=.\""
  # shellcheck disable=SC2016 # $ORIGIN is for the run-time linker
  cmake -S "$work/source" -B "$work/b" -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=ON \
    "-DCMAKE_C_FLAGS=$flags" "-DCMAKE_CXX_FLAGS=$flags" \
    -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_TOOLS=OFF -DLLAMA_BUILD_SERVER=OFF \
    -DLLAMA_BUILD_COMMON=OFF -DLLAMA_BUILD_APP=OFF -DLLAMA_BUILD_UI=OFF -DLLAMA_USE_PREBUILT_UI=OFF \
    -DLLAMA_BUILD_IS_DEV=OFF -DGGML_CCACHE=OFF '-DCMAKE_INSTALL_RPATH=$ORIGIN' -DCMAKE_INSTALL_LIBDIR=lib \
    -DCMAKE_INSTALL_PREFIX="$PWD/$kLlama"
}

# The new tree gets its name only when it is whole, so an interrupted build leaves nothing that looks finished.
install_llama() {
  local work=$1
  rm -rf "$work/installed" "$kLlama"
  cmake --install "$work/b" --prefix "$work/installed"
  cp "$work/source/LICENSE" "$work/installed/LICENSE"
  echo "$kLlamaSha512" >"$work/installed/emend-stamp"
  mv "$work/installed" "$kLlama"
}

set_up_llama() {
  local work=build/deps/work
  local archive=$work/node-llama-cpp-3.22.1.tgz
  if [[ -f $kLlama/emend-stamp && $(<"$kLlama/emend-stamp") == "$kLlamaSha512" ]]; then return; fi
  if llama_is_installed; then return; fi
  set_up_npm
  mkdir -p "$work"
  step "Fetching the source of llama.cpp ($kLlamaPackage, 36 MB)" "$kLogs/llama-fetch.log" \
    "check that 'npm ping' works (a proxy is set by 'npm config set proxy ...'); where npm cannot be had, install llama.cpp 0.5 or newer and set CMAKE_PREFIX_PATH to its prefix." \
    fetch_llama "$archive"
  step "Unpacking llama.cpp" "$kLogs/llama-unpack.log" "check that 200 MB of disk are free." \
    unpack_llama "$archive" "$work"
  step "Configuring llama.cpp" "$kLogs/llama-configure.log" "read the log; the compiler or CMake is not as expected." \
    configure_llama "$work"
  step "Building llama.cpp (some minutes, $jobs at a time)" "$kLogs/llama-build.log" \
    "start this command again; if the compiler was killed, memory ran short: close other programs first." \
    cmake --build "$work/b" --parallel "$jobs"
  step "Installing llama.cpp into $kLlama" "$kLogs/llama-install.log" "check that the disk is not full." \
    install_llama "$work"
  rm -rf "$work"
}

# The folder in it is named by the version of ggml; another one is another build of llama.cpp.
has_gpu_backend() {
  compgen -G "$kBackends/*/libggml-vulkan.so" >/dev/null
}

# A software device that Vulkan programs take for a GPU, so that layers on a GPU are tested where there is none.
set_up_test_gpu() {
  local missing
  if [[ $(uname -sm) != "Linux x86_64" ]]; then
    say "Prebuilt GPU backends are for Linux on x86-64 only."
    return 1
  fi
  if command -v dpkg-query >/dev/null; then
    find_missing "${kGpuPackages[@]}"
    if ((${#missing[@]} > 0)); then install_packages "${missing[@]}"; fi
  fi
  if has_gpu_backend; then return; fi
  if ! command -v npm >/dev/null && ! command -v curl >/dev/null; then set_up_npm; fi
  step "Fetching a Vulkan backend for tests (24 MB)" "$kLogs/backend-fetch.log" \
    "check that 'npm ping' works (a proxy is set by 'npm config set proxy ...')." \
    scripts/install_backend.sh vulkan "$kBackends"
}

if (($# > 1)) || [[ ${1:-tests} != tests ]]; then
  say "usage: scripts/setup.sh [tests]"
  exit 2
fi
mkdir -p build/deps
exec 9>build/deps/lock
if ! flock -n 9; then
  say "Another set-up is at work in this clone; waiting for it."
  flock 9
fi
jobs=$(count_jobs)
set_up_packages
set_up_llama
if [[ ${1:-} == tests ]]; then
  # In a shell of its own, since a failure inside ends it.
  (set_up_test_gpu) || say "There is no software GPU to test on, so the tests of layers on a GPU will be skipped."
fi
