using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Berthbook.Formats;

/// <summary>
/// Splits a stream of CSV into rows and cells. One row is in memory at a time, at most
/// <see cref="ReadLimits.MaxElementBytes"/> of it; a row ends with a line feed or with a carriage return and line feed.
/// </summary>
/// <remarks>
/// What breaks the form of one row leaves the next one readable. What hides where the row ends (an open quote, a row
/// too long) ends the reading.
/// </remarks>
sealed class CsvRows(Stream source, long maxBytes, ProblemList faults)
{
    const int FirstWindow = 64 << 10;

    // The row and its line end.
    const int LargestWindow = ReadLimits.MaxElementBytes + 2;

    // XML has none of them, so the registry has none.
    static readonly SearchValues<byte> Controls = SearchValues.Create([
        .. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\n')).Select(c => (byte)c),
    ]);

    readonly record struct Cell(int Start, int Length, bool HasDoubledQuotes);

    readonly List<Cell> cells = new(16);
    byte[] window = new byte[FirstWindow];
    byte[] unquoted = [];
    int start;
    int length;
    int next;
    int end;
    bool isLast;
    bool hasBegun;
    bool isOpen;
    int linesOfRow;

    /// <summary>How many bytes were taken from the stream so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The line on which the row begins, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>How many cells the row has; no more than <see cref="ReadLimits.MaxColumns"/> are told apart.</summary>
    public int Count => cells.Count;

    /// <summary>Whether the row keeps the form of CSV and is text.</summary>
    public bool IsSound { get; private set; }

    /// <summary>Whether a cell of the row is quoted.</summary>
    public bool HasQuotes { get; private set; }

    /// <summary>The bytes of the row without its line end.</summary>
    public ReadOnlySpan<byte> Row => window.AsSpan(start, length);

    /// <summary>Moves to the next row; false at the end, or where the rest cannot be split into rows.</summary>
    public bool Next()
    {
        if (!hasBegun && !Begin())
            return false;
        Line += linesOfRow;
        start = next;
        while (true)
        {
            var stop = FindEnd();
            if (stop >= 0)
            {
                next = stop + 1;
                length = stop - start;
                if (length > 0 && window[stop - 1] == '\r')
                    length--;
                break;
            }
            if (isLast)
            {
                next = end;
                length = end - start;
                break;
            }
            if (end - start >= LargestWindow)
            {
                length = end - start;
                FailTooLong();
                return false;
            }
            if (!Fill())
                return false;
        }
        linesOfRow = window.AsSpan(start, next - start).Count((byte)'\n');
        if (next == start)
            return false;
        Split();
        return true;
    }

    /// <summary>The content of a cell as UTF-8, quotes undone; valid until the next call. Cells count from 0.</summary>
    public ReadOnlySpan<byte> this[int cell]
    {
        get
        {
            var content = Raw(cell);
            return cells[cell].HasDoubledQuotes ? Undouble(content) : content;
        }
    }

    /// <summary>Whether two cells say the same.</summary>
    public bool AreEqual(int cell, int other) => Raw(cell).SequenceEqual(Raw(other));

    /// <summary>Notes a fault at the beginning of a cell's content, or behind the last cell.</summary>
    public void Fault(int cell, string field, string message) =>
        FaultAt(cell < cells.Count ? cells[cell].Start : length, field, message);

    bool Begin()
    {
        hasBegun = true;
        if (!Fill())
            return false;
        var file = window.AsSpan(0, end);
        if (file.StartsWith("\uFEFF"u8))
            start = next = 3;
        else if (file is [0xFE or 0xFF, ..])
        {
            faults.Add(new(1, 1, "", "the file is UTF-16; the registry's files are UTF-8"));
            return false;
        }
        return true;
    }

    // The line feed that ends the row, or -1 where the window does not hold it. A quote opens only at the
    // beginning of a cell.
    int FindEnd()
    {
        var i = start;
        while (true)
        {
            var found = window.AsSpan(i, end - i).IndexOfAny((byte)'"', (byte)'\n');
            if (found < 0)
                return -1;
            i += found;
            if (window[i] == '\n')
                return i;
            if (i > start && window[i - 1] != ',')
            {
                i++;
                continue;
            }
            do
            {
                found = window.AsSpan(i + 1, end - i - 1).IndexOf((byte)'"');
                if (found < 0)
                    return -1;
                i += found + 2;
            } while (i < end && window[i] == '"');
        }
    }

