using Berthbook.Formats;
using CsCheck;

namespace Berthbook;

public class TableViewTests
{
    static readonly TableView View = new(Fruit.Registry);

    static Lazy<TableView> SeedView { get; } =
        new(() => new(XmlFormat.Read(TestData.Unzip("iana/2025-09-29.xml.gz")).Registry!));

    [Theory]
    [InlineData("", "0 1 2 3 4")]
    [InlineData(" \n ", "0 1 2 3 4")]
    [InlineData("8", "1 2 3")] // 0 is not found by its dates' digits, 3 by 600-608
    [InlineData("2003", "")] // dates are not searched
    [InlineData("APPLE", "1 2")]
    [InlineData("cherry", "4")]
    [InlineData("apples  by\tthe dozen", "2")] // folded, both
    [InlineData("[Ada_Apple][Ben_Birne]", "2")]
    [InlineData("[Orchard_Ltd]", "1")]
    [InlineData("tcp Apples", "")] // no hit across cells
    [InlineData("FÜR", "3")]
    [InlineData("\u212A", "")] // the Kelvin sign is no k
    [InlineData("RFC2])", "1")]
    [InlineData("a pear", "3")]
    [InlineData("javascript", "")] // the label is in the cell, not the address
    public void Keeps_records_that_contain_a_text_in_a_cell_other_than_the_dates(string text, string rows) =>
        Assert.Equal(rows, string.Join(' ', View.Search(text)));

    [Fact]
    public void Searches_labels_as_they_are_printed()
    {
        var spaced = new TableView(Fruit.Registry, RfcLabel.Spaced);
        Assert.Equal([1], spaced.Search("RFC 2"));
        Assert.Empty(View.Search("RFC 2"));
    }

    [Theory]
    [InlineData("1", "1 2 3 4 0")] // apple apple birne Cherry, empty last
    [InlineData("-1", "4 3 1 2 0")] // stable, and empty last also when descending
    [InlineData("2", "0 1 2 3 4")]
    [InlineData("-2", "3 1 2 0 4")]
    [InlineData("-1 -3", "4 3 2 1 0")] // the second key decides among equals
    [InlineData("7", "1 3 0 2 4")]
    [InlineData("10", "3 0 1 2 4")]
    public void Sorts_stably_with_empty_cells_last(string keys, string rows)
    {
        var query = TableQuery.All with { SortKeys = [.. keys.Split(' ').Select(int.Parse)] };
        var sorted = View.Find(query)!.Rows.Select(row => Fruit.Registry.Records.IndexOf(row));
        Assert.Equal(rows, string.Join(' ', sorted));
    }

    [Fact]
    public void Lists_whom_the_rows_name_also_inside_running_text()
    {
        var page = View.Find(new("birne", 1, [-1]))!;
        Assert.Equal(["birne", "apple"], page.Rows.Select(row => row.Name!.Value.Text));
        Assert.Equal(["Ada_Apple", "Ben_Birne", "Zoë"], page.Contacts.Select(contact => contact.Id));
        Assert.Equal("1", Assert.Single(page.Footnotes).Anchor);
        Assert.Empty(View.Find(new("Cherry", 1, []))!.Contacts);
    }

    [Fact]
    public void No_match_is_page_one_of_one_and_no_other_page_exists()
    {
        var page = View.Find(new("durian", 1, []))!;
        Assert.Equal((1, 0), (page.PageCount, page.Total));
        Assert.Empty(page.Rows);
        Assert.Null(View.Find(new("durian", 2, [])));
        Assert.Null(View.Find(TableQuery.All with { Page = 0 }));
        Assert.Null(View.Find(TableQuery.All with { Page = -1 }));
        Assert.Null(View.Find(TableQuery.All with { Page = int.MaxValue }));
    }

