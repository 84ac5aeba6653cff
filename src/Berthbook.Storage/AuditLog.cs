using System.Security.Cryptography;
using System.Text;
using Berthbook.Journal;
using Microsoft.Data.Sqlite;

namespace Berthbook.Storage;

/// <summary>Something that was attempted, as the audit keeps it.</summary>
/// <param name="Account">Who attempted it: the number of the account, 0 for nobody or the registry itself.</param>
/// <param name="Action">What: <c>request.approve</c>, <c>account.sign-in</c>.</param>
/// <param name="Subject">On what: <c>request 17</c>, <c>account 3</c>; empty where it is nothing. No personal data.</param>
/// <param name="IsAllowed">Whether it was done.</param>
/// <param name="Rule">The rule or requirement that refused it, or null: <c>A11</c>, <c>office</c>.</param>
/// <param name="Details">More, in words; erased with the account's personal data. Null for none.</param>
public sealed record AuditDraft(
    int Account,
    string Action,
    string Subject,
    bool IsAllowed,
    string? Rule = null,
    string? Details = null
)
{
    /// <summary>The request that it is about, or null.</summary>
    public int? Request { get; init; }

    /// <summary>The version of the request after it, or null.</summary>
    public int? Version { get; init; }
}

/// <summary>The audit: a chain of entries, knotted into the journal's (docs/journal-format.md).</summary>
public static class AuditLog
{
    /// <summary>The action of the entry that says that an account was closed and its personal data erased.</summary>
    public const string AccountClosed = "account.closed";

    /// <summary>
    /// Adds an entry within the transaction that is open on a connection, begun with <c>BEGIN IMMEDIATE</c>; it is there
    /// if and only if that commits.
    /// </summary>
    public static void Append(SqliteConnection connection, AuditDraft draft, DateTimeOffset now)
    {
        var commands = Commands.Of(connection);
        var last = Last(commands);
        var entry = new AuditEntry
        {
            Number = last.Number + 1,
            Previous = last.Hash,
            LastRevision = LinkOf(
                commands.Query(
                    "SELECT number, hash FROM revision ORDER BY number DESC LIMIT 1",
                    row => new ChainLink(row.GetInt32(0), HexOf(row.GetFieldValue<byte[]>(1)))
                )
            ),
            Time = now,
            Account = draft.Account,
            Action = draft.Action,
            Subject = draft.Subject,
            IsAllowed = draft.IsAllowed,
            Rule = draft.Rule,
            Request = draft.Request,
            Version = draft.Version,
            Details = draft.Details is { } details ? Commit(commands, draft.Account, details) : null,
        };
        var bytes = entry.Write();
        commands.Run(
            "INSERT INTO audit (number, hash, account, action, request, bytes) VALUES (@number, @hash, @account, @action, @request, @bytes)",
            ("@number", entry.Number),
            ("@hash", SHA256.HashData(bytes)),
            ("@account", entry.Account),
            ("@action", entry.Action),
            ("@request", entry.Request),
            ("@bytes", bytes)
        );
    }

    /// <summary>Some entries.</summary>
    internal static List<AuditRow> Read(Commands commands, AuditQuery query)
    {
        var conditions = new List<string> { "number > @after", "number < @before" };
        var values = new List<(string, object?)> { ("@after", query.After), ("@before", query.Before) };
        // Said only where it is asked for: then an index finds them.
        Only("request", query.Request);
        Only("account", query.Account);
        Only("action", query.Action);
        values.Add(("@count", Math.Clamp(query.Count, 1, AuditQuery.Most)));
        var entries = commands.Query(
            $"""
            SELECT bytes FROM audit WHERE {string.Join(" AND ", conditions)}
            ORDER BY number {(query.IsOldestFirst ? "ASC" : "DESC")} LIMIT @count
            """,
            row => AuditEntry.Read(row.GetFieldValue<byte[]>(0)),
            [.. values]
        );
        return [.. entries.Select(entry => WithDetails(commands, entry))];

        void Only(string column, object? value)
        {
            if (value is null)
                return;
            conditions.Add($"{column} = @{column}");
            values.Add(($"@{column}", value));
        }
    }

    // With its details, as far as they are there.
    static AuditRow WithDetails(Commands commands, AuditEntry entry) =>
        entry.Details is { } commitment
        && commands.Query(
            "SELECT content, salt FROM audit_text WHERE commitment = @commitment AND content IS NOT NULL",
            row =>
                (Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(0)), HexOf(row.GetFieldValue<byte[]>(1))),
            ("@commitment", Convert.FromHexString(commitment))
        )
            is [var (details, salt)]
            ? new(entry, details, salt)
            : new(entry, null, null);

    /// <summary>The last entry; <see cref="ChainLink.None"/> where there is none.</summary>
    internal static ChainLink Last(Commands commands) =>
        LinkOf(
            commands.Query(
                "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1",
                row => new ChainLink(row.GetInt32(0), HexOf(row.GetFieldValue<byte[]>(1)))
            )
        );

    static ChainLink LinkOf(List<ChainLink> found) => found is [var last] ? last : ChainLink.None;

    static string Commit(Commands commands, int account, string details)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var content = Encoding.UTF8.GetBytes(details);
        var commitment = SHA256.HashData([.. salt, .. content]);
        commands.Run(
            "INSERT INTO audit_text (commitment, account, salt, content) VALUES (@commitment, @account, @salt, @content)",
            ("@commitment", commitment),
            ("@account", account),
            ("@salt", salt),
            ("@content", content)
        );
        return HexOf(commitment);
    }

    static string HexOf(byte[] bytes) => Convert.ToHexStringLower(bytes);
}

/// <summary>An entry of the audit as it is read.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Details">More, in words; null where there is nothing, or where it was erased.</param>
/// <param name="Salt">What the words are hashed with, in hexadecimal; null where they are.</param>
public sealed record AuditRow(AuditEntry Entry, string? Details, string? Salt);

/// <summary>Which entries of the audit to read.</summary>
public sealed record AuditQuery
{
    /// <summary>How many can be asked for at once.</summary>
    public const int Most = 1000;

    /// <summary>Only those about a request, or null.</summary>
    public int? Request { get; init; }

    /// <summary>Only those of an account, or null.</summary>
    public int? Account { get; init; }

    /// <summary>Only those of an action, or null.</summary>
    public string? Action { get; init; }

    /// <summary>Only those of higher numbers.</summary>
    public int After { get; init; }

    /// <summary>Only those of lower numbers.</summary>
    public int Before { get; init; } = int.MaxValue;

    /// <summary>Whether the oldest come first; else the latest.</summary>
    public bool IsOldestFirst { get; init; }

    /// <summary>How many to give, 1 to <see cref="Most"/>.</summary>
    public int Count { get; init; } = 100;
}
