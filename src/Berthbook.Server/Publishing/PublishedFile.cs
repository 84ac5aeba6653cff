using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;

namespace Berthbook.Server.Publishing;

/// <summary>A file of one revision as it is downloaded: the bytes as they are, and compressed once that is done.</summary>
sealed class PublishedFile
{
    // By ContentCoding; replaced as a whole so that a request sees each either before or after.
    volatile Representation?[] representations = new Representation?[3];

    public PublishedFile(ReadOnlyMemory<byte> bytes, string mediaType, DateTimeOffset lastModified)
    {
        MediaType = mediaType;
        // HTTP dates have whole seconds.
        LastModified = DateTimeOffset.FromUnixTimeSeconds(lastModified.ToUnixTimeSeconds());
        LastModifiedText = LastModified.ToString("R", CultureInfo.InvariantCulture);
        Hash = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        Add(new(bytes, ContentCoding.Identity));
    }

    public StringValues MediaType { get; }

    public DateTimeOffset LastModified { get; }

    public StringValues LastModifiedText { get; }

    /// <summary>SHA-256 of the bytes as they are, in lower-case hexadecimal.</summary>
    public string Hash { get; }

    public Representation Identity => representations[(int)ContentCoding.Identity]!;

    /// <summary>Serves these bytes from now on to those who take their coding.</summary>
    public void Add(Representation representation)
    {
        var next = representations.ToArray();
        next[(int)representation.Coding] = representation;
        representations = next;
    }

    /// <summary>The bytes for a client, by its Accept-Encoding header (RFC 9110 section 12.5.3).</summary>
    public Representation Choose(StringValues acceptEncoding)
    {
        var known = representations;
        if (acceptEncoding.Count == 0)
            return Identity;
        var (brotli, gzip, identity, others) = (-1, -1, -1, -1);
        foreach (var line in acceptEncoding)
        {
            var rest = line.AsSpan();
            while (!rest.IsEmpty)
            {
                var comma = rest.IndexOf(',');
                var part = comma < 0 ? rest : rest[..comma];
                rest = comma < 0 ? [] : rest[(comma + 1)..];
                var semicolon = part.IndexOf(';');
                var coding = (semicolon < 0 ? part : part[..semicolon]).Trim();
                var weight = semicolon < 0 ? 1000 : WeightOf(part[(semicolon + 1)..]);
                if (coding.Equals("br", StringComparison.OrdinalIgnoreCase))
                    brotli = weight;
                else if (
                    coding.Equals("gzip", StringComparison.OrdinalIgnoreCase)
                    || coding.Equals("x-gzip", StringComparison.OrdinalIgnoreCase)
                )
                    gzip = weight;
                else if (coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
                    identity = weight;
                else if (coding is "*")
                    others = weight;
            }
        }
        // Not named: as * says, else not taken; identity is taken unless it or * is ruled out.
        var best = Identity;
        var bestWeight =
            identity >= 0 ? identity
            : others == 0 ? 0
            : 1;
        Prefer(known[(int)ContentCoding.Gzip], gzip >= 0 ? gzip : others);
        Prefer(known[(int)ContentCoding.Brotli], brotli >= 0 ? brotli : others);
        return best;

        void Prefer(Representation? candidate, int weight)
        {
            if (candidate is null || weight <= 0 || weight < bestWeight)
                return;
            (best, bestWeight) = (candidate, weight);
        }
    }

    // q=0.5 in thousandths; 0 where it is not a weight.
    static int WeightOf(ReadOnlySpan<char> parameter)
    {
        parameter = parameter.Trim();
        if (parameter.Length < 3 || parameter[0] is not ('q' or 'Q') || parameter[1] != '=')
            return 0;
        return
            decimal.TryParse(
                parameter[2..],
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var weight
            ) && weight is >= 0 and <= 1
            ? (int)(weight * 1000)
            : 0;
    }
}
