#!/usr/bin/env bash
# The report in other people's hands: the page in Debian's Chromium (quiet, by keyboard, axe-core, thousands of claims, text
# fragments on the captured pages), and hostile strings through other people's readers of every format.
#
# Needs chromium (apt), node and npm, python3 with venv. Takes playwright-core, axe-core, pngjs, ajv, ajv-formats, markdown-it,
# big-list-of-naughty-strings and the official schema of SARIF (in @microsoft/jest-sarif) from npm, and xmlschema and the
# schema of JUnit (in the source of pytest) from PyPI, into a temporary folder. ONRECORD names a binary to run in place of the release build,
# PICTURES a folder for screenshots, CLAIMS how many claims the large report has; KEEP=1 leaves the folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD

if [[ -z "${ONRECORD:-}" ]]; then
    cargo build --release --quiet
    ONRECORD="${CARGO_TARGET_DIR:-$PWD/target}/release/onrecord"
fi
ONRECORD=$(realpath "$ONRECORD")

work=$(mktemp -d)
finish() { if [[ -z "${KEEP:-}" ]]; then rm -rf "$work"; else echo "left: $work"; fi; }
trap finish EXIT
pictures=${PICTURES:-$work/pictures}
mkdir -p "$pictures"

echo "== from npm"
cp scripts/acceptance/*.mjs "$work/"
(cd "$work" && npm init --yes >/dev/null && npm install --silent --no-audit --no-fund \
    playwright-core axe-core pngjs ajv ajv-formats markdown-it big-list-of-naughty-strings @microsoft/jest-sarif)
export SARIF_SCHEMA="$work/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
[[ -f "$SARIF_SCHEMA" ]]
echo "== from PyPI"
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet xmlschema
"$work/python/bin/pip" download --quiet --no-deps --no-binary :all: --dest "$work" pytest==8.3.4
tar --extract --gzip --file "$work"/pytest-8.3.4.tar.gz --directory "$work" --strip-components=3 \
    pytest-8.3.4/testing/example_scripts/junit-10.xsd

check() { # in the current folder; a claim that fails or is open is no trouble here
    "$ONRECORD" check --offline --quiet --keep-runs 0 "$@" || [[ $? == 1 || $? == 3 ]]
}

failed=0
trial() { echo "== $1"; shift; "$@" || failed=1; }

mkdir "$work/sample" "$work/desk"
cp -r claims.toml fixtures "$work/sample/"
cp -r fixtures "$work/desk/"
# As a desk sees it: nothing is meant to be wrong.
grep -v '^expect' claims.toml >"$work/desk/claims.toml"
for desk in sample desk; do
    (cd "$work/$desk" && check --format html=report.html --format json=report.json)
    (cd "$work/$desk" && check --format html=again.html)
    cmp "$work/$desk/report.html" "$work/$desk/again.html"
    mkdir -p "$pictures/$desk"
    trial "the page of the $desk" node "$work/page.mjs" "$work/$desk/report.html" "$work/$desk/report.json" "$pictures/$desk"
done
trial "how a browser searches a page" node "$work/fragment-rules.mjs"
trial "text fragments of the sample" node "$work/fragments.mjs" "$work/desk/report.json" 1000 "$root/fixtures/sample"

claims=${CLAIMS:-5000}
node "$work/many-claims.mjs" "$work/many" "$claims"
(cd "$work/many" && check --format html=report.html)
trial "$claims claims" node "$work/many.mjs" "$work/many/report.html" "$claims"

trial "hostile strings" node "$work/hostile.mjs" "$ONRECORD" "$work/hostile" "$root"
trial "tables through a strict reader" python3 - "$work/hostile" <<'PYTHON'
import csv, json, sys
folder = sys.argv[1]
strings = json.load(open(f"{folder}/strings.json", encoding="utf-8"))
with open(f"{folder}/report.csv", encoding="utf-8-sig", newline="") as file:
    rows = list(csv.DictReader(file, strict=True))
seen = {row["id"] for row in rows}
assert len(seen) == len(strings), (len(seen), len(strings))
for row in rows:
    assert None not in row and None not in row.values(), row
    for cell in row.values():
        assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")), cell
print(f"  {len(rows)} rows, no formula")
PYTHON
trial "test results through a reader of XML, and their schema" "$work/python/bin/python" - "$work/hostile" "$work/junit-10.xsd" <<'PYTHON'
import sys, xml.etree.ElementTree as tree, xmlschema
suites = tree.parse(f"{sys.argv[1]}/report.xml").getroot()
assert suites.tag == "testsuites", suites.tag
cases = suites.findall("./testsuite/testcase")
assert {case.tag for case in suites.iter()} <= {"testsuites", "testsuite", "testcase", "failure", "error", "skipped"}
assert len(cases) == int(suites.get("tests")), suites.attrib
# What the schema of 2014 does not know and readers of today take: places, and how many were skipped in all.
suites.attrib.pop("skipped", None)
for case in cases:
    case.attrib.pop("file", None)
    case.attrib.pop("line", None)
errors = [f"{error.path}: {error.reason}" for error in xmlschema.XMLSchema(sys.argv[2]).iter_errors(suites)]
assert not errors, errors[:5]
print(f"  {len(cases)} cases, valid by the schema")
PYTHON
if [[ "$failed" != 0 ]]; then echo "== not accepted" >&2; exit 1; fi
echo "== accepted"
