using Berthbook.Checks;
using Berthbook.Cli.Host;

namespace Berthbook.Cli.Check;

/// <summary>Checks this host: its listening sockets, as far as the asking user may see.</summary>
static class HostChecking
{
    /// <summary>Reads what the kernel tells in a folder, and holds it against the registry.</summary>
    public static CheckAnswer Check(AskedRegistry asked, ProcFolder proc)
    {
        var answer = new CheckAnswer("host", CheckKind.Host);
        if (!OperatingSystem.IsLinux())
            return answer with
            {
                Failure =
                    "the sockets of a host are read from Linux's /proc, which this system has not; name a FILE to check",
            };
        var host = ListeningSockets.Read(proc);
        return answer with
        {
            Items = HostCheck.Of(asked.Lookup, host.Sockets, EphemeralRange.Read(proc), asked.IsWhole),
            Remarks = host.AreProcessesHidden
                ?
                [
                    "processes of other users are not shown, nor the network namespaces of their containers; run it as root",
                ]
                : [],
        };
    }
}
