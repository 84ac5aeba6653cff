using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

public sealed class RegistryWriterTests : IDisposable
{
    readonly OwnRegistry own = new();

    public void Dispose() => own.Dispose();

    RegistryWriter Writer => own.Registry.Writer;

    [Fact]
    public async Task Writes_that_wait_share_a_commit_and_each_is_answered_with_its_own_result()
    {
        var commits = 0;
        Writer.BeforeCommit = () => commits++;
        using var first = new ManualResetEventSlim();
        var held = Hold(first);
        var others = Enumerable
            .Range(1, 20)
            .Select(i => Writer.RunAsync(connection => Insert(connection, i)))
            .ToList();
        first.Set();
        Assert.Equal(0, await held);
        Assert.Equal(Enumerable.Range(1, 20), await Task.WhenAll(others));
        Assert.InRange(commits, 1, 3);
        Assert.Equal(["21"], own.Rows("SELECT count(*) FROM one_time_code"));
    }

    [Fact]
    public async Task A_write_that_throws_is_undone_alone()
    {
        using var first = new ManualResetEventSlim();
        var held = Hold(first);
        var failing = Writer.RunAsync<int>(connection =>
        {
            Insert(connection, 1);
            throw new InvalidOperationException("no");
        });
        var last = Writer.RunAsync(connection => Insert(connection, 2));
        first.Set();
        await Task.WhenAll(held, last);
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        Assert.Equal(["0", "2"], own.Rows("SELECT expires FROM one_time_code ORDER BY expires"));
        Assert.Null(Writer.Fault);
    }

    [Fact]
    public async Task A_commit_that_fails_fails_all_that_share_it_and_the_next_one_works_again()
    {
        await own.SubmitAsync(OwnRegistry.Ada, OwnRegistry.Asking(OwnRegistry.Ada, "plum"));
        Writer.BeforeCommit = () => throw new IOException("the disk is full");
        using var first = new ManualResetEventSlim();
        var held = Hold(first);
        var pear = own.SubmitAsync(OwnRegistry.Ada, OwnRegistry.Asking(OwnRegistry.Ada, "pear"));
        var fig = own.SubmitAsync(OwnRegistry.Ada, OwnRegistry.Asking(OwnRegistry.Ada, "fig"));
        first.Set();
        await Assert.ThrowsAsync<StorageException>(() => held);
        await Assert.ThrowsAsync<StorageException>(() => pear);
        await Assert.ThrowsAsync<StorageException>(() => fig);
        Assert.Contains("the disk is full", Writer.Fault, StringComparison.Ordinal);
        Assert.Equal(2, own.Registry.History.Revisions.Length);
        Assert.Equal(Requests.RequestState.Assigned, RequestStateOf(1));
        Writer.BeforeCommit = null;
        var again = await own.SubmitAsync(OwnRegistry.Ada, OwnRegistry.Asking(OwnRegistry.Ada, "pear"));
        Assert.Equal((2, 3), (again.Requests[0].Number, again.Revision));
        Assert.Null(Writer.Fault);
        Assert.Empty(own.Faults);
    }

    [Fact]
    public async Task What_was_written_is_there_when_the_registry_closes()
    {
        var writes = Enumerable
            .Range(0, 50)
            .Select(i => Writer.RunAsync(connection => Insert(connection, i)))
            .ToList();
        own.Restart();
        await Task.WhenAll(writes);
        Assert.Equal(["50"], own.Rows("SELECT count(*) FROM one_time_code"));
    }

    [Fact]
    public async Task A_write_is_done_on_the_caller_s_thread_where_no_other_is_at_it()
    {
        var thread = await Writer.RunAsync(_ => Environment.CurrentManagedThreadId);
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
        using var first = new ManualResetEventSlim();
        var held = Hold(first);
        var others = Writer.RunAsync(_ => Thread.CurrentThread.Name);
        first.Set();
        await held;
        Assert.Equal("registry writer", await others);
    }

    // A write that goes on until it is let go, and has begun.
    Task<int> Hold(ManualResetEventSlim until)
    {
        using var begun = new ManualResetEventSlim();
        var held = Task.Run(() =>
            Writer.RunAsync(connection =>
            {
                begun.Set();
                until.Wait(TestContext.Current.CancellationToken);
                return Insert(connection, 0);
            })
        );
        begun.Wait(TestContext.Current.CancellationToken);
        return held;
    }

    Requests.RequestState RequestStateOf(int number) => own.Requests.Find(number)!.State;

    static int Insert(SqliteConnection connection, int number)
    {
        Commands
            .Of(connection)
            .Run(
                "INSERT INTO one_time_code (hash, purpose, expires) VALUES (@hash, 'test', @expires)",
                ("@hash", BitConverter.GetBytes(number)),
                ("@expires", number)
            );
        return number;
    }
}
