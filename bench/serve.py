#!/usr/bin/env python3
"""serve.py SERVER_DIR DATA.xml [ROUNDS] [SECONDS]: the server beside its peers, in turn, in one run.

HTTP: wrk against the server and against nginx with the same bytes as static files (Debian: wrk nginx-light
libnginx-mod-http-brotli-static brotli). Start: the server on an existing journal and an empty ASP.NET program, from
spawn to the first answer. Memory: resident after load. Everything on loopback; prints Markdown."""
import gzip
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

SERVER, DATA = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 5
SECONDS = int(sys.argv[4]) if len(sys.argv) > 4 else 2
FILES = "/assignments/service-names-port-numbers/service-names-port-numbers"
RUNNING = []
OURS, NGINX, EMPTY = "http://127.0.0.1:18480", "http://127.0.0.1:18481", "http://127.0.0.1:18482"


def get(url, **headers):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as answer:
        return answer.read()


def spawn(command, url, env=None):
    """Starts a program; gives it with the seconds until its first answer."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    RUNNING.append(process)
    while True:
        try:
            get(url)
            return process, time.perf_counter() - start
        except OSError:
            if process.poll() is not None or time.perf_counter() - start > 60:
                sys.exit(f"{command[0]} did not start")
            time.sleep(0.002)


def stop(process):
    process.terminate()
    process.wait()


def milliseconds(text):
    number, unit = re.fullmatch(r"([0-9.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": 1e-3, "ms": 1, "s": 1e3, "m": 6e4}[unit]


def wrk(url, connections, encoding=None):
    header = ["-H", f"Accept-Encoding: {encoding}"] if encoding else []
    command = ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "--latency", *header, url]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out:
        sys.exit(f"{url}: {out}")
    rate = float(re.search(r"Requests/sec:\s+([0-9.]+)", out).group(1))
    return rate, milliseconds(re.search(r"(?m)^\s+50%\s+(\S+)", out).group(1)), milliseconds(re.search(r"(?m)^\s+99%\s+(\S+)", out).group(1))


def compare(title, path, connections, encoding=None):
    rows = {"nginx": [], "Berthbook": []}
    # One round each that does not count: the runtime compiles what is used much.
    wrk(NGINX + path, connections, encoding)
    wrk(OURS + path, connections, encoding)
    for _ in range(ROUNDS):
        rows["nginx"].append(wrk(NGINX + path, connections, encoding))
        rows["Berthbook"].append(wrk(OURS + path, connections, encoding))
    medians = {name: [statistics.median(row[i] for row in of) for i in range(3)] for name, of in rows.items()}
    peer, own = medians["nginx"], medians["Berthbook"]
    print(f"| {title} | {peer[0]:,.0f} | {own[0]:,.0f} | {own[0] / peer[0]:.2f} | {peer[2]:.2f} | {own[2]:.2f} | {own[2] / peer[2]:.2f} |")


def nginx(folder):
    root = os.path.join(folder, "www")
    port = os.path.join(root, "api/v1/ports/443")
    file = root + FILES + ".csv"
    os.makedirs(os.path.dirname(port))
    os.makedirs(os.path.dirname(file))
    open(port, "wb").write(get(OURS + "/api/v1/ports/443"))
    csv = get(OURS + FILES + ".csv")
    open(file, "wb").write(csv)
    open(file + ".gz", "wb").write(gzip.compress(csv, 9))
    subprocess.run(["brotli", "-q", "11", "-k", file], check=True)
    module = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"
    load = f"load_module {module};\n" if os.path.exists(module) else ""
    temporary = "".join(f"{name}_temp_path {folder}/{name}; " for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    config = os.path.join(folder, "nginx.conf")
    open(config, "w").write(
        f"""{load}worker_processes 2; daemon off; pid {folder}/pid; error_log {folder}/errors;
