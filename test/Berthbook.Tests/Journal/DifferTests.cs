using System.Collections.Immutable;
using CsCheck;

namespace Berthbook.Journal;

public class DifferTests
{
    static readonly string[] Names = ["a", "b", "c", "d", "e", "f", "g", "h"];

    [Fact]
    public void Gives_a_record_of_the_same_key_its_id_back()
    {
        var before = Identified(Small.Record("one", "tcp", "1"), Small.Record("two", "tcp", "2"));
        var after = Differ.Identify(
            before,
            Small.Of(Small.Record("two", "tcp", "2"), Small.Record("six", "tcp", "6")),
            3
        );
        Assert.Equal([2, 3], after.Records.Select(record => record.Id));
        Assert.Same(before.Records[1], after.Records[0]);
    }

    [Theory]
    [InlineData("two", "tcp", "1")] // renamed (formats.md 7.1, pass 2)
    [InlineData("one", "tcp", "9")] // renumbered (pass 3)
    [InlineData("one", "udp", "1")] // another transport (pass 4)
    public void Keeps_the_id_of_a_record_with_another_key_and_counts_it_twice(
        string name,
        string transport,
        string number
    )
    {
        var before = Identified(Small.Record("one", "tcp", "1"));
        var after = Differ.Identify(before, Small.Of(Small.Record(name, transport, number)), 2);
        var change = Assert.IsType<RecordChange>(Assert.Single(Differ.Compare(before, after)));
        Assert.Equal((1, ChangeKind.Changed, true), (change.Id, change.Kind, change.IsRekeyed));
        Assert.Equal(new ChangeCounts(1, 1, 0), Differ.Count([change]).Records);
    }

    [Fact]
    public void Matches_records_of_one_key_in_order()
    {
        var before = Identified(
            Small.Record("rdp", "tcp", "1"),
            Small.Record("rdp", "tcp", "1", "\n    <sc>7</sc>")
        );
        var after = Differ.Identify(
            before,
            Small.Of(Small.Record("rdp", "tcp", "1"), Small.Record("rdp", "tcp", "1", "\n    <sc>8</sc>")),
            3
        );
        Assert.Equal(["serviceCode"], Assert.Single(Differ.Compare(before, after)).Fields);
    }

    [Fact]
    public void White_space_alone_is_layout_and_counts_nothing()
    {
        var before = Identified(Small.Record("one", "tcp", "1"));
        var after = Differ.Identify(before, Small.Of(Small.Record("one", "tcp", "1", "\n")), 2);
        var change = Assert.Single(Differ.Compare(before, after));
        Assert.Equal(ChangeKind.Layout, change.Kind);
        Assert.Equal(default, Differ.Count([change]).Records);
    }

    [Fact]
    public void Any_two_states_compare_to_changes_that_make_one_into_the_other()
    {
        var state = Gen.Shuffle(Names)
            .Select(Gen.Int[0, Names.Length], (names, count) => names.Take(count).ToArray());
        Gen.Select(state, state)
            .Sample(
                (first, second) =>
                {
                    var before = Identified([
                        .. first.Select((name, i) => Small.Record(name, "tcp", $"{name[0] + i % 3}")),
                    ]);
                    var after = Differ.Identify(
                        before,
                        Small.Of([.. second.Select(name => Small.Record(name, "tcp", $"{(int)name[0]}"))]),
                        100
                    );
                    var document = new Document();
                    foreach (var change in Differ.Compare(null, before).Concat(Differ.Compare(before, after)))
                        Assert.True(document.Apply(change));
                    Assert.Equal(after.Records, document.ToRegistry().Records);
                    Assert.Empty(Differ.Compare(after, document.ToRegistry()));
                },
                iter: Counts.Of(500, 20_000)
            );
    }

    [Fact]
    public void The_fewest_records_move()
    {
        var before = Identified([.. Names.Select((name, i) => Small.Record(name, "tcp", $"{i + 1}"))]);
        var moved = new Registry(
            before.Header,
            before.Records.RemoveAt(0).Add(before.Records[0]),
            before.Contacts
        );
        var change = Assert.Single(Differ.Compare(before, moved));
        Assert.Equal((ChangeKind.Moved, 1), (change.Kind, ((RecordChange)change).Id));
    }

    static Registry Identified(params string[] records) => Differ.Identify(null, Small.Of(records), 1);
}
