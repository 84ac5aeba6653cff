namespace Berthbook.Formats;

/// <summary>
/// Finds the record of a registry that a row of the table shows, so that what the table leaves out (running text,
/// types of references, the form in the XML) is kept. Each record is taken once, equal ones in their order.
/// </summary>
sealed class CsvBasis(Registry registry)
{
    readonly bool[] taken = new bool[registry.Records.Length];
    readonly Lazy<Table> joined = new(() => new(registry, RfcLabel.Joined));
    readonly Lazy<Table> spaced = new(() => new(registry, RfcLabel.Spaced));
    readonly Utf8Output canonical = new(1024);

    /// <summary>The registry whose records are taken.</summary>
    public Registry Registry { get; } = registry;

    /// <summary>Takes the record whose twelve cells are those of the row, or null.</summary>
    public RegistryRecord? Take(CsvRows rows)
    {
        var row = rows.Row;
        var index = Find(row);
        if (index < 0 && rows.HasQuotes)
        {
            row = Canonical(rows);
            index = Find(row);
        }
        if (index < 0)
            return null;
        taken[index] = true;
        return Registry.Records[index];
    }

    int Find(ReadOnlySpan<byte> row)
    {
        var index = joined.Value.Find(row, taken);
        // The table may have been written with the page's labels.
        return index < 0 && row.IndexOf("[RFC "u8) >= 0 ? spaced.Value.Find(row, taken) : index;
    }

    // The row quoted as we quote it.
    ReadOnlySpan<byte> Canonical(CsvRows rows)
    {
        canonical.Truncate(0);
        for (var i = 0; i < rows.Count; i++)
        {
            if (i > 0)
                canonical.Add((byte)',');
            CsvWriting.WriteCell(canonical, System.Text.Encoding.UTF8.GetString(rows[i]));
        }
        return canonical.Written;
    }

    /// <summary>The rows of the registry, found by their bytes.</summary>
    sealed class Table
    {
        readonly Utf8Output output;
        readonly Dictionary<Range, int> first;
        readonly int[] next;

        public Table(Registry registry, RfcLabel style)
        {
            var records = registry.Records;
            output = new(96 * (records.Length + 1));
            next = new int[records.Length];
            var rows = new Range[records.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                var start = output.Length;
                CsvWriting.Write(output, records[i], style);
                rows[i] = new(start, output.Length - "\r\n".Length);
            }
            first = new(rows.Length, new SameBytes(output));
            // From the last to the first, so that each finds the next one that is equal.
            for (var i = rows.Length - 1; i >= 0; i--)
            {
                next[i] = first.GetValueOrDefault(rows[i], -1);
                first[rows[i]] = i;
            }
        }

        public int Find(ReadOnlySpan<byte> row, bool[] taken)
        {
            if (!first.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(row, out var index))
                return -1;
            while (index >= 0 && taken[index])
                index = next[index];
            return index;
        }
    }

    /// <summary>Compares parts of the output by their bytes.</summary>
    sealed class SameBytes(Utf8Output output)
        : IEqualityComparer<Range>,
            IAlternateEqualityComparer<ReadOnlySpan<byte>, Range>
    {
        public bool Equals(Range some, Range other) =>
            output.Written[some].SequenceEqual(output.Written[other]);

        public bool Equals(ReadOnlySpan<byte> row, Range other) => row.SequenceEqual(output.Written[other]);

        public int GetHashCode(Range range) => GetHashCode(output.Written[range]);

        public int GetHashCode(ReadOnlySpan<byte> row)
        {
            var hash = new HashCode();
            hash.AddBytes(row);
            return hash.ToHashCode();
        }

        public Range Create(ReadOnlySpan<byte> row) => throw new NotSupportedException();
    }
}
