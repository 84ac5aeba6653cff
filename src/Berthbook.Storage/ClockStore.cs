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
        var commands = Commands.Of(connection);
        commands.Run("DELETE FROM clock WHERE request = @request", ("@request", request.Number));
        var clocks = Clocks.Of(request, settings);
        foreach (var clock in clocks)
            commands.Run(
                "INSERT INTO clock (request, what, due) VALUES (@request, @what, @due)",
                ("@request", request.Number),
                ("@what", clock.What),
                ("@due", clock.Due.ToUnixTimeMilliseconds())
            );
        if (!clocks.IsEmpty)
            Changed?.Invoke();
    }

    /// <summary>What falls due next, or fell due first; null where nothing does.</summary>
    public static DueClock? Next(SqliteConnection connection) =>
        Commands
            .Of(connection)
            .Query(
                "SELECT request, what, due FROM clock ORDER BY due, request LIMIT 1",
                row => new DueClock(
                    row.GetInt32(0),
                    row.GetString(1),
                    DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2))
                )
            )
            .SingleOrDefault();

    /// <summary>What could not be done now is tried again later.</summary>
    public static void Postpone(SqliteConnection connection, DueClock clock, DateTimeOffset until) =>
        Commands
            .Of(connection)
            .Run(
                "UPDATE clock SET due = @until WHERE request = @request AND what = @what",
                ("@until", until.ToUnixTimeMilliseconds()),
                ("@request", clock.Request),
                ("@what", clock.What)
            );
}
