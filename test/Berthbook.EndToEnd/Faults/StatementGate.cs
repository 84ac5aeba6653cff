using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Berthbook.Faults;

/// <summary>
/// Holds an operation after its n-th statement, on whichever connection it runs: SQLite itself tells of each statement that
/// ended, so that nothing in the product knows of it.
/// </summary>
sealed class StatementGate : IDisposable
{
    readonly ManualResetEventSlim open = new();
    readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly List<string> seen = [];
    int at = -1;

    /// <summary>Whether the transaction is ended where it is held, and begun anew: the control.</summary>
    public bool IsSplitting { get; init; }

    /// <summary>Ends once the operation is held.</summary>
    public Task Held => held.Task;

    /// <summary>Sees the statements of a connection from now on.</summary>
    public void Watch(SqliteConnection connection)
    {
        var database = connection.Handle!;
        strdelegate_profile passed = (_, statement, _) => Pass(database, statement);
        raw.sqlite3_profile(database, passed, null);
    }

    /// <summary>Counts from here on, and holds after so many statements; never where it is 0.</summary>
    public void Arm(int after)
    {
        lock (seen)
        {
            seen.Clear();
            at = after;
        }
    }

    /// <summary>Lets go on.</summary>
    public void Release() => open.Set();

    /// <summary>After which statements since <see cref="Arm"/> something could come between: not after settings and savepoints.</summary>
    public List<int> Boundaries()
    {
        lock (seen)
            return
            [
                .. Enumerable
                    .Range(1, seen.Count)
                    .Where(number =>
                        !((string[])["PRAGMA", "SAVEPOINT", "RELEASE"]).Any(word =>
                            seen[number - 1].StartsWith(word, StringComparison.Ordinal)
                        )
                    ),
            ];
    }

    public void Dispose() => open.Dispose();

    void Pass(sqlite3 database, string statement)
    {
        lock (seen)
        {
            if (at < 0)
                return;
            seen.Add(statement.TrimStart());
            if (seen.Count != at)
                return;
        }
        var isSplit =
            IsSplitting
            && raw.sqlite3_get_autocommit(database) == 0
            && raw.sqlite3_exec(database, "COMMIT") == raw.SQLITE_OK;
        held.SetResult();
        open.Wait(TimeSpan.FromSeconds(60));
        // The writer's savepoints are as many as it may go back to.
        if (isSplit)
            raw.sqlite3_exec(
                database,
                "BEGIN IMMEDIATE; SAVEPOINT attempt; SAVEPOINT attempt; SAVEPOINT attempt"
            );
    }
}
