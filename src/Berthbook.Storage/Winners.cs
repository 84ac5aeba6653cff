using Berthbook.Journal;
using Berthbook.Requests;

namespace Berthbook.Storage;

/// <summary>Who has what a request cannot have any more: the record, and the request that got it by a decision.</summary>
sealed class Winners(RegistryStore registry, DecidingBasis deciding)
{
    // By these rules a name or a number is another's.
    static readonly string[] OfHolding = ["N3", "N5", "P2", "A7"];

    /// <summary>What is held and by whom, in words: <c>the name plum is held by plum (record 17, by request 3)</c>.</summary>
    public string WordsOf(Taken taken) =>
        $"{taken.What} is held by {Find(taken.Record)?.ToString() ?? "another record"} ({Place(taken.Record)})";

    /// <summary>A refusal with the winner, where a decision gave to another what is asked for.</summary>
    public Refusal Told(Refusal refusal, RequestDocument document) =>
        refusal.Kind == RefusalKind.Conflict
        && OfHolding.Contains(refusal.Rule)
        && !refusal.Findings.IsEmpty
        && HolderOf(refusal.Rule, document) is { } holder
        && RequestOf(holder.Id) is { } request
            ? refusal with
            {
                Words = $"{refusal.Words} It went to request {request} (record {holder.Id}).",
            }
            : refusal;

    RegistryRecord? HolderOf(string rule, RequestDocument document)
    {
        var index = deciding.Fresh().Index;
        if (rule == "N3")
            return (document.NewName ?? document.Name) is { } name ? index.Find(name).FirstOrDefault() : null;
        if ((document.NewPort ?? document.Port.Number) is not { } port)
            return null;
        foreach (var transport in document.Transports)
        {
            foreach (var record in index.Find(port, transport))
            {
                if (record.Kind().State() == PortState.Assigned)
                    return record;
            }
        }
        return null;
    }

    RegistryRecord? Find(int record) =>
        deciding.Fresh().Registry.Records.FirstOrDefault(one => one.Id == record);

    string Place(int record) =>
        RequestOf(record) is { } request ? $"record {record}, by request {request}" : $"record {record}";

    // The decision by which the record came to hold what it holds; what was changed of it since is no matter.
    int? RequestOf(int record) =>
        registry
            .Ledger.Revisions.LastOrDefault(revision =>
                revision.Request is not null
                && revision.Changes.Any(change =>
                    change is RecordChange { After: { } after } made
                    && made.Id == record
                    && (
                        made.Before is not { } before
                        || before.Name != after.Name
                        || before.Number != after.Number
                    )
                )
            )
            ?.Request;
}
