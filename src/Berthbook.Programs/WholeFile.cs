namespace Berthbook.Programs;

/// <summary>Writes a file that readers see whole: the old one or the new one, never half of one.</summary>
static class WholeFile
{
    /// <summary>Writes beside the file, and then in its place. Where that fails, the old file stays.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes all of it.</param>
    /// <param name="toDisk">Whether it must survive a power cut: off for what can be made anew.</param>
    public static void Write(string path, Action<Stream> write, bool toDisk = true)
    {
        // Through a link, what it leads to is replaced and not the link.
        var place = File.Exists(path) ? File.ResolveLinkTarget(path, true)?.FullName ?? path : path;
        if (IsDevice(place))
        {
            using var device = new FileStream(path, FileMode.Open, FileAccess.Write);
            write(device);
            return;
        }
        var next = $"{place}.{Environment.ProcessId}.tmp";
        try
        {
            using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
            {
                write(file);
                file.Flush(toDisk);
            }
            File.Move(next, place, overwrite: true);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // What the runtime makes of EFBIG.
            throw new IOException($"{place} grows larger than a file may be here", e);
        }
        finally
        {
            File.Delete(next);
        }
    }

    // -o /dev/stdout: to take its place would be a calamity for root.
    static bool IsDevice(string path) =>
        Path.GetFullPath(path) is var full
        && (
            full.StartsWith("/dev/", StringComparison.Ordinal)
            || full.StartsWith("/proc/", StringComparison.Ordinal)
        );
}
