using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CsCheck;

namespace Berthbook.Formats;

public class JsonFormatTests
{
    public static TheoryData<string> Files =>
        [.. Counts.IsLong ? TestData.Xml : TestData.Pairs("registry.xml.gz")];

    [Theory, MemberData(nameof(Files))]
    public void Keeps_IANAs_registry_to_the_byte_of_its_XML(string file)
    {
        var xml = TestData.Unzip(file);
        var json = JsonFormat.Write(XmlFormat.Read(xml).Registry!);
        var result = JsonFormat.Read(new MemoryStream(json), new());
        Assert.Empty(result.Faults);
        Assert.True(XmlFormat.Write(result.Registry!).AsSpan().SequenceEqual(xml));
    }

    [Fact]
    public void Keeps_every_odd_form()
    {
        const string odd =
            "\n\t<record updated=\"2026-01\">\n    <description>d<br/> <paragraph>a<paragraph/>b</paragraph></description>  \n\n<number>5-5</number><name/>\n"
            + "    <assignee> <xref type=\"person\" data=\"Nobody \"/></assignee><note/>\n    <unauthorized> x\n y</unauthorized></record>\n"
            + "<record><name>y</name><xref type=\"rfc\" data=\"rfc1\" section=\"2\"/><xref type=\"person\" data=\"B\">Bob</xref>"
            + "<xref type=\"uri\" data=\"https://e.org\">words</xref><xref type=\"text\">n/a</xref><assignee/><description> d</description>"
            + "<xref type=\"draft\" data=\"draft-x\" lastupdated=\"2026-01\"> </xref></record>\n"
            + "  <footnote anchor=\"1\">a<br/>b</footnote>\n";
        var xml = Small.Xml(odd);
        Assert.Equal(
            Encoding.UTF8.GetString(xml),
            XmlOf(Read(JsonFormat.Write(XmlFormat.Read(xml).Registry!)))
        );
    }

    [Fact]
    public void Keeps_whatever_the_model_holds() =>
        Gen.Select(Texts, RichTexts, RichTexts, References.Array[0, 3], Gen.Int[0, 63])
            .Sample(
                (text, description, note, references, choice) =>
                {
                    var record = new RegistryRecord
                    {
                        Name = text.Length == 0 ? null : ServiceName.Historic(text),
                        Number = new(1, 1 + choice % 2),
                        Transport = choice % 3 == 0 ? null : TransportProtocol.Sctp,
                        Description = description,
                        Note = choice % 5 == 0 ? null : note,
                        Assignee =
                            choice % 7 < 3
                                ? default
                                :
                                [
                                    .. references.Select(known => new Reference(
                                        ReferenceType.Person,
                                        known.Data + "x"
                                    )),
                                ],
                        Contacts = [new(ReferenceType.Person, "Ann", choice % 4 == 0 ? "words" : null)],
                        References = [.. references],
                        Unauthorized = choice % 6 == 0 ? null : text,
                        ServiceCode = choice % 8 == 0 ? uint.MaxValue : null,
                    };
                    if (choice % 2 == 0)
                        record = record with { Layout = new([.. RecordLayout.For(record).Parts.Reverse()]) };
                    var contact = new Contact
                    {
                        Id = "Ann",
                        Name = text,
                        Uris = [text],
                        Gaps = new(null, ["\n", null, "\t"]),
                    };
                    var registry = new Registry(Small.Of().Header, [record], [contact]);
                    var result = JsonFormat.Read(new MemoryStream(JsonFormat.Write(registry)), new());
                    Assert.Empty(result.Faults);
                    return XmlOf(result.Registry!) == XmlOf(registry)
                        && result.Registry!.Records[0].Equals(record)
                        && result.Registry.Contacts[0].Equals(contact);
                },
                iter: Counts.Of(500, 20_000)
            );

