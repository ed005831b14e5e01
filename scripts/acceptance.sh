#!/usr/bin/env bash
# Other people's tools on an archive of ours: captures the sample's pages from a server on loopback, then has warcio check
# and index every segment, and checks the claims again with the server gone.
#
# Needs python3. Takes warcio from PyPI into a temporary environment, unless WARCIO names one that is installed.
# ONRECORD names a binary to run in place of the release build; KEEP=1 leaves the folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
pages="$PWD/fixtures/sample/pages"

if [[ -z "${ONRECORD:-}" ]]; then
    cargo build --release --quiet
    ONRECORD="${CARGO_TARGET_DIR:-$PWD/target}/release/onrecord"
fi
ONRECORD=$(realpath "$ONRECORD")

work=$(mktemp -d)
server=""
finish() {
    if [[ -n "$server" ]]; then kill "$server" 2>/dev/null || true; fi
    if [[ -z "${KEEP:-}" ]]; then rm -rf "$work"; else echo "left: $work"; fi
}
trap finish EXIT

if [[ -z "${WARCIO:-}" ]]; then
    echo "== warcio from PyPI"
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet --disable-pip-version-check warcio
    WARCIO="$work/venv/bin/warcio"
fi

echo "== a server on loopback"
cat >"$work/serve.py" <<'PYTHON'
import functools, http.server, sys

class Pages(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/wire-explainer.html")
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, *arguments):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Pages, directory=sys.argv[1]))
print(server.server_address[1], flush=True)
server.serve_forever()
PYTHON
python3 "$work/serve.py" "$pages" >"$work/port" &
server=$!
for _ in $(seq 100); do
    [[ -s "$work/port" ]] && break
    sleep 0.1
done
port=$(<"$work/port")
base="http://127.0.0.1:$port"

mkdir "$work/desk"
cp "$pages/embassy.txt" "$work/desk/notes.txt"
{
    printf 'archive = "archive"\nlanguage = "en"\n'
    for page in "$pages"/*; do
        printf '\n[[claim]]\nstatement = "The page %s was captured."\nsource = "%s/%s"\n' "${page##*/}" "$base" "${page##*/}"
    done
    printf '\n[[claim]]\nstatement = "A redirect is followed."\nsource = "%s/moved"\n' "$base"
    printf '\n[[claim]]\nid = "killed"\nstatement = "The embassy has confirmed that 60 people were killed."\nfigure = "60"\nsource = "%s/embassy.txt"\n' "$base"
    printf '\n[[claim]]\nstatement = "A file is archived too."\nsource = "notes.txt"\n'
    printf '\n[[claim]]\nid = "missing"\nstatement = "A page that is not there is kept as what it is."\nsource = "%s/nowhere"\n' "$base"
} >"$work/desk/claims.toml"

echo "== capture"
"$ONRECORD" capture "$work/desk/claims.toml" --allow-private --interval 0
ls -l "$work/desk/archive"

answer() { # the verdict of one claim, with the given options
    local id=$1
    shift
    "$ONRECORD" check "$work/desk/claims.toml" --format jsonl "$@" >"$work/answers" || [[ $? == 1 || $? == 3 ]]
    python3 -c 'import json,sys
for line in open(sys.argv[1], encoding="utf-8"):
    claim = json.loads(line)
    if claim["id"] == sys.argv[2]:
        print(claim["verdict"], claim["checks"][0]["verdict"], claim["checks"][0]["reason"])' "$work/answers" "$id"
}
before="$(answer killed --allow-private --interval 0) · $(answer missing --allow-private --interval 0)"

echo "== the server is gone"
kill "$server"
wait "$server" 2>/dev/null || true
server=""
after="$(answer killed --offline) · $(answer missing --offline)"
echo "with the server:    $before"
echo "without the server: $after"
[[ "$before" == "$after" && "$after" == "on-record match None · unavailable unavailable gone" ]] || { echo "the verdicts are not what they should be" >&2; exit 1; }

for segment in "$work"/desk/archive/*.warc.gz; do
    echo "== warcio check -v ${segment##*/}"
    "$WARCIO" check -v "$segment" >"$work/checked" || { cat "$work/checked"; exit 1; }
    records=$(grep -c 'WARC-Record-ID' "$work/checked") passed=$(grep -c 'digest pass' "$work/checked")
    echo "$records records, $passed with digests that hold"
    [[ "$records" -gt 0 && "$records" == "$passed" ]] || { cat "$work/checked"; exit 1; }
    echo "== warcio index ${segment##*/}"
    "$WARCIO" index -f offset,warc-type,http:status,warc-target-uri "$segment"
done
echo "== accepted"
