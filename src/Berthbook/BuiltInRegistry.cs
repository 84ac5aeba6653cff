using Berthbook.Formats;

namespace Berthbook;

/// <summary>
/// The registry that is there before any file: some service names without port numbers, their contacts, and the
/// ranges with their reserved edges. It is revision 0 and in no journal; its records have the ids 1 and up.
/// </summary>
public static class BuiltInRegistry
{
    /// <summary>Reads it. Costs a few milliseconds.</summary>
    public static Registry Read()
    {
        using var file =
            typeof(BuiltInRegistry).Assembly.GetManifestResourceStream("Berthbook.BuiltIn.registry.xml")
            ?? throw new InvalidOperationException("The built-in registry is not part of this assembly");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var registry =
            XmlFormat.Read(bytes).Registry
            ?? throw new InvalidOperationException("The built-in registry has a fault");
        return new(
            registry.Header,
            [.. registry.Records.Select((record, i) => record with { Id = i + 1 })],
            registry.Contacts
        );
    }
}
