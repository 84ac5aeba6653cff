namespace Berthbook.Search;

/// <summary>The port numbers and ranges of all records, for queries that name one.</summary>
sealed class SearchPorts
{
    readonly SearchSubjects subjects;
    readonly Span[] spans;

    public SearchPorts(SearchSubjects subjects)
    {
        this.subjects = subjects;
        var records = subjects.Registry.Records;
        var known = new List<Span>(records.Length);
        for (var row = 0; row < records.Length; row++)
        {
            if (records[row].Number is { } range)
                known.Add(new(range.First.Value, range.Last.Value, row));
        }
        spans = [.. known];
    }

    /// <summary>Raises the subjects that have records of a port number or range.</summary>
    public void Raise(PortRange asked, TransportProtocol? transport, SearchTally tally)
    {
        foreach (var span in spans)
        {
            if (span.Last < asked.First.Value || span.First > asked.Last.Value)
                continue;
            var isSpoken =
                transport is not { } wanted || subjects.Registry.Records[span.Row].SpeaksFor(wanted);
            var found =
                !isSpoken ? SearchScore.PortBeside
                : span.First == asked.First.Value && span.Last == asked.Last.Value ? SearchScore.Port
                : asked.IsSingle ? SearchScore.PortRange
                : SearchScore.PortBeside;
            tally.Raise(subjects.OfRow[span.Row], found, new(SearchPart.Number, SearchFit.Whole));
        }
    }

    /// <summary>The records whose number or range holds all that is asked for, in document order.</summary>
    public IEnumerable<RegistryRecord> Holding(PortRange asked)
    {
        foreach (var span in spans)
        {
            if (span.First <= asked.First.Value && span.Last >= asked.Last.Value)
                yield return subjects.Registry.Records[span.Row];
        }
    }

    readonly record struct Span(ushort First, ushort Last, int Row);
}
