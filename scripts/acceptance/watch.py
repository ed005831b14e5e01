#!/usr/bin/env python3
"""Ten thousand claims, watched for an hour: sixty hosts of the loopback interface whose pages change now and then, a
receiver that refuses some alerts at first, and a watch that never rests.

usage: watch.py PROGRAM FOLDER SECONDS [CLAIMS]
FOLDER is made. What is printed: memory by quarters of the time, the smallest gap between the end of one request to a
host and the beginning of the next, as the server saw it, looks, and what became of every change: each is to be told
once. Exit status 1 where a gap is too small, memory grew, or an alert was lost, told twice or told for nothing.
"""

import asyncio
import collections
import datetime
import hashlib
import json
import os
import random
import signal
import sqlite3
import sys
import time
import zlib

PORT = 18490
HOSTS, PAGES_PER_HOST, MANIFESTS, READERS = 60, 8, 20, 2
SOURCES = HOSTS * PAGES_PER_HOST
INTERVAL = 1.0
SYLLABLES = "ba ko mi ru te sal vor nen hul dri fa gos lem pir qua sto wen yar zib cham".split()


def word(chance):
    return "".join(chance.choice(SYLLABLES) for _ in range(3))


def sentence(source, number):
    chance = random.Random(f"{source}/{number}")
    w = [word(chance) for _ in range(8)]
    count = chance.randrange(1000, 9999)
    return f"We counted {count} {w[0]} at the {w[1]} before the {w[2]} of {w[3]}, and no {w[4]} there ever {w[5]} without its {w[6]} {w[7]}"


class Page:
    """One page: its sentences, and what became of them."""

    def __init__(self, number, sentences):
        self.number = number
        self.sentences = [sentence(number, n) for n in range(sentences)]
        self.advertisement = 0
        self.weather = False

    @property
    def host(self):
        return f"127.0.2.{self.number % HOSTS + 1}"

    @property
    def url(self):
        return f"http://{self.host}:{PORT}/page-{self.number}"

    def body(self):
        told = "".join(
            f"<p>“{text},” said Ada Nyland of town {self.number}.</p><p>Gulls sat on quay {n} and minded nobody.</p>"
            for n, text in enumerate(self.sentences)
            if text is not None
        )
        ads = f"<aside class=advertisement><p>Buy {self.advertisement} lamps today.</p></aside>"
        return (
            f"<html><head><title>Town {self.number}</title></head><body><nav><a href=/>Front page</a></nav>{ads}"
            f"<article><h1>The count of town {self.number}</h1>{told}</article></body></html>"
        ).encode()


