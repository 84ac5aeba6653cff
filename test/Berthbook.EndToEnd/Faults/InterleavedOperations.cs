using Berthbook.Journal;
using Berthbook.Requests;
using Berthbook.Rules;
using Berthbook.Server.Accounts;
using Berthbook.Server.Api;
using Berthbook.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Berthbook.Faults;

/// <summary>An operation that writes, as whoever calls for it sees it: with what is read of the account first.</summary>
/// <param name="Name">What is done.</param>
/// <param name="RunAsync">Does it, and gives what was answered, in words.</param>
sealed record InterleavedOperation(string Name, Func<InterleavedWorld, Task<string>> RunAsync);

/// <summary>Every kind of write of the store and of the accounts, on things that several of them touch.</summary>
static class InterleavedOperations
{
    // Account 4 got the contact Somebody_4 by its first decision, account 5 claims it; account 8 is an administrator too.
    const int Claimant = 5;
    const int Holder = 4;
    const int Leaver = 6;
    const int Second = 8;

    public static IReadOnlyList<InterleavedOperation> All { get; } =
    [
        new("submit a name", world => SubmitAsync(world, Leaver, "plum", null)),
        new("submit the same name", world => SubmitAsync(world, 7, "PLUM", null)),
        new("submit a number", world => SubmitAsync(world, 7, "bullace", 6000)),
        new("recommend", world => RecommendAsync(world, 1)),
        new("approve", world => ApproveAsync(world, 1)),
        new("withdraw", world => MoveAsync(world, 1, 1, new(RequestAction.Withdraw) { Words = "No more." })),
        new("assign", world => MoveAsync(world, OwnFolder.Registrar, 2, new(RequestAction.Assign))),
        new("fire a clock", FireAsync),
        new("mark a letter", MarkAsync),
        new("erase a contact", world => Task.FromResult(Erase(world))),
        new("import", world => Task.FromResult(Import(world))),
        new("confirm a claim", ConfirmClaimAsync),
        new("close an account", CloseAsync),
        new("take the registrar's office", world => TakeOfficeAsync(world, 11, OwnFolder.Registrar)),
        new("take an administrator's office", world => TakeOfficeAsync(world, 11, Second)),
        new("take the other's office", world => TakeOfficeAsync(world, Second, 11)),
        new("come from a provider", VouchAsync),
    ];

    /// <summary>Makes what the operations find.</summary>
    public static async Task PrepareAsync(string folder)
    {
        Begin(folder);
        var made = Directory.CreateTempSubdirectory("berthbook-interleaved-").FullName;
        try
        {
            await using (var world = new InterleavedWorld(folder, InterleavedWorld.Now.AddDays(-15)))
            {
                Require(await SubmitAsync(world, 1, "quince", 5000));
                Require(await SubmitAsync(world, 2, "sloe", 6000));
                Require(await RecommendAsync(world, 2));
                Require(await ApproveAsync(world, 2));
                Require(await SubmitAsync(world, Holder, "damson", null));
                await world.SettledAsync();
                var claims = world.Services.GetRequiredService<ContactClaims>();
                var contact = world.Store.History.Current!.Contacts[^1].Id;
                var (_, refused) = claims.Ask(ActorOf(world, Claimant)!, contact, "We are one.");
                Require(refused?.Words ?? "done");
                world.Store.Backup(Path.Combine(made, "backup"));
            }
            RegistryStore.Restore(Path.Combine(made, "backup"), folder);
        }
        finally
        {
            Directory.Delete(made, true);
        }
    }

    static void Begin(string folder)
    {
        var now = InterleavedWorld.Now.AddDays(-16);
        using var store = RegistryStore.Open(folder, new FakeTimeProvider(now));
        var registry = EmptyRegistry.Create("Harbour Ports", DateOnly.FromDateTime(now.UtcDateTime));
        var identified = Differ.Identify(null, registry, store.History.NextRecordId);
        store.Append(new(Differ.Compare(null, identified), "operator", "begin", now));
        store.Writer.Run(connection =>
        {
            OwnFolder.AddAccounts(connection, now);
            using var command = connection.CreateCommand();
            command.CommandText = $"""
                UPDATE account SET user_name = email, normalized_user_name = upper(email), normalized_email = upper(email),
                    security_stamp = 'first', concurrency_stamp = 'first';
                UPDATE account SET offices = {(int)Offices.Administrator} WHERE id = {Second}
                """;
            return command.ExecuteNonQuery();
        });
    }

    static void Require(string answer) => Assert.Equal("done", answer);

    static Actor? ActorOf(InterleavedWorld world, int account) =>
        world.Services.GetRequiredService<AccountReading>().Find(account)
            is { State: AccountState.Active } facts
            ? facts.ToCaller(hasSecondFactor: true, isFactorRequired: true).Actor
            : null;

