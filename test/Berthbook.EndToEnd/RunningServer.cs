using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Berthbook.Formats;
using Berthbook.Journal;
using Berthbook.Server;
using Berthbook.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Berthbook;

/// <summary>The real server on a free port of this machine, over a journal of its own.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("berthbook-");
    readonly RegistryStore store;
    readonly WebApplication app;

    RunningServer(IEnumerable<byte[]> files, Func<Settings, Settings> choose, Action<EndpointBuilder>? shape)
    {
        store = RegistryStore.Open(folder.FullName, Clock);
        foreach (var file in files)
            Import(file);
        var settings = choose(
            new()
            {
                Data = folder.FullName,
                Urls = ["http://127.0.0.1:0"],
                LogLevel = LogLevel.None,
                SignInsPerAddress = 1_000_000,
            }
        );
        app = Program.Build(
            settings,
            store,
            new CurrentRegistry(Snapshot.Of(store.History, settings.Rules)),
            Clock,
            shape
        );
        var hashing = app.Services.GetRequiredService<IOptions<PasswordHasherOptions>>().Value;
        PasswordRounds = hashing.IterationCount;
        // A hash takes long on purpose; only full runs wait for it.
        if (!Counts.IsLong)
            hashing.IterationCount = 1_000;
    }

    /// <summary>How many rounds the program's own hash of a password takes.</summary>
    public int PasswordRounds { get; }

    /// <summary>The server's clock, which stands still.</summary>
    public FakeTimeProvider Clock { get; } = new(new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Speaks to the server; follows no redirect.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>What the server is made of.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>The journal that the server writes.</summary>
    public RegistryStore Store => store;

    /// <summary>Starts a server in own mode over these files, a revision each; perhaps with endpoints of another shape.</summary>
    public static async Task<RunningServer> StartAsync(
        IEnumerable<byte[]> files,
        Func<Settings, Settings>? choose = null,
        Action<EndpointBuilder>? shape = null
    )
    {
        var server = new RunningServer(files, choose ?? (settings => settings), shape);
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        server.Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new(server.app.Urls.Single()),
        };
        return server;
    }

    /// <summary>Adds a revision and serves it.</summary>
    public void Add(byte[] file)
    {
        Import(file);
        app.Services.GetRequiredService<CurrentRegistry>().Replace(Snapshot.Of(store.History));
    }

    /// <summary>The body of a good answer, as JSON.</summary>
    public async Task<JsonNode> GetAsync(string address) =>
        (await Client.GetFromJsonAsync<JsonNode>(address, TestContext.Current.CancellationToken))!;

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        // Ends what runs in the background, so that nothing writes into the folder that goes.
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        store.Dispose();
        folder.Delete(recursive: true);
    }

    void Import(byte[] file)
    {
        var registry = XmlFormat.Read(file).Registry!;
        var source = new RevisionSource(
            "registry.xml",
            file.Length,
            new string('a', 64),
            registry.Header.Updated
        );
        if (
            store.PrepareImport(registry, source, "operator", "import", allowOlder: true)
            is ImportOutcome.Ready { Draft: var draft }
        )
            store.Append(draft);
    }
}
