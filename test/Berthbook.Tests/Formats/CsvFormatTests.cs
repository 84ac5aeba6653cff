using System.Diagnostics;
using System.Text;
using CsCheck;

namespace Berthbook.Formats;

public class CsvFormatTests
{
    const string Heading =
        "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes\r\n";

    const string Good = "a,1,tcp,One,[Ann],[Ann],2003-07,2026-01-02,[RFC1],,,\r\n";

    public static TheoryData<string> Pairs => [.. TestData.Pairs("registry.csv.gz")];

    [Theory, MemberData(nameof(Pairs))]
    public void Writes_from_the_XML_the_bytes_that_IANA_published(string file)
    {
        var (registry, _, csv) = Pair(file);
        Assert.True(CsvFormat.Write(registry).AsSpan().SequenceEqual(csv));
    }

    [Fact]
    public void Writes_the_newest_revision_as_computed_from_the_rules()
    {
        // formats.md 1.5: no CSV of that day was published; the value was computed by another program.
        var registry = XmlFormat.Read(TestData.Unzip("pairs/2026-08-17/registry.xml.gz")).Registry!;
        var csv = CsvFormat.Write(registry);
        Assert.Equal(1_156_686, csv.Length);
        Assert.Equal(
            "757D5969A623680753269C420688FC01B050CE8DAE9F47D90AAB0A057F144DC8",
            Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(csv))
        );
    }

    [Theory, MemberData(nameof(Pairs))]
    public void Reads_a_table_alone_and_writes_it_back(string file)
    {
        var (_, _, csv) = Pair(file);
        var result = CsvFormat.Read(new MemoryStream(csv), null, new());
        Assert.Empty(result.Faults);
        Assert.True(CsvFormat.Write(result.Registry!).AsSpan().SequenceEqual(csv));
    }

    [Theory, MemberData(nameof(Pairs))]
    public void Keeps_every_record_that_the_table_shows_unchanged(string file)
    {
        var (basis, xml, csv) = Pair(file);
        foreach (var table in new[] { csv, CsvFormat.Write(basis, RfcLabel.Spaced) })
        {
            var read = CsvFormat.Read(new MemoryStream(table), basis, new()).Registry!;
            Assert.Equal(basis.Records.Length, read.Records.Length);
            Assert.All(read.Records, (record, i) => Assert.Same(basis.Records[i], record));
            Assert.True(XmlFormat.Write(read).AsSpan().SequenceEqual(xml));
        }
    }

    // formats.md 1.4, the examples of the table.
    [Theory]
    [InlineData("by IANA for \n      \"RadSec\", an", "\"by IANA for \"\"RadSec\"\", an\"")]
    [InlineData("protocol with\n      a binary", "\"protocol with\n      a binary\"")]
    [InlineData("Defined TXT keys: \nenabled=", "\"Defined TXT keys: \nenabled=\"")]
    [InlineData("  plain  ", "plain")]
    [InlineData("tab\there", "tab\there")]
    [InlineData("a\rb", "\"a\rb\"")]
    [InlineData("Höß ∂ 𝄞", "Höß ∂ 𝄞")]
    [InlineData("", "")]
    public void Tidies_and_quotes_a_cell(string words, string cell)
    {
        var name = words.Length == 0 ? (ServiceName?)null : ServiceName.Historic(words);
        var record = new RegistryRecord
        {
            Name = name,
            Number = new(80, 80),
            Description = new(words),
            Unauthorized = words,
            Note = new(words),
        };
        Assert.Equal($"{Heading}{cell},80,,{cell},,,,,,,{cell},{cell}\r\n", Written(record));
    }

    [Fact]
    public void Writes_every_column()
    {
        var record = new RegistryRecord
        {
            Name = ServiceName.Historic("x11"),
            Number = new(6000, 6063),
            Transport = TransportProtocol.Dccp,
            Description = new([
                new(InlineKind.Text, "X"),
                new(InlineKind.Break),
                new(InlineKind.Text, " Window "),
                new(InlineKind.Reference, Reference: new(ReferenceType.Rfc, "rfc1198")),
            ]),
            Assignee = [new(ReferenceType.Person, "Ann, Bob")],
            Contacts = [new(ReferenceType.Person, "Stephen_Gildea"), new(ReferenceType.Person, "B")],
            Registered = Date("2003-07"),
            Modified = Date("2026-01-02"),
            References =
            [
                new(ReferenceType.Rfc, "rfc6335", null, ReferencePart.Section, "8.1"),
                new(ReferenceType.Draft, "draft-x-01", LastUpdated: "2026-01-01"),
            ],
            ServiceCode = uint.MaxValue,
            Unauthorized = "yes",
            Note = new("n"),
        };
        const string rest =
            "\"[Ann, Bob]\",[Stephen_Gildea][B],2003-07,2026-01-02,\"[RFC%6335, Section 8.1][draft-x-01] (2026-01-01)\",4294967295,yes,n\r\n";
        var expected = $"{Heading}x11,6000-6063,dccp,X Window [RFC%1198],{rest}";
        Assert.Equal(expected.Replace("%", "", StringComparison.Ordinal), Written(record));
        Assert.Equal(expected.Replace("%", " ", StringComparison.Ordinal), Written(record, RfcLabel.Spaced));
    }

    [Fact]
    public void Shows_the_contacts_where_no_assignee_is_recorded() // procedures K1, formats.md 8.1
    {
        var record = new RegistryRecord
        {
            Number = new(1, 1),
            Description = new("d"),
            Contacts = [new(ReferenceType.Person, "Ann")],
        };
        Assert.Equal($"{Heading},1,,d,[Ann],[Ann],,,,,,\r\n", Written(record));
        Assert.Equal($"{Heading},1,,d,,[Ann],,,,,,\r\n", Written(record with { Assignee = [] }));
    }

    [Fact]
    public void Writes_what_the_plain_way_writes() =>
        Gen.Select(Texts, Texts, Texts, Gen.Bool)
            .Sample(
                (one, two, three, hasAssignee) =>
                {
                    var record = new RegistryRecord
                    {
                        Name = one.Length == 0 ? null : ServiceName.Historic(one),
                        Number = new(7, 9),
                        Description = new(two),
                        Assignee = hasAssignee ? [new(ReferenceType.Person, three)] : default,
                        Contacts = [new(ReferenceType.Person, one), new(ReferenceType.Person, two)],
                        References = [new(ReferenceType.Text, "", three)],
                        Unauthorized = three,
                        Note = new(one),
                    };
                    var cells = Enumerable.Range(1, 12).Select(column => record.Cell(column)).Select(Quoted);
                    return Written(record) == $"{Heading}{string.Join(',', cells)}\r\n";
                },
                iter: Counts.Of(5_000, 200_000)
            );

    [Fact]
    public void Reads_back_whatever_text_a_cell_holds() =>
        Gen.Select(Texts, Texts, Texts)
            .Sample(
                (one, two, three) =>
                {
                    string[] cells =
                    [
                        Tidy(one, "n"),
                        "7-9",
                        "tcp",
                        Tidy(two, ""),
                        "",
                        "",
                        "",
                        "",
                        "",
                        "0",
                        Tidy(three, ""),
                        Tidy(one, ""),
                    ];
                    var text = $"{Heading}{string.Join(',', cells.Select(Quoted))}\r\n";
                    var result = Read(text);
                    return result.FaultCount == 0
                        && Encoding.UTF8.GetString(CsvFormat.Write(result.Registry!)) == text;
                },
                iter: Counts.Of(5_000, 200_000)
            );

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void Takes_a_byte_order_mark_line_feeds_needless_quotes_the_older_heading_and_no_last_line_end(
        string mark
    )
    {
        var text =
            mark
            + Heading
                .Replace("Unauthorized Use Reported", "Known Unauthorized Uses", StringComparison.Ordinal)
                .Replace("\r\n", "\n", StringComparison.Ordinal)
            + "\"a\",1,tcp,\"One\",[Ann],[Ann],2003-07,2026-01-02,[RFC1],,\"\",\nb,2,,,,,,,,,,";
        var result = Read(text);
        Assert.Empty(result.Faults);
        Assert.Equal(
            $"{Heading}{Good}b,2,,,,,,,,,,\r\n",
            Encoding.UTF8.GetString(CsvFormat.Write(result.Registry!))
        );
    }

    [Fact]
    public void Names_references_by_their_labels()
    {
        (string Label, Reference Reference)[] cases =
        [
            ("RFC6335", new(ReferenceType.Rfc, "rfc6335")),
            ("BCP165", new(ReferenceType.Rfc, "bcp165")),
            ("RFC8765, Section 6.1", new(ReferenceType.Rfc, "rfc8765", null, ReferencePart.Section, "6.1")),
            ("draft-ietf-x-01", new(ReferenceType.Draft, "draft-ietf-x-01")),
            ("RFC-ietf-x-01", new(ReferenceType.Draft, "RFC-ietf-x-01")),
            (
                "draft-x-05, Section 4.3",
                new(ReferenceType.Draft, "draft-x-05", null, ReferencePart.Section, "4.3")
            ),
            ("https://example.org/a[0]b", new(ReferenceType.Uri, "https://example.org/a[0]b")),
            ("RFC", new(ReferenceType.Text, "", "RFC")),
            ("RFC6335 and more", new(ReferenceType.Text, "", "RFC6335 and more")),
            ("n/a", new(ReferenceType.Text, "", "n/a")),
            ("1", new(ReferenceType.Text, "", "1")),
        ];
        var labels = string.Concat(cases.Select(known => $"[{known.Label}]"));
        var record = Read(
            $"{Heading}a,1,,d,[Ann],[Bob [B] ],,,\"{labels}[x] (2026-01-01)\",,,\r\n"
        ).Registry!.Records[0];
        Assert.Equal(
            [
                .. cases.Select(known => known.Reference),
                new(ReferenceType.Text, "", "x", LastUpdated: "2026-01-01"),
            ],
            record.References
        );
        Assert.Equal([new(ReferenceType.Person, "Ann")], record.Assignee);
        Assert.Equal([new(ReferenceType.Person, "Bob [B] ")], record.Contacts);
        Assert.Null(record.Layout);
    }

    [Fact]
    public void Knows_a_footnote_of_the_basis()
    {
        var basis = new Registry(new() { Id = "r", Footnotes = [new("1", new("words"))] }, [], []);
        var read = CsvFormat.Read(Stream($"{Heading}a,1,,d,,,,,[1][2],,,\r\n"), basis, new()).Registry!;
        Assert.Equal(
            [new(ReferenceType.Note, "1"), new(ReferenceType.Text, "", "2")],
            read.Records[0].References
        );
    }

    [Fact]
    public void A_changed_row_is_a_new_record_and_the_others_stay()
    {
        var basis = Small.Of(
            Small.Record("one", "tcp", "1"),
            Small.Record("two", "tcp", "2"),
            Small.Record("two", "tcp", "2"),
            Small.Record("six", "tcp", "6", "\n    <note>a<br/>\nb</note>")
        );
        var table = Encoding.UTF8.GetString(CsvFormat.Write(basis));
        var changed = table.Replace("one,1,", "one,11,", StringComparison.Ordinal);
        var read = CsvFormat.Read(Stream(changed), basis, new()).Registry!;
        Assert.Equal(new PortRange(11, 11), read.Records[0].Number);
        Assert.True(read.Records[0].Assignee.IsDefault);
        Assert.Null(read.Records[0].Layout);
        for (var i = 1; i < 4; i++)
            Assert.Same(basis.Records[i], read.Records[i]);
        Assert.Same(basis.Header, read.Header);
        Assert.Equal(basis.Contacts, read.Contacts);

        var twice = CsvFormat.Read(Stream(table + table[(Heading.Length)..]), basis, new()).Registry!;
        Assert.All(
            twice.Records.Skip(4),
            record => Assert.DoesNotContain(record, basis.Records, ReferenceEqualityComparer.Instance)
        );
    }

    [Fact]
    public void A_line_is_kept_with_its_record_and_not_with_a_changed_one()
    {
        var record = new RegistryRecord { Number = new(1, 1), Description = new("before") };
        Assert.Equal(Written(record), Written(record));
        var changed = record with { Description = new("after") };
        Assert.Equal($"{Heading},1,,after,,,,,,,,\r\n", Written(changed));
        Assert.Equal($"{Heading},1,,before,,,,,,,,\r\n", Written(record));
    }

    [Fact]
    public void Without_a_basis_it_makes_a_header_and_warns_of_contacts_that_are_none()
    {
        var result = Read(Heading + Good + "b,0-0,udp,Two,[Ann],[Ann],,,,,,\r\n");
        Assert.Equal("service-names-port-numbers", result.Registry!.Header.Id);
        Assert.Equal(
            "Service Name and Transport Protocol Port Number Registry",
            result.Registry.Header.Title
        );
        Assert.Equal(Date("2026-01-02"), result.Registry.Header.Updated);
        Assert.Empty(XmlFormat.Read(XmlFormat.Write(result.Registry)).Faults);
        Assert.Equal(
            [
                "3:0: Port Number: 0-0 is a range of one number",
                "3:0: Port Number: 0-0 stands after 1",
                "2:0: Contact: 'Ann' is no contact of this registry",
            ],
            result.Warnings.Select(warning => warning.ToString())
        );
    }

    public static TheoryData<string, string> Faults =>
        new()
        {
            { "a,1,tcp\r\n", "2:8: the row has 3 cells; 12 are expected" },
            { "a,1,tcp,d,,,,,,,,,\r\n", "2:19: the row has 13 cells; 12 are expected" },
            { "\r\n", "2:1: the line is empty where a row of 12 cells is expected" },
            {
                "a,1,tcp,\"d\"x,,,,,,,,\r\n",
                "2:12: text after the closing quote; a quote inside a quoted cell is doubled"
            },
            {
                "a,1,tcp,5\" disk,,,,,,,,\r\n",
                "2:10: a quote inside a cell that is not quoted; quote the cell and double the quote"
            },
            { "a,1,tcp,\"d,,,,,,,,\r\n", "2:9: the quote that opens here is never closed" },
            {
                "\"é\né\",1,tcp,é\0,,,,,,,,\r\n",
                "3:11: the control character U+0000 has no place in the registry"
            },
            {
                "a,1,tcp,\"d\r\nd\",,,,,,,,\r\n",
                "2:11: a carriage return inside a row; the registry's texts have line feeds alone"
            },
            { "a,1,tcp,\uFFFE,,,,,,,,\r\n", "2:9: U+FFFE is not a character" },
            { "a,70000,tcp,d,,,,,,,,\r\n", "2:3: Port Number: 70000 is no port number: they end at 65535" },
            { "a,20-10,tcp,d,,,,,,,,\r\n", "2:3: Port Number: the range 20-10 runs backwards" },
            {
                "a,080,tcp,d,,,,,,,,\r\n",
                "2:3: Port Number: '080' is not a port number or range: write 443 or 6000-6063, digits only"
            },
            {
                "a,1,icmp,d,,,,,,,,\r\n",
                "2:5: Transport Protocol: 'icmp' is no transport protocol here: tcp, udp, sctp or dccp"
            },
            {
                "a,1,tcp,d,,,2026-02-30,,,,,\r\n",
                "2:13: Registration Date: '2026-02-30' is not a date; write yyyy-mm-dd or yyyy-mm"
            },
            {
                "a,1,tcp,d,,,,soon,,,,\r\n",
                "2:14: Modification Date: 'soon' is not a date; write yyyy-mm-dd or yyyy-mm"
            },
            {
                "a,1,tcp,d,,,,,,-1,,\r\n",
                "2:16: Service Code: '-1' is no service code: a number from 0 to 4294967295"
            },
            {
                "a,1,tcp,d,,Ann,,,,,,\r\n",
                "2:12: Contact: 'Ann' is not labels in brackets, such as [RFC6335] or [A][B]"
            },
            {
                "a,1,tcp,d,[A] [B],,,,,,,\r\n",
                "2:11: Assignee: '[A] [B]' is not labels in brackets, such as [RFC6335] or [A][B]"
            },
            {
                "a,1,tcp,d,,,,,[],,,\r\n",
                "2:15: Reference: '[]' is not labels in brackets, such as [RFC6335] or [A][B]"
            },
            {
                "a,1,tcp,d,,,,,[RFC1,,,\r\n",
                "2:15: Reference: '[RFC1' is not labels in brackets, such as [RFC6335] or [A][B]"
            },
            {
                ",,tcp,d,,,,,,,,\r\n",
                "2:1: Service Name: a record has a service name, a port number or both"
            },
        };

    [Theory, MemberData(nameof(Faults))]
    public void Says_where_a_row_is_wrong_and_why(string row, string fault)
    {
        var result = Read(Heading + row);
        Assert.Null(result.Registry);
        Assert.Equal(fault, Assert.Single(result.Faults).ToString());
    }

    [Fact]
    public void Tells_every_fault_and_goes_on_after_a_broken_row()
    {
        var result = Read($"{Heading}a,\"1\" ,tcp,d,,,,,,,,\r\nb,x,y,d,,,z,,,,,\r\n{Good}c\r\n");
        Assert.Equal(
            [(2, 6), (3, 3), (3, 5), (3, 11), (5, 2)],
            result.Faults.Select(fault => (fault.Line, fault.Column))
        );
    }

    public static TheoryData<byte[], string> Files =>
        new()
        {
            { [], "1:1: the file is empty; it begins with the heading of the table" },
            { [0xEF, 0xBB, 0xBF], "1:1: the file is empty; it begins with the heading of the table" },
            { Encoding.Unicode.GetPreamble(), "1:1: the file is UTF-16; the registry's files are UTF-8" },
            { "Some words\n"u8.ToArray(), "1:11: the heading has 1 cell; 12 are expected" },
            {
                Bytes(Heading.Replace("Description", "Beschreibung", StringComparison.Ordinal) + Good),
                "1:45: Description: the heading says 'Beschreibung' where 'Description' is expected"
            },
            {
                [.. Bytes(Heading), .. "a,1,tcp,x"u8, 0xC0, 0xAE, .. ",,,,,,,,\r\n"u8],
                "2:10: the bytes here are not UTF-8"
            },
            {
                [.. Bytes(Heading), .. "a,1,tcp,\"open"u8, .. Enumerable.Repeat((byte)'x', 5_000_000)],
                "2:9: the quote that opens here is never closed"
            },
            {
                [.. Bytes(Heading), .. Enumerable.Repeat((byte)',', 100_000), .. "\r\n"u8],
                "2:13: the row has more than 1,000 cells; 12 are expected"
            },
            {
                [.. Bytes(Heading), .. Enumerable.Repeat((byte)'x', 1_100_000)],
                "2:1: the row is longer than 1,048,576 bytes"
            },
            { new byte[3_000_000], "1:1: the control character U+0000 has no place in the registry" },
        };

    [Theory, MemberData(nameof(Files), DisableDiscoveryEnumeration = true)]
    public void Refuses_a_hostile_file_at_once(byte[] file, string fault)
    {
        var watch = Stopwatch.StartNew();
        var result = CsvFormat.Read(new MemoryStream(file), null, new());
        Assert.Null(result.Registry);
        Assert.Equal(fault, Assert.Single(result.Faults).ToString());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Lists_the_first_hundred_faults_and_counts_them_all()
    {
        var result = Read(Heading + string.Concat(Enumerable.Repeat("a,x,tcp,d,,,,,,,,\r\n", 5000)));
        Assert.Equal((100, 5000), (result.Faults.Length, result.FaultCount));
        Assert.Equal(101, result.Faults[^1].Line);
    }

    [Fact]
    public void Refuses_a_stream_past_the_limit()
    {
        using var stream = new EndlessRows(30_000_000);
        var result = CsvFormat.Read(stream, null, new() { MaxBytes = 48 << 20 });
        Assert.Contains(
            "larger than 50,331,648 bytes",
            Assert.Single(result.Faults).Message,
            StringComparison.Ordinal
        );
        Assert.True(stream.Given < 50 << 20);
    }

    [Fact]
    public void A_large_table_is_checked_first_and_then_read_where_the_file_can_be_read_twice()
    {
        var filler = new string('x', 400_000);
        var rows = string.Concat(Enumerable.Range(0, 100).Select(i => $"a,{i},tcp,{filler},,,,,,,,\r\n"));
        var result = Read(Heading + rows);
        Assert.Equal(100, result.Registry!.Records.Length);
        using var once = new EndlessRows(600_000);
        Assert.Contains(
            "can only be read from a file",
            Assert.Single(CsvFormat.Read(once, null, new()).Faults).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Never_throws_whatever_bytes_change()
    {
        var seed = Bytes(
            Heading + Good + "b,2,udp,\"Two, \"\"2\"\"\n  é\",,[Ann][Bob],,,\"[RFC1][x, y]\",7,yes,n\r\n"
        );
        Gen.Select(Gen.Int[0, seed.Length - 1], Gen.Byte, Gen.Int[0, seed.Length - 1], Gen.Byte)
            .Sample(
                (first, one, second, two) =>
                {
                    var file = seed.ToArray();
                    (file[first], file[second]) = (one, two);
                    var result = CsvFormat.Read(new MemoryStream(file), null, new());
                    return result.Registry is null
                        ? result.FaultCount > 0
                            && result.Faults.All(fault => fault is { Line: > 0, Column: > 0 })
                        : CsvFormat
                            .Read(new MemoryStream(CsvFormat.Write(result.Registry)), null, new())
                            .FaultCount == 0;
                },
                iter: Counts.Of(10_000, 500_000)
            );
    }

    static Gen<string> Texts { get; } =
        Gen.OneOf('a', 'B', '7', ' ', '\n', ',', '"', '[', ']', '\t', '~', '\u007F', 'é', '€', '\uE000')
            .Array[0, 40]
            .Select(chars => new string(chars));

    static string Tidy(string text, string ifEmpty) =>
        Cells.Tidy(text) is { Length: > 0 } tidy ? Cells.Tidy(tidy) : ifEmpty;

    static string Quoted(string cell) =>
        cell.IndexOfAny([',', '"', '\n', '\r']) < 0
            ? cell
            : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static string Written(RegistryRecord record, RfcLabel style = RfcLabel.Joined) =>
        Encoding.UTF8.GetString(CsvFormat.Write(new(new() { Id = "r" }, [record], []), style));

    static ReadResult Read(string text) => CsvFormat.Read(Stream(text), null, new());

    static MemoryStream Stream(string text) => new(Bytes(text));

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    static RegistryDate Date(string text) => RegistryDate.TryParse(text, out var date) ? date : default;

    static (Registry Registry, byte[] Xml, byte[] Csv) Pair(string file)
    {
        var csv = TestData.Unzip(file);
        var xml = TestData.Unzip(
            file.Replace("registry.csv.gz", "registry.xml.gz", StringComparison.Ordinal)
        );
        return (XmlFormat.Read(xml).Registry!, xml, csv);
    }

    // A table whose rows do not end for a long time, given once.
    sealed class EndlessRows(long count) : Stream
    {
        static readonly byte[] Head = Bytes(Heading);
        static readonly byte[] Row = Bytes(
            "a,1,tcp,The description of a record that comes again,,,,,,,,\r\n"
        );

        readonly long length = Head.Length + count * Row.Length;

        public long Given { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var filled = 0;
            for (; filled < buffer.Length && Given < length; filled++, Given++)
                buffer[filled] = Given < Head.Length ? Head[Given] : Row[(Given - Head.Length) % Row.Length];
            return filled;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