events {{ worker_connections 1024; }}
http {{ access_log off; keepalive_requests 100000000; sendfile on; tcp_nopush on; open_file_cache max=1000;
  types {{ text/csv csv; }} default_type application/json; {temporary}
  server {{ listen 127.0.0.1:18481; root {root}; gzip_static on; {"brotli_static on;" if load else ""} }} }}
"""
    )
    # A program started as root would read the files as another user.
    os.chmod(folder, 0o755)
    command = ["nginx", "-c", config, "-p", folder]
    if os.geteuid() == 0:
        command += ["-g", "user root;"]
    return spawn(command, NGINX + "/api/v1/ports/443")[0]


def empty_program(folder):
    project = os.path.join(folder, "empty")
    os.makedirs(project)
    open(f"{project}/empty.csproj", "w").write(
        '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net10.0</TargetFramework>'
        "<ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>"
    )
    open(f"{project}/Program.cs", "w").write(
        'var app = WebApplication.CreateBuilder(args).Build();\napp.MapGet("/healthz", () => "ok");\napp.Run();\n'
    )
    subprocess.run(["dotnet", "publish", "-c", "Release", "-o", f"{project}/out", "-v", "quiet", "--nologo", project], check=True)
    return f"{project}/out/empty"


def resident(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{pid}/status").read()).group(1)) / 1024


def main(folder):
    data = os.path.join(folder, "data")
    program = os.path.join(SERVER, "berth-server")
    serve = [program, "--data", data, "--upstream", "none", "--urls", OURS]
    subprocess.run([program, "import", DATA, "--data", data], check=True, stdout=subprocess.DEVNULL)
    empty = empty_program(folder)

    print("## Start, from spawn to the first answer\n")
    starts = {"empty ASP.NET program": [], "Berthbook on an existing journal": []}
    for _ in range(max(ROUNDS, 5)):
        for name, command, url in (
            ("empty ASP.NET program", [empty, "--urls", EMPTY], EMPTY + "/healthz"),
            ("Berthbook on an existing journal", serve, OURS + "/api/v1/ports/443"),
        ):
            process, seconds = spawn(command, url)
            starts[name].append(seconds)
            stop(process)
    print("| program | median s | fastest s |\n|---|---|---|")
    for name, seconds in starts.items():
        print(f"| {name} | {statistics.median(seconds):.3f} | {min(seconds):.3f} |")
    more = statistics.median(starts["Berthbook on an existing journal"]) - statistics.median(starts["empty ASP.NET program"])
    print(f"\nMore than the empty program: {more:.3f} s (medians)\n")

    server, _ = spawn(serve, OURS + "/api/v1/ports/443")
    for form in ("csv", "xml", "txt", "xhtml"):
        get(f"{OURS}{FILES}.{form}")
    for encoding in ("gzip", "br"):
        get(f"{OURS}{FILES}.csv", **{"Accept-Encoding": encoding})
    for _ in range(240):
        if len(get(f"{OURS}{FILES}.csv", **{"Accept-Encoding": "br"})) < 215_000:
            break
        time.sleep(0.5)
    print(f"## Memory\n\nResident after load, all downloads served and packed: {resident(server.pid):.0f} MiB\n")
    proxy = nginx(folder)
    print(f"## HTTP, {ROUNDS} rounds of {SECONDS} s in turn, medians\n")
    print("| request | nginx /s | Berthbook /s | ratio | nginx p99 ms | Berthbook p99 ms | ratio |\n|---|---|---|---|---|---|---|")
    compare("port lookup, 64 connections", "/api/v1/ports/443", 64)
    compare("CSV, identity, 8 connections", FILES + ".csv", 8)
    compare("CSV, gzip, 8 connections", FILES + ".csv", 8, "gzip")
    compare("CSV, br, 8 connections", FILES + ".csv", 8, "br")
    print(f"\nResident after all this: {resident(server.pid):.0f} MiB")
    stop(proxy)
    stop(server)


scratch = tempfile.mkdtemp(prefix="berthbook-bench-")
try:
    main(scratch)
finally:
    for process in RUNNING:
        process.terminate()
    shutil.rmtree(scratch, ignore_errors=True)
