#!/usr/bin/env python3
"""Times reading pages as text beside other people's tools, on the same pages in one run.

usage: scripts/bench-extract.py FOLDER [--bench PROGRAM] [--rounds N]
needs: pip install selectolax trafilatura

FOLDER holds pages as .html or .html.gz. PROGRAM is `cargo bench --bench extract`, built (its path is what
`cargo bench --bench extract --no-run` prints); it prints scraper's bare text() and this program's zoned text. Beside it:
lexbor's text by selectolax, and trafilatura's main text, which leaves out what it takes for boilerplate. The best of
several rounds counts, tools in turn. Megabytes of HTML a second, one thread.
"""
import argparse, gzip, pathlib, subprocess, sys, time

parser = argparse.ArgumentParser()
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--bench", help="the built benchmark; without it only the other tools are timed")
parser.add_argument("--rounds", type=int, default=3)
options = parser.parse_args()

from selectolax.lexbor import LexborHTMLParser
import trafilatura

pages = []
for path in sorted(options.folder.rglob("*")):
    if path.name.endswith(".html.gz"):
        pages.append(gzip.open(path).read())
    elif path.name.endswith(".html"):
        pages.append(path.read_bytes())
if not pages:
    sys.exit(f"no pages in {options.folder}")
megabytes = sum(map(len, pages)) / 1e6


def lexbor(page):
    tree = LexborHTMLParser(page)
    return len(tree.body.text() if tree.body else "")


TOOLS = {"selectolax (lexbor), bare text": lexbor, "trafilatura, main text": lambda page: len(trafilatura.extract(page) or "")}
best = {name: float("inf") for name in TOOLS}
if options.bench:
    print(subprocess.run([options.bench, str(options.folder)], capture_output=True, text=True, check=True).stdout, end="")
for _ in range(options.rounds):
    for name, read in TOOLS.items():
        began = time.process_time()
        for page in pages:
            read(page)
        best[name] = min(best[name], time.process_time() - began)
for name, seconds in best.items():
    print(f"{name + ':':34} {megabytes / seconds:7.1f} MB/s")
