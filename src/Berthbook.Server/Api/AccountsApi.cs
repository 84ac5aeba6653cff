using System.Collections.Immutable;
using Berthbook.Requests;
using Berthbook.Server.Accounts;

namespace Berthbook.Server.Api;

/// <summary>That something was asked for; what comes of it is mailed.</summary>
sealed record AskedReply(string State);

/// <summary>An account, for itself and for administrators.</summary>
sealed record AccountReply(
    int Id,
    string Name,
    string? Email,
    bool Confirmed,
    string? Organization,
    ImmutableArray<string> Offices,
    ImmutableArray<string> InForce,
    string State,
    DateTimeOffset Created,
    bool SecondFactor,
    ImmutableArray<string> Claims
);

/// <summary>A second factor that begins (the key, once) or is in force (the recovery codes, once).</summary>
sealed record SecondFactorReply(
    string State,
    string? Key,
    string? Link,
    ImmutableArray<string> RecoveryCodes
);

/// <summary>Accounts: made by anybody, administered by administrators.</summary>
static class AccountsApi
{
    static readonly ImmutableArray<object> Administering =
    [
        .. TokensApi.Acting,
        new NeedsOffice(Offices.Administrator),
    ];

    static readonly Parameter Id = new("id", "The number of the account.", ParameterType.Text);

    static readonly BodyShape Wanted = new(
        "NewAccount",
        new("email", "The e-mail address; a link is sent to it."),
        new("password", $"{PasswordRules.Shortest} characters or more, any of them."),
        new("name", "The name that people see.", Most: 200),
        new("organization", "The organisation that one belongs to.", false, Most: 200),
        new("code", "The code of berth-server admin-link, which makes the account an administrator's.", false)
    );

    static readonly BodyShape Confirmation = new(
        "AddressConfirmation",
        new("email", "The e-mail address."),
        new("code", "The code that was mailed to it.", Most: 2000),
        new("password", "The password that was given when the account was made.")
    );

    static readonly BodyShape Given = new(
        "OfficeList",
        new BodyMember(
            "offices",
            $"All offices that the account is to hold: {string.Join(", ", OfficeWords.All.Select(known => known.Word))}.",
            Kind: BodyMemberKind.Texts
        )
    );

    static readonly BodyShape Code = new(
        "SecondFactorCode",
        new BodyMember("code", "The code that the authenticator shows; absent to begin.", false)
    );

    public static IReadOnlyList<ApiOperation> All { get; } =
    [
        new("makeAccount", "/accounts", "Makes an account", typeof(AskedReply), MakeAsync)
        {
            Description =
                "The answer is the same whether or not the address has an account; a link is mailed to it. With the code of "
                + "admin-link the account is an administrator's and its address is confirmed.",
            Body = Wanted.ToBody(),
            Status = StatusCodes.Status201Created,
            Requirements = [ForEverybody.Alone, Limited.ByAddress],
            Problems = [ProblemKind.Forbidden, ProblemKind.TooMany],
            IsOfOwn = true,
        },
        new(
            "confirmAccount",
            "/accounts/confirm",
            "Confirms the address of an account with the code that was mailed to it, and its password",
            typeof(AskedReply),
            ConfirmAsync
        )
        {
            Description =
                "The answer to a wrong code and to a wrong password is the same. Tries count like those to sign in.",
            Body = Confirmation.ToBody(),
            Requirements = [ForEverybody.Alone, Limited.ByAddress],
            Problems = [ProblemKind.Forbidden, ProblemKind.TooMany],
            IsOfOwn = true,
        },
        new("listAccounts", "/accounts", "All accounts", typeof(ListReply<AccountReply>), ListAll)
        {
            Query = [Parameter.Page, Parameter.PageSize],
            Requirements = [new NeedsAccount(), new NeedsOffice(Offices.Administrator)],
            Problems = [ProblemKind.Unknown, ProblemKind.Forbidden],
            IsOfTheMoment = true,
            IsOfOwn = true,
        },
        new(
            "setOffices",
            "/accounts/{id}/offices",
            "Gives an account just these offices",
            typeof(AccountReply),
            SetOfficesAsync
        )
        {
            Segments = [Id],
            Verb = HttpMethods.Put,
            Body = Given.ToBody(),
            Requirements = Administering,
            MayBeMissing = true,
            Problems = TokensApi.Refusing,
            IsOfOwn = true,
        },
        Switch(
            "deactivateAccount",
            "deactivate",
            "Stops an account: its sessions and tokens do nothing any more"
        ),
        Switch("reactivateAccount", "reactivate", "Lets an account go on"),
        new("getAccount", "/account", "One's own account", typeof(AccountReply), Own)
        {
            Requirements = [new NeedsAccount()],
            Problems = [ProblemKind.Unknown],
            IsOfTheMoment = true,
            IsOfOwn = true,
        },
        new(
            "setSecondFactor",
            "/account/second-factor",
            "Begins a second factor, or puts it in force with its first code",
            typeof(SecondFactorReply),
            SetSecondFactorAsync
        )
        {
            Description =
                "Without a code the answer has the key for an authenticator; with a code of it the factor is in force, the answer "
                + "has recovery codes, and the token counts as made with the factor.",
            Body = Code.ToBody(),
            Requirements = TokensApi.Acting,
            Problems = TokensApi.Refusing,
            IsOfOwn = true,
        },
        new(
            "closeAccount",
            "/account",
            "Closes one's own account: its personal data is erased",
            typeof(void),
            Close
        )
        {
            Verb = HttpMethods.Delete,
            Requirements = TokensApi.Acting,
            Status = StatusCodes.Status204NoContent,
            Problems = TokensApi.Refusing,
            IsOfOwn = true,
        },
    ];

