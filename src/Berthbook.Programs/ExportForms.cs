using Berthbook.Formats;

namespace Berthbook.Programs;

/// <summary>The forms in which a registry is written as a file.</summary>
static class ExportForms
{
    const string IanaTitle = "Service Name and Transport Protocol Port Number Registry";

    /// <summary>The names of the forms, and how each is written.</summary>
    public static IReadOnlyDictionary<string, Func<Registry, RegistryProfile, byte[]>> All { get; } =
        new Dictionary<string, Func<Registry, RegistryProfile, byte[]>>
        {
            ["csv"] = (registry, profile) => CsvFormat.Write(registry, profile.RfcLabel),
            ["json"] = (registry, profile) => JsonFormat.Write(registry, profile.Statement(registry)),
            ["ndjson"] = (registry, profile) => NdjsonFormat.Write(registry, profile.Statement(registry)),
            ["services"] = (registry, profile) => ServicesFormat.Write(registry, profile.Statement(registry)),
            ["xml"] = (registry, _) => XmlFormat.Write(registry),
            ["html"] = PageFormat.WriteWhole,
            ["txt"] = TextFormat.Write,
        };

    /// <summary>
    /// How a registry is published: as IANA's where it has IANA's title and no other publisher is named, else as its
    /// operator's own.
    /// </summary>
    /// <param name="header">The registry's header.</param>
    /// <param name="publisher">Who is named as its publisher, or null.</param>
    /// <param name="otherwise">Who publishes a registry that is not IANA's where nobody is named.</param>
    public static RegistryProfile ProfileOf(RegistryHeader header, string? publisher, string otherwise) =>
        publisher is null && header.Title == IanaTitle
            ? RegistryProfile.Iana
            : RegistryProfile.Iana with
            {
                Publisher = publisher ?? otherwise,
                Links = [],
                ApplyAddress = null,
                LicensingAddress = null,
            };
}
