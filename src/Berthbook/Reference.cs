namespace Berthbook;

/// <summary>What a reference points at (the <c>type</c> of an <c>xref</c> in IANA's schema).</summary>
public enum ReferenceType : byte
{
    /// <summary>A contact of the registry; the data is the contact's id.</summary>
    Person,

    /// <summary>An RFC, BCP or STD: <c>rfc6335</c>.</summary>
    Rfc,

    /// <summary>An Internet-Draft, or a document on its way to being an RFC.</summary>
    Draft,

    /// <summary>A web address.</summary>
    Uri,

    /// <summary>Plain words.</summary>
    Text,

    /// <summary>A footnote of the registry; the data is its number.</summary>
    Note,

    /// <summary>An erratum of an RFC.</summary>
    RfcErrata,

    /// <summary>Another registry.</summary>
    Registry,

    /// <summary>A version of the Unicode Character Database.</summary>
    Unicode,
}

/// <summary>Which part of a document a reference means; a reference has at most one that counts.</summary>
public enum ReferencePart : byte
{
    /// <summary>The whole document.</summary>
    Whole,

    /// <summary>A section.</summary>
    Section,

    /// <summary>A page.</summary>
    Page,

    /// <summary>An appendix.</summary>
    Appendix,

    /// <summary>A table.</summary>
    Table,

    /// <summary>A figure.</summary>
    Figure,

    /// <summary>A named place of a page on the web.</summary>
    Anchor,
}

/// <summary>How the labels of RFCs are printed: IANA's files say <c>RFC6335</c>, its page since 2026-09 <c>RFC 6335</c>.</summary>
public enum RfcLabel : byte
{
    /// <summary><c>RFC6335</c>.</summary>
    Joined,

    /// <summary><c>RFC 6335</c>.</summary>
    Spaced,
}

