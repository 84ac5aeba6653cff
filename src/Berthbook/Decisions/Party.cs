using System.Collections.Immutable;

namespace Berthbook.Decisions;

/// <summary>
/// A party as a decision names it: a contact that the registry has, or a new one. A new one gets its id from its name
/// (procedures K2) and stands near its id (C13), unless the registrar chooses.
/// </summary>
public sealed record Party
{
    Party() { }

    /// <summary>A contact that the registry has, by its id.</summary>
    public static Party Known(string id) => new() { Id = id, IsKnown = true };

    /// <summary>A new contact.</summary>
    /// <param name="name">Its name, or null for an organisation.</param>
    /// <param name="organization">The organisation, or null.</param>
    /// <param name="uris">Mail and web addresses as the registry writes them: <c>mailto:user&amp;host</c>.</param>
    public static Party New(string? name, string? organization, params ReadOnlySpan<string> uris) =>
        new()
        {
            Name = name,
            Organization = organization,
            Uris = [.. uris],
        };

    /// <summary>The id: of a new contact the one that the registrar sets, or null for the one that its name makes.</summary>
    public string? Id { get; init; }

    /// <summary>Whether it is a contact that the registry has.</summary>
    public bool IsKnown { get; private init; }

    /// <summary>The name of a new contact, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The organisation of a new contact, or null.</summary>
    public string? Organization { get; init; }

    /// <summary>Mail and web addresses of a new contact.</summary>
    public ImmutableArray<string> Uris { get; init; } = [];

    /// <summary>When a new contact last changed, where that is not the day of the decision.</summary>
    public DateChoice? Updated { get; init; }

    /// <summary>The id of the contact that a new one follows, empty for the first place; null for the place near its id.</summary>
    public string? Follows { get; init; }

    /// <summary>Equal in all that is said.</summary>
    public bool Equals(Party? other) =>
        other is not null
        && (Id, IsKnown, Name, Organization, Updated, Follows)
            == (other.Id, other.IsKnown, other.Name, other.Organization, other.Updated, other.Follows)
        && Uris.AsSpan().SequenceEqual(other.Uris.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Name, Organization);
}

/// <summary>A contact brought up to date; its id stays.</summary>
/// <param name="Id">The contact's id.</param>
public sealed record ContactUpdate(string Id)
{
    /// <summary>The name from now on, or null for none.</summary>
    public string? Name { get; init; }

    /// <summary>The organisation from now on, or null for none.</summary>
    public string? Organization { get; init; }

    /// <summary>Mail and web addresses from now on.</summary>
    public ImmutableArray<string> Uris { get; init; } = [];

    /// <summary>When it changed, where that is not the day of the decision.</summary>
    public DateChoice? Updated { get; init; }
}
