#!/usr/bin/env bash
# Writes docs/rules.md anew from the rules and docs/rfc-requirements.tsv. Read what changed in it before you commit.
set -euo pipefail
cd "$(dirname "$0")/.."
BERTHBOOK_ACCEPT=1 dotnet test --project test/Berthbook.Tests --no-progress --filter-class Berthbook.Rules.RulesPageTests
