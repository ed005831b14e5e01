#!/usr/bin/env python3
"""Reads the log of web.py: requests, the smallest gap between two of one host, pages that were asked for again.

usage: gaps.py LOG LEAST_SECONDS
Exit status 1 where a gap is smaller than it may be.
"""

import collections
import sys

hosts = collections.defaultdict(list)
pages = collections.Counter()
for line in open(sys.argv[1]):
    moment, host, path = line.split()
    hosts[host].append(int(moment))
    pages[host, path] += 1
gaps = [(b - a) / 1e9 for moments in hosts.values() for a, b in zip(sorted(moments), sorted(moments)[1:])]
smallest = min(gaps) if gaps else 0.0
print(f"{sum(pages.values())} requests to {len(hosts)} hosts, smallest gap between two requests to one host: {smallest:.3f} s")
sys.exit(smallest < float(sys.argv[2]) and bool(gaps))
