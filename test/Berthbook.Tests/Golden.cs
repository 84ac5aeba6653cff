using System.Runtime.CompilerServices;

namespace Berthbook;

/// <summary>
/// Whole outputs, kept in <c>Golden/</c> and compared byte for byte. With BERTHBOOK_ACCEPT=1 the outputs replace
/// the files, for review as a diff.
/// </summary>
static class Golden
{
    public static void Check(byte[] output, string name, [CallerFilePath] string caller = "")
    {
        if (Environment.GetEnvironmentVariable("BERTHBOOK_ACCEPT") == "1")
        {
            File.WriteAllBytes(Path.Combine(FolderOf(caller), name), output);
            return;
        }
        var file = Path.Combine(AppContext.BaseDirectory, "Golden", name);
        var wanted = File.Exists(file) ? File.ReadAllBytes(file) : [];
        if (!output.AsSpan().SequenceEqual(wanted))
            Assert.Fail($"differs from Golden/{name} at byte {output.AsSpan().CommonPrefixLength(wanted)}");
    }

    static string FolderOf(string caller)
    {
        var folder = new FileInfo(caller).Directory!;
        while (!Directory.Exists(Path.Combine(folder.FullName, "Golden")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "Golden");
    }
}
