using Berthbook.Requests;
using Berthbook.Rules;

namespace Berthbook.Storage;

/// <summary>Names and numbers that many ask for at once are assigned once (reliability P6).</summary>
public sealed class DoubleAssignmentTests
{
    const int Clients = 64;
    const int Seed = 6335;

    [Fact]
    public async Task What_64_clients_contest_has_one_holder_and_a_key_has_one_effect()
    {
        var things = Counts.Of(4, 500);
        var promise = new Promise(
            "double-assignment",
            "64 clients on contested names and numbers, in any case, with retries and doubled approvals: one holder each, one effect a key",
            Seed
        )
        {
            Tried = things * Clients * 2,
        };
        using (var own = new OwnRegistry(Unlisted))
            promise.Failed += await ContestAsync(own, things);
        // The database alone: no rule looks, and what the decisions read never changes.
        using (var own = new OwnRegistry(Unlisted, Blind, isNeverFresh: true))
            promise.Failed += await ContestAsync(own, things);
        using (var own = new OwnRegistry(Unlisted, Blind, isNeverFresh: true))
        {
            own.Change("DROP INDEX held_name_once");
            own.Change("DROP INDEX held_number_once");
            promise.Control = ("neither rules nor unique indexes", await ContestAsync(own, 2));
        }
        promise.Record();
        Assert.Equal(0, promise.Failed);
        Assert.True(promise.Control.Failed > 0, "the control finds no doubles");
    }

    // How many names and numbers are held twice, calls had two effects, or losers were not told.
    static async Task<int> ContestAsync(OwnRegistry own, int things)
    {
        var wrong = 0;
        for (var thing = 0; thing < things; thing++)
        {
            wrong += await ContestNameAsync(own, $"Plum-{thing}");
            wrong += await ContestNumberAsync(own, 5000 + (3 * thing), thing);
        }
        var names = own
            .Registry.History.Current!.Records.Where(record => record.Name is not null)
            .GroupBy(record => record.Name!.Value.Text, StringComparer.OrdinalIgnoreCase);
        wrong += names.Count(name => name.Count() > 1);
        wrong += own
            .Registry.History.Current!.Records.Where(record => record is { Name: not null, Number: not null })
            .GroupBy(record => (record.Number, record.Transport))
            .Count(number => number.Count() > 1);
        return wrong + own.Faults.Count;
    }

    static async Task<int> ContestNameAsync(OwnRegistry own, string name)
    {
        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, Clients)
                .Select(async client =>
                {
                    await Task.Yield();
                    var by = Client(client);
                    var spelled = client % 2 == 0 ? name : name.ToUpperInvariant();
                    var call = OwnRegistry.Call(by, "request.submit") with
                    {
                        Key = OwnRegistry.Key($"{name}-{client}"),
                    };
                    RequestDocument[] asked = [OwnRegistry.Asking(by, spelled)];
                    var first = await own.Requests.SubmitAsync(asked, false, call);
                    // Three in ten did not hear the answer.
                    return client % 10 < 3
                        ? (first, await own.Requests.SubmitAsync(asked, false, call))
                        : (first, null);
                })
        );
        return Doubled(outcomes);
    }

    static async Task<int> ContestNumberAsync(OwnRegistry own, int number, int thing)
    {
        // Reviewed one after the other, so that all stand before the decision.
        var numbers = new List<int>();
        for (var i = 0; i < 6; i++)
        {
            var asked = OwnRegistry.Asking(Client(i), $"pear-{thing}-{i}", number);
            var submitted = await own.SubmitAsync(Client(i), asked);
            if (submitted.Requests is not [var request])
                continue;
            numbers.Add(request.Number);
            await own.TakeAsync(
                request.Number,
                OwnRegistry.Expert,
                new(RequestAction.Recommend)
                {
                    IsFor = true,
                    Words = "It is what it says.",
                    Criteria = ["P10"],
                }
            );
            await own.TakeAsync(
                request.Number,
                OwnRegistry.Registrar,
                new(RequestAction.Approve) { Words = "Yes." }
            );
        }
        // Each is approved and assigned by several at once, with a key of their own, and again.
        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, Clients)
                .Select(async client =>
                {
                    await Task.Yield();
                    var wanted = numbers[client % numbers.Count];
                    var call = OwnRegistry.Call(OwnRegistry.Registrar, "request.assign") with
                    {
                        Key = OwnRegistry.Key($"{number}-{client}"),
                    };
                    var first = await AssignAsync(own, wanted, call);
                    return client % 10 < 3 ? (first, await AssignAsync(own, wanted, call)) : (first, null);
                })
        );
        // Who lost takes the request back: with many that wait, an applicant's next one goes to an expert (procedures A5).
        for (var i = 0; i < numbers.Count; i++)
            await own.TakeAsync(numbers[i], Client(i), new(RequestAction.Withdraw) { Words = "Taken." });
        return Doubled(outcomes);
    }

    static Task<CallOutcome> AssignAsync(OwnRegistry own, int number, RequestCall call) =>
        own.Requests.ChangeAsync(
            number,
            (request, hearing) =>
                request.Take(
                    new(
                        request.State == RequestState.AwaitingApproval
                            ? RequestAction.Approve
                            : RequestAction.Assign
                    )
                    {
                        Words = "Yes.",
                    },
                    OwnRegistry.Registrar,
                    hearing
                ),
            null,
            call
        );

    static int Doubled((CallOutcome First, CallOutcome? Again)[] outcomes)
    {
        var winners = outcomes.Where(one => one.First.Revision is not null).ToList();
        var silent = outcomes.Count(one =>
            one.First is { Refusal: not { Kind: RefusalKind.Conflict }, Requests: [] }
        );
        // What was done answers again as it is; what was refused may be tried anew, and is refused again.
        var twice = outcomes.Count(one =>
            one.Again is { } again
            && (one.First.Revision is not null ? !again.IsRepeated : again.Revision is not null)
        );
        return Math.Abs(winners.Count - 1) + silent + twice;
    }

    static Actor Client(int number) =>
        new()
        {
            Account = 100 + number,
            Name = $"Client {(char)('a' + (number % 26))}{(char)('a' + (number / 26))}",
            Email = $"client{number}@example.com",
        };

    static RuleBook Blind { get; } =
        new[] { "N3", "P2", "A14", "N5", "P5", "P7", "A7", "P6" }.Aggregate(
            RuleBook.Standard,
            (book, rule) => book.Without(rule)
        );

    // Numbers without a record are Unassigned too (procedures P2), and nothing has to give way for them; the clients are
    // contacts from the beginning.
    static Registry Unlisted { get; } =
        EmptyRegistry.Create("Harbour", new(2026, 3, 6)) is var empty
            ? new(
                empty.Header,
                [.. empty.Records.Where(record => record.Number is { IsSingle: true })],
                [
                    .. Enumerable
                        .Range(0, Clients)
                        .Select(Client)
                        .Select(client => new Contact
                        {
                            Id = client.Name.Replace(' ', '_'),
                            Name = client.Name,
                            Uris = [$"mailto:{client.Email!.Replace('@', '&')}"],
                        }),
                ]
            )
            : null!;
}
