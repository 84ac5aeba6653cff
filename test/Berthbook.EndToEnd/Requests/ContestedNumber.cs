using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Berthbook.Requests;

/// <summary>
/// One number that 40 applicants ask for while 12 experts and 12 registrars decide, all at once: the one that the registry
/// would pick, so that who asks for any number is a rival too.
/// </summary>
sealed partial class ContestedNumber(RunningServer server, ContestClients clients, int turn)
{
    // So many ask before anything is decided; the others meanwhile.
    const int Early = 24;

    // Who asks for any number, first of all in every other turn.
    const int Wishing = 8;

    readonly List<string> faults = [];
    string number = "";

    /// <summary>Contests it; what went wrong.</summary>
    public async Task<List<string>> ContestAsync()
    {
        number = await PickedAsync();
        var history = new ContestHistory();
        var isWishFirst = turn % 2 == 1;
        var before = await AllAsync(
            isWishFirst ? [Wishing] : [],
            client => clients.SubmitAsync(client, NameOf(client), "\"user\"")
        );
        var early = await AllAsync(
            ContestClients.AllApplicants.Take(Early).Where(client => !isWishFirst || client != Wishing),
            client => clients.SubmitAsync(client, NameOf(client), client % 8 == 0 ? "\"user\"" : number)
        );
        early.InsertRange(0, before);
        var first = early.Where(one => one.Answer.IsGood).Min(one => one.Answer.Number);
        // Others ask while it is decided; whether they wait behind it or are refused, it is one of both.
        var late = AllAsync(
            ContestClients.AllApplicants.Skip(Early),
            client => clients.SubmitAsync(client, NameOf(client), number)
        );
        var recommended = await AllAsync(
            ContestClients.AllExperts,
            client =>
                Act(client, first, "recommend", """{"for":true,"reason":"It fits.","criteria":["P10"]}""")
        );
        Expect(
            recommended.Count(one => one.Answer.IsGood) == ContestClients.Experts,
            "an expert was not heard"
        );
        Once(
            await AllAsync(ContestClients.AllRegistrars, client => Act(client, first, "approve", "{}")),
            "approved"
        );
        var assigned = await AllAsync(
            ContestClients.AllRegistrars,
            client => Act(client, first, "assign", "{}")
        );
        Once(assigned, "assigned");
        var rivals = early
            .Concat(await late)
            .Where(one => one.Answer.IsGood && one.Answer.Number != first)
            .ToList();
        await RefuseAsync(rivals, history);
        foreach (var (_, answer) in assigned.Where(one => one.Answer.IsGood))
            history.Add(new(answer.Begin, answer.End, await HolderAsync(), IsTaken: true));
        foreach (var (_, answer) in (await late).Where(one => !one.Answer.IsGood))
            history.Add(new(answer.Begin, answer.End, HolderIn(answer.Words)));
        faults.AddRange(history.Faults().Select(fault => $"{number}: {fault}"));
        await EndAsync(rivals);
        return faults;
    }

    // A request for it that comes late is refused, and the words name the record.
    async Task RefuseAsync(List<(int Client, ContestAnswer Answer)> rivals, ContestHistory history)
    {
        var approvals = await Task.WhenAll(
            rivals
                .Where(one => one.Client % 8 != 0)
                .Take(4)
                .SelectMany(one =>
                    ContestClients
                        .AllRegistrars.Take(4)
                        .Select(by => Act(by, one.Answer.Number, "approve", "{}"))
                )
        );
        foreach (var answer in approvals)
        {
            Expect(!answer.IsGood, "a rival was approved");
            history.Add(new(answer.Begin, answer.End, HolderIn(answer.Words)));
        }
        foreach (
            var (_, answer) in await AllAsync(
                ContestClients.AllApplicants.Take(4),
                client => clients.SubmitAsync(client, $"again-{NameOf(client)}"[..15].TrimEnd('-'), number)
            )
        )
        {
            Expect(!answer.IsGood, "it was asked for again");
            history.Add(new(answer.Begin, answer.End, HolderIn(answer.Words)));
        }
    }

    // Who asked takes it back while a registrar rejects it: one of both.
    async Task EndAsync(List<(int Client, ContestAnswer Answer)> rivals)
    {
        var ends = await Task.WhenAll(
            rivals.Select(async one =>
            {
                await Task.Yield();
                var back = Act(one.Client, one.Answer.Number, "withdraw", "{}");
                var by = ContestClients.AllRegistrars.ElementAt(one.Client % 4);
                var no = Act(by, one.Answer.Number, "reject", """{"reason":"Another holds it."}""");
                return (await back).IsGood ^ (await no).IsGood;
            })
        );
        Expect(ends.All(isOne => isOne), "a request was ended twice, or not at all");
    }

    // By the rule that will pick: "Today it would be 1025".
    async Task<string> PickedAsync()
    {
        using var content = new StringContent(
            ContestClients.Asking(1, NameOf(1), "\"user\""),
            Encoding.UTF8,
            "application/json"
        );
        using var answer = await server.Client.PostAsync("/api/v1/requests/check", content);
        var findings = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["findings"]!.AsArray();
        var picked = findings.Single(finding => (string?)finding!["rule"] == "P9");
        return PickedNumber().Match((string)picked!["message"]!).Groups[1].Value;
    }

    [GeneratedRegex(@"Today it would be (\d+)")]
    internal static partial Regex PickedNumber();

    async Task<string> HolderAsync() =>
        (string)(await server.GetAsync($"/api/v1/ports/{number}/tcp"))["records"]![0]!["name"]!;

    // The record is named by its service name: berth-TURN-CLIENT.
    string HolderIn(string words) =>
        ContestClients.AllApplicants.Select(NameOf).FirstOrDefault(name => Names(words, name)) ?? words;

    bool Names(string words, string name) => words.Contains($"{name} {number}/tcp", StringComparison.Ordinal);

    string NameOf(int client) => string.Create(CultureInfo.InvariantCulture, $"pear-{turn}-{client}x");

    Task<ContestAnswer> Act(int client, int request, string action, string json) =>
        clients.PostAsync(client, $"requests/{request}/{action}", json);

    void Once(List<(int Client, ContestAnswer Answer)> answers, string what)
    {
        Expect(answers.Count(one => one.Answer.IsGood) == 1, $"not {what} once");
        Expect(
            answers.All(one => one.Answer.IsGood || one.Answer.Status == HttpStatusCode.Conflict),
            $"not {what}, and not for a conflict"
        );
    }

    void Expect(bool isSo, string fault)
    {
        if (!isSo)
            faults.Add($"{number}: {fault}");
    }

    static async Task<List<(int Client, ContestAnswer Answer)>> AllAsync(
        IEnumerable<int> callers,
        Func<int, Task<ContestAnswer>> call
    ) =>
        [
            .. await Task.WhenAll(
                callers.Select(async client =>
                {
                    await Task.Yield();
                    return (client, await call(client));
                })
            ),
        ];
}
