using System.Collections.Immutable;

namespace Berthbook.Decisions;

/// <summary>
/// Another name or number for the same service (procedures C8). The old name leaves the registry and stays in its history;
/// an old number becomes Reserved, as one that is given back.
/// </summary>
public sealed record Rename : Act
{
    /// <summary>The ids of the records.</summary>
    public required ImmutableArray<int> Records { get; init; }

    /// <summary>The name from now on, or null where it stays.</summary>
    public ServiceName? Name { get; init; }

    /// <summary>The port number from now on, or null where it stays.</summary>
    public PortNumber? Port { get; init; }

    /// <summary>The description from now on, or null where it stays.</summary>
    public RichText? Description { get; init; }

    /// <summary>The modification date where that is not the day of the decision.</summary>
    public DateChoice? Modified { get; init; }

    internal override string? Rule => "C8";

    internal override string? Do(RegistryEdit edit)
    {
        if (edit.Find(Records, out var records) is { } fault)
            return fault;
        foreach (var record in records)
        {
            if (record is not { Name: { } own } || record.Kind().State() != PortState.Assigned)
                return $"{record} is no assignment of a name";
            if (edit.Named(own).Exists(other => IsLeftOf(record, other)))
                return $"{record} has further service codes: all its records change together";
        }
        if (Name is { } name && IsHeld(edit, name) is { } held)
            return held;
        var modified = edit.DateOf(Modified, "the modification date");
        var renamed = records.ConvertAll(record =>
            record with
            {
                Name = Name ?? record.Name,
                Description = Description ?? record.Description,
                Modified = modified ?? record.Modified,
            }
        );
        return Port is { } port ? Renumber(edit, records, renamed, port) : ReplaceAll(edit, records, renamed);
    }

    // Another service code of the same assignment (procedures D5) that would keep the old name.
    bool IsLeftOf(RegistryRecord record, RegistryRecord other) =>
        record.Number is not null && other.Key == record.Key && !Records.Contains(other.Id);

    string? IsHeld(RegistryEdit edit, ServiceName name)
    {
        foreach (var other in edit.Named(name))
        {
            if (!Records.Contains(other.Id))
                return edit.Breaks("N3", $"The name {name} is taken: {other}");
        }
        return null;
    }

    static string? ReplaceAll(RegistryEdit edit, List<RegistryRecord> records, List<RegistryRecord> renamed)
    {
        for (var i = 0; i < records.Count; i++)
            edit.Replace(records[i], renamed[i]);
        return null;
    }

    static string? Renumber(
        RegistryEdit edit,
        List<RegistryRecord> records,
        List<RegistryRecord> renamed,
        PortNumber port
    )
    {
        if (records.Find(record => record is not { Number.IsSingle: true, Transport: not null }) is { } odd)
            return $"{odd} has no single number on one transport protocol that could change";
        var releasing = new Releasing(edit, null, record => Words.Deassigned(edit.Day, record.Name?.Text));
        foreach (var record in records)
            releasing.Release(record);
        // All transports of one form in one go, so that none is taken for a transport that was not asked for.
        foreach (var form in renamed.GroupBy(record => (record.Name, record.Description, record.Registered)))
        {
            var first = form.First();
            var moved = new NewAssignment
            {
                Name = first.Name!.Value,
                Transports = [.. form.Select(record => record.Transport!.Value).Distinct()],
                Port = port,
                Description = first.Description,
                Assignee = first.Assignee,
                Contacts = first.Contacts,
                References = first.References,
                Note = first.Note,
                Unauthorized = first.Unauthorized,
                Registered = first.Registered,
                Modified = first.Modified,
                ServiceCodes = [.. form.Select(record => record.ServiceCode).OfType<uint>()],
            };
            if (moved.Do(edit) is { } taken)
                return taken;
        }
        return null;
    }
}
