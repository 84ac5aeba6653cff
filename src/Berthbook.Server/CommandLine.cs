using System.CommandLine;
using Berthbook.Programs;
using Berthbook.Server.Commands;
using Berthbook.Storage;

namespace Berthbook.Server;

/// <summary>The command line of <c>berth-server</c>: options, then a command or none, which serves.</summary>
sealed class CommandLine(Terminal terminal)
{
    const string Examples = """
        Examples:
          berth-server                                   serve IANA's registry
          berth-server --import registry.xml             the same from a file
          berth-server --upstream none --data /srv/ports a registry of one's own
          berth-server admin-link --upstream none --data /srv/ports
                                                         its first administrator
          berth-server import registry.xml.gz            make a file a revision
          berth-server export csv -o ports.csv           write the registry as CSV
          berth-server backup ports.backup               while the server runs

        Exit status:
          0 done, 1 a finding or a "no", 2 wrong usage, 3 a file is not valid,
          4 network or storage
        """;

    readonly Dictionary<string, Option<string>> options = new()
    {
        ["Data"] = Named("--data", "DIR", "The folder of the registry (XDG data home, berthbook/server)"),
        ["Import"] = Named("--import", "FILE", "Import a file before serving"),
        ["Upstream"] = Named("--upstream", "URL", "Mirror this registry (IANA's XML); none: one's own"),
        ["Urls"] = Named("--urls", "URLS", "Where to listen (http://localhost:8080); several with ;"),
        ["PublicUrl"] = Named("--public-url", "URL", "The address under which people reach the server"),
    };

    /// <summary>Where commands print.</summary>
    public Terminal Console => terminal;

    /// <summary>Does what the command line says; returns the exit status of the program.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal) =>
        new CommandLine(terminal).RunAsync(args);

    /// <summary>Says what a command does, given the settings; faults of storage end it in one place.</summary>
    public void OnRun(Command command, Func<Settings, ParseResult, int> run) =>
        command.SetAction(
            (parsed, _) => RunAsync(parsed, settings => Task.FromResult(run(settings, parsed)))
        );

    async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var root = new RootCommand("Serves a registry of service names and port numbers.")
        {
            ImportCommand.Create(this),
            ExportCommand.Create(this),
            VerifyCommand.Create(this),
            BackupCommand.Create(this),
            BackupCommand.CreateRestore(this),
            EraseCommand.Create(this),
            ReleaseCommand.Create(this),
            AdminLinkCommand.Create(this),
        };
        foreach (var option in options.Values)
            root.Add(option);
        root.SetAction((parsed, _) => RunAsync(parsed, settings => Serving.RunAsync(settings, terminal)));
        HelpText.Shape(root, command => command == root ? Examples : null);
        var line = root.Parse(args, new() { ResponseFileTokenReplacer = null });
        if (line.Errors.Count == 0)
            return await line.InvokeAsync(
                new()
                {
                    Output = terminal.Output,
                    Error = terminal.Error,
                    EnableDefaultExceptionHandler = false,
                    // The server ends by itself when it is told to, and with status 0.
                    ProcessTerminationTimeout = null,
                }
            );
        foreach (var error in line.Errors)
            terminal.Complain(error.Message);
        terminal.Error.WriteLine("berth-server --help tells how it is used");
        return ExitStatus.Usage;
    }

    async Task<int> RunAsync(ParseResult parsed, Func<Settings, Task<int>> run)
    {
        var given = new Dictionary<string, string>();
        foreach (var (name, option) in options)
        {
            if (parsed.GetValue(option) is { } value)
                given.Add(name, value);
        }
        var reader = new SettingsReader(given, SettingsReader.Sources());
        try
        {
            var settings = reader.Read();
            foreach (var fault in reader.Faults)
                terminal.Complain(fault);
            foreach (var fault in reader.FileFaults)
                terminal.Error.WriteLine(fault);
            return reader.FileFaults.Count > 0 ? ExitStatus.Invalid
                : reader.Faults.Count > 0 ? ExitStatus.Usage
                : await run(settings);
        }
        catch (Exception e) when (e is StorageException or IOException or UnauthorizedAccessException)
        {
            terminal.Complain(e.Message);
            return ExitStatus.Failure;
        }
    }

    static Option<string> Named(string name, string value, string description) =>
        new(name)
        {
            HelpName = value,
            Description = description,
            Recursive = true,
        };
}
