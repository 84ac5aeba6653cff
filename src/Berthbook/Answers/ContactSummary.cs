using System.Collections.Immutable;

namespace Berthbook.Answers;

/// <summary>A contact without its records.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name, or null.</param>
/// <param name="Organization">The organization, or null.</param>
/// <param name="Uris">Mail and web addresses as the registry writes them, <c>mailto:</c> without an at sign.</param>
/// <param name="Updated">When it last changed, or null.</param>
public sealed record ContactSummary(
    string Id,
    string? Name,
    string? Organization,
    ImmutableArray<string> Uris,
    string? Updated
)
{
    /// <summary>The answer of a contact.</summary>
    public static ContactSummary Of(Contact contact) =>
        new(
            contact.Id,
            Said(contact.Name),
            Said(contact.Organization),
            [.. contact.Uris.Where(uri => uri.Length > 0)],
            contact.Updated?.ToString()
        );

    static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
