namespace Berthbook.Rules;

/// <summary>
/// What a rule says of a request. A need with a field is the applicant's to mend; one without waits for somebody else: a
/// confirmation, a review, an approval.
/// </summary>
/// <param name="Rule">The id of the rule: <c>N1</c>.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Field">The member of the document that it concerns, <c>assignee.email</c>; null where it is none.</param>
/// <param name="Message">What is wrong or follows, and what to do, in words an applicant can act on.</param>
public sealed record Finding(string Rule, Severity Severity, string? Field, string Message)
{
    /// <summary>The procedure that has to decide because of it, or null; the strictest of all findings decides.</summary>
    public Procedure? Asks { get; init; }

    /// <summary>What will be done because of it, or null.</summary>
    public NextStep? Step { get; init; }

    /// <summary>Whether the applicant has to mend the document.</summary>
    public bool IsToMend => Severity == Severity.Refuse || (Severity == Severity.Need && Field is not null);
}

/// <summary>One thing that will happen to a request, in order.</summary>
/// <param name="State">The state that the request is in meanwhile (procedures A10): <c>in-review</c>.</param>
/// <param name="Who">Who acts.</param>
/// <param name="Words">What is done, in a sentence with the profile's labels.</param>
/// <param name="Rule">The rule that it follows.</param>
public sealed record NextStep(string State, Role Who, string Words, string Rule);
