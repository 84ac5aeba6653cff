using System.Collections.Immutable;
using Berthbook.Rules;

namespace Berthbook.Decisions;

/// <summary>
/// What edits look up in a registry and an index does not tell: where new records and contacts belong, which records
/// name a document or a contact, which id is next. Each table is made when it is first asked, once a revision.
/// </summary>
sealed class EditTables
{
    readonly Lazy<int[]> highestNumbers;
    readonly Lazy<NameBlock> names;
    readonly Lazy<string[]> contactIds;
    readonly Lazy<Dictionary<(ReferenceType, string), List<int>>> uses;
    readonly Lazy<int> nextRecordId;

    public EditTables(RuleBasis basis)
    {
        var records = basis.Registry.Records;
        highestNumbers = new(() => HighestNumbersOf(records));
        names = new(() => NameBlock.Of(records));
        contactIds = new(() =>
            [.. basis.Registry.Contacts.Select(contact => contact.Id).Order(StringComparer.OrdinalIgnoreCase)]
        );
        uses = new(() => UsesIn(records));
        nextRecordId = new(() =>
            Math.Max(
                basis.History?.NextRecordId ?? 1,
                records.IsEmpty ? 1 : records.Max(record => record.Id) + 1
            )
        );
    }

    /// <summary>The id that the next new record gets.</summary>
    public int NextRecordId => nextRecordId.Value;

    /// <summary>The names without a number that stand in alphabetical order.</summary>
    public NameBlock Names => names.Value;

    /// <summary>
    /// The place of the first record whose numbers begin above one; where there is none, of the first after the last
    /// record with a number.
    /// </summary>
    public int FirstAbove(int port)
    {
        var highest = highestNumbers.Value;
        var found = Array.BinarySearch(highest, port, AboveComparer.Instance);
        return found < 0 ? ~found : found;
    }

    /// <summary>The id of the contact that comes last at or before an id, ignoring case; empty where there is none.</summary>
    public string ContactBefore(string id)
    {
        var found = Array.BinarySearch(contactIds.Value, id, StringComparer.OrdinalIgnoreCase);
        var place = found < 0 ? ~found - 1 : found;
        return place < 0 ? "" : contactIds.Value[place];
    }

    /// <summary>The ids of the records that name a document or a contact, notes and descriptions included.</summary>
    public IReadOnlyList<int> UsesOf(ReferenceType type, string data) =>
        uses.Value.TryGetValue((type, KeyOf(type, data)), out var found) ? found : [];

    // At each place up to the last number, the highest beginning so far: it rises even where the file's order does not.
    static int[] HighestNumbersOf(ImmutableArray<RegistryRecord> records)
    {
        var last = records.Length;
        while (last > 0 && records[last - 1].Number is null)
            last--;
        var highest = new int[last];
        var so = -1;
        for (var i = 0; i < last; i++)
        {
            so = Math.Max(so, records[i].Number is { } range ? range.First.Value : -1);
            highest[i] = so;
        }
        return highest;
    }

    static Dictionary<(ReferenceType, string), List<int>> UsesIn(ImmutableArray<RegistryRecord> records)
    {
        var found = new Dictionary<(ReferenceType, string), List<int>>();
        foreach (var record in records)
        {
            foreach (var reference in ReferencesOf(record))
            {
                var key = (reference.Type, KeyOf(reference.Type, reference.Data));
                if (!found.TryGetValue(key, out var ids))
                    found.Add(key, ids = new(1));
                if (ids.Count == 0 || ids[^1] != record.Id)
                    ids.Add(record.Id);
            }
        }
        return found;
    }

    /// <summary>Every reference that a record makes.</summary>
    public static IEnumerable<Reference> ReferencesOf(RegistryRecord record) =>
        record
            .People()
            .Concat(record.References)
            .Concat((record.Note?.References ?? []).Concat(record.Description.References));

    /// <summary>Whether a reference is to a document or a contact: contacts are compared to the character, documents without case.</summary>
    public static bool IsTo(Reference reference, ReferenceType type, string data) =>
        reference.Type == type && KeyOf(type, reference.Data) == KeyOf(type, data);

    static string KeyOf(ReferenceType type, string data) =>
        type == ReferenceType.Person ? data : data.ToUpperInvariant();

    // Takes equal for lower, so that a search ends where the first higher one stands.
    sealed class AboveComparer : IComparer<int>
    {
        public static AboveComparer Instance { get; } = new();

        public int Compare(int x, int y) => x <= y ? -1 : 1;
    }
}
