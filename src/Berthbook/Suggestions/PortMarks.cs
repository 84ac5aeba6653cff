using System.Collections.Frozen;
using Berthbook.Suggestions.Facts;

namespace Berthbook.Suggestions;

/// <summary>The marks of every port number that do not depend on who asks, and the facts behind them.</summary>
sealed class PortMarks
{
    readonly Marks[] marks = new Marks[PortNumber.Count];

    public PortMarks(RegistryLookup lookup, PortNotes notes)
    {
        Notes = notes;
        Mark(SuggestionQuery.SystemPorts, Marks.SystemPort);
        Mark(EphemeralRanges.Linux.Range, Marks.EphemeralLinux);
        Mark(EphemeralRanges.Windows.Range, Marks.EphemeralWindows);
        Mark(EphemeralRanges.OldWindows.Range, Marks.EphemeralOldWindows);
        Mark(EphemeralRanges.MacOS.Range, Marks.EphemeralMacOS);
        Mark(EphemeralRanges.FreeBsd.Range, Marks.EphemeralFreeBsd);
        Mark(NodePorts.Range, Marks.NodePort);
        Mark(BrowserRefusedPorts.All, Marks.BrowserRefused);
        // A line of our list is out of date once the number is assigned.
        Mark(
            Known.Keys.Where(port =>
                TransportProtocols.All.All(transport =>
                    lookup.Listed(new(port), transport) != PortState.Assigned
                )
            ),
            Marks.KnownUse
        );
        Mark(notes.Uses.Keys, Marks.NotedUse);
        Mark(notes.Pasts.Keys, Marks.Deassigned);
        Mark(notes.Others.Keys, Marks.Noted);
        Mark(notes.Widespread, Marks.NotFree);
    }

    /// <summary>Our own list of uses, by number.</summary>
    public static FrozenDictionary<ushort, KnownUse> Known { get; } =
        KnownUses.All.ToFrozenDictionary(known => (ushort)known.Port);

    /// <summary>What the registry notes.</summary>
    public PortNotes Notes { get; }

    /// <summary>The marks of a number.</summary>
    public Marks this[int port] => marks[port];

    void Mark(PortRange range, Marks mark)
    {
        for (int port = range.First.Value; port <= range.Last.Value; port++)
            marks[port] |= mark;
    }

    void Mark(IEnumerable<ushort> ports, Marks mark)
    {
        foreach (var port in ports)
            marks[port] |= mark;
    }
}
