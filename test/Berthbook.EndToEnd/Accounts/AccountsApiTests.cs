using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Server.Accounts;

/// <summary>Accounts and tokens as programs meet them.</summary>
public class AccountsApiTests
{
    [Fact]
    public async Task Says_the_same_to_an_address_that_is_known_and_one_that_is_not()
    {
        await using var own = await OwnServer.StartAsync();
        await own.PersonAsync("dee");
        List<string> answers = [];
        foreach (var email in new[] { "dee@example.net", "nobody@example.net" })
        {
            using var made = await own.SendAsync(
                "POST",
                "accounts",
                new
                {
                    email,
                    password = OwnServer.Password,
                    name = "x",
                }
            );
            using var wrong = await own.SendAsync(
                "POST",
                "tokens",
                Credentials(email, "not the password at all")
            );
            answers.Add(await TellAsync(made) + await TellAsync(wrong));
        }
        Assert.Equal(answers[0], answers[1]);
        Assert.Contains(
            "You have an account already",
            own.Letters("dee@example.net")[0],
            StringComparison.Ordinal
        );
        Assert.Contains("code=", own.Letters("nobody@example.net")[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dee@example.net")]
    [InlineData("nobody@example.net")]
    public async Task Lets_ten_wrong_passwords_in_a_quarter_of_an_hour_be_tried(string email)
    {
        await using var own = await OwnServer.StartAsync();
        var dee = await own.PersonAsync("dee");
        for (var i = 0; i < 10; i++)
            await own.CallAsync("POST", "tokens", Credentials(email, $"wrong password {i}"), expect: 401);
        using var refused = await own.SendAsync("POST", "tokens", Credentials(email, OwnServer.Password));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        var wait = int.Parse(
            Assert.Single(refused.Headers.GetValues("Retry-After")),
            CultureInfo.InvariantCulture
        );
        Assert.InRange(wait, 1, 900);
        // Who is in goes on.
        await own.CallAsync("GET", "account", token: dee.Token);
        own.Server.Clock.Advance(TimeSpan.FromSeconds(wait));
        await own.CallAsync(
            "POST",
            "tokens",
            Credentials(email, OwnServer.Password),
            expect: email == dee.Email ? 201 : 401
        );
    }

    [Fact]
    public async Task Counts_wrong_passwords_before_they_are_hashed_however_many_come_at_a_time()
    {
        await using var own = await OwnServer.StartAsync();
        await own.PersonAsync("dee");
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(i =>
                    own.SendAsync("POST", "tokens", Credentials("dee@example.net", $"wrong password {i}"))
                )
        );
        Assert.Equal(10, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
        Assert.Equal(30, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Takes_no_address_that_nobody_confirmed()
    {
        await using var own = await OwnServer.StartAsync();
        var body = new
        {
            email = "dee@example.net",
            password = OwnServer.Password,
            name = "Dee",
        };
        await own.CallAsync("POST", "accounts", body, expect: 201);
        await own.CallAsync("POST", "tokens", Credentials(body.email, body.password), expect: 401);
        await ConfirmAsync(own, body.email, "AAAA", body.password, 400);
        var first = own.MailedCode(body.email);
        // Whoever makes it anew voids the letter of before.
        await own.CallAsync("POST", "accounts", body, expect: 201);
        await ConfirmAsync(own, body.email, first, body.password, 400);
        await ConfirmAsync(own, body.email, own.MailedCode(body.email), body.password);
        await own.CallAsync("POST", "tokens", Credentials(body.email, body.password), expect: 201);
    }

    [Fact]
    public async Task Makes_no_password_good_that_another_gave_for_the_address()
    {
        await using var own = await OwnServer.StartAsync();
        const string Email = "dee@example.net";
        const string Others = "a stranger's long password";
        object Wanted(string password) =>
            new
            {
                email = Email,
                password,
                name = "Dee",
            };
        Task SignInAsync(string password, int expect) =>
            own.CallAsync("POST", "tokens", Credentials(Email, password), expect: expect);

        await own.CallAsync("POST", "accounts", Wanted(OwnServer.Password), expect: 201);
        // A stranger makes the account anew before its owner opens the letter; the owner opens the newest.
        await own.CallAsync("POST", "accounts", Wanted(Others), expect: 201);
        var code = own.MailedCode(Email);
        var wrongPassword = await ConfirmAsync(own, Email, code, OwnServer.Password, 400);
        Assert.Contains("make the account again", (string)wrongPassword["detail"]!, StringComparison.Ordinal);
        var page = new Visitor(own.Server);
        await page.OpenAsync($"/account/confirm?email={Email}&code={code}");
        var field = page.Page.QuerySelector("#password")!;
        Assert.Equal("password", field.GetAttribute("type"));
        Assert.Equal("current-password", field.GetAttribute("autocomplete"));
        await page.SendAsync("/account/confirm", ("password", OwnServer.Password));
        Assert.Contains(
            "make the account again",
            page.Page.QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(0, own.Count("SELECT count(*) FROM account WHERE email_confirmed"));
        await SignInAsync(Others, 401);
        // What is wrong of code and password is not told, nor that there is no such account.
        foreach (
            var (email, wrong, password) in new[]
            {
                (Email, "AAAA", Others),
                (Email, "AAAA", "no password of anybody"),
                ("nobody@example.net", code, Others),
            }
        )
            Assert.Equal(
                wrongPassword.ToJsonString(),
                (await ConfirmAsync(own, email, wrong, password, 400)).ToJsonString()
            );

        // The owner makes it again: the letter is theirs, and so is the password.
        await own.CallAsync("POST", "accounts", Wanted(OwnServer.Password), expect: 201);
        await ConfirmAsync(own, Email, code, Others, 400);
        await ConfirmAsync(own, Email, own.MailedCode(Email), OwnServer.Password);
        await SignInAsync(Others, 401);
        await SignInAsync(OwnServer.Password, 201);
        await own.CallAsync("POST", "accounts", Wanted(Others), expect: 201);
        await SignInAsync(Others, 401);
        await SignInAsync(OwnServer.Password, 201);
    }

    [Fact]
    public async Task Counts_tries_to_confirm_as_those_to_sign_in()
    {
        await using var own = await OwnServer.StartAsync();
        await own.PersonAsync("dee");
        foreach (var email in new[] { "dee@example.net", "nobody@example.net" })
        {
            for (var i = 0; i < 5; i++)
            {
                await ConfirmAsync(own, email, "AAAA", $"wrong password {i}", 400);
                await own.CallAsync("POST", "tokens", Credentials(email, $"wrong password {i}"), expect: 401);
            }
            await ConfirmAsync(own, email, "AAAA", OwnServer.Password, 429);
            await own.CallAsync("POST", "tokens", Credentials(email, OwnServer.Password), expect: 429);
        }
    }

    [Fact]
    public async Task Tells_whoever_made_an_account_with_another_s_address_not_whether_it_had_one()
    {
        await using var own = await OwnServer.StartAsync();
        await own.PersonAsync("dee");
        var said = new List<string>();
        foreach (var email in new[] { "dee@example.net", "fay@example.net" })
        {
            const string Mine = "a stranger's long password";
            await own.CallAsync(
                "POST",
                "accounts",
                new
                {
                    email,
                    password = Mine,
                    name = "x",
                },
                expect: 201
            );
            for (var i = 0; i < 11; i++)
            {
                using var answer = await own.SendAsync("POST", "tokens", Credentials(email, Mine));
                said.Add(
                    $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(OwnServer.Cancellation)}"
                );
            }
        }
        Assert.Equal(said[..11], said[11..]);
        Assert.StartsWith("429", said[^1], StringComparison.Ordinal);
    }

    static Task<JsonNode> ConfirmAsync(
        OwnServer own,
        string email,
        string code,
        string password,
        int expect = 200
    ) =>
        own.CallAsync(
            "POST",
            "accounts/confirm",
            new
            {
                email,
                code,
                password,
            },
            expect: expect
        );

    [Theory]
    [InlineData("short", "dee@example.net", "Dee")]
    [InlineData("harbour lights at dusk", "dee", "Dee")]
    [InlineData("harbour lights at dusk", "dee@example.net, eve@example.net", "Dee")]
    [InlineData("harbour lights at dusk", "dee@example.net\r\nBcc: eve@example.net", "Dee")]
    [InlineData("harbour lights at dusk", "dee@example.net", " ")]
    public async Task Refuses_what_makes_no_account(string password, string email, string name)
    {
        await using var own = await OwnServer.StartAsync();
        await own.CallAsync(
            "POST",
            "accounts",
            new
            {
                email,
                password,
                name,
            },
            expect: 400
        );
        Assert.Equal(0, own.Count("SELECT count(*) FROM account"));
    }

    [Fact]
    public async Task Ends_a_token_with_its_time_and_lets_one_to_read_do_nothing()
    {
        await using var own = await OwnServer.StartAsync();
        var dee = await own.PersonAsync("dee");
        var reading = await own.TokenAsync(dee.Email, scope: "read", days: 2);
        await own.CallAsync("GET", "tokens", token: reading);
        foreach (
            var (method, path) in new[] { ("POST", "tokens"), ("DELETE", "tokens/1"), ("DELETE", "account") }
        )
            await own.CallAsync(
                method,
                path,
                method == "POST"
                    ? new
                    {
                        name = "x",
                        scope = "act",
                        days = 1,
                    }
                    : null,
                reading,
                403
            );
        own.Server.Clock.Advance(TimeSpan.FromDays(2));
        await own.CallAsync("GET", "account", token: reading, expect: 401);
        await own.CallAsync(
            "POST",
            "tokens",
            new
            {
                name = "x",
                scope = "act",
                days = 367,
            },
            expect: 400
        );
        // Only the hash is kept.
        Assert.Equal(
            0,
            own.Count($"SELECT count(*) FROM access_token WHERE CAST(hash AS TEXT) LIKE '%{reading[4..20]}%'")
        );
    }

    [Fact]
    public async Task Deletes_one_s_own_tokens_only()
    {
        await using var own = await OwnServer.StartAsync();
        var dee = await own.PersonAsync("dee");
        var eve = await own.PersonAsync("eve");
        var id = (int)(await own.CallAsync("GET", "tokens", token: dee.Token))["items"]![0]!["id"]!;
        await own.CallAsync("DELETE", $"tokens/{id}", token: eve.Token, expect: 404);
        await own.CallAsync("DELETE", $"tokens/{id}", token: dee.Token, expect: 204);
        await own.CallAsync("GET", "account", token: dee.Token, expect: 401);
    }

    [Fact]
    public async Task Makes_the_first_administrator_by_a_link_that_is_good_once()
    {
        await using var own = await OwnServer.StartAsync();
        var links = own.Server.Services.GetRequiredService<AdminLinks>();
        object Wanted(string name, string? code) =>
            new
            {
                email = $"{name}@example.net",
                password = OwnServer.Password,
                name,
                code,
            };
        var old = links.Make(isRecovery: false);
        var code = links.Make(isRecovery: false);
        await own.CallAsync("POST", "accounts", Wanted("eve", old), expect: 403);
        await own.CallAsync("POST", "accounts", Wanted("ada", code), expect: 201);
        await own.CallAsync("POST", "accounts", Wanted("eve", code), expect: 403);
        Assert.Null(links.Make(isRecovery: false));

        var late = links.Make(isRecovery: true);
        own.Server.Clock.Advance(AdminLinks.Lasts);
        await own.CallAsync("POST", "accounts", Wanted("eve", late), expect: 403);
        Assert.Equal(1, own.Count("SELECT count(*) FROM account"));
    }

    [Fact]
    public async Task Puts_offices_that_decide_in_force_only_with_a_second_factor()
    {
        await using var own = await OwnServer.StartAsync();
        var ada = await own.AdministratorAsync();
        await own.CallAsync("GET", "accounts", token: ada.Token);
        // The password alone gives no token any more.
        await own.CallAsync("POST", "tokens", Credentials(ada.Email, OwnServer.Password), expect: 401);
        var ivy = await own.PersonAsync("ivy");
        await own.CallAsync(
            "PUT",
            $"accounts/{ivy.Id}/offices",
            new { offices = new[] { "administrator", "auditor" } },
            ada.Token
        );
        await own.CallAsync("GET", "accounts", token: ivy.Token, expect: 403);
        var account = await own.CallAsync("GET", "account", token: ivy.Token);
        Assert.Equal("""["auditor"]""", account["inForce"]!.ToJsonString());
    }

    [Fact]
    public async Task Takes_a_code_of_the_second_factor_once()
    {
        await using var own = await OwnServer.StartAsync();
        var ada = await own.AdministratorAsync();
        var code = own.CodeOf(ada.Key!);
        await own.CallAsync("POST", "tokens", Credentials(ada.Email, OwnServer.Password, code), expect: 201);
        await own.CallAsync("POST", "tokens", Credentials(ada.Email, OwnServer.Password, code), expect: 401);
    }

    [Fact]
    public async Task Reads_rights_with_each_call()
    {
        await using var own = await OwnServer.StartAsync();
        var ada = await own.AdministratorAsync();
        var ivy = await own.PersonAsync("ivy", ada, "administrator");
        await own.CallAsync("GET", "accounts", token: ivy.Token);
        await own.CallAsync(
            "PUT",
            $"accounts/{ivy.Id}/offices",
            new { offices = Array.Empty<string>() },
            ada.Token
        );
        await own.CallAsync("GET", "accounts", token: ivy.Token, expect: 403);
        await own.CallAsync("POST", $"accounts/{ivy.Id}/deactivate", token: ada.Token);
        await own.CallAsync("GET", "account", token: ivy.Token, expect: 401);
        await own.CallAsync("POST", $"accounts/{ivy.Id}/reactivate", token: ada.Token);
        await own.CallAsync("GET", "account", token: ivy.Token);
    }

    [Fact]
    public async Task Keeps_the_last_administrator()
    {
        await using var own = await OwnServer.StartAsync();
        var ada = await own.AdministratorAsync();
        var none = new { offices = Array.Empty<string>() };
        await own.CallAsync("PUT", $"accounts/{ada.Id}/offices", none, ada.Token, 409);
        await own.CallAsync("POST", $"accounts/{ada.Id}/deactivate", token: ada.Token, expect: 409);
        await own.CallAsync("DELETE", "account", token: ada.Token, expect: 409);
        await own.PersonAsync("ivy", ada, "administrator");
        await own.CallAsync("PUT", $"accounts/{ada.Id}/offices", none, ada.Token);
    }

    [Fact]
    public async Task Erases_what_is_personal_when_an_account_is_closed()
    {
        await using var own = await OwnServer.StartAsync();
        var ada = await own.AdministratorAsync();
        var dee = await own.PersonAsync("dee");
        await own.CallAsync("POST", "claims", new { contact = "a/b", statement = "me" }, dee.Token, 201);
        await own.CallAsync("DELETE", "account", token: dee.Token, expect: 204);

        await own.CallAsync("GET", "account", token: dee.Token, expect: 401);
        await own.CallAsync("POST", "tokens", Credentials(dee.Email, OwnServer.Password), expect: 401);
        foreach (
            var (table, column) in new[]
            {
                ("account", "email"),
                ("account", "normalized_email"),
                ("account", "user_name"),
                ("account", "name"),
                ("outbox", "recipient"),
                ("outbox", "body"),
            }
        )
            Assert.Equal(
                0,
                own.Count(
                    $"SELECT count(*) FROM {table} WHERE lower({column}) LIKE '%dee@%' OR {column} = 'dee'"
                )
            );
        foreach (var table in new[] { "access_token", "account_secret", "claim", "audit_text" })
            Assert.Equal(
                0,
                own.Count(
                    $"SELECT count(*) FROM {table} WHERE account = {dee.Id}"
                        + (table == "audit_text" ? " AND content IS NOT NULL" : "")
                )
            );
        var accounts = await own.CallAsync("GET", "accounts", token: ada.Token);
        Assert.Equal("closed", (string?)accounts["items"]![1]!["state"]);
        // The address may have an account anew.
        await own.PersonAsync("dee");
    }

    [Fact]
    public async Task Leaves_no_byte_of_a_closed_account_in_the_database()
    {
        const string Marker = "plantedseagull";
        await using var own = await OwnServer.StartAsync();
        var ada = await own.AdministratorAsync();
        var ivy = await own.PersonAsync("ivy", ada, "registrar");
        var dee = await own.PersonAsync(Marker);
        var page = new Visitor(own.Server);
        await page.SignInAsync(dee.Email);
        await page.SendAsync(
            "/account?handler=Details",
            ("name", $"Dee {Marker}"),
            ("organization", $"{Marker} Ltd")
        );
        await page.SendAsync(
            "/account?handler=Token",
            ("name", $"{Marker} laptop"),
            ("scope", "read"),
            ("days", "3")
        );
        await own.CallAsync(
            "POST",
            "claims",
            new { contact = "a/b", statement = $"I am {Marker}" },
            dee.Token,
            201
        );
        await page.OpenAsync("/account/reset");
        await page.SendAsync("/account/reset", ("email", dee.Email));
        await own.CallAsync(
            "PUT",
            $"accounts/{dee.Id}/offices",
            new { offices = new[] { "auditor" } },
            ada.Token
        );
        var hash = own
            .Server.Services.GetRequiredService<AccountsDatabase>()
            .Read(connection =>
                connection.Query(
                    $"SELECT password_hash FROM account WHERE id = {dee.Id}",
                    row => row.GetString(0)
                )
            )[0];
        Assert.NotEqual(0, Found(own, Marker));
        Assert.NotEqual(0, Found(own, hash));
        var token = await own.TokenAsync(dee.Email);
        await own.CallAsync("DELETE", "account", token: token, expect: 204);
        Assert.Equal(0, Found(own, Marker));
        Assert.Equal(0, Found(own, hash));
        // Void where nothing of the others is found either.
        Assert.NotEqual(0, Found(own, ivy.Email));
    }

    // How often a text is in the files of the database, in whatever case.
    static int Found(OwnServer own, string text)
    {
        var folder = own.Server.Services.GetRequiredService<Settings>().Data;
        var found = 0;
        foreach (var file in Directory.GetFiles(folder, "registry.db*"))
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var whole = new MemoryStream();
            open.CopyTo(whole);
            var words = Encoding.Latin1.GetString(whole.GetBuffer(), 0, (int)whole.Length);
            for (
                var at = 0;
                (at = words.IndexOf(text, at, StringComparison.OrdinalIgnoreCase)) >= 0;
                at += text.Length
            )
                found++;
        }
        return found;
    }

    [Fact]
    public async Task Gives_a_lapsed_mailbox_nothing_of_the_contact_that_it_equals()
    {
        await using var own = await OwnServer.StartAsync();
        var ada = await own.AdministratorAsync();
        var ivy = await own.PersonAsync("ivy", ada, "registrar");
        // The contact Åsa_Öberg has the address asa@example.org; whoever has that mailbox now confirms it.
        var asa = await own.CallAsync(
            "POST",
            "accounts",
            new
            {
                email = "asa@example.org",
                password = OwnServer.Password,
                name = "Asa",
            },
            expect: 201
        );
        Assert.Equal("confirmation-sent", (string?)asa["state"]);
        await ConfirmAsync(own, "asa@example.org", own.MailedCode("asa@example.org"), OwnServer.Password);
        var token = await own.TokenAsync("asa@example.org");
        Assert.Empty((await own.CallAsync("GET", "account", token: token))["claims"]!.AsArray());
        Assert.Empty((await own.CallAsync("GET", "claims", token: token))["items"]!.AsArray());

        var claim = await own.CallAsync("POST", "claims", new { contact = "Åsa_Öberg" }, token, 201);
        var decision = $"claims/{claim["number"]}/confirm";
        Assert.Contains("claims the contact", own.Letters(ivy.Email)[0], StringComparison.Ordinal);
        await own.CallAsync("POST", decision, new { evidence = "myself" }, token, 409);
        await own.CallAsync("POST", decision, new { }, ivy.Token, 409);
        await own.CallAsync("POST", decision, new { evidence = "A letter of 1 September" }, ivy.Token);
        var account = await own.CallAsync("GET", "account", token: token);
        Assert.Equal("Åsa_Öberg", (string?)account["claims"]![0]);

        // A later one is the holder's to confirm, and nobody else's.
        var dee = await own.PersonAsync("dee");
        var later = await own.CallAsync("POST", "claims", new { contact = "Åsa_Öberg" }, dee.Token, 201);
        decision = $"claims/{later["number"]}/confirm";
        Assert.Contains("claims the contact", own.Letters("asa@example.org")[0], StringComparison.Ordinal);
        await own.CallAsync("POST", decision, new { evidence = "x" }, ivy.Token, 409);
        await own.CallAsync("POST", decision, new { }, ada.Token, 404);
        await own.CallAsync("POST", decision, new { }, token);
        Assert.Contains("another holder", own.Letters("asa@example.org")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notes_every_attempt()
    {
        await using var own = await OwnServer.StartAsync();
        var ada = await own.AdministratorAsync();
        var dee = await own.PersonAsync("dee");
        var before = own.Count("SELECT count(*) FROM audit");
        await own.CallAsync(
            "PUT",
            $"accounts/{dee.Id}/offices",
            new { offices = new[] { "registrar" } },
            dee.Token,
            403
        );
        await own.CallAsync("DELETE", "tokens/1", expect: 401);
        await own.CallAsync("POST", "tokens", Credentials(dee.Email, "not the password at all"), expect: 401);
        await own.CallAsync(
            "POST",
            "tokens",
            Credentials("nobody@example.net", "not the password"),
            expect: 401
        );
        Assert.Equal(before + 4, own.Count("SELECT count(*) FROM audit"));
        // What is read and allowed is no attempt.
        await own.CallAsync("GET", "accounts", token: ada.Token);
        Assert.Equal(before + 4, own.Count("SELECT count(*) FROM audit"));
    }

    [Fact]
    public async Task Takes_a_cookie_for_nothing_in_the_api()
    {
        await using var own = await OwnServer.StartAsync();
        await own.PersonAsync("dee");
        var visitor = new Visitor(own.Server);
        await visitor.SignInAsync("dee@example.net");
        Assert.Equal("/account", visitor.Address);
        await visitor.OpenAsync("/api/v1/account");
        Assert.Equal(HttpStatusCode.Unauthorized, visitor.Status);
        Assert.Equal("Bearer", visitor.Answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    static object Credentials(string email, string password, string? secondFactor = null) =>
        new
        {
            email,
            password,
            secondFactor,
            name = "test",
            scope = "act",
            days = 1,
        };

    static async Task<string> TellAsync(HttpResponseMessage answer) =>
        $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(OwnServer.Cancellation)}\n";
}
