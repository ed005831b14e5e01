#!/usr/bin/env bash
# Capturing at the size of a night's run, and with what cargo test does without: 2,000 sources on 50 hosts of the
# loopback interface with one page in twenty broken, killed in the middle and resumed; a dead page read from a real
# web archive (pywb); a script-only page in a real Chromium.
#
# Needs python3, and PyPI once for pywb; Chromium for the last part. What is missing is said and left out.
# ONRECORD names a binary to run in place of the release build; ONLY=run,pywb,browser names the parts; KEEP=1 leaves
# the folder; PAGES and HOSTS change the size.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
here="$PWD/scripts/acceptance"
parts=",${ONLY:-run,pywb,browser},"
pages=${PAGES:-2000} hosts=${HOSTS:-50}

if [[ -z "${ONRECORD:-}" ]]; then
    cargo build --release --quiet
    ONRECORD="${CARGO_TARGET_DIR:-$PWD/target}/release/onrecord"
fi
ONRECORD=$(realpath "$ONRECORD")
work=$(mktemp -d)
servers=()
finish() {
    for server in "${servers[@]}"; do kill "$server" 2>/dev/null || true; done
    if [[ -z "${KEEP:-}" ]]; then rm -rf "$work"; else echo "left: $work"; fi
}
trap finish EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }

# Runs the program, and says how long it took and how much memory it had at most (KiB) in the file $work/cost.
measured() {
    python3 - "$work/cost" "$@" <<'PY'
import resource, subprocess, sys, time
began = time.monotonic()
code = subprocess.call(sys.argv[2:])
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
open(sys.argv[1], "w").write(f"{time.monotonic() - began:.1f} {peak}\n")
sys.exit(code)
PY
}

