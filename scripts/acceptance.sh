#!/usr/bin/env bash
# Other people's tools on an archive of ours. Captures one page of each kind from a server on loopback, exports a package,
# and has warcio, FastWARC, cdxj-indexer, wacz, gzip, unzip and pywb read both; a browser replays the package where
# Chromium is there, and an object store takes and gives back the archive. Damage is told, signatures and timestamps are
# checked with openssl.
#
# Needs python3, and PyPI once, unless TOOLS, FAST and PYWB name environments with the tools: FastWARC brings a brotli
# that warcio does not get along with, pywb another one; MOTO (PyPI) and NODE (a folder with playwright-core installed
# and replaywebpage unpacked, both from npm) are the same for their parts. RUN narrows it to some parts:
# RUN="capture warc package pywb browser remote evidence openssl offline" is all of them.
# ONRECORD and APPEND name binaries to run in place of the release build; KEEP=1 leaves the folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD

if [[ -z "${ONRECORD:-}" ]]; then
    cargo build --release --quiet
    cargo build --release --quiet --example append_rendering
    ONRECORD="${CARGO_TARGET_DIR:-$PWD/target}/release/onrecord"
    APPEND="${CARGO_TARGET_DIR:-$PWD/target}/release/examples/append_rendering"
fi
ONRECORD=$(realpath "$ONRECORD")
APPEND=$(realpath "${APPEND:-$(dirname "$ONRECORD")/examples/append_rendering}")

work=$(mktemp -d)
server="" pywb="" moto=""
finish() {
    for process in $server $pywb $moto; do kill "$process" 2>/dev/null || true; done
    if [[ -z "${KEEP:-}" ]]; then rm -rf "$work"; else echo "left: $work"; fi
}
trap finish EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }
part() { [[ " ${RUN:-capture warc package pywb browser remote evidence openssl offline} " == *" $1 "* ]] && printf '\n== %s\n' "$2"; }

if [[ -z "${TOOLS:-}" ]]; then
    echo "== warcio, cdxj-indexer and wacz from PyPI"
    TOOLS="$work/tools"
    python3 -m venv "$TOOLS"
    "$TOOLS/bin/pip" install --quiet --disable-pip-version-check warcio cdxj-indexer wacz
fi
if [[ -z "${FAST:-}" ]]; then
    echo "== FastWARC from PyPI"
    FAST="$work/fast"
    python3 -m venv "$FAST"
    "$FAST/bin/pip" install --quiet --disable-pip-version-check fastwarc
fi
tool() { local name=$1; shift; "$TOOLS/bin/$name" "$@"; }

cat >"$work/serve.py" <<'PYTHON'
import base64, gzip, http.server, sys

# the page "brotli", as brotli packs it
BROTLI = base64.b64decode(
    "G5QBAIyTXP3qlN7wetfvuF2/Q1FCS0keKjE9mZCzYyPKpKSJSQmd2xiNHaE1nAnRlmj5mHOV3gElGGq1cECxUQDNC6jx5nt2RmWjf8hNlOn8rw5Lm4z9kaMA"
)

def page(name):
    return ("<!doctype html><title>%s</title><article><p>The lighthouse of page %s was painted red in spring, the keeper"
            " said.</p></article>" % (name, name)).encode() * 3

PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 44>>stream
BT /F1 12 Tf 20 100 Td (The tide turned.) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""

