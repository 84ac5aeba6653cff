using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;

namespace Berthbook.Server.Publishing;

/// <summary>The content codings that files are kept in, the smallest first where a client takes several alike.</summary>
enum ContentCoding
{
    Brotli,
    Gzip,
    Identity,
}

/// <summary>The bytes of a published file in one content coding, with the headers that go with exactly these bytes.</summary>
sealed class Representation(ReadOnlyMemory<byte> bytes, ContentCoding coding)
{
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public ContentCoding Coding { get; } = coding;

    /// <summary>A strong entity tag: other bytes have another.</summary>
    public StringValues ETag { get; } =
        $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes.Span).AsSpan(0, 16))}\"";

    public StringValues Length { get; } = bytes.Length.ToString(CultureInfo.InvariantCulture);

    public StringValues ContentEncoding { get; } =
        coding switch
        {
            ContentCoding.Brotli => "br",
            ContentCoding.Gzip => "gzip",
            _ => StringValues.Empty,
        };
}
