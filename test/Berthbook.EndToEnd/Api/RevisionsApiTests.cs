using System.Text.Json.Nodes;

namespace Berthbook.Api;

/// <summary>The journal of IANA's 19 revisions of 2025-08-26 to 2026-03-06, then 2026-08-17.</summary>
public class RevisionsApiTests(FullSizeServer full)
{
    // formats.md 7.2, newest first: added, removed, changed.
    const string Counts =
        "3/1/0 0/0/1 1/0/0 0/0/1 0/0/2 4/1/0 0/0/10 0/0/10 2/2/0 2/2/0 3/1/4 2/2/0 0/0/2 4/1/0 9/6/2 4/1/0 2/2/1 0/0/2 14485/0/0";

    [Fact]
    public async Task Lists_revisions_newest_first_with_their_counts()
    {
        var list = await full.Server.GetAsync("/api/v1/revisions");
        var items = ((JsonArray)list["items"]!).Select(item => item!).ToList();
        Assert.Equal(20, (int)list["total"]!);
        Assert.Equal(Enumerable.Range(1, 20).Reverse(), items.Select(item => (int)item["revision"]!));
        Assert.Equal(
            Counts,
            string.Join(
                ' ',
                items
                    .Skip(1)
                    .Select(item => item["records"]!)
                    .Select(counts => $"{counts["added"]}/{counts["removed"]}/{counts["changed"]}")
            )
        );
        Assert.Equal("2026-03-06", (string?)items[1]["updated"]);
        Assert.Equal("2026-03-06", (string?)items[1]["source"]!["updated"]);
        Assert.Equal("2026-09-01T12:00:00.000Z", (string?)items[1]["time"]);
        Assert.Equal(
            items.Skip(1).Select(item => (string?)item["hash"]),
            items.SkipLast(1).Select(item => (string?)item["previous"])
        );
    }

    [Fact]
    public async Task A_revision_tells_each_change_with_before_and_after()
    {
        var revision = await full.Server.GetAsync("/api/v1/revisions/3");
        Assert.Equal(3, (int)revision["revision"]!);
        var changes = ((JsonArray)revision["changes"]!).Select(change => change!).ToList();
        Assert.Equal((int)revision["total"]!, changes.Count);
        Assert.Equal(2, changes.Count(change => (string?)change["kind"] == "recordRekeyed"));
        var changed = Assert.Single(changes, change => (string?)change["kind"] == "recordChanged");
        foreach (var field in ((JsonArray)changed["fields"]!).Select(field => (string)field!))
            Assert.NotEqual(
                changed["before"]![field]?.ToJsonString(),
                changed["after"]![field]?.ToJsonString()
            );
        Assert.NotEmpty((JsonArray)changed["fields"]!);
        Assert.All(
            changes.Where(change => ((string)change["kind"]!).EndsWith("Removed", StringComparison.Ordinal)),
            change => Assert.Null(change["after"])
        );
    }

    [Fact]
    public async Task The_changes_of_a_whole_import_come_in_pages()
    {
        var first = await full.Server.GetAsync("/api/v1/revisions/1");
        Assert.Equal(1000, ((JsonArray)first["changes"]!).Count);
        Assert.Equal("headerAdded", (string?)first["changes"]![0]!["kind"]);
        Assert.Equal("contactAdded", (string?)first["changes"]![1]!["kind"]);
        var total = (int)first["total"]!;
        var last = await full.Server.GetAsync($"/api/v1/revisions/1?pageSize=10&page={(total + 9) / 10}");
        Assert.All(
            (JsonArray)last["changes"]!,
            change => Assert.Equal("recordAdded", (string?)change!["kind"])
        );
        Assert.Equal(14485, (int)last["records"]!["added"]!);
    }

    [Fact]
    public async Task A_diff_of_neighbours_is_the_revision_between()
    {
        var diff = await full.Server.GetAsync("/api/v1/diff?from=4&to=5");
        var revision = await full.Server.GetAsync("/api/v1/revisions/5");
        Assert.Equal(revision["changes"]!.ToJsonString(), diff["changes"]!.ToJsonString());
        Assert.Equal((int)revision["total"]!, (int)diff["total"]!);
    }

    [Fact]
    public async Task A_diff_backwards_removes_what_was_added()
    {
        var forth = await KindsAsync("/api/v1/diff?from=1&to=19");
        var back = await KindsAsync("/api/v1/diff?from=19&to=1");
        Assert.Equal(forth["recordAdded"], back["recordRemoved"]);
        Assert.Equal(forth["recordRemoved"], back["recordAdded"]);
        Assert.Equal(forth["recordRekeyed"], back["recordRekeyed"]);
        Assert.Equal(forth["recordChanged"], back["recordChanged"]);
        Assert.Empty(await KindsAsync("/api/v1/diff?from=7&to=7"));
    }

    async Task<Dictionary<string, int>> KindsAsync(string address) =>
        ((JsonArray)(await full.Server.GetAsync(address))["changes"]!)
            .GroupBy(change => (string)change!["kind"]!)
            .ToDictionary(group => group.Key, group => group.Count());
}
