using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace Berthbook.Formats;

/// <summary>An object of the registry's JSON that fits the schema, while its values are read. Knows where each stands.</summary>
sealed class JsonObject
{
    static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = JsonReading.MaxDepth,
        AllowDuplicateProperties = false,
    };

    // XML has none of them but the carriage return, which it reads as a line feed.
    static readonly SearchValues<char> Forbidden = SearchValues.Create([
        .. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\n')).Select(c => (char)c),
        '\uFFFE',
        '\uFFFF',
    ]);

    readonly JsonStream json;

    JsonObject(JsonStream json, JsonElement element)
    {
        this.json = json;
        Element = element;
    }

    public JsonElement Element { get; }

    /// <summary>Whether a value was at fault.</summary>
    public bool HasFault { get; private set; }

    /// <summary>Reads the value that the stream is at, if it fits a definition of the schema.</summary>
    public static void Read(JsonStream json, string definition, Action<JsonObject> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json.Value, Options);
            var value = new JsonObject(json, document.RootElement);
            JsonSchema.Registry.Check(value.Element, definition, (path, words) => value.Fault(words, path));
            if (!value.HasFault)
                value.CheckTexts(value.Element, []);
            if (!value.HasFault)
                read(value);
        }
        catch (JsonException exception)
        {
            json.Fault(0, "", Shown.Of(exception.Message));
        }
        catch (InvalidOperationException)
        {
            // What JsonElement says of an escaped half of a surrogate pair.
            json.Fault(0, "", "a text in here is not Unicode");
        }
    }

    /// <summary>Notes a fault of the value at a path of names and places.</summary>
    public void Fault(string message, params IReadOnlyList<object> path)
    {
        HasFault = true;
        json.Fault(OffsetOf(path), PathOf(path), message);
    }

    /// <summary>The member of a name, or null where it is absent or null.</summary>
    public JsonElement? Member(string name) => Member(Element, name);

    /// <inheritdoc cref="Member(string)"/>
    public static JsonElement? Member(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    public string? Text(string name) => Member(name)?.GetString();

    public IEnumerable<string> Texts(string name) =>
        Element.GetProperty(name).EnumerateArray().Select(text => text.GetString()!);

    public RegistryDate? Date(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (!RegistryDate.TryParse(text, out var date))
            Fault($"'{Shown.Of(text)}' is not a date; write yyyy-mm-dd or yyyy-mm", name);
        return date;
    }

    /// <summary>The type that a reference names.</summary>
    public static ReferenceType TypeOf(JsonElement reference) =>
        Reference.TryParseType(reference.GetProperty("type").GetString(), out var type) ? type : default;

    /// <summary>References as members have them: type, data and label.</summary>
    public ImmutableArray<Reference> References() =>
        [
            .. Element
                .GetProperty("references")
                .EnumerateArray()
                .Select(reference =>
                    JsonPlain.Reference(
                        TypeOf(reference),
                        reference.GetProperty("data").GetString()!,
                        reference.GetProperty("label").GetString()!
                    )
                ),
        ];

    public RichText Pieces(JsonElement pieces, params IReadOnlyList<object> path)
    {
        if (path.Count > 2 * ReadLimits.MaxDepth)
        {
            Fault($"paragraphs are nested deeper than {ReadLimits.MaxDepth}", path);
            return RichText.Empty;
        }
        return RichText.Of([.. pieces.EnumerateArray().Select((piece, i) => Piece(piece, [.. path, i]))]);
    }

    public ImmutableArray<Reference> Targets(JsonElement targets, params IReadOnlyList<object> path) =>
        [.. targets.EnumerateArray().Select((target, i) => Target(target, [.. path, i]))];

    public Reference Target(JsonElement target, IReadOnlyList<object> path)
    {
        var part =
            Member(target, "part") is { } named && Reference.TryParsePart(named.GetString(), out var known)
                ? known
                : ReferencePart.Whole;
        var reference = new Reference(
            TypeOf(target),
            target.GetProperty("data").GetString()!,
            Member(target, "text")?.GetString(),
            part,
            Member(target, "place")?.GetString() ?? "",
            Member(target, "lastUpdated")?.GetString()
        );
        if (part == ReferencePart.Whole && reference.PartName.Length > 0)
            Fault("a place names the part that it numbers", path);
        RequireData(reference, path);
        return reference;
    }

    /// <summary>Requires that a reference points at something.</summary>
    public void RequireData(Reference reference, IReadOnlyList<object> path)
    {
        if (reference is { Data: "", Type: not ReferenceType.Text, Text: null })
            Fault("a reference says in data what it points at", path);
    }

    public Gaps Gaps(JsonElement gaps, params IReadOnlyList<object> path)
    {
        var inside = gaps.GetProperty("inside")
            .EnumerateArray()
            .Select((gap, i) => Gap(gap, [.. path, "inside", i]));
        return new(Gap(gaps.GetProperty("before"), [.. path, "before"]), [.. inside]);
    }

    /// <summary>White space as the XML has it between elements.</summary>
    public string? Gap(JsonElement? gap, params IReadOnlyList<object> path)
    {
        var text = gap?.GetString();
        if (text is not null && text.AsSpan().ContainsAnyExcept(" \n\t"))
            Fault("only blanks, tabs and line feeds stand between elements", path);
        return text;
    }

    /// <summary>Requires that white space is given for every child and the end, or for none.</summary>
    public void RequireGaps(Gaps? gaps, int children, params IReadOnlyList<object> path)
    {
        if (gaps is { Inside: { IsEmpty: false } inside } && inside.Length != children + 1)
            Fault($"white space is given for each of {children} children and the end, or for none", path);
    }

    /// <summary>Requires that the members are those of the same object as we write it from what was read.</summary>
    public void RequireSame(Action<Utf8JsonWriter> write, params ReadOnlySpan<string> derived)
    {
        var output = new Utf8Output(1024);
        using (var writing = new JsonWriting(output))
            writing.Write(write);
        using var ours = JsonDocument.Parse(output.Take());
        foreach (var member in ours.RootElement.EnumerateObject())
        {
            if (derived.Contains(member.Name) || !Element.TryGetProperty(member.Name, out var given))
                continue;
            if (!JsonElement.DeepEquals(given, member.Value))
                Fault(
                    $"this does not agree with the rest of the object, which says {Shown.Of(member.Value.GetRawText())}",
                    member.Name
                );
        }
    }

    Inline Piece(JsonElement piece, IReadOnlyList<object> path)
    {
        if (piece.ValueKind == JsonValueKind.String)
            return new(InlineKind.Text, piece.GetString());
        if (Member(piece, "reference") is { } target)
            return new(InlineKind.Reference, Reference: Target(target, [.. path, "reference"]));
        if (Member(piece, "paragraph") is { } pieces)
            return new(InlineKind.Paragraph, Paragraph: Pieces(pieces, [.. path, "paragraph"]));
        return new(InlineKind.Break);
    }

    void CheckTexts(JsonElement value, List<object> path)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            var text = value.GetString();
            if (text.AsSpan().IndexOfAny(Forbidden) is >= 0 and var at)
                Fault($"the character U+{(int)text![at]:X4} has no place in the registry", path);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                path.Add(member.Name);
                CheckTexts(member.Value, path);
                path.RemoveAt(path.Count - 1);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            var place = 0;
            foreach (var item in value.EnumerateArray())
            {
                path.Add(place++);
                CheckTexts(item, path);
                path.RemoveAt(path.Count - 1);
            }
        }
    }

    int OffsetOf(IReadOnlyList<object> path)
    {
        var reader = new Utf8JsonReader(json.Value.Span, new() { MaxDepth = JsonReading.MaxDepth });
        reader.Read();
        foreach (var step in path)
        {
            if (step is int place)
            {
                for (reader.Read(); place > 0; place--, reader.Read())
                    reader.Skip();
                continue;
            }
            while (reader.Read() && !reader.ValueTextEquals((string)step))
                reader.Skip();
            reader.Read();
        }
        return (int)reader.TokenStartIndex;
    }

    static string PathOf(IReadOnlyList<object> path) =>
        string.Concat(path.Select(step => step is int place ? $"[{place}]" : $".{step}")).TrimStart('.');
}
