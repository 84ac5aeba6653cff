using System.Collections.Immutable;

namespace Berthbook.Search;

/// <summary>
/// What a search finds, numbered: first the services, each with the records of its name and of the old spellings and
/// duplicates that stand aside for it; then the port numbers and ranges whose records have no name; then the records
/// with neither; then the contacts.
/// </summary>
sealed class SearchSubjects
{
    readonly int[] starts; // where the rows of each subject begin
    readonly int[] rows;
    readonly List<string> primaries = [];
    readonly Dictionary<int, List<string>> aliases = [];
    readonly int firstRecord;

    public SearchSubjects(Registry registry)
    {
        Registry = registry;
        OfRow = new int[registry.Records.Length];
        NumberServices(new(registry));
        firstRecord = NumberPorts(primaries.Count);
        var next = firstRecord;
        foreach (ref var subject in OfRow.AsSpan())
        {
            if (subject < 0)
                subject = next++;
        }
        FirstContact = next;
        (starts, rows) = Grouped.By(OfRow, FirstContact);
    }

    /// <summary>The registry that they are of.</summary>
    public Registry Registry { get; }

    /// <summary>How many services there are.</summary>
    public int Services => primaries.Count;

    /// <summary>The first contact: contact number n of the registry is this plus n.</summary>
    public int FirstContact { get; }

    /// <summary>How many there are.</summary>
    public int Count => FirstContact + Registry.Contacts.Length;

    /// <summary>The subject of each record.</summary>
    public int[] OfRow { get; }

    /// <summary>What a subject is.</summary>
    public SearchKind KindOf(int subject) =>
        subject < Services ? SearchKind.Service
        : subject < firstRecord ? SearchKind.Port
        : subject < FirstContact ? SearchKind.Record
        : SearchKind.Contact;

    /// <summary>The rows of a subject's records, ascending; none for a contact.</summary>
    public ReadOnlySpan<int> RowsOf(int subject) =>
        subject < FirstContact ? rows.AsSpan(starts[subject]..starts[subject + 1]) : [];

    /// <summary>The records of a subject, in document order; none for a contact.</summary>
    public ImmutableArray<RegistryRecord> RecordsOf(int subject)
    {
        var records = ImmutableArray.CreateBuilder<RegistryRecord>();
        foreach (var row in RowsOf(subject))
            records.Add(Registry.Records[row]);
        return records.DrainToImmutable();
    }

    /// <summary>The contact that a subject is.</summary>
    public Contact ContactOf(int subject) => Registry.Contacts[subject - FirstContact];

    /// <summary>The name of a service that counts.</summary>
    public string PrimaryOf(int service) => primaries[service];

    /// <summary>The names that stand aside for a service's.</summary>
    public IReadOnlyList<string> AliasesOf(int service) => aliases.GetValueOrDefault(service) ?? [];

    // A name that stands aside for another of the registry is that one's subject.
    void NumberServices(AliasTable table)
    {
        var names = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var spellings = new List<string>();
        for (var row = 0; row < OfRow.Length; row++)
        {
            OfRow[row] = -1;
            if (Registry.Records[row].Name is not { } name)
                continue;
            if (names.TryAdd(name.Text, spellings.Count))
                spellings.Add(name.Text);
            OfRow[row] = names[name.Text];
        }
        var subjects = new int[spellings.Count];
        for (var i = 0; i < subjects.Length; i++)
        {
            if (Target(spellings[i]) == i)
            {
                subjects[i] = primaries.Count;
                primaries.Add(spellings[i]);
            }
        }
        for (var i = 0; i < subjects.Length; i++)
        {
            var target = Target(spellings[i]);
            if (target == i)
                continue;
            subjects[i] = subjects[target];
            if (!aliases.TryGetValue(subjects[i], out var others))
                aliases[subjects[i]] = others = [];
            others.Add(spellings[i]);
        }
        foreach (ref var subject in OfRow.AsSpan())
        {
            if (subject >= 0)
                subject = subjects[subject];
        }

        // One step: a name that others stand aside for stays, even where it says that it stands aside itself.
        int Target(string name) =>
            table.PrimaryOf(name) is { } primary
            && names.TryGetValue(primary, out var target)
            && table.PrimaryOf(primary) is null
                ? target
                : names[name];
    }

    int NumberPorts(int next)
    {
        var known = new Dictionary<PortRange, int>();
        for (var row = 0; row < OfRow.Length; row++)
        {
            if (OfRow[row] >= 0 || Registry.Records[row].Number is not { } range)
                continue;
            if (known.TryAdd(range, next))
                next++;
            OfRow[row] = known[range];
        }
        return next;
    }
}

/// <summary>Puts numbers into groups.</summary>
static class Grouped
{
    /// <summary>The indexes of an array by its values: group g is <c>indexes[starts[g]..starts[g + 1]]</c>, ascending.</summary>
    public static (int[] Starts, int[] Indexes) By(ReadOnlySpan<int> groups, int count)
    {
        var starts = new int[count + 1];
        foreach (var group in groups)
            starts[group + 1]++;
        for (var group = 0; group < count; group++)
            starts[group + 1] += starts[group];
        var next = starts.AsSpan().ToArray();
        var indexes = new int[groups.Length];
        for (var i = 0; i < groups.Length; i++)
            indexes[next[groups[i]]++] = i;
        return (starts, indexes);
    }
}
