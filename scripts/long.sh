#!/usr/bin/env bash
# Every promise with its full count. Writes docs/promises.jsonl and docs/PROMISES.md from what the tests counted.
# scripts/long.sh [OPTIONS OF dotnet test]; with --filter-class CLASS the other promises keep the result of their last run.
set -euo pipefail
cd "$(dirname "$0")/.."
export BERTHBOOK_LONG=1 BERTHBOOK_PROMISES="$PWD/artifacts/promises.jsonl"
BERTHBOOK_COMMIT=$(git rev-parse --short HEAD)
export BERTHBOOK_COMMIT
mkdir -p artifacts
rm -f "$BERTHBOOK_PROMISES"
dotnet build --nologo -v quiet
status=0
# 8: a project of which the filter leaves no test.
dotnet test --no-build --no-progress --ignore-exit-code 8 "$@" || status=$?
python3 scripts/promises.py "$BERTHBOOK_PROMISES"
echo "docs/PROMISES.md is written; status $status"
exit "$status"
