using System.IO.Compression;
using Berthbook.Formats;

namespace Berthbook.Benchmarks;

/// <summary>What every area measures with: IANA's file, its registry, and how many rounds.</summary>
sealed class Measured(byte[] xml, int rounds)
{
    /// <summary>The file's bytes, unzipped.</summary>
    public byte[] Xml => xml;

    /// <summary>The registry of the file.</summary>
    public Registry Registry { get; } = XmlFormat.Read(xml).Registry!;

    /// <summary>How often each case takes its turn.</summary>
    public int Rounds => rounds;

    public static Measured Open(string path, int rounds)
    {
        using var unzipped = new MemoryStream();
        using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        packed.CopyTo(unzipped);
        return new(unzipped.ToArray(), rounds);
    }
}
