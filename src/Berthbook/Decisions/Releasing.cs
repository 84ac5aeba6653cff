namespace Berthbook.Decisions;

/// <summary>
/// Numbers that return to the registry: each becomes Reserved with a note of its past, and its name stays assigned without
/// it or becomes Reserved as well (procedures C1, C2).
/// </summary>
sealed class Releasing(RegistryEdit edit, DateChoice? modified, Func<RegistryRecord, RichText> noteOf)
{
    /// <summary>Releases records; returns why they do not fit, in words, or null.</summary>
    /// <param name="records">The records as they are now.</param>
    /// <param name="name">How their names stay assigned; null where they are given back.</param>
    public string? Do(IReadOnlyList<RegistryRecord> records, KeptName? name)
    {
        foreach (var record in records)
        {
            if (record.Kind().State() != PortState.Assigned)
                return $"{record} is not assigned";
        }
        foreach (var record in records)
            Release(record);
        if (!edit.Rules.Has("C2"))
            return null;
        if (name is null)
            ReserveNames(records);
        else
            KeepNames(records, name);
        return null;
    }

    /// <summary>Releases the number of one record and leaves its name aside.</summary>
    public void Release(RegistryRecord record)
    {
        if (record.Number is null || IsHeldBeside(record))
        {
            edit.Remove(record);
            return;
        }
        edit.Renew(
            record,
            new()
            {
                Number = record.Number,
                Transport = record.Transport,
                Description = Words.Reserved,
                Modified = ModificationDate,
                Note = noteOf(record),
            }
        );
    }

    RegistryDate? ModificationDate => edit.DateOf(modified, "the modification date");

    // Another name, or another service code of the name, still has the number.
    bool IsHeldBeside(RegistryRecord record) =>
        record.Transport is { } transport
        && edit.On(record.Number!.Value.First, transport)
            .Exists(other => other.Id != record.Id && other.Kind().State() == PortState.Assigned);

    void KeepNames(IReadOnlyList<RegistryRecord> records, KeptName kept)
    {
        Tell(kept);
        var follows = kept.Follows;
        foreach (var record in records)
        {
            if (record.Name is not { } name)
                continue;
            var bare = record with
            {
                Number = null,
                Transport = kept.IsWithoutTransport ? null : record.Transport,
                Registered = null,
                Modified = edit.DateOf(kept.Modified, "the modification date of the name"),
                References = record.References.AddRange(kept.AddedReferences),
                Unauthorized = null,
                Layout = null,
            };
            if (edit.Named(name).Exists(other => other.Number is null && other.Transport == bare.Transport))
                continue;
            var id = edit.Add(bare, follows);
            follows = follows is null ? null : id;
        }
    }

    void Tell(KeptName kept)
    {
        if (kept.IsWithoutTransport)
            edit.Choose("the name stays without a transport protocol");
        if (!kept.AddedReferences.IsEmpty)
            edit.Choose($"the name gets the reference {string.Concat(kept.AddedReferences)}");
    }

    // A name that other records hold stays theirs.
    void ReserveNames(IReadOnlyList<RegistryRecord> records)
    {
        foreach (var name in records.Select(record => record.Name).OfType<ServiceName>().Distinct())
        {
            if (edit.Named(name).Count > 0)
                continue;
            edit.Add(
                new()
                {
                    Name = name,
                    Description = Words.Reserved,
                    Modified = ModificationDate,
                    Note = Words.Deassigned(edit.Day, null),
                }
            );
        }
    }
}
