namespace Berthbook.Requests;

/// <summary>Where a request stands (procedures A10). No other state exists.</summary>
public enum RequestState : byte
{
    /// <summary>Written and kept, not submitted; its author's alone.</summary>
    Draft,

    /// <summary>Submitted; it counts once every e-mail address that it names is confirmed (procedures A1).</summary>
    Submitted,

    /// <summary>The registrar or an expert asked something that the applicant has to answer.</summary>
    InformationNeeded,

    /// <summary>Waits for the word of who holds an assignment (procedures A6, A7, C8), or for a claim to be confirmed (K3).</summary>
    ConfirmationPending,

    /// <summary>With the designated experts (procedures A11).</summary>
    InReview,

    /// <summary>Waits for who decides: the registrar, or the approver (procedures A5).</summary>
    AwaitingApproval,

    /// <summary>Approved, not yet carried out.</summary>
    Approved,

    /// <summary>Carried out as a revision of the registry. An end.</summary>
    Assigned,

    /// <summary>Rejected with a reason. An end.</summary>
    Rejected,

    /// <summary>Taken back by the applicant. An end.</summary>
    Withdrawn,

    /// <summary>Nobody confirmed the addresses, or answered what was asked, in time. An end.</summary>
    Expired,
}

/// <summary>The words for the states of a request, as procedures A10 and the API write them.</summary>
public static class RequestStates
{
    static readonly string[] Words =
    [
        "draft",
        "submitted",
        "information-needed",
        "confirmation-pending",
        "in-review",
        "awaiting-approval",
        "approved",
        "assigned",
        "rejected",
        "withdrawn",
        "expired",
    ];

    /// <summary>All states, in the order in which a request passes them.</summary>
    public static IReadOnlyList<RequestState> All { get; } = Enum.GetValues<RequestState>();

    /// <summary>The word: <c>in-review</c>.</summary>
    public static string Word(this RequestState state) => Words[(int)state];

    /// <summary>Whether a request that is there stays there.</summary>
    public static bool IsEnd(this RequestState state) => state >= RequestState.Assigned;

    /// <summary>
    /// Whether a request that is there counts against later ones for the same (procedures A14): one whose addresses are not
    /// confirmed does not count yet (A1).
    /// </summary>
    public static bool IsPending(this RequestState state) =>
        state is > RequestState.Submitted and < RequestState.Assigned;

    /// <summary>Finds a state by its exact word.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RequestState state)
    {
        for (var i = 0; i < Words.Length; i++)
        {
            if (text.SequenceEqual(Words[i]))
            {
                state = (RequestState)i;
                return true;
            }
        }
        state = default;
        return false;
    }
}
