using System.Collections.Immutable;
using System.Text.Json;
using Berthbook.Formats;

namespace Berthbook.Requests;

/// <summary>Several request documents as one JSON list, or one document by itself; read as <see cref="RequestFormat"/> reads each.</summary>
/// <param name="Documents">The documents in their order; empty where there is a fault.</param>
/// <param name="IsList">Whether they came as a list.</param>
/// <param name="Faults">
/// The faults in the order of the bytes, at most <see cref="ReadResult.MaxProblems"/>; in a list their fields begin with the
/// place: <c>[2].assignee.email</c>.
/// </param>
public sealed record RequestBatch(
    ImmutableArray<RequestDocument> Documents,
    bool IsList,
    ImmutableArray<Problem> Faults
)
{
    /// <summary>The most documents of a list.</summary>
    public const int MaxDocuments = 100;

    /// <summary>The most bytes of a list: 4 MiB.</summary>
    public const int MaxBytes = 4 << 20;

    static readonly JsonReaderOptions Options = RequestFormat.ReaderOptions with
    {
        MaxDepth = RequestFormat.MaxDepth + 1,
    };

    /// <summary>Reads a document, or a list of 1 to 100.</summary>
    /// <param name="json">The bytes, UTF-8, perhaps with a byte order mark.</param>
    public static RequestBatch Read(ReadOnlyMemory<byte> json)
    {
        var start = json.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
        var reader = new Utf8JsonReader(json.Span[start..], Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                return Single(json);
            var parts = new List<Range>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var first = start + (int)reader.TokenStartIndex;
                reader.Skip();
                parts.Add(first..(start + (int)reader.BytesConsumed));
            }
            // What stands behind the list is no JSON.
            reader.Read();
            return parts.Count is 0 or > MaxDocuments
                ? At(
                    new DocumentFaults(json),
                    faults =>
                        faults.Add(
                            start,
                            "",
                            $"a list has 1 to {MaxDocuments} documents, this one {parts.Count}"
                        )
                )
                : Each(json, parts);
        }
        catch (JsonException exception)
        {
            return reader.TokenType == JsonTokenType.None || reader.CurrentDepth == 0
                ? Single(json)
                : At(new DocumentFaults(json), faults => faults.AddSyntax(exception, start));
        }
    }

    static RequestBatch Single(ReadOnlyMemory<byte> json) =>
        RequestFormat.Read(json) is var read && read.Document is { } document
            ? new([document], false, [])
            : new([], false, read.Faults);

    static RequestBatch At(DocumentFaults faults, Action<DocumentFaults> note)
    {
        note(faults);
        return new([], true, faults.Listed());
    }

    static RequestBatch Each(ReadOnlyMemory<byte> json, List<Range> parts)
    {
        var documents = ImmutableArray.CreateBuilder<RequestDocument>(parts.Count);
        var faults = ImmutableArray.CreateBuilder<Problem>();
        var (line, lineStart, seen) = (1, json.Span.StartsWith("\uFEFF"u8) ? 3 : 0, 0);
        for (var place = 0; place < parts.Count; place++)
        {
            var part = parts[place];
            var before = json.Span[seen..part.Start.Value];
            line += before.Count((byte)'\n');
            if (before.LastIndexOf((byte)'\n') is >= 0 and var last)
                lineStart = seen + last + 1;
            seen = part.Start.Value;
            var column = 1;
            foreach (var b in json.Span[lineStart..seen])
                column += (b & 0xC0) == 0x80 ? 0 : 1;
            var read = RequestFormat.Read(json[part]);
            if (read.Document is { } document)
                documents.Add(document);
            foreach (var fault in read.Faults)
            {
                if (faults.Count < ReadResult.MaxProblems)
                    faults.Add(In(fault, place, line, column));
            }
        }
        return faults.Count == 0
            ? new(documents.ToImmutable(), true, [])
            : new([], true, faults.ToImmutable());
    }

    // A place of the document as a place of the list.
    static Problem In(Problem fault, int place, int line, int column) =>
        new(
            fault.Line + line - 1,
            fault.Line == 1 ? fault.Column + column - 1 : fault.Column,
            fault.Field.Length == 0 ? $"[{place}]" : $"[{place}].{fault.Field}",
            fault.Message
        );
}
