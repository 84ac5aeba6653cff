using System.Collections.Immutable;

namespace Berthbook.Formats;

/// <summary>
/// Writes the published table as IANA's CSV: a carriage return and line feed after each record, line feeds alone
/// inside cells, quotes only around cells that hold a comma, a quote or a line end (formats.md 1.2).
/// </summary>
/// <remarks>
/// Goes from the model's strings to UTF-8 in one step and allocates nothing for a record. Most records print as they
/// are, in ASCII: <see cref="TryWritePlain"/> checks that while it copies them. The others are written cell by cell.
/// </remarks>
static class CsvWriting
{
    // What a plain record may fill, and what its numbers, dates and separators take at most besides its texts.
    const int RoomOfRecord = 2048;
    const int Slack = 128;

    /// <summary>Writes the heading and all records.</summary>
    public static void Write(Utf8Output output, Registry registry, RfcLabel style)
    {
        output.Add(string.Join(',', RegistryRecord.Columns));
        output.Add("\r\n"u8);
        foreach (var record in registry.Records.AsSpan())
        {
            if (style == RfcLabel.Joined)
                AddLine(output, record);
            else
                Write(output, record, style);
        }
    }

    // A record's line is kept with it: the next revision shares nearly all records, so writing it is copying lines.
    static void AddLine(Utf8Output output, RegistryRecord record)
    {
        if (record.CsvLine is { } line)
        {
            output.Add(line);
            return;
        }
        var start = output.Length;
        Write(output, record, RfcLabel.Joined);
        record.CsvLine = output.Written[start..].ToArray();
    }

    /// <summary>Writes one record, its line end included.</summary>
    public static void Write(Utf8Output output, RegistryRecord record, RfcLabel style)
    {
        var length = TryWritePlain(output.Room(RoomOfRecord), record, style);
        if (length >= 0)
            output.Advance(length);
        else
            WriteCells(output, record, style);
    }

    /// <summary>Writes one cell, quoted where it must be.</summary>
    public static void WriteCell(Utf8Output output, ReadOnlySpan<char> cell)
    {
        if (cell.IndexOfAny(",\"\n\r") < 0)
        {
            output.Add(cell);
            return;
        }
        output.Add((byte)'"');
        while (cell.IndexOf('"') is >= 0 and var quote)
        {
            output.Add(cell[..(quote + 1)]);
            output.Add((byte)'"');
            cell = cell[(quote + 1)..];
        }
        output.Add(cell);
        output.Add((byte)'"');
    }

    static void WriteCells(Utf8Output output, RegistryRecord record, RfcLabel style)
    {
        if (record.Name is not null)
            WriteCell(output, record.Cell(1, style));
        output.Add((byte)',');
        if (record.Number is { } number)
            output.Add(number);
        output.Add((byte)',');
        if (record.Transport is { } transport)
            output.Add(transport);
        output.Add((byte)',');
        WriteCell(output, record.Cell(4, style));
        output.Add((byte)',');
        WriteLabels(output, record.Holders, style);
        output.Add((byte)',');
        WriteLabels(output, record.Contacts, style);
        output.Add((byte)',');
        if (record.Registered is { } registered)
            output.Add(registered);
        output.Add((byte)',');
        if (record.Modified is { } modified)
            output.Add(modified);
        output.Add((byte)',');
        WriteLabels(output, record.References, style);
        output.Add((byte)',');
        if (record.ServiceCode is { } code)
            output.Add(code);
        output.Add((byte)',');
        if (record.Unauthorized is not null)
            WriteCell(output, record.Cell(11, style));
        output.Add((byte)',');
        if (record.Note is not null)
            WriteCell(output, record.Cell(12, style));
        output.Add("\r\n"u8);
    }

    static void WriteLabels(Utf8Output output, ImmutableArray<Reference> references, RfcLabel style)
    {
        var room = output.Room(RoomOfRecord);
        var length = Labels(room, 0, references, style);
        if (length >= 0)
            output.Advance(length);
        else
            WriteCell(output, RegistryRecord.Labels(references, style));
    }

    // Each step below returns where the next one goes on, or -1 where the text is not plain or too long. Nothing can
    // overflow: what comes stays below RoomOfRecord.
    static int TryWritePlain(Span<byte> room, RegistryRecord record, RfcLabel style)
    {
        unchecked
        {
            if (!record.Description.IsPlain || record.Note is { IsPlain: false })
                return -1;
            var at = 0;
            if (record.Name is { } name && (at = Untrimmed(room, at, name.Text)) < 0)
                return -1;
            room[at++] = (byte)',';
            if (record.Number is { } number)
                at = PlainValues.Number(room, at, number);
            room[at++] = (byte)',';
            if (record.Transport is { } transport)
                at = PlainValues.Transport(room, at, transport);
            room[at++] = (byte)',';
            if ((at = Text(room, at, record.Description.Words)) < 0)
                return -1;
            room[at++] = (byte)',';
            if ((at = Labels(room, at, record.Holders, style)) < 0)
                return -1;
            room[at++] = (byte)',';
            if ((at = Labels(room, at, record.Contacts, style)) < 0)
                return -1;
            room[at++] = (byte)',';
            if (EndsAfterContacts(record))
            {
                ",,,,,\r\n"u8.CopyTo(room[at..]);
                return at + 7;
            }
            if (record.Registered is { } registered)
                at = PlainValues.Date(room, at, registered);
            room[at++] = (byte)',';
            if (record.Modified is { } modified)
                at = PlainValues.Date(room, at, modified);
            room[at++] = (byte)',';
            if ((at = Labels(room, at, record.References, style)) < 0)
                return -1;
            room[at++] = (byte)',';
            if (record.ServiceCode is { } code)
                at = PlainValues.Code(room, at, code);
            room[at++] = (byte)',';
            if (record.Unauthorized is { } unauthorized && (at = Untrimmed(room, at, unauthorized)) < 0)
                return -1;
            room[at++] = (byte)',';
            if (record.Note is { } note && (at = Text(room, at, note.Words)) < 0)
                return -1;
            room[at++] = (byte)'\r';
            room[at++] = (byte)'\n';
            return at;
        }
    }

    // As two records of three do.
    static bool EndsAfterContacts(RegistryRecord record) =>
        record
            is {
                Registered: null,
                Modified: null,
                References.IsEmpty: true,
                ServiceCode: null,
                Unauthorized: null,
                Note: null
            };

    static int Text(Span<byte> room, int at, string text)
    {
        unchecked
        {
            return at + text.Length + Slack <= room.Length && PlainText.TryCopy<OddInCsv>(text, room[at..])
                ? at + text.Length
                : -1;
        }
    }

    static int Untrimmed(Span<byte> room, int at, string text) =>
        text is [' ', ..] or [.., ' '] ? -1 : Text(room, at, text);

    static int Labels(Span<byte> room, int at, ImmutableArray<Reference> references, RfcLabel style)
    {
        unchecked
        {
            foreach (var reference in references.AsSpan())
            {
                room[at++] = (byte)'[';
                at = Text(room, at, reference.LabelIn(style));
                if (at < 0 || reference.LastUpdated is not null)
                    return -1;
                room[at++] = (byte)']';
            }
            return at;
        }
    }
}
