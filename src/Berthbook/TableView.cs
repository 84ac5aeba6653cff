using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Berthbook;

/// <summary>One page of the published table, with just the contacts and footnotes that its rows name.</summary>
/// <param name="Registry">The registry it is a page of.</param>
/// <param name="Query">What was asked for.</param>
/// <param name="PageCount">How many pages there are, at least 1; 0 where all rows stand on one page, unpaged.</param>
/// <param name="Total">How many records there are on all pages.</param>
/// <param name="Rows">The records, in order.</param>
/// <param name="Contacts">The contacts, in document order.</param>
/// <param name="Footnotes">The footnotes, in document order.</param>
public sealed record TablePage(
    Registry Registry,
    TableQuery Query,
    int PageCount,
    int Total,
    ImmutableArray<RegistryRecord> Rows,
    ImmutableArray<Contact> Contacts,
    ImmutableArray<Footnote> Footnotes
)
{
    /// <summary>All records, contacts and footnotes of a registry on one page.</summary>
    public static TablePage Whole(Registry registry) =>
        new(
            registry,
            TableQuery.All,
            0,
            registry.Records.Length,
            registry.Records,
            registry.Contacts,
            registry.Header.Footnotes
        );
}

/// <summary>
/// The published table of a registry: searched, sorted, in pages of 100 rows. Immutable; what searching and sorting
/// need is built when it is first asked for and kept.
/// </summary>
/// <remarks>
/// A search costs one pass over the text of the registry, some tens of microseconds for IANA's; sorting grows with
/// n log n in the rows found. Kept are two bytes a character of text and four bytes a record for each column that
/// was ever sorted by.
/// </remarks>
public sealed class TableView
{
    /// <summary>How many rows a page has (formats.md 5.2).</summary>
    public const int RowsPerPage = 100;

    const int PortNumberColumn = 2;
    const int Empty = int.MaxValue;

    readonly int[] all;
    readonly Dictionary<string, int> contactRows;
    readonly Lazy<SearchText> searchText;
    readonly Lazy<int[]>[] ranks;

    /// <summary>A view of a registry, its RFC labels written as asked for, which is also how they are searched.</summary>
    public TableView(Registry registry, RfcLabel style = RfcLabel.Joined)
    {
        Registry = registry;
        all = [.. Enumerable.Range(0, registry.Records.Length)];
        contactRows = new(registry.Contacts.Length, StringComparer.Ordinal);
        for (var i = 0; i < registry.Contacts.Length; i++)
            contactRows.TryAdd(registry.Contacts[i].Id, i);
        searchText = new(() => new(registry, style));
        ranks =
        [
            .. Enumerable
                .Range(1, RegistryRecord.Columns.Length)
                .Select(column => new Lazy<int[]>(() =>
                    column == PortNumberColumn ? Numbers() : Ranks(column, style)
                )),
        ];
    }

    /// <summary>The registry this is a view of.</summary>
    public Registry Registry { get; }

    /// <summary>
    /// The rows, ascending from 0, of the records that contain a text in a cell other than the two dates: white
    /// space folded, ordinal, without case. All rows for a text of white space.
    /// </summary>
    public ImmutableArray<int> Search(string text) =>
        ImmutableCollectionsMarshal.AsImmutableArray(Matches(text));

    /// <summary>The page that is asked for, or null where there is none of that number.</summary>
    public TablePage? Find(TableQuery query)
    {
        var rows = Matches(query.Search);
        var pages = Math.Max(1, (rows.Length + RowsPerPage - 1) / RowsPerPage);
        if (query.Page < 1 || query.Page > pages)
            return null;
        var first = (query.Page - 1) * RowsPerPage;
        var records = Sorted(rows, query.SortKeys)
            .AsSpan(first, Math.Min(RowsPerPage, rows.Length - first))
            .ToArray()
            .Select(row => Registry.Records[row])
            .ToImmutableArray();
        var (contacts, footnotes) = Named(records);
        return new(Registry, query, pages, rows.Length, records, contacts, footnotes);
    }

    int[] Matches(string text)
    {
        var needle = Cells.Fold(text);
        return needle.Length == 0 ? all : searchText.Value.Find(needle);
    }

    int[] Sorted(int[] rows, ImmutableArray<int> keys)
    {
        if (keys.IsEmpty)
            return rows;
        var columns = keys.Select(key => ranks[Math.Abs(key) - 1].Value).ToArray();
        var sorted = rows.AsSpan().ToArray();
        Array.Sort(sorted, Compare);
        return sorted;

        int Compare(int left, int right)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                var (a, b) = (columns[i][left], columns[i][right]);
                if (a != b)
                    return keys[i] > 0 || a == Empty || b == Empty ? a.CompareTo(b) : b.CompareTo(a);
            }
            return left.CompareTo(right);
        }
    }

    int[] Numbers() =>
        [.. Registry.Records.Select(record => record.Number is { } number ? number.First.Value : Empty)];

    // Equal cells have equal ranks, so that the next key, or the order of the registry, decides.
    int[] Ranks(int column, RfcLabel style)
    {
        var cells = new string[all.Length];
        for (var row = 0; row < cells.Length; row++)
            cells[row] = Cells.Fold(Registry.Records[row].Cell(column, style));
        var order = all.AsSpan().ToArray();
        Array.Sort(cells.AsSpan().ToArray(), order, StringComparer.OrdinalIgnoreCase);
        var result = new int[order.Length];
        var rank = 0;
        for (var i = 0; i < order.Length; i++)
        {
            var cell = cells[order[i]];
            if (i > 0 && !cell.Equals(cells[order[i - 1]], StringComparison.OrdinalIgnoreCase))
                rank = i;
            result[order[i]] = cell.Length == 0 ? Empty : rank;
        }
        return result;
    }

    // Whom and what the rows name, in their cells and inside running text.
    (ImmutableArray<Contact>, ImmutableArray<Footnote>) Named(ImmutableArray<RegistryRecord> records)
    {
        var contacts = new SortedSet<int>();
        var notes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            if (!record.Assignee.IsDefault)
                Add(record.Assignee);
            Add(record.Contacts);
            Add(record.References);
            if (!record.Description.Inlines.IsEmpty)
                Add(record.Description.References);
            if (record.Note is { Inlines.IsEmpty: false } note)
                Add(note.References);
        }
        return (
            [.. contacts.Select(row => Registry.Contacts[row])],
            [.. Registry.Header.Footnotes.Where(footnote => notes.Contains(footnote.Anchor))]
        );

        void Add(IEnumerable<Reference> references)
        {
            foreach (var reference in references)
            {
                if (reference.Type == ReferenceType.Note)
                    notes.Add(reference.Data);
                else if (
                    reference.Type == ReferenceType.Person
                    && contactRows.TryGetValue(reference.Data, out var row)
                )
                    contacts.Add(row);
            }
        }
    }
}
