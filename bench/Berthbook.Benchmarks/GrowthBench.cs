using System.Globalization;
using Berthbook.Formats;

namespace Berthbook.Benchmarks;

/// <summary>What grows with the number of records, and what does not.</summary>
static class GrowthBench
{
    public static void Run(Measured measured)
    {
        Console.WriteLine("## Growth\n");
        Console.WriteLine(
            "| records | file MB | read ms | index ms | lookup ns | page ms | memory MB | bytes a record |"
        );
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var factor in new[] { 1, 10 })
            Console.WriteLine(Row(Growth.File(Growth.Times(measured.Registry, factor))));
        Console.WriteLine();
    }

    static string Row(byte[] large)
    {
        var read = XmlFormat.Read(large).Registry!;
        var index = new RegistryIndex(read);
        var view = new TableView(read, RfcLabel.Joined);
        var search = FormatsBench.Query("8");
        var times = Rounds.Of(
            7,
            new("read", () => XmlFormat.Read(large)),
            new("index", () => _ = new RegistryIndex(read)),
            new("lookup", () => Lookups(index)),
            new("page", () => PageFormat.Write(view.Find(search)!, RegistryProfile.Iana, new()))
        );
        var memory = Growth.MemoryOf(() => new RegistryIndex(XmlFormat.Read(large).Registry!));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {read.Records.Length} | {large.Length / 1e6:f1} | {times["read"].Median:f1} | {times["index"].Median:f1} | {times["lookup"].Median:f1} | {times["page"].Median:f2} | {memory / 1e6:f1} | {memory / (double)read.Records.Length:f0} |"
        );
    }

    // A million lookups, so that milliseconds are nanoseconds each.
    static void Lookups(RegistryIndex index)
    {
        var found = 0;
        for (var i = 0; i < 1_000_000; i++)
            found += index.Find(new((ushort)(i * 40503)), (TransportProtocol)(i & 3)).Length;
        GC.KeepAlive(found);
    }
}
