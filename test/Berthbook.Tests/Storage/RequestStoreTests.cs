using Berthbook.Requests;

namespace Berthbook.Storage;

public sealed class RequestStoreTests : IDisposable
{
    readonly OwnRegistry own = new();

    public void Dispose() => own.Dispose();

    [Fact]
    public async Task A_name_without_a_number_is_assigned_at_once_as_a_revision_of_its_own()
    {
        var outcome = await own.SubmitAsync(OwnRegistry.Ada, OwnRegistry.Asking(OwnRegistry.Ada, "plum"));
        Assert.Null(outcome.Refusal);
        var request = Assert.Single(outcome.Requests);
        Assert.Equal((1, 1, RequestState.Assigned), (request.Number, request.Version, request.State));
        Assert.Equal(2, outcome.Revision);
        Assert.Equal(2, request.Revision);
        var revision = own.Registry.History.Revisions[^1];
        Assert.Equal((2, 1, "registry"), (revision.Number, revision.Request, revision.Who));
        Assert.Equal("request 1: assign plum", revision.Why);
        Assert.Single(own.Named("plum"));
        Assert.Empty(own.Faults);
    }

    [Fact]
    public async Task What_was_stored_is_read_back_the_same_after_a_restart()
    {
        var outcome = await own.SubmitAsync(
            OwnRegistry.Ada,
            OwnRegistry.Asking(OwnRegistry.Ada, "plum"),
            OwnRegistry.Asking(OwnRegistry.Ada, "pear", 5000)
        );
        await own.TakeAsync(
            2,
            OwnRegistry.Expert,
            new(RequestAction.Recommend)
            {
                IsFor = true,
                Words = "It is what it says.",
                Note = "Ask for the draft.",
                Criteria = ["P10"],
            }
        );
        var before = own.Requests.Find(2)!;
        own.Restart();
        var after = own.Requests.Find(2)!;
        Assert.Equal(before.Steps, after.Steps, (a, b) => a with { Rules = b.Rules } == b);
        Assert.Equal(RequestFormat.Write(before.Document), RequestFormat.Write(after.Document));
        Assert.Equal((2, RequestState.InReview), (after.Version, after.State));
        Assert.Equal(outcome.Requests[0].Steps.Length, own.Requests.Find(1)!.Steps.Length);
        Assert.Null(own.Requests.Find(3));
        Assert.Empty(own.Faults);
    }

    [Fact]
    public async Task A_User_Port_passes_expert_and_registrar_and_takes_its_number()
    {
        var submitted = await own.SubmitAsync(
            OwnRegistry.Ada,
            OwnRegistry.Asking(OwnRegistry.Ada, "plum", 5000)
        );
        Assert.Equal(RequestState.InReview, submitted.Requests[0].State);
        Assert.Null(submitted.Revision);
        await RecommendAsync(1);
        var approved = await own.TakeAsync(
            1,
            OwnRegistry.Registrar,
            new(RequestAction.Approve) { Words = "The expert recommends it." }
        );
        Assert.Null(approved.Refusal);
        var assigned = await own.TakeAsync(1, OwnRegistry.Registrar, new(RequestAction.Assign));
        Assert.Null(assigned.Refusal);
        Assert.Equal(RequestState.Assigned, assigned.Requests[0].State);
        Assert.Equal(2, assigned.Revision);
        Assert.Equal("5000", Assert.Single(own.Named("plum")).Number.ToString());
        Assert.Equal(["5000"], own.Rows("SELECT number FROM held_number"));
        Assert.Empty(own.Faults);
    }

    [Fact]
    public async Task What_the_registrar_chooses_shapes_the_record()
    {
        await own.SubmitAsync(OwnRegistry.Ada, OwnRegistry.Asking(OwnRegistry.Ada, "plum", 5000));
        await RecommendAsync(1);
        await own.TakeAsync(1, OwnRegistry.Registrar, new(RequestAction.Approve) { Words = "Yes." });
        var assigned = await own.Requests.ChangeAsync(
            1,
            (request, hearing) => request.Take(new(RequestAction.Assign), OwnRegistry.Registrar, hearing),
            new()
            {
                References = ["RFC9000"],
                Registered = new(new DateOnly(2026, 3, 2)),
                RegisteredReason = "the day of the mail",
                Notes = "Ripe.",
                ContactId = "Ada",
                AssigneeId = "Ada",
            },
            OwnRegistry.Call(OwnRegistry.Registrar)
        );
        Assert.Null(assigned.Refusal);
        var record = Assert.Single(own.Named("plum"));
        Assert.Equal(
            ("[RFC9000]", "2026-03-02", "Ripe.", "[Ada]"),
            (record.Cell(9), record.Cell(7), record.Cell(12), record.Cell(6))
        );
    }

