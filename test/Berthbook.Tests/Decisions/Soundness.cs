using Berthbook.Formats;

namespace Berthbook.Decisions;

/// <summary>
/// What must hold of a registry after any decisions, told by plain scans: nothing is held twice, overlaps, dangles or is lost
/// that did not already at the start.
/// </summary>
sealed class Soundness(Registry start)
{
    readonly Tally before = new(start);

    /// <summary>What does not hold, in words.</summary>
    /// <param name="now">The registry after the decisions.</param>
    /// <param name="shared">The numbers that were given a second name.</param>
    public IEnumerable<string> Faults(Registry now, IReadOnlySet<int> shared)
    {
        var tally = new Tally(now);
        foreach (var (key, count) in tally.Keys)
        {
            if (count > Math.Max(1, before.Keys.GetValueOrDefault(key)))
                yield return $"{key} stands {count} times";
        }
        for (var place = 0; place < tally.Assigned.Length; place++)
        {
            var port = place % PortNumber.Count;
            if (FaultAt(tally, place, shared.Contains(port)) is { } fault)
                yield return $"{port}/{((TransportProtocol)(place / PortNumber.Count)).Name()}: {fault}";
        }
        foreach (var orphan in tally.Orphans.Except(before.Orphans))
            yield return $"nobody names the contact {orphan}";
        foreach (var missing in tally.Missing.Except(before.Missing))
            yield return $"the contact {missing} is missing";
        if (now.Contacts.DistinctBy(contact => contact.Id).Count() != now.Contacts.Length)
            yield return "a contact stands twice";
        if (now.Records.DistinctBy(record => record.Id).Count() != now.Records.Length)
            yield return "a record id stands twice";
    }

    string? FaultAt(Tally now, int place, bool isShared)
    {
        var (unassigned, reserved, assigned) = now.At(place);
        var (wasUnassigned, wasReserved, wasAssigned) = before.At(place);
        if (unassigned > Math.Max(1, wasUnassigned))
            return "Unassigned ranges overlap";
        if (reserved > Math.Max(1, wasReserved))
            return "Reserved twice";
        if (assigned > Math.Max(1, wasAssigned) && !isShared)
            return "held twice";
        var states = Math.Sign(unassigned) + Math.Sign(reserved) + Math.Sign(assigned);
        var states0 = Math.Sign(wasUnassigned) + Math.Sign(wasReserved) + Math.Sign(wasAssigned);
        if (states > Math.Max(1, states0))
            return "listed in two states";
        // SCTP and DCCP are held without a record (procedures P5).
        return states == 0 && states0 > 0 && place < 2 * PortNumber.Count
            ? "no record lists it any more"
            : null;
    }

    /// <summary>Whether a registry reads back equal from its own XML and CSV; what differs, in words.</summary>
    public static IEnumerable<string> ReadingFaults(Registry now)
    {
        var read = XmlFormat.Read(XmlFormat.Write(now)).Registry!;
        if (!read.Records.SequenceEqual(now.Records))
            yield return $"{now.Records.Zip(read.Records).First(pair => !pair.First.Equals(pair.Second)).First} reads back otherwise from XML";
        if (!read.Contacts.SequenceEqual(now.Contacts) || !read.Header.Equals(now.Header))
            yield return "contacts or header read back otherwise from XML";
        var csv = CsvFormat.Write(now);
        var table = CsvFormat.Read(new MemoryStream(csv), null, new()).Registry!;
        if (!CsvFormat.Write(table).AsSpan().SequenceEqual(csv))
            yield return "the table reads back otherwise";
        if (!CsvFormat.Read(new MemoryStream(csv), now, new()).Registry!.Records.SequenceEqual(now.Records))
            yield return "records read back otherwise from the table";
    }

    /// <summary>The numbers whose state nothing explains.</summary>
    public static IEnumerable<string> Unexplained(RegistryIndex index)
    {
        for (var port = 0; port < PortNumber.Count; port++)
        {
            foreach (var transport in TransportProtocols.All)
            {
                var number = new PortNumber((ushort)port);
                var status = index.Status(number, transport);
                var isListed = status.Records.Any(record => record.Kind().State() == status.Effective);
                var isExplained =
                    status.Effective switch
                    {
                        PortState.Dynamic => number.Class == PortClass.Dynamic,
                        PortState.Assigned => isListed,
                        PortState.Reserved => isListed
                            || number.IsReservedEdge
                            || number.IsExperimental
                            || status.Why.Contains("held for the assignee", StringComparison.Ordinal),
                        _ => isListed || status.Records.IsEmpty,
                    }
                    && status.Why.Length > 0;
                if (!isExplained)
                    yield return $"{port}/{transport.Name()}: {status.Effective}, {status.Why}";
            }
        }
    }

    /// <summary>What a registry lists, counted record by record.</summary>
    sealed class Tally
    {
        readonly byte[] unassigned = new byte[4 * PortNumber.Count];
        readonly byte[] reserved = new byte[4 * PortNumber.Count];

        public Tally(Registry registry)
        {
            var named = new HashSet<string>(StringComparer.Ordinal);
            var holdings = new HashSet<(string, TransportProtocol?, string)>();
            foreach (var record in registry.Records)
            {
                var key =
                    $"{record.Name?.Text.ToUpperInvariant()} {record.Transport} {record.Number} {record.ServiceCode}";
                Keys[key] = Keys.GetValueOrDefault(key) + 1;
                foreach (var person in record.People())
                    named.Add(person.Data);
                // Several service codes of one assignment are several records (procedures D5).
                if (record.Number is { } range && (record.Name is null || holdings.Add(record.Key)))
                    Count(record, range);
            }
            var ids = registry.Contacts.Select(contact => contact.Id).ToHashSet(StringComparer.Ordinal);
            Orphans = [.. ids.Except(named)];
            Missing = [.. named.Except(ids)];
        }

        public Dictionary<string, int> Keys { get; } = new(StringComparer.Ordinal);

        public byte[] Assigned { get; } = new byte[4 * PortNumber.Count];

        public IReadOnlyList<string> Orphans { get; }

        public IReadOnlyList<string> Missing { get; }

        public (int Unassigned, int Reserved, int Assigned) At(int place) =>
            (unassigned[place], reserved[place], Assigned[place]);

        void Count(RegistryRecord record, PortRange range)
        {
            var kind = record.Kind();
            if (kind == RecordKind.UnassignedUseNoted)
                return;
            var counts = kind.State() switch
            {
                PortState.Unassigned => unassigned,
                PortState.Reserved => reserved,
                _ => Assigned,
            };
            foreach (var transport in TransportProtocols.All)
            {
                if (!record.SpeaksFor(transport))
                    continue;
                foreach (
                    ref var count in counts.AsSpan(
                        (int)transport * PortNumber.Count + range.First.Value,
                        range.Count
                    )
                )
                    count++;
            }
        }
    }
}
