using Berthbook.Journal;
using Berthbook.Rules;
using Berthbook.Server;
using Berthbook.Storage;

namespace Berthbook;

/// <summary>What is served follows what is committed.</summary>
public sealed class CurrentRegistryTests : IDisposable
{
    static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    readonly string folder = Directory.CreateTempSubdirectory("berthbook-current-").FullName;
    readonly RegistryStore store;
    readonly CurrentRegistry current;
    int day = 1;

    public CurrentRegistryTests()
    {
        store = RegistryStore.Open(folder, TimeProvider.System);
        Append();
        current = new(Snapshot.Of(store.History));
    }

    public void Dispose()
    {
        store.Dispose();
        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task A_revision_is_served_soon_after_its_commit_and_who_waits_for_it_goes_on()
    {
        var followed = new TaskCompletionSource<int>();
        current.Follow(store, RuleSettings.Default, next => followed.TrySetResult(next.Revision));
        var served = current.ServedAsync(2);
        Assert.False(served.IsCompleted);
        Assert.Equal(2, Append());
        await served.WaitAsync(Long, TestContext.Current.CancellationToken);
        Assert.Equal(2, current.Snapshot.Revision);
        Assert.Equal(2, await followed.Task.WaitAsync(Long, TestContext.Current.CancellationToken));
        Assert.True(current.ServedAsync(1).IsCompletedSuccessfully);
        Assert.True(current.ServedAsync(2).IsCompletedSuccessfully);
        Assert.False(current.ServedAsync(3).IsCompleted);
    }

    [Fact]
    public async Task Revisions_that_come_while_one_is_served_are_served_together()
    {
        using var goOn = new ManualResetEventSlim();
        var first = new TaskCompletionSource();
        var last = new TaskCompletionSource();
        var followed = new List<int>();
        current.Follow(
            store,
            RuleSettings.Default,
            next =>
            {
                followed.Add(next.Revision);
                first.TrySetResult();
                goOn.Wait(Long);
                if (next.Revision == 5)
                    last.TrySetResult();
            }
        );
        Append();
        await first.Task.WaitAsync(Long, TestContext.Current.CancellationToken);
        Append();
        Append();
        Append();
        Assert.Equal(2, current.Snapshot.Revision);
        goOn.Set();
        await current.ServedAsync(5).WaitAsync(Long, TestContext.Current.CancellationToken);
        await last.Task.WaitAsync(Long, TestContext.Current.CancellationToken);
        Assert.Equal([2, 5], followed);
    }

    [Fact]
    public async Task Who_waits_for_a_revision_that_cannot_be_served_is_told_and_the_next_one_is_tried()
    {
        var isBroken = true;
        current.Replaced += _ =>
        {
            if (isBroken)
                throw new InvalidOperationException("no room");
        };
        current.Follow(store, RuleSettings.Default, _ => { });
        var served = current.ServedAsync(2);
        Append();
        var told = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            served.WaitAsync(Long, TestContext.Current.CancellationToken)
        );
        Assert.Equal("no room", told.Message);
        isBroken = false;
        var next = current.ServedAsync(3);
        Append();
        await next.WaitAsync(Long, TestContext.Current.CancellationToken);
        Assert.Equal(3, current.Snapshot.Revision);
    }

    [Fact]
    public void An_earlier_revision_does_not_take_the_place_of_a_later_one()
    {
        var earlier = current.Snapshot;
        Append();
        var later = Snapshot.Of(store.History);
        current.Replace(later);
        current.Replace(earlier);
        Assert.Same(later, current.Snapshot);
    }

    int Append()
    {
        var before = store.History.Current;
        var after = Differ.Identify(
            before,
            EmptyRegistry.Create("Harbour", new(2026, 3, day++)),
            store.History.NextRecordId
        );
        return store
            .Append(
                new(Differ.Compare(before, after), "test", "another day", TimeProvider.System.GetUtcNow())
            )
            .Number;
    }
}
