using System.Text.RegularExpressions;
using Berthbook.Checks;
using Berthbook.Formats;

namespace Berthbook.Cli.Check;

/// <summary>Checks a file, a services file or a compose file.</summary>
/// <param name="asked">The registry.</param>
/// <param name="kind">What files are taken for, or null to tell by name and content.</param>
/// <param name="openInput">Opens the standard input.</param>
sealed partial class FileChecking(AskedRegistry asked, CheckKind? kind, Func<Stream> openInput)
{
    const string Input = "-";

    // The head of a file tells what it is.
    const int HeadLength = 64 << 10;

    /// <summary>Reads a file and holds it against the registry.</summary>
    public CheckAnswer Check(string path)
    {
        try
        {
            using var file = path == Input ? openInput() : File.OpenRead(path);
            var bytes = BytesOf(file);
            var taken = kind ?? KindOf(path, bytes);
            return taken == CheckKind.Compose
                ? Compose(new(path, taken), bytes)
                : Services(new(path, taken), bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(path, kind ?? CheckKind.Services) { Failure = e.Message };
        }
    }

    /// <summary>What a file is by its name, <c>compose.yaml</c>, or else by a line of its content.</summary>
    public static CheckKind KindOf(string path, ReadOnlySpan<byte> bytes)
    {
        if (Path.GetExtension(path) is ".yaml" or ".yml")
            return CheckKind.Compose;
        var head = System.Text.Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, HeadLength)]);
        return ComposeLine.IsMatch(head) ? CheckKind.Compose : CheckKind.Services;
    }

    CheckAnswer Compose(CheckAnswer answer, byte[] bytes)
    {
        var file = ComposeFile.Read(bytes);
        return answer with
        {
            Items = file.Faults.IsEmpty ? PublishedCheck.Of(asked.Lookup, file.Published, asked.IsWhole) : [],
            Faults = file.Faults,
        };
    }

    CheckAnswer Services(CheckAnswer answer, byte[] bytes)
    {
        var file = ServicesFormat.Read(new MemoryStream(bytes), answer.Query, new());
        return answer with
        {
            Items =
                file.Result.FaultCount == 0 ? ServicesCheck.Of(asked.Index, file.Entries, asked.IsWhole) : [],
            Faults = file.Result.Faults,
            Remarks = file.Result switch
            {
                { WarningCount: 0 } => [],
                { WarningCount: 1, Warnings: [var only] } => [$"{answer.Shown}:{only}"],
                var result =>
                [
                    $"{answer.Shown}: {result.WarningCount} lines are left out, the first: {result.Warnings[0]}",
                ],
            },
        };
    }

    // One byte past what the reader takes, so that it says that the file is too large.
    static byte[] BytesOf(Stream file)
    {
        var content = new MemoryStream();
        var chunk = new byte[64 << 10];
        for (int read; content.Length <= ReadLimits.KeptBytes && (read = file.Read(chunk)) > 0; )
            content.Write(chunk, 0, read);
        return content.ToArray();
    }

    [GeneratedRegex(
        @"^(services|include|version|name|networks|volumes)\s*:",
        RegexOptions.Multiline | RegexOptions.NonBacktracking
    )]
    static partial Regex ComposeLine { get; }
}
