using System.Collections.Immutable;
using System.Text;

namespace Berthbook.Formats;

/// <summary>
/// Builds records from rows of the published table, strictly. Faults of a cell are noted and reading goes on, so that
/// one run tells them all.
/// </summary>
sealed class CsvReading(CsvRows rows, CsvBasis? basis, ProblemList faults)
{
    enum Column
    {
        Name,
        Number,
        Transport,
        Description,
        Assignee,
        Contact,
        Registered,
        Modified,
        Reference,
        ServiceCode,
        Unauthorized,
        Note,
    }

    // What IANA's files called column 11 up to 2018 (formats.md 1.2).
    const string OlderUnauthorized = "Known Unauthorized Uses";

    readonly ImmutableArray<RegistryRecord>.Builder records = ImmutableArray.CreateBuilder<RegistryRecord>(
        16 << 10
    );
    readonly List<int> lines = new(16 << 10);
    readonly ValueCache<string> texts = new(text => text, text => text, 14);
    readonly ValueCache<RichText> richTexts = new(text => text.Words, text => new(text), 14);
    readonly CsvLabels labels = new(basis?.Registry.Header.Footnotes ?? []);

    /// <summary>The lines of the records, by their place.</summary>
    public IReadOnlyList<int> Lines => lines;

    /// <summary>Reads all records; null where there is a fault, or the file is too large and only checked.</summary>
    public ImmutableArray<RegistryRecord>? Read(bool keepsAll)
    {
        if (!ReadHeading())
            return null;
        var isKept = true;
        for (var count = 1; rows.Next(); count++)
        {
            if (count > ReadLimits.MaxElements)
            {
                rows.Fault(0, "", $"the registry has more than {ReadLimits.MaxElements:N0} records");
                break;
            }
            var record = ReadRecord();
            isKept &= faults.Count == 0 && (keepsAll || rows.BytesRead <= ReadLimits.KeptBytes);
            if (isKept)
            {
                records.Add(record!);
                lines.Add(rows.Line);
            }
            else
            {
                records.Clear();
                lines.Clear();
            }
        }
        return isKept && faults.Count == 0 ? records.DrainToImmutable() : null;
    }

    bool ReadHeading()
    {
        if (!rows.Next())
        {
            if (faults.Count == 0)
                faults.Add(new(1, 1, "", "the file is empty; it begins with the heading of the table"));
            return false;
        }
        if (!rows.IsSound || !HasRightCount("heading"))
            return false;
        for (var i = 0; i < rows.Count; i++)
        {
            var (text, name) = (Encoding.UTF8.GetString(rows[i]), RegistryRecord.Columns[i]);
            if (text != name && !(i == (int)Column.Unauthorized && text == OlderUnauthorized))
                rows.Fault(i, name, $"the heading says '{Shown.Of(text)}' where '{name}' is expected");
        }
        return true;
    }

    bool HasRightCount(string what)
    {
        var wanted = RegistryRecord.Columns.Length;
        if (rows.Count == wanted)
            return true;
        var message =
            rows.Row.IsEmpty ? $"the line is empty where a {what} of {wanted} cells is expected"
            : rows.Count > ReadLimits.MaxColumns
                ? $"the {what} has more than {ReadLimits.MaxColumns:N0} cells; {wanted} are expected"
            : $"the {what} has {rows.Count} {(rows.Count == 1 ? "cell" : "cells")}; {wanted} are expected";
        rows.Fault(wanted, "", message);
        return false;
    }

    // Null where the row has a fault.
    RegistryRecord? ReadRecord()
    {
        if (!rows.IsSound || !HasRightCount("row"))
            return null;
        if (basis?.Take(rows) is { } known)
            return known;
        var before = faults.Count;
        var record = new RegistryRecord
        {
            Name = Text(Column.Name) is { } name ? ServiceName.Historic(name) : null,
            Number = Number(),
            Transport = Transport(),
            Description = Words(Column.Description) ?? RichText.Empty,
            // The table shows the contacts where no assignee is recorded (procedures K1).
            Assignee = rows.AreEqual((int)Column.Assignee, (int)Column.Contact)
                ? default
                : Labels(Column.Assignee),
            Contacts = Labels(Column.Contact),
            Registered = Date(Column.Registered),
            Modified = Date(Column.Modified),
            References = Labels(Column.Reference),
            ServiceCode = ServiceCode(),
            Unauthorized = Text(Column.Unauthorized),
            Note = Words(Column.Note),
        };
        if (rows[(int)Column.Name].IsEmpty && rows[(int)Column.Number].IsEmpty)
            Fault(Column.Name, static _ => "a record has a service name, a port number or both");
        return faults.Count == before ? record : null;
    }

    string? Text(Column column) => rows[(int)column] is { IsEmpty: false } text ? texts.Of(text) : null;

    RichText? Words(Column column) =>
        rows[(int)column] is { IsEmpty: false } text ? richTexts.Of(text) : null;

    PortRange? Number()
    {
        if (Text(Column.Number) is not { } text)
            return null;
        if (!PortRange.TryParse(text, out var range))
            Fault(Column.Number, static text => PortRange.FaultOf(text)!);
        return range;
    }

    TransportProtocol? Transport()
    {
        if (Text(Column.Transport) is not { } text)
            return null;
        if (!TransportProtocols.TryParse(text, out var transport))
            Fault(
                Column.Transport,
                static text => $"'{text}' is no transport protocol here: tcp, udp, sctp or dccp"
            );
        return transport;
    }

    RegistryDate? Date(Column column)
    {
        if (Text(column) is not { } text)
            return null;
        if (!RegistryDate.TryParse(text, out var date))
            Fault(column, static text => $"'{text}' is not a date; write yyyy-mm-dd or yyyy-mm");
        return date;
    }

    uint? ServiceCode()
    {
        if (Text(Column.ServiceCode) is not { } text)
            return null;
        if (!ServiceCodes.TryParse(text, out var code))
            Fault(
                Column.ServiceCode,
                static text => $"'{text}' is no service code: a number from 0 to 4294967295"
            );
        return code;
    }

    ImmutableArray<Reference> Labels(Column column)
    {
        var cell = rows[(int)column];
        if (cell.IsEmpty)
            return [];
        if (labels.TryRead(cell, column != Column.Reference, out var references))
            return references;
        Fault(column, static text => $"'{text}' is not labels in brackets, such as [RFC6335] or [A][B]");
        return [];
    }

    // The words are made only where they will be seen.
    void Fault(Column column, Func<string, string> words)
    {
        var message = faults.IsFull ? "" : words(Shown.Of(Encoding.UTF8.GetString(rows[(int)column])));
        rows.Fault((int)column, RegistryRecord.Columns[(int)column], message);
    }
}
