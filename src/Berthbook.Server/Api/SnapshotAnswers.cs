using System.Collections.Immutable;
using System.Security.Cryptography;
using Berthbook.Suggestions;
using Microsoft.Extensions.Primitives;

namespace Berthbook.Server.Api;

/// <summary>What the API keeps ready of one snapshot, built when it is first asked for.</summary>
sealed class SnapshotAnswers(Snapshot snapshot)
{
    // Another program may answer other bytes for the same revision.
    static readonly string Program = typeof(SnapshotAnswers).Module.ModuleVersionId.ToString("N")[..8];

    readonly Lazy<CountsReply> counts = new(() => CountsReply.Of(snapshot.Index));
    readonly Lazy<ImmutableArray<PortRun>> runs = new(() => [.. PortRun.From(snapshot.Index, default)]);

    public Snapshot Snapshot => snapshot;

    /// <summary>The entity tag of every answer that is a function of its address and the revision.</summary>
    public StringValues Tag { get; } = $"\"{snapshot.Revision}-{HashOf(snapshot)}-{Program}\"";

    /// <summary>The answers about port numbers.</summary>
    public PortAnswers Ports { get; } = new(snapshot.Index);

    /// <summary>What searches the records.</summary>
    public TableView Table { get; } = new(snapshot.Registry);

    /// <summary>What suggests port numbers.</summary>
    public PortAdvisor Advisor => snapshot.Basis.Advisor;

    /// <summary>All port numbers, neighbours of one kind together.</summary>
    public ImmutableArray<PortRun> Runs => runs.Value;

    /// <summary>How many port numbers have each state.</summary>
    public CountsReply Counts => counts.Value;

    /// <summary>The entity tag of an answer that changes more often than the registry.</summary>
    public static StringValues TagOf(ReadOnlySpan<byte> body) =>
        $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 8))}\"";

    // Two journals may number different revisions alike; the built-in registry has no hash.
    static string HashOf(Snapshot snapshot) =>
        snapshot.History.Revisions is [.., var last] && last.Number == snapshot.Revision
            ? last.Hash[..Math.Min(16, last.Hash.Length)]
            : "builtin";
}

/// <summary>What the API keeps ready of the snapshot that is served now.</summary>
sealed class CurrentAnswers(CurrentRegistry current)
{
    volatile SnapshotAnswers? known;

    /// <summary>Take it once a request.</summary>
    public SnapshotAnswers Now
    {
        get
        {
            var snapshot = current.Snapshot;
            if (known is { } last && ReferenceEquals(last.Snapshot, snapshot))
                return last;
            var next = new SnapshotAnswers(snapshot);
            known = next;
            return next;
        }
    }
}
