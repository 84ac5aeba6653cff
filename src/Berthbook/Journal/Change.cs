namespace Berthbook.Journal;

/// <summary>What a change does, as people read it.</summary>
public enum ChangeKind : byte
{
    /// <summary>Something new.</summary>
    Added,

    /// <summary>Something gone.</summary>
    Removed,

    /// <summary>Something says other than before.</summary>
    Changed,

    /// <summary>The same in another place of the document.</summary>
    Moved,

    /// <summary>The same words; only white space or the order of elements in the file differs.</summary>
    Layout,
}

/// <summary>One change of a revision: a record, a contact or the header, before and after.</summary>
public abstract record Change
{
    /// <summary>What the change does, as people read it.</summary>
    public abstract ChangeKind Kind { get; }

    /// <summary>The fields that say other than before, named as in the JSON; empty unless <see cref="ChangeKind.Changed"/>.</summary>
    public abstract IReadOnlyList<string> Fields { get; }

    private protected static ChangeKind KindOf<T>(T? before, T? after, bool isPlaced, Func<T, T, bool> same)
        where T : class =>
        before is null ? ChangeKind.Added
        : after is null ? ChangeKind.Removed
        : !same(before, after) ? ChangeKind.Changed
        : isPlaced ? ChangeKind.Moved
        : ChangeKind.Layout;
}

/// <summary>A record added, removed, replaced or moved.</summary>
/// <param name="Before">The record before, or null where it is new.</param>
/// <param name="After">The record after, or null where it is gone. Both have the same id.</param>
/// <param name="Follows">The id of the record it now follows, 0 for the first place; null where its place stays.</param>
public sealed record RecordChange(RegistryRecord? Before, RegistryRecord? After, int? Follows) : Change
{
    /// <summary>The id of the record.</summary>
    public int Id => (After ?? Before)!.Id;

    /// <inheritdoc/>
    public override ChangeKind Kind => KindOf(Before, After, Follows is not null, (a, b) => a.SaysTheSame(b));

    /// <summary>
    /// Whether the record has another key (name, transport, number) than before, which counts as one removed and
    /// one added though the record keeps its id (formats.md 7.1).
    /// </summary>
    public bool IsRekeyed => Before is not null && After is not null && Before.Key != After.Key;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Fields =>
        Before is null || After is null
            ? []
            :
            [
                .. RecordField
                    .All.Where(known => known.Text(Before) != known.Text(After))
                    .Select(known => known.Name),
            ];
}

/// <summary>A contact added, removed, replaced or moved.</summary>
/// <param name="Before">The contact before, or null where it is new.</param>
/// <param name="After">The contact after, or null where it is gone. Both have the same id text.</param>
/// <param name="Follows">The id of the contact it now follows, empty for the first place; null where its place stays.</param>
public sealed record ContactChange(Contact? Before, Contact? After, string? Follows) : Change
{
    /// <summary>The id of the contact.</summary>
    public string Id => (After ?? Before)!.Id;

    /// <inheritdoc/>
    public override ChangeKind Kind => KindOf(Before, After, Follows is not null, (a, b) => a.SaysTheSame(b));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Fields
    {
        get
        {
            if (Before is null || After is null)
                return [];
            var fields = new List<string>();
            if (Before.Name != After.Name)
                fields.Add("name");
            if (Before.Organization != After.Organization)
                fields.Add("organization");
            if (!Before.Uris.AsSpan().SequenceEqual(After.Uris.AsSpan()))
                fields.Add("uris");
            if (Before.Updated != After.Updated)
                fields.Add("updated");
            return fields;
        }
    }
}

/// <summary>The header changed: experts, notes, references, footnotes, the day of last update.</summary>
/// <param name="Before">The header before, or null in the first revision.</param>
/// <param name="After">The header after.</param>
public sealed record HeaderChange(RegistryHeader? Before, RegistryHeader After) : Change
{
    /// <inheritdoc/>
    public override ChangeKind Kind =>
        Before is null ? ChangeKind.Added
        : Fields.Count > 0 ? ChangeKind.Changed
        : ChangeKind.Layout;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Fields
    {
        get
        {
            if (Before is null)
                return [];
            var kinds = Enum.GetValues<HeaderPartKind>()
                .Where(kind => !Says(Before, kind).SequenceEqual(Says(After, kind)))
                .Select(kind => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..])
                .ToList();
            if (!Before.Footnotes.Select(Say).SequenceEqual(After.Footnotes.Select(Say)))
                kinds.Add("footnotes");
            return kinds;
        }
    }

    static IEnumerable<string> Says(RegistryHeader header, HeaderPartKind kind) =>
        header
            .Parts.Where(part => part.Kind == kind)
            .Select(part => $"{part.Title}|{part.Text.OneLine}|{part.Reference}");

    static string Say(Footnote footnote) => $"{footnote.Anchor}|{footnote.Text.OneLine}";
}
