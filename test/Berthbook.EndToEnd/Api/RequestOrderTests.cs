using System.Net;
using System.Text.RegularExpressions;

namespace Berthbook.Api;

/// <summary>Requests in the order asked for, over the API and on the page.</summary>
public sealed partial class RequestOrderTests : IAsyncLifetime
{
    RequestsServer own = null!;

    public async ValueTask InitializeAsync()
    {
        own = await RequestsServer.StartAsync();
        // 1 is assigned, 2 and 4 in review, 3 withdrawn; the clock goes on between the steps.
        await own.SubmitAsync("ada", RequestsServer.Asking("plum", "ada"));
        Tick();
        await own.SubmitAsync("ada", RequestsServer.Asking("Fig", "ada", "4100"));
        Tick();
        await own.SubmitAsync("bob", RequestsServer.Asking("apple", "bob", "4200"));
        Tick();
        await own.SubmitAsync("bob", RequestsServer.Asking("pear", "bob", "4300"));
        Tick();
        await own.ActAsync(3, "withdraw", "bob");
        Tick();
        await own.ActAsync(2, "recommend", "eve", """{"for":true,"reason":"It fits.","criteria":["P10"]}""");
        Tick();
        await own.SubmitAsync(
            "rolf",
            """{"kind":"header","role":"registrar","header":{"title":"Harbour town"},"reason":"Clearer."}"""
        );
    }

    public ValueTask DisposeAsync() => own.DisposeAsync();

    [Theory]
    [InlineData("", "5 4 3 2 1")]
    [InlineData("number", "1 2 3 4 5")]
    [InlineData("-number", "5 4 3 2 1")]
    [InlineData("name", "3 2 4 1 5")]
    [InlineData("-name", "1 4 2 3 5")]
    [InlineData("submitted", "1 2 3 4 5")]
    [InlineData("-updated", "5 2 3 4 1")]
    [InlineData("kind,number", "1 2 3 4 5")]
    [InlineData("-kind,-number", "5 4 3 2 1")]
    [InlineData("revision,-number", "1 5 4 3 2")]
    [InlineData("-revision", "1 5 4 3 2")]
    public async Task Are_sorted_as_asked(string sort, string numbers)
    {
        var said = await own.GetAsync($"requests{(sort.Length == 0 ? "" : $"?sort={sort}")}");
        Assert.Equal(numbers, Numbers(said));
        var page = await own.Server.Client.GetStringAsync(
            $"/requests?sort={sort}",
            TestContext.Current.CancellationToken
        );
        Assert.Equal(numbers, string.Join(' ', Row.Matches(page).Select(row => row.Groups[1].Value)));
    }

    [Fact]
    public async Task States_come_in_the_order_in_which_a_request_passes_them()
    {
        var said = await own.GetAsync("requests?sort=state,number");
        Assert.Equal(
            ["in-review", "in-review", "awaiting-approval", "assigned", "withdrawn"],
            said.Json["items"]!.AsArray().Select(one => (string)one!["state"]!)
        );
    }

    [Fact]
    public async Task Filters_and_pages_keep_the_order()
    {
        Assert.Equal("2 4", Numbers(await own.GetAsync("requests?state=in-review&sort=number")));
        Assert.Equal("2 1", Numbers(await own.GetAsync("requests?mine=true&sort=-number", "ada")));
        Assert.Equal("4", Numbers(await own.GetAsync("requests?sort=name&pageSize=1&page=3")));
    }

    [Theory]
    [InlineData("colour")]
    [InlineData("-")]
    [InlineData("number,")]
    [InlineData("document")]
    [InlineData("number;DROP TABLE request")]
    public async Task What_is_no_member_is_refused(string sort)
    {
        var said = await own.GetAsync($"requests?sort={Uri.EscapeDataString(sort)}");
        Assert.Equal(HttpStatusCode.BadRequest, said.Status);
        Assert.Equal("sort", (string?)said.Json["faults"]![0]!["field"]);
        using var page = await own.Server.Client.GetAsync(
            $"/requests?sort={Uri.EscapeDataString(sort)}",
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
    }

    static string Numbers(Said said) =>
        string.Join(' ', said.Json["items"]!.AsArray().Select(one => (int)one!["number"]!));

    void Tick() => own.Server.Clock.Advance(TimeSpan.FromMinutes(1));

    [GeneratedRegex("""<th scope="row"><a href="/requests/(\d+)">""")]
    static partial Regex Row { get; }
}
