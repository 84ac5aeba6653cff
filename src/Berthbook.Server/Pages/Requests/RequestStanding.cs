using System.Collections.Immutable;
using Berthbook.Requests;
using Berthbook.Rules;

namespace Berthbook.Server.Pages.Requests;

/// <summary>Something that a request waits for.</summary>
/// <param name="Words">What, in a sentence with who acts.</param>
/// <param name="Rule">The rule that wants it.</param>
sealed record Awaited(string Words, string Rule);

/// <summary>A request as it stands, held against what the rules say now: for lists of work and for its own page.</summary>
/// <param name="Request">The request.</param>
/// <param name="Hearing">What it is held against.</param>
sealed record RequestStanding(Request Request, Hearing Hearing)
{
    /// <summary>For how many whole days it has stood where it stands.</summary>
    public int Days => Math.Max(0, (int)(Hearing.Now - Berthbook.Requests.Clocks.Since(Request)).TotalDays);

    /// <summary>The pools that have not recommended yet.</summary>
    public ImmutableArray<ExpertPool> Missing { get; } = Request.MissingPools(Hearing);

    /// <summary>The request that was submitted earlier for the same and is decided first (procedures A14), in words; or null.</summary>
    public string? Rival =>
        Hearing.Verdict.Findings.FirstOrDefault(finding => finding.Rule == "A14")?.Message;

    /// <summary>Who decides, by the registry's label.</summary>
    public string Decider =>
        Hearing.Settings.Label(Request.Decider(Hearing) == Offices.Approver ? Role.Approver : Role.Registrar);

    /// <summary>What it waits for, and whom.</summary>
    public IEnumerable<Awaited> Next
    {
        get
        {
            var settings = Hearing.Settings;
            return Request.State switch
            {
                RequestState.Draft =>
                [
                    new("The applicant submits it, or lets it be. Nobody else sees it.", "A10"),
                ],
                RequestState.Submitted =>
                [
                    new(
                        Request.Unconfirmed.Count() is var count && count == 1
                            ? "It counts once the e-mail address that it names is confirmed; a link was sent there."
                            : $"It counts once the {count} e-mail addresses that it names are confirmed; a link was sent to each.",
                        "A1"
                    ),
                ],
                RequestState.InformationNeeded =>
                [
                    new(
                        $"{RequestWords.Capital(settings.Label(Role.Applicant))} answers what was asked.",
                        "A10"
                    ),
                ],
                RequestState.ConfirmationPending =>
                [
                    .. Request
                        .Awaited(Hearing)
                        .Select(finding => new Awaited(finding.Step!.Words, finding.Rule))
                        .Distinct(),
                ],
                RequestState.InReview or RequestState.AwaitingApproval => NextOfDecision(),
                RequestState.Approved =>
                [
                    new(
                        $"{RequestWords.Capital(settings.Label(Role.Registrar))} carries it out, as one revision of the registry.",
                        "A10"
                    ),
                ],
                _ => [],
            };
        }
    }

    IEnumerable<Awaited> NextOfDecision()
    {
        var settings = Hearing.Settings;
        foreach (var pool in Missing)
            yield return new(
                $"{RequestWords.Capital(settings.Label(Role.Expert))} for {pool.Title()} recommends for or against it.",
                "A11"
            );
        if (Rival is { } rival)
            yield return new(rival, "A14");
        else if (Missing.IsEmpty)
            yield return new($"{RequestWords.Capital(Decider)} approves or rejects it.", "A5");
        else
            yield return new($"Then {Decider} approves or rejects it.", "A5");
    }
}