    [Fact]
    public async Task A_refused_step_leaves_an_audit_entry_and_nothing_else()
    {
        await own.SubmitAsync(OwnRegistry.Ada, OwnRegistry.Asking(OwnRegistry.Ada, "plum", 5000));
        var refused = await own.TakeAsync(
            1,
            OwnRegistry.Ada,
            new(RequestAction.Approve) { Words = "I like it." }
        );
        Assert.Equal(RefusalKind.Forbidden, refused.Refusal!.Kind);
        Assert.Empty(refused.Requests);
        Assert.Equal(1, own.Requests.Find(1)!.Version);
        Assert.Equal(
            ["request.submit", "request.approve"],
            own.Rows("SELECT action FROM audit ORDER BY number")
        );
        Assert.Single(own.Registry.History.Revisions);
    }

    [Fact]
    public async Task Of_a_batch_all_are_taken_or_none()
    {
        var refused = await own.SubmitAsync(
            OwnRegistry.Ada,
            OwnRegistry.Asking(OwnRegistry.Ada, "plum"),
            OwnRegistry.Asking(OwnRegistry.Ada, "pear"),
            OwnRegistry.Asking(OwnRegistry.Ada, "PLUM")
        );
        Assert.Equal(("N3", 2), (refused.Refusal!.Rule, refused.RefusedAt));
        Assert.Single(own.Registry.History.Revisions);
        Assert.Equal(0, own.Requests.List(new()).Total);
        Assert.Empty(own.Rows("SELECT name FROM held_name"));
        var taken = await own.SubmitAsync(
            OwnRegistry.Ada,
            OwnRegistry.Asking(OwnRegistry.Ada, "plum"),
            OwnRegistry.Asking(OwnRegistry.Ada, "pear")
        );
        Assert.Equal([1, 2], taken.Requests.Select(request => request.Number));
        Assert.Equal(3, taken.Revision);
        Assert.Equal(["pear", "plum"], own.Rows("SELECT name FROM held_name ORDER BY name"));
        Assert.Empty(own.Faults);
    }

    [Fact]
    public async Task The_same_key_does_nothing_again_and_another_call_with_it_is_told()
    {
        var call = OwnRegistry.Call(OwnRegistry.Ada) with { Key = OwnRegistry.Key("one") };
        var documents = new[] { OwnRegistry.Asking(OwnRegistry.Ada, "plum") };
        var first = await own.Requests.SubmitAsync(documents, false, call);
        var again = await own.Requests.SubmitAsync(documents, false, call);
        Assert.False(first.IsRepeated);
        Assert.True(again.IsRepeated);
        Assert.Equal((first.Requests[0].Number, first.Revision), (again.Requests[0].Number, again.Revision));
        Assert.Equal(1, own.Requests.List(new()).Total);
        var other = await own.Requests.SubmitAsync(
            documents,
            false,
            call with
            {
                Key = OwnRegistry.Key("one", content: 2),
            }
        );
        Assert.True(other.IsKeyOfAnother);
        var bobs = await own.Requests.SubmitAsync(
            [OwnRegistry.Asking(OwnRegistry.Bob, "pear")],
            false,
            call with
            {
                By = OwnRegistry.Bob,
            }
        );
        Assert.Equal("pear", bobs.Requests[0].Document.Name);
    }

    [Fact]
    public async Task A_refused_call_leaves_its_key_free()
    {
        await own.SubmitAsync(OwnRegistry.Bob, OwnRegistry.Asking(OwnRegistry.Bob, "plum"));
        var call = OwnRegistry.Call(OwnRegistry.Ada) with { Key = OwnRegistry.Key("one") };
        var refused = await own.Requests.SubmitAsync(
            [OwnRegistry.Asking(OwnRegistry.Ada, "plum")],
            false,
            call
        );
        Assert.NotNull(refused.Refusal);
        Assert.Empty(own.Rows("SELECT key FROM answered"));
    }

    [Fact]
    public async Task A_step_on_a_version_that_passed_is_not_taken()
    {
        await own.SubmitAsync(OwnRegistry.Ada, OwnRegistry.Asking(OwnRegistry.Ada, "plum", 5000));
        await RecommendAsync(1);
        var late = await own.Requests.ChangeAsync(
            1,
            (request, hearing) => request.Withdraw(OwnRegistry.Ada, null, hearing),
            null,
            OwnRegistry.Call(OwnRegistry.Ada) with
            {
                Version = 1,
            }
        );
        Assert.Equal(2, late.OtherVersion);
        Assert.Equal(RequestState.InReview, own.Requests.Find(1)!.State);
        Assert.True((await own.TakeAsync(7, OwnRegistry.Ada, new(RequestAction.Withdraw))).IsUnknown);
    }

