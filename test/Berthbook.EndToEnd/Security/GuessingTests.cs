using System.Diagnostics;
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
    public async Task A_password_is_hashed_often_enough()
    {
        await using var own = await OwnServer.StartAsync();
        // OWASP's least for PBKDF2 with HMAC-SHA-512.
        Assert.True(own.Server.PasswordRounds >= 210_000, $"{own.Server.PasswordRounds} rounds");
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
            own.Server.Clock.Advance(Attempts.Window);
            for (var i = 0; i < 6; i++)
            {
                await page.OpenAsync($"/account/confirm?email={email}&code=AAAA");
                await page.SendAsync("/account/confirm", ("password", "not the password"));
                said.Add(Tell(page, email));
                using var answer = await own.SendAsync("POST", "accounts/confirm", Confirmation(email));
                said.Add(await TellAsync(answer, email));
            }
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

    /// <summary>
    /// The time for an address with an account and for one without differs by less than 10 ms (medians); counted in full runs
    /// only, since a machine under load would fail it. That both take as many hashes is counted always; what else they take
    /// is measured without the hash, whose time under load differs by more than that from call to call.
    /// </summary>
    [Fact]
    public async Task An_address_with_an_account_takes_as_long_as_one_without()
    {
        await using var own = await OwnServer.StartAsync();
        await own.PersonAsync("dee");
        var page = new Visitor(own.Server);
        await page.OpenAsync("/account/sign-in");
        var (fresh, rounds) = (0, Counts.Of(4, 500));
        var rules = own.Server.Services.GetRequiredService<PasswordRules>();
        var real = HasherOf(rules);
        var counted = new CountedHashes(new NoHashes());
        HasherOf(rules) = counted;
        // One hash is as much work as another: the same algorithm, as often, with as much salt.
        var stored = own
            .Server.Services.GetRequiredService<AccountsDatabase>()
            .Read(connection =>
                connection.Query("SELECT password_hash FROM account", row => row.GetString(0))
            );
        Assert.Equal(
            Convert.FromBase64String(Assert.Single(stored))[..13],
            Convert.FromBase64String(NobodysOf(rules))[..13]
        );
        var promise = new Promise(
            "guessing-time",
            "the median time for an address with an account and for one without differs by less than 10 ms",
            0
        );
        (string What, Func<string, Task> Act)[] ways =
        [
            (
                "sign in on the page",
                async email =>
                {
                    await page.SendAsync(
                        "/account/sign-in",
                        ("email", email),
                        ("password", "not the password")
                    );
                    Assert.Equal(HttpStatusCode.OK, page.Status);
                }
            ),
            ("POST tokens", email => ExpectAsync(own, 401, "tokens", Wish(email, "not the password"))),
            (
                "POST accounts/confirm",
                email => ExpectAsync(own, 400, "accounts/confirm", Confirmation(email))
            ),
            (
                "make an account",
                // Each makes one, so each address is another.
                email =>
                    ExpectAsync(
                        own,
                        201,
                        "accounts",
                        new
                        {
                            email = email.StartsWith("fay", StringComparison.Ordinal)
                                ? $"fay{++fresh}@example.net"
                                : email,
                            password = OwnServer.Password,
                            name = "Somebody",
                        }
                    )
            ),
            (
                "ask for another password",
                async email =>
                {
                    await page.OpenAsync("/account/reset");
                    await page.SendAsync("/account/reset", ("email", email));
                    Assert.Equal(HttpStatusCode.OK, page.Status);
                    await page.OpenAsync("/account/sign-in");
                }
            ),
        ];
        foreach (var (what, act) in ways)
        {
            var (hashes, difference) = await CompareAsync(own, counted, rounds, act);
            promise.Tried += 2 * rounds;
            promise.Failed += Math.Abs(difference) < 10 ? 0 : 1;
            output.WriteLine($"{what}: {difference:+0.00;-0.00} ms with an account");
            Assert.Equal(0, hashes);
        }
        // The control: an address without an account answers without the work.
        counted = new CountedHashes(real);
        HasherOf(rules) = new HastyHashes(counted, NobodysOf(rules));
        var (fewer, shorter) = await CompareAsync(own, counted, Counts.Of(4, 50), ways[1].Act);
        output.WriteLine($"control: {shorter:+0.00;-0.00} ms with an account");
        promise.Control = ("no hash for an address without account", Math.Abs(shorter) < 10 ? 0 : 1);
        promise.Record();
        Assert.NotEqual(0, fewer);
        if (!Counts.IsLong)
            return;
        Assert.Equal(0, promise.Failed);
        Assert.Equal(1, promise.Control.Failed);
    }

    // How many hashes, and how many milliseconds in the median, an address with an account takes more; in turns, so that what
    // the machine does meanwhile is the same for both.
    static async Task<(int Hashes, double Milliseconds)> CompareAsync(
        OwnServer own,
        CountedHashes counted,
        int rounds,
        Func<string, Task> act
    )
    {
        var (known, unknown) = (new List<double>(), new List<double>());
        var more = 0;
        for (var i = 0; i < rounds; i++)
        {
            if (i % 5 == 0)
                own.Server.Clock.Advance(Attempts.Window);
            var before = counted.All;
            var first = i % 2 == 0;
            (first ? known : unknown).Add(await TimeAsync(act, first));
            var between = counted.All;
            (first ? unknown : known).Add(await TimeAsync(act, !first));
            more += (between - before - (counted.All - between)) * (first ? 1 : -1);
        }
        return (more, Median(known) - Median(unknown));
    }

    static async Task<double> TimeAsync(Func<string, Task> act, bool isKnown)
    {
        var start = Stopwatch.GetTimestamp();
        await act(isKnown ? "dee@example.net" : "fay@example.net");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    static async Task ExpectAsync(OwnServer own, int status, string path, object body)
    {
        using var answer = await own.SendAsync("POST", path, body);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    static object Confirmation(string email) =>
        new
        {
            email,
            code = "AAAA",
            password = "not the password",
        };

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "nobodys")]
    static extern ref string NobodysOf(PasswordRules rules);

    /// <summary>Takes no time, and finds every password wrong.</summary>
    sealed class NoHashes : IPasswordHasher<Account>
    {
        public string HashPassword(Account user, string password) => "";

        public PasswordVerificationResult VerifyHashedPassword(
            Account user,
            string hashedPassword,
            string providedPassword
        ) => PasswordVerificationResult.Failed;
    }

    /// <summary>The control: says at once that nobody's password is wrong.</summary>
    sealed class HastyHashes(IPasswordHasher<Account> inner, string nobodys) : IPasswordHasher<Account>
    {
        public string HashPassword(Account user, string password) => inner.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(
            Account user,
            string hashedPassword,
            string providedPassword
        ) =>
            hashedPassword == nobodys
                ? PasswordVerificationResult.Failed
                : inner.VerifyHashedPassword(user, hashedPassword, providedPassword);
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
