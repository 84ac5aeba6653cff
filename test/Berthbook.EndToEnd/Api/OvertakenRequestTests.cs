using System.Net;

namespace Berthbook.Api;

/// <summary>
/// Requests that the registry overtook: the deciding transaction asks the rules again, and its refusal names the rule, says why,
/// and who won.
/// </summary>
public sealed class OvertakenRequestTests : IAsyncLifetime
{
    const string For = """{"for":true,"reason":"It fits.","criteria":["P10"]}""";

    RequestsServer own = null!;

    public async ValueTask InitializeAsync() => own = await RequestsServer.StartAsync();

    public ValueTask DisposeAsync() => own.DisposeAsync();

    [Fact]
    public async Task A_name_that_went_to_another_at_once_is_refused_with_the_winner()
    {
        var won = await own.SubmitAsync("ada", RequestsServer.Asking("plum", "ada"));
        var lost = await own.PostAsync("requests", "bob", RequestsServer.Asking("PLUM", "bob"));
        Refused(lost, "N3", "is taken", $"It went to request {won.Number} (record ");
    }

    [Fact]
    public async Task A_name_that_an_import_took_is_refused_at_assign()
    {
        var number = await ApprovedAsync("plum", "4100");
        own.Server.Add(SmallServer.File("2026-01-03", SmallServer.Quay + Record("plum", "4200")));
        Refused(await own.PostAsync($"requests/{number}/assign", "rita"), "N3", "is taken", "plum");
        Assert.Equal("approved", (await own.GetAsync($"requests/{number}")).State);
    }

    [Fact]
    public async Task A_number_that_went_to_another_is_refused_at_approval_with_the_winner()
    {
        var first = await RecommendedAsync("pear", "ada", "4100");
        var second = await RecommendedAsync("fig", "bob", "4100");
        await own.ActAsync(first, "approve", "rita");
        await own.ActAsync(first, "assign", "rita");
        Refused(
            await own.PostAsync($"requests/{second}/approve", "rita"),
            "N5",
            "4100 is assigned: pear 4100/tcp",
            $"It went to request {first} (record "
        );
    }

    [Fact]
    public async Task A_number_that_an_import_took_is_refused_at_assign()
    {
        var number = await ApprovedAsync("plum", "4100");
        own.Server.Add(SmallServer.File("2026-01-03", SmallServer.Quay + Record("pear", "4100")));
        var refused = await own.PostAsync($"requests/{number}/assign", "rita");
        Refused(refused, "N5", "4100 is assigned: pear 4100/tcp");
        // What else weighs by now is there as well.
        Assert.Contains("A7", refused.Rules);
    }

    [Fact]
    public async Task A_number_that_became_Reserved_is_refused_at_assign()
    {
        var number = await ApprovedAsync("plum", "4100");
        own.Server.Add(
            SmallServer.File(
                "2026-01-03",
                SmallServer.Quay
                    + """

                    <record>
                      <protocol>tcp</protocol>
                      <description>Reserved</description>
                      <number>4100</number>
                    </record>
                    """
            )
        );
        Refused(await own.PostAsync($"requests/{number}/assign", "rita"), "P7", "4100/tcp is Reserved");
    }

    [Fact]
    public async Task Maintenance_of_what_is_not_assigned_any_more_is_refused_at_assign()
    {
        var number = (
            await own.SubmitAsync(
                "rolf",
                """{"kind":"maintenance","role":"registrar","name":"quay","port":80,"transports":["tcp"],"description":"Quays and piers","reason":"Clearer words."}"""
            )
        ).Number;
        await own.ActAsync(number, "approve", "olga");
        own.Server.Add(SmallServer.File("2026-01-03"));
        Refused(
            await own.PostAsync($"requests/{number}/assign", "rita"),
            "C6",
            "The registry has no assignment of quay"
        );
    }

    [Theory]
    [InlineData("49151", "P7", "49151/tcp is Reserved")]
    [InlineData("80", "P9", "80 is not a User Port")]
    public async Task The_rules_are_asked_about_the_number_that_the_registrar_picks(
        string port,
        string rule,
        string words
    )
    {
        var number = await ApprovedAsync("plum", "\"user\"");
        var choices = $$$"""{"choices":{"port":{{{port}}}}}""";
        Refused(await own.PostAsync($"requests/{number}/assign", "rita", choices), rule, words);
        await own.ActAsync(number, "assign", "rita", """{"choices":{"port":4100}}""");
        Assert.Equal("Assigned", (string?)(await own.GetAsync("ports/4100/tcp")).Json["state"]);
    }

    [Theory]
    [InlineData("""{"registered":"2020-01-01"}""", "C11")]
    [InlineData("""{"follows":999999}""", "C13")]
    [InlineData("""{"contactId":"-"}""", "K2")]
    public async Task A_choice_that_does_not_fit_is_refused_by_its_own_rule(string choices, string rule)
    {
        var number = await ApprovedAsync("plum", "4100");
        var refused = await own.PostAsync(
            $"requests/{number}/assign",
            "rita",
            $$"""{"choices":{{choices}}}"""
        );
        Refused(refused, rule, "It cannot be assigned: ");
    }

    // The first finding is the one that refuses.
    static void Refused(Said said, string rule, params string[] words)
    {
        Assert.Equal((HttpStatusCode.Conflict, "/problems/conflict"), (said.Status, said.Problem));
        Assert.Equal(rule, said.Rules.First());
        var detail = (string)said.Json["detail"]!;
        Assert.All(words, part => Assert.Contains(part, detail, StringComparison.Ordinal));
        Assert.StartsWith((string)said.Json["findings"]![0]!["message"]!, detail, StringComparison.Ordinal);
    }

    async Task<int> ApprovedAsync(string name, string port)
    {
        var number = await RecommendedAsync(name, "ada", port);
        await own.ActAsync(number, "approve", "rita");
        return number;
    }

    async Task<int> RecommendedAsync(string name, string by, string port)
    {
        var number = (await own.SubmitAsync(by, RequestsServer.Asking(name, by, port))).Number;
        await own.ActAsync(number, "recommend", "eve", For);
        return number;
    }

    static string Record(string name, string number) =>
        $"""

            <record>
              <name>{name}</name>
              <protocol>tcp</protocol>
              <description>Another</description>
              <number>{number}</number>
            </record>
            """;
}
