using Berthbook.Formats;

namespace Berthbook;

public class BuiltInRegistryTests
{
    static readonly Registry BuiltIn = BuiltInRegistry.Read();

    [Fact]
    public void Has_the_rows_of_the_seed_page_after_the_ranges()
    {
        Assert.Equal(34, BuiltIn.Records.Length);
        Assert.Equal(SeedPage("dns-push-tls", "Contact Information"), BuiltIn.Records.Skip(6).Select(Row));
    }

    [Fact]
    public void Has_the_contacts_of_the_seed_page() =>
        Assert.Equal(SeedPage("[Diego_Santa_Cruz]", null), BuiltIn.Contacts.Select(Row));

    [Fact]
    public void Resolves_every_person_that_a_record_names() =>
        Assert.All(
            BuiltIn.Records.SelectMany(record => record.Holders.Concat(record.Contacts)),
            person => Assert.NotNull(BuiltIn.FindContact(person.Data))
        );

    // procedures P3
    [Theory]
    [InlineData(0, PortState.Reserved)]
    [InlineData(1, PortState.Unassigned)]
    [InlineData(1023, PortState.Reserved)]
    [InlineData(1024, PortState.Reserved)]
    [InlineData(49150, PortState.Unassigned)]
    [InlineData(49151, PortState.Reserved)]
    [InlineData(49152, PortState.Dynamic)]
    public void Knows_the_ranges_and_their_edges(int port, PortState state)
    {
        var index = new RegistryIndex(BuiltIn);
        Assert.All(
            TransportProtocols.All,
            transport => Assert.Equal(state, index.Effective(new((ushort)port), transport))
        );
    }

    [Fact]
    public void Numbers_its_records_from_1() =>
        Assert.Equal(Enumerable.Range(1, 34), BuiltIn.Records.Select(record => record.Id));

    [Fact]
    public void Is_written_as_it_is_read()
    {
        var written = XmlFormat.Write(BuiltIn);
        Assert.Equal(written, XmlFormat.Write(XmlFormat.Read(written).Registry!));
    }

    static string Row(RegistryRecord record) =>
        Joined(Enumerable.Range(1, RegistryRecord.Columns.Length).Select(column => record.Cell(column)));

    static string Row(Contact contact) =>
        Joined([
            $"[{contact.Id}]",
            contact.Name ?? "",
            contact.Organization ?? "",
            .. contact.Uris,
            contact.Updated?.ToString() ?? "",
        ]);

    // A cell that is empty vanishes; white space is folded.
    static string Joined(IEnumerable<string> cells) =>
        Cells.Fold(string.Join(' ', cells.Select(cell => cell.ReplaceLineEndings(" "))));

    static IEnumerable<string> SeedPage(string first, string? end)
    {
        TestData.Require();
        return File.ReadLines(Path.Combine(TestData.Folder!, "seed-page.txt"))
            .SkipWhile(line => !line.StartsWith(first, StringComparison.Ordinal))
            .TakeWhile(line => end is null || !line.StartsWith(end, StringComparison.Ordinal))
            .Select(Cells.Fold)
            .Where(line => line.Length > 0);
    }
}