/// <summary>
/// A typed reference in a record or inside running text: a person, an RFC, a draft, an address (formats.md 1.3).
/// </summary>
/// <param name="Type">What it points at.</param>
/// <param name="Data">The target's id: <c>rfc6335</c>, <c>Jon_Postel</c>, an address; empty for plain words.</param>
/// <param name="Text">The words inside the element, or null where it is empty.</param>
/// <param name="Part">Which part of the document.</param>
/// <param name="PartName">The number or name of that part, empty for the whole.</param>
/// <param name="LastUpdated">A date printed after the label, or null.</param>
public sealed record Reference(
    ReferenceType Type,
    string Data,
    string? Text = null,
    ReferencePart Part = ReferencePart.Whole,
    string PartName = "",
    string? LastUpdated = null
)
{
    static readonly string[] TypeNames =
    [
        "person",
        "rfc",
        "draft",
        "uri",
        "text",
        "note",
        "rfc-errata",
        "registry",
        "unicode",
    ];

    static readonly string[] PartNames = ["", "section", "page", "appendix", "table", "figure", "anchor"];

    string? label;

    Reference(Reference other)
    {
        (Type, Data, Text, Part, PartName, LastUpdated) = (
            other.Type,
            other.Data,
            other.Text,
            other.Part,
            other.PartName,
            other.LastUpdated
        );
    }

    /// <summary>The type's name in IANA's schema: <c>person</c>, <c>rfc-errata</c>.</summary>
    public string TypeName => TypeNames[(int)Type];

    /// <summary>The attribute that names the part: <c>section</c>; empty for the whole document.</summary>
    public string PartAttribute => PartNames[(int)Part];

    /// <summary>The label without brackets, as IANA's files print it: <c>RFC6335</c>, <c>Jon_Postel</c>.</summary>
    public string Label => label ??= MakeLabel(RfcLabel.Joined);

    /// <summary>Where the reference leads on the web, or null where it leads nowhere (persons, notes, words).</summary>
    public string? Address =>
        Type switch
        {
            ReferenceType.Rfc => $"https://www.iana.org/go/{Data.ToLowerInvariant()}{SectionFragment}",
            ReferenceType.Draft => $"https://www.iana.org/go/{DraftName}{SectionFragment}",
            ReferenceType.RfcErrata => $"https://www.rfc-editor.org/errata/eid{Data}",
            ReferenceType.Registry => $"https://www.iana.org/assignments/{Data}",
            ReferenceType.Uri when IsWebAddress(Data) => Data,
            _ => null,
        };

    // "RFC-ietf-foo-12" is the draft foo-12 on its way to being an RFC (formats.md 5).
    string DraftName => Data.StartsWith("RFC-", StringComparison.Ordinal) ? $"draft-{Data.AsSpan(4)}" : Data;

    string SectionFragment => Part == ReferencePart.Section ? $"#section-{PartName}" : "";

    /// <summary>The label without brackets, RFC numbers written as asked for.</summary>
    public string LabelIn(RfcLabel style) => style == RfcLabel.Joined ? Label : MakeLabel(style);

    /// <summary>Whether a text is an address that a page may link to: http and https, nothing that could run.</summary>
    public static bool IsWebAddress(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Finds a type by its name in IANA's schema.</summary>
    public static bool TryParseType(ReadOnlySpan<char> name, out ReferenceType type)
    {
        var i = TypeNames.AsSpan().IndexOf(name.ToString());
        type = (ReferenceType)Math.Max(i, 0);
        return i >= 0;
    }

    /// <summary>Finds a part by the name of its attribute.</summary>
    public static bool TryParsePart(ReadOnlySpan<char> name, out ReferencePart part)
    {
        var i = name.IsEmpty ? -1 : PartNames.AsSpan().IndexOf(name.ToString());
        part = (ReferencePart)Math.Max(i, 0);
        return i >= 0;
    }

    /// <summary>Equal in all that is said.</summary>
    public bool Equals(Reference? other) =>
        other is not null
        && (
            ReferenceEquals(this, other)
            || (
                Type == other.Type
                && Data == other.Data
                && Text == other.Text
                && Part == other.Part
                && PartName == other.PartName
                && LastUpdated == other.LastUpdated
            )
        );

    /// <summary>The hash of type and data.</summary>
    public override int GetHashCode() => HashCode.Combine(Type, Data, Text);

    /// <summary>The label in brackets, as the registry prints it.</summary>
    public override string ToString() => Bracketed(RfcLabel.Joined);

    /// <summary>The label in brackets, RFC numbers written as asked for.</summary>
    public string Bracketed(RfcLabel style) =>
        LastUpdated is null ? $"[{LabelIn(style)}]" : $"[{LabelIn(style)}] ({LastUpdated})";

    string MakeLabel(RfcLabel style)
    {
        var words = string.IsNullOrWhiteSpace(Text) ? null : Text;
        return Type switch
        {
            ReferenceType.Person => Data,
            ReferenceType.Note => Data,
            ReferenceType.Text => Text ?? "",
            ReferenceType.Uri => words ?? Data,
            ReferenceType.Rfc => words ?? Spaced(Data.ToUpperInvariant(), style) + PartLabel,
            ReferenceType.Draft => words ?? Data + PartLabel,
            ReferenceType.RfcErrata => $"RFC Errata {words ?? Data}",
            ReferenceType.Registry => words ?? $"IANA registry {Data}",
            _ => words ?? $"Unicode Character Database {Data}",
        };
    }

    string PartLabel =>
        Part switch
        {
            ReferencePart.Whole => "",
            ReferencePart.Section => $", Section {PartName}",
            ReferencePart.Page => $", Page {PartName}",
            ReferencePart.Appendix => $", Appendix {PartName}",
            ReferencePart.Table => $", Table {PartName}",
            ReferencePart.Figure => $", Figure {PartName}",
            _ => $"#{PartName}",
        };

    static string Spaced(string label, RfcLabel style) =>
        style == RfcLabel.Spaced && label.Length > 3 && char.IsAsciiDigit(label[3])
            ? $"{label.AsSpan(0, 3)} {label.AsSpan(3)}"
            : label;
}