words="The ferry will not sail before Thursday"
claim() { printf '\n[[claim]]\nid = "c%s"\nstatement = '\''“%s,” said Ada Nyland.'\''\nsource = "%s"\n' "$1" "$words" "$2"; }

# The large run follows redirects to addresses that nobody should ask: in a network of its own they lead nowhere.
if [[ $parts == *,run,* && -z "${INSIDE:-}" ]]; then
    if unshare -rn true 2>/dev/null; then
        ONRECORD="$ONRECORD" ONLY=run INSIDE=1 unshare -rn sh -c 'ip link set lo up && exec "$0"' "$here/../acceptance-capture.sh"
    else
        echo "SKIPPED: this system does not permit a network of one's own (unshare -rn)"
    fi
fi
if [[ $parts == *,run,* && -n "${INSIDE:-}" ]]; then
    echo "== $pages sources on $hosts hosts, one in twenty broken"
    port=18480
    python3 "$here/web.py" $port "$hosts" "$pages" "$work/log" >"$work/ready" & servers+=($!)
    for _ in $(seq 100); do [[ -s "$work/ready" ]] && break; sleep 0.1; done
    mkdir "$work/desk"
    for ((n = 0; n < pages; n++)); do
        claim "$n" "http://127.0.1.$((n % hosts + 1)):$port/page-$n"
    done >"$work/desk/claims.toml"
    limits=(--allow-private --header-timeout 3 --timeout 12 --concurrency 64 --max-size 16)

    echo "-- killed in the middle"
    timeout -s KILL 15 "$ONRECORD" capture "$work/desk/claims.toml" "${limits[@]}" >/dev/null 2>&1 || true
    "$ONRECORD" check "$work/desk/claims.toml" --offline --format jsonl >"$work/half" 2>/dev/null || true
    python3 - "$work/half" "$work/complete" <<'PY'
import json, sys
complete = [c["id"] for c in map(json.loads, open(sys.argv[1])) if c["verdict"] == "on-record"]
open(sys.argv[2], "w").write("\n".join(complete))
print(f"{len(complete)} pages were complete when it was killed")
PY
    cp "$work/log" "$work/log.first"

    echo "-- resumed"
    measured "$ONRECORD" check "$work/desk/claims.toml" "${limits[@]}" --format jsonl >"$work/answers" 2>"$work/said" || [[ $? == 1 || $? == 3 ]]
    read -r seconds peak <"$work/cost"
    echo "finished after $seconds s, at most $((peak / 1024)) MiB (64 MiB and the largest page, 16 MiB, for each of 64 would be 1088)"
    ((peak / 1024 <= 1088)) || fail "too much memory"
    python3 "$here/gaps.py" "$work/log" 0.99 || fail "a host was asked more often than once a second"
    python3 - "$work" "$pages" "$here" <<'PY' || fail "not what it should be"
import collections, json, sys
sys.path.insert(0, sys.argv[3])
from web import fault_of
work, pages = sys.argv[1], int(sys.argv[2])
answers = {c["id"]: c for c in map(json.loads, open(f"{work}/answers"))}
assert len(answers) == pages, len(answers)
by_fault, wrong = collections.defaultdict(collections.Counter), []
for n in range(pages):
    claim, fault = answers[f"c{n}"], fault_of(n)
    check = claim["checks"][0]
    by_fault[fault][check["reason"] or claim["verdict"]] += 1
    if fault is None and claim["verdict"] != "on-record":
        wrong.append((n, claim["verdict"], check["reason"]))
    if fault is not None and claim["verdict"] in ("absent", "altered") or (claim["verdict"] == "on-record" and fault not in (None, "big")):
        wrong.append((n, fault, claim["verdict"]))
for fault, seen in sorted(by_fault.items(), key=str):
    print(f"  {fault or 'whole':12} {dict(seen)}")
first = sum(1 for _ in open(f"{work}/log.first"))
again = collections.Counter(line.split()[2] for line in list(open(f"{work}/log"))[first:])
complete = [line[1:] for line in open(f"{work}/complete").read().split()]
twice = [n for n in complete if again[f"/page-{n}"]]
print(f"  asked for again although complete: {len(twice)}")
assert not wrong, wrong[:9]
assert not twice, twice[:9]
PY
    echo "-- the archive"
    WARCIO=${WARCIO:-}
    if [[ -n "$WARCIO" ]]; then for f in "$work"/desk/archive/*.warc.gz; do "$WARCIO" index "$f" >/dev/null; done; fi
    grep -c . "$work/desk/archive/index.cdxj" | sed 's/$/ lines in the index/'
    kill "${servers[-1]}"; unset 'servers[-1]'
fi

if [[ $parts == *,pywb,* ]]; then
    echo "== a dead page, read from a pywb collection"
    if [[ -z "${PYWB:-}" ]]; then
        python3 -m venv "$work/pywb" && "$work/pywb/bin/pip" install --quiet --disable-pip-version-check pywb setuptools
        PYWB="$work/pywb/bin"
    fi
    mkdir -p "$work/old/site"
    printf '<html><head><title>Quay</title></head><body><article><p>“%s,” said Ada Nyland.</p></article></body></html>' "$words" >"$work/old/site/story.html"
    port=18481
    python3 -m http.server -d "$work/old/site" -b 127.0.0.1 $port >/dev/null 2>&1 & servers+=($!)
    sleep 1
    claim old "http://127.0.0.1:$port/story.html" >"$work/old/claims.toml"
    "$ONRECORD" capture "$work/old/claims.toml" --allow-private --interval 0 >/dev/null
    kill "${servers[-1]}"; unset 'servers[-1]'
    mkdir "$work/wayback" "$work/new"
    (
        cd "$work/wayback"
        "$PYWB/wb-manager" init all >/dev/null 2>&1
        "$PYWB/wb-manager" add all "$work"/old/archive/segment-000001.warc.gz >/dev/null 2>&1
        exec "$PYWB/wayback" -b 127.0.0.1 -p 18482 >"$work/wayback.log" 2>&1
    ) & servers+=($!)
    for _ in $(seq 60); do curl -fs -o /dev/null http://127.0.0.1:18482/ && break; sleep 0.5; done
    claim new "http://127.0.0.1:$port/story.html" >"$work/new/claims.toml"
    "$ONRECORD" check "$work/new/claims.toml" --allow-private --interval 0 --retries 0 --format json \
        --memento http://127.0.0.1:18482/all/ >"$work/new.json" || fail "the copy was not read: $(cat "$work/new.json")"
    python3 - "$work/new.json" <<'PY'
import json, sys
check = json.load(open(sys.argv[1]))["claims"][0]["checks"][0]
print("  verdict", check["verdict"], "· origin", check["capture"]["origin"], "· captured", check["capture"]["captured"], "·", check["capture"]["url"])
assert check["verdict"] == "verbatim" and check["capture"]["origin"] == "memento"
PY
    kill "${servers[-1]}"; unset 'servers[-1]'
fi

if [[ $parts == *,browser,* ]]; then
    echo "== pages that only scripts fill"
    if command -v chromium >/dev/null || command -v google-chrome >/dev/null; then
        cargo test --quiet --test render -- --include-ignored
    else
        echo "SKIPPED: no Chromium (on Debian: apt install chromium)"
    fi
fi
echo "== accepted"
