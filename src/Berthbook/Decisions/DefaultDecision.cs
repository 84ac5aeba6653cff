using System.Collections.Immutable;
using Berthbook.Requests;
using Berthbook.Rules;

namespace Berthbook.Decisions;

/// <summary>The decision that a request comes to where the registrar leaves every choice at its default.</summary>
static partial class DefaultDecision
{
    /// <summary>The decision, or null where the request says too little for one.</summary>
    public static Decision? Of(Question question)
    {
        var parties = new RequestedParties(question);
        var act = ActOf(question, parties);
        return act is null || parties.AreUnknown
            ? null
            : new(question.Today, [act, .. MoreOf(question, parties)]);
    }

    static Act? ActOf(Question question, RequestedParties parties) =>
        question.Kind switch
        {
            RequestKind.Assign => Assigning(question, parties, out var name)
                ? With(new Assign { Name = name, Description = Description(question)! }, question, parties)
                : null,
            RequestKind.SecondName => Assigning(question, parties, out var name)
                ? With(
                    new SecondName { Name = name, Description = Description(question)! },
                    question,
                    parties
                )
                : null,
            RequestKind.EarlyAllocation when question.IsRenewal => new EndEarlyAllocation
            {
                Records = Ids(question.Concerned.Where(record => TemporaryMark.IsOn(record.Description))),
                End = EarlyAllocationEnd.Renewed,
            },
            RequestKind.EarlyAllocation => Assigning(question, parties, out var name)
                ? With(
                    new EarlyAllocation { Name = name, Description = Description(question)! },
                    question,
                    parties
                )
                : null,
            RequestKind.Add => Add(question, parties),
            RequestKind.Reuse => Reuse(question, parties),
            _ => ChangeOf(question, parties),
        };

    // A new assignment takes a name that is well-formed, a description, and where it wants a number, one and its transports.
    static bool Assigning(Question question, RequestedParties parties, out ServiceName name)
    {
        name = question.Name ?? default;
        return question.Name is not null && Description(question) is not null && IsPlaced(question);
    }

    static bool IsPlaced(Question question) =>
        question.Request.Port.Kind == PortWishKind.None
        || (question.Number is not null && !question.Transports.IsEmpty);

    static T With<T>(T act, Question question, RequestedParties parties)
        where T : NewNameAct =>
        Of(act, question) with
        {
            Assignee = parties.Assignee,
            Contacts = parties.Contact is { } contact ? [contact] : [],
        };

    static T Of<T>(T act, Question question)
        where T : AssigningAct =>
        act with
        {
            Transports = [.. question.Transports.Distinct()],
            Port = question.Number,
            References = References(question),
            Note = Words.Of(question.Request.Notes),
            Unauthorized = Words.Of(question.Request.UnauthorizedUse)?.Words,
            ServiceCodes = question.Codes,
        };

    static AddTo? Add(Question question, RequestedParties parties)
    {
        var assigned = question.Named.FirstOrDefault(record => record.Kind().State() == PortState.Assigned);
        return assigned is null || !IsPlaced(question)
            ? null
            : Of(new AddTo { Record = assigned.Id }, question) with
            {
                Description = Description(question),
                Assignee = parties.Assignee,
                Contact = parties.Contact,
            };
    }

    static Reuse? Reuse(Question question, RequestedParties parties)
    {
        var records = question
            .Concerned.Where(record => record.Number is { IsSingle: true })
            .ToImmutableArray();
        if (
            records is not [{ Number: { } number } first, ..]
            || Description(question) is not { } description
            || !ServiceName.TryParse(question.Request.NewName, out var name, out _)
        )
            return null;
        var act = new Reuse
        {
            Name = name,
            Description = description,
            Records = Ids(records.Where(record => record.Number == number)),
        };
        return With(act, question, parties) with
        {
            Port = number.First,
            Transports = question.Transports.IsEmpty
                ? [.. records.Select(record => record.Transport).OfType<TransportProtocol>().Distinct()]
                : question.Transports,
            Assignee = parties.Assignee ?? parties.HolderOf(first),
        };
    }

    static RichText? Description(Question question) => Words.Of(question.Request.Description);

    // The statement stays with the request; the registrar cites documents (procedures A1).
    static ImmutableArray<Reference> References(Question question) =>
        question.Rules.Has("A1") || Words.Of(question.Request.Reference) is not { } statement
            ? []
            : [new(ReferenceType.Text, "", statement.Words)];

    static ImmutableArray<int> Ids(IEnumerable<RegistryRecord> records) =>
        [.. records.Select(record => record.Id)];
}
