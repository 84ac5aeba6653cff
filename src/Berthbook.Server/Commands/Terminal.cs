namespace Berthbook.Server.Commands;

/// <summary>Where a command prints.</summary>
/// <param name="Output">What was asked for, as text.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="OpenBytes">Opens the output for bytes.</param>
sealed record Terminal(TextWriter Output, TextWriter Error, Func<Stream> OpenBytes)
{
    /// <summary>The process's own.</summary>
    public static Terminal Process { get; } = new(Console.Out, Console.Error, Console.OpenStandardOutput);

    /// <summary>Says what went wrong, under the program's name.</summary>
    public void Complain(string words) => Error.WriteLine($"berth-server: {Printable(words)}");

    /// <summary>A text without control characters: words of a file must not steer a terminal or forge a line.</summary>
    public static string Printable(string text) =>
        text.Any(char.IsControl)
            ? string.Concat(text.ReplaceLineEndings(" ").Select(c => char.IsControl(c) ? '\uFFFD' : c))
            : text;
}
