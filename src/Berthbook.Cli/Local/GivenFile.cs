using Berthbook.Formats;
using Berthbook.Programs;
using Berthbook.Programs.Upstream;

namespace Berthbook.Cli.Local;

/// <summary>A file of the registry that a person names; <c>-</c> is the standard input.</summary>
/// <param name="Path">What was typed.</param>
sealed record GivenFile(string Path)
{
    const string StandardInput = "-";
    const int BufferBytes = 64 << 10;

    static readonly long MaxBytes = new ReadLimits().MaxBytes;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>What it is called in messages.</summary>
    public string Shown => Path == StandardInput ? "standard input" : Path;

    /// <summary>What a revision keeps as the name of its source.</summary>
    public string Name => Path == StandardInput ? "standard input" : System.IO.Path.GetFileName(Path);

    /// <summary>Reads it; on a terminal a bar shows how far that has come, where it takes long.</summary>
    /// <param name="read">Reads the file from its start; it can seek.</param>
    public Task<T> ReadAsync<T>(Func<Stream, T> read) =>
        FetchProgress.IsShown
            ? FetchProgress.ShowAsync(
                $"Reading {Terminal.Printable(Name)}",
                Patience,
                tell => Task.Run(() => ReadAsync(read, tell))
            )
            : ReadAsync(read, (_, _) => { });

    async Task<T> ReadAsync<T>(Func<Stream, T> read, Action<long, long?> tell)
    {
        await using var file =
            Path == StandardInput ? await SpoolAsync(now => tell(now, null)) : File.OpenRead(Path);
        var length = file.Length;
        await using var counted = new CountedStream(file, now => tell(now, length));
        return read(counted);
    }

    // A large file is read twice, which a pipe cannot give. No more is kept than a reader takes before it refuses.
    static async Task<Stream> SpoolAsync(Action<long> tell)
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());
        var spool = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose,
            }
        );
        // Without a name it goes whatever ends the program, where the system can do that.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        await using (var input = new CountedStream(Console.OpenStandardInput(), tell))
        {
            var buffer = new byte[BufferBytes];
            while (input.Received <= MaxBytes && await input.ReadAsync(buffer) is > 0 and var count)
                await spool.WriteAsync(buffer.AsMemory(0, count));
        }
        spool.Position = 0;
        return spool;
    }
}
