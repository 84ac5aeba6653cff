using System.CommandLine;
using Berthbook.Cli.Output;
using Berthbook.Programs;

namespace Berthbook.Cli;

/// <summary>The command line of <c>berth</c>: options that every command has, and the commands.</summary>
sealed class CommandLine
{
    const string Examples = """
        Examples:
          berth lookup 443 https/udp _jmap._tcp     what they are
          berth search remote desktop               by words
          berth suggest --near 8000                 a free port, and why
          berth check                               this host against the registry
          berth request check request.json          what the rules say of a request
          berth sync                                fetch IANA's registry

        Exit status:
          0 done, 1 a name is unknown, a finding, a difference, 2 wrong usage,
          3 a file is not valid, 4 network or storage; the worst of many
        """;

    readonly Terminal terminal = Terminal.OfProcess("berth");
    readonly Dictionary<Command, string> examples = [];

    readonly Option<string> data = new("--data")
    {
        HelpName = "DIR",
        Description = "The folder of the local copy (XDG data home, berthbook/local)",
        Recursive = true,
    };

    readonly Option<string> server = new("--server")
    {
        HelpName = "URL",
        Description = "Ask this Berthbook server instead of the local copy",
        Recursive = true,
    };

    readonly Option<bool> json = new("--json") { Description = "Answer in JSON", Recursive = true };

    /// <summary>The options and commands.</summary>
    public RootCommand Root { get; } =
        new("Looks up, searches, chooses and checks service names and port numbers.");

    /// <summary>What the help of a command ends with, or null.</summary>
    public string? ExamplesOf(Command command) => examples.GetValueOrDefault(command);

    /// <summary>Gives a command that has commands of its own its examples.</summary>
    public void Explain(Command command, string exampleLines) => examples.Add(command, exampleLines);

    /// <summary>Does what the command line says; returns the exit status of the program.</summary>
    public static int Run(IReadOnlyList<string> args) => new CommandLine().Parse(args);

    /// <summary>Says what a command does, and its examples; faults of storage and network end it in one place.</summary>
    public void OnRun(Command command, string exampleLines, Func<CommandCall, int> run) =>
        OnRun(command, exampleLines, (call, _) => Task.FromResult(run(call)));

    /// <summary>The same for a command that waits.</summary>
    public void OnRun(
        Command command,
        string exampleLines,
        Func<CommandCall, CancellationToken, Task<int>> run
    )
    {
        examples.Add(command, exampleLines);
        command.SetAction((parsed, cancellation) => RunAsync(parsed, call => run(call, cancellation)));
    }

    int Parse(IReadOnlyList<string> args)
    {
        foreach (var option in (Option[])[data, server, json])
            Root.Add(option);
        examples.Add(Root, Examples);
        foreach (var command in Commands())
            Root.Add(command);
        HelpText.Shape(Root, ExamplesOf);
        var line = Root.Parse(args, new() { ResponseFileTokenReplacer = null });
        if (line.Errors.Count == 0)
            return line.Invoke(
                new()
                {
                    Output = terminal.Output,
                    Error = terminal.Error,
                    EnableDefaultExceptionHandler = false,
                    // A signal ends the process as it is: what it writes is whole or not there.
                    ProcessTerminationTimeout = null,
                }
            );
        foreach (var error in line.Errors)
            terminal.Complain(error.Message);
        terminal.Error.WriteLine("berth --help tells how it is used");
        return ExitStatus.Usage;
    }

    IEnumerable<Command> Commands()
    {
        yield return LookupCommand.Create(this);
        yield return SearchCommand.Create(this);
        yield return SuggestCommand.Create(this);
        yield return CheckCommand.Create(this);
        yield return RequestCommand.Create(this);
        yield return SyncCommand.Create(this);
        yield return ImportCommand.Create(this);
        yield return ExportCommand.Create(this);
        yield return DiffCommand.Create(this);
        yield return LogCommand.Create(this);
        yield return VerifyCommand.Create(this);
        yield return CompletionCommand.Create(this);
        yield return CompletionCommand.CreateAsked(this);
        yield return ManCommand.Create(this);
    }

    async Task<int> RunAsync(ParseResult parsed, Func<CommandCall, Task<int>> run)
    {
        var address = parsed.GetValue(server);
        var uri = address is null ? null : ServerAt(address);
        if (uri is null && address is not null)
        {
            terminal.Complain($"--server takes an address such as http://localhost:8080, not '{address}'");
            return ExitStatus.Usage;
        }
        try
        {
            return await run(
                new(
                    parsed,
                    parsed.GetValue(data) ?? LocalFolder.Default(),
                    uri,
                    Printer.OfProcess(parsed.GetValue(json)),
                    terminal
                )
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException)
        {
            terminal.Complain(e.Message);
            return ExitStatus.Failure;
        }
    }

    static Uri? ServerAt(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;
}
