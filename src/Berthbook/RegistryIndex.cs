using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Berthbook;

/// <summary>
/// A whole registry in memory with its index. Immutable, built from a registry, for any number of threads; a lookup
/// reads two arrays and allocates nothing.
/// </summary>
public sealed class RegistryIndex : RegistryLookup
{
    const int Transports = 4;

    // All tables of four transports are asked at transport * 65536 + port; the transport is masked. Slots are places in
    // the distinct lists of records; they stand within this object, which saves a step. Where there are more lists than
    // 16 bits count, the wide slots are asked instead.
    readonly Slots slots;
    readonly int[]? wideSlots;
    readonly ImmutableArray<RegistryRecord>[] lists;
    readonly PortState[] listed = new PortState[Transports * PortNumber.Count];
    readonly PortState[] effective = new PortState[Transports * PortNumber.Count];
    readonly NameTable names;
    readonly Lazy<AliasTable> aliases;

    /// <summary>Indexes a registry. Cost grows with the records and with 65,536 numbers of each transport.</summary>
    public RegistryIndex(Registry registry)
    {
        Registry = registry;
        aliases = new(() => new(registry));
        names = new(registry.Records);
        var chains = new RecordChains();
        var gathered = new PortLists[Transports];
        for (var t = 0; t < Transports; t++)
            gathered[t] = new(chains);
        foreach (var record in registry.Records)
        {
            if (record.Number is { } range)
                Add(record, range, gathered);
        }
        var distinct = new List<ImmutableArray<RegistryRecord>>(registry.Records.Length);
        var places = new int[chains.Count];
        places.AsSpan().Fill(-1);
        foreach (var areLong in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (var one in gathered)
                one.Place(areLong, distinct, places);
        }
        lists = [.. distinct];
        wideSlots = lists.Length > ushort.MaxValue + 1 ? new int[Transports * PortNumber.Count] : null;
        for (var t = 0; t < Transports; t++)
        {
            var own = t * PortNumber.Count;
            if (wideSlots is null)
                gathered[t].Fill(((Span<ushort>)slots).Slice(own, PortNumber.Count), places);
            else
                gathered[t].Fill(wideSlots.AsSpan(own, PortNumber.Count), places);
        }
        SettleStates();
    }

    /// <summary>The registry this is an index of.</summary>
    public Registry Registry { get; }

    /// <inheritdoc/>
    public override RegistryHeader Header => Registry.Header;

    /// <inheritdoc/>
    public override int RecordCount => Registry.Records.Length;

    /// <inheritdoc/>
    public override IEnumerable<string> Names
    {
        get
        {
            foreach (var record in Registry.Records)
            {
                if (record.Name is { Text: var name } && ReferenceEquals(Find(name)[0], record))
                    yield return name;
            }
        }
    }

    /// <inheritdoc/>
    // Unchecked: a place is below the length of the slots by its mask, a slot below that of the lists since the index
    // was built so and never changes. A check each would be a third of a lookup.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override ImmutableArray<RegistryRecord> Find(PortNumber port, TransportProtocol transport)
    {
        unchecked
        {
            var place = (nuint)(uint)PlaceOf(port, transport);
            return wideSlots is { } wide
                ? lists[wide[(int)place]]
                : Unsafe.Add(
                    ref MemoryMarshal.GetArrayDataReference(lists),
                    (nuint)Unsafe.Add(ref Unsafe.As<Slots, ushort>(ref Unsafe.AsRef(in slots)), place)
                );
        }
    }

    /// <inheritdoc/>
    public override ImmutableArray<RegistryRecord> Find(ReadOnlySpan<char> name) => names.Find(name);

    /// <inheritdoc/>
    public override ImmutableArray<RegistryRecord> Find(ReadOnlySpan<byte> name) => names.Find(name);

    /// <inheritdoc/>
    public override PortState Listed(PortNumber port, TransportProtocol transport) =>
        listed[PlaceOf(port, transport)];

    /// <inheritdoc/>
    public override PortState Effective(PortNumber port, TransportProtocol transport) =>
        effective[PlaceOf(port, transport)];

    /// <inheritdoc/>
    public override string? PrimaryOf(ReadOnlySpan<char> name) => aliases.Value.PrimaryOf(name);

    /// <inheritdoc/>
    public override ImmutableArray<string> AliasesOf(ReadOnlySpan<char> name) =>
        aliases.Value.AliasesOf(name);

    /// <summary>Which service names stand aside for another.</summary>
    internal AliasTable Aliases => aliases.Value;

    void Add(RegistryRecord record, PortRange range, PortLists[] gathered)
    {
        var state = record.Kind().State();
        for (var t = 0; t < Transports; t++)
        {
            if (!record.SpeaksFor((TransportProtocol)t))
                continue;
            gathered[t].Add(record, range);
            if (state == PortState.Unassigned)
                continue;
            foreach (ref var known in listed.AsSpan(t * PortNumber.Count + range.First.Value, range.Count))
                known = state > known ? state : known;
        }
    }

    // Effective is what is listed, and Reserved in place of Unassigned where the number is held: assigned on
    // another transport, the edge of a range, kept for experiments (procedures P2, P3, P5, P11).
    void SettleStates()
    {
        var from = Bytes(listed);
        var to = Bytes(effective);
        var assigned = new Vector<byte>((byte)PortState.Assigned);
        var reserved = new Vector<byte>((byte)PortState.Reserved);
        for (var port = 0; port < PortNumber.FirstDynamic; port += Vector<byte>.Count)
        {
            var isHeld = Vector<byte>.Zero;
            for (var t = 0; t < Transports; t++)
                isHeld |= Vector.Equals(new(from[(t * PortNumber.Count + port)..]), assigned);
            for (var t = 0; t < Transports; t++)
            {
                var place = t * PortNumber.Count + port;
                Vector.Max(new(from[place..]), isHeld & reserved).CopyTo(to[place..]);
            }
        }
        for (var t = 0; t < Transports; t++)
        {
            var own = effective.AsSpan(t * PortNumber.Count, PortNumber.Count);
            own[PortNumber.FirstDynamic..].Fill(PortState.Dynamic);
            foreach (var port in (ReadOnlySpan<ushort>)[0, 1021, 1022, 1023, 1024, 49151])
            {
                if (own[port] == PortState.Unassigned)
                    own[port] = PortState.Reserved;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int PlaceOf(PortNumber port, TransportProtocol transport) =>
        (((int)transport & (Transports - 1)) << 16) | port.Value;

    static Span<byte> Bytes(PortState[] states) => MemoryMarshal.AsBytes(states.AsSpan());

    [InlineArray(Transports * PortNumber.Count)]
    struct Slots
    {
        ushort first;
    }
}
