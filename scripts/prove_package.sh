#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Proves that the Debian package works where nothing else is: makes it from a build tree, makes a bare Debian 12 with
# debootstrap, installs the package there with what it depends on, runs command, Python package and model host as an
# ordinary user without any network, compares with what the build tree prints, and removes the package. After that no
# file of it may be left, and with its dependencies everything is as it was before.
#
#   scripts/prove_package.sh [--build DIRECTORY] [--package FILE] [DIRECTORY]
#
# --build      the build tree, by default build/release; the package is made from it, and results are compared with its own
# --package    a package that is made already
# DIRECTORY    where the root goes, by default below /var/tmp; an existing one is begun afresh. It stays for a look.
#
# Needs root, debootstrap, 2 GB of disk and this machine's access to Debian.
set -euo pipefail
shopt -s nullglob
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/bare_root.sh
source scripts/bare_root.sh

build=build/release
package=
root=/var/tmp/emend-bare-package
while (($# > 0)); do
  case $1 in
    --build) build=$2 && shift 2 ;;
    --package) package=$2 && shift 2 ;;
    -*) sed -n '3,14s/^# \{0,1\}//p' "$0" && exit 2 ;;
    *) root=$1 && shift ;;
  esac
done
need_bare_root "$root"
build=$(realpath "$build")
readonly command=$build/bin/emend examples=examples

step() { printf -- '---- %s\n' "$*"; }
die() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

as_root() { in_bare_root "$root" root "export DEBIAN_FRONTEND=noninteractive; $1"; }
as_user() { in_bare_root "$root" visitor --offline "$1"; }

make_package() {
  local made
  if [[ -n $package ]]; then return; fi
  rm -rf "$root.package"
  mkdir -p "$root.package"
  (cd "$root.package" && cpack --config "$build/CPackConfig.cmake" -G DEB >cpack.log) ||
    { tail "$root.package/cpack.log" && die "cpack failed"; }
  made=("$root.package"/emend_*.deb)
  package=${made[0]}
}

# What lies in the root, but for the records of dpkg and apt, the user's home, and what comes and goes.
files() { (cd "$root" && find etc opt usr var srv -xdev ! -path 'var/lib/apt/*' ! -path 'var/lib/dpkg/*' ! -path 'var/cache/*' ! -path 'var/log/*' | sort); }

# Files of the root that show the difference between working and not working.
bring_examples() {
  local home=$root/home/visitor
  cp "$examples/invoice.png" "$examples/three_pages.pdf" "$home/"
  "$build/tests/make_tiny_model" "$home/tiny.gguf" tests/python/tutorial/orders.txt
  cat >"$home/check.py" <<'END'
import emend

engine = emend.OcrEngine()
engine.load_document("three_pages.pdf")
raw = engine.recognize()
assert raw.count("\f") == 2, raw
with emend.AI(emend.AIModelConfig(directory_model_path="tiny.gguf", gpu_layers=20)) as ai:
    ai.set_post_processor("llm_correction", lambda: {"prompt": "Keep numbers intact"})
    assert ai.run_postprocessor("Invoic # 12345 \n Total: $1O0.00") == "Invoice # 12345\nTotal: $100.00"
    assert ai.run_postprocessor(raw).count("\f") == 2
    report = ai.free_resources()
    assert report.was_loaded and report.host_ended and report.host_bytes_after == 0, report
emend.read("invoice.png").save("saved.pdf")
END
  chroot "$root" chown -R visitor: /home/visitor
}

# run NAME COMMAND: as the user, its output in a file here.
run() {
  as_user "$2" >"$root.$1" 2>"$root.$1.err" || { cat "$root.$1.err" && die "$2"; }
  echo "     $2"
}

use_it() {
  run version 'emend --version'
  run text 'emend invoice.png'
  HF_HUB_OFFLINE=1 "$command" "$examples/invoice.png" 2>/dev/null | cmp - "$root.text" || die "another text than that of $command"
  run correct "printf 'Invoic # 12345 \nTotal: \$1O0.00\n' | emend correct"
  [[ $(<"$root.correct") == $'Invoice # 12345\nTotal: $100.00' ]] || die "emend correct: $(<"$root.correct")"
  run formats 'emend --format txt,json,hocr,alto,docx,xlsx,pdf three_pages.pdf -o results && ls results'
  run model 'emend --model ./tiny.gguf three_pages.pdf'
  run doctor 'emend doctor'
  run python 'python3 check.py'
  run completion 'bash -c "source /usr/share/bash-completion/completions/emend && complete -p emend"'
  grep -q _emend "$root.completion" || die "no completion for bash"
  [[ -s $root/usr/share/man/man1/emend.1.gz || -s $root/usr/share/man/man1/emend.1 ]] || die "no manual page"
  # Root's Python writes its own files beside the package.
  as_root "cd / && python3 -c 'import emend' && test -d /usr/lib/python3/dist-packages/emend/__pycache__" || die "import emend as root"
}

remove_it() {
  local left
  as_root 'apt-get -qq purge emend >/dev/null 2>&1'
  left=$(files | grep -i emend || true)
  [[ -z $left ]] || die "left behind:"$'\n'"$left"
  ! chroot "$root" dpkg-query -W emend 2>/dev/null || die "dpkg still knows emend"
  as_root 'apt-get -qq purge python3 >/dev/null 2>&1; apt-get -qq autoremove --purge >/dev/null 2>&1'
  files >"$root.after"
  left=$(comm -13 "$root.before" "$root.after" || true)
  [[ -z $left ]] || die "with its dependencies gone there is still:"$'\n'"$left"
}

step "making the package"
make_package
step "$(basename "$package"): $(($(stat -c %s "$package") / 1024)) KiB, $(dpkg-deb --field "$package" Installed-Size) KiB installed"
step "making a bare Debian in $root"
make_bare_root "$root" ca-certificates
chroot "$root" useradd --create-home --shell /bin/bash visitor
as_root 'apt-get -qq update && command -v tesseract python3' && die "the root is not bare"
files >"$root.before"
step "installing: packages before $(chroot "$root" dpkg-query -W -f x | wc -c)"
cp "$package" "$root/root/emend.deb"
as_root 'apt-get -qq install --no-install-recommends /root/emend.deb python3 >/root/install.log 2>&1 || { tail /root/install.log; exit 1; }'
as_root 'dpkg --verify emend' || die "dpkg --verify"
step "running, without a network, as a user; packages now $(chroot "$root" dpkg-query -W -f x | wc -c)"
bring_examples
use_it
step "removing"
remove_it
step "installed, ran, removed: nothing is left"
