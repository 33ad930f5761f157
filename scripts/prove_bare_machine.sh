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
# shellcheck source=scripts/bare_root.sh
source scripts/bare_root.sh

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
need_bare_root "$root"

make_home() {
  if [[ $as == user ]]; then
    chroot "$root" useradd --create-home --shell /bin/bash newcomer
    echo 'newcomer ALL=(ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/newcomer"
    home=/home/newcomer
    login=newcomer
  else
    home=/root
    login=root
  fi
  git clone --quiet --no-local . "$root$home/emend"
  chroot "$root" chown -R "$login:" "$home/emend"
}

prove() {
  local started=$SECONDS status=0
  echo "---- $1   (as $as)"
  in_bare_root "$root" "$login" "cd $home/emend && $1" || status=$?
  echo "---- $1: status $status, $((SECONDS - started)) s"
  return "$status"
}

echo "---- making a bare Debian in $root"
# With git and certificates: what a newcomer has who could clone.
include=git,ca-certificates
if [[ $as == user ]]; then include+=,sudo; fi
make_bare_root "$root" "$include"
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
