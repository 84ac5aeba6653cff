using System.Net.Sockets;
using Berthbook.Journal;
using Berthbook.Programs;
using Berthbook.Server.Commands;
using Berthbook.Storage;

namespace Berthbook.Server;

/// <summary>
/// The way from a folder to a running server: open the journal, import what the operator names, begin a registry of
/// one's own where there is none, serve.
/// </summary>
static partial class Serving
{
    public static async Task<int> RunAsync(Settings settings, Terminal terminal)
    {
        using var store = RegistryStore.Open(settings.Data, TimeProvider.System);
        var status = Prepare(settings, store, TimeProvider.System, terminal);
        if (status != ExitStatus.Done)
            return status;
        var current = new CurrentRegistry(Snapshot.Of(store.History, settings.Rules));
        await using var app = Program.Build(settings, store, current, TimeProvider.System);
        if (current.Snapshot.Revision == 0)
            ServesBuiltIn(app.Logger);
        try
        {
            await app.StartAsync();
        }
        catch (Exception e) when (e is SocketException or IOException or InvalidOperationException)
        {
            terminal.Complain($"cannot listen on {string.Join(" and ", settings.Urls)}: {e.Message}");
            return ExitStatus.Failure;
        }
        // Once it can be opened.
        if (
            settings.Mode == RegistryMode.Own
            && AdminLinkCommand.Make(settings, isRecovery: false) is { } link
        )
            terminal.Error.WriteLine(
                $"No administrator yet. Open this link once, within a day, to become the first:\n  {link}"
            );
        await app.WaitForShutdownAsync();
        return ExitStatus.Done;
    }

    /// <summary>Brings the journal to where it can be served; says why where it cannot.</summary>
    public static int Prepare(Settings settings, RegistryStore store, TimeProvider clock, Terminal terminal)
    {
        if (settings.Import is { } file)
        {
            // The output is the log's.
            var beside = terminal with
            {
                Output = terminal.Error,
            };
            var status = ImportCommand.ImportFile(store, file, settings, allowOlder: false, beside);
            // A start that names an old file goes on from where the journal is.
            if (status != ExitStatus.Done && status != ExitStatus.Finding)
                return status;
        }
        if (settings.Mode == RegistryMode.Own && store.History.Current is null)
            Begin(settings, store, clock);
        return ExitStatus.Done;
    }

    static void Begin(Settings settings, RegistryStore store, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var registry = EmptyRegistry.Create(settings.Title, DateOnly.FromDateTime(now.UtcDateTime));
        var identified = Differ.Identify(null, registry, store.History.NextRecordId);
        store.Append(new(Differ.Compare(null, identified), Environment.UserName, "the registry begins", now));
    }

    [LoggerMessage(
        1,
        LogLevel.Information,
        "Serving the built-in registry until the whole one is here. Without a network: stop, then berth-server import FILE"
    )]
    static partial void ServesBuiltIn(ILogger log);
}