    static async Task<string> SubmitAsync(InterleavedWorld world, int account, string name, int? port)
    {
        if (ActorOf(world, account) is not { } actor)
            return "unauthorized";
        var asked = RequestFormat
            .Read(System.Text.Encoding.UTF8.GetBytes(DecidingClients.DocumentOf(name, account, port)))
            .Document!;
        var outcome = await world
            .Services.GetRequiredService<RequestStore>()
            .SubmitAsync([asked], false, new(actor) { Name = "request.submit" });
        return AnswerOf(outcome);
    }

    static Task<string> RecommendAsync(InterleavedWorld world, int number) =>
        MoveAsync(
            world,
            OwnFolder.Expert,
            number,
            new(RequestAction.Recommend)
            {
                IsFor = true,
                Words = "It is what it says.",
                Criteria = ["P10"],
            }
        );

    static Task<string> ApproveAsync(InterleavedWorld world, int number) =>
        MoveAsync(world, OwnFolder.Registrar, number, new(RequestAction.Approve) { Words = "Yes." });

    static async Task<string> MoveAsync(InterleavedWorld world, int account, int number, RequestMove move)
    {
        if (ActorOf(world, account) is not { } actor)
            return "unauthorized";
        var outcome = await world
            .Services.GetRequiredService<RequestStore>()
            .ChangeAsync(
                number,
                (request, hearing) => request.Take(move, actor, hearing),
                null,
                new(actor) { Name = $"request.{move.Action.Word()}" }
            );
        return AnswerOf(outcome);
    }

    static async Task<string> FireAsync(InterleavedWorld world) =>
        AnswerOf(
            await world
                .Services.GetRequiredService<RequestStore>()
                .ChangeAsync(1, Clocks.Fire, null, new(Actor.Registry) { Name = "request.remind" })
        );

    static async Task<string> MarkAsync(InterleavedWorld world)
    {
        var now = world.Clock.GetUtcNow();
        await world.Store.Writer.RunAsync(connection =>
        {
            Outbox.MarkSent(connection, 1, now);
            return 0;
        });
        return "done";
    }

    static string Erase(InterleavedWorld world)
    {
        var contact = world.Store.History.Current!.Contacts.FirstOrDefault(contact =>
            contact.Name == $"Somebody {Holder}"
        );
        return contact is not null && world.Store.Erase(contact.Id, "operator", "asked") is not null
            ? "done"
            : "none";
    }

    static string Import(InterleavedWorld world)
    {
        var current = world.Store.History.Current!;
        var file = new Registry(
            current.Header.WithUpdated(new(new DateOnly(2026, 12, 31))),
            current.Records,
            current.Contacts
        );
        return
            world.Store.PrepareImport(
                file,
                new("registry.xml", 1, new string('a', 64), file.Header.Updated),
                "operator",
                "import",
                allowOlder: true
            )
                is ImportOutcome.Ready { Draft: var draft }
            ? Done(world.Store.Append(draft))
            : "nothing new";
    }

    static string Done(Revision made) => made.Number > 0 ? "done" : "none";

    static Task<string> ConfirmClaimAsync(InterleavedWorld world)
    {
        if (ActorOf(world, Holder) is not { } actor)
            return Task.FromResult("unauthorized");
        var refused = world.Services.GetRequiredService<ContactClaims>().Decide(actor, 2, true, "We are.");
        return Task.FromResult(AnswerOf(refused));
    }

    static Task<string> CloseAsync(InterleavedWorld world) =>
        Task.FromResult(
            ActorOf(world, Leaver) is { } actor
                ? AnswerOf(world.Services.GetRequiredService<Closing>().Close(actor))
                : "unauthorized"
        );

    static async Task<string> TakeOfficeAsync(InterleavedWorld world, int account, int from)
    {
        if (ActorOf(world, account) is not { } actor || !actor.IsAny(Offices.Administrator))
            return "forbidden";
        await using var scope = world.Services.CreateAsyncScope();
        return AnswerOf(
            await scope
                .ServiceProvider.GetRequiredService<Administration>()
                .SetOfficesAsync(actor, from, Offices.None)
        );
    }

    static async Task<string> VouchAsync(InterleavedWorld world)
    {
        await using var scope = world.Services.CreateAsyncScope();
        var (_, refused) = await scope
            .ServiceProvider.GetRequiredService<OpenIdSignIn>()
            .FindAsync(new("subject-1", "new@example.org", true, "New", false));
        return AnswerOf(refused);
    }

    static string AnswerOf(CallOutcome outcome) =>
        outcome.Refusal is { } refusal ? $"refused {refusal.Kind} {refusal.Rule}"
        : outcome.IsUnknown ? "unknown"
        : "done";

    static string AnswerOf(Refused? refused) =>
        refused is null ? "done"
        : refused.Kind == ProblemKind.Conflict ? $"refused Conflict {refused.Rule}"
        : $"refused {refused.Kind.Name} {refused.Rule}";
}
