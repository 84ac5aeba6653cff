using System.Text;
using System.Xml;
using CsCheck;

namespace Berthbook.Formats;

public class XmlFormatTests
{
    public static TheoryData<string> Files => [.. TestData.Xml];

    [Theory, MemberData(nameof(Files))]
    public void Writes_back_the_bytes_that_IANA_published(string file)
    {
        var bytes = TestData.Unzip(file);
        var result = XmlFormat.Read(bytes);
        Assert.Empty(result.Faults);
        Assert.True(XmlFormat.Write(result.Registry!).AsSpan().SequenceEqual(bytes));
    }

    [Fact]
    public void Reads_the_same_from_a_stream_as_from_memory()
    {
        var bytes = TestData.Unzip("iana/2025-09-29.xml.gz");
        var result = XmlFormat.Read(new MemoryStream(bytes), new ReadLimits());
        Assert.True(XmlFormat.Write(result.Registry!).AsSpan().SequenceEqual(bytes));
    }

    [Theory]
    [InlineData(
        "<record><name>x</name><description>d</description><number>70000</number></record>",
        "70000 is no port number"
    )]
    [InlineData(
        "<record><name>x</name><description>d</description><number>20-10</number></record>",
        "runs backwards"
    )]
    [InlineData(
        "<record><name>x</name><description>d</description><number>080</number></record>",
        "'080' is not a port number"
    )]
    [InlineData(
        "<record><name>x</name><description>d</description><number> 80</number></record>",
        "is not a port number"
    )]
    [InlineData(
        "<record><name>x</name><description>d</description><number/></record>",
        "is not a port number"
    )]
    [InlineData(
        "<record><name>x</name><protocol>icmp</protocol><description>d</description></record>",
        "'icmp' is no transport"
    )]
    [InlineData(
        "<record><name>x</name><protocol>TCP</protocol><description>d</description></record>",
        "'TCP' is no transport"
    )]
    [InlineData(
        "<record date=\"2026-02-30\"><name>x</name><description>d</description></record>",
        "'2026-02-30' is not a date"
    )]
    [InlineData(
        "<record updated=\"soon\"><name>x</name><description>d</description></record>",
        "'soon' is not a date"
    )]
    [InlineData("<record><name>x</name></record>", "has a description")]
    [InlineData("<record><description>d</description></record>", "a service name, a port number or both")]
    [InlineData("<record><name>x</name><name>y</name><description>d</description></record>", "a second one")]
    [InlineData(
        "<record><name>x</name><description>d</description><sc>4294967296</sc></record>",
        "no service code"
    )]
    [InlineData(
        "<record><name>x</name><description>d</description><colour>red</colour></record>",
        "<colour> is not known"
    )]
    [InlineData(
        "<record><name>x</name><description>d</description><xref type=\"rumour\" data=\"x\"/></record>",
        "no type of reference"
    )]
    [InlineData(
        "<record><name>x</name><description>d</description><xref data=\"x\"/></record>",
        "a reference has a type"
    )]
    [InlineData(
        "<record><name>x</name><description>d</description><xref type=\"rfc\"/></record>",
        "says in data"
    )]
    [InlineData("<record><name>x<b/></name><description>d</description></record>", "<b> has no place here")]
    [InlineData(
        "<record size=\"9\"><name>x</name><description>d</description></record>",
        "the attribute 'size'"
    )]
    [InlineData("<record>words<name>x</name><description>d</description></record>", "words between elements")]
    [InlineData(
        "<record><name>x</name><description>a <i>b</i></description></record>",
        "<i> is not known in running text"
    )]
    [InlineData("<record><name>x</name><description>&nbsp;</description></record>", "&nbsp; is not known")]
    [InlineData("<record><name>x</name><description>&#0;</description></record>", "&#0; is not known")]
    [InlineData("<record><name>x\0y</name><description>d</description></record>", "U+0000 is not allowed")]
    [InlineData(
        "<record><name>x</name><!-- no --><description>d</description></record>",
        "a comment has no place"
    )]
    [InlineData(
        "<record><name>x</name><description><![CDATA[d]]></description></record>",
        "a CDATA section has no place"
    )]
    [InlineData(
        "<record><name>x</name><?go?><description>d</description></record>",
        "a processing instruction"
    )]
    [InlineData("<record><name>x</Name><description>d</description></record>", "</name> is expected here")]
    [InlineData(
        "<record date=2026><name>x</name><description>d</description></record>",
        "an attribute is written"
    )]
    [InlineData("<people/>", "header first, then records")]
    public void Refuses_a_file_with_a_fault_and_says_where_and_why(string record, string words)
    {
        var result = XmlFormat.Read(Small.Xml("  ", record, "\n"));
        Assert.Null(result.Registry);
        var fault = Assert.Single(
            result.Faults,
            fault => fault.Message.Contains(words, StringComparison.Ordinal)
        );
        Assert.Equal(record.StartsWith("<people", StringComparison.Ordinal) ? 6 : 5, fault.Line);
        Assert.True(fault.Column > 0);
    }

