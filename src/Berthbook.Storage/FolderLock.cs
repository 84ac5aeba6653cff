using System.Globalization;

namespace Berthbook.Storage;

/// <summary>
/// The right to write a folder, held by one process at a time. The system lets go of it when the process ends,
/// however it ends.
/// </summary>
/// <remarks>
/// The file <c>lock</c> is what is locked; who holds it stands in a file beside it, since a locked file cannot be
/// read by others everywhere.
/// </remarks>
sealed class FolderLock : IDisposable
{
    readonly FileStream file;

    FolderLock(FileStream file) => this.file = file;

    public static FolderLock Take(string folder)
    {
        var path = Path.Combine(folder, "lock");
        var holder = Path.Combine(folder, "lock.holder");
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new FolderInUseException($"{folder} is in use by {Read(holder)}; stop it first");
        }
        File.WriteAllText(
            holder,
            string.Create(
                CultureInfo.InvariantCulture,
                $"process {Environment.ProcessId} ({Path.GetFileName(Environment.ProcessPath)})\n"
            )
        );
        return new(file);
    }

    public void Dispose() => file.Dispose();

    static string Read(string holder)
    {
        try
        {
            return File.ReadAllText(holder).Trim() is { Length: > 0 } words ? words : "another process";
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
