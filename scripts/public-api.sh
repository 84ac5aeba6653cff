#!/usr/bin/env bash
# Writes the list of the library's public members anew: src/Berthbook/PublicAPI.Unshipped.txt, which the build holds the
# code to. Read what changed in it before you commit: what is listed there is promised to others.
# scripts/public-api.sh
set -euo pipefail
cd "$(dirname "$0")/.."
list=src/Berthbook/PublicAPI.Unshipped.txt
echo '#nullable enable' >"$list"
told=$(mktemp)
trap 'rm -f "$told"' EXIT
# Every member that is on no list is told, in the words of the list.
dotnet build src/Berthbook --nologo -v quiet >"$told" || true
sed -nE "s/.* RS0016: Symbol '(.*)' is not part of the declared public API .*/\1/p" "$told" | LC_ALL=C sort -u >>"$list"
dotnet build src/Berthbook --nologo -v quiet
echo "$(($(wc -l <"$list") - 1)) members"
