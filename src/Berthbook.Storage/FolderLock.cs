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
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var holder = string.Create(
                CultureInfo.InvariantCulture,
                $"process {Environment.ProcessId} ({Path.GetFileName(Environment.ProcessPath)})"
            );
            file.SetLength(0);
            file.Write(System.Text.Encoding.UTF8.GetBytes(holder));
            file.Flush();
            return new(file);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new FolderInUseException($"{folder} is in use by {Holder(path)}; stop it first");
        }
    }

    public void Dispose() => file.Dispose();

    static string Holder(string path)
    {
        try
        {
            using var reader = new StreamReader(
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
            );
            var holder = reader.ReadToEnd().Trim();
            return holder.Length == 0 ? "another process" : holder;
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
