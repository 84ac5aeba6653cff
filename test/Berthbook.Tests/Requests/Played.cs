using System.Collections.Immutable;
using Berthbook.Rules;

namespace Berthbook.Requests;

/// <summary>A request played through its steps over a small registry, with the people who take them.</summary>
sealed class Played(Registry registry, RequestDocument document, RuleSettings? settings = null)
{
    public static readonly Actor Dee = new()
    {
        Account = 1,
        Name = "Dee Example",
        Email = "dee@example.com",
    };

    public static readonly Actor Expert = Of(2, "Eve Reader", Offices.ExpertTcpUdp);
    public static readonly Actor SecondExpert = Of(3, "Finn Reader", Offices.ExpertTcpUdp);
    public static readonly Actor SctpExpert = Of(4, "Gus Reader", Offices.ExpertSctp);
    public static readonly Actor Approver = Of(5, "Hal Judge", Offices.Approver);
    public static readonly Actor Registrar = Of(6, "Ivy Clerk", Offices.Registrar);
    public static readonly Actor Administrator = Of(7, "Jo Keeper", Offices.Administrator);
    public static readonly Actor Auditor = Of(8, "Kim Auditor", Offices.Auditor);

    public static readonly Actor Ada = new()
    {
        Account = 9,
        Name = "Ada Example",
        Email = "ada@example.org",
        Claims = ["Ada_Example"],
    };

    public Request Request { get; private set; } = Request.Draft(document, Dee);

    /// <summary>The contacts that hold what the request is about.</summary>
    public ImmutableArray<string> Holders { get; init; } = [];

    public ImmutableArray<string> ApplicantClaims { get; init; } = [];

    public string? ApplicantOrganization { get; init; }

    public ImmutableArray<PendingRequest> Pending { get; set; } = [];

    public Registry Registry { get; set; } = registry;

    public Hearing Hearing =>
        new()
        {
            Verdict = AskedRules.Check(Registry, Request.Document, Pending, settings),
            Settings = settings ?? RuleSettings.Default,
            Now = new(AskedRules.Today, TimeOnly.MinValue, TimeSpan.Zero),
            Holders = Holders,
            ApplicantClaims = ApplicantClaims,
            ApplicantOrganization = ApplicantOrganization,
        };

    public static Actor Of(int account, string name, Offices offices) =>
        new()
        {
            Account = account,
            Name = name,
            Email = $"{account}@example.net",
            Offices = offices,
        };

    /// <summary>What comes of a step; where it is taken, the request goes on from there.</summary>
    public Outcome Take(RequestAction action, Actor by, string? words = "because")
    {
        var outcome = Request.Take(
            new(action)
            {
                Words = words,
                IsFor = true,
                Criteria = ["A3"],
                Account = 3,
            },
            by,
            Hearing
        );
        return Go(outcome);
    }

    public Outcome Go(Outcome outcome)
    {
        Request = outcome.Request ?? Request;
        return outcome;
    }

    /// <summary>Takes steps that have to be taken.</summary>
    public Played After(params (RequestAction Action, Actor By)[] steps)
    {
        foreach (var (action, by) in steps)
            Assert.Null(Take(action, by).Refusal);
        return this;
    }
}
