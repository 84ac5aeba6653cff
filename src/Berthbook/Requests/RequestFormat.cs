using System.Collections.Immutable;
using System.Text.Json;
using Berthbook.Formats;

namespace Berthbook.Requests;

/// <summary>
/// Request documents as JSON (request.schema.json). Read strictly, comments (<c>//</c>, <c>/* */</c>) and a comma after
/// the last member allowed, since documents are written by hand; written in one line, only what is given.
/// </summary>
public static class RequestFormat
{
    /// <summary>The most bytes of a document: 256 KiB.</summary>
    public const int MaxBytes = 256 << 10;

    /// <summary>The most characters (Unicode code points) of one text.</summary>
    public const int MaxText = 20_000;

    /// <summary>The most items of one list.</summary>
    public const int MaxItems = 100;

    /// <summary>How deep objects and lists may be; the format itself needs three.</summary>
    public const int MaxDepth = 16;

    /// <summary>How documents written by hand are parsed: with comments, and a comma after the last member.</summary>
    public static JsonReaderOptions ReaderOptions { get; } =
        new()
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            MaxDepth = MaxDepth,
        };

    /// <summary>Reads a document. A null, an empty text and an object without content count as not given.</summary>
    /// <param name="json">The bytes, UTF-8, perhaps with a byte order mark.</param>
    public static RequestReadResult Read(ReadOnlyMemory<byte> json) => new RequestReading(json).Read();

    /// <summary>Writes a document: one line of UTF-8 without line feed, members in the order of <see cref="RequestMembers"/>.</summary>
    public static byte[] Write(RequestDocument document) => RequestWriting.Write(document);
}

/// <summary>What came of reading a request document: the document, or every fault.</summary>
/// <param name="Document">The document, or null where there is a fault.</param>
/// <param name="Faults">
/// The faults in the order of the document, at most <see cref="ReadResult.MaxProblems"/>. Fields are named as findings
/// name them: <c>assignee.email</c>, <c>serviceCodes[1]</c>.
/// </param>
public sealed record RequestReadResult(RequestDocument? Document, ImmutableArray<Problem> Faults);
