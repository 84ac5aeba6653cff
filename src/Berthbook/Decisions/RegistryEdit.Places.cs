namespace Berthbook.Decisions;

// Where new records and contacts stand by default (procedures C13).
sealed partial class RegistryEdit
{
    // Ports by number, then tcp, udp, sctp, dccp, a second name after the first; names without a number before the first
    // larger name of the second alphabetical block.
    int PlaceFor(RegistryRecord record) =>
        !Rules.Has("C13") ? Records.Previous(0)
        : record.Number is { } range ? PlaceFor(record, range)
        : PlaceForName(record);

    int PlaceFor(RegistryRecord record, PortRange range)
    {
        var above = Records.FirstStanding(Tables.FirstAbove(range.First.Value));
        var last = Records.Previous(above);
        while (
            IsPlacedWith(last, other => other.Number is not { } own || own.First.Value > range.First.Value)
        )
            last = Records.Previous(last);
        var same = new List<RegistryRecord>();
        for (var at = last; at != 0 && Find(at) is { Number: { } own } one && own.First == range.First; )
        {
            same.Insert(0, one);
            at = Records.Previous(at);
        }
        return PlaceAmong(same, record) ?? last;
    }

    // Among the records of its own number: beside those of its name, else of nameless ones, by transport; else after all.
    int? PlaceAmong(List<RegistryRecord> same, RegistryRecord record)
    {
        var own = same.FindAll(other => other.Name == record.Name && other.Name is not null);
        if (own.Count == 0 && (record.Name is null || same.TrueForAll(other => other.Name is null)))
            own = same;
        if (own.Count == 0)
            return null;
        var behind = own.FindLast(other => RankOf(other) <= RankOf(record));
        return behind is not null ? behind.Id : Records.Previous(own[0].Id);
    }

    int PlaceForName(RegistryRecord record)
    {
        var name = record.Name?.Text ?? "";
        var last = Records.Previous(Records.FirstStanding(Tables.Names.FirstAbove(name)));
        while (IsPlacedWith(last, other => other.Number is null && IsAfter(other, record)))
            last = Records.Previous(last);
        return last;
    }

    string PlaceFor(Contact contact)
    {
        if (!Rules.Has("C13"))
            return Contacts.Previous("");
        var near = Tables.ContactBefore(contact.Id);
        if (near.Length > 0 && Contacts.Find(near) is null)
            near = Contacts.Previous(near);
        while (
            Contacts.Next(near) is { Length: > 0 } next
            && Contacts.IsPlaced(next)
            && string.Compare(next, contact.Id, StringComparison.OrdinalIgnoreCase) <= 0
        )
            near = next;
        return near;
    }

    bool IsPlacedWith(int id, Predicate<RegistryRecord> condition) =>
        id != 0 && Records.IsPlaced(id) && Find(id) is { } record && condition(record);

    static bool IsAfter(RegistryRecord one, RegistryRecord other) =>
        (one.Name ?? default).CompareTo(other.Name ?? default) switch
        {
            0 => RankOf(one) > RankOf(other),
            var order => order > 0,
        };

    static int RankOf(RegistryRecord record) => record.Transport is { } transport ? (int)transport : -1;
}
