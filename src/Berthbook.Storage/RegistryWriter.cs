using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

/// <summary>
/// Every write of the registry, one after the other on one connection: on the caller's own thread while no other is at it, else on
/// the writer's, where those that wait share a commit (docs/decisions/0010).
/// Each runs in a savepoint of its own, so that one that fails is undone alone, and none is answered before the commit.
/// </summary>
public sealed class RegistryWriter : IDisposable
{
    // So many share a commit at most: the first of them waits for the last.
    const int MostTogether = 64;

    readonly SqliteConnection connection;
    readonly Commands commands;
    readonly Action reload;
    readonly object bell = new();
    readonly Queue<WaitingWrite> waiting = new();
    readonly List<Action> undo = [];
    readonly List<Action> afterwards = [];
    Thread? thread;
    bool isBusy;
    bool isClosed;
    bool isBehind;

    /// <param name="connection">The connection that writes.</param>
    /// <param name="reload">Makes what is in memory what is on disk, after a failure.</param>
    internal RegistryWriter(SqliteConnection connection, Action reload)
    {
        (this.connection, this.reload) = (connection, reload);
        commands = Commands.Keep(connection);
    }

    /// <summary>Why the last write of all could not be stored, in words; null where it was. Reads go on, and the next write tries again.</summary>
    public string? Fault { get; private set; }

    /// <summary>Called inside the transaction before its commit: for tests of what a crash leaves.</summary>
    internal Action? BeforeCommit { get; set; }

    /// <summary>Held while a transaction is open, so that who holds it sees what is committed alone.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Runs a write in a transaction and returns once it is committed; what it throws is undone and thrown here.</summary>
    /// <exception cref="StorageException">It was not stored.</exception>
    public Task<T> RunAsync<T>(Func<SqliteConnection, T> write) => RunAsync(write, _ => true);

    /// <summary>Runs a write whose result says whether it is kept; one that is not leaves no trace.</summary>
    internal Task<T> RunAsync<T>(Func<SqliteConnection, T> write, Func<T, bool> isKept)
    {
        var work = new WaitingWrite<T>(write, isKept);
        lock (bell)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            if (isBusy || waiting.Count > 0)
            {
                Leave(work);
                return work.Answered;
            }
            isBusy = true;
        }
        // The way to another thread and back takes longer than a small write.
        try
        {
            Commit([work]);
        }
        finally
        {
            Rest();
        }
        return work.Answered;
    }

    /// <summary>Runs a write alone, on this thread.</summary>
    internal T Run<T>(Func<SqliteConnection, T> write)
    {
        var work = new WaitingWrite<T>(write, _ => true);
        Commit([work]);
        return work.Answered.GetAwaiter().GetResult();
    }

    /// <summary>Within a write: does something that leaves no trace unless its result is kept.</summary>
    internal T Attempt<T>(Func<T> act, Func<T, bool> isKept)
    {
        var known = undo.Count;
        var later = afterwards.Count;
        commands.Run("SAVEPOINT attempt");
        var isDone = false;
        try
        {
            var result = act();
            isDone = isKept(result);
            return result;
        }
        finally
        {
            // An error of the disk may have undone the whole transaction already.
            if (!IsOver)
            {
                if (!isDone)
                    commands.Run("ROLLBACK TO attempt");
                commands.Run("RELEASE attempt");
            }
            if (!isDone)
            {
                UndoTo(known);
                afterwards.RemoveRange(later, afterwards.Count - later);
            }
        }
    }

    /// <summary>Within a write: what takes back a change of memory if the write is undone.</summary>
    internal void OnUndo(Action action) => undo.Add(action);

    /// <summary>Within a write: what is done once it is committed.</summary>
    internal void OnCommit(Action action) => afterwards.Add(action);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (bell)
        {
            isClosed = true;
            Monitor.PulseAll(bell);
            while (isBusy || waiting.Count > 0)
                Monitor.Wait(bell);
        }
        thread?.Join();
        commands.Drop();
    }

    // To the writer's thread, with the bell held.
    void Leave(WaitingWrite work)
    {
        waiting.Enqueue(work);
        if (thread is null)
        {
            thread = new(Loop) { IsBackground = true, Name = "registry writer" };
            thread.Start();
        }
    }

    void Rest()
    {
        lock (bell)
        {
            isBusy = false;
            Monitor.PulseAll(bell);
        }
    }

    void Loop()
    {
        var together = new List<WaitingWrite>();
        while (true)
        {
            together.Clear();
            lock (bell)
            {
                while (isBusy || (waiting.Count == 0 && !isClosed))
                    Monitor.Wait(bell);
                if (waiting.Count == 0)
                    return;
                while (together.Count < MostTogether && waiting.TryDequeue(out var next))
                    together.Add(next);
                isBusy = true;
            }
            Commit(together);
            Rest();
        }
    }

    void Commit(IReadOnlyList<WaitingWrite> together)
    {
        lock (Gate)
        {
            try
            {
                if (isBehind)
                    Reload();
                commands.Run("BEGIN IMMEDIATE");
                foreach (var write in together)
                    Do(write);
                BeforeCommit?.Invoke();
                commands.Run("COMMIT");
                Fault = null;
            }
            catch (Exception failure)
            {
                Fail(together, failure);
                return;
            }
            undo.Clear();
            foreach (var action in afterwards)
                action();
            afterwards.Clear();
        }
        foreach (var write in together)
            write.Answer();
    }

    // What a write throws is its own matter, unless the transaction is gone with it or memory is torn.
    void Do(WaitingWrite write)
    {
        try
        {
            Attempt(
                () =>
                {
                    write.Do(connection);
                    return write;
                },
                done => done.IsKept
            );
        }
        catch (Exception failure) when (!IsOver && failure is not (Journal.JournalException or IOException))
        {
            write.Threw(failure);
        }
    }

    void Fail(IReadOnlyList<WaitingWrite> together, Exception failure)
    {
        Fault = $"nothing could be stored: {failure.Message}";
        afterwards.Clear();
        UndoTo(0);
        try
        {
            if (!IsOver)
                commands.Run("ROLLBACK");
            Reload();
        }
        catch (Exception damage)
            when (damage is SqliteException or StorageException or IOException or Journal.JournalException)
        {
            isBehind = true;
        }
        foreach (var write in together)
        {
            write.Threw(new StorageException($"this was not stored: {failure.Message}", failure));
            write.Answer();
        }
    }

    void Reload()
    {
        isBehind = true;
        reload();
        isBehind = false;
    }

    void UndoTo(int count)
    {
        for (var i = undo.Count - 1; i >= count; i--)
            undo[i]();
        undo.RemoveRange(count, undo.Count - count);
    }

    bool IsOver => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) != 0;
}
