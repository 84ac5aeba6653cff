namespace Berthbook.Formats;

/// <summary>
/// What is odd in a registry but wrong in none: warnings that keep their bytes and refuse nothing. They are the
/// same whatever file the registry was read from.
/// </summary>
static class Oddities
{
    /// <summary>Notes every oddity of a registry.</summary>
    /// <param name="registry">The registry as read.</param>
    /// <param name="lineOfRecord">The line of the file where a record begins, by its place in the registry.</param>
    /// <param name="lineOfContact">Likewise for a contact.</param>
    /// <param name="warnings">Where to note them.</param>
    /// <param name="inTable">Whether to name fields as the columns of the table, not as the elements of the XML.</param>
    public static void Note(
        Registry registry,
        Func<int, int> lineOfRecord,
        Func<int, int> lineOfContact,
        ProblemList warnings,
        bool inTable = false
    )
    {
        var fields = inTable ? FieldNames.Table : FieldNames.Xml;
        NoteRecords(registry, lineOfRecord, warnings, fields);
        NoteContacts(registry, lineOfRecord, lineOfContact, warnings, fields);
        NoteOverlaps(registry, lineOfRecord, warnings, fields);
    }

    static void NoteRecords(Registry registry, Func<int, int> lineOf, ProblemList warnings, FieldNames fields)
    {
        var historic = 0;
        var previous = default(PortNumber);
        for (var i = 0; i < registry.Records.Length; i++)
        {
            var record = registry.Records[i];
            if (record.Name is { IsHistoric: true })
                historic++;
            if (record.Modified is { } modified && record.Registered is { } registered)
            {
                if (modified.IsBefore(registered))
                    warnings.Add(
                        new(
                            lineOf(i),
                            0,
                            fields.Modified,
                            $"modified {modified}, before its registration on {registered}"
                        )
                    );
            }
            if (record.Number is not { } range)
                continue;
            if (range is { IsWrittenAsRange: true, IsSingle: true })
                warnings.Add(new(lineOf(i), 0, fields.Number, $"{range} is a range of one number"));
            if (range.First.CompareTo(previous) < 0)
                warnings.Add(new(lineOf(i), 0, fields.Number, $"{range} stands after {previous}"));
            previous = range.First;
        }
        if (historic > 0)
            warnings.Add(
                new(0, 0, fields.Name, $"{historic} records have a historic name (RFC 6335 section 5.1)")
            );
    }

    // Every id is looked up once where the same contact follows itself, as in the tcp and udp twins of a name.
    static void NoteContacts(
        Registry registry,
        Func<int, int> lineOfRecord,
        Func<int, int> lineOfContact,
        ProblemList warnings,
        FieldNames fields
    )
    {
        var contacts = registry.Contacts;
        var places = new Dictionary<string, int>(contacts.Length, StringComparer.Ordinal);
        for (var i = 0; i < contacts.Length; i++)
            places.TryAdd(contacts[i].Id, i);
        var named = new bool[contacts.Length];
        var last = "";

        for (var i = 0; i < registry.Records.Length; i++)
        {
            var record = registry.Records[i];
            foreach (var reference in record.Contacts.AsSpan())
                Resolve(reference, i, fields.Contact);
            if (!record.Assignee.IsDefaultOrEmpty)
            {
                foreach (var reference in record.Assignee.AsSpan())
                    Resolve(reference, i, fields.Assignee);
            }
            ResolveText(record.Description, i, fields.Description);
            ResolveText(record.Note, i, fields.Note);
        }
        foreach (var part in registry.Header.Parts)
        {
            ResolveText(part.Text, -1, "");
            if (part.Reference is { } reference)
                Resolve(reference, -1, "");
        }
        foreach (var footnote in registry.Header.Footnotes)
            ResolveText(footnote.Text, -1, "");
        for (var i = 0; i < named.Length; i++)
        {
            if (!named[i])
                warnings.Add(
                    new(
                        lineOfContact(i),
                        0,
                        fields.Contact,
                        $"no record names the contact '{contacts[i].Id}'"
                    )
                );
        }

        void ResolveText(RichText? text, int index, string field)
        {
            if (text is null || text.Inlines.IsEmpty)
                return;
            foreach (var reference in text.References)
                Resolve(reference, index, field);
        }

        void Resolve(Reference reference, int index, string field)
        {
            if (reference.Type != ReferenceType.Person || reference.Data == last)
                return;
            last = reference.Data;
            if (!places.TryGetValue(last, out var place))
            {
                places.Add(last, -1);
                warnings.Add(
                    new(
                        index < 0 ? 0 : lineOfRecord(index),
                        0,
                        field,
                        $"'{last}' is no contact of this registry"
                    )
                );
            }
            else if (place >= 0)
                named[place] = true;
        }
    }

