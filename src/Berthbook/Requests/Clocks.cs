using System.Collections.Immutable;
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
    /// <summary>A word for it, another for each that runs on a request: <c>remind-holders-2</c>.</summary>
    public string What =>
        Kind switch
        {
            ClockKind.RemindExperts => "remind-experts",
            ClockKind.TellRegistrar => "tell-registrar",
            ClockKind.TellApprover => "tell-approver",
            ClockKind.RemindHolders => $"remind-holders-{Count}",
            ClockKind.RemindApplicant => $"remind-applicant-{Count}",
            ClockKind.RemindAddresses => $"remind-addresses-{Count}",
            ClockKind.Silence => "silence",
            _ => "expire",
        };

    /// <summary>Whether it reminds or tells somebody; else it ends the waiting.</summary>
    public bool IsReminder => Kind is not (ClockKind.Silence or ClockKind.Expire);
}

/// <summary>The clocks of a request (procedures A15, A17): told from its history, so that they cannot differ from it.</summary>
public static class Clocks
{
    /// <summary>
    /// What falls due, the soonest first. Each reminder that the registry gave since the request stands where it stands
    /// takes one away, and they begin anew where it moves.
    /// </summary>
    public static ImmutableArray<Clock> Of(Request request, RuleSettings settings)
    {
        var (since, reminders) = Standing(request);
        ImmutableArray<Clock> all = request.State switch
        {
            RequestState.Submitted => Reach(ClockKind.RemindAddresses, ClockKind.Expire),
            RequestState.InformationNeeded => Reach(ClockKind.RemindApplicant, ClockKind.Expire),
            RequestState.ConfirmationPending => Reach(ClockKind.RemindHolders, ClockKind.Silence),
            RequestState.InReview =>
            [
                After(ClockKind.RemindExperts, 1, settings.RemindExpertDays),
                After(ClockKind.TellRegistrar, 1, settings.TellRegistrarDays),
                After(ClockKind.TellApprover, 1, settings.TellApproverDays),
            ],
            _ => [],
        };
        var ends = all.Where(clock => !clock.IsReminder);
        return
        [
            .. all.Where(clock => clock.IsReminder)
                .OrderBy(clock => clock.Due)
                .Skip(reminders)
                .Concat(ends)
                .OrderBy(clock => clock.Due),
        ];

        Clock After(ClockKind kind, int count, double days) => new(kind, count, since.AddDays(days));

        // Reminders at equal distances, then the end.
        ImmutableArray<Clock> Reach(ClockKind reminder, ClockKind end) =>
            [
                .. Enumerable
                    .Range(1, settings.Reminders)
                    .Select(count =>
                        After(reminder, count, (double)settings.ReachDays * count / (settings.Reminders + 1))
                    ),
                After(end, 1, settings.ReachDays),
            ];
    }

    // Since when it stands where it stands, and how many reminders were given since then.
    static (DateTimeOffset Since, int Reminders) Standing(Request request)
    {
        var reminders = 0;
        for (var i = request.Steps.Length - 1; i >= 0; i--)
        {
            var step = request.Steps[i];
            if (i == 0 || request.Steps[i - 1].State != request.State)
                return (step.Time, reminders);
            if (step.Action == RequestAction.Remind)
                reminders++;
        }
        return (request.Submitted ?? default, reminders);
    }
}
