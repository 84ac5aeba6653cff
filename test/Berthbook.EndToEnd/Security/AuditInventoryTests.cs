using System.Net;
using Berthbook.Api;
using Berthbook.Server.Accounts;
using Berthbook.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Security;

/// <summary>No change without an entry of the audit, no entry without what it tells (reliability P14).</summary>
public class AuditInventoryTests(ITestOutputHelper output)
{
    readonly Promise promise = new(
        "audit-inventory",
        "every attempt has one entry of the audit, and no change has none",
        0
    );
    readonly List<string> wrong = [];
    readonly HashSet<string> seen = [];

    [Fact]
    public async Task Every_action_on_requests_has_one_entry()
    {
        await using var own = await RequestsServer.StartAsync();
        async Task<Said> Try(string path, string who, string json, string entry)
        {
            Said said = null!;
            await TellAsync(own.Server, async () => said = await own.PostAsync(path, who, json), [entry]);
            return said;
        }
        Task<Said> On(
            int number,
            string action,
            string who,
            string json = """{"reason":"because"}""",
            bool isDone = true
        ) => Try($"requests/{number}/{action}", who, json, $"{(isDone ? "+" : "-")}request.{action}");
        const string For = """{"for":true,"reason":"because","criteria":["A3"]}""";

        var draft = await Try(
            "requests?draft=true",
            "ada",
            RequestsServer.Asking("plum", "ada", "4100"),
            "+request.draft"
        );
        await On(draft.Number, "submit", "bob", "{}", isDone: false);
        await On(draft.Number, "submit", "ada", "{}");
        await On(draft.Number, "ask", "bob", isDone: false);
        await On(draft.Number, "ask", "eve");
        await On(draft.Number, "answer", "ada");
        await On(draft.Number, "recommend", "sam", For, isDone: false);
        await On(draft.Number, "recommend", "eve", For);
        await On(draft.Number, "approve", "rita");
        await On(draft.Number, "assign", "rita", "{}");
        var second = await Try(
            "requests",
            "ada",
            RequestsServer.Asking("pear", "ada", "4101"),
            "+request.submit"
        );
        await On(
            second.Number,
            "stand-in",
            "olga",
            $$"""{"reason":"because","account":{{RequestsServer.AccountOf("sam")}}}"""
        );
        await On(second.Number, "withdraw", "ada");
        var third = await Try(
            "requests",
            "ada",
            RequestsServer.Asking("fig", "ada", "4102"),
            "+request.submit"
        );
        await On(third.Number, "recommend", "eve", For.Replace("true", "false", StringComparison.Ordinal));
        await On(third.Number, "reject", "rita");
        await Try("requests", "ada", RequestsServer.Asking("date", "ada"), "+request.submit");
        await Try("requests", "bob", RequestsServer.Asking("date", "bob"), "-request.submit");
        await FinishAsync(own.Server, "requests");
    }

