namespace Berthbook.Cli;

/// <summary>The program <c>berth</c>.</summary>
static class Program
{
    static int Main(string[] args) =>
        QuickLookup.TryAnswer(args, out var status) ? status : CommandLine.Run(args);
}
