using Berthbook.Formats;
using Berthbook.Journal;
using Berthbook.Requests;

namespace Berthbook.Storage;

public sealed class HoldingsTests
{
    [Fact]
    public void Doubles_that_an_import_brings_are_the_exceptions_that_they_are()
    {
        using var own = new OwnRegistry(
            Small.Of(
                Small.Record("plum", "tcp", "5000"),
                Small.Record("plum", "udp", "5000"),
                Small.Record("pear", "tcp", "5000"),
                Small.Nameless("Reserved", "udp", "5001")
            )
        );
        Assert.Equal(
            ["pear 3 ", "plum 1 ", "plum 2 imported"],
            own.Rows(
                "SELECT name || ' ' || record || ' ' || coalesce(exception, '') FROM held_name ORDER BY 1"
            )
        );
        Assert.Equal(
            ["0 5000 1 ", "0 5000 3 imported", "1 5000 2 "],
            own.Rows(
                "SELECT transport || ' ' || number || ' ' || record || ' ' || coalesce(exception, '') FROM held_number ORDER BY 1"
            )
        );
    }

    [Fact]
    public void Where_the_holder_leaves_the_next_one_holds()
    {
        using var own = new OwnRegistry(
            Small.Of(Small.Record("plum", "tcp", "5000"), Small.Record("pear", "tcp", "5000"))
        );
        Import(own, Small.Of(Small.Record("pear", "tcp", "5000")));
        Assert.Equal(["2 "], own.Rows("SELECT record || ' ' || coalesce(exception, '') FROM held_number"));
        Import(own, Small.Of(Small.Nameless("Reserved", "tcp", "5000")));
        Assert.Empty(own.Rows("SELECT record FROM held_number"));
        Assert.Empty(own.Rows("SELECT record FROM held_name"));
        Assert.Equal(["3"], own.Rows("SELECT revision FROM held_state"));
    }

    [Fact]
    public void A_folder_whose_tables_are_behind_gets_them_anew()
    {
        using var own = new OwnRegistry(Small.Of(Small.Record("plum", "tcp", "5000")));
        own.Change("DELETE FROM held_name; DELETE FROM held_number; DELETE FROM held_state");
        own.Restart();
        Assert.Equal(["plum"], own.Rows("SELECT name FROM held_name"));
        Assert.Equal(["5000"], own.Rows("SELECT number FROM held_number"));
    }

    [Fact]
    public async Task Who_comes_too_late_is_told_who_holds_it()
    {
        using var own = new OwnRegistry(Registry, Rules.RuleBook.Standard.Without("N3"), isNeverFresh: true);
        await own.SubmitAsync(By, OwnRegistry.Asking(By, "plum"));
        var late = await own.SubmitAsync(By, OwnRegistry.Asking(By, "Plum"));
        Assert.Equal(("N3", RefusalKind.Conflict), (late.Refusal!.Rule, late.Refusal.Kind));
        Assert.Contains("request 1", late.Refusal.Words, StringComparison.Ordinal);
        Assert.Single(own.Named("plum"));
        Assert.Empty(own.Faults);
    }

    [Fact]
    public void The_whole_registry_is_held_as_the_index_finds_it()
    {
        TestData.Require();
        var whole = XmlFormat.Read(TestData.Unzip("pairs/2026-08-17/registry.xml.gz")).Registry!;
        using var own = new OwnRegistry(whole);
        var index = new RegistryIndex(own.Registry.History.Current!);
        var held = own.Rows("SELECT transport || '/' || number FROM held_number WHERE exception IS NULL")
            .ToHashSet();
        foreach (var transport in TransportProtocols.All)
        {
            for (var port = 0; port < PortNumber.Count; port++)
                Assert.Equal(
                    index.Listed(new((ushort)port), transport) == PortState.Assigned,
                    held.Contains($"{(int)transport}/{port}")
                );
        }
    }

    static Registry Registry { get; } = Small.Of(Small.Record("apple", "tcp", "5000"));

    static Actor By { get; } = OwnRegistry.Ada with { Email = "ada@example.org" };

    static void Import(OwnRegistry own, Registry registry)
    {
        var before = own.Registry.History;
        var after = Differ.Identify(before.Current, registry, before.NextRecordId);
        own.Registry.Append(
            new(Differ.Compare(before.Current, after), "test", "an import", own.Clock.GetUtcNow())
        );
    }
}
