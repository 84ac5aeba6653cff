using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Berthbook.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Server.Accounts;

/// <summary>
/// What a closed account leaves (procedures K4): what is personal is in no byte of the database's files any more; decisions,
/// reasons and rules are, and journal and audit verify.
/// </summary>
public sealed class ClosedAccountTests(ITestOutputHelper output) : IAsyncLifetime
{
    static readonly string[] Private =
    [
        "zqperson",
        "zqmailbox",
        "zqquestion",
        "zqanswer",
        "zqnote",
        "zqwithdrawn",
        "zqdraft",
        "zqevidence",
        "zqholder",
    ];

    static readonly string[] Public = ["zqreason", "zqrejection", "zqdenial", "zqplum", "zqother"];

    RequestsServer own = null!;

    public async ValueTask InitializeAsync() => own = await RequestsServer.StartAsync();

    public ValueTask DisposeAsync() => own.DisposeAsync();

    [Fact]
    public async Task Nothing_personal_is_left_in_the_database_and_decisions_stay()
    {
        var rejected = await PlantAsync();
        var before = Bytes();
        // The control: the search finds what is there.
        Assert.All([.. Private, .. Public], marker => Assert.True(Has(before, marker), marker));
        Assert.Contains(
            "zqreason, says ….",
            (await own.GetAsync($"requests/{rejected}")).Text,
            StringComparison.Ordinal
        );

        Assert.Equal(HttpStatusCode.NoContent, await CloseAsync("ada"));

        var after = Bytes();
        var left = Private.Where(marker => Has(after, marker)).ToList();
        output.WriteLine($"{after.Length} bytes; left: {string.Join(", ", left)}");
        Assert.Empty(left);
        Assert.All(Public, marker => Assert.True(Has(after, marker), marker));
        Assert.Empty(own.Server.Store.Verify().Faults);

        // What everybody could see is seen as before, and no name has come back.
        var seen = await own.GetAsync($"requests/{rejected}", "bob");
        Assert.Equal("rejected", seen.State);
        var steps = seen.Json["steps"]!.AsArray();
        Assert.Equal(
            ["submit", "ask", "answer", "recommend", "reject"],
            steps.Select(step => (string)step!["action"]!)
        );
        Assert.Equal("zqreason, says ….", (string?)steps[3]!["reason"]);
        Assert.Equal(["P10"], steps[3]!["rules"]!.AsArray().Select(rule => (string)rule!));
        Assert.Equal("Growers of zqplum", (string?)seen.Json["document"]!["assignee"]!["name"]);
        Assert.Equal(
            seen.Json["steps"]!.ToJsonString(),
            OfRegistrar(await own.GetAsync($"requests/{rejected}", "rita"))
        );
        Assert.Equal(1, (int)(await own.GetAsync("requests?search=zqplum")).Json["total"]!);
        // What others asked and said is theirs.
        Assert.Contains(
            "zqother",
            (await own.GetAsync("requests?search=zqother")).Text,
            StringComparison.Ordinal
        );
    }

    static string OfRegistrar(Said said) => said.Json["steps"]!.ToJsonString();

    // A rejected request with a discussion and a reason that names a person, one withdrawn before a mailbox was confirmed, a draft,
    // a claim with evidence that was rejected, and another's request.
    async Task<int> PlantAsync()
    {
        var rejected = (
            await own.SubmitAsync(
                "ada",
                RequestsServer.Asking(
                    "zqplum",
                    "ada",
                    "4100",
                    ""","requester":{"name":"Zqperson Quay","email":"ada@harbour.example"}"""
                )
            )
        ).Number;
        await own.ActAsync(rejected, "ask", "eve", """{"reason":"zqquestion?"}""");
        await own.ActAsync(rejected, "answer", "ada", """{"reason":"zqanswer."}""");
        await own.ActAsync(
            rejected,
            "recommend",
            "eve",
            """{"for":false,"reason":"zqreason, says Zqperson Quay.","criteria":["P10"],"note":"zqnote"}"""
        );
        await own.ActAsync(rejected, "reject", "rita", """{"reason":"zqrejection"}""");

        var withdrawn = RequestsServer
            .Asking("pear", "ada", "4200")
            .Replace(
                "\"contact\":{\"name\":\"Ada Marker\",\"email\":\"ada@harbour.example\"}",
                "\"contact\":{\"name\":\"Ada Marker\",\"email\":\"zqmailbox@harbour.example\"}",
                StringComparison.Ordinal
            );
        var second = await own.SubmitAsync("ada", withdrawn);
        Assert.Equal("submitted", second.State);
        await own.ActAsync(second.Number, "withdraw", "ada", """{"reason":"zqwithdrawn"}""");

        await own.SubmitAsync(
            "ada",
            RequestsServer.Asking("fig", "ada", "", ""","notes":"zqdraft" """),
            "?draft=true"
        );
        var claimed = await own.SubmitAsync(
            "ada",
            """
            {"kind":"assignee-name","name":"quay","assignee":{"name":"Quay and Daughters","email":"ada@harbour.example"},
             "evidence":"zqevidence","reason":"succession"}
            """
        );
        var denied = await own.PostAsync(
            $"requests/{claimed.Number}/reject",
            "olga",
            """{"reason":"zqdenial"}"""
        );
        Assert.True(denied.Status == HttpStatusCode.OK, denied.Text);
        await own.SubmitAsync("bob", RequestsServer.Asking("zqother", "bob", "4300"));
        // What ada said as a holder to what bob asks.
        await own.Server.Store.Writer.RunAsync(connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = """
                INSERT INTO request_step (request, number, time, account, office, action, state, words, rules)
                SELECT max(number), 9, 0, 1, 'holder', 'confirm', 'in-review', 'zqholder', '' FROM request
                """;
            return command.ExecuteNonQuery();
        });
        return rejected;
    }

    async Task<HttpStatusCode> CloseAsync(string who)
    {
        using var message = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/account");
        message.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            own.NewToken(who, TokenScope.Act)
        );
        using var answer = await own.Server.Client.SendAsync(message, TestContext.Current.CancellationToken);
        Assert.True(
            answer.IsSuccessStatusCode,
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
        return answer.StatusCode;
    }

    // The database with its write-ahead log, as they lie in the folder.
    byte[] Bytes() =>
        [
            .. Directory
                .EnumerateFiles(own.Server.Services.GetRequiredService<Settings>().Data, "registry.db*")
                .SelectMany(Read),
        ];

    static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    static bool Has(byte[] bytes, string marker) =>
        Encoding.Latin1.GetString(bytes).Contains(marker, StringComparison.OrdinalIgnoreCase);
}
