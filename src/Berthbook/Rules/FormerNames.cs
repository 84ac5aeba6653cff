using Berthbook.Journal;

namespace Berthbook.Rules;

/// <summary>The service names and contact ids that the registry had at some time, told from its journal (procedures C8, K2).</summary>
sealed class FormerNames
{
    readonly Dictionary<string, Revision> names = new(StringComparer.OrdinalIgnoreCase);
    readonly HashSet<string> contacts = new(StringComparer.Ordinal);

    public FormerNames(History? history)
    {
        foreach (var revision in history?.Revisions ?? [])
        {
            foreach (var change in revision.Changes)
            {
                if (change is RecordChange { Before.Name: { } name } record && record.After?.Name != name)
                    names[name.Text] = revision;
                else if (change is ContactChange { Before: { } contact })
                    contacts.Add(contact.Id);
            }
        }
    }

    /// <summary>The revision in which a record gave up a name, last of all; null where none did.</summary>
    public Revision? LeftIn(string name) => names.GetValueOrDefault(name);

    /// <summary>Whether a contact of the id was changed or removed at some time, so that the id is taken.</summary>
    public bool HadContact(string id) => contacts.Contains(id);
}
