using System.Collections.Immutable;
using System.Numerics;

namespace Berthbook;

/// <summary>
/// Port numbers of an index file in pages of 256: a bit for each number says whether a run of numbers alike begins
/// there, and each run has its records and its states. Equal pages stand once.
/// </summary>
static class IndexPorts
{
    public const int PageSize = 256;
    const int BitsLength = PageSize / 8;

    /// <summary>One run of numbers: listed and effective state in two bits each, above them what names its records.</summary>
    public readonly record struct Run(uint Packed)
    {
        public Run(PortState listed, PortState effective, uint records)
            : this((uint)listed | ((uint)effective << 2) | (records << 4)) { }

        public PortState Listed => (PortState)(Packed & 3);

        public PortState Effective => (PortState)((Packed >> 2) & 3);

        public uint Records => Packed >> 4;
    }

    public static Run Find(IndexContent content, PortNumber port, TransportProtocol transport)
    {
        var page = (((int)transport & 3) * PortNumber.Count + port.Value) / PageSize;
        var place = content.Open(IndexSection.PortDirectory, 4 * page).UInt32();
        var bits = content.Open(IndexSection.PortPages, place);
        var runs = 0;
        for (var last = port.Value % PageSize; last >= 0; last -= 32)
            runs += BitOperations.PopCount(bits.UInt32() & (uint.MaxValue >> (31 - Math.Min(last, 31))));
        return runs == 0
            ? throw CheckedBlocks.Malformed("a page of port numbers has no beginning")
            : new(content.Open(IndexSection.PortPages, place + BitsLength + 4L * (runs - 1)).UInt32());
    }

    public static void Write(RegistryIndex index, IndexLists lists, IndexOutput directory, IndexOutput pages)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var transport in TransportProtocols.All)
        {
            for (var first = 0; first < PortNumber.Count; first += PageSize)
            {
                var page = Page(index, lists, transport, first);
                var key = Convert.ToHexString(page.Bytes);
                if (!places.TryGetValue(key, out var place))
                {
                    place = pages.Length;
                    places.Add(key, place);
                    pages.Append(page);
                }
                directory.UInt32((uint)place);
            }
        }
    }

    static IndexOutput Page(RegistryIndex index, IndexLists lists, TransportProtocol transport, int first)
    {
        var bits = new byte[BitsLength];
        var runs = new List<Run>();
        var before = default(ImmutableArray<RegistryRecord>);
        for (var i = 0; i < PageSize; i++)
        {
            var port = new PortNumber((ushort)(first + i));
            var records = index.Find(port, transport);
            var (listed, effective) = (index.Listed(port, transport), index.Effective(port, transport));
            if (
                runs is [.., var last]
                && records == before
                && last.Listed == listed
                && last.Effective == effective
            )
                continue;
            before = records;
            runs.Add(new(listed, effective, lists.Reference(records)));
            bits[i / 8] |= (byte)(1 << (i % 8));
        }
        var page = new IndexOutput(null);
        foreach (var one in bits)
            page.Byte(one);
        foreach (var run in runs)
            page.UInt32(run.Packed);
        return page;
    }
}
