#!/usr/bin/env python3
"""Whole processes: one lookup, many lookups, a million lines of them; peers in turn in the same run.

usage: cold.py BERTH REGISTRY.xml REGISTRY.csv PERF WORK
BERTH is the published program, PERF the folder with the peers' drivers (gen.py, spawn.c), WORK a scratch folder.
Prints Markdown. Needs gcc, and root for a full-size /etc/services of its own (a mount that only this run sees).
"""

import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import time

ROUNDS = 41
berth, xml, csv, perf, work = (os.path.abspath(path) for path in sys.argv[1:6])
os.makedirs(work, exist_ok=True)
os.chdir(work)
data = os.path.join(work, "local")
shutil.rmtree(data, ignore_errors=True)
subprocess.run(["python3", f"{perf}/gen.py", csv, "."], check=True, stdout=subprocess.DEVNULL)
subprocess.run(["gcc", "-O2", "-w", "-o", "spawn", f"{perf}/spawn.c"], check=True)
os.environ["XDG_DATA_HOME"] = work
os.makedirs("berthbook", exist_ok=True)
subprocess.run([berth, "import", xml], check=True, stdout=subprocess.DEVNULL)

lines = [line.split("\t") for line in open("services", encoding="utf-8")]
assigned = list(dict.fromkeys(line[1] for line in lines))
pick = random.Random(7)
ports = pick.sample(assigned, 21)


def with_full_services(command):
    mount = f"mount --bind {work}/services /etc/services && exec {command}"
    return subprocess.run(["unshare", "-m", "sh", "-c", mount], check=True, capture_output=True, text=True).stdout


def spawn(rounds, commands):
    with open("commands", "w", encoding="utf-8") as out:
        out.writelines(f"{label}\t{command}\n" for label, command in commands)
    found = {}
    for line in with_full_services(f"./spawn {rounds} commands").splitlines():
        match = re.match(r"(.+?)\s+wall ms med\s+([\d.]+) min\s+([\d.]+) p90\s+[\d.]+\s+cpu\s+([\d.]+)\s+rss\s+(\d+)", line)
        found[match[1]] = tuple(float(part) for part in match.groups()[1:])
    return found


def print_rows(title, first, rows):
    print(f"### {title}\n\n| | median ms | min ms | CPU ms | MiB | ratio |\n|---|---|---|---|---|---|")
    for name, values in rows:
        ratio = statistics.median(mine[0] / peer[0] for mine, peer in zip(values, first))
        wall, least, cpu, memory = (statistics.median(column) for column in zip(*values))
        print(f"| {name} | {wall:.2f} | {least:.2f} | {cpu:.2f} | {memory / 1024:.1f} | {ratio:.2f} |")
    print()


peers = {
    "getent services": lambda port: f"getent services {port}",
    "berth lookup": lambda port: f"{berth} lookup {port}",
    "berth lookup --json": lambda port: f"{berth} lookup --json {port}",
    "grep -m1 on the CSV": lambda port: f"grep -m1 ,{port.replace('/', ',')}, {csv}",
}
if shutil.which("sqlite3"):
    peers["sqlite3, indexed"] = lambda port: (
        "sqlite3 -batch reg.db select\x01name,descr\x01from\x01r\x01where\x01port={}\x01and\x01proto='{}'".format(*port.split("/"))
    )
if shutil.which("rg"):
    peers["ripgrep on the CSV"] = lambda port: f"rg -m1 ,{port.replace('/', ',')}, {csv}"
times = {name: [] for name in peers}
for port in ports:
    for name, figures in spawn(ROUNDS, [(name, make(port)) for name, make in peers.items()]).items():
        times[name].append(figures)
print(f"## Whole processes, {len(lines):,} lines of services\n")
print_rows(
    f"One lookup: the median over {len(ports)} random assigned ports, each {ROUNDS} times in turn",
    times["getent services"],
    times.items(),
)

keys = " ".join(pick.sample(assigned, 76))
many = spawn(ROUNDS, [("getent services", f"getent services {keys}"), ("berth lookup", f"{berth} lookup {keys}")])
print_rows("76 keys in one call", [many["getent services"]], [(name, [row]) for name, row in many.items()])

with open("questions", "w", encoding="ascii") as out:
    out.writelines(f"{port}\n" for port in pick.choices(assigned, k=1_000_000))
table = "BEGIN{FS=\"\\t\"} NR==FNR{if(!($2 in t))t[$2]=$1 \"\\t\" $3;next}{print $1 \"\\t\" t[$1]}"
runs = {
    f"{os.path.basename(os.path.realpath(shutil.which('awk')))} with a table": ["awk", table, "services", "questions"],
    "berth lookup -": [berth, "lookup", "-"],
}
seconds = {name: [] for name in runs}
for _ in range(7):
    for name, command in runs.items():
        with open("questions", "rb") as questions:
            start = time.monotonic()
            subprocess.run(command, stdin=questions, stdout=subprocess.DEVNULL, check=True)
            seconds[name].append(time.monotonic() - start)
first = statistics.median(next(iter(seconds.values())))
print("### 1,000,000 lines of questions\n\n| | median ms | min ms | ratio |\n|---|---|---|---|")
for name, values in seconds.items():
    median = statistics.median(values)
    print(f"| {name} | {median * 1000:.0f} | {min(values) * 1000:.0f} | {median / first:.2f} |")
