using System.Text;
using System.Text.Json.Nodes;
using Berthbook.Requests;

namespace Berthbook.Storage;

public sealed class AuditLogTests : IDisposable
{
    readonly OwnRegistry own = new();

    public void Dispose() => own.Dispose();

    [Fact]
    public async Task Every_attempt_is_entered_with_who_what_and_the_rule_that_refused_it()
    {
        await FillAsync();
        var entries = own.Requests.Audit(new());
        Assert.Equal(
            [
                "5 account 3 request.approve request 2 refused A11",
                "4 account 2 request.withdraw request 9 refused unknown",
                "3 account 1 request.submit a new request refused N3",
                "2 account 1 request.submit request 2 allowed ",
                "1 account 1 request.submit request 1 allowed ",
            ],
            entries.Select(row =>
                $"{row.Entry.Number} account {row.Entry.Account} {row.Entry.Action} {row.Entry.Subject} {(row.Entry.IsAllowed ? "allowed" : "refused")} {row.Entry.Rule}"
            )
        );
        Assert.Equal(2, entries[^1].Entry.LastRevision.Number);
        Assert.Equal(1, own.Registry.History.Revisions[1].Request);
        Assert.Equal(0, own.Registry.History.Revisions[1].LastAudit!.Number);
    }

    [Fact]
    public async Task Is_read_by_request_account_and_action_and_page_by_page()
    {
        await FillAsync();
        Assert.Equal([5, 2], Numbers(new() { Request = 2 }));
        Assert.Equal([4], Numbers(new() { Account = 2 }));
        Assert.Equal([3, 2, 1], Numbers(new() { Action = "request.submit" }));
        Assert.Equal([3], Numbers(new() { Before = 4, Count = 1 }));
        Assert.Equal(
            [3, 4],
            Numbers(
                new()
                {
                    After = 2,
                    IsOldestFirst = true,
                    Count = 2,
                }
            )
        );
    }

    [Fact]
    public async Task Is_exported_line_by_line_the_oldest_first()
    {
        await FillAsync();
        await EnterAsync(new(1, "account.sign-in", "account 1", true, Details: "from the harbour"));
        var lines = Encoding
            .UTF8.GetString(Assert.Single(own.Requests.ExportAudit(new())).Span)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(6, lines.Length);
        var last = JsonNode.Parse(lines[^1])!;
        Assert.Equal("from the harbour", (string?)last["details"]);
        Assert.Equal((string?)JsonNode.Parse(lines[^2])!["hash"], (string?)last["previous"]);
    }

    [Fact]
    public async Task A_changed_entry_or_text_is_found_and_so_is_a_revision_that_names_another()
    {
        await FillAsync();
        await EnterAsync(new(1, "account.sign-in", "account 1", true, Details: "from the harbour"));
        Assert.Equal(6, own.Registry.Verify().AuditEntries);
        foreach (
            var damage in new[]
            {
                "DELETE FROM audit WHERE number = 6",
                "DELETE FROM audit WHERE number = 1",
                "UPDATE audit SET bytes = bytes || x'00' WHERE number = 2",
                "UPDATE audit SET hash = zeroblob(32) WHERE number = 3",
                "UPDATE audit SET account = 9 WHERE number = 3",
                "UPDATE audit_text SET content = x'00'",
                "UPDATE audit_text SET salt = NULL, content = NULL",
                "UPDATE audit_text SET account = 7",
                "DELETE FROM audit_text",
                "INSERT INTO audit_text (commitment, account) VALUES (zeroblob(32), 1)",
            }
        )
        {
            own.Change(
                $"CREATE TABLE a AS SELECT * FROM audit; CREATE TABLE t AS SELECT * FROM audit_text; {damage}"
            );
            var faults = own
                .Faults.Where(fault => !fault.Contains("schema", StringComparison.Ordinal))
                .ToList();
            own.Change(
                "DELETE FROM audit; DELETE FROM audit_text; INSERT INTO audit SELECT * FROM a; INSERT INTO audit_text SELECT * FROM t; DROP TABLE a; DROP TABLE t"
            );
            Assert.True(faults.Count > 0, damage);
            Assert.Empty(own.Faults);
        }
    }

    [Fact]
    public async Task A_closed_accounts_texts_may_be_gone()
    {
        await EnterAsync(new(1, "account.sign-in", "account 1", true, Details: "from the harbour"));
        own.Change("UPDATE audit_text SET salt = NULL, content = NULL");
        Assert.NotEmpty(own.Faults);
        await EnterAsync(new(1, AuditLog.AccountClosed, "account 1", true));
        Assert.Empty(own.Faults);
    }

    [Fact]
    public async Task A_program_written_from_the_page_alone_agrees()
    {
        await FillAsync();
        await EnterAsync(new(1, "account.sign-in", "account 1", true, Details: "from the harbour"));
        own.Change("PRAGMA wal_checkpoint(TRUNCATE)");
        var (status, words) = await VerifyAsync();
        Assert.Equal(0, status);
        Assert.Contains("2 revisions", words, StringComparison.Ordinal);
        Assert.Contains("6 audit entries", words, StringComparison.Ordinal);
        own.Change(
            "UPDATE audit SET bytes = bytes || x'00' WHERE number = 2; PRAGMA wal_checkpoint(TRUNCATE)"
        );
        Assert.Equal(1, (await VerifyAsync()).Status);
    }

    async Task<(int Status, string Words)> VerifyAsync()
    {
        var (status, output, errors) = await RepositoryScript.RunAsync(
            "verify-journal.py",
            own.Registry.DatabasePath
        );
        return (status, output + errors);
    }

    int[] Numbers(AuditQuery query) => [.. own.Requests.Audit(query).Select(row => row.Entry.Number)];

    Task<int> EnterAsync(AuditDraft draft) =>
        own.Registry.Writer.RunAsync(connection =>
        {
            AuditLog.Append(connection, draft, own.Clock.GetUtcNow());
            return 0;
        });

    async Task FillAsync()
    {
        await own.SubmitAsync(OwnRegistry.Ada, OwnRegistry.Asking(OwnRegistry.Ada, "plum"));
        await own.SubmitAsync(OwnRegistry.Ada, OwnRegistry.Asking(OwnRegistry.Ada, "pear", 5000));
        await own.SubmitAsync(OwnRegistry.Ada, OwnRegistry.Asking(OwnRegistry.Ada, "Plum"));
        await own.TakeAsync(9, OwnRegistry.Bob, new(RequestAction.Withdraw));
        await own.TakeAsync(2, OwnRegistry.Registrar, new(RequestAction.Approve) { Words = "Yes." });
    }
}
