using System.Collections.Immutable;
using System.Text.Json;
using Berthbook.Formats;

namespace Berthbook.Requests;

/// <summary>Reads one request document: the members, each once and each used by the kind, and what they hold.</summary>
sealed class RequestReading(ReadOnlyMemory<byte> json)
{
    readonly DocumentFaults faults = new(json);
    readonly Dictionary<string, object> values = new(StringComparer.Ordinal);

    // Where each member stands whose value is not null.
    readonly Dictionary<string, int> given = new(StringComparer.Ordinal);

    public RequestReadResult Read()
    {
        if (faults.OfBytes())
            return new(null, faults.Listed());
        var start = json.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
        var reader = new Utf8JsonReader(json.Span[start..], RequestFormat.ReaderOptions);
        try
        {
            var values = new RequestValues(faults, start);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
                ReadMembers(ref reader, values);
            else
            {
                values.Fault(ref reader, "", "a request document is one object, in braces");
                reader.Skip();
            }
            // What stands behind the document is no JSON.
            reader.Read();
        }
        catch (JsonException exception)
        {
            faults.AddSyntax(exception, start);
        }
        return faults.IsEmpty ? new(ToDocument(), []) : new(null, faults.Listed());
    }

    void ReadMembers(ref Utf8JsonReader reader, RequestValues read)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = read.PlaceOf(ref reader);
            var name = read.Name(ref reader, "");
            if (name is not null && !seen.Add(name))
            {
                faults.Add(at, name, "the member comes twice");
                name = null;
            }
            reader.Read();
            if (name is null)
                reader.Skip();
            else if (name == "kind")
                Keep(name, ReadKind(ref reader, read));
            else if (RequestMembers.Find(name) is null)
            {
                faults.Add(at, Shown.Of(name), UnknownWords(name));
                reader.Skip();
            }
            else
            {
                if (reader.TokenType != JsonTokenType.Null)
                    given[name] = at;
                Keep(name, new RequestObjects(read, faults).Value(ref reader, name));
            }
        }
        if (!seen.Contains("kind"))
            faults.Add(0, "kind", $"the kind of request is missing: {Kinds}");
        else if (values.TryGetValue("kind", out var kind))
            RequireUse((RequestKind)kind);
    }

    object? ReadKind(ref Utf8JsonReader reader, RequestValues read)
    {
        var at = read.PlaceOf(ref reader);
        if (reader.TokenType != JsonTokenType.String)
        {
            read.Fault(ref reader, "kind", $"the kind of request is one of the texts {Kinds}");
            reader.Skip();
            return null;
        }
        if (read.Text(ref reader, "kind") is { } text && RequestKinds.TryParse(text, out var kind))
            return kind;
        faults.Add(at, "kind", $"there is no such kind of request; the kinds are {Kinds}");
        return null;
    }

    void RequireUse(RequestKind kind)
    {
        foreach (var (name, at) in given)
        {
            var kinds = RequestMembers.Find(name)!.Kinds;
            if (!kinds.Contains(kind))
                faults.Add(
                    at,
                    name,
                    $"a request of the kind {kind.Word()} does not use this; {string.Join(", ", kinds.Select(RequestKinds.Word))} does"
                );
        }
    }

    void Keep(string name, object? value)
    {
        if (value is not null)
            values[name] = value;
    }

    RequestDocument ToDocument() =>
        new()
        {
            Kind = (RequestKind)values["kind"],
            Role = Value<RequesterRole>("role"),
            Requester = Object<RequestParty>("requester"),
            Name = Text("name"),
            NewName = Text("newName"),
            Transports = List<TransportProtocol>("transports"),
            Port = Value<PortWish>("port"),
            NewPort = Optional<PortNumber>("newPort"),
            ServiceCodes = List<string>("serviceCodes"),
            Assignee = Object<RequestParty>("assignee"),
            Contact = Object<RequestParty>("contact"),
            Description = Text("description"),
            Reference = Text("reference"),
            IsProprietary = Optional<bool>("proprietary"),
            UsesBroadcast = Optional<bool>("broadcast"),
            UsesMulticast = Optional<bool>("multicast"),
            UsesAnycast = Optional<bool>("anycast"),
            Specification = Text("specification"),
            IsIetfStream = Value<bool>("ietfStream"),
            WhyNotDynamic = Text("whyNotDynamic"),
            WhyNotUser = Text("whyNotUser"),
            WhyAnother = Text("whyAnother"),
            InBand = Text("inBand"),
            Reason = Text("reason"),
            OutOfUse = Text("outOfUse"),
            ReleasesName = Value<bool>("releaseName"),
            IsUseUnclear = Value<bool>("useUnclear"),
            Attempts = Text("attempts"),
            IsAgreed = Value<bool>("agreed"),
            Evidence = Text("evidence"),
            Approval = Object<ApprovalClaim>("approval"),
            UnauthorizedUse = Text("unauthorizedUse"),
            OtherNames = List<string>("otherNames"),
            Notes = Text("notes"),
            Revises = Optional<int>("revises"),
            Waives = List<string>("waives"),
            Replacements = List<Replacement>("replacements"),
            Header = Object<HeaderWish>("header"),
        };

    string? Text(string name) => Object<string>(name);

    T? Object<T>(string name)
        where T : class => (T?)values.GetValueOrDefault(name);

    T Value<T>(string name)
        where T : struct => Optional<T>(name) ?? default;

    T? Optional<T>(string name)
        where T : struct => values.TryGetValue(name, out var value) ? (T)value : null;

    ImmutableArray<T> List<T>(string name) =>
        values.TryGetValue(name, out var value) ? (ImmutableArray<T>)value : [];

    static string UnknownWords(string name) =>
        RequestMembers.All.FirstOrDefault(member => IsNear(member.Name, name)) is { } near
            ? $"this member is not known; is '{near.Name}' meant?"
            : "this member is not known; 'berth request new KIND' writes the ones that a kind uses";

    static bool IsNear(string known, string given) =>
        string.Equals(
            known,
            given.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal),
            StringComparison.OrdinalIgnoreCase
        );

    static string Kinds { get; } = string.Join(", ", RequestKinds.All.Select(RequestKinds.Word));
}
