using Berthbook.Server.Upstream;

namespace Berthbook.Server;

/// <summary>What every page must tell at its top: where the registry is not what people expect, and what to do.</summary>
public sealed class Notices(Settings settings, CurrentRegistry current, UpstreamStatus upstream)
{
    sealed record Known(Snapshot Snapshot, UpstreamState State, IReadOnlyList<string> Texts);

    volatile Known? known;

    /// <summary>The notices, plain text, the gravest first; most often none.</summary>
    public IReadOnlyList<string> Texts
    {
        get
        {
            var (snapshot, state) = (current.Snapshot, upstream.State);
            if (
                known is { } last
                && ReferenceEquals(last.Snapshot, snapshot)
                && ReferenceEquals(last.State, state)
            )
                return last.Texts;
            var next = new Known(snapshot, state, [.. Tell(snapshot, state)]);
            known = next;
            return next.Texts;
        }
    }

    IEnumerable<string> Tell(Snapshot snapshot, UpstreamState state)
    {
        if (settings.Upstream is not { } address)
            yield break;
        if (snapshot.Revision == 0)
        {
            yield return "This is the built-in registry: a few service names and the ranges of port numbers, as of "
                + $"{snapshot.Registry.Header.Updated}. "
                + (
                    state.LastError is null
                        ? $"The whole registry is being fetched from {address.Host}."
                        : $"The whole registry could not be fetched from {address.Host}. To import it from a file: "
                            + "stop the server and run berth-server import FILE."
                );
        }
        if (state.Held is { } held)
            yield return $"A newer file of {address.Host} is held back: {held.Words}. It waits for the operator, who "
                + "lets it pass with berth-server release.";
        if (state.LastError is { } words)
            yield return $"{address.Host} gives no newer registry: {words}. This is the last good state"
                + (state.LastSuccess is { } last ? $", confirmed {last:yyyy-MM-dd HH:mm} UTC." : ".");
    }
}
