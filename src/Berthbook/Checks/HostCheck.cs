using System.Collections.Immutable;

namespace Berthbook.Checks;

/// <summary>Holds a host's listening sockets against the registry.</summary>
public static class HostCheck
{
    /// <summary>
    /// An item a socket, in their order. Not assigned or Reserved is a warning, a Dynamic Port a note. Inside the
    /// ephemeral range is a warning where nobody holds the number, else a note; sockets of foreign network namespaces,
    /// which have a range of their own, are not asked for it.
    /// </summary>
    /// <param name="lookup">The registry.</param>
    /// <param name="sockets">The sockets.</param>
    /// <param name="ephemeral">The host's ephemeral range, or null where it is not known.</param>
    /// <param name="isWhole">
    /// Whether this is the whole registry. If not, that it has nothing for a number says nothing, and is a note.
    /// </param>
    /// <remarks>An item says what the registry has for the number, never what the process is.</remarks>
    public static ImmutableArray<CheckItem> Of(
        RegistryLookup lookup,
        IEnumerable<ListeningSocket> sockets,
        EphemeralPorts? ephemeral,
        bool isWhole = true
    )
    {
        var (own, foreign) = (
            new PortsInUse(lookup, ephemeral, isPublished: false, isWhole),
            new PortsInUse(lookup, null, isPublished: false, isWhole)
        );
        return
        [
            .. sockets.SelectMany(socket =>
                (socket.Namespace.IsForeign ? foreign : own)
                    .Check(new PortRange(socket.Port), socket.Transport)
                    .Select(item => item with { Socket = socket })
            ),
        ];
    }
}