    [Fact]
    public async Task Every_change_of_accounts_has_one_entry()
    {
        await using var own = await OwnServer.StartAsync();
        var ada = await own.AdministratorAsync();
        var rita = await own.PersonAsync("rita", ada, "registrar");
        const string Email = "dee@example.net";
        Task Call(
            string method,
            string path,
            object? body,
            string? token,
            int expect,
            params string[] entries
        ) => TellAsync(own.Server, () => own.CallAsync(method, path, body, token, expect), entries);

        var wanted = new
        {
            email = Email,
            password = OwnServer.Password,
            name = "Dee",
        };
        await Call("POST", "accounts", wanted, null, 201, "+account.make");
        await Call(
            "POST",
            "accounts/confirm",
            new
            {
                email = Email,
                code = "AAAA",
                password = OwnServer.Password,
            },
            null,
            400,
            "-account.confirm"
        );
        await Call(
            "POST",
            "accounts/confirm",
            new
            {
                email = Email,
                code = own.MailedCode(Email),
                password = OwnServer.Password,
            },
            null,
            200,
            "+account.confirm"
        );
        await Call("POST", "accounts", wanted, null, 201, "-account.make");
        object Token(string password, string? code = null) =>
            new
            {
                email = Email,
                password,
                secondFactor = code,
                name = "t",
                scope = "act",
                days = 2,
            };
        await Call("POST", "tokens", Token("not the password"), null, 401, "-account.sign-in");
        await Call("POST", "tokens", Token(OwnServer.Password), null, 201, "+account.sign-in", "+token.make");
        var dee = await own.TokenAsync(Email);
        var id = (int)(await own.CallAsync("GET", "account", token: dee))["id"]!;
        await Call("GET", "accounts", null, dee, 403);
        await Call(
            "PUT",
            $"accounts/{id}/offices",
            new { offices = new[] { "auditor" } },
            dee,
            403,
            "-PUT setOffices"
        );
        await Call("POST", "claims", new { contact = "Ends_ " }, dee, 201, "+claim.ask");
        await Call("POST", "claims/1/confirm", new { }, rita.Token, 409, "-claim.confirm");
        await Call(
            "POST",
            "claims/1/confirm",
            new { evidence = "a letter" },
            rita.Token,
            200,
            "+claim.confirm"
        );
        await Call("POST", "claims", new { contact = "a/b" }, dee, 201, "+claim.ask");
        await Call("POST", "claims/2/deny", new { }, rita.Token, 200, "+claim.deny");
        // Nor does what is not there leave no trace.
        await Call("POST", "claims/99/confirm", new { }, rita.Token, 404, "-claim.confirm");
        await Call("POST", "claims/plum/deny", new { }, rita.Token, 404, "-claim.deny");
        await Call("POST", "accounts/99/deactivate", null, ada.Token, 404, "-account.deactivate");
        await Call("POST", "accounts/plum/reactivate", null, ada.Token, 404, "-account.reactivate");
        await Call(
            "PUT",
            "accounts/99/offices",
            new { offices = new[] { "auditor" } },
            ada.Token,
            404,
            "-account.offices"
        );
        await Call("DELETE", "tokens/1000", null, dee, 404, "-token.delete");
        await Call("DELETE", "tokens/plum", null, dee, 404, "-token.delete");
        string key = "";
        await TellAsync(
            own.Server,
            async () =>
                key = (string)(await own.CallAsync("POST", "account/second-factor", new { }, dee))["key"]!,
            ["+second-factor.begin"]
        );
        await Call(
            "POST",
            "account/second-factor",
            new { code = "000000" },
            dee,
            400,
            "-second-factor.confirm"
        );
        await Call(
            "POST",
            "account/second-factor",
            new { code = own.CodeOf(key) },
            dee,
            200,
            "+second-factor.confirm"
        );
        await Call("POST", "tokens", Token(OwnServer.Password), null, 401, "-account.sign-in");
        await Call("POST", "tokens", Token(OwnServer.Password, "000000"), null, 401, "-account.sign-in");
        dee = await own.TokenAsync(Email, key);
        await Call(
            "PUT",
            $"accounts/{id}/offices",
            new { offices = new[] { "auditor" } },
            ada.Token,
            200,
            "+account.offices"
        );
        await Call("POST", $"accounts/{ada.Id}/deactivate", null, ada.Token, 409, "-account.deactivate");
        await Call("POST", $"accounts/{id}/deactivate", null, ada.Token, 200, "+account.deactivate");
        await Call("POST", "tokens", Token(OwnServer.Password), null, 403, "-account.sign-in");
        await Call("POST", $"accounts/{id}/reactivate", null, ada.Token, 200, "+account.reactivate");

        var page = new Visitor(own.Server);
        Task Send(string action, (string, string)[] values, params string[] entries) =>
            TellAsync(own.Server, () => page.SendAsync(action, values), entries);
        await page.SignInAsync(Email);
        await Send("/account/second-factor", [("secondFactor", own.CodeOf(key))], "+account.sign-in");
        await Send(
            "/account?handler=Details",
            [("name", "Dee Dee"), ("organization", "")],
            "+account.change"
        );
        await Send(
            "/account?handler=Token",
            [("name", "t"), ("scope", "read"), ("days", "3")],
            "+token.make"
        );
        await Send("/account?handler=DeleteToken", [], "+token.delete");
        // A post without the token of its form: by somebody, by nobody.
        await TellAsync(
            own.Server,
            () => page.GoAsync(Bare("/account?handler=EndSessions")),
            ["-POST account"]
        );
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        await page.OpenAsync("/account");
        var nobody = new Visitor(own.Server);
        await TellAsync(
            own.Server,
            () => nobody.GoAsync(Bare("/account/sign-in")),
            ["-POST account/sign-in"]
        );
        Assert.Equal(HttpStatusCode.BadRequest, nobody.Status);
        await Send("/account?handler=EndSessions", [], "+account.end-sessions");
        await Send(
            "/account?handler=Password",
            [("current", "no"), ("password", OwnServer.Password)],
            "-password.check"
        );
        await Send(
            "/account?handler=Password",
            [("current", OwnServer.Password), ("password", OwnServer.Password)],
            "+password.change"
        );
        await Send("/account?handler=Factor", [("current", OwnServer.Password)], "+second-factor.remove");
        await page.SignInAsync(Email);
        await page.OpenAsync("/account");
        await TellAsync(own.Server, () => page.GoAsync(SignOut(page)), ["+account.sign-out"]);
        await page.OpenAsync("/account/reset");
        await Send("/account/reset", [("email", Email)], "+password.ask-reset");
        await page.OpenAsync($"/account/reset?email={Email}&code={own.MailedCode(Email)}");
        await Send("/account/reset", [("password", OwnServer.Password)], "+password.reset");
        dee = await own.TokenAsync(Email);
        await Call("DELETE", "account", null, dee, 204, "+account.closed");
        await FinishAsync(own.Server, "accounts");
    }

