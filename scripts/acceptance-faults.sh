#!/usr/bin/env bash
# Faults at every write of a capture run: kill -9, ENOSPC and EIO at each write, fsync, rename and truncation that
# touches the archive, one after the other. After each, the next run must recover, capture what is missing and nothing
# twice, and every byte must verify. Needs strace and python3; opens no socket beyond loopback.
#
# ONRECORD names a binary to run in place of the release build; KEEP=1 leaves the folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [[ -z "${ONRECORD:-}" ]]; then
    cargo build --release --quiet
    ONRECORD="${CARGO_TARGET_DIR:-$PWD/target}/release/onrecord"
fi
ONRECORD=$(realpath "$ONRECORD")
command -v strace >/dev/null || { echo "SKIPPED: strace is not installed"; exit 0; }

work=$(mktemp -d)
server=""
finish() {
    if [[ -n "$server" ]]; then kill "$server" 2>/dev/null || true; fi
    if [[ -z "${KEEP:-}" ]]; then rm -rf "$work"; else echo "left: $work"; fi
}
trap finish EXIT

cat >"$work/serve.py" <<'PYTHON'
import http.server

class Pages(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/3")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        # two pages of one content: the second is archived as a revisit
        name = "1" if self.path == "/2" else self.path[1:]
        body = ("<p>The lighthouse of page %s was painted red in spring.</p>" % name).encode() * 20
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
print(server.server_address[1], flush=True)
server.serve_forever()
PYTHON
python3 "$work/serve.py" >"$work/port" 2>/dev/null &
server=$!
for _ in $(seq 100); do [[ -s "$work/port" ]] && break; sleep 0.1; done
base="http://127.0.0.1:$(<"$work/port")"

desk="$work/desk"
fresh() {
    rm -rf "$desk"
    mkdir "$desk"
    printf 'archive = "archive"\n' >"$desk/claims.toml"
    for page in 1 2 moved 4; do
        printf '\n[[claim]]\nstatement = "The lighthouse was painted."\nsource = "%s/%s"\n' "$base" "$page" >>"$desk/claims.toml"
    done
}
capture() { "$ONRECORD" capture "$desk/claims.toml" --allow-private --interval 0; }
paths=()
for name in segment-000001.warc.gz log.jsonl index.cdxj index.cdxj.new lock recovered-1.bin; do paths+=(-P "$desk/archive/$name"); done
paths+=(-P "$desk/archive")

# Runs a capture with a fault, then looks at what is left.
fault() { # what to inject
    fresh
    local status=0
    # in a shell of its own, which keeps to itself that it was killed
    (strace -f -qq -o /dev/null -e trace="$calls" "${paths[@]}" -e "$1" \
        "$ONRECORD" capture "$desk/claims.toml" --allow-private --interval 0 >"$work/out" 2>&1) 2>/dev/null || status=$?
    # a run that could not write must not say that it did
    if grep -q "panicked" "$work/out"; then echo "panic after $1" >&2; cat "$work/out" >&2; exit 1; fi
    capture >"$work/out2" 2>"$work/err2" || { echo "no recovery after $1" >&2; cat "$work/out2" "$work/err2" >&2; exit 1; }
    "$ONRECORD" archive verify --manifest "$desk/claims.toml" >"$work/verified" \
        || { echo "does not verify after $1" >&2; cat "$work/verified" "$work/err2" >&2; exit 1; }
    local held
    held=$("$ONRECORD" archive list --manifest "$desk/claims.toml" --format json 2>/dev/null | python3 -c 'import json,sys
held = [json.loads(line) for line in sys.stdin]
assert all(capture["failure"] is None for capture in held), held
print(" ".join(sorted(capture["requested"].rsplit("/", 1)[1] for capture in held)))')
    [[ "$held" == "1 2 4 moved" ]] || { echo "after $1 the archive holds: $held" >&2; cat "$work/err2" >&2; exit 1; }
    "$ONRECORD" check "$desk/claims.toml" --offline --quiet >/dev/null 2>&1 || [[ $? == 1 || $? == 3 ]]
    return "$status"
}

calls=write,fsync,fdatasync,rename,ftruncate
fresh
strace -f -qq -o "$work/trace" -e trace="$calls" "${paths[@]}" "$ONRECORD" capture "$desk/claims.toml" --allow-private --interval 0 >/dev/null
declare -A count
for call in write fsync fdatasync rename; do
    count[$call]=$(grep -c " $call(" "$work/trace" || true)
done
echo "calls that touch the archive: write ${count[write]}, fsync ${count[fsync]}, fdatasync ${count[fdatasync]}, rename ${count[rename]}"
[[ ${count[write]} -gt 8 && ${count[fdatasync]} -gt 6 ]] || { echo "the trace misses calls" >&2; exit 1; }

runs=0
for call in write fsync fdatasync rename; do
    for number in $(seq $((count[$call] + 1))); do
        for what in signal=KILL error=ENOSPC error=EIO; do
            fault "inject=$call:$what:when=$number" || true
            runs=$((runs + 1))
        done
    done
    echo "$call: held at every one of ${count[$call]}"
done

# the same for what the recovery itself writes: half a record behind a whole archive
half() {
    fresh
    capture >/dev/null 2>&1
    head -c 300 "$desk/archive/segment-000001.warc.gz" >"$work/tail"
    cat "$work/tail" >>"$desk/archive/segment-000001.warc.gz"
    printf '\n[[claim]]\nstatement = "One more."\nsource = "%s/5"\n' "$base" >>"$desk/claims.toml"
}
for number in $(seq 12); do
    for what in signal=KILL error=ENOSPC error=EIO; do
        half
        (strace -f -qq -o /dev/null -e trace="$calls" "${paths[@]}" -e "inject=$calls:$what:when=$number" \
            "$ONRECORD" capture "$desk/claims.toml" --allow-private --interval 0 >"$work/out" 2>&1) 2>/dev/null || true
        if grep -q "panicked" "$work/out"; then cat "$work/out" >&2; exit 1; fi
        capture >/dev/null 2>"$work/err2" || { echo "no recovery after $what at call $number of a recovery" >&2; cat "$work/err2" >&2; exit 1; }
        "$ONRECORD" archive verify --manifest "$desk/claims.toml" >"$work/verified" \
            || { echo "does not verify after $what at call $number of a recovery" >&2; cat "$work/verified" >&2; exit 1; }
        runs=$((runs + 1))
    done
done
echo "recovery: held at each of its first 12 calls"

# a disk that is really full
if [[ $(id -u) == 0 ]] && mkdir "$work/full" && mount -t tmpfs -o size=64k tmpfs "$work/full" 2>/dev/null; then
    fresh
    cp "$desk/claims.toml" "$work/full/"
    for page in $(seq 10 60); do
        printf '\n[[claim]]\nstatement = "The lighthouse was painted."\nsource = "%s/%s"\n' "$base" "$page" >>"$work/full/claims.toml"
    done
    "$ONRECORD" capture "$work/full/claims.toml" --allow-private --interval 0 >"$work/out" 2>"$work/err" && status=0 || status=$?
    [[ $status == 2 ]] && grep -qi "no space" "$work/err" || { echo "a full disk ended with $status" >&2; cat "$work/err" >&2; umount "$work/full"; exit 1; }
    mount -o remount,size=4m "$work/full"
    "$ONRECORD" capture "$work/full/claims.toml" --allow-private --interval 0 >/dev/null 2>&1
    "$ONRECORD" archive verify --manifest "$work/full/claims.toml" >"$work/verified" || { cat "$work/verified" >&2; umount "$work/full"; exit 1; }
    umount "$work/full"
    echo "a full disk: told, and nothing lost"
else
    echo "SKIPPED: a full disk (needs root, to mount one)"
fi
echo "== $runs faults, every one recovered from"