    void Split()
    {
        cells.Clear();
        IsSound = true;
        HasQuotes = isOpen = false;
        var row = Row;
        for (var i = 0; cells.Count <= ReadLimits.MaxColumns; i++)
        {
            if (i < row.Length && row[i] == '"')
                i = SplitQuoted(row, i);
            else
            {
                var size = row[i..].IndexOf((byte)',');
                size = size < 0 ? row.Length - i : size;
                cells.Add(new(i, size, false));
                var quote = row.Slice(i, size).IndexOf((byte)'"');
                if (quote >= 0)
                    Unsound(
                        i + quote,
                        "a quote inside a cell that is not quoted; quote the cell and double the quote"
                    );
                i += size;
            }
            if (i >= row.Length)
                break;
        }
        if (!isOpen)
            CheckText(row);
    }

    int SplitQuoted(ReadOnlySpan<byte> row, int open)
    {
        HasQuotes = true;
        var hasDoubled = false;
        var i = open + 1;
        while (true)
        {
            var quote = row[i..].IndexOf((byte)'"');
            if (quote < 0)
            {
                Unsound(open, "the quote that opens here is never closed");
                isOpen = true;
                cells.Add(new(open + 1, row.Length - open - 1, hasDoubled));
                return row.Length;
            }
            i += quote + 1;
            if (i == row.Length || row[i] != '"')
                break;
            hasDoubled = true;
            i++;
        }
        cells.Add(new(open + 1, i - open - 2, hasDoubled));
        if (i == row.Length || row[i] == ',')
            return i;
        Unsound(i, "text after the closing quote; a quote inside a quoted cell is doubled");
        var comma = row[i..].IndexOf((byte)',');
        return comma < 0 ? row.Length : i + comma;
    }

    void CheckText(ReadOnlySpan<byte> row)
    {
        var control = row.IndexOfAny(Controls);
        if (control >= 0)
            Unsound(control, WordsFor(row[control]));
        if (Ascii.IsValid(row))
            return;
        if (!Utf8.IsValid(row))
            Unsound(faults.IsFull ? 0 : ValidLength(row), "the bytes here are not UTF-8");
        else if (row.IndexOf("\uFFFE"u8) is >= 0 and var swapped)
            Unsound(swapped, "U+FFFE is not a character");
        else if (row.IndexOf("\uFFFF"u8) is >= 0 and var none)
            Unsound(none, "U+FFFF is not a character");
    }

    static string WordsFor(byte control) =>
        control == '\r'
            ? "a carriage return inside a row; the registry's texts have line feeds alone"
            : $"the control character U+{control:X4} has no place in the registry";

    void FailTooLong()
    {
        Split();
        if (IsSound)
            Unsound(0, $"the row is longer than {ReadLimits.MaxElementBytes:N0} bytes");
    }

    bool Fill()
    {
        if (start > 0)
        {
            Buffer.BlockCopy(window, start, window, 0, end - start);
            (next, end, start) = (next - start, end - start, 0);
        }
        else if (end == window.Length)
            Array.Resize(ref window, Math.Min(window.Length * 2, LargestWindow));
        var read = source.ReadAtLeast(window.AsSpan(end), window.Length - end, throwOnEndOfStream: false);
        end += read;
        isLast = end < window.Length;
        BytesRead += read;
        if (BytesRead <= maxBytes)
            return true;
        faults.Add(new(Line, 1, "", $"the file is larger than {maxBytes:N0} bytes"));
        return false;
    }

    ReadOnlySpan<byte> Raw(int cell) => window.AsSpan(start + cells[cell].Start, cells[cell].Length);

    ReadOnlySpan<byte> Undouble(ReadOnlySpan<byte> content)
    {
        if (unquoted.Length < content.Length)
            unquoted = new byte[Math.Max(content.Length, 1024)];
        var size = 0;
        while (content.IndexOf((byte)'"') is >= 0 and var quote)
        {
            content[..(quote + 1)].CopyTo(unquoted.AsSpan(size));
            size += quote + 1;
            content = content[(quote + 2)..];
        }
        content.CopyTo(unquoted.AsSpan(size));
        return unquoted.AsSpan(0, size + content.Length);
    }

    void Unsound(int offset, string message)
    {
        IsSound = false;
        FaultAt(offset, "", message);
    }

    void FaultAt(int offset, string field, string message)
    {
        if (faults.IsFull)
        {
            faults.AddUnlisted();
            return;
        }
        var before = window.AsSpan(start, offset);
        var column = 1;
        foreach (var b in before[(before.LastIndexOf((byte)'\n') + 1)..])
            column += (b & 0xC0) == 0x80 ? 0 : 1;
        faults.Add(new(Line + before.Count((byte)'\n'), column, field, message));
    }

    static int ValidLength(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (Rune.DecodeFromUtf8(text[length..], out _, out var used) == OperationStatus.Done && used > 0)
            length += used;
        return length;
    }
}
