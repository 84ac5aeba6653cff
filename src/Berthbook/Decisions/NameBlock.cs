using System.Collections.Immutable;

namespace Berthbook.Decisions;

/// <summary>
/// The names without a number that stand in alphabetical order, ignoring case, with some slips: the last records of the
/// document. IANA's file has a block of old protocol names before them (formats.md 2.3).
/// </summary>
/// <param name="First">The place of the first of them, from 0.</param>
/// <param name="Highest">At each place from there, the highest name so far.</param>
sealed record NameBlock(int First, ImmutableArray<string> Highest)
{
    public static NameBlock Of(ImmutableArray<RegistryRecord> records)
    {
        var first = records.Length;
        while (first > 0 && records[first - 1] is { Number: null, Name: not null })
            first--;
        first = SecondOf(records, first);
        var highest = ImmutableArray.CreateBuilder<string>(records.Length - first);
        for (var i = first; i < records.Length; i++)
        {
            var name = NameAt(records, i);
            highest.Add(highest.Count > 0 && Compare(highest[^1], name) > 0 ? highest[^1] : name);
        }
        return new(first, highest.MoveToImmutable());
    }

    /// <summary>The place of the first larger name; the end of the document where there is none.</summary>
    public int FirstAbove(string name)
    {
        var (low, high) = (0, Highest.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Compare(Highest[middle], name) > 0)
                high = middle;
            else
                low = middle + 1;
        }
        return First + low;
    }

    // The alphabet begins anew after the last name that is the largest so far and is followed by the smallest of all.
    static int SecondOf(ImmutableArray<RegistryRecord> records, int first)
    {
        var smallestAfter = new string[records.Length - first];
        for (var i = records.Length - 1; i >= first; i--)
        {
            var name = NameAt(records, i);
            smallestAfter[i - first] =
                i + 1 < records.Length && Compare(smallestAfter[i + 1 - first], name) < 0
                    ? smallestAfter[i + 1 - first]
                    : name;
        }
        var found = first;
        string? largest = null;
        string? smallest = null;
        for (var i = first; i + 1 < records.Length; i++)
        {
            var (name, after) = (NameAt(records, i), NameAt(records, i + 1));
            if (largest is null || Compare(name, largest) >= 0)
            {
                largest = name;
                if (Compare(after, smallest ?? name) < 0 && Compare(after, smallestAfter[i + 1 - first]) == 0)
                    found = i + 1;
            }
            if (smallest is null || Compare(name, smallest) < 0)
                smallest = name;
        }
        return found;
    }

    static string NameAt(ImmutableArray<RegistryRecord> records, int place) =>
        records[place].Name!.Value.Text;

    static int Compare(string one, string other) =>
        string.Compare(one, other, StringComparison.OrdinalIgnoreCase);
}
