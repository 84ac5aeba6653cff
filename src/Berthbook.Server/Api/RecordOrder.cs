using System.Collections.Immutable;

namespace Berthbook.Server.Api;

/// <summary>An order of records by their members, as the parameter <c>sort</c> says it.</summary>
sealed class RecordOrder
{
    delegate IComparable? Member(RegistryRecord record);

    // Numbers by their first, states in the order of their names, all else as the published cell
    // without case.
    static readonly ImmutableArray<(string Name, Member Of)> Known =
    [
        ("id", record => record.Id),
        ("name", record => Cell(record, 1)),
        ("number", record => record.Number?.First.Value),
        ("from", record => record.Number?.First.Value),
        ("to", record => record.Number?.Last.Value),
        ("transport", record => Cell(record, 3)),
        ("description", record => Cell(record, 4)),
        ("assignee", record => record.Assignee.IsDefault ? null : Cell(record, 5)),
        ("contacts", record => Cell(record, 6)),
        ("registered", record => record.Registered?.ToString()),
        ("modified", record => record.Modified?.ToString()),
        ("references", record => Cell(record, 9)),
        ("serviceCode", record => record.ServiceCode),
        ("unauthorizedUse", record => Cell(record, 11)),
        ("notes", record => Cell(record, 12)),
        ("state", record => record.Kind().State().ToString()),
    ];

    readonly ImmutableArray<(Member Of, bool Descends)> members;

    RecordOrder(ImmutableArray<(Member, bool)> members, string? fault) =>
        (this.members, Fault) = (members, fault);

    /// <summary>The members that records can be sorted by.</summary>
    public static IEnumerable<string> Members => Known.Select(known => known.Name);

    /// <summary>What is wrong with the text, or null.</summary>
    public string? Fault { get; }

    /// <summary>Reads <c>-registered,name</c>; null is the order of the registry.</summary>
    public static RecordOrder Parse(string? text)
    {
        if (text is null)
            return new([], null);
        var members = ImmutableArray.CreateBuilder<(Member, bool)>();
        foreach (var part in text.Split(','))
        {
            var name = part.StartsWith('-') ? part[1..] : part;
            var member = Known.FirstOrDefault(known => known.Name == name).Of;
            if (member is null)
                return new([], $"records cannot be sorted by '{name}'");
            members.Add((member, part.StartsWith('-')));
        }
        return new(members.ToImmutable(), null);
    }

    /// <summary>The records in this order; equal ones keep theirs.</summary>
    public ImmutableArray<RegistryRecord> Sort(IEnumerable<RegistryRecord> records)
    {
        if (members.IsEmpty)
            return [.. records];
        var all = records.ToArray();
        // Each member of a record is read once.
        var keys = Array.ConvertAll(
            all,
            record => Array.ConvertAll([.. members], member => member.Of(record))
        );
        var order = Enumerable.Range(0, all.Length).ToArray();
        Array.Sort(
            order,
            (left, right) => Compare(keys[left], keys[right]) is var c and not 0 ? c : left - right
        );
        return [.. order.Select(i => all[i])];
    }

    int Compare(IComparable?[] left, IComparable?[] right)
    {
        for (var i = 0; i < members.Length; i++)
        {
            var compared = (left[i], right[i]) switch
            {
                (null, null) => 0,
                (null, _) => 1,
                (_, null) => -1,
                (string a, string b) => Signed(string.Compare(a, b, StringComparison.OrdinalIgnoreCase), i),
                var (a, b) => Signed(a.CompareTo(b), i),
            };
            if (compared != 0)
                return compared;
        }
        return 0;
    }

    int Signed(int compared, int member) => members[member].Descends ? -Math.Sign(compared) : compared;

    static string? Cell(RegistryRecord record, int column) =>
        record.Cell(column) is { Length: > 0 } cell ? cell : null;
}
