using System.Collections.Immutable;

namespace Berthbook;

/// <summary>Small registries of a test's own making.</summary>
static class SmallRegistry
{
    /// <summary>The index of a registry of these records, which get the ids 1, 2, 3 …</summary>
    public static RegistryIndex Index(params RegistryRecord[] records) => new(Of(records));

    /// <summary>A registry of these records, which get the ids 1, 2, 3 …</summary>
    public static Registry Of(params RegistryRecord[] records) =>
        new(new() { Id = "small" }, [.. records.Select((record, i) => record with { Id = i + 1 })], []);

    /// <summary>A record as the registry's columns write it; empty is absent.</summary>
    public static RegistryRecord Record(
        string name = "",
        string number = "",
        string transport = "",
        string description = "",
        string note = ""
    ) =>
        new()
        {
            Name = name.Length == 0 ? null : ServiceName.Historic(name),
            Number = PortRange.TryParse(number, out var range) ? range : null,
            Transport = TransportProtocols.TryParse(transport, out var known) ? known : null,
            Description = new(description),
            Note = note.Length == 0 ? null : new(note),
        };

    /// <summary>Running text in which <c>¶…¶</c> is a paragraph.</summary>
    public static RichText Text(string text)
    {
        var pieces = ImmutableArray.CreateBuilder<Inline>();
        foreach (var (part, i) in text.Split('¶').Select((part, i) => (part, i)))
        {
            if (i % 2 == 1)
                pieces.Add(new(InlineKind.Paragraph, Paragraph: new(part)));
            else if (part.Length > 0)
                pieces.Add(new(InlineKind.Text, part));
        }
        return RichText.Of(pieces.ToImmutable());
    }
}
