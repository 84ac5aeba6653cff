#!/usr/bin/env bash
# The benchmarks of bench/, peers in the same run. Without an area, all of them; each area writes its own file:
# registry (formats, growth, the server) bench/results/<machine>.md, any other bench/results/<machine>-<area>.md.
# scripts/bench.sh [NAME OF THE MACHINE] [AREA…]; BERTHBOOK_BENCHFILE names another FILE.xml.gz
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:-this-machine}
shift || true
file=${BERTHBOOK_BENCHFILE:-${BERTHBOOK_TESTDATA:-../shared/data}/pairs/2026-08-17/registry.xml.gz}
work=artifacts/bench
benchmarks=artifacts/bin/Berthbook.Benchmarks/release/Berthbook.Benchmarks

area_registry() {
  dotnet publish src/Berthbook.Server -c Release -o "$work/server" --nologo -v quiet >&2
  gzip -dc "$file" >"$work/registry.xml"
  echo "Beside nginx $(nginx -v 2>&1 | sed 's#.*/##')."
  echo
  "$benchmarks" "$file" formats growth
  python3 bench/elementtree.py "$file"
  echo
  python3 bench/serve.py "$work/server" "$work/registry.xml"
}

areas=("$@")
[ $# -gt 0 ] || areas=(registry)
mkdir -p bench/results "$work"
dotnet build bench/Berthbook.Benchmarks -c Release --nologo -v quiet
for area in "${areas[@]}"; do
  out=$name$([ "$area" = registry ] || echo "-$area")
  {
    echo "# $out"
    echo
    echo "Commit $(git rev-parse --short HEAD), $(date -u +%Y-%m-%d), $(nproc) processors" \
      "($(awk -F': ' '/model name/{print $2; exit}' /proc/cpuinfo)), .NET $(dotnet --version) SDK," \
      "load $(cut -d' ' -f1 /proc/loadavg). Written by \`scripts/bench.sh $name $area\`."
    echo
    "area_$area"
  } | tee "bench/results/$out.md"
done
