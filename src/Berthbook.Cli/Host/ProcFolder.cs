using System.Globalization;

namespace Berthbook.Cli.Host;

/// <summary>
/// What the kernel tells of processes in a folder, <c>/proc</c>. A process may end or be another's while it is asked, so
/// everything may be missing or denied.
/// </summary>
sealed class ProcFolder(string path = "/proc")
{
    const string NamespacePrefix = "net:[";
    const string SocketPrefix = "socket:[";

    /// <summary>Whether something was denied to the asking user.</summary>
    public bool WasDenied { get; private set; }

    /// <summary>The numbers of the processes, in ascending order.</summary>
    public IReadOnlyList<int> Processes()
    {
        var processes = new List<int>();
        foreach (var folder in Entries(path))
        {
            if (
                int.TryParse(
                    Path.GetFileName(folder),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var id
                )
            )
                processes.Add(id);
        }
        processes.Sort();
        return processes;
    }

    /// <summary>The network namespace of a process, <c>self</c> being the asking one; 0 where it is not known.</summary>
    public long NetworkNamespace(string process) =>
        NumberIn(LinkOf(Path.Join(path, process, "ns", "net")), NamespacePrefix) ?? 0;

    /// <summary>The sockets that a process holds, by their numbers.</summary>
    public IEnumerable<long> SocketsOf(int process)
    {
        foreach (var link in Entries(Path.Join(path, Text(process), "fd")))
        {
            if (NumberIn(LinkOf(link), SocketPrefix) is { } inode)
                yield return inode;
        }
    }

    /// <summary>The name of a process, or null.</summary>
    public string? NameOf(int process) => Lines(Text(process), "comm") is [var name, ..] ? name : null;

    /// <summary>The lines of a file, or null where it cannot be read.</summary>
    public IReadOnlyList<string>? Lines(params string[] parts) =>
        Try(() => File.ReadAllLines(Path.Join([path, .. parts])), null);

    static string Text(int process) => process.ToString(CultureInfo.InvariantCulture);

    string[] Entries(string folder) => Try(() => Directory.GetFileSystemEntries(folder), []);

    string? LinkOf(string link) => Try(() => new FileInfo(link).LinkTarget, null);

    static long? NumberIn(string? link, string prefix) =>
        link is not null
        && link.StartsWith(prefix, StringComparison.Ordinal)
        && link.EndsWith(']')
        && long.TryParse(
            link.AsSpan(prefix.Length, link.Length - prefix.Length - 1),
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    T Try<T>(Func<T> read, T missing)
    {
        try
        {
            return read();
        }
        catch (UnauthorizedAccessException)
        {
            WasDenied = true;
            return missing;
        }
        catch (IOException)
        {
            return missing;
        }
    }
}
