#!/usr/bin/env python3
"""promises.py promises.jsonl: docs/PROMISES.md out of what the tests counted."""
import json
import sys

# The last result of each counts.
rows = {row["id"]: row for row in map(json.loads, open(sys.argv[1], encoding="utf-8"))}.values()
print("# Promises, tried\n")
print("Written by `scripts/long.sh`. A promise counts with its control: the same test with the protection taken away,")
print("which must fail. *Unknown*: nothing was acknowledged, so all or nothing may be there, and was.\n")
print("| promise | tried | failed | unknown | control (times it failed) | seconds | seed | commit | date | machine | result |")
print("|---|---|---|---|---|---|---|---|---|---|---|")
for row in sorted(rows, key=lambda row: row["id"]):
    control = row["control"]
    is_void = control["name"] != "none" and control["failed"] == 0
    result = "**void**" if is_void else "kept" if row["failed"] == 0 else "**broken**"
    cells = [
        row["promised"], row["tried"], row["failed"], row["unknown"], f'{control["name"]} ({control["failed"]})',
        row["seconds"], row["seed"], row["commit"], row["date"], row["machine"], result,
    ]
    print("| " + " | ".join(str(cell) for cell in cells) + " |")
