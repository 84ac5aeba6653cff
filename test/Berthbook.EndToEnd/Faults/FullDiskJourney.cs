using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using Berthbook.Server.Accounts;
using Berthbook.Storage;
using Microsoft.Data.Sqlite;

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
    public async Task A_full_disk_is_told_to_whoever_signs_in_and_sessions_go_on_reading()
    {
        Assert.SkipUnless(isMounted, "mounting a small disk takes root");
        const string Email = "dee@example.net";
        const string Password = "harbour lights at dusk";
        OwnFolder.Make(folder);
        using var server = await StartAsync();
        await CallAsync(
            server,
            HttpStatusCode.Created,
            "accounts",
            new
            {
                email = Email,
                password = Password,
                name = "Dee",
            }
        );
        var confirmation = new
        {
            email = Email,
            password = Password,
            code = MailedCode(),
        };
        await CallAsync(server, HttpStatusCode.OK, "accounts/confirm", confirmation);
        Assert.Equal(HttpStatusCode.Redirect, (await SignInAsync(server, Email, Password)).Status);

        var filler = Path.Combine(folder, "filler");
        FillWhole(filler);
        var wish = new
        {
            email = Email,
            password = Password,
            name = "t",
            scope = "read",
            days = 1,
        };
        // What the write-ahead log still has room for is taken; then nothing is.
        for (var i = 0; (await AskAsync(server, "tokens", wish)).Status == HttpStatusCode.Created; i++)
            Assert.True(i < 40, "void: the disk did not fill");
        var elsewhere = new
        {
            email = "eve@example.net",
            password = Password,
            name = "Eve",
        };
        foreach (
            var (path, body) in new (string, object)[]
            {
                ("tokens", wish),
                ("accounts", elsewhere),
                ("accounts/confirm", confirmation),
            }
        )
        {
            var (told, retry, problem) = await AskAsync(server, path, body, OwnFolder.TokenOf(1));
            Assert.True(told == HttpStatusCode.ServiceUnavailable, $"{path}: {told} {problem}");
            Assert.Equal("60", retry);
            Assert.Equal("/problems/unavailable", (string?)JsonNode.Parse(problem)!["type"]);
        }
        var (refused, page) = await SignInAsync(server, Email, Password);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused);
        Assert.Contains("cannot store anything", page, StringComparison.Ordinal);
        Assert.Contains("<html", page, StringComparison.Ordinal);
        // Reads go on, for who is in as well.
        Assert.Contains("Dee", await ReadAsync(server, "/account"), StringComparison.Ordinal);
        await ReadAsync(server, "/api/v1/account", OwnFolder.TokenOf(1));
        await ReadAsync(server, "/requests");

        File.Delete(filler);
        await CallAsync(server, HttpStatusCode.Created, "tokens", wish);
        Assert.Equal(HttpStatusCode.Redirect, (await SignInAsync(server, Email, Password)).Status);
        await server.KillAsync();
        Assert.Empty(RegistryStore.Verify(folder).Faults);
    }

    string MailedCode()
    {
        using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(folder, "registry.db")};Mode=ReadOnly;Pooling=False"
        );
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT body FROM outbox ORDER BY number DESC LIMIT 1";
        return OwnServer.CodeInLetter().Match((string)command.ExecuteScalar()!).Groups[1].Value;
    }

    static async Task CallAsync(ServerProcess server, HttpStatusCode expect, string path, object body)
    {
        var (status, _, text) = await AskAsync(server, path, body);
        Assert.True(status == expect, $"{path}: {status} {text}");
    }

    static async Task<(HttpStatusCode Status, string? Retry, string Text)> AskAsync(
        ServerProcess server,
        string path,
        object body,
        string? token = null
    )
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{path}")
        {
            Content = JsonContent.Create(body),
        };
        if (token is not null)
            message.Headers.Authorization = new("Bearer", token);
        using var answer = await server.Client.SendAsync(message, TestContext.Current.CancellationToken);
        return (
            answer.StatusCode,
            answer.Headers.RetryAfter?.ToString(),
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }

    // The client keeps the cookies, of the form and of the session.
    static async Task<(HttpStatusCode Status, string Page)> SignInAsync(
        ServerProcess server,
        string email,
        string password
    )
    {
        using var form = await server.Client.GetAsync(
            "/account/sign-in",
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.OK, form.StatusCode);
        var page = await new HtmlParser().ParseDocumentAsync(
            await form.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken
        );
        using var message = new HttpRequestMessage(HttpMethod.Post, "/account/sign-in")
        {
            Content = new FormUrlEncodedContent([
                KeyValuePair.Create("email", email),
                KeyValuePair.Create("password", password),
                KeyValuePair.Create("form", page.QuerySelector("input[name=form]")!.GetAttribute("value")!),
            ]),
        };
        using var answer = await server.Client.SendAsync(message, TestContext.Current.CancellationToken);
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            Assert.Equal("60", answer.Headers.RetryAfter?.ToString());
        return (
            answer.StatusCode,
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }

    static async Task<string> ReadAsync(ServerProcess server, string address, string? token = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, address);
        if (token is not null)
            message.Headers.Authorization = new("Bearer", token);
        using var answer = await server.Client.SendAsync(message, TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address}: {answer.StatusCode}");
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    // Leaves nothing.
    static void FillWhole(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        var block = new byte[4096];
        try
        {
            while (true)
                file.Write(block);
        }
        catch (IOException) { }
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
