using Berthbook.Decisions;
using Berthbook.Journal;
using Berthbook.Requests;

namespace Berthbook.Storage;

/// <summary>
/// What decisions added to a registry since it was read, where they did nothing else: names without a number, and contacts. A
/// request for a name that meets none of it can be decided on what was read, and its effect then be fitted in.
/// </summary>
sealed class AddedSince
{
    readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
    readonly HashSet<string> contacts = new(StringComparer.OrdinalIgnoreCase);
    readonly AddedPlaces<int> records = new();
    readonly AddedPlaces<string> people = new();

    /// <summary>How many revisions there were.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a revision changed more than this can tell.</summary>
    public bool IsMore { get; private set; }

    /// <summary>Whether a request asks for a name alone, so that it reads names and contacts and no numbers.</summary>
    public static bool IsForName(RequestDocument request) =>
        request
            is {
                Kind: RequestKind.Assign,
                Port.Kind: PortWishKind.None,
                IsIetfStream: false,
                ServiceCodes.IsEmpty: true,
            };

    /// <summary>Whether changes add names without a number, and contacts, and nothing else.</summary>
    public static bool IsPlain(IEnumerable<Change> changes) =>
        changes.All(change =>
            change
                is RecordChange { Before: null, After: { Number: null, Name: not null } }
                    or ContactChange { Before: null, After: not null }
        );

    /// <summary>Notes the changes of a revision.</summary>
    public void Add(IReadOnlyList<Change> changes)
    {
        Count++;
        if (IsMore || !IsPlain(changes))
        {
            IsMore = true;
            return;
        }
        foreach (var change in changes)
        {
            if (change is RecordChange { After: { } record, Follows: { } follows })
            {
                names.Add(record.Name!.Value.Text);
                records.Add(record.Id, record.Name.Value.Text, follows);
            }
            else if (change is ContactChange { After: { } contact, Follows: { } behind })
            {
                contacts.Add(Root(contact.Id));
                people.Add(contact.Id, contact.Id, behind);
            }
        }
    }

    /// <summary>Whether a request for a name reads something that was added.</summary>
    public bool Meets(RequestDocument request) =>
        names.Contains(request.Name ?? "")
        || Meets(request.Requester)
        || Meets(request.Assignee)
        || Meets(request.Contact);

    /// <summary>The changes of a plain decision as they are now: new records get the next ids, and all stand where they belong.</summary>
    /// <param name="changes">The changes as they would have been before.</param>
    /// <param name="firstId">The id that the first new record got then.</param>
    /// <param name="nextId">The id that it gets now.</param>
    public IReadOnlyList<Change> Fit(IEnumerable<Change> changes, int firstId, int nextId)
    {
        var fitted = new List<Change>();
        var own = new HashSet<string>(StringComparer.Ordinal);
        var behind = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            if (change is RecordChange { After: { } record, Follows: { } follows })
                fitted.Add(
                    new RecordChange(
                        null,
                        record with
                        {
                            Id = record.Id - firstId + nextId,
                        },
                        follows >= firstId ? follows - firstId + nextId
                            : record.Number is not null ? follows
                            : records.PlaceOf(record.Name!.Value.Text, follows)
                    )
                );
            else if (change is ContactChange { After: { } contact, Follows: { } before })
            {
                // Behind another new one, unless something that was added stands between.
                var root = behind.GetValueOrDefault(before, before);
                behind[contact.Id] = root;
                var place = people.PlaceOf(contact.Id, root);
                if (
                    own.Contains(before)
                    && string.Compare(place, before, StringComparison.OrdinalIgnoreCase) < 0
                )
                    place = before;
                own.Add(contact.Id);
                fitted.Add(new ContactChange(null, contact, place));
            }
            else
                fitted.Add(change);
        }
        return fitted;
    }

    bool Meets(RequestParty? party) =>
        party is not null
        && (
            party.Contact is { } id && contacts.Contains(Root(id))
            || (party.Name ?? party.Organization) is { } name && contacts.Contains(Root(ContactIds.Of(name)))
            || party.Organization is { } organization && contacts.Contains(Root(ContactIds.Of(organization)))
        );

    // Ada_Example_2 is another Ada_Example.
    static string Root(string id)
    {
        var end = id.AsSpan().TrimEnd("0123456789").Length;
        return end > 1 && end < id.Length && id[end - 1] == '_' ? id[..(end - 1)] : id;
    }
}

/// <summary>What was added behind each thing that was there before, in its order.</summary>
sealed class AddedPlaces<TKey>
    where TKey : notnull
{
    readonly Dictionary<TKey, List<(TKey Key, string Order)>> behind = [];
    readonly Dictionary<TKey, TKey> roots = [];

    /// <summary>Notes that something stands behind another.</summary>
    public void Add(TKey key, string order, TKey follows)
    {
        var root = roots.GetValueOrDefault(follows, follows);
        if (!behind.TryGetValue(root, out var list))
            behind.Add(root, list = []);
        list.Insert(list.FindIndex(one => one.Key.Equals(follows)) + 1, (key, order));
        roots[key] = root;
    }

    /// <summary>What something stands behind that would have stood behind a thing before: the last that is not above it.</summary>
    public TKey PlaceOf(string order, TKey root)
    {
        if (!behind.TryGetValue(root, out var list))
            return root;
        var above = list.FindIndex(one =>
            string.Compare(one.Order, order, StringComparison.OrdinalIgnoreCase) > 0
        );
        var last = above < 0 ? list.Count : above;
        return last == 0 ? root : list[last - 1].Key;
    }
}
