using System.Collections.Immutable;
using System.Globalization;
using Berthbook.Checks;

namespace Berthbook.Cli.Host;

/// <summary>The sockets of this host that wait for others, as far as the asking user may see.</summary>
/// <param name="Sockets">Those of the own network namespace first, each namespace in the order of numbers.</param>
/// <param name="AreProcessesHidden">Whether the process of a socket is not shown because it is another user's.</param>
sealed record HostSockets(ImmutableArray<ListeningSocket> Sockets, bool AreProcessesHidden);

/// <summary>
/// Reads the listening sockets of every network namespace that a visible process lives in, with the process that holds
/// each. Linux only; a namespace without processes is not seen, and of DCCP the kernel has no such table.
/// </summary>
static class ListeningSockets
{
    static readonly (
        string[] File,
        TransportProtocol Transport,
        Func<IEnumerable<string>, IEnumerable<SocketLine>> Of
    )[] Tables =
    [
        (["tcp"], TransportProtocol.Tcp, SocketTable.OfTcp),
        (["tcp6"], TransportProtocol.Tcp, SocketTable.OfTcp),
        (["udp"], TransportProtocol.Udp, SocketTable.OfUdp),
        (["udp6"], TransportProtocol.Udp, SocketTable.OfUdp),
        (["sctp", "eps"], TransportProtocol.Sctp, SocketTable.OfSctp),
    ];

    /// <summary>Reads what the kernel tells in a folder.</summary>
    public static HostSockets Read(ProcFolder proc)
    {
        var own = proc.NetworkNamespace("self");
        var lines = LinesOf(proc, "self")
            .Select(found => (Namespace: new NetworkNamespace(own, false), found.Transport, found.Line))
            .ToList();
        var seen = new HashSet<long> { own, 0 };
        foreach (var process in proc.Processes())
        {
            var id = process.ToString(CultureInfo.InvariantCulture);
            var space = proc.NetworkNamespace(id);
            // A process that ended meanwhile leaves its namespace to the next one in it.
            if (seen.Contains(space) || proc.Lines(id, "net", "tcp") is null)
                continue;
            seen.Add(space);
            lines.AddRange(
                LinesOf(proc, id)
                    .Select(found => (new NetworkNamespace(space, true), found.Transport, found.Line))
            );
        }
        var holders = HoldersOf([.. lines.Select(line => line.Line.Inode).Where(inode => inode != 0)], proc);
        var sockets = lines.Select(line => new ListeningSocket
        {
            Address = line.Line.Address,
            Port = line.Line.Port,
            Transport = line.Transport,
            Namespace = line.Namespace,
            Process = holders.GetValueOrDefault(line.Line.Inode),
        });
        return new(
            [
                .. sockets
                    .OrderBy(socket => socket.Namespace.IsForeign)
                    .ThenBy(socket => socket.Namespace.Id)
                    .ThenBy(socket => socket.Port)
                    .ThenBy(socket => socket.Transport),
            ],
            proc.WasDenied
                && lines.Exists(line => line.Line.Inode != 0 && !holders.ContainsKey(line.Line.Inode))
        );
    }

    static IEnumerable<(TransportProtocol Transport, SocketLine Line)> LinesOf(
        ProcFolder proc,
        string process
    )
    {
        foreach (var (file, transport, of) in Tables)
        {
            foreach (var line in of(proc.Lines([process, "net", .. file]) ?? []))
                yield return (transport, line);
        }
    }

    // A socket that several processes hold is its parent's as a rule, which has the lowest number.
    static Dictionary<long, SocketProcess> HoldersOf(HashSet<long> sought, ProcFolder proc)
    {
        var holders = new Dictionary<long, SocketProcess>();
        foreach (var process in proc.Processes())
        {
            if (sought.Count == 0)
                break;
            foreach (var inode in proc.SocketsOf(process))
            {
                if (sought.Remove(inode))
                    holders.Add(inode, new(process, proc.NameOf(process) ?? ""));
            }
        }
        return holders;
    }
}
