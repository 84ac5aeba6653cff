using Berthbook.Server.Commands;
using Berthbook.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Berthbook.Server.Upstream;

/// <summary>A folder, and the real server that mirrors an upstream into it; can be stopped and started again.</summary>
sealed class MirroringServer : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("berthbook-");
    readonly Settings settings;
    RegistryStore store = null!;
    WebApplication app = null!;
    UpstreamStatus status = null!;

    MirroringServer(Uri upstream, Func<Settings, Settings> choose) =>
        settings = choose(
            new()
            {
                Data = folder.FullName,
                Urls = ["http://127.0.0.1:0"],
                Upstream = upstream,
                DownloadTimeout = TimeSpan.FromSeconds(10),
                LogLevel = LogLevel.None,
            }
        );

    /// <summary>The server's clock, which stands still unless a test moves it.</summary>
    public FakeTimeProvider Clock { get; } = new(new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero));

    public HttpClient Client { get; private set; } = null!;

    public UpstreamState State => status.State;

    public Snapshot Snapshot => app.Services.GetRequiredService<CurrentRegistry>().Snapshot;

    /// <summary>A server that is not started yet.</summary>
    public static MirroringServer Create(Uri upstream, Func<Settings, Settings>? choose = null) =>
        new(upstream, choose ?? (settings => settings));

    /// <summary>Starts a server and waits until it has asked its upstream once.</summary>
    public static async Task<MirroringServer> StartAsync(
        Uri upstream,
        Func<Settings, Settings>? choose = null
    )
    {
        var server = Create(upstream, choose);
        await server.StartAsync();
        await server.Until(state => state.LastTry is not null);
        return server;
    }

    public async Task StartAsync()
    {
        store = RegistryStore.Open(folder.FullName, Clock);
        app = Program.Build(settings, store, new(Snapshot.Of(store.History)), Clock);
        status = app.Services.GetRequiredService<UpstreamStatus>();
        await app.StartAsync(TestContext.Current.CancellationToken);
        Client = new() { BaseAddress = new(app.Urls.Single()) };
    }

    public async Task StopAsync()
    {
        Client.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        store.Dispose();
    }

    /// <summary>Lets the time to the next poll pass, and waits until it is over.</summary>
    public async Task<UpstreamState> PollAsync()
    {
        var now = Clock.GetUtcNow() + settings.PollInterval;
        Clock.Advance(settings.PollInterval);
        return await Until(state => !state.IsAsking && state.LastTry >= now);
    }

    /// <summary>Runs a command on the folder, beside the server.</summary>
    public async Task<(int Status, string Output)> RunAsync(params string[] command)
    {
        using var output = new StringWriter();
        var exit = await CommandLine.RunAsync(
            [.. command, "--data", folder.FullName, "--upstream", settings.Upstream!.AbsoluteUri],
            new("berth-server", output, output, () => Stream.Null)
        );
        return (exit, output.ToString());
    }

    /// <summary>Waits until something holds of the upstream, while the clock's short ticks go on.</summary>
    public async Task<UpstreamState> Until(Func<UpstreamState, bool> holds)
    {
        var reached = new TaskCompletionSource<UpstreamState>();
        status.Changed += Look;
        Look(status.State);
        Clock.Advance(TimeSpan.FromSeconds(2));
        var state = await reached.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        status.Changed -= Look;
        return state;

        void Look(UpstreamState state)
        {
            if (holds(state))
                reached.TrySetResult(state);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Delete(recursive: true);
    }
}
