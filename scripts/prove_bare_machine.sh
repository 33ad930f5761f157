#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Proves that a newcomer's first minutes work: makes a bare Debian 12 with debootstrap, clones this repository's HEAD into
# it and runs there, in a name space of its own, the two commands of the README: each twice, the second time to see that
# nothing is set up again.
#
#   scripts/prove_bare_machine.sh [--as root|user] [--stop-after setup|demo|all] [DIRECTORY]
#
# --as user    (default) an ordinary user who may use sudo; root: as root, without sudo
# DIRECTORY    where the root goes, by default below /var/tmp; an existing one is begun afresh. It stays for a look.
#
# Needs root, debootstrap, 4 GB of disk and this machine's access to Debian and npm: their addresses, certificates and
# proxies are taken over from here into the new root, and are written nowhere else.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

as=user
stop_after=all
root=/var/tmp/emend-bare-machine
while (($# > 0)); do
  case $1 in
    --as) as=$2 && shift 2 ;;
    --stop-after) stop_after=$2 && shift 2 ;;
    -*) sed -n '3,14s/^# \{0,1\}//p' "$0" && exit 2 ;;
    *) root=$1 && shift ;;
  esac
done
if ((EUID != 0)) || ! command -v debootstrap >/dev/null; then
  echo "This needs root and the package debootstrap." >&2
  exit 2
fi
if [[ -e $root && ! -f $root/.emend-bare-machine ]]; then
  echo "$root exists and is not a root that this script made; name another directory." >&2
  exit 2
fi

# A Debian as debootstrap leaves it, with git and certificates: what a newcomer has who could clone.
make_root() {
  local include=git,ca-certificates mirror
  if [[ $as == user ]]; then include+=,sudo; fi
  # shellcheck disable=SC2016 # apt-get's own format
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' | head -n 1)
  rm -rf --one-file-system "$root"
  mkdir -p "$root"
  touch "$root/.emend-bare-machine"
  debootstrap --variant=minbase --include="$include" bookworm "$root" "$mirror" >"$root.log" 2>&1 ||
    { tail "$root.log" && return 1; }
}

# How this machine reaches Debian and npm.
take_over_network() {
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

make_home() {
  if [[ $as == user ]]; then
    chroot "$root" useradd --create-home --shell /bin/bash newcomer
    echo 'newcomer ALL=(ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/newcomer"
    home=/home/newcomer
    login=(su --login newcomer)
  else
    home=/root
    login=(su --login root)
  fi
  git clone --quiet --no-local . "$root$home/emend"
  chroot "$root" chown -R "${login[2]}:" "$home/emend"
}

# in_root COMMAND: in the clone, by a login shell, with processes and mounts of its own that end with it.
in_root() {
  # shellcheck disable=SC2016 # expanded by the inner shell
  unshare --mount --pid --ipc --uts --fork --kill-child --mount-proc="$root/proc" bash -c '
    set -e
    mount --rbind /dev "$0/dev"
    mount -t tmpfs tmpfs "$0/tmp"
    mount -t sysfs -o ro sysfs "$0/sys" 2>/dev/null || true
    exec chroot "$0" "${@:2}" -c "cd $1 && $EMEND_COMMAND"' "$root" "$home/emend" "${login[@]}"
}

prove() {
  local started=$SECONDS status=0
  echo "---- $1   (as $as)"
  EMEND_COMMAND=$1 in_root || status=$?
  echo "---- $1: status $status, $((SECONDS - started)) s"
  return "$status"
}

echo "---- making a bare Debian in $root"
make_root
take_over_network
make_home
echo "---- packages in it: $(chroot "$root" dpkg-query -W -f 'x' | wc -c); compiler: $(chroot "$root" sh -c 'command -v g++ cmake npm || echo none')"
prove 'scripts/setup.sh'
prove 'time scripts/setup.sh'
if [[ $stop_after == setup ]]; then exit; fi
prove './demo.sh'
prove 'time ./demo.sh'
if [[ $stop_after == demo ]]; then exit; fi
prove './test.sh'
echo "---- everything passed"
