#!/usr/bin/env python3
"""elementtree.py FILE.xml.gz [ROUNDS]: Python's ElementTree on the registry's XML, as a peer. Prints Markdown."""
import gzip
import statistics
import sys
import time
import xml.etree.ElementTree as ET

data = gzip.open(sys.argv[1]).read()
rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 11
root = ET.fromstring(data)
print("| Python | median ms | fastest ms |\n|---|---|---|")
for name, run in (("ElementTree.fromstring", lambda: ET.fromstring(data)), ("ElementTree.tostring", lambda: ET.tostring(root))):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1e3)
    print(f"| {name} | {statistics.median(times):.1f} | {min(times):.1f} |")
