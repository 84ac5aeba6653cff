using System.Collections.Immutable;

namespace Berthbook.Formats;

/// <summary>
/// IANA's CSV of the registry, both directions (formats.md 1, era C). It holds the published table: twelve columns a
/// record, without header and contacts.
/// </summary>
public static class CsvFormat
{
    /// <summary>The title of a registry that was read from a table alone.</summary>
    const string Title = "Service Name and Transport Protocol Port Number Registry";

    /// <summary>
    /// Reads a table. A row equal to a record of the basis, cell by cell, is that record; header and contacts are the
    /// basis's. Any other row becomes a new record, its references typed by their labels and no assignee recorded where
    /// it equals the contact. Without a basis there are no contacts, and the latest day in the table is when it was
    /// last updated.
    /// </summary>
    /// <param name="stream">UTF-8. Past 32 MiB it is first checked without being kept and then read again, which takes a stream that can seek.</param>
    /// <param name="basis">The registry that the table changes, or null.</param>
    /// <param name="limits">How much is taken before the file is refused.</param>
    public static ReadResult Read(Stream stream, Registry? basis, ReadLimits limits) =>
        LargeFile.Read(
            stream,
            (faults, keepsAll) =>
            {
                var rows = new CsvRows(stream, limits.MaxBytes, faults);
                var reading = new CsvReading(rows, basis is null ? null : new(basis), faults);
                if (reading.Read(keepsAll) is not { } records)
                    return null;
                var registry = new Registry(
                    basis?.Header ?? NewHeader(records),
                    records,
                    basis?.Contacts ?? []
                );
                return LargeFile.Accept(registry, i => reading.Lines[i], _ => 0, inTable: true);
            }
        );

    /// <summary>The registry as IANA writes it, to the byte, with the labels of RFCs written as asked for.</summary>
    public static byte[] Write(Registry registry, RfcLabel style = RfcLabel.Joined) =>
        Written(registry, style).Take();

    /// <summary>Writes the registry to a stream, without a copy of it in memory.</summary>
    public static void Write(Registry registry, Stream stream, RfcLabel style = RfcLabel.Joined) =>
        Written(registry, style).MoveTo(stream);

    static Utf8Output Written(Registry registry, RfcLabel style)
    {
        // IANA's records take 79 bytes on average.
        var output = new Utf8Output(96 * (registry.Records.Length + 8));
        CsvWriting.Write(output, registry, style);
        return output;
    }

    // The XML must say when the registry was last updated, the table does not: at least on its latest day.
    static RegistryHeader NewHeader(ImmutableArray<RegistryRecord> records)
    {
        var header = new RegistryHeader
        {
            Id = "service-names-port-numbers",
            Parts = [new(HeaderPartKind.Title, new(Title))],
        };
        var days = records
            .SelectMany(record => new[] { record.Registered, record.Modified })
            .Where(date => date?.Day is not null);
        return days.Max() is { } latest ? header.WithUpdated(latest) : header;
    }
}
