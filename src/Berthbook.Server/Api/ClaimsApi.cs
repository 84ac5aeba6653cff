using Berthbook.Requests;
using Berthbook.Server.Accounts;

namespace Berthbook.Server.Api;

/// <summary>A claim of a contact; the evidence is for those who decide.</summary>
sealed record ClaimReply(
    int Number,
    int Account,
    string Claimant,
    string? Organization,
    string Contact,
    string State,
    DateTimeOffset Asked,
    string? Statement,
    DateTimeOffset? Decided,
    string? Evidence
);

/// <summary>Claims of contacts (procedures K3).</summary>
static class ClaimsApi
{
    static readonly BodyShape Asked = new(
        "NewClaim",
        new("contact", "The id of the contact, to the character."),
        new(
            "statement",
            "Why the account is the contact or acts for it, for those who decide.",
            false,
            Most: 4000
        )
    );

    static readonly BodyShape Decided = new(
        "ClaimDecision",
        new BodyMember(
            "evidence",
            "What shows it; the first claim of a contact is confirmed on evidence only.",
            false,
            Most: 4000
        )
    );

    static readonly Parameter Number = new("n", "The number of the claim.", ParameterType.Text);

    static readonly ApiOperation Make = new(
        "claimContact",
        "/claims",
        "Says to be, or to act for, a contact of the registry",
        typeof(ClaimReply),
        Ask
    )
    {
        Body = Asked.ToBody(),
        Requirements = TokensApi.Acting,
        Status = StatusCodes.Status201Created,
        MayBeMissing = true,
        Problems = TokensApi.Refusing,
        IsOfOwn = true,
    };

    static readonly ApiOperation List = new(
        "listClaims",
        "/claims",
        "The claims that one made or may decide, the latest first",
        typeof(ListReply<ClaimReply>),
        ListAll
    )
    {
        Query = [Parameter.Page, Parameter.PageSize],
        Requirements = [new NeedsAccount()],
        Problems = [ProblemKind.Unknown],
        IsOfTheMoment = true,
        IsOfOwn = true,
    };

    public static IReadOnlyList<ApiOperation> All { get; } =
    [
        Make,
        List,
        Decision(
            "confirmClaim",
            "confirm",
            "Confirms a claim: the registrar the first of a contact, later ones who holds it"
        ),
        Decision(
            "denyClaim",
            "deny",
            "Denies a claim: the registrar the first of a contact, later ones who holds it"
        ),
    ];

    // Who holds the contact may decide without any office, so the rest is judged with the claim.
    static ApiOperation Decision(string id, string word, string summary) =>
        new(id, $"/claims/{{n}}/{word}", summary, typeof(ClaimReply), call => Decide(call, word == "confirm"))
        {
            Segments = [Number],
            Body = Decided.ToBody(),
            Requirements = TokensApi.Acting,
            MayBeMissing = true,
            Problems = TokensApi.Refusing,
            IsOfOwn = true,
        };

    static Answer Ask(Call call)
    {
        var (values, fault) = Asked.Read(call.Body);
        if (fault is not null)
            return fault;
        var actor = call.Context.Actor;
        var (number, refused) = call.Of<ContactClaims>()
            .Ask(actor, values["contact"], values.Find("statement"));
        return refused is not null
            ? call.Refuse(refused)
            : Answer.Created(Find(call, number), AccountsJson.Default.ClaimReply);
    }

    static Answer Decide(Call call, bool isConfirmed)
    {
        var (values, fault) = Decided.Read(call.Body);
        if (fault is not null)
            return fault;
        var number = call.Number("n");
        var refused = call.Of<ContactClaims>()
            .Decide(call.Context.Actor, number, isConfirmed, values.Find("evidence"));
        if (refused?.Kind == ProblemKind.NotFound)
            return Answer.NotFound($"There is no claim {call.Segment("n")} for you.");
        return refused is not null
            ? call.Refuse(refused)
            : Answer.Ok(Find(call, number), AccountsJson.Default.ClaimReply);
    }

    static ClaimReply Find(Call call, int number) =>
        ReplyOf(
            call.Of<ContactClaims>().For(call.Context.Actor).Single(claim => claim.Number == number),
            call.Context.Actor
        );

    static Answer ListAll(Call call)
    {
        var paging = call.Query.Paging();
        if (call.Refusal is { } refusal)
            return refusal;
        var actor = call.Context.Actor;
        return Answer.Ok(
            ListReply.Of(call.Of<ContactClaims>().For(actor), paging, claim => ReplyOf(claim, actor)),
            AccountsJson.Default.ListReplyClaimReply
        );
    }

    static ClaimReply ReplyOf(ContactClaim claim, Actor actor) =>
        new(
            claim.Number,
            claim.Account,
            claim.Claimant,
            claim.Organization,
            claim.Contact,
            claim.State,
            claim.Asked,
            claim.Statement,
            claim.Decided,
            actor.IsAny(Offices.Registrar) ? claim.Evidence : null
        );
}
