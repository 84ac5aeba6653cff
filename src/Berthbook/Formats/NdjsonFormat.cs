namespace Berthbook.Formats;

/// <summary>
/// The registry as lines of JSON (<see cref="PublishedFiles.JsonSchema"/>, <c>#/$defs/line</c>): the first line holds the
/// header as <c>registry</c>, then each record is a line, then each contact, as <c>contact</c>. So
/// <c>jq 'select(.number == "443")'</c> finds records. Their form is left out; JSON has it.
/// </summary>
public static class NdjsonFormat
{
    /// <summary>The registry as lines of JSON.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="statement">Whose data it is and as of when, where that is to be said.</param>
    public static byte[] Write(Registry registry, string? statement = null)
    {
        var output = new Utf8Output(512 * (registry.Records.Length + registry.Contacts.Length + 8));
        using var json = new JsonWriting(output);
        json.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("format", JsonWriting.Format);
            writer.WriteString("statement", statement);
            writer.WritePropertyName("registry");
            JsonWriting.WriteHeader(writer, registry.Header, withForm: false);
            writer.WriteEndObject();
        });
        output.Add((byte)'\n');
        foreach (var record in registry.Records)
        {
            json.Write(writer => JsonWriting.WriteRecord(writer, record, withForm: false));
            output.Add((byte)'\n');
        }
        foreach (var contact in registry.Contacts)
        {
            json.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WritePropertyName("contact");
                JsonWriting.WriteContact(writer, contact, withForm: false);
                writer.WriteEndObject();
            });
            output.Add((byte)'\n');
        }
        return output.Take();
    }
}
