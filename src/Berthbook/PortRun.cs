using System.Collections.Immutable;

namespace Berthbook;

/// <summary>Port numbers side by side that the same records speak for on every transport protocol.</summary>
/// <param name="First">The first number.</param>
/// <param name="Last">The last number.</param>
public sealed record PortRun(PortNumber First, PortNumber Last)
{
    /// <summary>Whether it is one number.</summary>
    public bool IsSingle => First == Last;

    /// <summary>The runs from a number upwards, the first of which begins at that number.</summary>
    public static IEnumerable<PortRun> From(RegistryLookup index, PortNumber first)
    {
        for (int start = first.Value; start < PortNumber.Count; )
        {
            var end = start;
            while (end + 1 < PortNumber.Count && IsSame(index, start, end + 1))
                end++;
            yield return new(new((ushort)start), new((ushort)end));
            start = end + 1;
        }
    }

    /// <summary>The number from which <paramref name="count"/> runs end just below <paramref name="port"/>.</summary>
    public static PortNumber StartOfBefore(RegistryLookup index, PortNumber port, int count)
    {
        int start = port.Value;
        for (; count > 0 && start > 0; count--)
        {
            var end = --start;
            while (start > 0 && IsSame(index, end, start - 1))
                start--;
        }
        return new((ushort)start);
    }

    /// <summary>The distinct descriptions of the records that count on any transport protocol.</summary>
    public string Description(RegistryLookup index)
    {
        var records = TransportProtocols
            .All.SelectMany(transport => index.Find(First, transport))
            .Where(record => record.Name is not null || record.Kind() == RecordKind.Nameless)
            .Select(record => record.Summary)
            .Where(words => words.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase);
        return string.Join("; ", records);
    }

    static bool IsSame(RegistryLookup index, int one, int other)
    {
        var (a, b) = (new PortNumber((ushort)one), new PortNumber((ushort)other));
        foreach (var transport in TransportProtocols.All)
        {
            if (
                index.Effective(a, transport) != index.Effective(b, transport)
                || !Same(index.Find(a, transport), index.Find(b, transport))
            )
                return false;
        }
        return true;
    }

    // Numbers with the same records share one list (RegistryIndex), but need not.
    static bool Same(ImmutableArray<RegistryRecord> one, ImmutableArray<RegistryRecord> other)
    {
        if (one == other)
            return true;
        if (one.Length != other.Length)
            return false;
        for (var i = 0; i < one.Length; i++)
        {
            if (!ReferenceEquals(one[i], other[i]))
                return false;
        }
        return true;
    }
}