    [Fact]
    public async Task What_a_limit_refuses_has_entries_and_a_flood_of_it_few()
    {
        await using var own = await OwnServer.StartAsync(settings =>
            settings with
            {
                SignInsPerAddress = 40,
            }
        );
        var entries = own.Server.Services.GetRequiredService<RequestStore>();
        async Task<List<string>> NotedAsync(Func<Task> act)
        {
            var last = entries.Audit(new() { Count = 1 }) is [var one] ? one.Entry.Number : 0;
            await act();
            return
            [
                .. entries
                    .Audit(
                        new()
                        {
                            After = last,
                            IsOldestFirst = true,
                            Count = 1000,
                        }
                    )
                    .Select(row => $"{row.Entry.Action} {row.Entry.Rule} {row.Details}".TrimEnd()),
            ];
        }
        async Task SignInAsync(int count, string email)
        {
            for (var i = 0; i < count; i++)
                (
                    await own.SendAsync(
                        "POST",
                        "tokens",
                        new
                        {
                            email = email.Replace("#", $"{i}", StringComparison.Ordinal),
                            password = "not the password",
                            name = "t",
                            scope = "read",
                            days = 1,
                        }
                    )
                ).Dispose();
        }
        var wanted = new
        {
            email = "dee@example.net",
            password = OwnServer.Password,
            name = "Dee",
        };

        // One account: ten tries are wrong, the next are too many.
        Assert.Equal(
            [.. Enumerable.Repeat("account.sign-in password", 10), "account.sign-in lockout"],
            await NotedAsync(() => SignInAsync(13, wanted.email))
        );
        // One mailbox.
        var made = await NotedAsync(async () =>
        {
            for (var i = 0; i < 12; i++)
                (await own.SendAsync("POST", "accounts", wanted)).Dispose();
        });
        Assert.Equal([.. Enumerable.Repeat("account.make", 10), "account.make limit"], made);
        // One network address: of 25 used, 15 more are tried; then 100 are refused, of which three are noted.
        var flood = await NotedAsync(() => SignInAsync(115, "person#@example.net"));
        Assert.Equal(
            [
                .. Enumerable.Repeat("account.sign-in password", 15),
                "POST makeToken limit",
                "POST makeToken limit 10 within 15 minutes",
                "POST makeToken limit 100 within 15 minutes",
            ],
            flood
        );
        // A stranger at a closed door is counted like that too.
        var closed = await NotedAsync(async () =>
        {
            for (var i = 0; i < 20; i++)
                (await own.SendAsync("DELETE", "account")).Dispose();
        });
        Assert.Equal(["DELETE closeAccount limit", "DELETE closeAccount limit 10 within 15 minutes"], closed);
        // The next window begins anew.
        var refusals = own.Server.Services.GetRequiredService<RefusedAttempts>();
        var later = await NotedAsync(() =>
        {
            foreach (var wait in new[] { TimeSpan.Zero, TimeSpan.Zero, Attempts.Window, TimeSpan.Zero })
            {
                own.Server.Clock.Advance(wait);
                refusals.NoteTooMany("a network", new(0, "try", "", false, "limit"));
            }
            return Task.CompletedTask;
        });
        Assert.Equal(["try limit", "try limit"], later);
    }

