#!/usr/bin/env bash
# Reading and writing records: ours, warcio's and FastWARC's, one after the other on the same file, RUNS times each. Counted
# is the time that the processor works (user and system), the least of all runs, since other work only ever adds to it; of
# ours the whole process, of theirs the loop without the start of Python. "One digest" is the file without those of payloads.
# FastWARC compares the block's digest when it is told to compare digests, and the payload's where it is asked to for each
# record: both are measured, the second is what ours does. Last, the memory that opening an archive takes. Needs python3 and
# PyPI once, unless TOOLS and FAST name environments with warcio and fastwarc.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
RECORDS=${RECORDS:-3000} RUNS=${RUNS:-10}

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

block="$work/block.warc.gz"
cat >"$work/block.py" <<'PYTHON'
# a file of one gzip member per record again, without digests of payloads
import gzip, re, sys, zlib
packed = open(sys.argv[1], "rb").read()
with open(sys.argv[2], "wb") as out:
    while packed:
        member = zlib.decompressobj(31)
        record = member.decompress(packed)
        packed = member.unused_data
        head, rest = record.split(b"\r\n\r\n", 1)
        out.write(gzip.compress(re.sub(rb"\r\nWARC-Payload-Digest:[^\r]*", b"", head) + b"\r\n\r\n" + rest, 6, mtime=0))
PYTHON
python3 "$work/block.py" "$file" "$block"
cat >"$work/ours.py" <<'PYTHON'
# runs a command, and puts the time that its processor worked in place of the time by the clock
import os, re, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, text=True)
told = child.stdout.read()
_, status, used = os.wait4(child.pid, 0)
assert status == 0, told
seconds, size = used.ru_utime + used.ru_stime, int(re.search(r"(\d+) bytes", told).group(1))
print(re.sub(r" [\d.]+ s,", " %.3f s," % seconds, re.sub(r"[\d.]+ MB/s", "%.1f MB/s" % (size / seconds / 1e6), told)), end="")
PYTHON
cat >"$work/fast.py" <<'PYTHON'
import sys, time
from fastwarc.warc import ArchiveIterator, WarcRecordType
payloads = sys.argv[2:] == ["payloads"]
answers, held = 0, 0
began, count, size = time.process_time(), 0, 0
with open(sys.argv[1], "rb") as stream:
    for record in ArchiveIterator(stream, parse_http=payloads, verify_digests=len(sys.argv) > 2):
        count += 1
        if payloads:
            # the header of the answer is read already, and the rest is read here
            size += int(record.headers["Content-Length"])
            # only answers announce one here
            answers += record.record_type == WarcRecordType.response
            held += record.verify_payload_digest()
            record.reader.read()
        else:
            size += len(record.reader.read())
assert held == answers, (held, answers)
seconds = time.process_time() - began
print("read %.3f s, %d records, %d bytes, %.1f MB/s" % (seconds, count, size, size / seconds / 1e6))
PYTHON
cat >"$work/others.py" <<'PYTHON'
import sys, time
from warcio.archiveiterator import ArchiveIterator
began, count, size = time.process_time(), 0, 0
with open(sys.argv[1], "rb") as stream:
    for record in ArchiveIterator(stream, no_record_parse=True, check_digests=len(sys.argv) > 2):
        count += 1
        size += len(record.raw_stream.read())
seconds = time.process_time() - began
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
    began, size = time.process_time(), 0
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
    began, size = time.process_time(), 0
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
seconds = time.process_time() - began
print("write %.3f s, %d records, %d bytes, %.1f MB/s" % (seconds, len(held), size, size / seconds / 1e6))
PYTHON

least() { sort -t' ' -k2 -n "$1" | head -1; }
ours() { python3 "$work/ours.py" "$BENCH" "$@"; }
for number in $(seq "$RUNS"); do
    # in turns, so that what else the machine does falls on all of them
    ours read "$file" --no-digests >>"$work/r1"
    "$FAST/bin/python" "$work/fast.py" "$file" >>"$work/r2"
    "$TOOLS/bin/python" "$work/others.py" "$file" >>"$work/r3"
    ours read "$block" >>"$work/r4"
    "$FAST/bin/python" "$work/fast.py" "$block" digests >>"$work/r5"
    ours read "$file" >>"$work/r6"
    "$FAST/bin/python" "$work/fast.py" "$file" digests >>"$work/r7"
    "$TOOLS/bin/python" "$work/others.py" "$file" digests >>"$work/r8"
    "$FAST/bin/python" "$work/fast.py" "$file" payloads >>"$work/r9"
done
for number in $(seq "$(((RUNS + 4) / 5))"); do
    rm -rf "$work/w"; ours write "$work/w" "$RECORDS" >>"$work/w1"
    "$FAST/bin/python" "$work/write.py" fastwarc "$file" "$work/f.warc.gz" >>"$work/w2"
    "$TOOLS/bin/python" "$work/write.py" warcio "$file" "$work/o.warc.gz" >>"$work/w3"
done
echo "onrecord, no digests:                $(least "$work/r1")"
echo "FastWARC, no digests:                $(least "$work/r2")"
echo "warcio, no digests:                  $(least "$work/r3")"
echo "onrecord, one digest (block):        $(least "$work/r4")"
echo "FastWARC, one digest (block):        $(least "$work/r5")"
echo "onrecord, block and payload:         $(least "$work/r6")"
echo "FastWARC, block and payload:         $(least "$work/r9")"
echo "FastWARC, of two the block's:        $(least "$work/r7")"
echo "warcio, block and payload:           $(least "$work/r8")"
echo "onrecord, written and synced:        $(least "$work/w1")"
echo "FastWARC, written:                   $(least "$work/w2")"
echo "warcio, written and synced:          $(least "$work/w3")"
echo "opened for reading, and for writing (bytes each of a capture):"
"$BENCH" open "$work/archive" read
"$BENCH" open "$work/archive" write