    static ApiOperation Switch(string id, string word, string summary) =>
        new(
            id,
            $"/accounts/{{id}}/{word}",
            summary,
            typeof(AccountReply),
            call => SwitchAsync(call, word == "reactivate")
        )
        {
            Segments = [Id],
            Verb = HttpMethods.Post,
            Requirements = Administering,
            MayBeMissing = true,
            Problems = TokensApi.Refusing,
            IsOfOwn = true,
        };

    static async ValueTask<Answer> MakeAsync(Call call)
    {
        var (values, fault) = Wanted.Read(call.Body);
        if (fault is not null)
            return fault;
        var wanted = new NewAccount(
            values["email"].Trim(),
            values["password"],
            values["name"].Trim(),
            values.Find("organization")?.Trim()
        );
        var registration = call.Of<Registration>();
        if (values.Find("code") is { } code)
        {
            var (_, wrong) = await registration.MakeAdministratorAsync(wanted, code);
            return wrong is null ? Asked("confirmed", isNew: true) : call.Refuse(wrong);
        }
        return await registration.RegisterAsync(wanted) is { } refused
            ? call.Refuse(refused)
            : Asked("confirmation-sent", isNew: true);
    }

    static async ValueTask<Answer> ConfirmAsync(Call call)
    {
        var (values, fault) = Confirmation.Read(call.Body);
        if (fault is not null)
            return fault;
        var refused = await call.Of<Registration>()
            .ConfirmAsync(values["email"].Trim(), values["code"].Trim(), values["password"]);
        return refused is not null ? call.Refuse(refused) : Asked("confirmed", isNew: false);
    }

    static Answer Asked(string state, bool isNew) =>
        isNew
            ? Answer.Created(new(state), AccountsJson.Default.AskedReply)
            : Answer.Ok(new(state), AccountsJson.Default.AskedReply);

    static Answer ListAll(Call call)
    {
        var paging = call.Query.Paging();
        if (call.Refusal is { } refusal)
            return refusal;
        return Answer.Ok(
            ListReply.Of(call.Of<Administration>().All(), paging, account => ReplyOf(account)),
            AccountsJson.Default.ListReplyAccountReply
        );
    }

    static async ValueTask<Answer> SetOfficesAsync(Call call)
    {
        var (values, fault) = Given.Read(call.Body);
        if (fault is not null)
            return fault;
        var offices = Offices.None;
        foreach (var word in values.Texts("offices"))
        {
            if (!OfficeWords.TryParse(word, out var office))
                return Answer.Malformed("offices", $"there is no office '{word}'");
            offices |= office;
        }
        return await AnswerAsync(
            call,
            (administration, id) => administration.SetOfficesAsync(call.Context.Actor, id, offices)
        );
    }

    static ValueTask<Answer> SwitchAsync(Call call, bool isOn) =>
        AnswerAsync(
            call,
            (administration, id) =>
                isOn
                    ? administration.ReactivateAsync(call.Context.Actor, id)
                    : administration.DeactivateAsync(call.Context.Actor, id)
        );

    static async ValueTask<Answer> AnswerAsync(Call call, Func<Administration, int, Task<Refused?>> change)
    {
        var administration = call.Of<Administration>();
        var id = call.Number("id");
        var refused = await change(administration, id);
        if (refused?.Kind == ProblemKind.NotFound)
            return Answer.NotFound($"There is no account {call.Segment("id")}.");
        return refused is not null
            ? call.Refuse(refused)
            : Answer.Ok(ReplyOf(administration.Find(id)!), AccountsJson.Default.AccountReply);
    }

    static Answer Own(Call call)
    {
        var actor = call.Context.Actor;
        var account = call.Of<Administration>().Find(actor.Account)!;
        return Answer.Ok(
            ReplyOf(account) with
            {
                InForce = actor.Offices.Words(),
                Claims = actor.Claims,
            },
            AccountsJson.Default.AccountReply
        );
    }

    static async ValueTask<Answer> SetSecondFactorAsync(Call call)
    {
        var (values, fault) = Code.Read(call.Body);
        if (fault is not null)
            return fault;
        var actor = call.Context.Actor;
        var factor = call.Of<SecondFactor>();
        if (values.Find("code") is { } code)
        {
            var (codes, refused) = await factor.ConfirmAsync(actor.Account, code, call.Context.Caller.Token);
            return refused is not null
                ? call.Refuse(refused)
                : Answer.Ok(new("in-force", null, null, codes), AccountsJson.Default.SecondFactorReply);
        }
        return await factor.BeginAsync(actor.Account) is { } key
            ? Answer.Ok(
                new(
                    "begun",
                    key,
                    SecondFactor.LinkOf(key, call.Snapshot.Registry.Header.Title, actor.Email ?? actor.Name),
                    []
                ),
                AccountsJson.Default.SecondFactorReply
            )
            : call.Refuse(SecondFactor.AlreadyThere);
    }

    static Answer Close(Call call) =>
        call.Of<Closing>().Close(call.Context.Actor) is { } refused ? call.Refuse(refused) : Answer.Done;

    static AccountReply ReplyOf(ListedAccount account) =>
        new(
            account.Id,
            account.Name,
            account.Email,
            account.IsConfirmed,
            account.Organization,
            account.Offices.Words(),
            [],
            AccountWords.Of(account.State),
            account.Created,
            account.HasSecondFactor,
            []
        );
}
