using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Berthbook.Api;
using Berthbook.Server;
using Berthbook.Server.Accounts;
using Berthbook.Storage;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Berthbook.Authorization;

/// <summary>Private words planted everywhere are in no public output, no log, and secrets not even in the backup (reliability P12).</summary>
public class PlantedMarkersTests(ITestOutputHelper output)
{
    const string Marker = "zqmarker";

    [Fact]
    public async Task What_is_private_is_in_no_public_output_and_no_log()
    {
        await using var requests = await RequestsServer.StartAsync();
        var log = new KeptLog();
        requests.Server.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        var secret = requests.NewToken("ada", TokenScope.Act);
        var numbers = await PlantAsync(requests);
        var promise = new Promise(
            "markers",
            "private words planted are in no public output, log or, as secrets, backup",
            0
        );
        var addresses = Addresses(requests.Server, numbers).ToList();
        foreach (var address in addresses)
        {
            promise.Tried++;
            var (bytes, text) = await FetchAsync(requests, address);
            Assert.True(bytes > 0, address);
            promise.Failed += Count(address, text);
        }
        // What is searched for is said back, no more often than a word that is nowhere.
        foreach (
            var search in new[]
            {
                "/?q=",
                "/requests?search=",
                "/api/v1/requests?search=",
                "/api/v1/search?q=",
            }
        )
        {
            promise.Tried++;
            var found = (await FetchAsync(requests, search + Marker)).Text.Split(Marker).Length;
            var absent = (await FetchAsync(requests, search + "zqabsent")).Text.Split("zqabsent").Length;
            promise.Failed += found - absent;
        }
        // Nor does another applicant see more than everybody.
        foreach (var number in numbers)
        {
            promise.Tried++;
            promise.Failed += Count(
                $"{number} as another",
                (await requests.GetAsync($"requests/{number}", "bob")).Text
            );
        }
        promise.Failed += Count("the log", log.ToString());
        promise.Failed += Backup(requests, secret);
        // The control: who is entitled reads the very words there.
        var entitled = (await requests.GetAsync($"requests/{numbers[0]}", "rita")).Text;
        promise.Control = ("markers found where they belong", entitled.Split(Marker).Length - 1);
        promise.Record();
        output.WriteLine(
            $"{promise.Tried} outputs, {log.Count} lines of log, {promise.Control.Failed} markers where they belong"
        );
        Assert.Equal(0, promise.Failed);
        Assert.True(promise.Control.Failed > 3, "void: the markers were not planted");
    }

    int Count(string where, string text)
    {
        var hits = text.Split(Marker).Length - 1;
        if (hits > 0)
            output.WriteLine(
                $"{where}: {text[Math.Max(0, text.IndexOf(Marker, StringComparison.Ordinal) - 150)..][..Math.Min(300, text.Length)]}"
            );
        return hits;
    }

    // A User Port under review with a discussion, a note and a private address; a draft; a report; one that came by mail.
    static async Task<List<int>> PlantAsync(RequestsServer requests)
    {
        var requester = $$"""
            ,"notes":"Public notes","requester":{"name":"{{Marker}} Person","email":"ada@harbour.example"}
            """;
        var reviewed = await requests.SubmitAsync(
            "ada",
            RequestsServer.Asking("plums", "ada", "45100", requester)
        );
        await requests.ActAsync(reviewed.Number, "ask", "eve", Words($"{Marker} question"));
        await requests.ActAsync(reviewed.Number, "answer", "ada", Words($"{Marker} answer"));
        await requests.ActAsync(
            reviewed.Number,
            "recommend",
            "eve",
            $$"""{"for":true,"reason":"fine","note":"{{Marker}} note","criteria":["A3"]}"""
        );
        var notes = $$"""
            ,"notes":"{{Marker}} draft"
            """;
        var draft = await requests.SubmitAsync(
            "ada",
            RequestsServer.Asking("pears", "ada", "", notes),
            "?draft=true"
        );
        var report = await requests.SubmitAsync(
            "ada",
            $$"""{"kind":"unauthorized-use","name":"quay","unauthorizedUse":"{{Marker}} use"}"""
        );
        var claimed = await requests.SubmitAsync(
            "ada",
            $$"""
            {"kind":"assignee-name","name":"quay","assignee":{"name":"Quay and Daughters","email":"ada@harbour.example"},
             "evidence":"{{Marker}} evidence","reason":"succession"}
            """
        );
        return [reviewed.Number, draft.Number, report.Number, claimed.Number];
    }

    static string Words(string words) =>
        JsonSerializer.Serialize(new Dictionary<string, string> { ["reason"] = words });

    // Every address that takes GET, with values that are there; every request by its page and its JSON.
    static IEnumerable<string> Addresses(RunningServer server, List<int> numbers)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = "quay",
            ["id"] = "1",
            ["port"] = "80",
            ["transport"] = "tcp",
            ["revision"] = "1",
            ["code"] = "404",
            ["path"] = "nothing.txt",
            ["rest"] = "nothing",
        };
        foreach (
            var endpoint in server
                .Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
        )
        {
            if (
                endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null
                || endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == false
            )
                continue;
            foreach (var number in numbers.Append(1))
            {
                var filled = endpoint.RoutePattern.PathSegments.Select(segment =>
                    string.Concat(
                        segment.Parts.Select(part =>
                            part switch
                            {
                                Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal =>
                                    literal.Content,
                                Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter =>
                                    values.GetValueOrDefault(parameter.Name)
                                        ?? number.ToString(CultureInfo.InvariantCulture),
                                _ => "",
                            }
                        )
                    )
                );
                yield return "/" + string.Join('/', filled);
                if (endpoint.RoutePattern.Parameters.Count == 0)
                    break;
            }
        }
    }

    static async Task<(long Bytes, string Text)> FetchAsync(RequestsServer requests, string address)
    {
        using var call = new HttpRequestMessage(HttpMethod.Get, address);
        using var answer = await requests.Server.Client.SendAsync(
            call,
            TestContext.Current.CancellationToken
        );
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var text = answer.Headers.ToString() + Encoding.UTF8.GetString(bytes);
        return (text.Length, text);
    }

    // A backup is the operator's and holds what is private; no token and no password lies there to be read.
    static int Backup(RequestsServer requests, string token)
    {
        var file = Path.Combine(
            requests.Server.Services.GetRequiredService<Settings>().Data,
            "markers.backup"
        );
        requests.Server.Store.Backup(file);
        var bytes = File.ReadAllBytes(file);
        Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("account")) >= 0, "the backup is packed");
        return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(token[4..])) >= 0 ? 1 : 0;
    }

    sealed class KeptLog : ILoggerProvider, ILogger
    {
        readonly ConcurrentQueue<string> lines = new();

        public int Count => lines.Count;

        public override string ToString() => string.Join('\n', lines);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose() { }
    }
}
