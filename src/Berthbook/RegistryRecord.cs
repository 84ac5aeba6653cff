using System.Collections.Immutable;
using System.Globalization;

namespace Berthbook;

/// <summary>
/// One row of the registry, assigned or not: a service name, a port number or range and a transport protocol as
/// far as it has them, with description, parties, dates, references and notes (RFC 6335 section 8.1.1).
/// </summary>
/// <remarks>Immutable. Compare with <see cref="SaysTheSame"/> (content) or <see cref="Equals(RegistryRecord)"/> (bytes).</remarks>
public sealed record RegistryRecord
{
    /// <summary>The number the registry gave the record when it was added; stable over revisions. 0 means none yet.</summary>
    public int Id { get; init; }

    /// <summary>The service name, or null where the record has none or an empty one.</summary>
    public ServiceName? Name
    {
        get;
        init
        {
            field = value;
            knownKind = 0;
        }
    }

    /// <summary>The port number or range, or null for a name alone.</summary>
    public PortRange? Number
    {
        get;
        init
        {
            field = value;
            knownKind = 0;
        }
    }

    /// <summary>The transport protocol, or null where the record speaks of none.</summary>
    public TransportProtocol? Transport { get; init; }

    /// <summary>The description, perhaps empty.</summary>
    public required RichText Description
    {
        get;
        init
        {
            field = value;
            knownKind = 0;
        }
    }

    /// <summary>The assignee's references; <c>default</c> where the record has no such element (procedures K1).</summary>
    public ImmutableArray<Reference> Assignee { get; init; }

    /// <summary>The contacts, in the order of the file.</summary>
    public ImmutableArray<Reference> Contacts { get; init; } = [];

    /// <summary>The references that are no persons, in the order of the file.</summary>
    public ImmutableArray<Reference> References { get; init; } = [];

    /// <summary>The registration date, or null.</summary>
    public RegistryDate? Registered { get; init; }

    /// <summary>The modification date, or null.</summary>
    public RegistryDate? Modified { get; init; }

    /// <summary>The DCCP service code, 0 to 4294967295 (RFC 4340 section 8.1.2), or null.</summary>
    public uint? ServiceCode { get; init; }

    /// <summary>The unauthorized use reported, verbatim, or null.</summary>
    public string? Unauthorized { get; init; }

    /// <summary>The assignment notes, or null.</summary>
    public RichText? Note
    {
        get;
        init
        {
            field = value;
            knownKind = 0;
        }
    }

    /// <summary>The order of parts and the odd white space of the file.</summary>
    public RecordLayout? Layout { get; init; }

    // One more than the kind, 0 before it is known. Whatever the kind is told from forgets it when set.
    byte knownKind;

    /// <summary>What the record is, once somebody asked (<see cref="RecordStatus.Kind"/>); null before.</summary>
    internal RecordKind? KnownKind
    {
        get => knownKind == 0 ? null : (RecordKind)(knownKind - 1);
        set => knownKind = value is { } kind ? (byte)(kind + 1) : (byte)0;
    }

    // A record made from another by `with` takes this along, so it says what record it is the line of.
    WrittenLine? csvLine;

    /// <summary>The record's line of IANA's CSV once it was written, or null. Set by whoever writes it first.</summary>
    internal byte[]? CsvLine
    {
        get => csvLine is { } line && ReferenceEquals(line.Of, this) ? line.Bytes : null;
        set => csvLine = value is null ? null : new(this, value);
    }

    /// <summary>Whether the file writes an empty service name, which nine Reserved records have.</summary>
    public bool HasEmptyName =>
        Name is null && Layout is { } layout && layout.Parts.Contains(RecordPart.Name);

    /// <summary>
    /// The persons that hold the assignment: the assignee, or the contacts where none is recorded
    /// (procedures K1), as IANA's CSV prints them.
    /// </summary>
    public ImmutableArray<Reference> Holders => Assignee.IsDefault ? Contacts : Assignee;

    /// <summary>The key that finds the record in another revision: name, transport, number, as written (formats.md 7.1).</summary>
    public (string Name, TransportProtocol? Transport, string Number) Key =>
        (Name?.Text ?? "", Transport, Number?.ToString() ?? "");

