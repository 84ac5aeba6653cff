namespace Berthbook.Server.Commands;

/// <summary>Where a command prints: what was asked for, and what went wrong.</summary>
sealed record Terminal(TextWriter Output, TextWriter Error)
{
    /// <summary>The process's own.</summary>
    public static Terminal Process { get; } = new(Console.Out, Console.Error);

    /// <summary>Says what went wrong, under the program's name.</summary>
    public void Complain(string words) => Error.WriteLine($"berth-server: {Printable(words)}");

    /// <summary>A text without control characters: words of a file must not steer a terminal or forge a line.</summary>
    public static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : text;
}
