using System.Text.Json;

namespace Berthbook.Formats;

/// <summary>
/// The whole registry as one JSON document, without loss: read back, it gives the same XML to the byte
/// (<see cref="PublishedFiles.JsonSchema"/>). Each record and each contact stands on a line of its own.
/// </summary>
public static class JsonFormat
{
    /// <summary>
    /// Reads a document, strictly: the schema decides what is known, and a record's form must agree with its members.
    /// Ids of records are not taken over.
    /// </summary>
    /// <param name="stream">UTF-8. Past 32 MiB it is first checked without being kept and then read again, which takes a stream that can seek.</param>
    /// <param name="limits">How much is taken before the file is refused.</param>
    public static ReadResult Read(Stream stream, ReadLimits limits) =>
        LargeFile.Read(
            stream,
            (faults, keepsAll) => new JsonReading(new(stream, limits.MaxBytes, faults), faults).Read(keepsAll)
        );

    /// <summary>The registry as JSON.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="statement">Whose data it is and as of when, where that is to be said.</param>
    public static byte[] Write(Registry registry, string? statement = null)
    {
        var output = new Utf8Output(512 * (registry.Records.Length + registry.Contacts.Length + 8));
        using var json = new JsonWriting(output);
        output.Add("{\"format\":\""u8);
        output.Add(JsonWriting.Format);
        output.Add("\",\"statement\":"u8);
        json.Write(writer => writer.WriteStringValue(statement));
        output.Add(",\n\"registry\":"u8);
        json.Write(writer => JsonWriting.WriteHeader(writer, registry.Header, withForm: true));
        output.Add(",\n\"records\":["u8);
        var separator = "\n"u8;
        foreach (var record in registry.Records)
        {
            output.Add(separator);
            json.Write(writer => JsonWriting.WriteRecord(writer, record, withForm: true));
            separator = ",\n"u8;
        }
        output.Add("\n],\n\"contacts\":["u8);
        separator = "\n"u8;
        foreach (var contact in registry.Contacts)
        {
            output.Add(separator);
            json.Write(writer => JsonWriting.WriteContact(writer, contact, withForm: true));
            separator = ",\n"u8;
        }
        output.Add("\n]}\n"u8);
        return output.Take();
    }

    /// <summary>Writes a record as all answers and files have it, without its form.</summary>
    public static void WriteRecord(Utf8JsonWriter writer, RegistryRecord record) =>
        JsonWriting.WriteRecord(writer, record, withForm: false);
}
