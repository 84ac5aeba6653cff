namespace Berthbook.Formats;

/// <summary>IANA's CSV of the registry.</summary>
public static class CsvFormat
{
    /// <summary>Reads a stream.</summary>
    public static ReadResult Read(Stream stream, Registry? basis, ReadLimits limits) =>
        throw new NotSupportedException();
}
