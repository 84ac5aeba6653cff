using System.Text;
using System.Text.Json.Nodes;
using Berthbook.Requests;

namespace Berthbook.Cli;

/// <summary>Somebody writes a request and asks the rules, offline, in a pipe, and of a server.</summary>
public sealed class RequestJourney(SmallServer small) : IDisposable
{
    const string Good = """
        {"kind":"assign","name":"plum","transports":["tcp"],"assignee":{"name":"Plum","email":"p@plum.example"},
        "contact":{"name":"Pia","email":"pia@plum.example"},"description":"Plums in step",
        "reference":"Peers send each other lists of plums over TLS, each list behind its length.","proprietary":false,
        "broadcast":false,"multicast":false,"anycast":false}
        """;

    readonly BerthProgram berth = new();

    public void Dispose() => berth.Dispose();

    [Fact]
    public async Task A_fresh_document_of_each_kind_is_valid_and_says_what_to_fill_in()
    {
        foreach (var kind in RequestKinds.All)
        {
            var file = $"{kind.Word()}.json";
            Assert.Equal(0, (await berth.RunAsync("request", "new", kind.Word(), "-o", file)).Status);
            Assert.Equal(
                File.ReadAllText(berth.In(file)),
                (await berth.RunAsync("request", "new", kind.Word())).Output
            );
            var run = await berth.RunAsync("request", "check", file);
            Assert.Equal(1, run.Status);
            Assert.StartsWith($"{file}\t1\tverdict\t\t", run.Output, StringComparison.Ordinal);
        }
        var again = await berth.RunAsync("request", "new", "add", "-o", "add.json");
        Assert.Equal((4, ""), (again.Status, again.Output));
        Assert.Contains("exists", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_complete_request_is_0_one_to_mend_is_1_and_the_table_fits_80_columns()
    {
        berth.File("good.json", Encoding.UTF8.GetBytes(Good));
        berth.File("bad.json", Encoding.UTF8.GetBytes(Good.Replace("\"plum\"", "\"http\"")));
        var good = await berth.RunAsync("request", "check", "good.json");
        Assert.Equal(0, good.Status);
        Assert.Contains("no local copy of the registry", good.Error, StringComparison.Ordinal);
        Assert.Equal("good.json\t1\tverdict\t\tFirst Come First Served\tcomplete", good.Lines[0]);
        var bad = await berth.RunAsync("request", "check", "good.json", "bad.json");
        Assert.Equal(1, bad.Status);
        Assert.Contains("bad.json\t1\tverdict\t\t\trefused", bad.Lines);
        Assert.Contains(
            bad.Lines,
            line => line.StartsWith("bad.json\t1\trefuse\tN3\tname\t", StringComparison.Ordinal)
        );
        Assert.SkipWhen(
            (await berth.ShellAsync("command -v script")).Status != 0,
            "there is no script here, which gives a terminal"
        );
        var table = await berth.ShellAsync(
            "script -qec 'stty cols 80; NO_COLOR=1 berth request check good.json bad.json 2>/dev/null' /dev/null"
        );
        Assert.Equal(1, table.Status);
        Assert.Contains("good.json: complete", table.Output, StringComparison.Ordinal);
        Assert.Contains("Decided by: First Come First Served", table.Output, StringComparison.Ordinal);
        Assert.Contains("bad.json: refused as it is", table.Output, StringComparison.Ordinal);
        Assert.All(table.Output.Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, 80));
    }

    [Fact]
    public async Task A_stream_has_an_answer_each_and_places_of_its_own()
    {
        var stream = Encoding.UTF8.GetBytes(
            $"{Good.ReplaceLineEndings(" ")}\n{{\"kind\":\"assign\",\"port\":70000}}\n{{\"kind\":\n\u001E{{\"kind\":\"header\"}}\n"
        );
        var run = await berth.RunAsync(stream, "request", "check", "--json", "-");
        Assert.Equal(3, run.Status);
        var answers = JsonNode.Parse(run.Output)!.AsArray();
        Assert.Equal(
            [(1, true), (2, false), (3, false), (4, true)],
            answers.Select(answer => ((int)answer!["line"]!, (bool)answer["found"]!))
        );
        Assert.Equal(
            (2, 25, "port"),
            (
                (int)answers[1]!["faults"]![0]!["line"]!,
                (int)answers[1]!["faults"]![0]!["column"]!,
                (string)answers[1]!["faults"]![0]!["field"]!
            )
        );
        Assert.Contains("-:2:25: port: 70000 is no port number", run.Error, StringComparison.Ordinal);
        var lines = (await berth.RunAsync(stream, "request", "check", "-")).Lines;
        Assert.Equal(
            ["1", "4"],
            lines.Where(line => line.Contains("\tverdict\t")).Select(line => line.Split('\t')[1])
        );
    }

    [Fact]
    public async Task A_server_says_what_its_API_says()
    {
        var server = small.Server.Client.BaseAddress!.ToString();
        var asked = Good.Replace("\"plum\"", "\"quay\"");
        berth.File("quay.json", Encoding.UTF8.GetBytes(asked));
        var run = await berth.RunAsync("request", "check", "--json", "--server", server, "quay.json");
        Assert.Equal((1, ""), (run.Status, run.Error));
        var told = (JsonObject)Assert.Single(JsonNode.Parse(run.Output)!.AsArray())!;
        foreach (var beside in (string[])["query", "line", "found", "source", "faults"])
            Assert.True(told.Remove(beside));
        using var content = new StringContent(asked, Encoding.UTF8, "application/json");
        using var answer = await small.Server.Client.PostAsync(
            "/api/v1/requests/check",
            content,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            told.ToJsonString(
                new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        );
        Assert.Equal(
            4,
            (await berth.RunAsync("request", "check", "--server", "http://[::1]:1", "quay.json")).Status
        );
    }

    [Fact]
    public async Task Wrong_usage_is_2_and_a_file_that_is_not_there_4()
    {
        var kind = await berth.RunAsync("request", "new", "buy");
        Assert.Equal((2, ""), (kind.Status, kind.Output));
        Assert.Contains(
            "'buy' is no kind of request; the kinds are assign, add, ",
            kind.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(2, (await berth.RunAsync("request")).Status);
        Assert.Equal(2, (await berth.RunAsync("request", "check")).Status);
        Assert.Equal(2, (await berth.RunAsync("request", "submit", "a.json")).Status);
        Assert.Equal(4, (await berth.RunAsync("request", "check", "nosuch.json")).Status);
        Assert.Equal(3, (await berth.RunAsync([], "request", "check", "-")).Status);
    }
}
