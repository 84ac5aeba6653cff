#!/usr/bin/env bash
# Every benchmark of bench/, peers in the same run; writes bench/results/<machine>.md.
# scripts/bench.sh [NAME OF THE MACHINE] [FILE.xml.gz]
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:-this-machine}
file=${2:-${BERTHBOOK_TESTDATA:-../shared/data}/pairs/2026-08-17/registry.xml.gz}
out=bench/results/$name.md
work=artifacts/bench
mkdir -p bench/results "$work"
dotnet publish src/Berthbook.Server -c Release -o "$work/server" --nologo -v quiet
dotnet build bench/Berthbook.Benchmarks -c Release --nologo -v quiet
gzip -dc "$file" >"$work/registry.xml"
{
  echo "# $name"
  echo
  echo "Commit $(git rev-parse --short HEAD), $(date -u +%Y-%m-%d), $(nproc) processors" \
    "($(awk -F': ' '/model name/{print $2; exit}' /proc/cpuinfo)), .NET $(dotnet --version) SDK," \
    "nginx $(nginx -v 2>&1 | sed 's#.*/##'), load $(cut -d' ' -f1 /proc/loadavg). Written by \`scripts/bench.sh $name\`."
  echo
  artifacts/bin/Berthbook.Benchmarks/release/Berthbook.Benchmarks "$file"
  echo
  python3 bench/elementtree.py "$file"
  echo
  python3 bench/serve.py "$work/server" "$work/registry.xml"
} | tee "$out"
