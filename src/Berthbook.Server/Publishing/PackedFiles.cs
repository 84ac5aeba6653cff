using System.IO.Compression;
using System.Security.Cryptography;

namespace Berthbook.Server.Publishing;

/// <summary>
/// Compresses published files, and keeps the best in <c>DIR/publications</c> under the hash of what they hold, so that
/// a restart serves them at once. A kept file is unpacked and compared before it is served.
/// </summary>
sealed class PackedFiles(string data)
{
    readonly string folder = Path.Combine(data, "publications");

    /// <summary>Compresses in milliseconds, a CSV to about 30 %.</summary>
    public static byte[] PackFast(
        ReadOnlyMemory<byte> bytes,
        ContentCoding coding,
        CancellationToken cancellation
    ) => Pack(bytes, coding, CompressionLevel.Fastest, cancellation);

    /// <summary>Compresses in seconds, a CSV to about 18 %.</summary>
    public static byte[] PackBest(
        ReadOnlyMemory<byte> bytes,
        ContentCoding coding,
        CancellationToken cancellation
    ) => Pack(bytes, coding, CompressionLevel.SmallestSize, cancellation);

    /// <summary>Keeps the best compression of a file.</summary>
    public void Keep(PublishedFile file, ContentCoding coding, byte[] packed)
    {
        Directory.CreateDirectory(folder);
        var path = PathOf(file, coding);
        var next = path + ".new";
        File.WriteAllBytes(next, packed);
        File.Move(next, path, overwrite: true);
    }

    /// <summary>What was kept of a file, or null.</summary>
    public byte[]? Find(PublishedFile file, ContentCoding coding)
    {
        var path = PathOf(file, coding);
        if (!File.Exists(path))
            return null;
        var packed = File.ReadAllBytes(path);
        try
        {
            using var plain = Unpack(new MemoryStream(packed), coding);
            var hash = Convert.ToHexStringLower(SHA256.HashData(plain));
            return hash == file.Hash ? packed : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Removes what belongs to no file that is published now.</summary>
    public void KeepOnly(IEnumerable<PublishedFile> files)
    {
        if (!Directory.Exists(folder))
            return;
        var wanted = files
            .SelectMany(file =>
                new[] { PathOf(file, ContentCoding.Gzip), PathOf(file, ContentCoding.Brotli) }
            )
            .ToHashSet();
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            if (!wanted.Contains(path))
                File.Delete(path);
        }
    }

    string PathOf(PublishedFile file, ContentCoding coding) =>
        Path.Combine(folder, file.Hash + (coding == ContentCoding.Gzip ? ".gz" : ".br"));

    static byte[] Pack(
        ReadOnlyMemory<byte> bytes,
        ContentCoding coding,
        CompressionLevel level,
        CancellationToken cancellation
    )
    {
        const int StepBytes = 64 << 10;
        using var packed = new MemoryStream(bytes.Length / 3);
        using (
            Stream packing =
                coding == ContentCoding.Gzip
                    ? new GZipStream(packed, level, leaveOpen: true)
                    : new BrotliStream(packed, level, leaveOpen: true)
        )
        {
            for (var rest = bytes; !rest.IsEmpty; )
            {
                cancellation.ThrowIfCancellationRequested();
                var step = Math.Min(StepBytes, rest.Length);
                packing.Write(rest.Span[..step]);
                rest = rest[step..];
            }
        }
        return packed.ToArray();
    }

    static Stream Unpack(Stream packed, ContentCoding coding) =>
        coding == ContentCoding.Gzip
            ? new GZipStream(packed, CompressionMode.Decompress)
            : new BrotliStream(packed, CompressionMode.Decompress);
}