    [Fact]
    public async Task A_dry_run_answers_as_the_run_would_and_leaves_no_trace()
    {
        var dry = await own.Requests.SubmitAsync(
            [OwnRegistry.Asking(OwnRegistry.Ada, "plum")],
            false,
            OwnRegistry.Call(OwnRegistry.Ada) with
            {
                IsDryRun = true,
                Key = OwnRegistry.Key("one"),
            }
        );
        Assert.Equal(RequestState.Assigned, dry.Requests[0].State);
        Assert.Equal(2, dry.Revision);
        Assert.Single(own.Registry.History.Revisions);
        foreach (var table in new[] { "request", "audit", "held_name", "answered", "request_step" })
            Assert.Equal(["0"], own.Rows($"SELECT count(*) FROM {table}"));
        Assert.Equal(
            2,
            (await own.SubmitAsync(OwnRegistry.Ada, OwnRegistry.Asking(OwnRegistry.Ada, "plum"))).Revision
        );
    }

    [Fact]
    public async Task A_list_tells_the_latest_first_and_finds_by_state_rule_text_and_applicant()
    {
        await own.SubmitAsync(OwnRegistry.Ada, OwnRegistry.Asking(OwnRegistry.Ada, "plum"));
        await own.SubmitAsync(OwnRegistry.Bob, OwnRegistry.Asking(OwnRegistry.Bob, "pear", 5000));
        await own.Requests.SubmitAsync(
            [OwnRegistry.Asking(OwnRegistry.Bob, "fig")],
            isDraft: true,
            OwnRegistry.Call(OwnRegistry.Bob)
        );
        Assert.Equal([2, 1], Numbers(new()));
        Assert.Equal([3, 2, 1], Numbers(new() { IsPublic = false }));
        Assert.Equal([2], Numbers(new() { States = [RequestState.InReview] }));
        Assert.Equal([1], Numbers(new() { Text = "PLUM" }));
        Assert.Equal([2], Numbers(new() { Text = "5000" }));
        Assert.Equal([3, 2], Numbers(new() { Applicant = 2, IsPublic = false }));
        Assert.Equal([1], Numbers(new() { Rule = "A5" }));
        Assert.Equal([1], Numbers(new() { Skip = 1, Count = 1 }));
        Assert.Equal(2, own.Requests.List(new() { Skip = 1, Count = 1 }).Total);
    }

    [Fact]
    public async Task An_earlier_request_for_the_same_number_is_decided_first() // procedures A14
    {
        await own.SubmitAsync(OwnRegistry.Ada, OwnRegistry.Asking(OwnRegistry.Ada, "plum", 5000));
        await own.SubmitAsync(OwnRegistry.Bob, OwnRegistry.Asking(OwnRegistry.Bob, "pear", 5000));
        var second = own.Requests.Hear(own.Requests.Find(2)!).Verdict;
        Assert.Contains(second.Findings, finding => finding.Rule == "A14");
        var first = own.Requests.Hear(own.Requests.Find(1)!).Verdict;
        Assert.DoesNotContain(first.Findings, finding => finding.Rule == "A14");
    }

    [Fact]
    public async Task The_contact_that_a_decision_makes_of_the_applicants_own_address_is_the_applicants() // procedures K3
    {
        own.Change(
            """
            INSERT INTO account (id, name, email, email_confirmed, two_factor_enabled, lockout_enabled, access_failed_count,
                offices, state, created)
            VALUES (1, 'Ada Example', 'ada@example.com', 1, 0, 1, 0, 0, 'active', 0)
            """
        );
        await own.SubmitAsync(OwnRegistry.Ada, OwnRegistry.Asking(OwnRegistry.Ada, "plum"));
        Assert.Equal(
            ["1 Ada_Example confirmed"],
            own.Rows("SELECT account || ' ' || contact || ' ' || state FROM claim")
        );
    }

    [Fact]
    public async Task What_belongs_to_a_request_is_written_in_its_transaction()
    {
        own.Requests.Stored = change =>
            Outbox.Add(
                change.Connection,
                new("receipt", "ada@example.com", "Plums", "…", change.After.Number, 1),
                change.Hearing.Now
            );
        await own.SubmitAsync(OwnRegistry.Ada, OwnRegistry.Asking(OwnRegistry.Ada, "plum"));
        Assert.Equal(["1"], own.Rows("SELECT request FROM outbox"));
        own.Requests.Stored = _ => throw new InvalidOperationException("no letter");
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            own.SubmitAsync(OwnRegistry.Ada, OwnRegistry.Asking(OwnRegistry.Ada, "pear"))
        );
        Assert.Null(own.Requests.Find(2));
        Assert.Empty(own.Named("pear"));
        Assert.Equal(2, own.Registry.History.Revisions.Length);
        Assert.Empty(own.Faults);
    }

    int[] Numbers(RequestQuery query) =>
        [.. own.Requests.List(query).Requests.Select(request => request.Number)];

    async Task RecommendAsync(int number)
    {
        var outcome = await own.TakeAsync(
            number,
            OwnRegistry.Expert,
            new(RequestAction.Recommend)
            {
                IsFor = true,
                Words = "It is what it says.",
                Criteria = ["P10"],
            }
        );
        Assert.Null(outcome.Refusal);
    }
}