    static HttpRequestMessage Bare(string address) =>
        new(HttpMethod.Post, address) { Content = new FormUrlEncodedContent([]) };

    // The button of a form that goes elsewhere than its form.
    static HttpRequestMessage SignOut(Visitor page) =>
        new(HttpMethod.Post, "/account?handler=SignOut")
        {
            Content = new FormUrlEncodedContent([
                KeyValuePair.Create(
                    "form",
                    page.Page.QuerySelector("input[name=form]")!.GetAttribute("value")!
                ),
            ]),
        };

    // What is in the audit after something was done, and whether something else changed just where it says so.
    async Task TellAsync(RunningServer server, Func<Task> act, string[] expected)
    {
        var before = Sweep.Rows(server, "audit", "audit_text");
        var entries = server.Services.GetRequiredService<RequestStore>();
        var last = entries.Audit(new() { Count = 1 }) is [var one] ? one.Entry.Number : 0;
        await act();
        var found = entries
            .Audit(new() { After = last, IsOldestFirst = true })
            .Select(entry => $"{(entry.Entry.IsAllowed ? "+" : "-")}{entry.Entry.Action}")
            .ToList();
        var changed = Sweep.Differing(before, Sweep.Rows(server, "audit", "audit_text"));
        promise.Tried++;
        seen.UnionWith(found);
        // Signing in changes nothing but counts; a refused sign-in counts too; one made again is told by mail.
        string[] quiet = ["+account.sign-in", "+account.sign-out"];
        if (!found.SequenceEqual(expected))
            wrong.Add($"expected {string.Join(' ', expected)}: {string.Join(' ', found)}");
        if (changed.Count > 0 && found.Count == 0)
            wrong.Add($"no entry, yet changed: {string.Join(' ', changed)}");
        if (changed.Count == 0 && found.Exists(entry => entry[0] == '+' && !quiet.Contains(entry)))
            wrong.Add($"nothing changed: {string.Join(' ', found)}");
        string[] harmless = ["account", "outbox"];
        if (changed.Except(harmless).Any() && found.Count > 0 && found.TrueForAll(entry => entry[0] == '-'))
            wrong.Add($"refused, yet changed {string.Join(' ', changed)}: {string.Join(' ', found)}");
    }

    async Task FinishAsync(RunningServer server, string what)
    {
        promise.Failed = wrong.Count;
        // The control: a change behind the audit's back is seen.
        var database = server.Services.GetRequiredService<AccountsDatabase>();
        await TellAsync(
            server,
            () =>
                Task.FromResult(
                    database.Write(connection => connection.Run("UPDATE account SET name = 'x'"))
                ),
            []
        );
        promise.Tried--;
        promise.Control = ("a change without an entry", wrong.Count - promise.Failed);
        wrong.RemoveRange(promise.Failed, wrong.Count - promise.Failed);
        (promise with { Id = $"{promise.Id}-{what}" }).Record();
        Assert.Equal(1, promise.Control.Failed);
        output.WriteLine(
            $"audit of {what}: {promise.Tried} attempts, {seen.Count} kinds of entry: {string.Join(' ', seen.Order())}"
        );
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
