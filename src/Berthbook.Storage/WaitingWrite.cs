using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

/// <summary>A write that waits for its turn, and then for the commit.</summary>
abstract class WaitingWrite
{
    /// <summary>Whether it was done and is to be kept.</summary>
    public abstract bool IsKept { get; }

    public abstract void Do(SqliteConnection connection);

    /// <summary>Notes why it failed.</summary>
    public abstract void Threw(Exception failure);

    /// <summary>Tells who waits what came of it.</summary>
    public abstract void Answer();
}

/// <summary>A write with its result.</summary>
sealed class WaitingWrite<T>(Func<SqliteConnection, T> write, Func<T, bool> isKept) : WaitingWrite
{
    // Who waits goes on elsewhere: the writer has other things to do.
    readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    T? result;
    Exception? failure;

    public Task<T> Answered => answer.Task;

    public override bool IsKept => isKept(result!);

    public override void Do(SqliteConnection connection) => result = write(connection);

    public override void Threw(Exception failure) => this.failure = failure;

    public override void Answer()
    {
        if (failure is null)
            answer.SetResult(result!);
        else
            answer.SetException(failure);
    }
}
