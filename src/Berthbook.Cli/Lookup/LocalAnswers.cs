using System.Collections.Immutable;
using System.Text.Json;
using Berthbook.Answers;

namespace Berthbook.Cli.Lookup;

/// <summary>Answers questions from a registry on this host.</summary>
sealed class LocalAnswers(AskedRegistry asked) : Answerer
{
    readonly RegistryLookup index = asked.Lookup;

    public override string? Remark => asked.Remark;

    public override string? Statement => asked.Remark is null ? asked.Statement : null;

    public override LookupAnswer Answer(LookupQuestion question) =>
        question switch
        {
            { Ports: { IsSingle: false } ports } => OfRange(ports, question),
            { Ports: { } ports } => OfPort(ports.First, question),
            _ => OfName(question.Name!, question),
        };

    public override ImmutableArray<string> NamesNear(string name) => [.. NearNames.Of(name, index.Names)];

    LookupAnswer OfPort(PortNumber port, LookupQuestion question)
    {
        var rows = new List<LookupRow>();
        AddPort(rows, port, port.ToString(), question.Transport);
        return new([.. rows], Write);

        void Write(Utf8JsonWriter json) =>
            AnswerMembers.Write(
                json,
                question.Transport is { } transport
                    ? JsonSerializer.SerializeToElement(
                        TransportReply.Of(index.Status(port, transport)),
                        AnswerJson.Default.TransportReply
                    )
                    : JsonSerializer.SerializeToElement(
                        PortReply.Of(index, port),
                        AnswerJson.Default.PortReply
                    )
            );
    }

    // Numbers side by side that the same records speak for are one row.
    LookupAnswer OfRange(PortRange ports, LookupQuestion question)
    {
        var runs = Runs(ports);
        var rows = new List<LookupRow>();
        foreach (var run in runs)
            AddPort(
                rows,
                run.First,
                run.IsSingle ? $"{run.First}" : $"{run.First}-{run.Last}",
                question.Transport
            );
        return new([.. rows], Write);

        void Write(Utf8JsonWriter json)
        {
            json.WriteNumber("from", ports.First.Value);
            json.WriteNumber("to", ports.Last.Value);
            json.WriteStartArray("items");
            foreach (var run in runs)
                JsonSerializer.Serialize(json, PortRunReply.Of(index, run), AnswerJson.Default.PortRunReply);
            json.WriteEndArray();
        }
    }

    List<PortRun> Runs(PortRange ports)
    {
        var runs = new List<PortRun>();
        foreach (var run in PortRun.From(index, ports.First))
        {
            if (run.First.Value > ports.Last.Value)
                break;
            runs.Add(run.Last.Value > ports.Last.Value ? run with { Last = ports.Last } : run);
        }
        return runs;
    }

    void AddPort(List<LookupRow> rows, PortNumber port, string numbers, TransportProtocol? transport)
    {
        for (var one = TransportProtocol.Tcp; one <= TransportProtocol.Dccp; one++)
        {
            if (transport is null || one == transport)
                AddStatus(rows, numbers, port, one);
        }
    }

    // A row a record that gives the number its state; where none has a name, one that says why.
    void AddStatus(List<LookupRow> rows, string numbers, PortNumber port, TransportProtocol transport)
    {
        var (records, state) = (index.Find(port, transport), index.Effective(port, transport));
        var source = asked.SourceOf(records);
        var count = rows.Count;
        foreach (var record in records)
        {
            if (record.Name is { } name && record.Kind().State() == state)
                rows.Add(
                    new(
                        numbers,
                        transport.Name(),
                        state,
                        name.Text,
                        index.PrimaryOf(name.Text),
                        record.Summary,
                        source
                    )
                );
        }
        if (rows.Count == count)
            rows.Add(new(numbers, transport.Name(), state, null, null, index.Why(port, transport), source));
    }

    LookupAnswer OfName(string name, LookupQuestion question)
    {
        var records = index.Find(name);
        var source = asked.SourceOf(records);
        if (records.IsEmpty)
            return LookupAnswer.Unknown("no service name of the registry", source);
        var primary = index.PrimaryOf(name);
        var rows = new List<LookupRow>();
        foreach (var record in records)
        {
            if (question.Transport is null || record.Transport == question.Transport)
                rows.Add(
                    new(
                        record.Number?.ToString() ?? "",
                        record.Transport?.Name() ?? "",
                        record.Kind().State(),
                        record.Name!.Value.Text,
                        primary,
                        record.Summary,
                        source
                    )
                );
        }
        return rows.Count > 0
            ? new([.. rows], Write)
            : LookupAnswer.Unknown(
                $"{records[0].Name} has no record for {question.Transport!.Value.Name()}",
                source
            );

        void Write(Utf8JsonWriter json)
        {
            var reply = ServiceReply.Of(ServiceFacts.Find(index, name)!);
            if (question.Transport is { } transport)
                reply = reply with
                {
                    Records = [.. reply.Records.Where(record => record.Transport == transport)],
                };
            AnswerMembers.Write(
                json,
                JsonSerializer.SerializeToElement(reply, AnswerJson.Default.ServiceReply)
            );
        }
    }
}
