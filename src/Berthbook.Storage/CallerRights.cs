using Berthbook.Requests;
using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

/// <summary>
/// Whether who calls still is what they were when the call came in: an account may be closed or stopped, or lose an office,
/// while a write of its own waits.
/// </summary>
public static class CallerRights
{
    /// <summary>Within a write: why it is not carried out any more, or null.</summary>
    public static Refusal? Lost(SqliteConnection connection, Actor by)
    {
        if (by.Account == 0)
            return null;
        var found = Commands
            .Of(connection)
            .Query(
                "SELECT state, offices FROM account WHERE id = @id",
                row => (State: row.GetString(0), Offices: (Offices)row.GetByte(1)),
                ("@id", by.Account)
            );
        return found is not [var (state, offices)] || (state == "active" && (by.Offices & ~offices) == 0)
            ? null
            : new(
                RefusalKind.Conflict,
                "A10",
                "The account changed since the call came in; nothing was done. Sign in again."
            );
    }
}
