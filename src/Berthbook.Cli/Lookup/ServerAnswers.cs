using System.Collections.Immutable;
using System.Text.Json;

namespace Berthbook.Cli.Lookup;

/// <summary>Answers questions by asking a server.</summary>
sealed class ServerAnswers : Answerer
{
    readonly ServerCalls calls;
    readonly string source;

    public ServerAnswers(ServerCalls calls)
    {
        this.calls = calls;
        var updated = calls.Get("registry")?.GetProperty("updated").GetString();
        source = updated is null ? calls.Authority : $"{calls.Authority}, registry of {updated}";
    }

    public override string? Statement => $"Answered by {source}.";

    public override LookupAnswer Answer(LookupQuestion question)
    {
        var path = question switch
        {
            { Ports: { IsSingle: false } ports } => $"ports?from={ports.First}&to={ports.Last}&pageSize=1000",
            { Ports: { } port, Transport: { } transport } => $"ports/{port.First}/{transport.Name()}",
            { Ports: { } port } => $"ports/{port.First}",
            _ => $"services/{Uri.EscapeDataString(question.Name!)}",
        };
        if (calls.Get(path) is not { } reply)
            return LookupAnswer.Unknown("no service name of the registry", source);
        return question switch
        {
            { Ports: { IsSingle: false } ports } => OfRange(ports, reply, question),
            { Ports: not null, Transport: not null } => new([.. OfStatus(reply)], Members(reply)),
            { Ports: not null } => new(
                [.. reply.GetProperty("transports").EnumerateObject().SelectMany(on => OfStatus(on.Value))],
                Members(reply)
            ),
            _ => OfName(reply, question),
        };
    }

    public override ImmutableArray<string> NamesNear(string name) =>
        calls.Get($"search?q={Uri.EscapeDataString(name)}&limit=6") is { } found
            ?
            [
                .. found
                    .GetProperty("items")
                    .EnumerateArray()
                    .Where(item => Text(item, "kind") == "service")
                    .Select(item => Text(item, "title")!),
            ]
            : [];

    static Action<Utf8JsonWriter> Members(JsonElement reply) => json => AnswerMembers.Write(json, reply);

    List<LookupRow> OfStatus(JsonElement reply)
    {
        var port = reply.GetProperty("port").GetInt32().ToString(Invariant);
        var (transport, state) = (Text(reply, "transport")!, StateOf(reply, "state"));
        var named = reply
            .GetProperty("records")
            .EnumerateArray()
            .Where(record => Text(record, "name") is not null && StateOf(record, "state") == state)
            .Select(record => Row(record, null) with { Port = port, Transport = transport })
            .ToList();
        return named.Count > 0
            ? named
            : [new(port, transport, state, null, null, Text(reply, "why") ?? "", source)];
    }

    LookupAnswer OfName(JsonElement reply, LookupQuestion question)
    {
        var transport = question.Transport?.Name();
        var primary = Text(reply, "primary");
        LookupRow[] rows =
        [
            .. reply
                .GetProperty("records")
                .EnumerateArray()
                .Where(record => transport is null || Text(record, "transport") == transport)
                .Select(record => Row(record, primary)),
        ];
        return rows.Length == 0
            ? LookupAnswer.Unknown($"{Text(reply, "name")} has no record for {transport}", source)
            : new(rows, json => WriteName(json, reply, transport));
    }

    static void WriteName(Utf8JsonWriter json, JsonElement reply, string? transport)
    {
        foreach (var member in reply.EnumerateObject())
        {
            if (transport is null || !member.NameEquals("records"))
            {
                member.WriteTo(json);
                continue;
            }
            json.WriteStartArray("records");
            foreach (var record in member.Value.EnumerateArray())
            {
                if (Text(record, "transport") == transport)
                    record.WriteTo(json);
            }
            json.WriteEndArray();
        }
    }

    // The server tells of 1,000 runs at a time.
    LookupAnswer OfRange(PortRange ports, JsonElement first, LookupQuestion question)
    {
        var items = new List<JsonElement>(first.GetProperty("items").EnumerateArray());
        for (var page = 2; items.Count < first.GetProperty("total").GetInt32(); page++)
        {
            var path = $"ports?from={ports.First}&to={ports.Last}&pageSize=1000&page={page}";
            if (calls.Get(path) is not { } next || next.GetProperty("items").GetArrayLength() == 0)
                break;
            items.AddRange(next.GetProperty("items").EnumerateArray());
        }
        return new([.. items.SelectMany(item => OfRun(item, question.Transport?.Name()))], Write);

        void Write(Utf8JsonWriter json)
        {
            json.WriteNumber("from", ports.First.Value);
            json.WriteNumber("to", ports.Last.Value);
            json.WriteStartArray("items");
            foreach (var item in items)
                item.WriteTo(json);
            json.WriteEndArray();
        }
    }

    IEnumerable<LookupRow> OfRun(JsonElement run, string? transport)
    {
        var (from, to) = (run.GetProperty("from").GetInt32(), run.GetProperty("to").GetInt32());
        var numbers = from == to ? from.ToString(Invariant) : $"{from}-{to}";
        var names = string.Join(
            ' ',
            run.GetProperty("names").EnumerateArray().Select(name => name.GetString())
        );
        foreach (var on in run.GetProperty("states").EnumerateObject())
        {
            if (transport is null || on.NameEquals(transport))
            {
                var state = Enum.Parse<PortState>(on.Value.GetString()!);
                var isNamed = state == PortState.Assigned;
                yield return new(
                    numbers,
                    on.Name,
                    state,
                    isNamed ? names : null,
                    null,
                    isNamed ? Text(run, "description") ?? "" : "",
                    source
                );
            }
        }
    }

    LookupRow Row(JsonElement record, string? primary) =>
        new(
            Text(record, "number") ?? "",
            Text(record, "transport") ?? "",
            StateOf(record, "state"),
            Text(record, "name"),
            primary,
            Text(record, "description") ?? "",
            source
        );

    static PortState? StateOf(JsonElement reply, string member) =>
        Enum.TryParse<PortState>(Text(reply, member), out var state) ? state : null;

    static string? Text(JsonElement reply, string member) => reply.GetProperty(member).GetString();

    static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;
}
