namespace Berthbook.Server.Layout;

/// <summary>The footnotes that records refer to.</summary>
sealed record Footnotes(Registry Registry, IReadOnlyCollection<RegistryRecord> Records)
{
    /// <summary>The footnotes referred to, in the registry's order.</summary>
    public IReadOnlyList<Footnote> Used
    {
        get
        {
            var anchors = Records
                .SelectMany(record =>
                    record
                        .References.Concat(record.Note?.References ?? [])
                        .Concat(record.Description.References)
                )
                .Where(reference => reference.Type == ReferenceType.Note)
                .Select(reference => reference.Data)
                .ToHashSet(StringComparer.Ordinal);
            return [.. Registry.Header.Footnotes.Where(footnote => anchors.Contains(footnote.Anchor))];
        }
    }

    /// <summary>The id of a footnote on a page.</summary>
    public static string IdOf(string anchor) => $"note-{Uri.EscapeDataString(anchor)}";
}
