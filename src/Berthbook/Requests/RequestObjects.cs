using System.Collections.Immutable;
using System.Text.Json;
using Berthbook.Formats;

namespace Berthbook.Requests;

/// <summary>Reads any member of a request document by its shape, objects with members of their own included.</summary>
sealed class RequestObjects(RequestValues values, DocumentFaults faults)
{
    static readonly ImmutableArray<string> PartyMembers = ["name", "email", "organization", "contact"];

    static readonly ImmutableArray<string> ApprovalMembers = ["policy", "document", "reason"];

    static readonly ImmutableArray<string> ReplacementMembers = ["from", "to"];

    static readonly ImmutableArray<string> HeaderMembers = ["experts", "note", "title", "references"];

    static readonly ImmutableArray<string> Policies = ["ietf-review", "iesg-approval", "standards-action"];

    /// <summary>The value of a member; null where it says nothing or is at fault.</summary>
    public object? Value(ref Utf8JsonReader reader, string member)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        return MemberShapes.Of(member) switch
        {
            MemberShape.Text => values.Text(ref reader, member),
            MemberShape.Texts => values.Items(ref reader, member, values.ItemText),
            MemberShape.Flag => values.Flag(ref reader, member),
            MemberShape.Role => values.Role(ref reader, member),
            MemberShape.Transports => values.Transports(ref reader, member),
            MemberShape.Port => values.Port(ref reader, member),
            MemberShape.PortNumber => values.OnePort(ref reader, member),
            MemberShape.ServiceCodes => values.Items(ref reader, member, values.ServiceCode),
            MemberShape.Party => Party(ref reader, member),
            MemberShape.Approval => Approval(ref reader, member),
            MemberShape.RequestNumber => values.RequestNumber(ref reader, member),
            MemberShape.Replacements => values.Items(ref reader, member, Replacement),
            _ => Header(ref reader, member),
        };
    }

    RequestParty? Party(ref Utf8JsonReader reader, string field)
    {
        var members = Members(ref reader, field, PartyMembers);
        return members.Count == 0
            ? null
            : new()
            {
                Name = Text(members, "name"),
                Email = Text(members, "email"),
                Organization = Text(members, "organization"),
                Contact = Text(members, "contact"),
            };
    }

    ApprovalClaim? Approval(ref Utf8JsonReader reader, string field)
    {
        var at = values.PlaceOf(ref reader);
        var members = Members(ref reader, field, ApprovalMembers);
        if (Text(members, "policy") is { } policy)
            return new(policy, Text(members, "document"), Text(members, "reason"));
        if (members.Count > 0)
            faults.Add(at, $"{field}.policy", "the policy of the approval is missing");
        return null;
    }

    Replacement? Replacement(ref Utf8JsonReader reader, string field)
    {
        var at = values.PlaceOf(ref reader);
        var count = faults.Count;
        var members = Members(ref reader, field, ReplacementMembers);
        if (Text(members, "from") is { } from && Text(members, "to") is { } to)
            return new(from, to);
        if (faults.Count == count)
            faults.Add(at, field, "a replacement says what it replaces in 'from' and by what in 'to'");
        return null;
    }

    HeaderWish? Header(ref Utf8JsonReader reader, string field)
    {
        var members = Members(ref reader, field, HeaderMembers);
        return members.Count == 0
            ? null
            : new()
            {
                Experts = Text(members, "experts"),
                Note = Text(members, "note"),
                Title = Text(members, "title"),
                References = members.TryGetValue("references", out var labels)
                    ? (ImmutableArray<string>)labels
                    : default,
            };
    }

    static string? Text(Dictionary<string, object> members, string name) =>
        (string?)members.GetValueOrDefault(name);

    // What the members of an object say, as far as they say something.
    Dictionary<string, object> Members(ref Utf8JsonReader reader, string field, ImmutableArray<string> known)
    {
        var found = new Dictionary<string, object>(StringComparer.Ordinal);
        if (!values.Is(ref reader, JsonTokenType.StartObject, field, "an object, in braces,"))
            return found;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = values.PlaceOf(ref reader);
            var name = values.Name(ref reader, field);
            var path = $"{field}.{Shown.Of(name)}";
            var isKnown = name is not null && known.Contains(name);
            reader.Read();
            if (isKnown && seen.Add(name!))
            {
                if (Member(ref reader, name!, path) is { } value)
                    found[name!] = value;
                continue;
            }
            if (name is not null)
                faults.Add(
                    at,
                    path,
                    isKnown
                        ? "the member comes twice"
                        : $"this member is not known; known here are {string.Join(", ", known)}"
                );
            reader.Skip();
        }
        return found;
    }

    object? Member(ref Utf8JsonReader reader, string name, string field) =>
        (name, reader.TokenType) switch
        {
            (_, JsonTokenType.Null) => null,
            ("policy", _) => values.Word(ref reader, field, Policies),
            ("references", _) => values.Items(ref reader, field, values.ItemText),
            _ => values.Text(ref reader, field),
        };
}
