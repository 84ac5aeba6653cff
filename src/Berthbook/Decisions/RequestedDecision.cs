using System.Collections.Immutable;
using Berthbook.Requests;
using Berthbook.Rules;

namespace Berthbook.Decisions;

/// <summary>The decision that carries a request out, with what the registrar chooses in the place of the defaults.</summary>
public static class RequestedDecision
{
    /// <summary>What the decision changes, or why it does not fit. Pure.</summary>
    /// <param name="basis">The registry before.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="day">The day of the decision, UTC.</param>
    /// <param name="choices">What the registrar chooses; the defaults where null.</param>
    /// <param name="rules">The rules that shape what is published; all of them where null.</param>
    public static DecisionOutcome EffectOf(
        RuleBasis basis,
        RequestDocument request,
        DateOnly day,
        DecisionChoices? choices = null,
        RuleBook? rules = null
    )
    {
        var book = rules ?? RuleBook.Standard;
        var chosen = choices ?? new();
        if (FaultOf(request, chosen) is var (rule, fault))
            return new(null, fault) { Rule = rule };
        if (DefaultDecision.Of(new(book, basis, Asked(request, chosen), day, [])) is not { } decision)
            return new(null, "The request says too little for a decision") { Rule = "A1" };
        if (chosen.IsEmpty)
            return decision.EffectOn(basis, book);
        return On(decision.Acts[0], chosen) is { } act
            ? (decision with { Acts = decision.Acts.SetItem(0, act) }).EffectOn(basis, book)
            : new(
                null,
                $"A request of the kind {request.Kind.Word()} leaves no such choice: leave it at its default"
            )
            {
                Rule = decision.Acts[0].Rule ?? "A10",
            };
    }

    /// <summary>
    /// What is asked with the number that the registrar picks in the place of any: what the rules are asked about. The same
    /// document where nothing is picked, or nothing that the request leaves open.
    /// </summary>
    /// <param name="request">What is asked.</param>
    /// <param name="choices">What the registrar chooses.</param>
    public static RequestDocument Asked(RequestDocument request, DecisionChoices? choices) =>
        choices?.Port is { } port && IsPick(request, port) ? request with { Port = new(port) } : request;

    static (string Rule, string Words)? FaultOf(RequestDocument request, DecisionChoices choices)
    {
        if (choices.Registered is not null && string.IsNullOrWhiteSpace(choices.RegisteredReason))
            return ("C11", "A registration date that is not the day of the decision needs a reason");
        return choices.Port is not { } port
            || IsPick(request, port)
            || (request.Port.Kind == PortWishKind.Number && request.Port.Number == port)
                ? null
            : request.Port.Kind is PortWishKind.AnyUser or PortWishKind.AnySystem
                ? ("P9", $"{port} is not {request.Port.Words}, which the request asks for")
            : ("P9", $"The request asks for {request.Port.Words}: there is no number to pick");
    }

    static bool IsPick(RequestDocument request, PortNumber port) =>
        request.Port.Kind == PortWishKind.AnyUser && port.Class == PortClass.User
        || request.Port.Kind == PortWishKind.AnySystem && port.Class == PortClass.System;

    // Null where the act leaves no such choice.
    static Act? On(Act act, DecisionChoices choices) =>
        act switch
        {
            NewNameAct named => With(named, choices) with
            {
                Assignee = Named(named.Assignee, choices.AssigneeId),
                Contacts = named.Contacts is [var first, .. var others]
                    ? [Named(first, choices.ContactId)!, .. others]
                    : named.Contacts,
            },
            AddTo added => With(added, choices) with
            {
                Assignee = Named(added.Assignee, choices.AssigneeId),
                Contact = Named(added.Contact, choices.ContactId),
            },
            Maintain upkeep when IsNoMore(choices, with: ["references", "notes", "ids"]) => upkeep with
            {
                References = choices.References.IsEmpty ? upkeep.References : References(choices),
                Note = Words.Of(choices.Notes) ?? upkeep.Note,
                Assignee = Named(upkeep.Assignee, choices.AssigneeId),
                Contacts = upkeep.Contacts is [var first, .. var others]
                    ? [Named(first, choices.ContactId)!, .. others]
                    : upkeep.Contacts,
            },
            Deassign given when IsNoMore(choices, with: ["notes"]) => given with
            {
                Note = Words.Of(choices.Notes) ?? given.Note,
            },
            _ when IsNoMore(choices, with: []) => act,
            _ => null,
        };

    static T With<T>(T act, DecisionChoices choices)
        where T : AssigningAct =>
        act with
        {
            References = choices.References.IsEmpty ? act.References : References(choices),
            Registered = choices.Registered is { } date
                ? new(date, choices.RegisteredReason!)
                : act.Registered,
            Follows = choices.Follows ?? act.Follows,
            Note = Words.Of(choices.Notes) ?? act.Note,
        };

    static ImmutableArray<Reference> References(DecisionChoices choices) =>
        [.. choices.References.Select(DefaultDecision.ReferenceTo)];

    // A contact that the registry has keeps its id.
    static Party? Named(Party? party, string? id) =>
        party is { IsKnown: false } && id is not null ? party with { Id = id } : party;

    static bool IsNoMore(DecisionChoices choices, ReadOnlySpan<string> with) =>
        choices is { Registered: null, Follows: null }
        && (choices.References.IsEmpty || with.Contains("references"))
        && (choices.Notes is null || with.Contains("notes"))
        && ((choices.AssigneeId ?? choices.ContactId) is null || with.Contains("ids"));
}
