using System.Text;
using Berthbook.Journal;
using Berthbook.Requests;
using Berthbook.Rules;

namespace Berthbook.Answers;

/// <summary>What everybody may see of a request: what is asked and why, and nobody's name, mailbox or evidence.</summary>
public class PublicDocumentTests
{
    static readonly Registry Registry = AskedRules.Registry();

    static readonly RequestDocument Document = new()
    {
        Kind = RequestKind.Assign,
        Name = "plum",
        Transports = [TransportProtocol.Tcp],
        Requester = new() { Name = "Rupert Requester", Email = "rupert@harbour.example" },
        Assignee = new() { Name = "Growers of plum", Email = "growers@harbour.example" },
        Contact = new()
        {
            Name = "Cleo Contact",
            Email = "cleo@harbour.example",
            Organization = "Harbour",
        },
        Description = "Lists of plum; ask cleo@harbour.example",
        Reference = "https://harbour.example/plum",
        Reason = "Because <rupert@harbour.example> said so.",
        Evidence = "The register of the town",
        Attempts = "Called on Monday",
        Notes = "Ripe",
    };

    [Fact]
    public void No_person_mailbox_or_evidence_is_in_it_and_all_that_is_asked_is()
    {
        var written = Encoding.UTF8.GetString(
            RequestFormat.Write(new PublicDocument(Document, Registry).Part)
        );
        foreach (var secret in (string[])["Rupert", "Cleo", "@", "register of the town", "Monday"])
            Assert.DoesNotContain(secret, written, StringComparison.OrdinalIgnoreCase);
        foreach (
            var open in (string[])
                [
                    "plum",
                    "tcp",
                    "Growers of plum",
                    "Harbour",
                    "Lists of plum; ask",
                    "harbour.example/plum",
                    "Ripe",
                ]
        )
            Assert.Contains(open, written, StringComparison.Ordinal);
        // What it hides, it does not forget: the document itself has it still.
        Assert.Contains(
            "Rupert",
            Encoding.UTF8.GetString(RequestFormat.Write(Document)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_assignee_that_may_be_a_person_is_not_named()
    {
        Assert.Equal("Growers of plum", AssigneeOf(Document));
        Assert.Null(AssigneeOf(Document with { Contact = null }));
        Assert.Null(AssigneeOf(Document with { Assignee = new() { Name = "cleo contact " } }));
        Assert.Null(AssigneeOf(Document with { Assignee = new() { Name = "Rupert Requester" } }));
        Assert.Null(
            AssigneeOf(
                Document with
                {
                    Assignee = new() { Name = "Anna", Organization = "Harbour" },
                }
            )
        );
    }

    [Fact]
    public void A_contact_that_the_registry_has_is_public_by_its_id_and_no_other()
    {
        Assert.Equal("Ada_Example", PartOf(new() { Contact = "Ada_Example" })!.Contact);
        Assert.Null(PartOf(new() { Contact = "Cleo_Contact" }));
    }

    [Fact]
    public void Words_about_it_leave_out_whom_it_names()
    {
        var open = new PublicDocument(Document, Registry);
        Assert.Equal(
            "It fits, says …; … and … agree. Ask … or Growers of plum.",
            open.Words(
                "It fits, says Cleo Contact; CLEO CONTACT and Cleo_Contact agree. Ask someone@else.example or Growers of plum."
            )
        );
        Assert.Equal("Seen: ….", open.Words("Seen: The register of the town."));
    }

    [Fact]
    public void An_effect_shows_no_contact_that_is_not_published_yet()
    {
        var record = AskedRules.Held("plum", "4100", "tcp") with
        {
            Contacts = [new(ReferenceType.Person, "Ada_Example"), new(ReferenceType.Person, "Cleo_Contact")],
        };
        Change[] changes =
        [
            new ContactChange(null, new() { Id = "Cleo_Contact", Name = "Cleo Contact" }, null),
            new RecordChange(null, record, 0),
        ];
        var shown = Assert.Single(new PublicDocument(Document, Registry).Effect([.. changes]));
        Assert.Equal(
            ["Ada_Example"],
            Assert.IsType<RecordChange>(shown).After!.Contacts.Select(contact => contact.Data)
        );
    }

    [Theory]
    [InlineData("assignee.email", false)]
    [InlineData("contact", false)]
    [InlineData("requester.name", false)]
    [InlineData("evidence", false)]
    [InlineData("attempts", false)]
    [InlineData("name", true)]
    [InlineData("description", true)]
    [InlineData(null, true)]
    public void What_is_said_of_a_person_is_not_for_everybody(string? field, bool isPublic) =>
        Assert.Equal(isPublic, PublicDocument.IsPublic(field));

    static string? AssigneeOf(RequestDocument document) =>
        new PublicDocument(document, Registry).Part.Assignee?.Name;

    static RequestParty? PartOf(RequestParty contact) =>
        new PublicDocument(Document with { Contact = contact }, Registry).Part.Contact;
}
