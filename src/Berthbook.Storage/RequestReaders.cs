using System.Collections.Concurrent;

namespace Berthbook.Storage;

/// <summary>Connections that only read, so that who looks at requests never waits for a write.</summary>
sealed class RequestReaders(string path) : IDisposable
{
    readonly ConcurrentBag<Database> idle = [];

    /// <summary>Reads all of it as of one moment.</summary>
    public T Read<T>(Func<Commands, T> read)
    {
        if (!idle.TryTake(out var database))
            database = Database.OpenForReading(path);
        try
        {
            var commands = Commands.Keep(database.Connection);
            commands.Run("BEGIN");
            var result = read(commands);
            commands.Run("COMMIT");
            idle.Add(database);
            return result;
        }
        catch
        {
            // Closing it ends whatever it was in.
            database.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        while (idle.TryTake(out var database))
        {
            Commands.Keep(database.Connection).Drop();
            database.Dispose();
        }
    }
}