class Pages(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        kind = self.path.strip("/").split("?")[0]
        if kind == "moved":
            self.send_response(302)
            self.send_header("Location", "/plain")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if kind == "missing":
            self.send_error(404)
            return
        # the same page at two addresses: the second is archived as a revisit
        body = PDF if kind == "pdf" else page("gzip" if kind == "again" else kind)
        self.send_response(200)
        self.send_header("Content-Type", "application/pdf" if kind == "pdf" else "text/html; charset=utf-8")
        self.send_header("Set-Cookie", "reader=1")
        if kind in ("gzip", "again"):
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        if kind == "brotli":
            body = BROTLI
            self.send_header("Content-Encoding", "br")
        if kind == "chunked":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for start in range(0, len(body), 100):
                piece = body[start:start + 100]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
            return
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
print(server.server_address[1], flush=True)
server.serve_forever()
PYTHON
python3 "$work/serve.py" >"$work/port" &
server=$!
for _ in $(seq 100); do [[ -s "$work/port" ]] && break; sleep 0.1; done
base="http://127.0.0.1:$(<"$work/port")"

desk="$work/desk"
mkdir "$desk"
cp fixtures/sample/pages/embassy.txt "$desk/notes.txt"
{
    printf 'archive = "archive"\nlanguage = "en"\n'
    for kind in plain gzip chunked moved again pdf brotli missing; do
        printf '\n[[claim]]\nid = "%s"\nstatement = "The lighthouse of page %s was painted red in spring."\nsource = "%s/%s"\n' "$kind" "$kind" "$base" "$kind"
    done
    printf '\n[[claim]]\nid = "file"\nstatement = "A file is archived too."\nsource = "notes.txt"\n'
} >"$desk/claims.toml"
answers() { # id and verdict of every claim, with the given options
    "$ONRECORD" check "$desk/claims.toml" --format jsonl "$@" 2>/dev/null >"$work/answers" || [[ $? == 1 || $? == 3 ]]
    python3 -c 'import json,sys
for line in open(sys.argv[1], encoding="utf-8"):
    claim = json.loads(line)
    print(claim["id"], claim["verdict"], claim["checks"][0]["reason"])' "$work/answers"
}

echo "== one capture of each kind"
answers --allow-private --interval 0 >"$work/before"
cat "$work/before"
printf '\x89PNG\r\n\x1a\n' >"$work/shot.png"
echo '<p>The lighthouse, as a browser rendered it.</p>' >"$work/rendered.html"
"$APPEND" "$desk/archive" "$base/rendered" "$work/rendered.html" "$work/shot.png"
printf 'From: x\r\nSnapshot-Content-Location: %s/wall\r\nDate: Thu, 21 Mar 2024 06:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n--B\r\nContent-Type: text/html\r\nContent-Location: %s/wall\r\n\r\n<p>Behind the wall.</p>\r\n--B--\r\n' "$base" "$base" >"$work/wall.mhtml"
(cd "$desk" && "$ONRECORD" archive import "$work/wall.mhtml" --by KM && "$ONRECORD" archive list)
F="$desk/archive/segment-000001.warc.gz"
records=$(python3 -c 'import json,sys
print(sum(len(json.loads(line)["records"]) for line in open(sys.argv[1])))' "$desk/archive/log.jsonl")

echo "== the server is gone"
kill "$server"; wait "$server" 2>/dev/null || true; server=""
answers --offline >"$work/after"
diff "$work/before" "$work/after" || fail "the verdicts changed without the server"

if part warc "warcio, FastWARC, cdxj-indexer and gzip on the segment"; then
    gzip -t "$F"
    tool warcio check -v "$F" >"$work/checked" || { cat "$work/checked"; fail "warcio check"; }
    passed=$(grep -c 'digest pass' "$work/checked")
    ! grep -q 'no digest' "$work/checked" || fail "a record has no digest"
    revisits=$(grep -c '> revisit$' "$work/checked")
    [[ "$(tool warcio index "$F" | wc -l)" == "$records" && $((passed + revisits)) == "$records" && "$revisits" -gt 0 ]] \
        || { cat "$work/checked"; fail "$records records were written, warcio finds $(tool warcio index "$F" | wc -l) and $passed digests that hold"; }
    echo "warcio: $records records, $passed with digests that hold, $revisits revisits"
    tool warcio recompress "$F" "$work/again.warc.gz" | grep 'No Errors Found'
    "$FAST/bin/fastwarc" check "$F" >"$work/fast" 2>&1 || { cat "$work/fast"; fail "fastwarc check"; }
    tail -1 "$work/fast"
    tool warcio index -f warc-type,http:status,warc-target-uri "$F"
fi

W="$work/evidence.wacz"
(cd "$desk" && "$ONRECORD" archive export "$W" --all)
if part package "wacz, unzip and cdxj-indexer on the package"; then
    tool wacz validate -f "$W" || fail "wacz validate"
    unzip -v "$W" | awk '/archive\//{ if ($2 != "Stored") exit 1; found = 1 } END { exit !found }' || fail "archives are compressed in the package"
    unzip -qo "$W" -d "$work/unpacked"
    gzip -t "$work/unpacked/archive/"*.warc.gz
    fields() { python3 -c 'import json,sys
for line in sys.stdin:
    key, date, data = line.split(" ", 2)
    data = json.loads(data)
    print(key, date, *(data.get(name) for name in ("status", "digest", "length", "offset", "filename")))'; }
    tool cdxj-indexer --sort "$work/unpacked/archive/"*.warc.gz | fields >"$work/theirs"
    # cdxj-indexer leaves failed attempts (metadata) and pages out of saved files (conversion) out
    grep -vE '^urn:onrecord:(attempt|supplied):' "$work/unpacked/indexes/index.cdx" | fields | LC_ALL=C sort >"$work/ours"
    LC_ALL=C sort -o "$work/theirs" "$work/theirs"
    diff "$work/theirs" "$work/ours" || fail "the index is not what cdxj-indexer makes of it"
    echo "index: $(wc -l <"$work/ours") lines, as cdxj-indexer has them"
    grep -q "\"mainPageUrl\":\"$base/plain\"" "$work/unpacked/datapackage.json" || fail "it does not open at the first claim's page"
    ! grep -rq "was painted red in spring\.\"$" "$work/unpacked/provenance" || fail "claims leaked"
fi

if part pywb "pywb replays what was captured"; then
    if [[ -z "${PYWB:-}" ]]; then
        PYWB="$work/pywb"
        python3 -m venv "$PYWB"
        "$PYWB/bin/pip" install --quiet --disable-pip-version-check pywb
    fi
    mkdir "$work/replay"
    cd "$work/replay"
    "$PYWB/bin/wb-manager" init t >/dev/null 2>&1
    "$PYWB/bin/wb-manager" add t "$F" >/dev/null 2>&1
    "$PYWB/bin/wb-manager" init z >/dev/null 2>&1
    "$PYWB/bin/wb-manager" add --unpack-wacz z "$W" >/dev/null 2>&1
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    "$PYWB/bin/wayback" -b 127.0.0.1 -p "$port" >"$work/pywb.log" 2>&1 &
    pywb=$!
    for _ in $(seq 60); do curl -sf "http://127.0.0.1:$port/" >/dev/null 2>&1 && break; sleep 0.5; done
    for collection in t z; do
        "$ONRECORD" archive list --archive "$desk/archive" --format json 2>/dev/null | "$PYWB/bin/python" -c '
import hashlib, json, sys, urllib.error, urllib.request
port, collection, count = sys.argv[1], sys.argv[2], 0
for line in sys.stdin:
    capture = json.loads(line)
    if capture["origin"] != "live" or capture["failure"]:
        continue
    stamp = capture["captured"].replace("-", "").replace(":", "").replace("T", "")[:14]
    address = "http://127.0.0.1:%s/%s/%sid_/%s" % (port, collection, stamp, capture["address"])
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip, br"})
    try:
        answer = urllib.request.urlopen(request)
    except urllib.error.HTTPError as error:
        answer = error
    body = answer.read()
    coding = answer.headers.get("Content-Encoding")
    if coding == "gzip":
        import gzip
        body = gzip.decompress(body)
    elif coding == "br":
        import brotli
        body = brotli.decompress(body)
    assert answer.status == capture["status"], (capture["address"], answer.status)
    found = hashlib.sha256(body).hexdigest()
    assert found == capture["sha256"], (capture["address"], coding, body[:80])
    count += 1
assert count >= 7, count
print("pywb (%s): %d captures replay with the hash that we report" % (collection, count))' "$port" "$collection" || { tail -5 "$work/pywb.log"; fail "pywb"; }
    done
    curl -s "http://127.0.0.1:$port/t/timemap/link/$base/plain" | grep -q memento || fail "no timemap"
    kill "$pywb"; wait "$pywb" 2>/dev/null || true; pywb=""
    cd "$root"
fi

if part browser "a browser replays the package"; then
    if ! command -v chromium >/dev/null || ! command -v npm >/dev/null; then
        echo "SKIPPED: needs chromium (apt) and npm"
    else
        if [[ -z "${NODE:-}" ]]; then
            NODE="$work/replaying"
            mkdir "$NODE"
            # what is needed of replaywebpage are two files that need nothing else
            (cd "$NODE" && npm init --yes >/dev/null && npm install --silent --no-audit --no-fund playwright-core \
                && npm pack --silent replaywebpage@2.5.3 >/dev/null && tar xzf replaywebpage-2.5.3.tgz)
        fi
        cp scripts/acceptance/browser.mjs scripts/acceptance/replay.mjs "$NODE/"
        asked=()
        for kind in plain gzip chunked again brotli; do
            asked+=("$base/$kind" "The lighthouse of page ${kind/again/gzip} was painted red in spring")
        done
        node "$NODE/replay.mjs" "$NODE/package" "$W" "${asked[@]}" || fail "replay"
    fi
fi

if part remote "an object store that speaks as S3 does (moto)"; then
    if [[ -z "${MOTO:-}" ]]; then
        MOTO="$work/moto"
        python3 -m venv "$MOTO"
        "$MOTO/bin/pip" install --quiet --disable-pip-version-check 'moto[server]' boto3
    fi
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    "$MOTO/bin/moto_server" -H 127.0.0.1 -p "$port" >"$work/moto.log" 2>&1 &
    moto=$!
    for _ in $(seq 100); do curl -sf "http://127.0.0.1:$port/moto-api/" >/dev/null 2>&1 && break; sleep 0.3; done
    export AWS_ACCESS_KEY_ID=key AWS_SECRET_ACCESS_KEY=secret AWS_REGION=us-east-1 AWS_ENDPOINT_URL="http://127.0.0.1:$port" AWS_ALLOW_HTTP=true
    store() { "$MOTO/bin/python" -c '
import os, sys, boto3
client = boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"], region_name="us-east-1")
exec(sys.argv[1])' "$1"; }
    store 'client.create_bucket(Bucket="evidence")'
    # large enough to be handed over in several pieces
    cp -r "$desk/archive" "$work/large"
    head -c 20000000 /dev/urandom | base64 >"$work/large.txt"
    "$ONRECORD" archive import "$work/large.txt" --url https://wire.example/large --seen 2026-01-01 --archive "$work/large" --by KM >/dev/null
    "$ONRECORD" archive push s3://evidence/desk-7 --archive "$work/large" | tail -1
    "$ONRECORD" archive push s3://evidence/desk-7 --archive "$work/large" | grep -q 'nothing was missing' || fail "a second push"
    "$ONRECORD" archive pull s3://evidence/desk-7 --archive "$work/fetched" | tail -1
    "$ONRECORD" archive verify "$work/fetched" >/dev/null || fail "what was fetched does not verify"
    cmp "$work/large/log.jsonl" "$work/fetched/log.jsonl" || fail "another log was fetched"
    # it goes on at one place, and the other follows
    "$ONRECORD" archive import "$desk/notes.txt" --url https://wire.example/notes --seen 2026-01-02 --archive "$work/large" --by KM >/dev/null
    (timeout -s KILL 0.3 "$ONRECORD" archive push s3://evidence/desk-7 --archive "$work/large"; true) >/dev/null 2>&1
    "$ONRECORD" archive push s3://evidence/desk-7 --archive "$work/large" >/dev/null || fail "a push after one that was killed"
    "$ONRECORD" archive pull s3://evidence/desk-7 --archive "$work/fetched" >/dev/null || fail "a pull of what was added"
    "$ONRECORD" archive verify "$work/fetched" >/dev/null || fail "what was added does not verify"
    cmp "$work/large/log.jsonl" "$work/fetched/log.jsonl" || fail "what was added is not there"
    # damage at the other place stays there
    store 'key = "desk-7/segment-000001.warc.gz"
body = bytearray(client.get_object(Bucket="evidence", Key=key)["Body"].read())
body[len(body) // 2] ^= 1
client.put_object(Bucket="evidence", Key=key, Body=bytes(body))'
    ! "$ONRECORD" archive pull s3://evidence/desk-7 --archive "$work/damaged" >/dev/null 2>"$work/said" || fail "damage was fetched"
    cat "$work/said"
    ! "$ONRECORD" archive push s3://none/desk-7 --archive "$work/large" >/dev/null 2>"$work/said" || fail "a bucket that is not there"
    cat "$work/said"
    [[ $(wc -l <"$work/said") == 1 ]] || fail "the message is no line"
    kill "$moto"; wait "$moto" 2>/dev/null || true; moto=""
    unset AWS_ENDPOINT_URL
fi

if part evidence "what damage says"; then
    (cd "$desk" && "$ONRECORD" archive verify) || fail "verify"
    "$ONRECORD" archive verify "$W" >/dev/null || fail "verify of the package"
    "$ONRECORD" archive keygen "$work/key.pem" >"$work/fingerprint" 2>/dev/null
    fingerprint=$(awk '{print $2}' "$work/fingerprint")
    (cd "$desk" && "$ONRECORD" archive sign --key "$work/key.pem" && "$ONRECORD" archive export "$work/signed.wacz" --all --key "$work/key.pem")
    "$ONRECORD" archive verify "$work/signed.wacz" --key "$fingerprint" >/dev/null || fail "the signature does not hold"
    tool wacz validate -f "$work/signed.wacz" || fail "wacz validate on the signed package"
    cp "$W" "$work/damaged.wacz"
    size=$(stat -c %s "$W")
    python3 - "$W" "$work/damaged.wacz" "$ONRECORD" "${FLIPS:-60}" <<'PYTHON'
import random, subprocess, sys
good, path, program, count = open(sys.argv[1], "rb").read(), sys.argv[2], sys.argv[3], int(sys.argv[4])
random.seed(1)
for number in range(count):
    at = random.randrange(len(good))
    bad = bytearray(good)
    bad[at] ^= 1 << random.randrange(8)
    open(path, "wb").write(bad)
    status = subprocess.run([program, "archive", "verify", path], capture_output=True).returncode
    assert status == 1, (at, status)
print("package: %d flipped bits of %d bytes, every one noticed" % (count, len(good)))
PYTHON
fi

if part openssl "openssl on signature and timestamp"; then
    if ! command -v openssl >/dev/null; then echo "SKIPPED: openssl is not installed"; else
        [[ -f "$work/key.pem" ]] || "$ONRECORD" archive keygen "$work/key.pem" 2>/dev/null
        openssl ec -in "$work/key.pem" -pubout -outform DER 2>/dev/null | sha256sum | cut -d' ' -f1 >"$work/openssl-fingerprint"
        "$ONRECORD" archive export "$work/o.wacz" --archive "$desk/archive" --all --key "$work/key.pem" | grep -q "$(<"$work/openssl-fingerprint")" || fail "openssl names the key otherwise"
        python3 - "$work" <<'PYTHON'
import base64, json, sys, zipfile
work = sys.argv[1]
data = json.loads(zipfile.ZipFile(work + "/o.wacz").read("datapackage-digest.json"))["signedData"]
raw = base64.b64decode(data["signature"])
assert len(raw) == 96
def integer(part):
    part = part.lstrip(b"\0") or b"\0"
    part = (b"\0" if part[0] & 0x80 else b"") + part
    return bytes([2, len(part)]) + part
body = integer(raw[:48]) + integer(raw[48:])
open(work + "/signature.der", "wb").write(bytes([0x30, len(body)]) + body)
open(work + "/signed.txt", "w").write(data["hash"])
open(work + "/public.der", "wb").write(base64.b64decode(data["publicKey"]))
PYTHON
        openssl dgst -sha256 -verify "$work/public.der" -keyform DER -signature "$work/signature.der" "$work/signed.txt" || fail "openssl does not verify our signature"
        openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/tsa.key" -out "$work/tsa.crt" -days 30 -subj "/CN=Time of the test" \
            -addext "extendedKeyUsage=critical,timeStamping" 2>/dev/null
        printf '[tsa]\ndefault_tsa = t\n[t]\nserial = %s/serial\ncrypto_device = builtin\nsigner_cert = %s/tsa.crt\nsigner_key = %s/tsa.key\nsigner_digest = sha256\ndefault_policy = 1.2.3.4\ndigests = sha256\naccuracy = secs:1\n' "$work" "$work" "$work" >"$work/tsa.cnf"
        echo 01 >"$work/serial"
        (cd "$desk" && "$ONRECORD" archive timestamp --query "$work/q.tsq") >/dev/null
        openssl ts -reply -config "$work/tsa.cnf" -queryfile "$work/q.tsq" -out "$work/r.tsr" 2>/dev/null
        (cd "$desk" && "$ONRECORD" archive timestamp --reply "$work/r.tsr") || fail "the timestamp is not taken"
        head=$(cd "$desk" && "$ONRECORD" archive verify | awk '/^head/{print substr($2, 8)}')
        openssl ts -verify -digest "$head" -in "$work/r.tsr" -CAfile "$work/tsa.crt" -untrusted "$work/tsa.crt" 2>/dev/null | grep 'Verification: OK' || fail "openssl ts"
        (cd "$desk" && "$ONRECORD" archive verify) | grep -E 'yes  existed-before' || fail "the timestamp is not on the ladder"
        python3 - "$desk/archive/timestamps.jsonl" "$ONRECORD" "$desk" <<'PYTHON'
import subprocess, sys
path, program, desk = sys.argv[1:]
good = open(path, "rb").read()
for at in range(0, len(good), 37):
    bad = bytearray(good)
    bad[at] ^= 1
    open(path, "wb").write(bad)
    status = subprocess.run([program, "archive", "verify"], cwd=desk, capture_output=True).returncode
    assert status == 1, (at, status)
open(path, "wb").write(good)
print("timestamp: every flipped byte noticed")
PYTHON
    fi
fi

if part offline "without any network"; then
    if unshare -rn true 2>/dev/null; then
        (cd "$desk" && unshare -rn "$ONRECORD" archive verify >/dev/null) || fail "verify without network"
        (cd "$desk" && unshare -rn "$ONRECORD" check --offline --format jsonl 2>/dev/null) >"$work/answers" || [[ $? == 1 || $? == 3 ]]
        python3 -c 'import json,sys
for line in open(sys.argv[1], encoding="utf-8"):
    claim = json.loads(line)
    print(claim["id"], claim["verdict"], claim["checks"][0]["reason"])' "$work/answers" | diff - "$work/before" || fail "check --offline without network"
        if command -v strace >/dev/null; then
            (cd "$desk" && strace -f -qq -o "$work/sockets" -e trace=socket,connect "$ONRECORD" archive verify >/dev/null)
            ! grep -E 'AF_INET|AF_UNIX' "$work/sockets" || fail "verify opens a socket"
        fi
        echo "check --offline and archive verify: the same in a namespace without a network, no socket opened"
    else
        echo "SKIPPED: namespaces are not permitted here"
    fi
fi
printf '\n== accepted\n'
