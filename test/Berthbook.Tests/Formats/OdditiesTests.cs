namespace Berthbook.Formats;

public class OdditiesTests
{
    public static TheoryData<string, RegistryRecord[], string[]> Cases =>
        new()
        {
            { "nothing odd", [Record("http", "80", "tcp"), Record("www", "80", "tcp")], [] },
            {
                "a range of one number",
                [Record("http", "80-80", "tcp")],
                ["1:0: number: 80-80 is a range of one number"]
            },
            {
                "numbers out of order",
                [Record("b", "81", "tcp"), Record("a", "80", "tcp"), Record("c", null, null)],
                ["2:0: number: 80 stands after 81"]
            },
            {
                "a modification before its registration",
                [
                    Record("a", "80", "tcp") with
                    {
                        Registered = Date("2011-05-23"),
                        Modified = Date("2011-05-16"),
                    },
                ],
                ["1:0: updated: modified 2011-05-16, before its registration on 2011-05-23"]
            },
            {
                "a month is not before a day in it",
                [
                    Record("a", "80", "tcp") with
                    {
                        Registered = Date("2011-05-23"),
                        Modified = Date("2011-05"),
                    },
                ],
                []
            },
            {
                "a contact that is none, told once",
                [
                    Record("a", "80", "tcp") with
                    {
                        Contacts = [Person("Ann"), Person("Nobody ")],
                    },
                    Record("a", "80", "udp") with
                    {
                        Assignee = [Person("Nobody ")],
                    },
                ],
                ["1:0: xref: 'Nobody ' is no contact of this registry"]
            },
            {
                "historic names, counted",
                [Record("whois++", "63", "tcp"), Record("914c/g", "211", "tcp"), Record("a-b", "212", "tcp")],
                ["0:0: name: 2 records have a historic name (RFC 6335 section 5.1)"]
            },
            {
                "Unassigned over an assignment",
                [Unassigned("8-10"), Record("discard", "9", "tcp"), Record("discard", "9", "udp")],
                ["1:0: number: Unassigned 8-10 overlaps the record 'discard 9/tcp' of line 2"]
            },
            {
                "Unassigned within an assignment of all transports",
                [
                    Record("swx", "7300-7359", null),
                    Unassigned("7310") with
                    {
                        Transport = TransportProtocol.Udp,
                    },
                ],
                ["2:0: number: Unassigned 7310 overlaps the record 'swx 7300-7359' of line 1"]
            },
            {
                "Unassigned on another transport",
                [
                    Record("m3ua", "2905", "sctp"),
                    Unassigned("2905") with
                    {
                        Transport = TransportProtocol.Tcp,
                    },
                ],
                []
            },
            {
                "Unassigned twice, out of order",
                [Unassigned("20-30"), Unassigned("10-20")],
                [
                    "2:0: number: 10-20 stands after 20",
                    "2:0: number: Unassigned 10-20 overlaps the record 'Unassigned 20-30' of line 1",
                ]
            },
        };

    [Theory, MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Notes_what_is_odd(string what, RegistryRecord[] records, string[] expected)
    {
        var contacts = records.SelectMany(record => record.Contacts).Any()
            ? new[] { new Contact { Id = "Ann" } }
            : [];
        Assert.Equal(expected, Note(new(new() { Id = "r" }, [.. records], [.. contacts])));
        Assert.NotEmpty(what);
    }

    [Fact]
    public void Notes_contacts_that_nothing_names_but_knows_those_of_notes_and_footnotes()
    {
        RichText Naming(string id) => new([new(InlineKind.Reference, Reference: Person(id))]);
        var header = new RegistryHeader
        {
            Id = "r",
            Parts = [new(HeaderPartKind.Note, Naming("Header"))],
            Footnotes = [new("1", Naming("Footnote"))],
        };
        var registry = new Registry(
            header,
            [Record("a", "80", "tcp") with { Note = Naming("Note") }],
            [.. new[] { "Header", "Footnote", "Orphan", "Note" }.Select(id => new Contact { Id = id })]
        );
        Assert.Equal(["103:0: xref: no record names the contact 'Orphan'"], Note(registry));
    }

    [Fact]
    public void Names_the_columns_where_the_file_is_a_table()
    {
        var warnings = new ProblemList();
        var registry = new Registry(new() { Id = "r" }, [Record("http", "80-80", "tcp")], []);
        Oddities.Note(registry, place => place + 2, _ => 0, warnings, inTable: true);
        Assert.Equal(
            "2:0: Port Number: 80-80 is a range of one number",
            Assert.Single(warnings.Listed).ToString()
        );
    }

    [Fact]
    public void Finds_the_few_oddities_of_IANAs_registry()
    {
        var registry = XmlFormat.Read(TestData.Unzip("pairs/2026-02-13/registry.xml.gz")).Registry!;
        Assert.Equal(
            [
                "8520:0: number: 4748-4748 is a range of one number",
                "9132:0: updated: modified 2011-05-16, before its registration on 2011-05-23",
                "9901:0: number: 6345-6345 is a range of one number",
                "10046:0: number: 6512-6512 is a range of one number",
                "11061:0: number: 8203-8203 is a range of one number",
                "11817:0: number: 9989-9989 is a range of one number",
                "12571:0: number: 20047-20047 is a range of one number",
                "0:0: name: 185 records have a historic name (RFC 6335 section 5.1)",
                "10744:0: number: Unassigned 7748-7776 overlaps the record 'inetfs 7775/tcp' of line 10745",
                "10844:0: number: Unassigned 7983-7997 overlaps the record 'pushns 7997/tcp' of line 10845",
            ],
            Note(registry, 0)
        );
    }

    static IEnumerable<string> Note(Registry registry, int firstLine = 1)
    {
        var warnings = new ProblemList();
        Oddities.Note(registry, place => place + firstLine, place => place + 101, warnings);
        return warnings.Listed.Select(warning => warning.ToString());
    }

    static RegistryRecord Record(string name, string? number, string? transport) =>
        new()
        {
            Name = ServiceName.Historic(name),
            Number = number is not null && PortRange.TryParse(number, out var range) ? range : null,
            Transport =
                transport is not null && TransportProtocols.TryParse(transport, out var known) ? known : null,
            Description = new("words"),
        };

    static RegistryRecord Unassigned(string number) =>
        Record("", number, null) with
        {
            Name = null,
            Description = new("Unassigned"),
        };

    static Reference Person(string id) => new(ReferenceType.Person, id);

    static RegistryDate Date(string text) => RegistryDate.TryParse(text, out var date) ? date : default;
}
