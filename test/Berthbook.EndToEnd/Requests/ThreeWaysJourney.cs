using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Berthbook.Cli;
using Berthbook.Formats;

namespace Berthbook.Requests;

/// <summary>
/// Random and hostile request documents through the API, the form and the command line: the same verdict from all
/// three, a clear answer each, no mistake of the server.
/// </summary>
public sealed partial class ThreeWaysJourney : IDisposable
{
    const int Seed = 6335;

    const int AtOnce = 16;

    readonly BerthProgram berth = new();
    readonly BerthProgram bare = new();

    public void Dispose()
    {
        berth.Dispose();
        bare.Dispose();
    }

    [Fact]
    public async Task A_request_is_judged_alike_by_API_form_and_command_line()
    {
        var promise = new Promise(
            "requests-three-ways",
            "a random or hostile request: the same verdict by API, form and command line, no mistake of the server",
            Seed
        );
        byte[] file = TestData.Folder is null
            ? Small.Xml(Small.Record("one", "tcp", "1"), Small.Nameless("Unassigned", null, "2-49151"))
            : TestData.Unzip("pairs/2026-08-17/registry.xml.gz");
        await using var server = await RunningServer.StartAsync(
            [file],
            // A mirror whose upstream is not there, as a local copy is one: both lead to where requests are taken.
            settings => settings with { Upstream = new("http://127.0.0.1:1/registry.xml") }
        );
        server.Clock.SetUtcNow(TimeProvider.System.GetUtcNow());
        Assert.Equal(0, (await berth.RunAsync("import", berth.File("registry.xml", file))).Status);
        var requests = new RandomRequests(XmlFormat.Read(file).Registry!, Seed);

        var count = Counts.Of(1_000, 100_000);
        var differing = (await CompareAsync(server, berth, requests, count, promise)).ToList();
        var alone = Counts.Of(10, 1_000);
        foreach (var number in Enumerable.Range(0, alone).Select(i => i * (count / alone)))
            differing.AddRange(await CompareAloneAsync(server, requests, number, promise));
        promise.Failed = differing.Count;
        // Without the registry the same documents are judged otherwise.
        promise.Control = (
            "the command line without the registry",
            (await CompareAsync(server, bare, requests, 200, null)).Count
        );
        promise.Record();
        Assert.True(differing.Count == 0, string.Join("\n\n", differing.Take(5)));
        Assert.True(promise.Control.Failed > 0);
    }

    static async Task<IReadOnlyCollection<string>> CompareAsync(
        RunningServer server,
        BerthProgram program,
        RandomRequests requests,
        int count,
        Promise? promise
    )
    {
        var differing = new ConcurrentQueue<string>();
        using var process = program.Start(BerthProgram.Path, "request", "check", "--json", "-");
        var complaints = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var writing = WriteAsync(process.StandardInput.BaseStream, requests, count);
        var number = 0;
        var comparing = new List<Task>();
        try
        {
            await foreach (
                var answer in JsonSerializer.DeserializeAsyncEnumerable<JsonObject>(
                    process.StandardOutput.BaseStream,
                    cancellationToken: TestContext.Current.CancellationToken
                )
            )
            {
                if (number < count)
                    comparing.Add(
                        CompareAsync(
                            server,
                            requests.Document(number),
                            number,
                            Told.ByProgram(answer!),
                            differing
                        )
                    );
                if (comparing.Count == AtOnce)
                {
                    await Task.WhenAll(comparing);
                    comparing.Clear();
                }
                number++;
                if (promise is not null)
                    promise.Tried++;
            }
        }
        catch (JsonException cut)
        {
            Assert.Fail($"berth ended after {number} answers, {cut.Message}: {await complaints}");
        }
        await Task.WhenAll([writing, .. comparing]);
        await complaints;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (number != count)
            differing.Enqueue($"{count} documents have {number} answers");
        return differing;
    }

    async Task<IReadOnlyCollection<string>> CompareAloneAsync(
        RunningServer server,
        RandomRequests requests,
        int number,
        Promise promise
    )
    {
        var document = requests.Document(number);
        var run = await berth.RunAsync([0x1E, .. document, (byte)'\n'], "request", "check", "--json", "-");
        var differing = new ConcurrentQueue<string>();
        promise.Tried++;
        if (JsonNode.Parse(run.Output) is JsonArray and [JsonObject answer])
        {
            var told = Told.ByProgram(answer);
            await CompareAsync(server, document, number, told, differing);
            if (run.Status != told.Status)
                differing.Enqueue($"{number}: exit status {run.Status}, not {told.Status}");
        }
        else
            differing.Enqueue($"{number}: {run.Output}");
        return differing;
    }

    // A separator before each, so that no fault of one reaches into the next (RFC 7464).
    static async Task WriteAsync(Stream input, RandomRequests requests, int count)
    {
        await using (input)
        {
            for (var number = 0; number < count; number++)
            {
                byte[] framed = [0x1E, .. requests.Document(number), (byte)'\n'];
                await input.WriteAsync(framed, TestContext.Current.CancellationToken);
            }
        }
    }

