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
    /// <param name="index">The registry.</param>
    /// <param name="sockets">The sockets.</param>
    /// <param name="ephemeral">The host's ephemeral range, or null where it is not known.</param>
    /// <remarks>An item says what the registry has for the number, never what the process is.</remarks>
    public static ImmutableArray<CheckItem> Of(
        RegistryIndex index,
        IEnumerable<ListeningSocket> sockets,
        EphemeralPorts? ephemeral
    )
    {
        var (own, foreign) = (
            new PortsInUse(index, ephemeral, isPublished: false),
            new PortsInUse(index, null, isPublished: false)
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
