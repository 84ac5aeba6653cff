using System.Globalization;
using System.Text;
using Berthbook.Requests;
using Berthbook.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Authorization;

/// <summary>Who may do what to which request in which state, cell by cell against the running server (reliability P11).</summary>
public class ActionMatrixTests(ITestOutputHelper output)
{
    static readonly string Path = System.IO.Path.Combine(
        AppContext.BaseDirectory,
        "Authorization",
        "actions.tsv"
    );

    [Fact]
    public async Task Every_subject_gets_the_expected_answer_to_every_action_on_every_request()
    {
        await using var server = await RunningServer.StartAsync([StandingRequests.File()], Wait);
        var subjects = await Subjects.MakeAsync(server);
        var store = server.Services.GetRequiredService<RequestStore>();
        var standing = new StandingRequests(store, subjects);
        await standing.MakeAsync();
        var before = server.Store.History.Revisions.Length;
        var expected = ExpectedActions.Read(Path);
        var promise = new Promise(
            "authorization",
            "every role, action, kind, state and ownership: the expected answer",
            0
        );
        var seen = new StringBuilder();
        var wrong = new List<string>();
        var place = 0;
        foreach (var ((kind, state), number) in standing.Numbers)
        {
            foreach (var action in RequestActions.OfPeople)
            {
                seen.Append(CultureInfo.InvariantCulture, $"{action.Word()}\t{kind}\t{state.Word()}");
                // In short runs every seventh cell; which ones moves from action to action.
                for (var i = 0; i < Subjects.Names.Length; i++)
                {
                    if (place++ % Counts.Of(7, 1) != 0)
                        continue;
                    var name =
                        Subjects.Names[i] == "owner" ? StandingRequests.OwnerOf(kind) : Subjects.Names[i];
                    var answer = await Trying.AnswerAsync(
                        server.Client,
                        number,
                        action,
                        subjects.TokenOf(name),
                        subjects.AccountOf("other"),
                        isDryRun: true
                    );
                    promise.Tried++;
                    seen.Append('\t').Append(answer);
                    if (expected.Find(action.Word(), kind, state, i) != answer)
                        wrong.Add(
                            $"{action.Word()} {kind} {state.Word()} by {Subjects.Names[i]}: {answer}, not {expected.Find(action.Word(), kind, state, i) ?? "told"}"
                        );
                }
                seen.Append('\n');
            }
        }
        if (Environment.GetEnvironmentVariable("BERTHBOOK_SEEN") is { } file)
            await File.WriteAllTextAsync(file, seen.ToString(), TestContext.Current.CancellationToken);
        output.WriteLine(
            $"{promise.Tried} cells, {standing.Numbers.Count} requests, {expected.Count} lines of expected answers"
        );
        promise.Failed = wrong.Count;
        promise.Record();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(40)));
        Assert.Equal(before, server.Store.History.Revisions.Length);
    }

    // Otherwise a name alone passes no state but its last.
    static Server.Settings Wait(Server.Settings settings) =>
        settings with
        {
            Rules = settings.Rules with { AssignsAtOnce = false, ManyRequests = 10_000 },
            SignInsPerAddress = 1_000_000,
        };
}
