using System.Collections.Immutable;
using System.Globalization;
using Berthbook.Rules;

namespace Berthbook.Requests;

/// <summary>What happens when something falls due.</summary>
public enum ClockKind : byte
{
    /// <summary>The experts who have not recommended are reminded (procedures A17).</summary>
    RemindExperts,

    /// <summary>The registrar is told that no recommendation came (procedures A17).</summary>
    TellRegistrar,

    /// <summary>The approver is told that no recommendation came (procedures A17).</summary>
    TellApprover,

    /// <summary>Who holds the assignment is reminded to say whether he agrees (procedures A15).</summary>
    RemindHolders,

    /// <summary>The applicant is reminded of a question.</summary>
    RemindApplicant,

    /// <summary>Addresses that nobody confirmed get another link.</summary>
    RemindAddresses,

    /// <summary>The time to reach who holds the assignment is over (procedures A15).</summary>
    Silence,

    /// <summary>The request expires.</summary>
    Expire,
}

/// <summary>Something that falls due on a request.</summary>
/// <param name="Kind">What happens then.</param>
/// <param name="Count">Which of several alike it is, from 1.</param>
/// <param name="Due">When, UTC.</param>
public sealed record Clock(ClockKind Kind, int Count, DateTimeOffset Due)
{
    static readonly string[] Words =
    [
        "remind-experts",
        "tell-registrar",
        "tell-approver",
        "remind-holders",
        "remind-applicant",
        "remind-addresses",
        "silence",
        "expire",
    ];

    /// <summary>A word for it, another for each that runs on a request: <c>remind-holders-2</c>, <c>silence-1</c>.</summary>
    public string What => string.Create(CultureInfo.InvariantCulture, $"{Words[(int)Kind]}-{Count}");

    /// <summary>The kind that a word tells, or null where it tells none.</summary>
    public static ClockKind? KindOf(string what)
    {
        var kind = Array.FindIndex(Words, word => what.StartsWith(word + "-", StringComparison.Ordinal));
        return kind < 0 ? null : (ClockKind)kind;
    }

    /// <summary>Whether it reminds or tells somebody; else it ends the waiting.</summary>
    public bool IsReminder => Kind is not (ClockKind.Silence or ClockKind.Expire);
}

/// <summary>The clocks of a request (procedures A15, A17): told from its history, so that they cannot differ from it.</summary>
public static class Clocks
{
    /// <summary>
    /// What falls due, the soonest first. A reminder that was given since the request stands where it stands is not given again;
    /// all begin anew where it moves.
    /// </summary>
    public static ImmutableArray<Clock> Of(Request request, RuleSettings settings)
    {
        var (since, given) = Standing(request);
        IEnumerable<Clock> all = request.State switch
        {
            RequestState.Submitted => Reach(ClockKind.RemindAddresses, ClockKind.Expire),
            RequestState.InformationNeeded => Reach(ClockKind.RemindApplicant, ClockKind.Expire),
            RequestState.ConfirmationPending => Reach(ClockKind.RemindHolders, ClockKind.Silence),
            RequestState.InReview when MissingPools(request).Any() =>
            [
                // A report of unauthorized use is the registrar's to check (procedures C7).
                .. request.Document.Kind == RequestKind.UnauthorizedUse
                    ? (Clock[])[]
                    : [After(ClockKind.RemindExperts, 1, settings.RemindExpertDays)],
                After(ClockKind.TellRegistrar, 1, settings.TellRegistrarDays),
                After(ClockKind.TellApprover, 1, settings.TellApproverDays),
            ],
            _ => [],
        };
        return [.. all.Where(clock => !given.Contains(clock.What)).OrderBy(clock => clock.Due)];

        Clock After(ClockKind kind, int count, double days) => new(kind, count, since.AddDays(days));

        // Reminders at equal distances, then the end.
        IEnumerable<Clock> Reach(ClockKind reminder, ClockKind end) =>
            [
                .. Enumerable
                    .Range(1, settings.Reminders)
                    .Select(count =>
                        After(reminder, count, (double)settings.ReachDays * count / (settings.Reminders + 1))
                    ),
                After(end, 1, settings.ReachDays),
            ];
    }

    /// <summary>
    /// Does what fell due first: reminds, or ends the waiting; refuses where nothing is due by now. Where nobody but the
    /// registrar is waited for, there is no party's silence, and the registrar is reminded.
    /// </summary>
    public static Outcome Fire(Request request, Hearing hearing)
    {
        var clock = Of(request, hearing.Settings).FirstOrDefault();
        if (clock is null || clock.Due > hearing.Now)
            return new Refusal(RefusalKind.Conflict, "A15", "Nothing is due by now.");
        if (clock.IsReminder)
            return request.Remind(clock.What, hearing);
        var lapsed = request.Lapse(hearing);
        return lapsed.Refusal is null ? lapsed : request.Remind(clock.What, hearing);
    }

    /// <summary>Since when a request stands where it stands.</summary>
    public static DateTimeOffset Since(Request request) => Standing(request).Since;

    internal static IEnumerable<ExpertPool> MissingPools(Request request) =>
        request.Pools.Except(request.Recommendations.Select(step => step.Pool!.Value));

    static (DateTimeOffset Since, HashSet<string> Given) Standing(Request request)
    {
        var given = new HashSet<string>();
        for (var i = request.Steps.Length - 1; i >= 0; i--)
        {
            var step = request.Steps[i];
            if (i == 0 || request.Steps[i - 1].State != request.State)
                return (step.Time, given);
            if (step is { Action: RequestAction.Remind, Words: { } what })
                given.Add(what);
        }
        return (request.Submitted ?? default, given);
    }
}
