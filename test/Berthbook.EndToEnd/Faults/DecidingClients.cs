using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Berthbook.Faults;

/// <summary>How far a request was acknowledged to have come.</summary>
enum Reached
{
    Submitted = 1,
    Recommended = 2,
    Approved = 3,
    Assigned = 4,
}

/// <summary>
/// Clients that submit requests and bring them to their decision over HTTP, each call with a key of its own, and that keep what
/// they were told and what they never heard of.
/// </summary>
sealed class DecidingClients
{
    /// <summary>A call that may be repeated: the same key, the same body.</summary>
    sealed record PostedCall(string Name, string Path, string Body, int Account, string Key, Reached Reached);

    readonly ConcurrentDictionary<string, (int Number, Reached Reached)> acknowledged = new();
    readonly ConcurrentQueue<PostedCall> unheard = new();
    readonly ConcurrentQueue<string> faults = new();
    int names;

    /// <summary>By service name, how far its request was acknowledged to have come.</summary>
    public IReadOnlyDictionary<string, (int Number, Reached Reached)> Acknowledged => acknowledged;

    /// <summary>How many calls nobody answered.</summary>
    public int Unheard { get; private set; }

    /// <summary>How many calls were acknowledged.</summary>
    public int Calls { get; private set; }

    /// <summary>Answers that nobody should get.</summary>
    public IEnumerable<string> Faults => faults;

    /// <summary>Works until the server is gone.</summary>
    public Task WorkAsync(HttpClient client) =>
        Task.WhenAll(
            Enumerable
                .Range(1, OwnFolder.Applicants)
                .Select(account => Task.Run(() => WorkAsync(client, account)))
        );

    /// <summary>Repeats the calls that nobody answered, each with its key: what was done is not done again.</summary>
    public async Task RepeatAsync(HttpClient client)
    {
        var calls = unheard.ToList();
        unheard.Clear();
        Unheard += calls.Count;
        foreach (var call in calls)
            await CallAsync(client, call);
    }

    async Task WorkAsync(HttpClient client, int account)
    {
        while (true)
        {
            var number = Interlocked.Increment(ref names);
            var hasPort = number % 2 == 0;
            var name = $"kill-{number:x6}";
            var submit = new PostedCall(
                name,
                "/api/v1/requests",
                DocumentOf(name, account, hasPort ? 10_000 + number / 2 : null),
                account,
                Guid.NewGuid().ToString(),
                hasPort ? Reached.Submitted : Reached.Assigned
            );
            if (!await CallAsync(client, submit))
                return;
            if (!hasPort || !acknowledged.TryGetValue(name, out var known))
                continue;
            var page = $"/api/v1/requests/{known.Number}/";
            foreach (
                var act in (PostedCall[])
                    [
                        new(
                            name,
                            page + "recommend",
                            """{ "for": true, "reason": "sound", "criteria": ["A3"] }""",
                            OwnFolder.Expert,
                            Guid.NewGuid().ToString(),
                            Reached.Recommended
                        ),
                        new(
                            name,
                            page + "approve",
                            """{ "reason": "as the expert says" }""",
                            OwnFolder.Registrar,
                            Guid.NewGuid().ToString(),
                            Reached.Approved
                        ),
                        new(
                            name,
                            page + "assign",
                            "{}",
                            OwnFolder.Registrar,
                            Guid.NewGuid().ToString(),
                            Reached.Assigned
                        ),
                    ]
            )
            {
                if (!await CallAsync(client, act))
                    return;
            }
        }
    }

    // Whether it was answered.
    async Task<bool> CallAsync(HttpClient client, PostedCall call)
    {
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, call.Path)
            {
                Content = new StringContent(call.Body, Encoding.UTF8, "application/json"),
            };
            message.Headers.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                OwnFolder.TokenOf(call.Account)
            );
            message.Headers.Add("Idempotency-Key", call.Key);
            message.Headers.TryAddWithoutValidation("If-Match", "*");
            using var answer = await client.SendAsync(message);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.InsufficientStorage)
            {
                unheard.Enqueue(call);
                return true;
            }
            if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Created))
            {
                faults.Enqueue($"{call.Path} {call.Name}: {(int)answer.StatusCode} {text}");
                return true;
            }
            var number = (int)JsonNode.Parse(text)!["number"]!;
            lock (this)
                Calls++;
            acknowledged.AddOrUpdate(
                call.Name,
                (number, call.Reached),
                (_, known) =>
                    known.Number != number ? Twice(known, number)
                    : known.Reached > call.Reached ? known
                    : (number, call.Reached)
            );
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            unheard.Enqueue(call);
            return false;
        }
    }

    (int Number, Reached Reached) Twice((int Number, Reached Reached) known, int number)
    {
        faults.Enqueue($"one key made the requests {known.Number} and {number}");
        return known;
    }

    /// <summary>A request for a name, with a User Port or without.</summary>
    public static string DocumentOf(string name, int account, int? port)
    {
        var party = new JsonObject
        {
            ["name"] = $"Somebody {account}",
            ["email"] = OwnFolder.AddressOf(account),
        };
        var document = new JsonObject
        {
            ["kind"] = "assign",
            ["name"] = name,
            ["transports"] = new JsonArray("tcp"),
            ["assignee"] = party,
            ["contact"] = party.DeepClone(),
            ["description"] = $"Readings of gauge {name}",
            ["reference"] = "Readings in JSON over a stream, one a line; the protocol is proprietary.",
            ["proprietary"] = true,
            ["broadcast"] = false,
            ["multicast"] = false,
            ["anycast"] = false,
        };
        if (port is { } number)
        {
            document["port"] = number;
            document["whyNotDynamic"] = "Gauges behind firewalls listen at one number, chosen once.";
        }
        return document.ToJsonString();
    }
}
