using System.Collections.Immutable;

namespace Berthbook;

/// <summary>
/// Which records a port number or name has, as a number of 27 bits and a bit beside it: the place of a list, or the
/// number of the one record.
/// </summary>
sealed class IndexLists
{
    const int Limit = 1 << 27;

    readonly Dictionary<RegistryRecord, int> numbers = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<string, uint> places = new(StringComparer.Ordinal);

    public IndexLists(ImmutableArray<RegistryRecord> records)
    {
        for (var i = 0; i < records.Length; i++)
            numbers.TryAdd(records[i], i);
        Reference([]);
    }

    /// <summary>The section of lists, which begins with the empty one.</summary>
    public IndexOutput Section { get; } = new(null);

    /// <summary>What names a list: the number of its one record, or its place, and in the lowest bit which of the two.</summary>
    public uint Reference(ImmutableArray<RegistryRecord> records)
    {
        if (records is [var only])
            return Checked(numbers[only]) << 1;
        var list = new IndexOutput(null);
        list.Number(records.Length);
        var before = -1;
        foreach (var record in records)
        {
            list.Number(numbers[record] - before - 1);
            before = numbers[record];
        }
        var key = Convert.ToHexString(list.Bytes);
        if (!places.TryGetValue(key, out var place))
        {
            place = Checked(Section.Length);
            places.Add(key, place);
            Section.Append(list);
        }
        return (place << 1) | 1;
    }

    /// <summary>The numbers of the records of a list, ascending.</summary>
    public static int[] Read(IndexContent content, uint reference)
    {
        if ((reference & 1) == 0)
            return [(int)(reference >> 1)];
        var input = content.Open(IndexSection.Lists, reference >> 1);
        var numbers = new int[input.Count()];
        var before = -1;
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = before = input.Number(content.RecordCount - before - 2, "the records") + before + 1;
        return numbers;
    }

    static uint Checked(int number) =>
        number < Limit
            ? (uint)number
            : throw new InvalidOperationException("The registry is too large for an index file");
}