    static async Task CompareAsync(
        RunningServer server,
        byte[] document,
        int number,
        Told program,
        ConcurrentQueue<string> differing
    )
    {
        using var content = new ByteArrayContent(document)
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
        using var answer = await server.Client.PostAsync(
            "/api/v1/requests/check",
            content,
            TestContext.Current.CancellationToken
        );
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var api = answer.StatusCode
            is HttpStatusCode.OK
                or HttpStatusCode.BadRequest
                or HttpStatusCode.RequestEntityTooLarge
            ? Told.ByApi((JsonObject)JsonNode.Parse(body)!)
            : null;
        if (api is null || !api.IsTooLarge && api.Words != program.Words)
            differing.Enqueue(
                $"{number}: API {(int)answer.StatusCode} {api?.Words ?? body}; program {program.Words}"
            );
        using var form = new ByteArrayContent(FormOf(document))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") },
        };
        using var page = await server.Client.PostAsync(
            "/request",
            form,
            TestContext.Current.CancellationToken
        );
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (page.StatusCode == HttpStatusCode.RequestEntityTooLarge && program.IsTooLarge)
            return;
        if (page.StatusCode != HttpStatusCode.OK)
            differing.Enqueue($"{number}: the form answers {(int)page.StatusCode}");
        else if (PageFault(html, program) is { } fault)
            differing.Enqueue($"{number}: the form {fault}; program {program.Words}");
    }

    static byte[] FormOf(byte[] document)
    {
        var form = new StringBuilder("document=", 16 + 3 * document.Length);
        foreach (var b in document)
            form.Append('%').Append(b.ToString("X2", null));
        return Encoding.ASCII.GetBytes(form.ToString());
    }

    // The page says the same: the procedure, every finding once, every step, every fault.
    static string? PageFault(string html, Told told)
    {
        // Notes stand beside their fields as well.
        var notes = Lists().Matches(html).Sum(list => Notes().Count(list.Value));
        if (notes != told.Messages.Length)
            return $"has {notes} notes, not {told.Messages.Length}";
        var text = Folded(WebUtility.HtmlDecode(Tags().Replace(html, "")));
        foreach (var message in told.Messages.Concat(told.Steps))
        {
            if (!text.Contains(Folded(message), StringComparison.Ordinal))
                return $"does not say: {message}";
        }
        var procedure = Decided().Match(html) is { Success: true } match
            ? WebUtility.HtmlDecode(match.Groups[1].Value)
            : null;
        return procedure == told.Procedure ? null : $"says that {procedure ?? "nothing"} decides";
    }

    static string Folded(string text) => Blanks().Replace(text, " ").Trim();

    [GeneratedRegex(
        "<section id=\"(?:findings|advice)\".*?</section>|<ul id=\"n-document\".*?</ul>",
        RegexOptions.Singleline
    )]
    private static partial Regex Lists();

    [GeneratedRegex("<li class=\"note-")]
    private static partial Regex Notes();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("Decided by:? <strong[^>]*>([^<]*)</strong>")]
    private static partial Regex Decided();

    /// <summary>What was told of a document: the verdict to the last word, or the faults.</summary>
    sealed record Told(
        string Words,
        string? Procedure,
        ImmutableArray<string> Messages,
        ImmutableArray<string> Steps
    )
    {
        static readonly JsonSerializerOptions Plain = new()
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

        public bool IsTooLarge { get; private init; }

        /// <summary>With which status the program is to end that was asked for this alone.</summary>
        public int Status { get; private init; }

        public static Told ByProgram(JsonObject answer) =>
            (bool)answer["found"]!
                ? OfVerdict(answer)
                : OfFaults(
                    answer["faults"]!.AsArray(),
                    // The separator takes the first column.
                    fault =>
                        (int)fault["line"]! - (int)answer["line"]! + 1 is var line
                            ? (line, (int)fault["column"]! - (line == 1 ? 1 : 0))
                            : default
                );

        public static Told ByApi(JsonObject answer) =>
            answer.ContainsKey("next") ? OfVerdict(answer)
            : (int)answer["status"]! == 413 ? new("", null, [], []) { IsTooLarge = true }
            : OfFaults(answer["faults"]!.AsArray(), fault => ((int)fault["line"]!, (int)fault["column"]!));

        static Told OfVerdict(JsonObject answer)
        {
            var findings = answer["findings"]!.AsArray();
            string[] members = ["procedure", "findings", "effect", "next"];
            return new(
                string.Join('\n', members.Select(member => answer[member]?.ToJsonString(Plain))),
                (string?)answer["procedure"],
                [.. findings.Select(finding => (string)finding!["message"]!)],
                [.. answer["next"]!.AsArray().Select(step => (string)step!["words"]!)]
            )
            {
                Status = findings.Any(finding =>
                    (string)finding!["severity"]! == "refuse"
                    || ((string)finding["severity"]! == "need" && finding["field"] is not null)
                )
                    ? 1
                    : 0,
            };
        }

        static Told OfFaults(JsonArray faults, Func<JsonNode, (int Line, int Column)> placeOf) =>
            new(
                string.Join(
                    '\n',
                    faults.Select(fault =>
                        $"{placeOf(fault!)} {(string?)fault!["field"]}: {(string?)fault["message"]}"
                    )
                ),
                null,
                [.. faults.Select(fault => (string)fault!["message"]!)],
                []
            )
            {
                Status = 3,
                IsTooLarge = faults.Any(fault =>
                    ((string)fault!["message"]!).Contains("at most 262,144 bytes", StringComparison.Ordinal)
                ),
            };
    }
}
