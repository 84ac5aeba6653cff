namespace Berthbook.Formats;

/// <summary>What a file is as bytes: its size unpacked, and its SHA-256 in lower-case hexadecimal.</summary>
public readonly record struct FileFacts(long Size, string Sha256);

/// <summary>
/// A file of the registry in any form we read: IANA's XML or CSV, our JSON, or a services file, told apart by content,
/// packed with gzip or not.
/// </summary>
public static class RegistryFile
{
    /// <summary>
    /// Reads a file. Faults of the file are in the result; only the disk throws.
    /// </summary>
    /// <param name="file">The file, at its start. Past 32 MiB unpacked it must be able to seek.</param>
    /// <param name="basis">The registry a CSV file changes: it keeps header, contacts and unchanged rows.</param>
    /// <param name="limits">How much is taken before the file is refused.</param>
    /// <param name="facts">Size and hash of what was read, of the whole file where it was accepted.</param>
    /// <param name="name">What the file is called, for the title of a services file; perhaps empty.</param>
    public static ReadResult Read(
        Stream file,
        Registry? basis,
        ReadLimits limits,
        out FileFacts facts,
        string name = ""
    )
    {
        facts = default;
        using var unpacked = new UnpackedStream(file);
        try
        {
            var head = unpacked.Head();
            if (head.IsEmpty)
                return Refusal("the file is empty");
            var text = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
            text = text.TrimStart(" \t\r\n"u8);
            ReadResult result;
            if (!text.IsEmpty && text[0] == '<')
                result = XmlFormat.Read(unpacked, limits);
            else if (!text.IsEmpty && text[0] == '{')
                result = JsonFormat.Read(unpacked, limits);
            else if (head[0] is 0xFE or 0xFF)
                return Refusal("the file is UTF-16; the registry's files are UTF-8");
            else if (ServicesReading.IsServices(text))
                result = ServicesFormat.Read(unpacked, name, limits).Result;
            else if (!text.IsEmpty && text[0] is >= 32 and < 127)
                result = CsvFormat.Read(unpacked, basis, limits);
            else
                return Refusal("the file is neither XML, CSV or JSON of a registry nor a services file");
            facts = unpacked.Facts();
            return result;
        }
        catch (InvalidDataException)
        {
            return Refusal("the gzip data is damaged");
        }
    }

    static ReadResult Refusal(string message) => new() { Faults = [new(1, 1, "", message)], FaultCount = 1 };
}
