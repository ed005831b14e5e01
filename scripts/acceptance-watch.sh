#!/usr/bin/env bash
# Watching at the size of a newsroom: 10,000 claims of twenty articles on 480 pages of sixty hosts of the loopback
# interface, for an hour without a pause. Memory, the gaps between requests as the server saw them, and whether every change
# was told once.
#
# Needs python3. SECONDS_LONG is how long it runs (an hour, 3600, is what docs/benchmarks.md has; the default of five minutes
# is for every day), CLAIMS how many claims; ONRECORD names a binary to run in place of the release build; KEEP=1 leaves
# the folder with the server's log and the samples of memory.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [[ -z "${ONRECORD:-}" ]]; then
    cargo build --release --quiet
    ONRECORD="${CARGO_TARGET_DIR:-$PWD/target}/release/onrecord"
fi
work=$(mktemp -d)
finish() { if [[ -z "${KEEP:-}" ]]; then rm -rf "$work"; else echo "left: $work"; fi; }
trap finish EXIT
python3 scripts/acceptance/watch.py "$(realpath "$ONRECORD")" "$work/desk" "${SECONDS_LONG:-300}" "${CLAIMS:-10000}"
