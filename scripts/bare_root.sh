# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# For prove_bare_machine.sh and prove_package.sh: a Debian 12 as debootstrap leaves it, in a directory, and commands in it.

# need_bare_root ROOT: ends the script unless a root can be made there.
need_bare_root() {
  if ((EUID != 0)) || ! command -v debootstrap >/dev/null; then
    echo "This needs root and the package debootstrap." >&2
    exit 2
  fi
  if [[ -e $1 && ! -f $1/.emend-bare-machine ]]; then
    echo "$1 exists and is not a root that this script made; name another directory." >&2
    exit 2
  fi
}

# make_bare_root ROOT PACKAGE,...: a new one, with these packages too, that reaches Debian and npm as this machine does.
make_bare_root() {
  local root=$1 include=$2 mirror
  # shellcheck disable=SC2016 # apt-get's own format
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' | head -n 1)
  rm -rf --one-file-system "$root"
  mkdir -p "$root"
  touch "$root/.emend-bare-machine"
  debootstrap --variant=minbase --include="$include" bookworm "$root" "$mirror" >"$root.log" 2>&1 ||
    { tail "$root.log" && return 1; }
  take_over_network "$root"
}

# How this machine reaches Debian and npm.
take_over_network() {
  local root=$1 name
  rm -rf "$root"/etc/apt/sources.list "$root"/etc/apt/sources.list.d
  cp -a /etc/apt/sources.list.d "$root/etc/apt/"
  if [[ -f /etc/apt/sources.list ]]; then cp -a /etc/apt/sources.list "$root/etc/apt/"; fi
  apt-config dump | grep '^Acquire::.*[^:] ' >"$root/etc/apt/apt.conf.d/90host" || true
  cp /etc/resolv.conf /etc/hosts "$root/etc/"
  cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
  {
    echo 'export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt'
    if command -v npm >/dev/null; then echo "export NPM_CONFIG_REGISTRY=$(npm config get registry)"; fi
    for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
      if [[ -n ${!name:-} ]]; then echo "export $name=${!name}"; fi
    done
  } >"$root/etc/profile.d/host.sh"
}

# in_bare_root ROOT USER [--offline] COMMAND: by a login shell, with processes and mounts of its own that end with it.
in_bare_root() {
  local root=$1 user=$2 apart=(--mount --pid --ipc --uts --fork --kill-child)
  shift 2
  if [[ $1 == --offline ]]; then apart+=(--net) && shift; fi
  # shellcheck disable=SC2016 # expanded by the inner shell
  unshare "${apart[@]}" --mount-proc="$root/proc" bash -c '
    set -e
    mount --rbind /dev "$0/dev"
    mount -t tmpfs tmpfs "$0/tmp"
    mount -t sysfs -o ro sysfs "$0/sys" 2>/dev/null || true
    exec chroot "$0" su --login "$1" -c "$2"' "$root" "$user" "$1"
}
