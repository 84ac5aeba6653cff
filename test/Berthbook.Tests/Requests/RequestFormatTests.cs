using System.Text;
using Berthbook.Formats;

namespace Berthbook.Requests;

public class RequestFormatTests
{
    [Fact]
    public void Reads_what_a_request_says()
    {
        var read = Read(
            """
            // An application for a User Port.
            {
              "kind": "assign",
              "name": "plum-sync", /* the name */
              "transports": ["tcp", "udp"],
              "port": "8000-8010",
              "serviceCodes": ["SC:DISC", 1145656131],
              "role": "chair",
              "assignee": { "name": "Plum", "email": "plum@example.org" },
              "contact": { "contact": "Plum_Stone" },
              "description": "Plums\nin step",
              "proprietary": false,
              "approval": { "policy": "iesg-approval", "document": "minutes", "reason": null },
              "revises": 7,
              "waives": ["P4"],
            }
            """
        );

        Assert.Empty(read.Faults);
        var document = read.Document!;
        Assert.Equal(RequestKind.Assign, document.Kind);
        Assert.Equal("plum-sync", document.Name);
        Assert.Equal([TransportProtocol.Tcp, TransportProtocol.Udp], document.Transports);
        Assert.Equal(new(PortWishKind.Block, new(8000, 8010)), document.Port);
        Assert.Equal(["SC:DISC", "1145656131"], document.ServiceCodes);
        Assert.Equal(RequesterRole.Chair, document.Role);
        Assert.Equal(new() { Name = "Plum", Email = "plum@example.org" }, document.Assignee);
        Assert.Equal(new() { Contact = "Plum_Stone" }, document.Contact);
        Assert.Equal("Plums\nin step", document.Description);
        Assert.False(document.IsProprietary);
        Assert.Null(document.UsesBroadcast);
        Assert.Equal(new("iesg-approval", "minutes", null), document.Approval);
        Assert.Equal(7, document.Revises);
        Assert.Equal(["P4"], document.Waives);
    }

    [Theory]
    [InlineData("443", "443")]
    [InlineData("\"443\"", "443")]
    [InlineData("\"user\"", "user")]
    [InlineData("\"system\"", "system")]
    [InlineData("\"none\"", "none")]
    [InlineData("null", "none")]
    [InlineData("\"6000-6063\"", "6000-6063")]
    public void Reads_every_form_of_a_port(string json, string wish) =>
        Assert.Equal(wish, Read($$"""{"kind":"assign","port":{{json}}}""").Document!.Port.ToString());

    [Fact]
    public void Takes_nulls_blank_texts_and_empty_objects_as_not_given()
    {
        var document = Read(
            """
            {"kind":"assign","name":"","description":" \n ","assignee":{},"contact":{"name":"","email":null},
            "approval":{"policy":null},"port":null,"transports":null,"newName":null,"header":null}
            """
        ).Document;

        Assert.Equivalent(new RequestDocument { Kind = RequestKind.Assign }, document);
    }

