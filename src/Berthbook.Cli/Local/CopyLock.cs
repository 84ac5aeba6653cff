using System.Globalization;

namespace Berthbook.Cli.Local;

/// <summary>
/// The right to write the local copy, held by one process at a time; readers need none. The system lets go of it
/// when the process ends, however it ends. The file <c>lock</c> holds the number of the process.
/// </summary>
sealed class CopyLock : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    readonly FileStream file;

    CopyLock(FileStream file) => this.file = file;

    /// <summary>Takes the right, waiting a little for who holds it.</summary>
    /// <exception cref="LocalCopyException">Another process holds it for longer.</exception>
    public static async Task<CopyLock> TakeAsync(string folder, TimeProvider clock)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            if (TryTake(folder) is { } taken)
                return taken;
            if (clock.GetElapsedTime(began) > Patience)
                throw new LocalCopyException(
                    $"{folder} is being written by {HolderOf(folder)}; wait for it, or stop it, and try again"
                );
            await Task.Delay(Pause, clock);
        }
    }

    /// <summary>Takes the right where nobody holds it, else gives null.</summary>
    public static CopyLock? TryTake(string folder)
    {
        var path = PathIn(folder);
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure) when (IsHeld(failure))
        {
            return null;
        }
        try
        {
            file.SetLength(0);
            file.Write(
                System.Text.Encoding.ASCII.GetBytes(
                    Environment.ProcessId.ToString(CultureInfo.InvariantCulture)
                )
            );
            file.Flush();
            return new(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => file.Dispose();

    static string PathIn(string folder) => Path.Combine(folder, "lock");

    // Whether it was the lock that stood in the way, and not the disk: the errors of Linux, macOS and Windows for it.
    static bool IsHeld(IOException failure) => failure.HResult is 11 or 35 or unchecked((int)0x8007_0020);

    static string HolderOf(string folder)
    {
        try
        {
            // Sharing all asks for no lock of our own.
            using var file = new FileStream(
                PathIn(folder),
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            using var reader = new StreamReader(file);
            return reader.ReadToEnd().Trim() is { Length: > 0 } number
                ? $"process {number}"
                : "another process";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }
}
