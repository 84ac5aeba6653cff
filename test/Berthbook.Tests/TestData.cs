using System.IO.Compression;

namespace Berthbook;

/// <summary>
/// The full-size files that IANA published, which lie outside the repository: in the folder that
/// BERTHBOOK_TESTDATA names, or in <c>shared/data</c> beside one of the folders above. Tests skip without them.
/// </summary>
static class TestData
{
    public static string? Folder { get; } = FindFolder();

    /// <summary>Skips the running test where there is no data.</summary>
    public static void Require() =>
        Assert.SkipWhen(Folder is null, "no full-size data: set BERTHBOOK_TESTDATA to its folder");

    /// <summary>A gzipped file, by its path within the folder.</summary>
    public static byte[] Unzip(string relative)
    {
        Require();
        using var file = new GZipStream(
            File.OpenRead(Path.Combine(Folder!, relative)),
            CompressionMode.Decompress
        );
        var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>
    /// The paths of the files of a form, <c>registry.csv.gz</c>, in the folders of <c>pairs</c>; one empty path
    /// where there is no data, so that a theory over them is skipped and not missed.
    /// </summary>
    public static IEnumerable<string> Pairs(string form) => Files("pairs", form);

    /// <summary>The paths of all XML files.</summary>
    public static IEnumerable<string> Xml =>
        Folder is null
            ? [""]
            : Pairs("registry.xml.gz").Concat(Files("iana", "*")).Concat(Files("history", "*"));

    static IEnumerable<string> Files(string folder, string pattern) =>
        Folder is null
            ? [""]
            : Directory
                .EnumerateFiles(Path.Combine(Folder, folder), pattern, SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Folder, path))
                .Order(StringComparer.Ordinal);

    static string? FindFolder()
    {
        if (Environment.GetEnvironmentVariable("BERTHBOOK_TESTDATA") is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;
        for (
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            folder is not null;
            folder = folder.Parent
        )
        {
            var data = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(data))
                return data;
        }
        return null;
    }
}
