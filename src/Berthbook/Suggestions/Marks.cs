using System.Numerics;

namespace Berthbook.Suggestions;

/// <summary>What is known of a port number, one bit a kind, so that all numbers are weighed in one pass.</summary>
[Flags]
enum Marks : uint
{
    None = 0,
    NotFree = 1 << 0,
    SystemPort = 1 << 1,
    ReservedElsewhere = 1 << 2,
    NotedUse = 1 << 3,
    KnownUse = 1 << 4,
    Deassigned = 1 << 5,
    InUseHere = 1 << 6,
    EphemeralHere = 1 << 7,
    EphemeralLinux = 1 << 8,
    EphemeralWindows = 1 << 9,
    EphemeralMacOS = 1 << 10,
    EphemeralFreeBsd = 1 << 11,
    EphemeralOldWindows = 1 << 12,
    NodePort = 1 << 13,
    BrowserRefused = 1 << 14,
    Neighbours = 1 << 15,
    Noted = 1 << 16,
}

/// <summary>How much everything counts. All weights of the advisor are here.</summary>
static class Weights
{
    /// <summary>What a number that cannot be had costs in an explanation.</summary>
    public const int Unavailable = -200;

    /// <summary>What weighs less is told among the reasons, but not in the verdict.</summary>
    public const int WorthSaying = -10;

    // FreeBSD's range holds most of what is free, and that of old Windows the low User Ports: they only break ties.
    static readonly Dictionary<Marks, int> Known = new()
    {
        [Marks.SystemPort] = -25,
        [Marks.ReservedElsewhere] = -2,
        [Marks.NotedUse] = -60,
        [Marks.KnownUse] = -60,
        [Marks.Deassigned] = -30,
        [Marks.InUseHere] = -100,
        [Marks.EphemeralHere] = -50,
        [Marks.EphemeralLinux] = -40,
        [Marks.EphemeralWindows] = -40,
        [Marks.EphemeralMacOS] = -40,
        [Marks.EphemeralFreeBsd] = -3,
        [Marks.EphemeralOldWindows] = -1,
        [Marks.NodePort] = -20,
        [Marks.BrowserRefused] = -30,
        [Marks.Neighbours] = -5,
        [Marks.Noted] = -10,
    };

    static readonly int[] ByBit =
    [
        .. Enumerable.Range(0, 32).Select(bit => Known.GetValueOrDefault((Marks)(1u << bit))),
    ];

    /// <summary>The weight of one mark.</summary>
    public static int Of(Marks mark) => Known[mark];

    /// <summary>The sum of the weights of marks.</summary>
    public static int Sum(Marks marks)
    {
        var sum = 0;
        for (var rest = (uint)marks; rest != 0; rest &= rest - 1)
            sum += ByBit[BitOperations.TrailingZeroCount(rest)];
        return sum;
    }

    /// <summary>What further free numbers after a block are worth.</summary>
    public static int OfRoom(int further) =>
        further switch
        {
            >= 100 => 3,
            >= 10 => 2,
            >= 1 => 1,
            _ => 0,
        };

    /// <summary>What the distance from a number asked for costs: 4 for each doubling.</summary>
    public static int OfDistance(int distance) => -4 * (32 - BitOperations.LeadingZeroCount((uint)distance));
}
