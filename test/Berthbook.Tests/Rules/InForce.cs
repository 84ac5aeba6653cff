using System.Collections.Concurrent;

namespace Berthbook.Rules;

/// <summary>The rules that tests ask: all of them, or all but the one that is switched off around a test.</summary>
static class InForce
{
    static readonly AsyncLocal<string?> Off = new();
    static readonly ConcurrentDictionary<string, RuleBook> Reduced = new(StringComparer.Ordinal);

    /// <summary>The rules in force.</summary>
    public static RuleBook Book =>
        Off.Value is { } id ? Reduced.GetOrAdd(id, RuleBook.Standard.Without) : RuleBook.Standard;

    /// <summary>Does something without a rule; with all where it is null.</summary>
    public static async Task WithoutAsync(string? id, Func<Task> what)
    {
        Off.Value = id;
        await what();
    }
}
