#!/usr/bin/env bash
# Puts what README command one prints between the markers of the README. With --check only compares.
# ONRECORD names a binary to run in place of the release build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [[ -z "${ONRECORD:-}" ]]; then
    cargo build --release --quiet
    ONRECORD="${CARGO_TARGET_DIR:-target}/release/onrecord"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
# As in a pipe of 80 columns, whatever the terminal here is.
env -u COLUMNS -u LC_ALL -u LC_CTYPE LANG=C.UTF-8 "$ONRECORD" check --offline >"$work/output" || status=$?

begin='<!-- sample output begin -->'
end='<!-- sample output end -->'
for marker in "$begin" "$end"; do
    [[ $(grep -cxF -- "$marker" README.md) == 1 ]] || { echo "README.md has not exactly one line $marker" >&2; exit 1; }
done
{
    sed "/^$begin\$/q" README.md
    printf '```text\n'
    cat "$work/output"
    printf '```\n'
    sed -n "/^$end\$/,\$p" README.md
} >"$work/README.md"

if [[ "${1:-}" == --check ]]; then
    diff -u README.md "$work/README.md"
else
    cp "$work/README.md" README.md
fi
if [[ $status != 0 ]]; then
    echo "the sample ended with status $status: something in it is not as expected" >&2
    exit 1
fi