    [Theory]
    [InlineData("", "no content")]
    [InlineData(
        "<!DOCTYPE registry [<!ENTITY a \"lol\">]><registry/>",
        "a document type declaration is not accepted"
    )]
    [InlineData("<?xml version='1.0' encoding='UTF-16'?><registry/>", "not UTF-8")]
    [InlineData("<other/>", "the root element is <registry>")]
    [InlineData(
        "<registry xmlns=\"urn:x\" id=\"a\"><updated>2026-01-01</updated><people/></registry>",
        "the namespace is"
    )]
    [InlineData(
        "<registry xmlns=\"http://www.iana.org/assignments\"><updated>2026-01-01</updated><people/></registry>",
        "has an id"
    )]
    [InlineData(
        "<registry xmlns=\"http://www.iana.org/assignments\" id=\"a\"><people/></registry>",
        "when it was last updated"
    )]
    [InlineData(
        "<registry xmlns=\"http://www.iana.org/assignments\" id=\"a\"><updated>2026-01</updated><people/></registry>",
        "is not a day"
    )]
    [InlineData(
        "<registry xmlns=\"http://www.iana.org/assignments\" id=\"a\"><updated>2026-01-01</updated><people/></registry>more",
        "something follows"
    )]
    [InlineData(
        "<registry xmlns=\"http://www.iana.org/assignments\" id=\"a\"><updated>2026-01-01</updated><people><person/></people></registry>",
        "a person has an id"
    )]
    [InlineData(
        "<registry xmlns=\"http://www.iana.org/assignments\" id=\"a\"><updated>2026-01-01</updated><people><person id=\"x\"/><person id=\"x\"/></people></registry>",
        "a second person has the id"
    )]
    [InlineData(
        "<registry xmlns=\"http://www.iana.org/assignments\" id=\"a\"><updated>2026-01-01</updated><people><person id=\"x\"><org>o</org><name>n</name></person></people></registry>",
        "in this order"
    )]
    public void Refuses_what_is_no_registry(string file, string words)
    {
        var result = XmlFormat.Read(Encoding.UTF8.GetBytes(file));
        Assert.Null(result.Registry);
        Assert.Contains(result.Faults, fault => fault.Message.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void Tells_line_and_column_in_characters()
    {
        var result = XmlFormat.Read(
            Small.Xml(
                "  <record><name>éé</name><protocol>ip</protocol><description>d</description></record>\n"
            )
        );
        var fault = Assert.Single(result.Faults);
        Assert.Equal((5, 36, "protocol"), (fault.Line, fault.Column, fault.Field));
    }

    [Fact]
    public void Lists_the_first_hundred_faults_and_counts_them_all()
    {
        var bad = "  <record><name>x</name><protocol>ip</protocol><description>d</description></record>\n";
        var result = XmlFormat.Read(Small.Xml([.. Enumerable.Repeat(bad, 250)]));
        Assert.Equal((100, 250), (result.Faults.Length, result.FaultCount));
        Assert.Equal(104, result.Faults[^1].Line);
    }

    [Fact]
    public void Refuses_bytes_that_are_not_UTF8()
    {
        var file = Small.Xml(Small.Record("a", "tcp", "1"));
        file[file.AsSpan().IndexOf("The a"u8) + 4] = 0xC0;
        var result = XmlFormat.Read(file);
        Assert.Contains("not UTF-8", Assert.Single(result.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_deep_nesting_at_once()
    {
        var deep = $"  <note>{string.Concat(Enumerable.Repeat("<a>", 200_000))}";
        var result = XmlFormat.Read(Encoding.UTF8.GetBytes(Small.Header + deep));
        Assert.Contains(
            result.Faults,
            fault => fault.Message.Contains("nested deeper than 32", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Refuses_an_element_larger_than_a_mebibyte_in_a_stream()
    {
        var large =
            $"  <record><name>x</name><description>{new string('x', 3 << 20)}</description></record>\n";
        var result = XmlFormat.Read(new MemoryStream(Small.Xml(large)), new ReadLimits());
        Assert.Contains(
            "larger than 1,048,576 bytes",
            Assert.Single(result.Faults).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Refuses_a_stream_past_the_limit_without_keeping_it()
    {
        using var endless = new EndlessRecords(2L << 30);
        var result = XmlFormat.Read(endless, new ReadLimits { MaxBytes = 64 << 20 });
        Assert.Contains(
            "larger than 67,108,864 bytes",
            Assert.Single(result.Faults).Message,
            StringComparison.Ordinal
        );
        Assert.True(endless.Given < 70 << 20);
    }

    [Fact]
    public void Reads_a_large_file_twice_and_keeps_it()
    {
        var filler = new string('x', 4000);
        var record =
            $"  <record>\n    <name>x</name>\n    <description>{filler}</description>\n  </record>\n";
        var bytes = Small.Xml([.. Enumerable.Repeat(record, 9000), Small.Record("last", "tcp", "9")]);
        Assert.True(bytes.Length > 33 << 20);
        var result = XmlFormat.Read(new MemoryStream(bytes), new ReadLimits());
        Assert.Equal(9001, result.Registry!.Records.Length);
        Assert.True(XmlFormat.Write(result.Registry).AsSpan().SequenceEqual(bytes));
    }

    [Fact]
    public void Keeps_every_odd_blank_and_the_order_of_children()
    {
        const string odd =
            "\n\t<record updated=\"2026-01\">\n    <description>d</description>  \n\n<number>5-5</number><name/>\n"
            + "    <assignee><xref type=\"person\" data=\"Nobody \"/></assignee>\n    </record>\n";
        var bytes = Small.Xml(odd);
        var result = XmlFormat.Read(bytes);
        Assert.Equal(
            Encoding.UTF8.GetString(bytes),
            Encoding.UTF8.GetString(XmlFormat.Write(result.Registry!))
        );
        Assert.True(result.Registry!.Records[0].HasEmptyName);
        Assert.True(result.WarningCount >= 3); // 5-5, the unresolved and the orphan contact
    }

    [Fact]
    public void A_changed_record_changes_its_lines_and_no_other()
    {
        var before = Small.Of(
            Small.Record("one", "tcp", "1"),
            Small.Record("two", "tcp", "2"),
            Small.Record("six", "tcp", "6")
        );
        var record = before.Records[1];
        var changed = record with { Description = new("Something else") };
        var after = new Registry(
            before.Header,
            before.Records.SetItem(1, changed with { Layout = record.Layout!.After(changed) }),
            before.Contacts
        );
        var (old, now) = (Lines(before), Lines(after));
        var differing = Enumerable.Range(0, old.Length).Where(i => old[i] != now[i]);
        Assert.Equal(["    <description>Something else</description>"], differing.Select(i => now[i]));
    }

    [Fact]
    public void Whatever_it_reads_XmlReader_reads_too_and_what_it_writes_it_reads_back()
    {
        var seed = Small.Xml(
            Small.Record(
                "one",
                "tcp",
                "1",
                "\n    <note>a<br/>b <xref type=\"rfc\" data=\"rfc1\"/> &amp; c</note>"
            )
        );
        Gen.Select(Gen.Int[0, seed.Length - 1], Gen.Byte, Gen.Int[0, seed.Length - 1], Gen.Byte)
            .Sample(
                (first, one, second, two) =>
                {
                    var file = seed.ToArray();
                    (file[first], file[second]) = (one, two);
                    if (XmlFormat.Read(file).Registry is not { } registry)
                        return true;
                    using var reader = XmlReader.Create(
                        new MemoryStream(file),
                        new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null }
                    );
                    while (reader.Read()) { }
                    var written = XmlFormat.Write(registry);
                    return XmlFormat.Write(XmlFormat.Read(written).Registry!).AsSpan().SequenceEqual(written);
                },
                iter: Counts.Of(5_000, 200_000)
            );
    }

    static string[] Lines(Registry registry) =>
        Encoding.UTF8.GetString(XmlFormat.Write(registry)).Split('\n');

    // A registry whose records never end.
    sealed class EndlessRecords(long length) : Stream
    {
        static readonly byte[] Head = Encoding.UTF8.GetBytes(Small.Header);
        static readonly byte[] Body = Encoding.UTF8.GetBytes(Small.Record("x", "tcp", "1"));

        public long Given { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var filled = 0;
            for (; filled < count && Given < length; filled++, Given++)
                buffer[offset + filled] =
                    Given < Head.Length ? Head[Given] : Body[(Given - Head.Length) % Body.Length];
            return filled;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
