using Berthbook.Answers;
using Berthbook.Requests;
using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

/// <summary>
/// What remains of the requests of an account that is closed (procedures K4): what everybody could see. Decisions, their
/// reasons and the rules stay; persons, addresses, evidence, notes and the discussion go, and what was never submitted.
/// </summary>
public static class RequestErasure
{
    /// <summary>Erases it, within a transaction. The journal and the audit hold none of it.</summary>
    /// <param name="connection">The connection whose transaction is open.</param>
    /// <param name="account">The number of the account.</param>
    /// <param name="registry">The registry, whose contacts are known to everybody.</param>
    public static void Erase(SqliteConnection connection, int account, Registry registry)
    {
        var commands = Commands.Of(connection);
        foreach (
            var number in commands.Query(
                "SELECT number FROM request WHERE applicant = @account ORDER BY number",
                row => row.GetInt32(0),
                ("@account", account)
            )
        )
            Erase(commands, RequestRows.Find(commands, number)!, registry);
        // What it said as a holder to what others asked; why it denied something is public.
        commands.Run(
            """
            UPDATE request_step SET words = NULL
            WHERE account = @account AND office = 'holder' AND action = 'confirm'
            """,
            ("@account", account)
        );
    }

    // An organisation is named where somebody else is its contact: that there was one stays.
    static RequestDocument Remains(RequestDocument part) =>
        part.Assignee?.Name is null
            ? part
            : part with
            {
                Contact = (part.Contact ?? new()) with { Name = "…" },
            };

    static void Erase(Commands commands, Request request, Registry registry)
    {
        var open = new PublicDocument(request.Document, registry);
        RequestRows.Store(
            commands,
            request.Number,
            request.Submitted is null ? new() { Kind = request.Document.Kind } : Remains(open.Part)
        );
        commands.Run(
            "UPDATE request SET addresses = '[]' WHERE number = @number",
            ("@number", request.Number)
        );
        // Reasons that name a person are shown without the name; once the name is forgotten, only their words can see to that.
        foreach (var step in request.Steps)
            commands.Run(
                """
                UPDATE request_step SET words = @words, note = NULL, address = NULL
                WHERE request = @request AND number = @number
                """,
                ("@words", step is { IsPublic: true, Words: { } words } ? open.Words(words) : null),
                ("@request", request.Number),
                ("@number", step.Number)
            );
    }
}
