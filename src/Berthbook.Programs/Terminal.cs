namespace Berthbook.Programs;

/// <summary>Where a command prints.</summary>
/// <param name="Program">The name under which the program complains.</param>
/// <param name="Output">What was asked for, as text.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="OpenBytes">Opens the output for bytes.</param>
sealed record Terminal(string Program, TextWriter Output, TextWriter Error, Func<Stream> OpenBytes)
{
    /// <summary>The process's own.</summary>
    public static Terminal OfProcess(string program) =>
        new(program, Console.Out, Console.Error, Console.OpenStandardOutput);

    /// <summary>Says what went wrong, under the program's name.</summary>
    public void Complain(string words) => Error.WriteLine($"{Program}: {Printable(words)}");

    /// <summary>A text without control characters: words of a file must not steer a terminal or forge a line.</summary>
    public static string Printable(string text) =>
        text.Any(char.IsControl)
            ? string.Concat(text.ReplaceLineEndings(" ").Select(c => char.IsControl(c) ? '\uFFFD' : c))
            : text;
}
