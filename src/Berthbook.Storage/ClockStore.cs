using Berthbook.Requests;
using Berthbook.Rules;
using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

/// <summary>What falls due next.</summary>
/// <param name="Request">The number of the request.</param>
/// <param name="What">The word of the clock (<see cref="Clock.What"/>).</param>
/// <param name="Due">When, UTC.</param>
public sealed record DueClock(int Request, string What, DateTimeOffset Due);

/// <summary>
/// The clocks of requests (procedures A15, A17), replaced in the transaction that stores a request. Each method runs within
/// the transaction that is open on the connection.
/// </summary>
public static class ClockStore
{
    /// <summary>Clocks changed; the transaction may still be open.</summary>
    public static event Action? Changed;

    /// <summary>The clocks of a request become what its history says.</summary>
    public static void Replace(SqliteConnection connection, Request request, RuleSettings settings)
    {
        using var delete = connection.CreateCommand();
        delete.CommandText = "DELETE FROM clock WHERE request = @request";
        delete.Parameters.AddWithValue("@request", request.Number);
        delete.ExecuteNonQuery();
        var clocks = Clocks.Of(request, settings);
        if (clocks.IsEmpty)
            return;
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO clock (request, what, due) VALUES (@request, @what, @due)";
        insert.Parameters.AddWithValue("@request", request.Number);
        var what = insert.Parameters.Add("@what", SqliteType.Text);
        var due = insert.Parameters.Add("@due", SqliteType.Integer);
        foreach (var clock in clocks)
        {
            (what.Value, due.Value) = (clock.What, clock.Due.ToUnixTimeMilliseconds());
            insert.ExecuteNonQuery();
        }
        Changed?.Invoke();
    }

    /// <summary>What falls due next, or fell due first; null where nothing does.</summary>
    public static DueClock? Next(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT request, what, due FROM clock ORDER BY due, request LIMIT 1";
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new(
                reader.GetInt32(0),
                reader.GetString(1),
                DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2))
            )
            : null;
    }

    /// <summary>What could not be done now is tried again later.</summary>
    public static void Postpone(SqliteConnection connection, DueClock clock, DateTimeOffset until)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE clock SET due = @until WHERE request = @request AND what = @what";
        command.Parameters.AddWithValue("@until", until.ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("@request", clock.Request);
        command.Parameters.AddWithValue("@what", clock.What);
        command.ExecuteNonQuery();
    }
}