    /// <summary>
    /// The description on one line, without what it tells of replaced names (RFC 6335 section 10.1); perhaps empty.
    /// </summary>
    public string Summary
    {
        get
        {
            foreach (var part in Description.OneLine.Split("IANA assigned this well-formed service name"))
            {
                if (!string.IsNullOrWhiteSpace(part))
                    return part.Trim();
            }
            return "";
        }
    }

    /// <summary>The heading of the published table, column by column (formats.md 1.2).</summary>
    public static ImmutableArray<string> Columns { get; } =
    [
        "Service Name",
        "Port Number",
        "Transport Protocol",
        "Description",
        "Assignee",
        "Contact",
        "Registration Date",
        "Modification Date",
        "Reference",
        "Service Code",
        "Unauthorized Use Reported",
        "Assignment Notes",
    ];

    /// <summary>The text of one cell of the published table, columns 1 to 12 as in <see cref="Columns"/>.</summary>
    public string Cell(int column, RfcLabel style = RfcLabel.Joined) =>
        column switch
        {
            1 => Name is { } name ? Cells.Tidy(name.Text) : "",
            2 => Number?.ToString() ?? "",
            3 => Transport?.Name() ?? "",
            4 => Description.FlatIn(style),
            5 => Labels(Holders, style),
            6 => Labels(Contacts, style),
            7 => Registered?.ToString() ?? "",
            8 => Modified?.ToString() ?? "",
            9 => Labels(References, style),
            10 => ServiceCode?.ToString(CultureInfo.InvariantCulture) ?? "",
            11 => Unauthorized is { } text ? Cells.Tidy(text) : "",
            12 => Note?.FlatIn(style) ?? "",
            _ => throw new ArgumentOutOfRangeException(nameof(column), column, "Columns are 1 to 12"),
        };

    /// <summary>
    /// Whether both say the same: every part equal with white space folded; the order of parts in the file and
    /// the layout do not count (formats.md 7.1).
    /// </summary>
    public bool SaysTheSame(RegistryRecord other) =>
        ReferenceEquals(this, other) || RecordField.All.All(field => field.Text(this) == field.Text(other));

    /// <summary>Equal to the byte of the file; the id does not count.</summary>
    public bool Equals(RegistryRecord? other) =>
        other is not null
        && (
            ReferenceEquals(this, other)
            || (
                Name?.Text == other.Name?.Text
                && Number == other.Number
                && Transport == other.Transport
                && Registered == other.Registered
                && Modified == other.Modified
                && ServiceCode == other.ServiceCode
                && Unauthorized == other.Unauthorized
                && Description.Equals(other.Description)
                && Equals(Note, other.Note)
                && Assignee.IsDefault == other.Assignee.IsDefault
                && Assignee.AsSpan().SequenceEqual(other.Assignee.AsSpan())
                && Contacts.AsSpan().SequenceEqual(other.Contacts.AsSpan())
                && References.AsSpan().SequenceEqual(other.References.AsSpan())
                && Equals(Layout ?? RecordLayout.For(this), other.Layout ?? RecordLayout.For(other))
            )
        );

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Number, Transport);

    /// <summary>Short, for messages: <c>https 443/tcp</c>.</summary>
    public override string ToString()
    {
        var number = Number is { } range ? range.ToString() : "";
        var place = Transport is { } transport ? $"{number}/{transport.Name()}" : number;
        return Name is { } name ? $"{name} {place}".TrimEnd() : $"{Description.OneLine} {place}".Trim();
    }

    /// <summary>Every reference to a contact: assignee, contacts, those in the note and the description.</summary>
    internal IEnumerable<Reference> People()
    {
        foreach (var reference in Assignee.IsDefault ? [] : Assignee)
            yield return reference;
        foreach (var reference in Contacts)
            yield return reference;
        foreach (var reference in (Note?.References ?? []).Concat(Description.References))
        {
            if (reference.Type == ReferenceType.Person)
                yield return reference;
        }
    }

    /// <summary>The cell of several references: their labels in brackets, joined.</summary>
    internal static string Labels(ImmutableArray<Reference> references, RfcLabel style) =>
        references.IsDefaultOrEmpty
            ? ""
            : Cells.Tidy(string.Concat(references.Select(reference => reference.Bracketed(style))));

    sealed class WrittenLine(RegistryRecord of, byte[] bytes)
    {
        public RegistryRecord Of => of;

        public byte[] Bytes => bytes;
    }
}
