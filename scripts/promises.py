#!/usr/bin/env python3
"""promises.py NEW.jsonl: docs/promises.jsonl with what the tests counted now, the last result of each promise, and
docs/PROMISES.md out of it."""
import json
import pathlib
import sys

docs = pathlib.Path(__file__).resolve().parent.parent / "docs"
kept = docs / "promises.jsonl"
lines = [line for path in (kept, pathlib.Path(sys.argv[1])) if path.exists() for line in path.open(encoding="utf-8")]
rows = {row["id"]: row for row in map(json.loads, lines)}
rows = sorted(rows.values(), key=lambda row: row["id"])
kept.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")

table = """# Promises, tried

Written by `scripts/long.sh` out of [promises.jsonl](promises.jsonl), the last result of each. A promise counts with its
control: the same test with the protection taken away, which must fail. *Unknown*: nothing was acknowledged, so all or
nothing may be there, and was.

| promise | tried | failed | unknown | control (times it failed) | seconds | seed | commit | date | machine | result |
|---|---|---|---|---|---|---|---|---|---|---|
"""
for row in rows:
    control = row["control"]
    is_void = control["name"] != "none" and control["failed"] == 0
    result = "**void**" if is_void else "kept" if row["failed"] == 0 else "**broken**"
    cells = [
        row["promised"], row["tried"], row["failed"], row["unknown"], f'{control["name"]} ({control["failed"]})',
        row["seconds"], row["seed"], row["commit"], row["date"], row["machine"], result,
    ]
    table += "| " + " | ".join(str(cell) for cell in cells) + " |\n"
(docs / "PROMISES.md").write_text(table, encoding="utf-8")
