using System.Globalization;

namespace Berthbook.Storage;

/// <summary>
/// The right to write a folder, held by one process at a time. The system lets go of it when the process ends,
/// however it ends.
/// </summary>
sealed class FolderLock : IDisposable
{
    readonly FileStream file;

    FolderLock(FileStream file) => this.file = file;

    public static FolderLock Take(string folder)
    {
        var path = Path.Combine(folder, "lock");
        // A locked file cannot be read by others, so who holds it stands beside it.
        var holderPath = Path.Combine(folder, "lock-holder");
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var program = Path.GetFileName(Environment.ProcessPath);
            File.WriteAllText(
                holderPath,
                string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} ({program})")
            );
            return new(file);
        }
        catch (IOException) when (File.Exists(path))
        {
            var holder = File.Exists(holderPath) ? File.ReadAllText(holderPath) : "another process";
            throw new FolderInUseException($"{folder} is in use by {holder}; stop it first");
        }
    }

    public void Dispose() => file.Dispose();
}