    [Theory]
    // What is not JSON.
    [InlineData("", "1:1: this is not JSON as it is read here: The input does not contain any JSON tokens")]
    [InlineData("{\"kind\":\"assign\",\n \"port\":080}", "2:10: this is not JSON")]
    [InlineData("{\"kind\":\"assign\",\"port\":+80}", "1:25: this is not JSON")]
    [InlineData("{\"kind\":\"assign\"} {}", "1:19: this is not JSON")]
    [InlineData("{\"kind\":\"assign\"", "1:17: this is not JSON")]
    [InlineData("[1]", "1:1: a request document is one object, in braces")]
    [InlineData(
        "[[[[[[[[[[[[[[[[[[[[",
        "this is not JSON as it is read here: The maximum configured depth of 16"
    )]
    // Members.
    [InlineData("{}", "1:1: kind: the kind of request is missing: assign, add, ")]
    [InlineData("{\"kind\":\"buy\"}", "1:9: kind: there is no such kind of request; the kinds are assign, ")]
    [InlineData("{\"kind\":1}", "1:9: kind: the kind of request is one of the texts")]
    [InlineData("{\"kind\":\"assign\",\"colour\":1}", "1:18: colour: this member is not known")]
    [InlineData("{\"kind\":\"assign\",\"why-not-user\":1}", "is 'whyNotUser' meant?")]
    [InlineData(
        "{\"kind\":\"assign\",\"newPort\":8013}",
        "1:18: newPort: a request of the kind assign does not use this; rename does"
    )]
    [InlineData("{\"kind\":\"assign\",\"name\":\"a\",\n\"name\":\"b\"}", "2:1: name: the member comes twice")]
    [InlineData(
        "{\"kind\":\"assign\",\"assignee\":{\"mail\":\"a\"}}",
        "1:30: assignee.mail: this member is not known"
    )]
    [InlineData("{\"kind\":\"assign\",\"\\ud800\":1}", "1:18: half of a surrogate pair is no character")]
    // Values.
    [InlineData("{\"kind\":\"assign\",\"name\":1}", "1:25: name: a text, in double quotes, is expected here")]
    [InlineData(
        "{\"kind\":\"assign\",\"name\":\"\\ud800\"}",
        "1:25: name: half of a surrogate pair is no character"
    )]
    [InlineData(
        "{\"kind\":\"assign\",\"transports\":[\"\\ud800\"]}",
        "transports[0]: half of a surrogate pair is no character"
    )]
    [InlineData(
        "{\"kind\":\"assign\",\"port\":\"\\ud800\"}",
        "1:25: port: half of a surrogate pair is no character"
    )]
    [InlineData(
        "{\"kind\":\"assign\",\"approval\":{\"policy\":\"\\udc00\"}}",
        "approval.policy: half of a surrogate pair is no character"
    )]
    [InlineData(
        "{\"kind\":\"assign\",\"name\":\"é\\u0007\"}",
        "name: the character U+0007 has no place in a text"
    )]
    [InlineData(
        "{\"kind\":\"assign\",\"port\":70000}",
        "1:25: port: 70000 is no port number: they end at 65535"
    )]
    [InlineData("{\"kind\":\"assign\",\"port\":\"080\"}", "1:25: port: '080' is not a port number or range")]
    [InlineData("{\"kind\":\"assign\",\"port\":\"+80\"}", "1:25: port: '+80' is not a port number or range")]
    [InlineData("{\"kind\":\"assign\",\"port\":8e1}", "1:25: port: '8e1' is not a port number or range")]
    [InlineData("{\"kind\":\"assign\",\"port\":-1}", "1:25: port: '-1' is not a port number or range")]
    [InlineData("{\"kind\":\"assign\",\"port\":\"90-80\"}", "1:25: port: the range 90-80 runs backwards")]
    [InlineData("{\"kind\":\"assign\",\"port\":true}", "1:25: port: a port number is expected here")]
    [InlineData(
        "{\"kind\":\"rename\",\"newPort\":\"1-2\"}",
        "newPort: one number is expected here, not a range"
    )]
    [InlineData(
        "{\"kind\":\"assign\",\"transports\":\"tcp\"}",
        "transports: a list, in square brackets, is expected"
    )]
    [InlineData(
        "{\"kind\":\"assign\",\"transports\":[\"TCP\"]}",
        "transports[0]: one of these is expected here: tcp,"
    )]
    [InlineData(
        "{\"kind\":\"assign\",\"transports\":[\"tcp\",\"tcp\"]}",
        "1:38: transports[1]: tcp comes twice"
    )]
    [InlineData(
        "{\"kind\":\"assign\",\"serviceCodes\":[1.5]}",
        "serviceCodes[0]: a service code is a whole number"
    )]
    [InlineData("{\"kind\":\"assign\",\"waives\":[\" \"]}", "1:28: waives[0]: the text is empty")]
    [InlineData(
        "{\"kind\":\"assign\",\"proprietary\":\"no\"}",
        "proprietary: true or false is expected here"
    )]
    [InlineData(
        "{\"kind\":\"assign\",\"role\":\"Chair\"}",
        "role: one of these is expected here: applicant, "
    )]
    [InlineData("{\"kind\":\"assign\",\"revises\":0}", "1:28: revises: requests are numbered from 1")]
    [InlineData(
        "{\"kind\":\"assign\",\"approval\":{\"reason\":\"r\"}}",
        "approval.policy: the policy of the approval is"
    )]
    [InlineData(
        "{\"kind\":\"assign\",\"approval\":{\"policy\":\"mine\"}}",
        "approval.policy: one of these is expected"
    )]
    [InlineData(
        "{\"kind\":\"housekeeping\",\"replacements\":[{\"from\":\"a\"}]}",
        "replacements[0]: a replacement says what"
    )]
    public void Tells_every_fault_with_its_place(string json, string expected)
    {
        var read = Read(json);

        Assert.Null(read.Document);
        Assert.Contains(expected, string.Join("\n", read.Faults));
    }

