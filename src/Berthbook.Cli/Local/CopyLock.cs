using System.Globalization;

namespace Berthbook.Cli.Local;

/// <summary>
/// The right to write the local copy, held by one process at a time; readers need none. The system lets go of it
/// when the process ends, however it ends.
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
        FileStream file;
        try
        {
            file = new FileStream(
                Path.Combine(folder, "lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
        }
        catch (IOException failure) when (IsHeld(failure))
        {
            return null;
        }
        try
        {
            // Who is locked out cannot read the locked file, so the holder stands in one beside it.
            File.WriteAllText(HolderIn(folder), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => file.Dispose();

    static string HolderIn(string folder) => Path.Combine(folder, "lock.holder");

    // Whether it was the lock that stood in the way, and not the disk: the errors of Linux, macOS and Windows for it.
    static bool IsHeld(IOException failure) => failure.HResult is 11 or 35 or unchecked((int)0x8007_0020);

    static string HolderOf(string folder)
    {
        try
        {
            return File.ReadAllText(HolderIn(folder)) is { Length: > 0 } number
                ? $"process {number}"
                : "another process";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }
}
