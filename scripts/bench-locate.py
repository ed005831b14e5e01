#!/usr/bin/env python3
"""Lays our locating beside rapidfuzz's partial_ratio_alignment and edlib: same pages, same quotations, one run.

usage: scripts/bench-locate.py [--corpus DIR | --data DIR] [--rounds N] [--turns N]

Needs `pip install rapidfuzz edlib`. `--corpus` names a folder of real pages (its format is that of benches/support/data.rs);
without it, and without `--data`, pages of a made-up language are used. The tools take turns, so that what else the
computer does hits all of them; of each page the least time counts. Ours includes the index of the page; the others need
none and get the page's text as it is.
"""
import argparse, collections, json, pathlib, subprocess, sys, tempfile, time

import edlib
from rapidfuzz import fuzz

ap = argparse.ArgumentParser()
ap.add_argument("--corpus", type=pathlib.Path)
ap.add_argument("--data", type=pathlib.Path)
ap.add_argument("--rounds", type=int, default=4, help="rounds of a tool in one turn")
ap.add_argument("--turns", type=int, default=3)
a = ap.parse_args()

root = pathlib.Path(__file__).resolve().parent.parent
built = subprocess.run(["cargo", "bench", "--bench", "locate", "--no-run", "--message-format", "json"],
                       cwd=root, check=True, stdout=subprocess.PIPE, text=True).stdout
bench = [m["executable"] for m in map(json.loads, built.splitlines()) if m.get("executable") and m["target"]["name"] == "locate"][-1]
data = a.data or pathlib.Path(tempfile.mkdtemp(prefix="onrecord-locate-"))
if not a.data:
    subprocess.run([bench, *(["--corpus", a.corpus] if a.corpus else []), "--write", data], check=True)

pages = {p["page"]: p["text"] for p in map(json.loads, open(data / "pages.jsonl", encoding="utf-8"))}
quotes = collections.defaultdict(list)
for q in map(json.loads, open(data / "quotes.jsonl", encoding="utf-8")):
    quotes[q["page"]].append((" ".join(q["quote"]), q["at"]))


def overlap(x, y):
    common = max(0, min(x[1], y[1]) - max(x[0], y[0]))
    either = x[1] - x[0] + y[1] - y[0] - common
    return common / either if either else 0.0


def rapidfuzz(quote, text):
    found = fuzz.partial_ratio_alignment(quote, text)
    return found.dest_start, found.dest_end


def with_edlib(quote, text):
    try:
        start, end = edlib.align(quote, text, mode="HW", task="locations")["locations"][0]
        return start or 0, end + 1
    except ValueError:  # more different characters than edlib takes: by bytes instead
        whole = text.encode()
        start, end = edlib.align(quote.encode(), whole, mode="HW", task="locations")["locations"][0]
        return len(whole[:start or 0].decode(errors="ignore")), len(whole[:end + 1].decode(errors="ignore"))


others = {"rapidfuzz partial_ratio_alignment": rapidfuzz, "edlib HW": with_edlib}
least = {name: {} for name in others}
found = {name: {} for name in others}
ours = None
for _ in range(a.turns):
    one = json.loads(subprocess.run([bench, "--data", data, "--rounds", str(a.rounds)], check=True, stdout=subprocess.PIPE).stdout)
    if ours is None or one["locate"]["micros"] < ours["locate"]["micros"]:
        ours = one
    for name, tool in others.items():
        for _ in range(a.rounds if name.startswith("rapid") else 1):
            for page, asked in quotes.items():
                text = pages[page]
                began = time.perf_counter()
                spans = [tool(quote, text) for quote, _ in asked]
                took = time.perf_counter() - began
                least[name][page] = min(took, least[name].get(page, took))
                found[name][page] = spans

count = sum(map(len, quotes.values()))
print(f"{len(pages)} pages, {sum(map(len, pages.values())) / 1e6:.1f} million characters, {count} quotations\n")
print("| tool | ms | µs a quotation | located (overlap ≥ 0.5) | mean overlap | ours is faster by |")
print("| --- | --- | --- | --- | --- | --- |")


def line(name, micros, located, mean, ratio):
    print(f"| {name} | {micros / 1e3:.1f} | {micros / count:.1f} | {100 * located / count:.1f} % | {100 * mean:.1f} % | {ratio} |")


for kind, name in (("locate", "onrecord, locating, index included"), ("find", "onrecord, whole check, index included")):
    line(name, ours[kind]["micros"], ours[kind]["located"], ours[kind]["overlap"], "")
for name in others:
    shares = [max(overlap(span, at) for at in places)
              for page, asked in quotes.items() for (_, places), span in zip(asked, found[name][page])]
    micros = 1e6 * sum(least[name].values())
    ratio = f"{micros / ours['locate']['micros']:.1f}× (whole check {micros / ours['find']['micros']:.1f}×)"
    line(name, micros, sum(share >= 0.5 for share in shares), sum(shares) / count, ratio)