    [Fact]
    public void Tells_all_faults_of_a_document_in_its_order()
    {
        var read = Read(
            "{\"newPort\":1,\n\"kind\":\"assign\",\n\"port\":70000,\n\"assignee\":{\"email\":[{}]},\n\"x\":[[1]]}"
        );

        Assert.Equal(
            ["1:newPort", "3:port", "4:assignee.email", "5:x"],
            read.Faults.Select(fault => $"{fault.Line}:{fault.Field}")
        );
    }

    [Fact]
    public void Lists_a_hundred_faults_at_most()
    {
        var members = string.Join(',', Enumerable.Range(0, 150).Select(i => $"\"x{i}\":{i}"));

        Assert.Equal(ReadResult.MaxProblems, Read($$"""{"kind":"assign",{{members}}}""").Faults.Length);
    }

    [Fact]
    public void Limits_texts_lists_and_the_whole()
    {
        Assert.Empty(Described(new string('é', RequestFormat.MaxText)).Faults);
        Assert.Empty(Described(string.Concat(Enumerable.Repeat("🍑", RequestFormat.MaxText))).Faults);
        Assert.Contains(
            "20,000 characters",
            Described(new string('p', RequestFormat.MaxText + 1)).Faults[0].Message
        );
        var names = string.Join(',', Enumerable.Repeat("\"a\"", RequestFormat.MaxItems + 1));
        Assert.Contains(
            "at most 100 items",
            Read($$"""{"kind":"unauthorized-use","otherNames":[{{names}}]}""").Faults[0].Message
        );
        Assert.Contains(
            "at most 262,144 bytes",
            Read("{\"kind\":\"assign\"}".PadRight(RequestFormat.MaxBytes + 1)).Faults[0].Message
        );
    }

    [Fact]
    public void Refuses_bytes_that_are_not_text_and_takes_a_byte_order_mark()
    {
        byte[] broken = [.. "{\"kind\":\n\"é"u8, 0xFF, .. "\"}"u8];

        Assert.Equal(
            "2:3: the bytes here are not UTF-8",
            RequestFormat.Read(broken).Faults.Single().ToString()
        );
        Assert.NotNull(Read("\uFEFF{\"kind\":\"assign\"}").Document);
        Assert.Equal("1:2", Place(Read("\uFEFF{kind:1}").Faults[0]));
        Assert.Equal("1:9", Place(Read("\uFEFF{\"kind\":1}").Faults[0]));
    }

    [Fact]
    public void Writes_in_one_line_what_is_given_and_reads_it_back()
    {
        var document = new RequestDocument
        {
            Kind = RequestKind.Transfer,
            Name = "plum-sync",
            Transports = [TransportProtocol.Udp],
            Port = new(new PortNumber(8013)),
            Assignee = new() { Name = "Ünser Plum" },
            UsesAnycast = false,
            IsAgreed = true,
            Reason = "sold <off>",
            Approval = new("ietf-review", null, "why"),
        };

        var json = RequestFormat.Write(document);

        Assert.Equal(
            """
            {"kind":"transfer","name":"plum-sync","transports":["udp"],"port":8013,"assignee":{"name":"Ünser Plum"},"anycast":false,"reason":"sold <off>","agreed":true,"approval":{"policy":"ietf-review","reason":"why"}}
            """,
            Encoding.UTF8.GetString(json)
        );
        Assert.Equivalent(document, RequestFormat.Read(json).Document);
    }

    [Fact]
    public void Writes_every_member_of_every_kind_so_that_it_reads_back()
    {
        foreach (var kind in RequestKinds.All)
        {
            var full = FullRequest.Of(kind);

            var json = RequestFormat.Write(full);

            var read = RequestFormat.Read(json);
            Assert.Empty(read.Faults);
            Assert.Equal(json, RequestFormat.Write(read.Document!));
            foreach (var member in RequestMembers.Of(kind))
                Assert.Contains($"\"{member.Name}\":", Encoding.UTF8.GetString(json));
        }
    }

    static RequestReadResult Described(string text) =>
        Read($$"""{"kind":"assign","description":"{{text}}"}""");

    static string Place(Problem fault) => $"{fault.Line}:{fault.Column}";

    static RequestReadResult Read(string json) => RequestFormat.Read(Encoding.UTF8.GetBytes(json));
}