    [Fact]
    public void Writes_a_line_for_each_record_and_contact()
    {
        var record = Small.Of(Small.Record("one", "tcp", "1", "\n    <note>a<br/>b</note>")).Records[0] with
        {
            Id = 7,
        };
        var registry = new Registry(
            new()
            {
                Id = "r",
                Parts =
                [
                    new(HeaderPartKind.Title, new("Ours")),
                    new(HeaderPartKind.Updated, new("2026-01-02")),
                ],
            },
            [
                record with
                {
                    Layout = null,
                },
                new() { Number = new(6000, 6063), Description = new("Unassigned") },
            ],
            [
                new()
                {
                    Id = "Ada_Example",
                    Name = "Ada",
                    Uris = ["mailto:ada&example.org"],
                },
            ]
        );
        Assert.Equal(
            """
            {"format":"berthbook-registry-1","statement":"It's ours.",
            "registry":{"id":"r","title":"Ours","updated":"2026-01-02","experts":null,"notes":[],"references":[],"footnotes":[],"form":{"prolog":"","parts":[{"kind":"title","text":["Ours"]},{"kind":"updated","text":["2026-01-02"]}],"footnotes":[],"trailer":"\n"}},
            "records":[
            {"id":7,"name":"one","number":"1","from":1,"to":1,"transport":"tcp","description":"The one protocol","assignee":[],"contacts":["Ada_Example"],"registered":"2026-01-01","modified":null,"references":[],"serviceCode":null,"unauthorizedUse":null,"notes":"ab","state":"Assigned","why":"assigned","form":{"notes":["a",{"break":true},"b"]}},
            {"id":0,"name":null,"number":"6000-6063","from":6000,"to":6063,"transport":null,"description":"Unassigned","assignee":[],"contacts":[],"registered":null,"modified":null,"references":[],"serviceCode":null,"unauthorizedUse":null,"notes":null,"state":"Unassigned","why":"the registry lists it as Unassigned","form":null}
            ],
            "contacts":[
            {"id":"Ada_Example","name":"Ada","organization":null,"uris":["mailto:ada&example.org"],"updated":null,"erased":false,"form":null}
            ]}

            """,
            Encoding
                .UTF8.GetString(JsonFormat.Write(registry, "It's ours."))
                .Replace(
                    JsonSerializer.Serialize(RegistryHeader.DefaultProlog, Relaxed),
                    "\"\"",
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void Reads_a_document_without_forms_in_any_layout_of_the_JSON()
    {
        const string json = """
            {
              "contacts": [ { "erased": false, "id": "Ada", "name": null, "organization": "O", "uris": [], "updated": "2026-01" } ],
              "records": [
                { "id": 99, "name": "a", "number": "5-5", "from": 5, "to": 5, "transport": "udp", "description": "d\u00e9",
                  "assignee": ["Ada"], "contacts": ["Ada"], "registered": "2003-07", "modified": null,
                  "references": [ { "type": "rfc", "data": "rfc1", "label": "RFC1" }, { "type": "uri", "data": "https://e.org", "label": "E" } ],
                  "serviceCode": 4294967295, "unauthorizedUse": null, "notes": "n", "state": "Reserved", "why": "anything" }
              ],
              "registry": { "id": "r", "title": "T", "updated": "2026-01-02", "experts": "Ann", "notes": [ { "title": "N", "text": "t" } ],
                "references": [], "footnotes": [ { "anchor": "1", "text": "f" } ] },
              "statement": null, "format": "berthbook-registry-1"
            }
            """;
        var registry = Read(Encoding.UTF8.GetBytes("\uFEFF" + json));
        var record = Assert.Single(registry.Records);
        Assert.Equal(
            new()
            {
                Name = ServiceName.Historic("a"),
                Number = new(new(5), new(5), true),
                Transport = TransportProtocol.Udp,
                Description = new("dé"),
                Assignee = [new(ReferenceType.Person, "Ada")],
                Contacts = [new(ReferenceType.Person, "Ada")],
                References = [new(ReferenceType.Rfc, "rfc1"), new(ReferenceType.Uri, "https://e.org", "E")],
                Registered = Date("2003-07"),
                ServiceCode = uint.MaxValue,
                Note = new("n"),
            },
            record
        );
        Assert.Equal(0, record.Id);
        Assert.Equal(
            ("T", "Ann", Date("2026-01-02")),
            (registry.Header.Title, registry.Header.Experts!.Words, registry.Header.Updated)
        );
        Assert.Equal("f", Assert.Single(registry.Header.Footnotes).Text.Words);
        Assert.Equal(
            new()
            {
                Id = "Ada",
                Organization = "O",
                Updated = Date("2026-01"),
            },
            Assert.Single(registry.Contacts)
        );
    }

    // What is replaced in a good document, by what, and the fault.
    public static TheoryData<string, string, string> Faults =>
        new()
        {
            {
                "\"number\":\"1\"",
                "\"number\":\"70000\"",
                "number: 70000 is no port number: they end at 65535"
            },
            { "\"number\":\"1\"", "\"number\":1", "number: string or null is expected here" },
            {
                "\"from\":1",
                "\"from\":2",
                "from: this does not agree with the rest of the object, which says 1"
            },
            {
                "\"transport\":\"tcp\"",
                "\"transport\":\"TCP\"",
                "transport: one of these is expected here: tcp, udp, sctp, dccp, null"
            },
            { "\"name\":\"one\"", "\"name\":\"\"", "name: the name is empty; write null" },
            {
                "\"name\":\"one\",\"number\":\"1\",\"from\":1,\"to\":1",
                "\"name\":null,\"number\":null,\"from\":null,\"to\":null",
                "a record has a service name, a port number or both"
            },
            {
                "\"registered\":\"2026-01-01\"",
                "\"registered\":\"2026-13\"",
                "registered: '2026-13' is not a date; write yyyy-mm-dd or yyyy-mm"
            },
            {
                "\"serviceCode\":null",
                "\"serviceCode\":4294967296",
                "serviceCode: the largest number here is 4294967295"
            },
            {
                "\"serviceCode\":null",
                "\"serviceCode\":1.5",
                "serviceCode: integer or null is expected here"
            },
            {
                "\"notes\":\"ab\"",
                "\"notes\":\"b\"",
                "notes: this does not agree with the rest of the object, which says \"ab\""
            },
            {
                "\"description\":\"The",
                "\"description\":\" The",
                "description: this does not agree with the rest of the object, which says \"The one protocol\""
            },
            {
                "\"description\":\"The",
                "\"description\":\"\\u0000",
                "description: the character U+0000 has no place in the registry"
            },
            { "\"description\":\"The", "\"description\":\"\\ud800", "a text in here is not Unicode" },
            {
                "\"why\":\"assigned\"",
                "\"because\":1",
                "because: this member is not known here|the member 'why' is missing"
            },
            {
                "{\"break\":true}",
                "{\"break\":false}",
                "form.notes[1]: this has none of the forms that are known here"
            },
            {
                "{\"break\":true}",
                "{\"reference\":{\"type\":\"rfc\",\"data\":\"\"}}",
                "form.notes[1].reference: a reference says in data what it points at"
            },
            {
                "\"form\":{\"notes\"",
                "\"form\":{\"parts\":[\"name\"],\"notes\"",
                "form.parts: these are not the parts that the record has"
            },
            {
                "\"form\":{\"notes\"",
                "\"form\":{\"gaps\":{\"before\":\"<x/>\",\"inside\":[]},\"notes\"",
                "form.gaps.before: only blanks, tabs and line feeds stand between elements"
            },
            {
                "\"form\":{\"notes\"",
                "\"form\":{\"gaps\":{\"before\":null,\"inside\":[null]},\"notes\"",
                "form.gaps: white space is given for each of 6 children and the end, or for none"
            },
            {
                "\"form\":{\"notes\"",
                "\"form\":{\"contacts\":[{\"type\":\"rfc\",\"data\":\"Ada_Example\"}],\"notes\"",
                "contacts[0]: a contact is a reference to a person"
            },
            {
                "\"references\":[],\"service",
                "\"references\":[{\"type\":\"person\",\"data\":\"a\",\"label\":\"a\"}],\"service",
                "references[0]: a reference to a person is a contact"
            },
            { "\"id\":0", "\"id\":0,\"id\":0", "Duplicate property 'id'" },
            {
                "\"prolog\":\"",
                "\"prolog\":\"<!DOCTYPE x>",
                "form.prolog: this cannot stand before the root element of the XML"
            },
            {
                "\"updated\":\"2026-01-02\",\"experts\"",
                "\"updated\":\"2026-01-03\",\"experts\"",
                "updated: this does not agree with the rest of the object, which says \"2026-01-02\""
            },
            { "[\"2026-01-02\"]", "[\"2026-01\"]", "form.parts: '2026-01' is not a day; write yyyy-mm-dd" },
            {
                "{\"kind\":\"updated\"",
                "{\"kind\":\"title\",\"text\":[]},{\"kind\":\"updated\"",
                "form.parts: the header has a second title"
            },
            {
                "\"contacts\":[\n",
                "\"contacts\":[\n{\"id\":\"Ada_Example\",\"name\":null,\"organization\":null,\"uris\":[],\"updated\":null,\"erased\":false},",
                "id: a second contact has this id"
            },
            { "\"statement\":null,", "", "the member 'statement' is missing" },
            {
                "\"statement\":null,",
                "\"statement\":null,\"statement\":null,",
                "the member 'statement' is not known here, or given twice"
            },
            { "\"statement\":null,", "\"statement\":7,", "string or null is expected here" },
            { "berthbook-registry-1", "berthbook-registry-2", "\"berthbook-registry-1\" is expected here" },
            { "\"records\":[", "\"records\":{}, \"r\":[", "a list is expected here" },
            { "{\"format\"", "[{\"format\"", "the document is one object" },
            { "\n]}\n", "\n]", "this is not JSON as it is read here" },
            { "\n]}\n", "\n]}{}", "this is not JSON as it is read here" },
            { "\"to\":1", "\"to\":01", "this is not JSON as it is read here" },
            { "\"to\":1", "\"to\":1,", "this is not JSON as it is read here" },
        };

    [Theory, MemberData(nameof(Faults))]
    public void Says_what_is_wrong(string good, string bad, string faults)
    {
        var (text, at) = (Encoding.UTF8.GetString(Document), 0);
        Assert.True((at = text.IndexOf(good, StringComparison.Ordinal)) >= 0);
        var result = JsonFormat.Read(
            new MemoryStream(
                Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, at), bad, text.AsSpan(at + good.Length)))
            ),
            new()
        );
        Assert.Null(result.Registry);
        var said = result.Faults.Select(fault =>
            (fault.Field.Length == 0 ? "" : fault.Field + ": ") + fault.Message
        );
        Assert.All(
            faults.Split('|').Zip(said),
            pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal)
        );
        Assert.Equal(faults.Split('|').Length, result.FaultCount);
        Assert.All(result.Faults, fault => Assert.True(fault is { Line: > 0, Column: > 0 }));
    }

    [Fact]
    public void Tells_line_and_column_in_characters()
    {
        var text = Encoding
            .UTF8.GetString(Document)
            .Replace("The one", "Thé one", StringComparison.Ordinal)
            .Replace("2026-01-01", "soon", StringComparison.Ordinal);
        var line = text.Split('\n')[3];
        var result = JsonFormat.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), new());
        var fault = Assert.Single(result.Faults);
        Assert.Equal(
            (4, line.IndexOf("\"soon\"", StringComparison.Ordinal) + 1, "registered"),
            (fault.Line, fault.Column, fault.Field)
        );

        var broken = text.Replace("\"to\":1", "\"to\":x", StringComparison.Ordinal);
        result = JsonFormat.Read(new MemoryStream(Encoding.UTF8.GetBytes(broken)), new());
        Assert.Equal(
            (4, line.IndexOf("\"to\":1", StringComparison.Ordinal) + 6),
            (result.Faults[0].Line, result.Faults[0].Column)
        );
    }

    [Fact]
    public void Places_faults_far_into_a_file()
    {
        var records = string.Concat(Enumerable.Range(1, 3000).Select(i => Small.Record("é", "tcp", $"{i}")));
        var text = Encoding.UTF8.GetString(JsonFormat.Write(XmlFormat.Read(Small.Xml(records)).Registry!));
        var bad = text.Replace("\"number\":\"2999\"", "\"number\":\"x\"", StringComparison.Ordinal);
        var fault = JsonFormat.Read(new MemoryStream(Encoding.UTF8.GetBytes(bad)), new()).Faults[0];
        Assert.Equal((3002, 29), (fault.Line, fault.Column));
        var oneLine = bad.Replace("\n", " ", StringComparison.Ordinal);
        fault = JsonFormat.Read(new MemoryStream(Encoding.UTF8.GetBytes(oneLine)), new()).Faults[0];
        Assert.Equal((1, oneLine.IndexOf("\"x\"", StringComparison.Ordinal) + 1), (fault.Line, fault.Column));
    }

    [Fact]
    public void Refuses_what_is_too_large_or_too_deep()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 100_000));
        Assert.Contains(
            "not JSON as it is read",
            FaultOf($"{{\"registry\":{deep}"),
            StringComparison.Ordinal
        );
        var large = new string('x', 9 << 20);
        Assert.Contains(
            "one value is larger than 8,388,608 bytes",
            FaultOf($"{{\"statement\":\"{large}\"}}"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "larger than 10 bytes",
            FaultOf(Encoding.UTF8.GetString(Document), new() { MaxBytes = 10 }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "not UTF-8",
            Assert
                .Single(JsonFormat.Read(new MemoryStream([.. "{\"a"u8, 0xC0, .. "\":1}"u8]), new()).Faults)
                .Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Never_throws_and_takes_nothing_that_the_XML_cannot_hold() =>
        Gen.Select(Gen.Int[0, Document.Length - 1], Gen.Byte, Gen.Int[0, Document.Length - 1], Gen.Byte)
            .Sample(
                (first, one, second, two) =>
                {
                    var file = Document.ToArray();
                    (file[first], file[second]) = (one, two);
                    var result = JsonFormat.Read(new MemoryStream(file), new());
                    if (result.Registry is not { } registry)
                        return result.FaultCount > 0;
                    var xml = XmlFormat.Write(registry);
                    return XmlFormat.Write(XmlFormat.Read(xml).Registry!).AsSpan().SequenceEqual(xml);
                },
                iter: Counts.Of(2_000, 100_000)
            );

    [Fact]
    public void A_packed_JSON_file_is_known_by_its_content()
    {
        var packed = new MemoryStream();
        using (
            var gzip = new System.IO.Compression.GZipStream(
                packed,
                System.IO.Compression.CompressionLevel.Fastest,
                leaveOpen: true
            )
        )
            gzip.Write(Document);
        packed.Position = 0;
        Assert.NotNull(RegistryFile.Read(packed, null, new(), out _).Registry);
    }

    static byte[] Document { get; } =
        JsonFormat.Write(Small.Of(Small.Record("one", "tcp", "1", "\n    <note>a<br/>b</note>")));

    static Gen<string> Texts { get; } =
        Gen.OneOf('a', 'B', ' ', '\n', '"', '\\', '<', '&', '>', '\t', '\u007F', 'é', '\u2028', '\uE000')
            .Array[0, 12]
            .Select(chars => new string(chars));

    static Gen<Reference> References { get; } =
        Gen.Select(Texts, Texts, Gen.Int[1, 8], Gen.Int[0, 6], Gen.Bool)
            .Select(
                (data, text, type, part, isDated) =>
                    new Reference(
                        (ReferenceType)type,
                        data + "x",
                        text.Length == 0 ? null : text,
                        (ReferencePart)part,
                        part == 0 ? "" : data,
                        isDated ? text : null
                    )
            );

    static Gen<RichText> RichTexts { get; } =
        Gen.Select(Texts, References, Gen.Int[0, 3])
            .Select(
                (text, reference, kind) =>
                    kind switch
                    {
                        0 => new Inline(InlineKind.Text, "t" + text),
                        1 => new Inline(InlineKind.Break),
                        2 => new Inline(InlineKind.Reference, Reference: reference),
                        _ => new Inline(InlineKind.Paragraph, Paragraph: new(text)),
                    }
            )
            .Array[0, 4]
            .Select(pieces => RichText.Of([.. pieces]));

    static JsonSerializerOptions Relaxed { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static Registry Read(byte[] json)
    {
        var result = JsonFormat.Read(new MemoryStream(json), new());
        Assert.Empty(result.Faults);
        return result.Registry!;
    }

    static string FaultOf(string json, ReadLimits? limits = null) =>
        Assert
            .Single(JsonFormat.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), limits ?? new()).Faults)
            .Message;

    static string XmlOf(Registry registry) => Encoding.UTF8.GetString(XmlFormat.Write(registry));

    static RegistryDate Date(string text) => RegistryDate.TryParse(text, out var date) ? date : default;
}
