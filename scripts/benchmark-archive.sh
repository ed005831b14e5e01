#!/usr/bin/env bash
# Reading and writing records: ours, warcio's and FastWARC's, one after the other on the same file, RUNS times each. The
# median counts. Needs python3 and PyPI once, unless TOOLS and FAST name environments with warcio and fastwarc.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
RECORDS=${RECORDS:-3000} RUNS=${RUNS:-5}

BENCH=${BENCH:-$(cargo bench --no-run --bench archive 2>&1 | sed -n 's/.*(\(.*\))$/\1/p' | tail -1)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [[ -z "${TOOLS:-}" ]]; then
    TOOLS="$work/tools"; python3 -m venv "$TOOLS"; "$TOOLS/bin/pip" install --quiet --disable-pip-version-check warcio
fi
if [[ -z "${FAST:-}" ]]; then
    FAST="$work/fast"; python3 -m venv "$FAST"; "$FAST/bin/pip" install --quiet --disable-pip-version-check fastwarc
fi
"$BENCH" write "$work/archive" "$RECORDS"
file="$work/archive/segment-000001.warc.gz"
ls -l "$file" | awk '{print "file: " $5 " bytes"}'

cat >"$work/fast.py" <<'PYTHON'
import sys, time
from fastwarc.warc import ArchiveIterator
began, count, size = time.perf_counter(), 0, 0
with open(sys.argv[1], "rb") as stream:
    for record in ArchiveIterator(stream, parse_http=False, verify_digests=len(sys.argv) > 2):
        count += 1
        size += len(record.reader.read())
seconds = time.perf_counter() - began
print("read %.3f s, %d records, %d bytes, %.1f MB/s" % (seconds, count, size, size / seconds / 1e6))
PYTHON
cat >"$work/warcio.py" <<'PYTHON'
import sys, time
from warcio.archiveiterator import ArchiveIterator
began, count, size = time.perf_counter(), 0, 0
with open(sys.argv[1], "rb") as stream:
    for record in ArchiveIterator(stream, no_record_parse=True, check_digests=len(sys.argv) > 2):
        count += 1
        size += len(record.raw_stream.read())
seconds = time.perf_counter() - began
print("read %.3f s, %d records, %d bytes, %.1f MB/s" % (seconds, count, size, size / seconds / 1e6))
PYTHON
cat >"$work/write.py" <<'PYTHON'
# writes the records of a file again, all held in memory before the clock starts
import io, os, sys, time
kind, source, target = sys.argv[1:]
if kind == "warcio":
    from warcio.archiveiterator import ArchiveIterator
    from warcio.warcwriter import WARCWriter
    held = []
    for record in ArchiveIterator(open(source, "rb"), no_record_parse=True):
        if record.rec_type == "response":
            held.append((record.rec_headers.get_header("WARC-Target-URI"), record.raw_stream.read()))
    began, size = time.perf_counter(), 0
    with open(target, "wb") as out:
        writer = WARCWriter(out, gzip=True)
        for url, block in held:
            record = writer.create_warc_record(url, "response", payload=io.BytesIO(block), length=len(block), warc_content_type="application/http; msgtype=response")
            writer.write_record(record)
            size += len(block)
            out.flush()
            os.fdatasync(out.fileno())
else:
    from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
    from fastwarc.stream_io import GzipWriter
    held = []
    for record in ArchiveIterator(open(source, "rb"), parse_http=False, record_types=WarcRecordType.response):
        held.append((record.headers["WARC-Target-URI"], record.reader.read()))
    began, size = time.perf_counter(), 0
    with open(target, "wb") as file:
        out = GzipWriter(file)
        for url, block in held:
            record = WarcRecord()
            record.init_headers(WarcRecordType.response)
            record.headers["WARC-Target-URI"] = url
            record.set_bytes_content(block)
            record.write(out, checksum_data=True)
            size += len(block)
        out.close()
seconds = time.perf_counter() - began
print("write %.3f s, %d records, %d bytes, %.1f MB/s" % (seconds, len(held), size, size / seconds / 1e6))
PYTHON

median() { sort -t' ' -k2 -n | sed -n "$(((RUNS + 1) / 2))p"; }
for number in $(seq "$RUNS"); do
    # in turns, so that what else the machine does falls on all of them
    "$BENCH" read "$file" --no-digests >>"$work/r1"
    "$FAST/bin/python" "$work/fast.py" "$file" >>"$work/r2"
    "$TOOLS/bin/python" "$work/warcio.py" "$file" >>"$work/r3"
    "$BENCH" read "$file" >>"$work/r4"
    "$FAST/bin/python" "$work/fast.py" "$file" digests >>"$work/r5"
    "$TOOLS/bin/python" "$work/warcio.py" "$file" digests >>"$work/r6"
    rm -rf "$work/w"; "$BENCH" write "$work/w" "$RECORDS" >>"$work/r7"
    "$FAST/bin/python" "$work/write.py" fastwarc "$file" "$work/f.warc.gz" >>"$work/r8"
    "$TOOLS/bin/python" "$work/write.py" warcio "$file" "$work/o.warc.gz" >>"$work/r9"
done
echo "onrecord, no digests:         $(median <"$work/r1")"
echo "FastWARC, no digests:         $(median <"$work/r2")"
echo "warcio, no digests:           $(median <"$work/r3")"
echo "onrecord, digests compared:   $(median <"$work/r4")"
echo "FastWARC, digests compared:   $(median <"$work/r5")"
echo "warcio, digests compared:     $(median <"$work/r6")"
echo "onrecord, written and synced: $(median <"$work/r7")"
echo "FastWARC, written:            $(median <"$work/r8")"
echo "warcio, written and synced:   $(median <"$work/r9")"
