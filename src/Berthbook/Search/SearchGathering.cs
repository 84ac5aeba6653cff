using System.Buffers;
using System.Collections.Immutable;

namespace Berthbook.Search;

/// <summary>Gathers the text of all subjects, part after part.</summary>
sealed class SearchGathering
{
    readonly SearchSubjects subjects;
    readonly ImmutableArray<RegistryRecord> records;
    readonly ArrayBufferWriter<byte> text = new(1 << 19);
    readonly List<int> ends = [];
    readonly List<int> entries = [];
    readonly List<int> owners = [];
    readonly HashSet<string> said = new(StringComparer.Ordinal);

    SearchGathering(SearchSubjects subjects)
    {
        this.subjects = subjects;
        records = subjects.Registry.Records;
    }

    /// <summary>The text of all subjects.</summary>
    public static SearchCells Of(SearchSubjects subjects) => new SearchGathering(subjects).Gather();

    SearchCells Gather()
    {
        text.Write([SearchCells.Edge]);
        var parts = new int[(int)SearchPart.Reference + 2];
        GatherNames();
        parts[(int)SearchPart.CommonName] = ends.Count;
        GatherCommonNames();
        parts[(int)SearchPart.Description] = ends.Count;
        GatherDescriptions();
        parts[(int)SearchPart.Party] = ends.Count;
        GatherParties();
        parts[(int)SearchPart.Note] = ends.Count;
        GatherNotes();
        parts[(int)SearchPart.Reference] = ends.Count;
        GatherReferences();
        parts[^1] = ends.Count;
        return new(text.WrittenSpan.ToArray(), ends, parts, entries, owners);
    }

    void GatherNames()
    {
        for (var service = 0; service < subjects.Services; service++)
        {
            Add(subjects.PrimaryOf(service));
            foreach (var alias in subjects.AliasesOf(service))
                Add(alias);
            EndEntryOf(service);
        }
    }

    void GatherCommonNames()
    {
        var known = CommonName.All.ToLookup(name => name.Service, StringComparer.OrdinalIgnoreCase);
        for (var service = 0; service < subjects.Services; service++)
        {
            foreach (var name in known[subjects.PrimaryOf(service)])
                Add(name.Text);
            EndEntryOf(service);
        }
    }

    void GatherDescriptions()
    {
        for (var subject = 0; subject < subjects.FirstContact; subject++)
        {
            said.Clear();
            foreach (var row in subjects.RowsOf(subject))
                AddOnce(records[row].Description.OneLine);
            EndEntryOf(subject);
        }
    }

    void GatherNotes()
    {
        for (var subject = 0; subject < subjects.FirstContact; subject++)
        {
            said.Clear();
            foreach (var row in subjects.RowsOf(subject))
            {
                AddOnce(records[row].Note?.OneLine);
                AddOnce(records[row].Unauthorized);
            }
            EndEntryOf(subject);
        }
    }

    // A contact's cells are its id, which records print in brackets, its name and its organization.
    void GatherParties()
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < subjects.Registry.Contacts.Length; i++)
        {
            var contact = subjects.Registry.Contacts[i];
            known.TryAdd(contact.Id, ends.Count);
            Add($"[{contact.Id}]");
            Add(contact.Name);
            Add(contact.Organization);
            EndEntryOf(subjects.FirstContact + i);
        }
        for (var subject = 0; subject < subjects.FirstContact; subject++)
        {
            said.Clear();
            foreach (var row in subjects.RowsOf(subject))
            {
                if (!records[row].Assignee.IsDefault)
                    Share(records[row].Assignee, subject, known);
                Share(records[row].Contacts, subject, known);
            }
        }
    }

    void GatherReferences()
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var subject = 0; subject < subjects.FirstContact; subject++)
        {
            said.Clear();
            foreach (var row in subjects.RowsOf(subject))
                Share(records[row].References, subject, known);
        }
    }

    // The entry of each reference belongs to the subject too, once.
    void Share(ImmutableArray<Reference> references, int subject, Dictionary<string, int> known)
    {
        foreach (var reference in references)
        {
            var key = reference.Type == ReferenceType.Person ? reference.Data : reference.ToString();
            if (!said.Add(key))
                continue;
            if (known.TryGetValue(key, out var entry))
            {
                entries.Add(entry);
                owners.Add(subject);
                continue;
            }
            Add(reference.ToString());
            known.Add(key, ends.Count);
            EndEntryOf(subject);
        }
    }

    void AddOnce(string? cell)
    {
        if (!string.IsNullOrEmpty(cell) && said.Add(cell))
            Add(cell);
    }

    void Add(string? cell)
    {
        if (string.IsNullOrEmpty(cell))
            return;
        FoldedText.Append(text, cell);
        text.Write([SearchCells.Edge]);
    }

    void EndEntryOf(int subject)
    {
        if (text.WrittenCount == (ends.Count == 0 ? 1 : ends[^1]))
            return;
        entries.Add(ends.Count);
        owners.Add(subject);
        ends.Add(text.WrittenCount);
    }
}
