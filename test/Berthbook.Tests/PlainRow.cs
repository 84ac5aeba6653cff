using System.Text;

namespace Berthbook;

/// <summary>A row of IANA's CSV as text, read without any of our readers.</summary>
/// <param name="Cells">Its twelve cells.</param>
sealed record PlainRow(string[] Cells)
{
    public string Name => Cells[0];

    public string Transport => Cells[2];

    public (int First, int Last)? Numbers { get; } = NumbersOf(Cells[1]);

    /// <summary>What the row says of its numbers (formats.md 6), as far as this file's words go.</summary>
    public PortState State
    {
        get
        {
            var (words, note) = (Cells[3].Trim(), Cells[11]);
            if (Starts(words, "de-registered", "de-commissioned", "removed", "decomissioned", "deprecated"))
                return PortState.Reserved;
            if (Name.Length > 0)
                return note.Contains("unassigned but widespread use", StringComparison.Ordinal)
                    ? PortState.Unassigned
                    : PortState.Assigned;
            return Starts(words, "unassigned", "(unassigned") ? PortState.Unassigned
                : Starts(words, "reserved") ? PortState.Reserved
                : PortState.Assigned;
        }
    }

    /// <summary>A row without a transport speaks for TCP and UDP, and where it assigns nothing for all four.</summary>
    public bool SpeaksFor(TransportProtocol transport) =>
        Transport.Length > 0
            ? Transport == transport.Name()
            : transport is TransportProtocol.Tcp or TransportProtocol.Udp || State != PortState.Assigned;

    /// <summary>The rows of a CSV file without its heading.</summary>
    public static List<PlainRow> Read(byte[] csv)
    {
        var rows = new List<PlainRow>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        var text = Encoding.UTF8.GetString(csv).Replace("\"\"", "\u0001", StringComparison.Ordinal);
        foreach (var c in text[(text.IndexOf('\n') + 1)..])
        {
            if (c == '"')
                isQuoted = !isQuoted;
            else if (c == ',' && !isQuoted)
                Next();
            else if (c == '\n' && !isQuoted)
            {
                Next();
                rows.Add(new([.. cells]));
                cells.Clear();
            }
            else if (c != '\r' || isQuoted)
                cell.Append(c == '\u0001' ? '"' : c);
        }
        return rows;

        void Next()
        {
            cells.Add(cell.ToString());
            cell.Clear();
        }
    }

    static (int, int)? NumbersOf(string text)
    {
        var parts = text.Split('-');
        return text.Length == 0 ? null : (int.Parse(parts[0], null), int.Parse(parts[^1], null));
    }

    static bool Starts(string words, params ReadOnlySpan<string> beginnings)
    {
        foreach (var beginning in beginnings)
        {
            if (words.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
