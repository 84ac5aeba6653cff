using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Berthbook.Requests;
using Berthbook.Server.Accounts;
using Berthbook.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Authorization;

/// <summary>Who may use which address: every endpoint of the running program, by every subject (reliability P11).</summary>
public partial class RouteMatrixTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_endpoint_has_a_line_and_no_line_is_of_an_endpoint_that_is_gone()
    {
        await using var server = await StartAsync(null);
        var told = ExpectedRoutes
            .Read()
            .Lines.Select(line => line.Endpoint)
            .Distinct()
            .Order(StringComparer.Ordinal);
        var there = EndpointsOf(server)
            .SelectMany(endpoint => NamesOf(endpoint.Metadata, endpoint.RoutePattern.RawText))
            .Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(there, told);
    }

    [Fact]
    public async Task Every_endpoint_says_who_may_use_it()
    {
        await using var server = await StartAsync(null);
        Assert.All(
            server.Services.GetRequiredService<EndpointDataSource>().Endpoints,
            endpoint => Assert.NotEmpty(endpoint.Metadata.OfType<Requirement>())
        );
    }

    [Fact]
    public async Task Every_subject_gets_the_expected_answer_from_every_endpoint()
    {
        await using var server = await StartAsync(null);
        var expected = ExpectedRoutes.Read();
        var promise = new Promise("routes", "every endpoint, every subject: the expected answer", 0)
        {
            Tried = expected.Lines.Length * Subjects.Names.Length,
        };
        var wrong = await WrongAsync(server, expected, _ => true);
        output.WriteLine($"{promise.Tried} cells of {expected.Lines.Length} lines");
        promise.Failed = wrong.Count;
        promise.Record();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(60)));
    }

    /// <summary>A server with all subjects and standing requests, perhaps with endpoints of another shape.</summary>
    internal static async Task<RunningServer> StartAsync(Action<EndpointBuilder>? shape) =>
        await RunningServer.StartAsync(
            [StandingRequests.File()],
            settings =>
                settings with
                {
                    Rules = settings.Rules with { AssignsAtOnce = false, ManyRequests = 10_000 },
                    SignInsPerAddress = 1_000_000,
                },
            shape
        );

    /// <summary>The endpoints of the program but files that are served as they lie.</summary>
    internal static IEnumerable<RouteEndpoint> EndpointsOf(RunningServer server) =>
        server
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null);

    /// <summary>The names of an endpoint in the file: <c>GET /desk</c>; <c>* …</c> where it takes every method.</summary>
    internal static IEnumerable<string> NamesOf(IEnumerable<object> metadata, string? route)
    {
        var methods = metadata.OfType<HttpMethodMetadata>().LastOrDefault()?.HttpMethods ?? [];
        return (methods.Count == 0 ? ["*"] : methods.Where(method => method != "HEAD")).Select(method =>
            $"{method} /{route?.TrimStart('/')}"
        );
    }

    /// <summary>The answers that are not the expected ones.</summary>
    internal static async Task<List<string>> WrongAsync(
        RunningServer server,
        ExpectedRoutes expected,
        Func<ExpectedRoutes.Line, bool> isAsked
    )
    {
        var subjects = await Subjects.MakeAsync(server);
        var standing = new StandingRequests(server.Services.GetRequiredService<RequestStore>(), subjects);
        // The owner has an open request whichever lines are asked: an account with one cannot be closed.
        await standing.MakeAsync("name", RequestState.Submitted);
        var sessions = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var name in Subjects.Names)
            sessions[name] = await SessionOf(server, subjects, name);
        var wrong = new List<string>();
        var seen = new StringBuilder();
        foreach (var line in expected.Lines.Where(isAsked))
        {
            var address = await FillAsync(line.Address, standing);
            var answers = new List<string>();
            for (var i = 0; i < Subjects.Names.Length; i++)
            {
                var name = Subjects.Names[i];
                var answer = await TryAsync(
                    server.Client,
                    line.Endpoint.Split(' ')[0],
                    address,
                    subjects.TokenOf(name),
                    sessions[name]
                );
                answers.Add(answer);
                if (i >= line.Answers.Length || line.Answers[i] != answer)
                    wrong.Add(
                        $"{line.Endpoint} ({address}) by {name}: {answer}, not {line.Answers.ElementAtOrDefault(i)}"
                    );
            }
            seen.Append(line.Endpoint)
                .Append('\t')
                .Append(line.Address)
                .Append('\t')
                .AppendJoin('\t', answers)
                .Append('\n');
        }
        if (Environment.GetEnvironmentVariable("BERTHBOOK_SEEN") is { } file)
            await File.WriteAllTextAsync(file, seen.ToString(), TestContext.Current.CancellationToken);
        return wrong;
    }

    static async Task<string> TryAsync(
        HttpClient client,
        string method,
        string address,
        string? token,
        string? session
    )
    {
        using var call = new HttpRequestMessage(new(method == "*" ? "PATCH" : method), address);
        if (method is "POST" or "PUT" && address.StartsWith("/api", StringComparison.Ordinal))
            call.Content = new StringContent(
                "{}",
                Encoding.UTF8,
                new MediaTypeHeaderValue("application/json")
            );
        call.Headers.TryAddWithoutValidation("If-Match", "*");
        call.Headers.TryAddWithoutValidation("Idempotency-Key", Guid.NewGuid().ToString());
        if (token is not null && address.StartsWith("/api", StringComparison.Ordinal))
            call.Headers.Authorization = new("Bearer", token);
        else if (session is not null)
            call.Headers.Add("Cookie", session);
        using var answer = await client.SendAsync(
            call,
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
        return $"{(int)answer.StatusCode}";
    }

    // A page knows people by their cookie, which begins a session as signing in does.
    static async Task<string?> SessionOf(RunningServer server, Subjects subjects, string name)
    {
        if (name == "nobody")
            return null;
        using var scope = server.Services.CreateScope();
        var account = await scope
            .ServiceProvider.GetRequiredService<AccountWriting>()
            .FindAsync(subjects.AccountOf(name));
        if (account is null)
            return null;
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        await Sessions.BeginAsync(context, account, hasSecondFactor: name != "one-factor");
        return context.Response.Headers.SetCookie.ToString().Split(';')[0];
    }

    static async Task<string> FillAsync(string address, StandingRequests standing)
    {
        if (Standing().Match(address) is not { Success: true } match)
            return address;
        var key = (match.Groups[1].Value, StateOf(match.Groups[2].Value));
        var number = standing.Numbers.TryGetValue(key, out var known)
            ? known
            : await standing.MakeAsync(key.Value, key.Item2);
        return address.Replace(match.Value, $"{number}", StringComparison.Ordinal);
    }

    static RequestState StateOf(string word) =>
        RequestStates.TryParse(word, out var state) ? state : throw new ArgumentException(word, nameof(word));

    [GeneratedRegex(@"\{([a-z-]+)/([a-z-]+)\}", RegexOptions.NonBacktracking)]
    internal static partial Regex Standing();
}