    // Sweeps over the numbers in ascending order. For each transport it knows which record reaches furthest, and
    // which of those that say Unassigned; whatever begins before such an end overlaps it.
    static void NoteOverlaps(
        Registry registry,
        Func<int, int> lineOf,
        ProblemList warnings,
        FieldNames fields
    )
    {
        var numbered = Numbered(registry);
        var noted = new HashSet<int>();
        Span<(int Last, int Index)> any = [NoReach, NoReach, NoReach, NoReach];
        Span<(int Last, int Index)> unassigned = [NoReach, NoReach, NoReach, NoReach];
        foreach (var i in numbered)
        {
            var record = registry.Records[i];
            var range = record.Number!.Value;
            // Telling what a record says costs most here, and a record with name and transport says it by having them.
            var kind = record is { Name: not null, Transport: not null }
                ? RecordKind.Assigned
                : record.Kind();
            var isUnassigned = kind == RecordKind.Unassigned;
            for (var t = 0; t < any.Length; t++)
            {
                if (!SpeaksFor(record.Transport, kind, (TransportProtocol)t))
                    continue;
                if (unassigned[t].Last >= range.First.Value)
                    Add(unassigned[t].Index, i);
                else if (isUnassigned && any[t].Last >= range.First.Value)
                    Add(i, any[t].Index);
                if (range.Last.Value > any[t].Last)
                    any[t] = (range.Last.Value, i);
                if (isUnassigned && range.Last.Value > unassigned[t].Last)
                    unassigned[t] = (range.Last.Value, i);
            }
        }

        void Add(int index, int other)
        {
            if (!noted.Add(index))
                return;
            var (record, overlapped) = (registry.Records[index], registry.Records[other]);
            warnings.Add(
                new(
                    lineOf(index),
                    0,
                    fields.Number,
                    $"Unassigned {record.Number} overlaps the record '{Shown.Of(overlapped.ToString())}' of line {lineOf(other)}"
                )
            );
        }
    }

    static readonly (int Last, int Index) NoReach = (-1, -1);

    // The places of the records with a number, by first number; the registry is in that order already.
    static List<int> Numbered(Registry registry)
    {
        var numbered = new List<int>(registry.Records.Length);
        var isSorted = true;
        for (var i = 0; i < registry.Records.Length; i++)
        {
            if (registry.Records[i].Number is not { } range)
                continue;
            isSorted &= numbered.Count == 0 || FirstOf(numbered[^1]) <= range.First.Value;
            numbered.Add(i);
        }
        if (!isSorted)
            numbered.Sort((a, b) => (FirstOf(a), a).CompareTo((FirstOf(b), b)));
        return numbered;

        int FirstOf(int index) => registry.Records[index].Number!.Value.First.Value;
    }

    // As RecordStatus.SpeaksFor, of a kind that is known.
    static bool SpeaksFor(TransportProtocol? own, RecordKind kind, TransportProtocol transport) =>
        own is { } known
            ? known == transport
            : transport is TransportProtocol.Tcp or TransportProtocol.Udp
                || kind.State() != PortState.Assigned;

    /// <summary>What the fields are called in the file at hand.</summary>
    sealed record FieldNames(
        string Name,
        string Number,
        string Contact,
        string Assignee,
        string Description,
        string Note,
        string Modified
    )
    {
        public static FieldNames Xml { get; } =
            new("name", "number", "xref", "assignee", "description", "note", "updated");

        public static FieldNames Table { get; } =
            new(
                "Service Name",
                "Port Number",
                "Contact",
                "Assignee",
                "Description",
                "Assignment Notes",
                "Modification Date"
            );
    }
}
