namespace Berthbook.Formats;

/// <summary>
/// IANA's XML of the registry, both directions, to the byte (formats.md 2 and 3). Reading is strict: a file with a
/// fault is refused whole with every fault's place. Writing is a pure function of the registry.
/// </summary>
/// <remarks>
/// The reader is our own: it works on UTF-8 without copying, knows neither document types nor entities, and
/// bounds depth, element size and memory (docs/decisions). Cost of both grows with the size of the file.
/// </remarks>
public static class XmlFormat
{
    /// <summary>Reads a file that is in memory.</summary>
    public static ReadResult Read(ReadOnlyMemory<byte> file)
    {
        var faults = new ProblemList();
        return Read(new XmlScanner(file, faults), faults, true).Result;
    }

    /// <summary>
    /// Reads a stream. One that unpacks to more than 32 MiB is first checked without being kept and then read
    /// again, which takes a stream that can seek.
    /// </summary>
    public static ReadResult Read(Stream stream, ReadLimits limits)
    {
        var start = stream.CanSeek ? stream.Position : 0;
        var faults = new ProblemList();
        var (result, isOnlyChecked) = Read(new XmlScanner(stream, limits.MaxBytes, faults), faults, false);
        if (!isOnlyChecked || faults.Count > 0)
            return result;
        if (!stream.CanSeek)
        {
            faults.Add(
                new(0, 0, "", $"more than {ReadLimits.KeptBytes:N0} bytes can only be read from a file")
            );
            return new() { Faults = faults.Listed, FaultCount = faults.Count };
        }
        stream.Position = start;
        return Read(new XmlScanner(stream, limits.MaxBytes, faults), faults, true).Result;
    }

    /// <summary>The registry as IANA writes it.</summary>
    public static byte[] Write(Registry registry) => Written(registry).Take();

    /// <summary>Writes the registry to a stream, without a copy of it in memory.</summary>
    public static void Write(Registry registry, Stream stream) => Written(registry).MoveTo(stream);

    static Utf8Output Written(Registry registry)
    {
        var output = new Utf8Output(4 << 20);
        XmlWriting.Write(output, registry);
        return output;
    }

    static (ReadResult Result, bool IsOnlyChecked) Read(XmlScanner scanner, ProblemList faults, bool keepsAll)
    {
        var keeping = new XmlKeeping(scanner, keepsAll);
        var registry = new XmlReading(scanner, faults, keeping).Read();
        var warnings = new ProblemList();
        if (registry is not null)
            Oddities.Note(registry, i => keeping.RecordLines[i], i => keeping.ContactLines[i], warnings);
        var result = new ReadResult
        {
            Registry = registry,
            Faults = faults.Listed,
            FaultCount = faults.Count,
            Warnings = warnings.Listed,
            WarningCount = warnings.Count,
        };
        return (result, keeping.IsOnlyChecked);
    }
}
