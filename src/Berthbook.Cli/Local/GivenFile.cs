using Berthbook.Programs;
using Berthbook.Programs.Upstream;

namespace Berthbook.Cli.Local;

/// <summary>A file of the registry that a person names; <c>-</c> is the standard input.</summary>
/// <param name="Path">What was typed.</param>
sealed record GivenFile(string Path)
{
    const string StandardInput = "-";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>What it is called in messages.</summary>
    public string Shown => Path == StandardInput ? "standard input" : Path;

    /// <summary>What a revision keeps as the name of its source.</summary>
    public string Name => Path == StandardInput ? "standard input" : System.IO.Path.GetFileName(Path);

    /// <summary>Reads it; on a terminal a bar shows how far that has come, where it takes long.</summary>
    /// <param name="read">Reads the file from its start; it can seek.</param>
    public async Task<T> ReadAsync<T>(Func<Stream, T> read)
    {
        await using var file = Path == StandardInput ? await SpoolAsync() : File.OpenRead(Path);
        if (!FetchProgress.IsShown)
            return read(file);
        return await FetchProgress.ShowAsync(
            $"Reading {Terminal.Printable(Name)}",
            Patience,
            tell =>
                Task.Run(() =>
                {
                    var length = file.Length;
                    using var counted = new CountedStream(file, now => tell(now, length));
                    return read(counted);
                })
        );
    }

    // A large file is read twice, which a pipe cannot give.
    static async Task<Stream> SpoolAsync()
    {
        var spool = new FileStream(
            System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName()),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose,
            }
        );
        await using (var input = Console.OpenStandardInput())
            await input.CopyToAsync(spool);
        spool.Position = 0;
        return spool;
    }
}
