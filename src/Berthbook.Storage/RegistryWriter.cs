using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

/// <summary>
/// Every write of the registry, one after the other on one connection; those that wait share a commit (docs/decisions/0010).
/// </summary>
public sealed class RegistryWriter
{
    /// <summary>Runs a write in a transaction and returns once it is committed; what it throws is undone and thrown here.</summary>
    public Task<T> RunAsync<T>(Func<SqliteConnection, T> write) => throw new NotImplementedException();
}
