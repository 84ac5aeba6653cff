using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Berthbook.Formats;

namespace Berthbook.Requests;

/// <summary>Writes a request document: what is given, in the order in which members are listed.</summary>
sealed class RequestWriting(Utf8JsonWriter writer, RequestDocument document)
{
    static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(RequestDocument document)
    {
        var output = new Utf8Output(1024);
        using (var writer = new Utf8JsonWriter(output, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", document.Kind.Word());
            var writing = new RequestWriting(writer, document);
            foreach (var member in RequestMembers.All)
                writing.Write(member.Name);
            writer.WriteEndObject();
        }
        return output.Take();
    }

    void Write(string member)
    {
        switch (MemberShapes.Of(member))
        {
            case MemberShape.Text:
                Text(member, TextOf(member));
                break;
            case MemberShape.Flag:
                if (FlagOf(member) is { } flag)
                    writer.WriteBoolean(member, flag);
                break;
            case MemberShape.Texts:
                Texts(member, member == "waives" ? document.Waives : document.OtherNames);
                break;
            case MemberShape.ServiceCodes:
                Texts(member, document.ServiceCodes);
                break;
            case MemberShape.Transports:
                Texts(member, [.. document.Transports.Select(transport => transport.Name())]);
                break;
            case MemberShape.Role:
                Text(
                    member,
                    document.Role == RequesterRole.Applicant
                        ? null
                        : document.Role.ToString().ToLowerInvariant()
                );
                break;
            case MemberShape.Port:
                Port(member, document.Port);
                break;
            case MemberShape.PortNumber:
                Port(member, document.NewPort is { } port ? new(port) : default);
                break;
            case MemberShape.RequestNumber:
                if (document.Revises is { } number)
                    writer.WriteNumber(member, number);
                break;
            case MemberShape.Party:
                Party(member, PartyOf(member));
                break;
            default:
                WriteObject(member);
                break;
        }
    }

    void WriteObject(string member)
    {
        switch (member)
        {
            case "approval" when document.Approval is { } approval:
                writer.WriteStartObject(member);
                Text("policy", approval.Policy);
                Text("document", approval.Document);
                Text("reason", approval.Reason);
                writer.WriteEndObject();
                break;
            case "header" when document.Header is { } header:
                writer.WriteStartObject(member);
                Text("experts", header.Experts);
                Text("note", header.Note);
                Text("title", header.Title);
                if (!header.References.IsDefault)
                    Labels("references", header.References);
                writer.WriteEndObject();
                break;
            case "replacements" when !document.Replacements.IsEmpty:
                writer.WriteStartArray(member);
                foreach (var replacement in document.Replacements)
                {
                    writer.WriteStartObject();
                    Text("from", replacement.From);
                    Text("to", replacement.To);
                    writer.WriteEndObject();
                }
                writer.WriteEndArray();
                break;
        }
    }

    string? TextOf(string member) =>
        member switch
        {
            "name" => document.Name,
            "newName" => document.NewName,
            "description" => document.Description,
            "reference" => document.Reference,
            "specification" => document.Specification,
            "unauthorizedUse" => document.UnauthorizedUse,
            "notes" => document.Notes,
            "whyNotDynamic" => document.WhyNotDynamic,
            "whyNotUser" => document.WhyNotUser,
            "whyAnother" => document.WhyAnother,
            "inBand" => document.InBand,
            "outOfUse" => document.OutOfUse,
            "reason" => document.Reason,
            "attempts" => document.Attempts,
            "evidence" => document.Evidence,
            _ => throw new ArgumentOutOfRangeException(nameof(member), member, "No such text"),
        };

    // A claim that is false unless it is made is written where it is made.
    bool? FlagOf(string member) =>
        member switch
        {
            "proprietary" => document.IsProprietary,
            "broadcast" => document.UsesBroadcast,
            "multicast" => document.UsesMulticast,
            "anycast" => document.UsesAnycast,
            "ietfStream" => Made(document.IsIetfStream),
            "releaseName" => Made(document.ReleasesName),
            "useUnclear" => Made(document.IsUseUnclear),
            _ => Made(document.IsAgreed),
        };

    static bool? Made(bool claim) => claim ? true : null;

    RequestParty? PartyOf(string member) =>
        member switch
        {
            "requester" => document.Requester,
            "assignee" => document.Assignee,
            _ => document.Contact,
        };

    void Text(string member, string? text)
    {
        if (text is not null)
            writer.WriteString(member, text);
    }

    void Texts(string member, ImmutableArray<string> texts)
    {
        if (!texts.IsEmpty)
            Labels(member, texts);
    }

    void Labels(string member, ImmutableArray<string> texts)
    {
        writer.WriteStartArray(member);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    void Port(string member, PortWish wish)
    {
        if (wish.Number is { } port)
            writer.WriteNumber(member, port.Value);
        else if (wish.Kind != PortWishKind.None)
            writer.WriteString(member, wish.ToString());
    }

    void Party(string member, RequestParty? party)
    {
        if (party is null or { IsEmpty: true })
            return;
        writer.WriteStartObject(member);
        Text("name", party.Name);
        Text("email", party.Email);
        Text("organization", party.Organization);
        Text("contact", party.Contact);
        writer.WriteEndObject();
    }
}
