using System.Collections.Immutable;

namespace Berthbook.Cli.Lookup;

/// <summary>Answers questions from a registry, in rows.</summary>
sealed class Answering(AskedRegistry asked)
{
    readonly RegistryIndex index = asked.Index;

    /// <summary>What a question comes to.</summary>
    public LookupAnswer Answer(LookupQuestion question) =>
        question.Ports is { } ports
            ? LookupAnswer.Found(ports.IsSingle ? OfPort(ports.First, question) : OfRange(ports, question))
            : OfName(question);

    ImmutableArray<LookupRow> OfPort(PortNumber port, LookupQuestion question)
    {
        var rows = ImmutableArray.CreateBuilder<LookupRow>();
        for (var i = 0; i < TransportProtocols.All.Count; i++)
        {
            var transport = TransportProtocols.All[i];
            if (question.Transport is null || question.Transport == transport)
                AddPort(rows, port.ToString(), index.Status(port, transport));
        }
        return rows.DrainToImmutable();
    }

    // Numbers side by side that the same records speak for are one row.
    ImmutableArray<LookupRow> OfRange(PortRange ports, LookupQuestion question)
    {
        var rows = ImmutableArray.CreateBuilder<LookupRow>();
        foreach (var run in PortRun.From(index, ports.First))
        {
            if (run.First.Value > ports.Last.Value)
                break;
            var last = run.Last.Value > ports.Last.Value ? ports.Last : run.Last;
            var numbers = run.First == last ? $"{run.First}" : $"{run.First}-{last}";
            foreach (var transport in TransportProtocols.All)
            {
                if (question.Transport is null || question.Transport == transport)
                    AddPort(rows, numbers, index.Status(run.First, transport));
            }
        }
        return rows.DrainToImmutable();
    }

    // A row a record that gives the number its state; where none does, one that says why.
    void AddPort(ImmutableArray<LookupRow>.Builder rows, string numbers, PortStatus status)
    {
        var source = asked.SourceOf(status.Records);
        var count = rows.Count;
        foreach (var record in status.Records)
        {
            if (record.Kind().State() != status.Effective || record.Name is not { } name)
                continue;
            rows.Add(
                new(
                    numbers,
                    status.Transport.Name(),
                    status.Effective,
                    name.Text,
                    index.PrimaryOf(name.Text),
                    record.Summary,
                    source
                )
            );
        }
        if (rows.Count == count)
            rows.Add(new(numbers, status.Transport.Name(), status.Effective, null, null, status.Why, source));
    }

    LookupAnswer OfName(LookupQuestion question)
    {
        var records = index.Find(question.Name!);
        if (records.IsEmpty)
            return LookupAnswer.Unknown(
                "no service name of the registry",
                [.. NearNames.Of(question.Name!, index.Names)],
                asked.SourceOf(records)
            );
        var rows = ImmutableArray.CreateBuilder<LookupRow>();
        var primary = index.PrimaryOf(question.Name!);
        foreach (var record in records)
        {
            if (question.Transport is { } transport && record.Transport != transport)
                continue;
            rows.Add(
                new(
                    record.Number?.ToString() ?? "",
                    record.Transport?.Name() ?? "",
                    record.Kind().State(),
                    record.Name!.Value.Text,
                    primary,
                    record.Summary,
                    asked.SourceOf(records)
                )
            );
        }
        return rows.Count > 0
            ? LookupAnswer.Found(rows.DrainToImmutable())
            : LookupAnswer.Unknown(
                $"{records[0].Name} has no record for {question.Transport!.Value.Name()}",
                [],
                asked.SourceOf(records)
            );
    }
}
