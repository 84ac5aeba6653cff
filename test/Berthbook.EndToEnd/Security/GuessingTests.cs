using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Berthbook.Server.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Security;

/// <summary>Guessing passwords and addresses gets nobody anywhere (reliability P16).</summary>
public partial class GuessingTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_thousand_wrong_passwords_reach_the_hash_ten_times_an_account()
    {
        await using var own = await OwnServer.StartAsync();
        var dee = await own.PersonAsync("dee");
        var page = new Visitor(own.Server);
        await page.SignInAsync(dee.Email);
        var counted = CountHashes(own);
        var promise = new Promise(
            "guessing",
            "of 1,000 wrong passwords at most ten per account and window are tried",
            0
        );
        var refused = 0;
        string[] emails = [dee.Email, "DEE@example.net", "nobody@example.net"];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 1000),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Sweep.Cancellation },
            async (i, _) =>
            {
                using var answer = await SignInAsync(own, emails[i % 3], $"not the password {i}");
                if (answer.StatusCode != HttpStatusCode.TooManyRequests)
                    return;
                Interlocked.Increment(ref refused);
                Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalMinutes, 0.01, 15);
            }
        );
        // Two accounts, one of them of nobody; the case of an address makes no other.
        promise.Tried = 1000;
        promise.Failed = Math.Max(0, counted.Count - 20);
        Assert.Equal(20, counted.Count);
        Assert.Equal(980, refused);
        // Whoever is in stays in, with session and token, and is asked for nothing.
        await page.OpenAsync("/account");
        Assert.Equal("/account", page.Address);
        await own.CallAsync("GET", "account", token: dee.Token);
        // The right password is one more try; in the next window there are ten more.
        using (var locked = await SignInAsync(own, dee.Email, OwnServer.Password))
            Assert.Equal(HttpStatusCode.TooManyRequests, locked.StatusCode);
        own.Server.Clock.Advance(Attempts.Window);
        for (var i = 0; i < 30; i++)
            (await SignInAsync(own, dee.Email, $"still not {i}")).Dispose();
        Assert.Equal(30, counted.Count);
        own.Server.Clock.Advance(Attempts.Window);
        using (var good = await SignInAsync(own, dee.Email, OwnServer.Password))
            Assert.Equal(HttpStatusCode.Created, good.StatusCode);
        // The control: without the count every try reaches the hash.
        var attempts = own.Server.Services.GetRequiredService<Attempts>();
        var before = counted.Count;
        for (var i = 0; i < 15; i++)
        {
            attempts.Forget("password NOBODY@EXAMPLE.NET");
            (await SignInAsync(own, "nobody@example.net", $"guess {i}")).Dispose();
        }
        promise.Control = ("tries that are forgotten", counted.Count - before - Attempts.Most);
        promise.Record();
        output.WriteLine(
            $"{refused} of {promise.Tried} refused before the hash; control {counted.Count - before} of 15"
        );
        Assert.Equal(15, counted.Count - before);
    }

    [Fact]
    public async Task An_address_of_the_network_is_counted_whatever_a_header_says_of_it()
    {
        await using var own = await OwnServer.StartAsync(settings =>
            settings with
            {
                SignInsPerAddress = 20,
            }
        );
        var counted = CountHashes(own);
        for (var i = 0; i < 60; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tokens")
            {
                Content = JsonContent.Create(Wish($"person{i}@example.net", "a wrong password")),
            };
            foreach (var header in new[] { "X-Forwarded-For", "X-Real-IP", "Forwarded" })
                request.Headers.Add(
                    header,
                    header == "Forwarded" ? $"for=198.51.100.{i}" : $"198.51.100.{i}"
                );
            using var answer = await own.Server.Client.SendAsync(request, Sweep.Cancellation);
            Assert.Equal(i < 20 ? 401 : 429, (int)answer.StatusCode);
            if (i >= 20)
                Assert.Equal(TimeSpan.FromMinutes(15), answer.Headers.RetryAfter!.Delta);
        }
        Assert.Equal(20, counted.Count);
        // Pages count against the same limit and say so too.
        var page = new Visitor(own.Server);
        await page.SignInAsync("other@example.net");
        Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
        Assert.NotNull(page.Answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task An_address_with_an_account_is_answered_as_one_without()
    {
        await using var own = await OwnServer.StartAsync();
        await own.PersonAsync("dee");
        await RegisterAsync(own, "eve@example.net");
        var told = new List<string>();
        foreach (var email in new[] { "dee@example.net", "eve@example.net", "fay@example.net" })
        {
            // What the first answers says of making an account is asked last, since it makes one.
            var page = new Visitor(own.Server);
            var said = new List<string>();
            for (var i = 0; i < 12; i++)
            {
                using var answer = await SignInAsync(own, email, "not the password");
                said.Add(await TellAsync(answer, email));
            }
            await page.OpenAsync("/account/sign-in");
            await page.SendAsync("/account/sign-in", ("email", email), ("password", "not the password"));
            said.Add(Tell(page, email));
            await page.OpenAsync("/account/reset");
            await page.SendAsync("/account/reset", ("email", email));
            said.Add(Tell(page, email));
            await page.OpenAsync($"/account/reset?email={email}&code=AAAA");
            await page.SendAsync("/account/reset", ("password", "another harbour at dawn"));
            said.Add(Tell(page, email));
            await page.OpenAsync($"/account/confirm?email={email}&code=AAAA");
            await page.SendAsync("/account/confirm");
            said.Add(Tell(page, email));
            using (var answer = await own.SendAsync("POST", "accounts/confirm", new { email, code = "AAAA" }))
                said.Add(await TellAsync(answer, email));
            await page.OpenAsync("/account/new");
            await page.SendAsync(
                "/account/new",
                ("email", email),
                ("name", "Somebody"),
                ("password", OwnServer.Password)
            );
            said.Add(Tell(page, email));
            said.Add(await RegisterAsync(own, email));
            told.Add(string.Join("\n====\n", said));
        }
        Assert.Equal(told[2], told[0]);
        Assert.Equal(told[2], told[1]);
        // Void where the answers are not those of a try.
        Assert.Contains("401 ", told[0], StringComparison.Ordinal);
        Assert.Contains("429 ", told[0], StringComparison.Ordinal);
        Assert.Contains("201 ", told[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tries_spread_over_time_tell_no_address_with_an_account_either()
    {
        await using var own = await OwnServer.StartAsync();
        await own.PersonAsync("dee");
        var (known, unknown) = (new List<string>(), new List<string>());
        for (var i = 0; i < 60; i++)
        {
            foreach (var (email, said) in new[] { ("dee@example.net", known), ("fay@example.net", unknown) })
            {
                using var answer = await SignInAsync(own, email, "not the password");
                said.Add(await TellAsync(answer, email));
            }
            // Ten in nine minutes; then a few an hour; then close together.
            own.Server.Clock.Advance(TimeSpan.FromMinutes(i is > 20 and < 40 ? 20 : 1));
        }
        Assert.Equal(unknown, known);
    }

    /// <summary>From now on counts what reaches the hash.</summary>
    static CountedHashes CountHashes(OwnServer own)
    {
        ref var hasher = ref HasherOf(own.Server.Services.GetRequiredService<PasswordRules>());
        var counted = new CountedHashes(hasher);
        hasher = counted;
        return counted;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "hasher")]
    static extern ref IPasswordHasher<Account> HasherOf(PasswordRules rules);

    static object Wish(string email, string password) =>
        new
        {
            email,
            password,
            name = "test",
            scope = "read",
            days = 1,
        };

    static Task<HttpResponseMessage> SignInAsync(OwnServer own, string email, string password) =>
        own.SendAsync("POST", "tokens", Wish(email, password));

    static async Task<string> RegisterAsync(OwnServer own, string email)
    {
        using var answer = await own.SendAsync(
            "POST",
            "accounts",
            new
            {
                email,
                password = OwnServer.Password,
                name = "Somebody",
            }
        );
        return await TellAsync(answer, email);
    }

    static async Task<string> TellAsync(HttpResponseMessage answer, string email) =>
        Told(answer, await answer.Content.ReadAsStringAsync(Sweep.Cancellation), email);

    static string Tell(Visitor page, string email) =>
        Told(page.Answer, page.Page.DocumentElement.OuterHtml, email) + page.Address;

    // Status, headers and body, without what differs by chance or was said by the caller.
    static string Told(HttpResponseMessage answer, string body, string email)
    {
        var headers = answer
            .Headers.Concat(answer.Content.Headers)
            .Where(header => header.Key is not ("Date" or "Set-Cookie" or "Content-Length"))
            .Select(header => $"{header.Key}: {string.Join(',', header.Value)}");
        var whole = $"{(int)answer.StatusCode} {string.Join('\n', headers)}\n{body}\n";
        return FormToken()
            .Replace(whole, "(token)")
            .Replace(email, "(email)", StringComparison.OrdinalIgnoreCase)
            .Replace(Uri.EscapeDataString(email), "(email)", StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex("CfDJ8[A-Za-z0-9_-]+")]
    internal static partial Regex FormToken();
}
