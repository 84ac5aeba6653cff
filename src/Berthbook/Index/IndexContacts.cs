using System.Collections.Immutable;

namespace Berthbook;

/// <summary>Contacts of an index file. Most have the name as id, with underscores for blanks (procedures K2).</summary>
static class IndexContacts
{
    const int HasName = 1;
    const int IsNameId = 2;
    const int HasOrganization = 4;
    const int HasUris = 8;
    const int HasUpdated = 16;
    const int IsErased = 32;
    const int AllFlags = 63;

    public static Contact Read(IndexContent content, int number)
    {
        var input = content.OpenOne(IndexSection.ContactGroups, IndexSection.Contacts, number);
        var flags = input.Number(AllFlags, "the parts of a contact");
        var id = input.Text();
        return new()
        {
            Id = id,
            Name =
                (flags & IsNameId) != 0 ? id.Replace('_', ' ') : input.OptionalText((flags & HasName) != 0),
            Organization = input.OptionalText((flags & HasOrganization) != 0),
            Uris = (flags & HasUris) != 0 ? ReadUris(ref input) : [],
            Updated = input.OptionalDate((flags & HasUpdated) != 0),
            IsErased = (flags & IsErased) != 0,
        };
    }

    public static void Write(Contact contact, IndexOutput output)
    {
        var isNameId = contact.Name == contact.Id.Replace('_', ' ');
        output.Byte(
            (byte)(
                (
                    contact.Name is null ? 0
                    : isNameId ? IsNameId
                    : HasName
                )
                | (contact.Organization is null ? 0 : HasOrganization)
                | (contact.Uris.IsDefaultOrEmpty ? 0 : HasUris)
                | (contact.Updated is null ? 0 : HasUpdated)
                | (contact.IsErased ? IsErased : 0)
            )
        );
        output.Text(contact.Id);
        output.OptionalText(isNameId ? null : contact.Name);
        output.OptionalText(contact.Organization);
        if (!contact.Uris.IsDefaultOrEmpty)
        {
            output.Number(contact.Uris.Length);
            foreach (var uri in contact.Uris)
                output.Text(uri);
        }
        output.Date(contact.Updated);
    }

    static ImmutableArray<string> ReadUris(ref IndexInput input)
    {
        var uris = ImmutableArray.CreateBuilder<string>(input.Count());
        for (var i = 0; i < uris.Capacity; i++)
            uris.Add(input.Text());
        return uris.MoveToImmutable();
    }
}
