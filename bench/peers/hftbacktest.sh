#!/usr/bin/env bash
# Times hftbacktest 2.4.4 on SYNTH-1 on this machine, in fresh processes, and checks its results.
#
#   bench/peers/hftbacktest.sh [DIRECTORY]
#
# DIRECTORY keeps the virtual environment for the next time; without it a temporary one is made and
# removed. It must lie outside the repository.
# Settings: PYTHON (python3), ROWS (5000000), REPEATS (3, at least 3 make a median worth quoting).
# Exit: 0 measured, results as published · 2 called wrongly · 3 no usable Python (3.10 to 3.13)
#       4 the package cannot be installed or loaded · 5 a result is not as published
#       6 a run broke off
# Other load on the machine disturbs the figures; results do not depend on it.

set -u

PACKAGE="hftbacktest==2.4.4"
PYTHON="${PYTHON:-python3}"
ROWS="${ROWS:-5000000}"
REPEATS="${REPEATS:-3}"
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
REPOSITORY="$(cd "$HERE/../.." && pwd)"

fail() {
  echo "hftbacktest.sh: $2" >&2
  exit "$1"
}

[ "$#" -le 1 ] || fail 2 "expected at most one directory, were $# arguments"
case "$ROWS$REPEATS" in
  *[!0-9]*) fail 2 "ROWS and REPEATS are whole numbers, were '$ROWS' and '$REPEATS'" ;;
esac
[ "${REPEATS:-0}" -ge 1 ] || fail 2 "REPEATS is at least 1, was '$REPEATS'"
[ "${ROWS:-0}" -ge 1 ] || fail 2 "ROWS is at least 1, was '$ROWS'"

command -v "$PYTHON" > /dev/null 2>&1 || fail 3 "no Python: '$PYTHON' was not found; set PYTHON"
SUITS='import sys, venv; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))'
"$PYTHON" -c "$SUITS" 2> /dev/null ||
  fail 3 "Python 3.10 to 3.13 with the venv module is needed, was $("$PYTHON" --version 2>&1)"

if [ "$#" -eq 1 ]; then
  SCRATCH="$("$PYTHON" -c 'import os, sys; print(os.path.realpath(sys.argv[1]))' "$1")"
  case "$SCRATCH/" in
    "$REPOSITORY"/*) fail 2 "the directory lies inside the repository: $SCRATCH" ;;
  esac
  mkdir -p "$SCRATCH" || fail 2 "cannot make the directory '$SCRATCH'"
else
  SCRATCH="$(mktemp -d)" || fail 2 "cannot make a temporary directory"
  trap 'rm -rf "$SCRATCH"' EXIT
fi

PEER="$SCRATCH/venv/bin/python"
if [ ! -x "$PEER" ]; then
  echo "making an environment with $PACKAGE in $SCRATCH (about 500 MB) ..." >&2
  "$PYTHON" -m venv "$SCRATCH/venv" || fail 3 "$PYTHON cannot make a virtual environment"
fi
"$PEER" -m pip install --quiet --disable-pip-version-check "$PACKAGE" >&2 ||
  fail 4 "$PACKAGE cannot be installed: no network, or no build for this system; nothing measured"

# Run from the scratch directory, so that no file of ours can stand in for a module of the package.
cd "$SCRATCH" || fail 2 "cannot enter $SCRATCH"
"$PEER" -c 'import hftbacktest' || fail 4 "$PACKAGE is installed but does not load here"

LOAD="$(cut -d' ' -f1-3 /proc/loadavg 2> /dev/null || echo unknown)"
echo "machine   $(nproc 2> /dev/null || echo '?') cores, load $LOAD"
echo "versions  $("$PEER" --version 2>&1), $("$PEER" -m pip freeze 2> /dev/null |
  grep -iE '^(hftbacktest|numba|numpy)==' | tr '\n' ' ')"

FILES=()
for repeat in $(seq "$REPEATS"); do
  echo "repeat $repeat of $REPEATS ..." >&2
  file="$SCRATCH/repeat-$repeat.tsv"
  "$PEER" "$HERE/hftbacktest_synth1.py" run "$ROWS" > "$file"
  code=$?
  [ "$code" -eq 5 ] && exit 5
  [ "$code" -eq 0 ] || fail 6 "repeat $repeat broke off with code $code"
  FILES+=("$file")
done
"$PEER" "$HERE/hftbacktest_synth1.py" summary "${FILES[@]}"
