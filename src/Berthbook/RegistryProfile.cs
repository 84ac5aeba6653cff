using System.Collections.Immutable;

namespace Berthbook;

/// <summary>The frame of the plain text, which IANA changed twice while the tables in it stayed (formats.md 4.1).</summary>
public enum TextFrame : byte
{
    /// <summary>Until 2025-09-22: everything three blanks in.</summary>
    Frame1 = 1,

    /// <summary>2025-09-26 to 2026-06-17: the publisher's links below its name.</summary>
    Frame2 = 2,

    /// <summary>Since 2026-07-19: headings at the margin, values eight blanks in.</summary>
    Frame3 = 3,
}

/// <summary>A link with its words.</summary>
/// <param name="Words">What is read.</param>
/// <param name="Address">Where it leads.</param>
public sealed record NamedLink(string Words, string Address);

/// <summary>
/// What the operator says about the registry: who publishes it and how its published forms are written. The
/// default is IANA's.
/// </summary>
public sealed record RegistryProfile
{
    const string IanaName = "Internet Assigned Numbers Authority";

    /// <summary>The profile of IANA's registry.</summary>
    public static RegistryProfile Iana { get; } = new();

    /// <summary>Who publishes the registry.</summary>
    public string Publisher { get; init; } = IanaName;

    /// <summary>The publisher's own pages: the menu of the page and of text frames 2 and 3.</summary>
    public ImmutableArray<NamedLink> Links { get; init; } =
    [
        new("Domains", "https://www.iana.org/domains"),
        new("Protocols", "https://www.iana.org/protocols"),
        new("Numbers", "https://www.iana.org/numbers"),
        new("About", "https://www.iana.org/about"),
    ];

    /// <summary>Where the publisher takes applications, or null.</summary>
    public string? ApplyAddress { get; init; } = "https://www.iana.org/protocols/apply";

    /// <summary>The terms the data may be used under, or null where none are given.</summary>
    public string? LicensingAddress { get; init; } = "https://www.iana.org/help/licensing-terms";

    /// <summary>How the labels of RFCs are printed.</summary>
    public RfcLabel RfcLabel { get; init; } = RfcLabel.Joined;

    /// <summary>The frame of the plain text.</summary>
    public TextFrame TextFrame { get; init; } = TextFrame.Frame3;

    /// <summary>Whether the data is IANA's, so that this is a copy of it.</summary>
    public bool IsIana => Publisher == IanaName;

    /// <summary>Whose data it is and as of when, in a sentence or two; for IANA's, that IANA does not endorse the copy.</summary>
    public string Statement(Registry registry) => Statement(registry.Header);

    /// <summary>The same of a registry's header.</summary>
    public string Statement(RegistryHeader header)
    {
        var day = header.Updated is { } updated ? $" as of {updated}" : "";
        return IsIana
            ? $"This is a copy of IANA's registry{day}. IANA does not endorse it."
            : $"This is the registry of {Publisher}{day}.";
    }
}
