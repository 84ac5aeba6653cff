using System.Text.Json;

namespace Berthbook.Storage;

/// <summary>Writes entries of the audit as lines of JSON (docs/journal-format.md section 9).</summary>
static class AuditExport
{
    /// <summary>A line for each entry.</summary>
    public static ReadOnlyMemory<byte> Write(IEnumerable<AuditRow> rows)
    {
        using var lines = new MemoryStream();
        foreach (var row in rows)
            Write(row, lines);
        return lines.GetBuffer().AsMemory(0, (int)lines.Length);
    }

    static void Write(AuditRow row, Stream output)
    {
        var entry = row.Entry;
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteNumber("number", entry.Number);
            json.WriteString("time", entry.Time);
            json.WriteNumber("account", entry.Account);
            json.WriteString("action", entry.Action);
            json.WriteString("subject", entry.Subject);
            json.WriteBoolean("allowed", entry.IsAllowed);
            json.WriteString("rule", entry.Rule);
            Write(json, "request", entry.Request);
            Write(json, "version", entry.Version);
            json.WriteString("details", row.Details);
            json.WriteString("salt", row.Salt);
            json.WriteString("commitment", entry.Details);
            json.WriteNumber("revision", entry.LastRevision.Number);
            json.WriteString("revisionHash", entry.LastRevision.Hash);
            json.WriteString("hash", entry.Hash);
            json.WriteString("previous", entry.Previous);
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
    }

    static void Write(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
