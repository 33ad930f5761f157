# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# For setup.sh, demo.sh and test.sh: a long step with visible progress, a log, its time and, when it fails, a way out.

say() { printf '%s\n' "$*" >&2; }

# How many compilers at once: one a core, but no more than memory has room for at 1.5 GiB each.
count_jobs() {
  local cores available limit used kib_each=$((1536 * 1024))
  cores=$(nproc)
  available=$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo)
  limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || echo max)
  if [[ $limit =~ ^[0-9]+$ ]]; then
    used=$(cat /sys/fs/cgroup/memory.current)
    limit=$(((limit - used) / 1024))
    if ((limit < available)); then available=$limit; fi
  fi
  local jobs=$((available / kib_each))
  if ((jobs > cores)); then jobs=$cores; fi
  if ((jobs < 1)); then jobs=1; fi
  echo "$jobs"
}

# Copies standard input to the log $1. On a terminal the newest line is shown in place, elsewhere a sign of life is given
# now and then.
show_progress() {
  local log=$1 line='' status started=$SECONDS shown=$SECONDS
  local width=${COLUMNS:-$(tput cols 2>/dev/null || echo 80)}
  while true; do
    status=0
    IFS= read -r -t 5 line || status=$?
    if ((status > 128)); then
      printf '%s' "$line" >>"$log"
    elif ((status != 0)); then
      printf '%s' "$line" >>"$log"
      break
    else
      printf '%s\n' "$line" >>"$log"
    fi
    if [[ -t 2 ]]; then
      printf '\r\033[K  %4d s  %s' "$((SECONDS - started))" "${line:0:width - 12}" >&2
    elif ((SECONDS - shown >= 15)); then
      printf '  %4d s  %s\n' "$((SECONDS - started))" "$line" >&2
      shown=$SECONDS
    fi
  done
  if [[ -t 2 ]]; then printf '\r\033[K' >&2; fi
}

# step TITLE LOG HINT COMMAND...: runs the command with its output in LOG. When it fails, says what failed, shows the end
# of the log and the hint, and ends the script with the command's status.
step() {
  local title=$1 log=$2 hint=$3 started=$SECONDS status=0
  shift 3
  mkdir -p "$(dirname "$log")"
  : >"$log"
  say "==> $title"
  # In a shell of its own, so that the first failure inside a function ends the step; without the lock of setup.sh, which
  # something left running must not hold.
  set +e
  (
    set -e
    "$@"
  ) 2>&1 </dev/null 9>&- | show_progress "$log"
  status=${PIPESTATUS[0]}
  set -e
  if ((status == 0)); then
    say "    done in $((SECONDS - started)) s"
    return 0
  fi
  say "    FAILED after $((SECONDS - started)) s (status $status): $*"
  say "    The last lines of $log:"
  tail -n 15 "$log" | sed 's/^/      /' >&2
  say "    What to do: $hint"
  exit "$status"
}

# configure_and_build PRESET [TARGET...]: what is up to date is left alone, which takes a fraction of a second.
configure_and_build() {
  local preset=$1 jobs
  shift
  jobs=$(count_jobs)
  if [[ ! -f build/$preset/build.ninja ]]; then
    step "Configuring emend ($preset)" "build/logs/configure-$preset.log" \
      "read the log; when a library is not found, scripts/packages.txt says which package has it." \
      cmake --preset "$preset"
  fi
  if [[ $(ninja -C "build/$preset" -n "$@" 2>/dev/null) == *"no work to do"* ]]; then return; fi
  step "Building emend ($preset, $jobs at a time)" "build/logs/build-$preset.log" \
    "read the log; after a change of compiler or libraries remove build/$preset and start again." \
    cmake --build "build/$preset" --parallel "$jobs" ${1:+--target "$@"}
}
