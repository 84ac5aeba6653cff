using System.Collections.Immutable;

namespace Berthbook.Journal;

/// <summary>
/// A registry that changes are applied to: the header, and records and contacts as chains in document order, so
/// that a change costs the same wherever it falls.
/// </summary>
sealed class Document
{
    readonly Chain<int, RegistryRecord> records = new(0);
    readonly Chain<string, Contact> contacts = new("");
    RegistryHeader? header;

    public RegistryHeader? Header => header;

    /// <summary>A registry to apply changes to. Cost grows with it.</summary>
    public static Document Of(Registry registry)
    {
        var document = new Document { header = registry.Header };
        foreach (var record in registry.Records)
            document.records.Append(record.Id, record);
        foreach (var contact in registry.Contacts)
            document.contacts.Append(contact.Id, contact);
        return document;
    }

    public RegistryRecord? FindRecord(int id) => records.Find(id);

    public Contact? FindContact(string id) => contacts.Find(id);

    /// <summary>Applies a change. False where it does not fit: what it changes is not there, or already is.</summary>
    public bool Apply(Change change)
    {
        switch (change)
        {
            case HeaderChange headerChange:
                header = headerChange.After;
                return true;
            case RecordChange record:
                return records.Apply(
                    record.Id,
                    record.Before is null,
                    record.After,
                    record.Follows ?? -1,
                    record.Follows is not null
                );
            case ContactChange contact:
                return contacts.Apply(
                    contact.Id,
                    contact.Before is null,
                    contact.After,
                    contact.Follows ?? "",
                    contact.Follows is not null
                );
            default:
                return false;
        }
    }

    public Registry ToRegistry() => new(header!, records.InOrder(), contacts.InOrder());

    sealed class Chain<TKey, T>(TKey first)
        where TKey : notnull
        where T : class
    {
        readonly Dictionary<TKey, LinkedListNode<(TKey Key, T Value)>> nodes = [];
        readonly LinkedList<(TKey Key, T Value)> chain = new();

        public T? Find(TKey key) => nodes.TryGetValue(key, out var node) ? node.Value.Value : null;

        public void Append(TKey key, T value) => nodes.Add(key, chain.AddLast((key, value)));

        public bool Apply(TKey key, bool isNew, T? after, TKey follows, bool isPlaced)
        {
            var isKnown = nodes.TryGetValue(key, out var node);
            if (isKnown == isNew || (isNew && (after is null || !isPlaced)))
                return false;
            if (after is null)
            {
                chain.Remove(node!);
                nodes.Remove(key);
                return true;
            }
            if (!isPlaced)
            {
                node!.Value = (key, after);
                return true;
            }
            if (node is not null)
                chain.Remove(node);
            if (EqualityComparer<TKey>.Default.Equals(follows, first))
                node = chain.AddFirst((key, after));
            else if (nodes.TryGetValue(follows, out var previous) && previous.List is not null)
                node = chain.AddAfter(previous, (key, after));
            else
                return false;
            nodes[key] = node;
            return true;
        }

        public ImmutableArray<T> InOrder()
        {
            var all = ImmutableArray.CreateBuilder<T>(chain.Count);
            foreach (var (_, value) in chain)
                all.Add(value);
            return all.MoveToImmutable();
        }
    }
}
