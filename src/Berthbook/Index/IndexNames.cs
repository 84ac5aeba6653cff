namespace Berthbook;

/// <summary>
/// Names of an index file in buckets by their hash: where each bucket begins, then for each name sixteen bits more of
/// its hash and a number that names what it is the name of.
/// </summary>
static class IndexNames
{
    const int EntryLength = 6;
    const int NamesPerBucket = 8;

    /// <summary>The number behind a name that is asked for without case; null where there is none.</summary>
    public static uint? Find(
        IndexContent content,
        IndexSection starts,
        IndexSection entries,
        ReadOnlySpan<char> name,
        Func<uint, string> nameOf
    )
    {
        var buckets = content.LengthOf(starts) / 4 - 1;
        if (buckets < 1)
            throw CheckedBlocks.Malformed("names have no buckets");
        var hash = Hash(name);
        var input = content.Open(starts, 4L * (hash % (uint)buckets));
        var (first, end) = (input.UInt32(), input.UInt32());
        var bucket = content.Open(entries, (long)EntryLength * first);
        for (var i = first; i < end; i++)
        {
            var isLike = bucket.UInt16() == hash >> 16;
            var number = bucket.UInt32();
            if (isLike && name.Equals(nameOf(number), StringComparison.OrdinalIgnoreCase))
                return number;
        }
        return null;
    }

    public static void Write(
        IEnumerable<(string Name, uint Number)> names,
        IndexOutput starts,
        IndexOutput entries
    )
    {
        var hashed = names.Select(name => (Hash: Hash(name.Name), name.Number)).ToList();
        var buckets = (uint)Math.Max(1, hashed.Count / NamesPerBucket);
        var count = 0u;
        starts.UInt32(0);
        var byBucket = hashed.ToLookup(name => name.Hash % buckets);
        for (var bucket = 0u; bucket < buckets; bucket++)
        {
            foreach (var (hash, number) in byBucket[bucket])
            {
                entries.UInt16((ushort)(hash >> 16));
                entries.UInt32(number);
                count++;
            }
            starts.UInt32(count);
        }
    }

    // Names that are equal without case have one hash: ASCII letters count as small, other letters not at all.
    static uint Hash(ReadOnlySpan<char> name)
    {
        var hash = 2166136261u;
        foreach (var c in name)
            hash = unchecked((hash ^ (char.IsAscii(c) ? char.ToLowerInvariant(c) : '\0')) * 16777619);
        // The low bits choose the bucket and the high ones are compared, so each must depend on all of the name.
        hash ^= hash >> 15;
        hash = unchecked(hash * 0x2C1B3C6D);
        return hash ^ (hash >> 13);
    }
}
