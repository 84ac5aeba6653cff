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

# glibc and C tables on a services file of the registry's size: root, for a mount that only this command sees.
area_lookup() {
  "$benchmarks" "$file" lookup
  local drivers=../shared/perf peers=$work/peers csv
  if [ ! -f "$drivers/lookup.c" ] || [ "$(id -u)" != 0 ] || ! command -v gcc >/dev/null; then
    echo "No glibc peer: it needs root, gcc and $drivers."
    return
  fi
  mkdir -p "$peers"
  # The newest CSV, where the XML's own day has none.
  csv=$(find "$(dirname "$file")/.." -name registry.csv.gz | sort | tail -1)
  gzip -dc "$csv" >"$peers/data.csv"
  echo "### glibc and C, $(python3 "$drivers/gen.py" "$peers/data.csv" "$peers")"
  echo
  echo '```'
  gcc -O3 -march=native -w -o "$peers/lookup" "$drivers/lookup.c"
  # shellcheck disable=SC2016
  PEERS=$peers unshare -m sh -c 'mount --bind "$PEERS/services" /etc/services && "$PEERS/lookup" "$PEERS/ports.tsv" nss'
  echo '```'
}

area_search() {
  (mkdir -p "$work/npm" && cd "$work/npm" && npm install --no-audit --no-fund --silent minisearch fuse.js >&2)
  "$benchmarks" "$file" search
  node bench/search.mjs "$work/npm" artifacts/bench
}

area_rules() {
  "$benchmarks" "$file" rules
}

area_decisions() {
  "$benchmarks" "$file" decisions published
}

# Whole processes: berth beside getent, awk and others.
area_cold() {
  local csv
  dotnet publish src/Berthbook.Cli -c Release -r linux-x64 -o "$work/cli" --nologo -v quiet >&2
  csv=$(find "$(dirname "$file")/.." -name registry.csv.gz | sort | tail -1)
  gzip -dc "$csv" >"$work/cold.csv"
  gzip -dc "${csv%.csv.gz}.xml.gz" >"$work/cold.xml"
  python3 bench/cold.py "$work/cli/berth" "$work/cold.xml" "$work/cold.csv" ../shared/perf "$work/cold"
}

areas=("$@")
[ $# -gt 0 ] || areas=(registry lookup search rules decisions cold)
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