class World:
    """The web as the watch meets it, and what it did there."""

    def __init__(self, folder, claims):
        each = -(-claims // (SOURCES * READERS))
        self.pages = [Page(n, each * READERS) for n in range(SOURCES)]
        self.folder = folder
        self.log = open(f"{folder}/requests.log", "w", buffering=1)
        self.ended = {}
        self.gaps = []
        self.requests = collections.Counter()
        self.changes = {}
        self.refused = set()
        self.taken = []
        # which sentences of a page which manifest rests on
        self.claims = {}
        for number in range(claims):
            page, place = number % SOURCES, number // SOURCES
            # each page has two articles that rest on it, and each article has pages of nearly every host
            manifest = (page % HOSTS // 3 + page // HOSTS * 3 + place % READERS * 11) % MANIFESTS
            self.claims[f"m{manifest}-p{page}-q{place}"] = (manifest, page, place)

    def write_manifests(self):
        written = collections.defaultdict(list)
        for name, (manifest, page, place) in self.claims.items():
            text = self.pages[page].sentences[place]
            written[manifest].append(
                f'[[claim]]\nid = "{name}"\nstatement = "“{text},” said Ada Nyland."\nsource = "{self.pages[page].url}"\n'
            )
        paths = []
        for manifest, claims in sorted(written.items()):
            paths.append(f"{self.folder}/article-{manifest}.toml")
            with open(paths[-1], "w") as file:
                file.write('archive = "archive"\nlanguage = "en"\n\n' + "\n".join(claims))
        return paths

    def change(self, chance, untouched):
        """Changes one sentence for good, in one of three ways."""
        name = untouched.pop(chance.randrange(len(untouched)))
        _, page, place = self.claims[name]
        kind = chance.choice(["figure", "word", "removed"])
        text = self.pages[page].sentences[place]
        parts = text.split(" ")
        if kind == "figure":
            parts[2] = str(int(parts[2]) + 1000)
        elif kind == "word":
            parts[6] = word(chance)
        self.pages[page].sentences[place] = None if kind == "removed" else " ".join(parts)
        self.changes[name] = (kind, time.time())

    async def page(self, reader, writer):
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
            began = time.monotonic()
            host = writer.get_extra_info("sockname")[0]
            if host in self.ended:
                self.gaps.append(began - self.ended[host])
            path = head.split(b" ")[1].decode()
            self.requests[path == "/robots.txt"] += 1
            self.log.write(f"{began:.4f} {host} {path}\n")
            answer = self.answer(path, head)
            # before the last byte leaves: never later than the moment at which the other side has it
            self.ended[host] = time.monotonic()
            writer.write(answer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError, ValueError):
            pass
        finally:
            writer.close()

    def answer(self, path, head):
        if path == "/robots.txt":
            return b"HTTP/1.1 404 None\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        page = self.pages[int(path.rsplit("-", 1)[1])]
        if page.weather:
            page.weather = False
            return b"HTTP/1.1 503 Busy\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbusy"
        body = page.body()
        mark = hashlib.sha1(body).hexdigest().encode()
        field = b'ETag: "%s"\r\n' % mark if page.number % 2 else b""
        if page.number % 2 and mark in head:
            return b"HTTP/1.1 304 Same\r\n" + field + b"Connection: close\r\n\r\n"
        return (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + field
            + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body
        )

    async def hook(self, reader, writer):
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
            fields = dict(
                line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line
            )
            message = json.loads(await reader.readexactly(int(fields[b"content-length"])))
            delivery = message["delivery"]
            refuse = zlib.crc32(delivery.encode()) % 5 == 0 and delivery not in self.refused
            if refuse:
                self.refused.add(delivery)
            else:
                self.taken.append(message)
            writer.write(b"HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" % (b"503 Later" if refuse else b"200 OK"))
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError, ValueError):
            pass
        finally:
            writer.close()


def memory(process):
    with open(f"/proc/{process}/status") as file:
        fields = dict(line.split(":", 1) for line in file)
    return {name: int(fields[name].split()[0]) // 1024 for name in ("VmRSS", "RssAnon", "VmHWM")} | {
        "threads": int(fields["Threads"]), "files": len(os.listdir(f"/proc/{process}/fd"))
    }


async def main():
    program, folder, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
    claims = int(sys.argv[4]) if len(sys.argv) > 4 else 10_000
    os.makedirs(folder)
    world = World(folder, claims)
    paths = world.write_manifests()
    for number in range(HOSTS):
        await asyncio.start_server(world.page, f"127.0.2.{number + 1}", PORT, backlog=256)
    await asyncio.start_server(world.hook, "127.0.0.1", PORT)
    print(f"{len(world.claims)} claims of {len(paths)} manifests on {SOURCES} pages of {HOSTS} hosts, {seconds:.0f} s", flush=True)

    arguments = ["watch", *paths, "--every", "1 min", "--allow-private", "--render", "never", "--interval", str(INTERVAL)]
    arguments += ["--alert", f"webhook=http://127.0.0.1:{PORT}/hook"]
    with open(f"{folder}/said", "w") as said:
        process = await asyncio.create_subprocess_exec(program, *arguments, stdout=said, stderr=said)
    began = time.monotonic()
    # changes begin when every page was seen once, and end early enough to be noticed and told
    quiet = min(420, seconds * 0.5)
    chance = random.Random(1)
    untouched, samples, seen_all = sorted(world.claims), [], None
    sample_at = began
    rate = min(0.25, len(untouched) / 2 / seconds)
    while process.returncode is None and time.monotonic() - began < seconds:
        now = time.monotonic()
        if now >= sample_at:
            samples.append((now - began, memory(process.pid)))
            sample_at += 10
        if seen_all is None:
            if looked(folder) >= claims:
                seen_all = now - began
                print(f"every claim was seen after {seen_all:.0f} s", flush=True)
        elif now - began < seconds - quiet:
            if chance.random() < rate:
                world.change(chance, untouched)
            if chance.random() < 0.5:
                chance.choice(world.pages).advertisement += 1
            if chance.random() < 0.1:
                chance.choice(world.pages).weather = True
        await asyncio.sleep(1)
    if process.returncode is not None:
        print(f"FAILED: the watch ended with {process.returncode}")
        return 1
    stopping = time.monotonic()
    process.send_signal(signal.SIGINT)
    try:
        status = await asyncio.wait_for(process.wait(), 60)
    except asyncio.TimeoutError:
        process.kill()
        print("FAILED: it did not end within a minute of Ctrl-C")
        return 1
    print(f"ended with {status} {time.monotonic() - stopping:.1f} s after Ctrl-C")
    return tell(world, samples, seconds)


def database(folder):
    return sqlite3.connect(f"file:{folder}/archive/history.sqlite?mode=ro", uri=True, timeout=30)


def looked(folder):
    try:
        with database(folder) as ledger:
            return ledger.execute("SELECT COUNT(DISTINCT claim) FROM observation").fetchone()[0]
    except sqlite3.Error:
        return 0


def tell(world, samples, seconds):
    failed = False

    def wanted(holds, what):
        nonlocal failed
        if not holds:
            failed = True
            print(f"FAILED: {what}")

    with open(f"{world.folder}/memory.csv", "w") as file:
        file.write("second,rss,anon,peak,threads,files\n")
        for moment, sample in samples:
            file.write(f"{moment:.0f}," + ",".join(str(value) for value in sample.values()) + "\n")
    # the first tenth is the time in which it comes to its size
    settled = [sample for moment, sample in samples if moment >= seconds / 10]
    quarters = [settled[len(settled) * n // 4:len(settled) * (n + 1) // 4] for n in range(4)]
    for number, quarter in enumerate(quarters):
        rss = [sample["VmRSS"] for sample in quarter] or [0]
        last = quarter[-1] if quarter else {}
        print(f"memory, quarter {number + 1}: median {sorted(rss)[len(rss) // 2]} MiB, peak {max(rss)} MiB, "
              f"threads {last.get('threads')}, files {last.get('files')}")
    print(f"peak of the whole time: {samples[-1][1]['VmHWM']} MiB")
    first, last = (sorted(s["VmRSS"] for s in quarters[n]) for n in (0, 3))
    if first and last:
        wanted(last[len(last) // 2] <= first[len(first) // 2] * 1.15 + 4, "memory grew")

    pages, robots = world.requests[False], world.requests[True]
    smallest = min(world.gaps)
    print(f"{pages} requests for pages, {robots} for robots.txt; smallest gap at one host {smallest:.3f} s, "
          f"{sum(gap < INTERVAL for gap in world.gaps)} below {INTERVAL} s")
    wanted(smallest >= INTERVAL, "a host was asked too soon")
    wanted(robots <= HOSTS, "robots.txt was asked for again")

    with database(world.folder) as ledger:
        observations = ledger.execute("SELECT SUM(times) FROM observation").fetchone()[0]
        runs = ledger.execute("SELECT COUNT(*) FROM run").fetchone()[0]
        drifts = ledger.execute("SELECT COUNT(*) FROM drift").fetchone()[0]
        looks = dict(ledger.execute("SELECT claim, MAX(json_extract(last_capture, '$.captured')) FROM observation GROUP BY claim"))
        untold = ledger.execute("SELECT COUNT(*) FROM alert WHERE told IS NULL").fetchone()[0]
    print(f"{runs} runs, {observations} observations ({observations / len(world.claims):.1f} a claim), archive "
          f"{sum(e.stat().st_size for e in os.scandir(world.folder + '/archive')) >> 20} MiB")

    told = collections.Counter()
    kinds = collections.defaultdict(collections.Counter)
    deliveries = collections.Counter(message["delivery"] for message in world.taken)
    for message in world.taken:
        for drift in message["drifts"]:
            claim = drift["subject"]["claim"]
            told[claim] += 1
            kinds[world.changes.get(claim, ("nothing", 0))[0]][drift["kind"]] += 1
    for kind, counts in sorted(kinds.items()):
        print(f"  changed: {kind:8} told: {dict(counts)}")
    # what changed after the last look is no alert yet; captures are dated in whole seconds
    seen = {claim: datetime.datetime.fromisoformat(look.replace("Z", "+00:00")).timestamp() for claim, look in looks.items()}
    due = [claim for claim, (_, at) in world.changes.items() if seen[claim] > at + 1]
    lost = [claim for claim in due if not told[claim]]
    twice = [claim for claim, count in told.items() if count > 1]
    nothing = [claim for claim in told if claim not in world.changes]
    print(f"{len(world.changes)} changes, {len(due)} of them before the last look at them, {len(world.taken)} alerts taken ({len(world.refused)} of them refused at first), "
          f"{len(lost)} lost, {len(twice)} twice, {len(nothing)} for nothing; {drifts} in the history, {untold} still to be told")
    wanted(not lost and not twice and not nothing, f"alerts: {lost[:5]} {twice[:5]} {nothing[:5]}")
    wanted(max(deliveries.values(), default=0) <= 1, "a message was taken twice")
    print("FAILED" if failed else "all as it should be")
    return int(failed)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
