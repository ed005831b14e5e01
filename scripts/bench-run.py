#!/usr/bin/env python3
"""Times `onrecord check` from a WARC, end to end, beside a script of warcio, selectolax and rapidfuzz doing the locating alone.

usage: scripts/bench-run.py --corpus DIR [--bin target/release/onrecord] [--claims N] [--turns N]

Needs `pip install warcio selectolax rapidfuzz`. The corpus is a folder with `pages.jsonl`, `inputs.jsonl` and compressed
pages; all of its pages go into one archive, twice where more than one round of claims is asked for. Counted is the time
that the processor works (user and system), one thread, the least of several turns; both sides in turn.
"""
import argparse, gzip, hashlib, json, os, pathlib, subprocess, tempfile, time, tomllib

ap = argparse.ArgumentParser()
ap.add_argument("--corpus", type=pathlib.Path, required=True)
ap.add_argument("--bin", default="target/release/onrecord")
ap.add_argument("--claims", type=int, help="so many claims, on the pages twice (default: each claim of the corpus once)")
ap.add_argument("--turns", type=int, default=3)
a = ap.parse_args()


def toml(text):
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def record(uri, block, body):
    head = {"WARC-Type": "response", "WARC-Record-ID": "<urn:uuid:%s>" % hashlib.md5(uri.encode()).hexdigest(),
            "WARC-Target-URI": uri, "WARC-Date": "2026-11-20T10:00:00Z", "Content-Type": "application/http; msgtype=response",
            "WARC-Payload-Digest": "sha256:" + hashlib.sha256(body).hexdigest(), "Content-Length": len(block)}
    text = "WARC/1.1\r\n" + "".join(f"{key}: {value}\r\n" for key, value in head.items()) + "\r\n"
    return gzip.compress(text.encode() + block + b"\r\n\r\n", 6, mtime=0)


work = pathlib.Path(tempfile.mkdtemp(prefix="onrecord-run-"))
inputs = [i for i in map(json.loads, open(a.corpus / "inputs.jsonl", encoding="utf-8")) if ".pdf" not in i["page"]]
kinds = {p["page"]: p.get("http_content_type") or "text/html" for p in map(json.loads, open(a.corpus / "pages.jsonl", encoding="utf-8"))}
names = sorted({i["page"] for i in inputs})
copies = 1 if not a.claims else 2
largest = 0
with open(work / "pages.warc.gz", "wb") as out:
    for copy in range(copies):
        for name in names:
            body = gzip.decompress((a.corpus / name).read_bytes())
            largest = max(largest, len(body))
            head = f"HTTP/1.1 200 OK\r\nContent-Type: {kinds[name]}\r\nContent-Length: {len(body)}\r\n\r\n"
            out.write(record(f"https://c{copy}.example/{name}", head.encode() + body, body))
wanted = a.claims or len(inputs)
with open(work / "claims.toml", "w", encoding="utf-8") as out:
    for number in range(wanted):
        one, round_ = inputs[number % len(inputs)], number // len(inputs)
        out.write(f'[[claim]]\nid = "{one["id"]}-{round_}"\nsource = {toml(f"https://c{round_ % copies}.example/" + one["page"])}\n')
        out.write(f'statement = {toml(one.get("statement") or one.get("quote") or one["figure"])}\n')
        for key in ("quote", "figure"):
            if key in one:
                value = one[key]
                out.write(f"{key} = " + (toml(value) if isinstance(value, str) else "[" + ", ".join(map(toml, value)) + "]") + "\n")
        out.write("\n")


def ours(threads):
    with open(os.devnull, "wb") as nowhere:
        child = subprocess.Popen([a.bin, "check", work / "claims.toml", "--offline", "--quiet", "--archive", work / "pages.warc.gz",
                                  f"--format=jsonl={work / 'answers.jsonl'}", "--threads", str(threads)], stdout=nowhere)
        _, status, used = os.wait4(child.pid, 0)
    assert os.waitstatus_to_exitcode(status) in (0, 1, 3), "the run failed"
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def theirs():
    from rapidfuzz import fuzz
    from selectolax.lexbor import LexborHTMLParser
    from warcio.archiveiterator import ArchiveIterator
    began = time.process_time()
    asked = {}
    for claim in tomllib.loads((work / "claims.toml").read_text(encoding="utf-8"))["claim"]:
        words = claim.get("quote") or claim["statement"]
        asked.setdefault(claim["source"], []).append(words if isinstance(words, str) else " ".join(words))
    with open(work / "pages.warc.gz", "rb") as archive:
        for one in ArchiveIterator(archive):
            body = one.content_stream().read()
            root = LexborHTMLParser(body).body
            text = root.text(separator=" ") if root else ""
            for words in asked.get(one.rec_headers.get_header("WARC-Target-URI"), []):
                fuzz.partial_ratio_alignment(words, text)
    return time.process_time() - began


mine, other, resident = [], [], []
for _ in range(a.turns):
    took, memory = ours(1)
    mine.append(took)
    resident.append(max(memory, ours(2)[1]))
    other.append(theirs())
last = json.loads(open(work / "answers.jsonl", encoding="utf-8").readline())
assert last["id"], "the answers are there"
allowed = 64 + 8 * largest / 2**20
print(f"{wanted} claims on {copies * len(names)} pages, one core, `elsewhere` and controls on\n")
print("| what | seconds of the processor | claims a second and core |\n| --- | --- | --- |")
print(f"| onrecord check, everything | {min(mine):.2f} | {wanted / min(mine):.0f} |")
print(f"| warcio + selectolax + rapidfuzz, locating alone | {min(other):.2f} | {wanted / min(other):.0f} |")
print(f"| ratio | {min(other) / min(mine):.1f} | |")
print(f"\nmemory: {max(resident):.0f} MiB at most (allowed: 64 MiB and eight times the largest page, {allowed:.0f} MiB)")
