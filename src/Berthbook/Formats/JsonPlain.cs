using System.Collections.Immutable;

namespace Berthbook.Formats;

/// <summary>
/// What the members of a JSON record say by themselves, without its form. The writer adds to the form what is lost this
/// way; the reader begins with it.
/// </summary>
static class JsonPlain
{
    static readonly string[] Parts = [.. Enum.GetNames<RecordPart>().Select(Camel)];
    static readonly string[] HeaderParts = [.. Enum.GetNames<HeaderPartKind>().Select(Camel)];

    /// <summary>The record that is made again from the members of another.</summary>
    public static RegistryRecord Of(RegistryRecord record) =>
        new()
        {
            Name = record.Name,
            Number = record.Number,
            Transport = record.Transport,
            Description = Words(Cell(record.Description)) ?? RichText.Empty,
            Assignee = Assignee(Ids(record.Assignee)),
            Contacts = Persons(Ids(record.Contacts)),
            References =
            [
                .. record.References.Select(known => Reference(known.Type, known.Data, known.Label)),
            ],
            Registered = record.Registered,
            Modified = record.Modified,
            ServiceCode = record.ServiceCode,
            Unauthorized = Cell(record.Unauthorized),
            Note = Words(Cell(record.Note)),
        };

    /// <summary>What a record's member says of a text: the cell of the published table, null where that is empty.</summary>
    public static string? Cell(RichText? text) => text?.Flat is { Length: > 0 } cell ? cell : null;

    /// <inheritdoc cref="Cell(RichText?)"/>
    public static string? Cell(string? text) =>
        text is not null && Cells.Tidy(text) is { Length: > 0 } cell ? cell : null;

    /// <summary>Running text of words alone, or null.</summary>
    public static RichText? Words(string? text) => text is null ? null : new(text);

    /// <summary>What references name, such as the ids of contacts.</summary>
    public static IEnumerable<string> Ids(ImmutableArray<Reference> references) =>
        references.IsDefault ? [] : references.Select(reference => reference.Data);

    /// <summary>References to contacts.</summary>
    public static ImmutableArray<Reference> Persons(IEnumerable<string> ids) =>
        [.. ids.Select(id => new Reference(ReferenceType.Person, id))];

    /// <summary>The assignee; not recorded where nobody is named.</summary>
    public static ImmutableArray<Reference> Assignee(IEnumerable<string> ids) =>
        Persons(ids) is { IsEmpty: false } persons ? persons : default;

    /// <summary>The reference of a type with a label; it has words of its own where the label is not the usual one.</summary>
    public static Reference Reference(ReferenceType type, string data, string label)
    {
        var usual = new Reference(type, data);
        return usual.Label == label ? usual : usual with { Text = label };
    }

    /// <summary>The name of a part of a record.</summary>
    public static string NameOf(RecordPart part) => Parts[(int)part];

    /// <summary>The name of a part of the header.</summary>
    public static string NameOf(HeaderPartKind part) => HeaderParts[(int)part];

    /// <summary>The part of a record with a name.</summary>
    public static RecordPart PartOf(string name) => (RecordPart)Array.IndexOf(Parts, name);

    /// <summary>The part of the header with a name.</summary>
    public static HeaderPartKind HeaderPartOf(string name) =>
        (HeaderPartKind)Array.IndexOf(HeaderParts, name);

    static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
