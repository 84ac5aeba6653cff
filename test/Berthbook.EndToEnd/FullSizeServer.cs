using Berthbook;

[assembly: AssemblyFixture(typeof(FullSizeServer))]

namespace Berthbook;

/// <summary>
/// One server for all tests that need IANA's registry in full: the 19 files of <c>iana/</c> as revisions 1 to 19,
/// then the one of 2026-08-17.
/// </summary>
public sealed class FullSizeServer : IAsyncLifetime
{
    RunningServer? server;

    /// <summary>The server. Skips the test where there is no data.</summary>
    public RunningServer Server
    {
        get
        {
            TestData.Require();
            return server!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (TestData.Folder is null)
            return;
        server = await RunningServer.StartAsync(
            Names().Select(TestData.Unzip).Append(TestData.Unzip("pairs/2026-08-17/registry.xml.gz"))
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }

    // A plain date before the same date with -2, which the ending would put after it.
    static IEnumerable<string> Names() =>
        Directory
            .EnumerateFiles(Path.Combine(TestData.Folder!, "iana"))
            .Select(path => Path.GetFileName(path).Replace(".xml.gz", "", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => $"iana/{name}.xml.gz");
}
