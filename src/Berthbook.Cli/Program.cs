namespace Berthbook.Cli;

/// <summary>The program <c>berth</c>.</summary>
static class Program
{
    static int Main(string[] args) => CommandLine.Run(args);
}
