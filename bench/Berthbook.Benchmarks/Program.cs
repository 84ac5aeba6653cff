using System.Globalization;
using Berthbook.Benchmarks;

// Usage: Berthbook.Benchmarks FILE.xml.gz [ROUNDS] [AREA…]; without areas, all of them.
var areas = new Dictionary<string, Action<Measured>>
{
    ["decisions"] = DecisionsBench.Run,
    ["formats"] = FormatsBench.Run,
    ["growth"] = GrowthBench.Run,
    ["lookup"] = LookupBench.Run,
    ["published"] = PublishedBench.Run,
    ["rules"] = RulesBench.Run,
    ["search"] = SearchBench.Run,
};
var file = args.Length > 0 ? args[0] : "../shared/data/pairs/2026-08-17/registry.xml.gz";
var hasRounds = args.Length > 1 && char.IsAsciiDigit(args[1][0]);
var measured = Measured.Open(file, hasRounds ? int.Parse(args[1], CultureInfo.InvariantCulture) : 21);
var asked = args.Skip(hasRounds ? 2 : 1).ToList();

Console.WriteLine(
    $"## In process, {measured.Registry.Records.Length:N0} records, {measured.Rounds} rounds in turn\n"
);
foreach (var area in asked.Count > 0 ? asked : [.. areas.Keys])
    areas[area](measured);
