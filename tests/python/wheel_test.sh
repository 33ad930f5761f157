#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The wheel, made from the build tree and installed where nothing else is, runs the tutorial. No network.
# wheel_test.sh, with SOURCE, PYTHON, WORK and EMEND_BUILD_DIR set, and what tests/python/emend_package.py wants.
set -euo pipefail
shopt -s nullglob

unset PYTHONPATH EMEND_LIBEXEC_DIR EMEND_DATA_DIR LD_LIBRARY_PATH
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INDEX=1 PIP_ROOT_USER_ACTION=ignore
rm -rf "$WORK"
mkdir -p "$WORK/wheel" "$WORK/elsewhere"

"$PYTHON" -m pip wheel --quiet --no-build-isolation --no-deps --wheel-dir "$WORK/wheel" "$SOURCE"
wheels=("$WORK"/wheel/emend-*.whl)
((${#wheels[@]} == 1))
"$PYTHON" -m venv "$WORK/venv"
"$WORK/venv/bin/pip" install --quiet "${wheels[0]}"

# Nothing of the build tree is used: neither by name nor by a search path.
package=$("$WORK/venv/bin/python" -c 'import emend, os; print(os.path.dirname(emend.__file__))')
case $package in "$WORK"/venv/*) ;; *) echo "another emend was found: $package" >&2; exit 1 ;; esac
if grep -rlF --exclude-dir=__pycache__ "$EMEND_BUILD_DIR" "$package"; then
  echo "these hold the path of the build tree" >&2
  exit 1
fi

cd "$WORK/elsewhere"
"$WORK/venv/bin/python" -B "$SOURCE/tests/python/tutorial_test.py" Script Promises
"$WORK/venv/bin/pip" uninstall --quiet --yes emend
[[ ! -e $package ]] || { echo "left behind by pip uninstall:" >&2; find "$package" >&2; exit 1; }
