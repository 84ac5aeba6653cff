using System.Collections.Concurrent;
using Berthbook.Formats;
using Berthbook.Rules;

namespace Berthbook.Decisions;

/// <summary>The consecutive revisions of IANA's own year, with what rules and decisions read of them.</summary>
static class Iana
{
    static readonly ConcurrentDictionary<string, Lazy<Registry>> Read = new(StringComparer.Ordinal);

    /// <summary>The revisions in order, by the names of their files: the second of a day ends in <c>-2</c>.</summary>
    public static IReadOnlyList<string> Days { get; } =
        TestData.Folder is null
            ? []
            :
            [
                .. Directory
                    .EnumerateFiles(Path.Combine(TestData.Folder, "iana"))
                    .Select(path => Path.GetFileName(path).Replace(".xml.gz", "", StringComparison.Ordinal))
                    .OrderBy(name => (name[..10], name.Length)),
            ];

    /// <summary>A revision as IANA published it.</summary>
    public static Registry Registry(string day) =>
        Read.GetOrAdd(
            day,
            name => new(() => XmlFormat.Read(TestData.Unzip($"iana/{name}.xml.gz")).Registry!)
        ).Value;

    /// <summary>A revision to decide on.</summary>
    public static RuleBasis Basis(string day) => new(new RegistryIndex(Registry(day)));
}