    [Fact]
    public void Ends_on_the_seed_page_with_its_twelve_contacts()
    {
        TestData.Require();
        var last40 = SeedView.Value.Find(new("8", 40, []))!;
        var last41 = SeedView.Value.Find(new("8", 41, []))!;
        Assert.Null(SeedView.Value.Find(new("8", 42, [])));
        Assert.Equal("dns-push-tls", last40.Rows[^1].Name?.Text);
        Assert.Equal(27, last41.Rows.Length);

        var text = File.ReadAllLines(Path.Combine(TestData.Folder!, "seed-page.txt"));
        var ids = text.SkipWhile(line => line != "Contact Information")
            .Where(line => line.StartsWith('['))
            .Select(line => line[1..line.IndexOf(']')]);
        Assert.Equal(ids, last41.Contacts.Select(contact => contact.Id));
        Assert.Equal(12, last41.Contacts.Length);
        Assert.Empty(last41.Footnotes);
    }

    [Fact]
    public void Finds_what_a_plain_scan_finds()
    {
        TestData.Require();
        var registry = SeedView.Value.Registry;
        var cells = registry.Records.Select(SearchedCells).ToArray();
        var text = string.Join(' ', cells.SelectMany(row => row));
        var pieces = Gen.Select(Gen.Int[0, text.Length - 20], Gen.Int[1, 12])
            .Select((start, length) => text.Substring(start, length));
        var words = Gen.OneOf(pieces, pieces.Select(piece => piece.ToUpperInvariant()), Gen.String[0, 3]);
        words.Sample(
            word =>
            {
                var needle = Cells.Fold(word);
                var plain = Enumerable
                    .Range(0, cells.Length)
                    .Where(row =>
                        cells[row].Any(cell => cell.Contains(needle, StringComparison.OrdinalIgnoreCase))
                    )
                    .ToArray();
                var found = SeedView.Value.Search(word);
                return needle.Length == 0
                    ? found.Length == cells.Length
                    : found.AsSpan().SequenceEqual(plain);
            },
            iter: 200
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("8")]
    [InlineData("ietf")]
    public void All_pages_in_a_row_are_all_rows(string search)
    {
        TestData.Require();
        var view = SeedView.Value;
        var first = view.Find(new(search, 1, []))!;
        var pages = Enumerable.Range(1, first.PageCount).Select(page => view.Find(new(search, page, []))!);
        var rows = pages.SelectMany(page => page.Rows).ToList();
        Assert.Equal(first.Total, rows.Count);
        Assert.True(rows.SequenceEqual(view.Search(search).Select(row => view.Registry.Records[row])));
    }

    [Fact]
    public void Sorts_as_LINQ_does()
    {
        TestData.Require();
        var view = SeedView.Value;
        var keys = Gen.Int[1, 12].Select(Gen.Bool, (column, isDescending) => isDescending ? -column : column);
        keys.Array[1, 3]
            .Sample(
                chosen =>
                {
                    var query = new TableQuery("ietf", 1, [.. chosen.DistinctBy(Math.Abs)]);
                    var rows = view.Search("ietf").Select(row => view.Registry.Records[row]);
                    var sorted = query.SortKeys.Aggregate(rows.OrderBy(_ => 0), ThenBy);
                    return sorted.Take(TableView.RowsPerPage).SequenceEqual(view.Find(query)!.Rows);
                },
                iter: 50
            );
    }

    static IOrderedEnumerable<RegistryRecord> ThenBy(IOrderedEnumerable<RegistryRecord> rows, int key)
    {
        var column = Math.Abs(key);
        var filled = rows.ThenBy(row => row.Cell(column).Length == 0);
        if (column == 2)
            return key > 0
                ? filled.ThenBy(row => row.Number?.First.Value ?? 0)
                : filled.ThenByDescending(row => row.Number?.First.Value ?? 0);
        string Cell(RegistryRecord row) => Cells.Fold(row.Cell(column));
        return key > 0
            ? filled.ThenBy(Cell, StringComparer.OrdinalIgnoreCase)
            : filled.ThenByDescending(Cell, StringComparer.OrdinalIgnoreCase);
    }

    static string[] SearchedCells(RegistryRecord record) =>
        [
            .. Enumerable
                .Range(1, 12)
                .Where(column => column is not (7 or 8))
                .Select(column => Cells.Fold(record.Cell(column))),
        ];
}
