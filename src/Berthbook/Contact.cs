using System.Collections.Immutable;

namespace Berthbook;

/// <summary>
/// A person or organisation that records name as assignee or contact. Personal data: the fields can be erased
/// (procedures K4), which leaves <see cref="IsErased"/> and an id that says so.
/// </summary>
public sealed record Contact
{
    /// <summary>The id that references name, any text; underscores for blanks by custom (procedures K2).</summary>
    public required string Id { get; init; }

    /// <summary>The name; null where the file has none, empty where it has an empty one.</summary>
    public string? Name { get; init; }

    /// <summary>The organization, or null.</summary>
    public string? Organization { get; init; }

    /// <summary>Mail and web addresses as the file writes them: <c>mailto:user&amp;host</c>.</summary>
    public ImmutableArray<string> Uris { get; init; } = [];

    /// <summary>When the contact last changed, or null.</summary>
    public RegistryDate? Updated { get; init; }

    /// <summary>Whether the personal fields were erased on request (procedures K4).</summary>
    public bool IsErased { get; init; }

    /// <summary>White space of the file where it is not the usual: before the element, then before each child and the end.</summary>
    public Gaps? Gaps { get; init; }

    /// <summary>What to call the contact: name, else organization, else id.</summary>
    public string DisplayName =>
        !string.IsNullOrWhiteSpace(Name) ? Name
        : !string.IsNullOrWhiteSpace(Organization) ? Organization
        : Id;

    /// <summary>Equal in all that is said, layout aside, white space folded.</summary>
    public bool SaysTheSame(Contact other) =>
        Id == other.Id
        && Folded(Name) == Folded(other.Name)
        && Folded(Organization) == Folded(other.Organization)
        && Uris.Select(Cells.Fold).SequenceEqual(other.Uris.Select(Cells.Fold))
        && Updated == other.Updated
        && IsErased == other.IsErased;

    /// <summary>Equal to the byte of the file.</summary>
    public bool Equals(Contact? other) =>
        other is not null
        && Id == other.Id
        && Name == other.Name
        && Organization == other.Organization
        && Uris.AsSpan().SequenceEqual(other.Uris.AsSpan())
        && Updated == other.Updated
        && IsErased == other.IsErased
        && Equals(Gaps, other.Gaps);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    static string? Folded(string? text) => text is null ? null : Cells.Fold(text);
}
