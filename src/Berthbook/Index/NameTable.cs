using System.Buffers;
using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace Berthbook;

/// <summary>
/// Service names to their records, without case. Names that fold to 16 bytes stand in a table with open
/// addressing; the few others, which are kept for history, in a dictionary beside it. Finding allocates nothing.
/// </summary>
sealed class NameTable
{
    // Names stand in groups of four, which are compared at once. One that finds no place in so many groups from its
    // home goes to the others, so that names chosen to collide cost no more than a dictionary.
    internal const int Reach = 64;
    const int Group = 4;

    readonly Vector128<byte>[] keys;
    readonly ImmutableArray<RegistryRecord>[] records;
    readonly Dictionary<string, ImmutableArray<RegistryRecord>> others = new(
        StringComparer.OrdinalIgnoreCase
    );
    readonly Dictionary<string, ImmutableArray<RegistryRecord>>.AlternateLookup<
        ReadOnlySpan<char>
    > otherNames;
    readonly bool hasCrowdedOut;
    readonly int longestOther;
    readonly int shift;

    public NameTable(ImmutableArray<RegistryRecord> all)
    {
        var bits = Math.Max(
            4,
            BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)(RunsOf(all) * 3 / 2)))
        );
        shift = 64 - bits;
        keys = new Vector128<byte>[(1 << bits) + Reach];
        records = new ImmutableArray<RegistryRecord>[keys.Length];
        var chains = new RecordChains();
        var lists = new int[keys.Length];
        var otherLists = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var record in all)
        {
            if (record.Name is not { } name)
                continue;
            var place = -1;
            if (FoldedName.TryFold(name.Text, out var key))
            {
                place = PlaceFor(key);
                hasCrowdedOut |= place < 0;
            }
            ref var list = ref place >= 0
                ? ref lists[place]
                : ref CollectionsMarshal.GetValueRefOrAddDefault(otherLists, name.Text, out _);
            list = chains.Append(list, record);
        }
        for (var place = 0; place < lists.Length; place++)
            records[place] = chains.Records(lists[place]);
        foreach (var (name, list) in otherLists)
        {
            longestOther = Math.Max(longestOther, name.Length);
            others.Add(name, chains.Records(list));
        }
        otherNames = others.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The records of a name, in document order; perhaps none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ImmutableArray<RegistryRecord> Find(ReadOnlySpan<char> name)
    {
        if (!FoldedName.TryFold(name, out var key))
            return FindOther(name);
        var place = Find(key);
        return place >= 0 ? records[place]
            : hasCrowdedOut ? FindOther(name)
            : [];
    }

    /// <summary>The same for UTF-8; bytes that are no UTF-8 are no name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ImmutableArray<RegistryRecord> Find(ReadOnlySpan<byte> name)
    {
        if (!FoldedName.TryFold(name, out var key))
            return FindOther(name);
        var place = Find(key);
        return place >= 0 ? records[place]
            : hasCrowdedOut ? FindOther(name)
            : [];
    }

    /// <summary>Where a name stands at the earliest: below 2 to the power of 64 - shift; the table has Reach places more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int HomeOf(Vector128<byte> key, int shift)
    {
        var (low, high) = (key.AsUInt64()[0], key.AsUInt64()[1]);
        return unchecked((int)(((low * 0x9E3779B97F4A7C15) + high) * 0xFF51AFD7ED558CCD >> shift) & -Group);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Find(Vector128<byte> key)
    {
        var place = HomeOf(key, shift);
        var found = PlacesOf(key, place);
        return found != 0 ? place + (BitOperations.TrailingZeroCount(found) >> 1) : FindFurther(key, place);
    }

    int FindFurther(Vector128<byte> key, int home)
    {
        for (var place = home; place < home + Reach; place += Group)
        {
            if (PlacesOf(key, place) is var found and not 0)
                return place + (BitOperations.TrailingZeroCount(found) >> 1);
            if (PlacesOf(Vector128<byte>.Zero, place) != 0)
                return -1;
        }
        return -1;
    }

    // Which of a group's four places hold a key: the bits 0, 2, 4 and 6.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    uint PlacesOf(Vector128<byte> key, int place)
    {
        ref var group = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(keys), (nuint)(uint)place);
        ref var halves = ref Unsafe.As<Vector128<byte>, ulong>(ref group);
        var twice = Vector256.Create(key, key).AsUInt64();
        var equal =
            Vector256.Equals(Vector256.LoadUnsafe(ref halves), twice).ExtractMostSignificantBits()
            | (
                Vector256.Equals(Vector256.LoadUnsafe(ref halves, 4), twice).ExtractMostSignificantBits() << 4
            );
        return equal & (equal >> 1) & 0x55;
    }

    // The key's own place, which it takes here where it is new; -1 where all of them are taken.
    int PlaceFor(Vector128<byte> key)
    {
        var home = HomeOf(key, shift);
        for (var place = home; place < home + Reach; place++)
        {
            if (keys[place] == Vector128<byte>.Zero)
                keys[place] = key;
            if (keys[place] == key)
                return place;
        }
        return -1;
    }

    ImmutableArray<RegistryRecord> FindOther(ReadOnlySpan<char> name) =>
        name.Length <= longestOther && otherNames.TryGetValue(name, out var found) ? found : [];

    ImmutableArray<RegistryRecord> FindOther(ReadOnlySpan<byte> name)
    {
        // A character is at most three bytes of UTF-8.
        if (name.Length > 3L * longestOther)
            return [];
        var rented = ArrayPool<char>.Shared.Rent(name.Length);
        var isText = Utf8.ToUtf16(name, rented, out _, out var length, false) == OperationStatus.Done;
        var found = isText ? FindOther(rented.AsSpan(0, length)) : [];
        ArrayPool<char>.Shared.Return(rented);
        return found;
    }

    // About how many names there are: records of one name mostly stand together.
    static int RunsOf(ImmutableArray<RegistryRecord> all)
    {
        var runs = 0;
        var before = "";
        foreach (var record in all)
        {
            if (record.Name is not { Text: var name } || ReferenceEquals(name, before) || name == before)
                continue;
            runs++;
            before = name;
        }
        return runs;
    }
}
