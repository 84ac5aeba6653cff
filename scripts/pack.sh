#!/usr/bin/env bash
# The packages: the library Berthbook, and the tool berth, compiled ahead of time for linux-x64 and as it is for the rest.
# They land in artifacts/package/release; the tool is installed from there into a folder of its own and tried.
set -euo pipefail
cd "$(dirname "$0")/.."
packages=$PWD/artifacts/package/release
# All that lies in the folder of a publication is packed, the second name too.
rm -rf "$packages" artifacts/publish/Berthbook.Cli
dotnet pack src/Berthbook -c Release --nologo -v quiet
dotnet pack src/Berthbook.Cli -c Release --nologo -v quiet
dotnet pack src/Berthbook.Cli -c Release -r linux-x64 --nologo -v quiet
dotnet pack src/Berthbook.Cli -c Release -r any -p:PublishAot=false --nologo -v quiet
ls -l "$packages"
tool=$(mktemp -d)
trap 'rm -rf "$tool"' EXIT
version=$(dotnet msbuild src/Berthbook.Cli -getProperty:PackageVersion)
# Nothing but the packages above, and a cache of its own: what is tried is what was just made.
NUGET_PACKAGES=$tool/cache dotnet tool install berth --version "$version" --tool-path "$tool/bin" \
  --source "$packages" --no-cache >/dev/null
HOME=$tool "$tool/bin/berth" lookup jmap
echo "berth $version is installed from its packages and answers"
