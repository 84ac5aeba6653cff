namespace Berthbook;

/// <summary>An index file of a test, in a folder of its own that goes with it.</summary>
sealed class WrittenIndex : IDisposable
{
    public static readonly IndexSource Source = new()
    {
        Words = "a test",
        Title = "Quays",
        Updated = new(new DateOnly(2026, 1, 2)),
        Revision = 7,
        Hash = "c0ffee",
        JournalLength = 123_456,
        JournalTicks = 638_000_000_000_000_000,
    };

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("berthbook-index-");

    public WrittenIndex(Registry registry)
    {
        Bytes = BytesOf(registry);
        Save(Bytes);
        File = IndexFile.Open(Path);
    }

    public string Path => System.IO.Path.Combine(folder.FullName, "registry.index");

    public byte[] Bytes { get; }

    public IndexFile File { get; }

    public static byte[] BytesOf(Registry registry)
    {
        var bytes = new MemoryStream();
        IndexFile.Write(registry, Source, bytes);
        return bytes.ToArray();
    }

    /// <summary>Puts other bytes in the file's place, as a new file.</summary>
    public void Save(byte[] bytes)
    {
        System.IO.File.Delete(Path);
        System.IO.File.WriteAllBytes(Path, bytes);
    }

    public void Dispose()
    {
        File.Dispose();
        folder.Delete(true);
    }
}
