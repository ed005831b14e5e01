#!/usr/bin/env python3
"""Fifty hosts on the loopback interface, of which one page in twenty breaks in some way; measures what reaches them.

usage: web.py PORT HOSTS PAGES LOG
Serves until it is ended. Each request becomes a line of LOG: time in nanoseconds, host, path.
"""

import asyncio
import gzip
import sys
import time

FAULTS = [
    "slowheader", "slowbody", "reset", "short", "cl2", "badchunk", "chunkcut", "infinite", "infheader", "bomb",
    "badgzip", "gziptrunc", "loop", "tofile", "tometa", "todecimal", "503", "503date", "1xx", "nul", "http09",
    "404", "410", "403", "soft404", "nested", "big",
]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
WORDS = "The ferry will not sail before Thursday"


def page(name):
    body = f"<html><head><title>{name}</title></head><body><article><p>“{WORDS},” said Ada Nyland of {name}.</p>"
    return (body + "<p>Gulls sat on the quay, and nobody minded them.</p>" * 40 + "</article></body></html>").encode()


BOMB = gzip.compress(b" " * (96 << 20), 9)
BIG = page("big") + b"<p>lorem ipsum</p>\n" * 500_000


def fault_of(number):
    """Every twentieth page breaks, each time in another way."""
    return FAULTS[number // 20 % len(FAULTS)] if number % 20 == 7 else None


async def slowly(writer, data, pause):
    for byte in data:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(pause)


def whole(body, extra=b""):
    return HEAD + extra + b"Content-Length: %d\r\n\r\n" % len(body) + body


async def answer(writer, path, port):
    number = int(path.rsplit("-", 1)[-1]) if path.startswith("/page-") else None
    fault = fault_of(number) if number is not None else None
    send = writer.write
    if path == "/robots.txt":
        send(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 33\r\n\r\nUser-agent: *\nDisallow: /private\n")
    elif fault is None:
        send(whole(page(path)))
    elif fault == "slowheader":
        await slowly(writer, HEAD * 9, 0.2)
    elif fault == "slowbody":
        send(HEAD + b"Content-Length: 100000\r\n\r\n")
        await slowly(writer, page(path), 0.2)
    elif fault == "reset":
        send(HEAD + b"Content-Length: 100000\r\n\r\n" + page(path))
        await writer.drain()
        await asyncio.sleep(0.2)
        writer.transport.abort()
    elif fault == "short":
        send(HEAD + b"Content-Length: 100000\r\n\r\n" + page(path))
    elif fault == "cl2":
        send(HEAD + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\nhelloEXTR")
    elif fault == "badchunk":
        send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nZZZ\r\n")
    elif fault == "chunkcut":
        send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
    elif fault == "infinite":
        send(HEAD + b"\r\n")
        while True:
            send(b"z" * 65536)
            await writer.drain()
    elif fault == "infheader":
        send(HEAD)
        while True:
            send(b"X-A: " + b"h" * 1000 + b"\r\n")
            await writer.drain()
    elif fault == "bomb":
        send(whole(BOMB, b"Content-Encoding: gzip\r\n"))
    elif fault == "badgzip":
        send(whole(b"notgzip", b"Content-Encoding: gzip\r\n"))
    elif fault == "gziptrunc":
        send(whole(gzip.compress(page(path))[:-8], b"Content-Encoding: gzip\r\n"))
    elif fault == "loop":
        send(b"HTTP/1.1 302 F\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % path.encode())
    elif fault in ("tofile", "tometa", "todecimal"):
        to = {"tofile": "file:///etc/passwd", "tometa": "http://169.254.169.254/latest/", "todecimal": "http://2852039166/"}
        send(b"HTTP/1.1 302 F\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % to[fault].encode())
    elif fault == "503":
        send(b"HTTP/1.1 503 S\r\nRetry-After: 2\r\nContent-Length: 4\r\n\r\nbusy")
    elif fault == "503date":
        send(b"HTTP/1.1 503 S\r\nRetry-After: Wed, 21 Oct 2099 07:28:00 GMT\r\nContent-Length: 4\r\n\r\nbusy")
    elif fault == "1xx":
        send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 500 + whole(page(path)))
    elif fault == "nul":
        send(HEAD + b"X-A: a\0b\r\nContent-Length: 5\r\n\r\nhello")
    elif fault == "http09":
        send(page(path))
    elif fault in ("404", "410", "403"):
        send(b"HTTP/1.1 %s Status\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nno" % fault.encode())
    elif fault == "soft404":
        send(whole(b"<title>Oops</title><h1>Page not found</h1>"))
    elif fault == "nested":
        body = page(path)
        for _ in range(5):
            body = gzip.compress(body)
        send(whole(body, b"Content-Encoding: gzip, gzip, gzip, gzip, gzip\r\n"))
    elif fault == "big":
        send(whole(BIG))
    await writer.drain()


def handler(host, port, log):
    async def handle(reader, writer):
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
            path = head.split(b" ")[1].decode("ascii", "replace")
            log.write(f"{time.monotonic_ns()} {host} {path}\n")
            await answer(writer, path, port)
        except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError, asyncio.LimitOverrunError, ValueError):
            pass
        finally:
            writer.close()

    return handle


async def main():
    port, hosts, log = int(sys.argv[1]), int(sys.argv[2]), open(sys.argv[4], "w", buffering=1)
    for number in range(hosts):
        host = f"127.0.1.{number + 1}"
        await asyncio.start_server(handler(host, port, log), host, port, backlog=512)
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
