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

    /// <summary>Where each change leaves what takes it back, the last on top; null where none is to be taken back.</summary>
    public Stack<Action>? Undo { get; set; }

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
                var before = header;
                Undo?.Push(() => header = before);
                header = headerChange.After;
                return true;
            case RecordChange record:
                return records.Apply(
                    record.Id,
                    record.Before is null,
                    record.After,
                    record.Follows ?? -1,
                    record.Follows is not null,
                    Undo
                );
            case ContactChange contact:
                return contacts.Apply(
                    contact.Id,
                    contact.Before is null,
                    contact.After,
                    contact.Follows ?? "",
                    contact.Follows is not null,
                    Undo
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

        public bool Apply(TKey key, bool isNew, T? after, TKey follows, bool isPlaced, Stack<Action>? undo)
        {
            var isKnown = nodes.TryGetValue(key, out var node);
            if (isKnown == isNew || (isNew && (after is null || !isPlaced)))
                return false;
            if (undo is not null)
                undo.Push(node is null ? () => TakeOut(nodes[key]) : PutBack(node));
            if (after is null)
            {
                TakeOut(node!);
                return true;
            }
            if (!isPlaced)
            {
                node!.Value = (key, after);
                return true;
            }
            if (node is not null)
                chain.Remove(node);
            return Place(key, after, follows);
        }

        bool Place(TKey key, T thing, TKey follows)
        {
            if (EqualityComparer<TKey>.Default.Equals(follows, first))
                nodes[key] = chain.AddFirst((key, thing));
            else if (nodes.TryGetValue(follows, out var previous) && previous.List is not null)
                nodes[key] = chain.AddAfter(previous, (key, thing));
            else
                return false;
            return true;
        }

        void TakeOut(LinkedListNode<(TKey Key, T Value)> node)
        {
            nodes.Remove(node.Value.Key);
            chain.Remove(node);
        }

        Action PutBack(LinkedListNode<(TKey Key, T Value)> node)
        {
            var (key, thing) = node.Value;
            var follows = node.Previous is { } previous ? previous.Value.Key : first;
            return () =>
            {
                if (nodes.TryGetValue(key, out var now) && now.List is not null)
                    chain.Remove(now);
                Place(key, thing, follows);
            };
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
