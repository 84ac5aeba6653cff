using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Berthbook.Formats;

/// <summary>Reads the header of the registry from its JSON: from its form, or from its members where it has none.</summary>
static class JsonHeaderReading
{
    /// <summary>Reads a header that fits the schema; null where a value is at fault.</summary>
    public static RegistryHeader? Read(JsonObject value)
    {
        var header = value.Member("form") is { } form ? ReadForm(value, form) : ReadMembers(value);
        if (value.HasFault)
            return null;
        value.RequireSame(writer => JsonWriting.WriteHeader(writer, header, withForm: false));
        return value.HasFault ? null : header;
    }

    static RegistryHeader ReadMembers(JsonObject value)
    {
        var parts = ImmutableArray.CreateBuilder<HeaderPart>();
        if (value.Text("title") is { } title)
            parts.Add(new(HeaderPartKind.Title, new(title)));
        if (value.Text("updated") is { } updated)
            parts.Add(new(HeaderPartKind.Updated, new(updated)));
        foreach (var reference in value.References())
        {
            value.RequireData(reference, ["references"]);
            parts.Add(new(HeaderPartKind.Reference, RichText.Empty, reference));
        }
        if (value.Text("experts") is { } experts)
            parts.Add(new(HeaderPartKind.Expert, new(experts)));
        foreach (var note in value.Element.GetProperty("notes").EnumerateArray())
            parts.Add(
                new(
                    HeaderPartKind.Note,
                    new(note.GetProperty("text").GetString()!),
                    null,
                    JsonObject.Member(note, "title")?.GetString()
                )
            );
        RequireDay(value, parts, "updated");
        return new()
        {
            Id = value.Text("id")!,
            Parts = parts.ToImmutable(),
            Footnotes =
            [
                .. value
                    .Element.GetProperty("footnotes")
                    .EnumerateArray()
                    .Select(footnote => new Footnote(
                        footnote.GetProperty("anchor").GetString()!,
                        new(footnote.GetProperty("text").GetString()!)
                    )),
            ],
        };
    }

    static RegistryHeader ReadForm(JsonObject value, JsonElement form)
    {
        ImmutableArray<HeaderPart> parts =
        [
            .. form.GetProperty("parts")
                .EnumerateArray()
                .Select((part, i) => ReadPart(value, part, ["form", "parts", i])),
        ];
        foreach (var kind in parts.Select(part => part.Kind).Distinct())
        {
            if (
                kind is not (HeaderPartKind.Note or HeaderPartKind.Reference)
                && parts.Count(part => part.Kind == kind) > 1
            )
                value.Fault($"the header has a second {JsonPlain.NameOf(kind)}", "form", "parts");
        }
        RequireDay(value, parts, "form", "parts");
        var (prolog, trailer) = (form.GetProperty("prolog").GetString()!, form.GetProperty("trailer"));
        RequireProlog(value, prolog);
        return new()
        {
            Prolog = prolog,
            Id = value.Text("id")!,
            Parts = parts,
            Footnotes =
            [
                .. form.GetProperty("footnotes")
                    .EnumerateArray()
                    .Select(
                        (footnote, i) =>
                            new Footnote(
                                footnote.GetProperty("anchor").GetString()!,
                                value.Pieces(footnote.GetProperty("text"), "form", "footnotes", i, "text"),
                                value.Gap(JsonObject.Member(footnote, "gap"), "form", "footnotes", i, "gap")
                            )
                    ),
            ],
            GapBeforePeople = Gap("gapBeforePeople"),
            GapBeforePeopleEnd = Gap("gapBeforePeopleEnd"),
            GapBeforeEnd = Gap("gapBeforeEnd"),
            Trailer = value.Gap(trailer, "form", "trailer")!,
        };

        string? Gap(string name) => value.Gap(JsonObject.Member(form, name), "form", name);
    }

    static HeaderPart ReadPart(JsonObject value, JsonElement part, IReadOnlyList<object> path)
    {
        var kind = JsonPlain.HeaderPartOf(part.GetProperty("kind").GetString()!);
        var (text, target) = (JsonObject.Member(part, "text"), JsonObject.Member(part, "reference"));
        var title = JsonObject.Member(part, "title")?.GetString();
        if ((kind == HeaderPartKind.Reference) != target.HasValue || target.HasValue == text.HasValue)
            value.Fault("a reference has a reference, and any other part has a text", path);
        if (title is not null && kind != HeaderPartKind.Note)
            value.Fault("only a note has a title", [.. path, "title"]);
        return new(
            kind,
            text is { } pieces ? value.Pieces(pieces, [.. path, "text"]) : RichText.Empty,
            target is { } reference ? value.Target(reference, [.. path, "reference"]) : null,
            title,
            value.Gap(JsonObject.Member(part, "gap"), [.. path, "gap"])
        );
    }

    static void RequireDay(JsonObject value, IEnumerable<HeaderPart> parts, params IReadOnlyList<object> path)
    {
        var updated = parts.FirstOrDefault(part => part.Kind == HeaderPartKind.Updated)?.Text.Words;
        if (updated is not null && (!RegistryDate.TryParse(updated, out var date) || date.Day is null))
            value.Fault($"'{Shown.Of(updated)}' is not a day; write yyyy-mm-dd", path);
    }

    // The prolog is written as it is, so it must be one that the XML is read with.
    static void RequireProlog(JsonObject value, string prolog)
    {
        const string rest =
            "<registry xmlns=\"http://www.iana.org/assignments\" id=\"a\"><updated>2000-01-01</updated><people/></registry>";
        var file = XmlFormat.Read(Encoding.UTF8.GetBytes(prolog + rest)).Registry;
        if (file?.Header.Prolog != prolog)
            value.Fault("this cannot stand before the root element of the XML", "form", "prolog");
    }
}
