using System.CommandLine;
using Berthbook.Journal;

namespace Berthbook.Server;

/// <summary>The command line of <c>berth-server</c>: options, then a command or none.</summary>
static class CommandLine
{
    static readonly Dictionary<string, Option<string>> Options = new()
    {
        ["Data"] = Named("--data", "DIR", "The folder that holds the registry"),
        ["Import"] = Named("--import", "FILE", "Import a file before serving"),
        ["Upstream"] = Named("--upstream", "URL", "Mirror this registry; none for a registry of one's own"),
        ["Urls"] = Named("--urls", "URLS", "The addresses to listen on, separated by semicolons"),
        ["PublicUrl"] = Named("--public-url", "URL", "The address under which people reach the server"),
    };

    /// <summary>Does what the command line says; returns the exit status of the program.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Serves a registry of service names and port numbers.");
        foreach (var option in Options.Values)
            root.Add(option);
        root.SetAction(ServeAsync);
        return await root.Parse(args).InvokeAsync();
    }

    static async Task<int> ServeAsync(ParseResult line, CancellationToken cancellation)
    {
        var given = Options
            .Select(option => (option.Key, Value: line.GetValue(option.Value)))
            .Where(option => option.Value is not null)
            .ToDictionary(option => option.Key, option => option.Value!);
        var reader = new SettingsReader(given, SettingsReader.Sources());
        var settings = reader.Read();
        if (reader.Faults.Count > 0)
        {
            foreach (var fault in reader.Faults)
                await Console.Error.WriteLineAsync($"berth-server: {fault}");
            return 2;
        }
        var index = new RegistryIndex(BuiltInRegistry.Read());
        var time = new DateTimeOffset(
            index.Registry.Header.Updated!.Value.FirstDay,
            TimeOnly.MinValue,
            TimeSpan.Zero
        );
        var current = new CurrentRegistry(new(0, time, index, History.Empty));
        await Program.Build(settings, current, TimeProvider.System).RunAsync(cancellation);
        return 0;
    }

    static Option<string> Named(string name, string value, string description) =>
        new(name)
        {
            HelpName = value,
            Description = description,
            Recursive = true,
        };
}
