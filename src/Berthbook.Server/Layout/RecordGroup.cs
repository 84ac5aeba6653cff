using System.Collections.Immutable;

namespace Berthbook.Server.Layout;

/// <summary>Records that say the same but for the transport protocol, shown as one.</summary>
sealed record RecordGroup(ImmutableArray<RegistryRecord> Records)
{
    /// <summary>The most cards on a page, three times what any page of IANA's registry needs; the table has the rest.</summary>
    public const int Most = 60;

    /// <summary>The record that speaks for all of them.</summary>
    public RegistryRecord First => Records[0];

    /// <summary>The transport protocols of the records, in their order; empty where they have none.</summary>
    public IEnumerable<TransportProtocol> Transports =>
        Records.Where(record => record.Transport is not null).Select(record => record.Transport!.Value);

    /// <summary>Records in groups, in the order of each group's first.</summary>
    public static ImmutableArray<RecordGroup> Of(IEnumerable<RegistryRecord> records)
    {
        var groups = new List<List<RegistryRecord>>();
        foreach (var record in records)
        {
            var group = groups.Find(known => IsSame(known[0], record));
            if (group is null)
                groups.Add(group = []);
            group.Add(record);
        }
        return [.. groups.Select(group => new RecordGroup([.. group]))];
    }

    /// <summary>Whether two records of different transport protocols say the same else, white space folded.</summary>
    public static bool IsSame(RegistryRecord one, RegistryRecord other) =>
        one.Name?.Text == other.Name?.Text
        && one.Number == other.Number
        && one.Transport is not null
        && other.Transport is not null
        && one.Transport != other.Transport
        && RecordField.All.All(field => field.Name == "transport" || field.Text(one) == field.Text(other));
}

/// <summary>A group of records as a card on a page.</summary>
sealed record RecordCard(RecordGroup Group, Registry Registry);
