using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Berthbook.Faults;

/// <summary>
/// The real server on a disk of 8 MiB that fills (reliability P4): no false success, reads go on, it says so, and once there is
/// space it goes on without a restart. Mounting takes root.
/// </summary>
public sealed class FullDiskJourney : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("berthbook-full-").FullName;
    bool isMounted;

    public async ValueTask InitializeAsync() =>
        isMounted =
            OperatingSystem.IsLinux()
            && await RunAsync("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder);

    public async ValueTask DisposeAsync()
    {
        if (isMounted)
            await RunAsync("umount", folder);
        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task A_full_disk_is_told_and_reads_go_on_until_there_is_space()
    {
        Assert.SkipUnless(isMounted, "mounting a small disk takes root");
        OwnFolder.Make(folder);
        var acknowledged = new Dictionary<string, (int Number, Reached Reached)>();
        using (var server = await StartAsync())
        {
            Assert.NotNull(await SubmitAsync(server, "before", acknowledged));
            var filler = Path.Combine(folder, "filler");
            Fill(filler);
            var names = 0;
            while (await SubmitAsync(server, $"full-{++names}", acknowledged) is not null)
                Assert.True(names < 2000, "void: the disk did not fill");
            // And once more, while it is full.
            Assert.Null(await SubmitAsync(server, "full-again", acknowledged));
            var readiness = await server.ReadinessAsync();
            Assert.Equal("degraded", (string?)readiness["status"]);
            Assert.NotEmpty(readiness["reasons"]!.AsArray());
            foreach (
                var address in (string[])
                    ["/api/v1/registry", "/api/v1/requests/1", "/services/before", "/api/v1/requests"]
            )
            {
                using var answer = await server.Client.GetAsync(
                    address,
                    TestContext.Current.CancellationToken
                );
                Assert.True(answer.IsSuccessStatusCode, $"{address}: {answer.StatusCode}");
            }
            File.Delete(filler);
            Assert.NotNull(await SubmitAsync(server, "space-again", acknowledged));
            Assert.Equal("ready", (string?)(await server.ReadinessAsync())["status"]);
            Assert.Empty(KeptFolder.Lost(folder, acknowledged));
            await server.KillAsync();
        }
        using (await StartAsync())
        {
            Assert.Empty(KeptFolder.Lost(folder, acknowledged));
            Assert.Empty(KeptFolder.HalfDone(folder));
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"{acknowledged.Count} acknowledged, all there");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_at_the_start()
    {
        Assert.SkipUnless(isMounted, "mounting a small disk takes root");
        OwnFolder.Make(folder);
        Assert.True(await RunAsync("mount", "-o", "remount,ro", folder));
        using var process = Process.Start(
            new ProcessStartInfo(
                Path.Combine(AppContext.BaseDirectory, "berth-server"),
                ["--data", folder, "--upstream", "none", "--urls", "http://127.0.0.1:0"]
            )
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        var words = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains(folder, words, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", words, StringComparison.Ordinal);
    }

    Task<ServerProcess> StartAsync() =>
        ServerProcess.StartAsync(
            "berth-server",
            ["--data", folder, "--upstream", "none", "--urls", "{url}"],
            ("BERTHBOOK_LOGLEVEL", "error")
        );

    // The number of the request; null where the server said that it could not be stored.
    static async Task<int?> SubmitAsync(
        ServerProcess server,
        string name,
        Dictionary<string, (int Number, Reached Reached)> acknowledged
    )
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/api/v1/requests")
        {
            Content = new StringContent(
                DecidingClients.DocumentOf(name, 1, null),
                Encoding.UTF8,
                "application/json"
            ),
        };
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", OwnFolder.TokenOf(1));
        using var answer = await server.Client.SendAsync(message, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            return null;
        Assert.True(answer.StatusCode == HttpStatusCode.Created, $"{name}: {(int)answer.StatusCode} {text}");
        var number = (int)JsonNode.Parse(text)!["number"]!;
        acknowledged.Add(name, (number, Reached.Assigned));
        return number;
    }

    // Leaves a little, so that the disk fills within a decision and not before one.
    static void Fill(string path)
    {
        var free = new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace - (200 << 10);
        using var file = File.Create(path);
        file.Write(new byte[free]);
    }

    static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardError = true }
        )!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
