using Berthbook.Rules;
using Berthbook.Server;
using Berthbook.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Berthbook.CrashControl;

/// <summary>The server, but it answers before the commit: a kill must lose what was acknowledged.</summary>
static class EarlyServer
{
    public static async Task<int> RunAsync(string folder, string url)
    {
        using var store = RegistryStore.Open(folder, TimeProvider.System);
        store.Writer.AnswersFirst = true;
        // The disk of a slow machine, so that few kills are enough.
        using var never = new ManualResetEventSlim();
        store.BeforeCommit = () => never.Wait(TimeSpan.FromMilliseconds(20));
        var rules = RuleSettings.Default with { ManyRequests = 10_000 };
        var settings = new Settings
        {
            Data = folder,
            Urls = [url],
            LogLevel = LogLevel.Error,
            Rules = rules,
        };
        var current = new CurrentRegistry(Snapshot.Of(store.History, rules));
        await using var app = Berthbook.Server.Program.Build(settings, store, current, TimeProvider.System);
        await app.RunAsync();
        return 0;
    }
}
