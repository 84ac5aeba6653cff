using System.Buffers;
using System.Text;

namespace Berthbook;

/// <summary>
/// All the text of the records that a search looks into, as one string: every cell but the two dates, white space
/// folded. Folded text holds no line feed, so a line feed between cells keeps a hit within one.
/// </summary>
/// <remarks>
/// Two bytes a character, 1.7 MB for IANA's registry. A search reads it once from end to end, so its time
/// grows with the text and with the hits, not with the square of anything.
/// </remarks>
sealed class SearchText
{
    const char Separator = '\n';
    const int Assignee = 5;
    const int Registered = 7;
    const int Modified = 8;

    readonly string text;
    readonly int[] ends; // where the text of each record ends

    public SearchText(Registry registry, RfcLabel style)
    {
        var builder = new StringBuilder();
        ends = new int[registry.Records.Length];
        for (var row = 0; row < ends.Length; row++)
        {
            Append(builder, registry.Records[row], style);
            ends[row] = builder.Length;
        }
        text = builder.ToString();
    }

    /// <summary>The rows that contain a folded text, ascending; ordinal, without case.</summary>
    public int[] Find(string needle)
    {
        var values = SearchValues.Create([needle], StringComparison.OrdinalIgnoreCase);
        var rows = ArrayPool<int>.Shared.Rent(ends.Length);
        var count = 0;
        var row = 0;
        var from = 0;
        while (from < text.Length)
        {
            var hit = text.AsSpan(from).IndexOfAny(values);
            if (hit < 0)
                break;
            while (ends[row] <= from + hit)
                row++;
            rows[count++] = row;
            from = ends[row];
        }
        var found = rows.AsSpan(0, count).ToArray();
        ArrayPool<int>.Shared.Return(rows);
        return found;
    }

    static void Append(StringBuilder builder, RegistryRecord record, RfcLabel style)
    {
        for (var column = 1; column <= RegistryRecord.Columns.Length; column++)
        {
            // Nine of ten records have no assignee of their own, and the contact's cell twice finds nothing more.
            if (column is Registered or Modified || (column == Assignee && record.Assignee.IsDefault))
                continue;
            var cell = record.Cell(column, style);
            if (cell.Length > 0)
                builder.Append(Cells.Fold(cell)).Append(Separator);
        }
    }
}
