using System.Collections.Immutable;

namespace Berthbook;

/// <summary>
/// What an organisation's own registry begins with: the edges of the ranges Reserved (RFC 6335 section 6,
/// procedures P3), everything between them Unassigned, no names and no contacts.
/// </summary>
public static class EmptyRegistry
{
    /// <summary>A registry with a title and a day of last update.</summary>
    public static Registry Create(string title, DateOnly day)
    {
        var header = new RegistryHeader
        {
            Id = "service-names-port-numbers",
            Parts =
            [
                new(HeaderPartKind.Title, new(title)),
                new(HeaderPartKind.Updated, new(new RegistryDate(day).ToString())),
                new(HeaderPartKind.Reference, RichText.Empty, Rfc6335),
            ],
        };
        ImmutableArray<RegistryRecord> records =
        [
            Reserved(0),
            Unassigned(1, PortNumber.FirstUser - 2),
            Reserved(PortNumber.FirstUser - 1),
            Reserved(PortNumber.FirstUser),
            Unassigned(PortNumber.FirstUser + 1, PortNumber.FirstDynamic - 2),
            Reserved(PortNumber.FirstDynamic - 1),
        ];
        return new(header, records, []);
    }

    static Reference Rfc6335 { get; } = new(ReferenceType.Rfc, "rfc6335");

    static RegistryRecord Reserved(int port) =>
        new()
        {
            Description = new("Reserved"),
            Number = new PortRange(port, port),
            References = [Rfc6335],
        };

    static RegistryRecord Unassigned(int first, int last) =>
        new() { Description = new("Unassigned"), Number = new PortRange(first, last) };
}
