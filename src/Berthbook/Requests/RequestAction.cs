namespace Berthbook.Requests;

/// <summary>What is done to a request. Each is a step of its history with who, when and why (procedures A10).</summary>
public enum RequestAction : byte
{
    /// <summary>The applicant keeps a draft.</summary>
    Draft,

    /// <summary>The applicant submits it, or the registrar for one who wrote by mail.</summary>
    Submit,

    /// <summary>An e-mail address that it names is confirmed by its link (procedures A1).</summary>
    ConfirmAddress,

    /// <summary>The registrar or an expert asks the applicant something.</summary>
    Ask,

    /// <summary>The applicant answers.</summary>
    Answer,

    /// <summary>Who holds the assignment agrees (procedures A6, A7, C8); the registrar confirms a claim (K3).</summary>
    Confirm,

    /// <summary>Who holds the assignment does not agree; the registrar does not confirm a claim.</summary>
    Deny,

    /// <summary>An expert of the pool recommends for or against, with a reason (procedures A11). No change of state.</summary>
    Recommend,

    /// <summary>Who decides approves.</summary>
    Approve,

    /// <summary>Who decides rejects, with a reason.</summary>
    Reject,

    /// <summary>The registrar carries the decision out: one revision.</summary>
    Assign,

    /// <summary>The applicant takes it back.</summary>
    Withdraw,

    /// <summary>The registrar refers it to an expert though no rule asks for one (procedures A5).</summary>
    Refer,

    /// <summary>The approver names a stand-in where every expert of the pool has a part in it (procedures A11).</summary>
    StandIn,

    /// <summary>The registrar records an attempt to reach a party (procedures A15).</summary>
    Attempt,

    /// <summary>The registry reminds who is late (procedures A15, A17).</summary>
    Remind,

    /// <summary>The time to reach a party is over; silence is never yes (procedures A15).</summary>
    Silence,

    /// <summary>The registry lets it expire.</summary>
    Expire,
}

/// <summary>The words for what is done to a request, as addresses, commands and pages write them.</summary>
public static class RequestActions
{
    static readonly string[] Words =
    [
        "draft",
        "submit",
        "confirm-address",
        "ask",
        "answer",
        "confirm",
        "deny",
        "recommend",
        "approve",
        "reject",
        "assign",
        "withdraw",
        "refer",
        "stand-in",
        "attempt",
        "remind",
        "silence",
        "expire",
    ];

    /// <summary>What people do to a request that is there, each at <c>requests/{n}/{action}</c>, in the order of the list.</summary>
    public static IReadOnlyList<RequestAction> OfPeople { get; } =
    [
        RequestAction.Submit,
        RequestAction.Ask,
        RequestAction.Answer,
        RequestAction.Confirm,
        RequestAction.Deny,
        RequestAction.Recommend,
        RequestAction.Approve,
        RequestAction.Reject,
        RequestAction.Assign,
        RequestAction.Withdraw,
        RequestAction.Refer,
        RequestAction.StandIn,
        RequestAction.Attempt,
    ];

    /// <summary>The word: <c>stand-in</c>.</summary>
    public static string Word(this RequestAction action) => Words[(int)action];

    /// <summary>Whether it decides something, so that a call needs a key that makes it happen once.</summary>
    public static bool Decides(this RequestAction action) =>
        action
            is RequestAction.Confirm
                or RequestAction.Deny
                or RequestAction.Recommend
                or RequestAction.Approve
                or RequestAction.Reject
                or RequestAction.Assign;

    /// <summary>Finds what people do by its exact word.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RequestAction action)
    {
        foreach (var known in OfPeople)
        {
            if (text.SequenceEqual(known.Word()))
            {
                action = known;
                return true;
            }
        }
        action = default;
        return false;
    }
}
