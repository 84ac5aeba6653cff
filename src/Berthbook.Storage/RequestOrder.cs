using System.Collections.Immutable;
using Berthbook.Requests;

namespace Berthbook.Storage;

/// <summary>An order of requests by their members, as the parameter <c>sort</c> says it; equal ones the latest first.</summary>
public sealed class RequestOrder
{
    // What is ordered by, and whether it is absent. The searched texts begin with the name, on a line of its own, which is
    // empty where there is none.
    static readonly ImmutableArray<(string Name, string Value, string? IsAbsent)> Known =
    [
        ("number", "number", null),
        ("kind", "kind", null),
        ("state", $"CASE state {PlacesOfStates} END", null),
        ("name", "lower(searched)", "CASE WHEN searched < ' ' THEN 1 ELSE 0 END"),
        ("submitted", "submitted", "submitted IS NULL"),
        ("updated", "updated", null),
        ("revision", Revision, $"{Revision} IS NULL"),
    ];

    const string Revision =
        "(SELECT max(revision) FROM request_step WHERE request_step.request = request.number)";

    readonly ImmutableArray<(string Value, string? IsAbsent, bool Descends)> members;

    RequestOrder(ImmutableArray<(string, string?, bool)> members, string? fault) =>
        (this.members, Fault) = (members, fault);

    /// <summary>The latest first.</summary>
    public static RequestOrder Latest { get; } = new([], null);

    /// <summary>The oldest first.</summary>
    public static RequestOrder Oldest { get; } = Parse("number");

    /// <summary>The members that requests can be sorted by.</summary>
    public static IEnumerable<string> Members => Known.Select(known => known.Name);

    /// <summary>What is wrong with the text, or null.</summary>
    public string? Fault { get; }

    /// <summary>Reads <c>state,-updated</c>; null is the latest first.</summary>
    public static RequestOrder Parse(string? text)
    {
        if (text is null)
            return Latest;
        var members = ImmutableArray.CreateBuilder<(string Value, string? IsAbsent, bool Descends)>();
        foreach (var part in text.Split(','))
        {
            var name = part.StartsWith('-') ? part[1..] : part;
            var (known, value, isAbsent) = Known.FirstOrDefault(member => member.Name == name);
            if (known is null)
                return new(
                    [],
                    $"requests cannot be sorted by '{name}'; they can by {string.Join(", ", Members)}"
                );
            if (!members.Any(member => member.Value == value))
                members.Add((value, isAbsent, part.StartsWith('-')));
        }
        return new(members.ToImmutable(), null);
    }

    /// <summary>What is ordered by; the absent come last. Words of ours, never of a client.</summary>
    internal string Sql =>
        string.Concat(
            members.Select(member =>
                (member.IsAbsent is { } isAbsent ? $"{isAbsent}, " : "")
                + $"{member.Value}{(member.Descends ? " DESC" : "")}, "
            )
        ) + "number DESC";

    static string PlacesOfStates =>
        string.Join(' ', RequestStates.All.Select((state, place) => $"WHEN '{state.Word()}' THEN {place}"));
}
