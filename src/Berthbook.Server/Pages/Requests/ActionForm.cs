using System.Collections.Immutable;
using Berthbook.Requests;
using Berthbook.Rules;
using Berthbook.Server.Pages.RequestForm;

namespace Berthbook.Server.Pages.Requests;

/// <summary>Why a form was refused.</summary>
/// <param name="Words">Why, and what to do.</param>
/// <param name="Rule">The rule, or null.</param>
/// <param name="Field">The field that is wrong, or null.</param>
sealed record FormRefusal(string Words, Rule? Rule = null, string? Field = null)
{
    /// <summary>A refusal of the registry, with the status that it is answered with.</summary>
    public static (int Status, FormRefusal Refusal) Of(Refusal refusal) =>
        (
            refusal.Kind switch
            {
                RefusalKind.Malformed => StatusCodes.Status400BadRequest,
                RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
                _ => StatusCodes.Status409Conflict,
            },
            new(refusal.Words, RuleBook.Standard.Find(refusal.Rule), refusal.Field)
        );
}

/// <summary>The form of one action on a request's page.</summary>
/// <param name="Action">What it does.</param>
/// <param name="Standing">The request that it is done to.</param>
sealed record ActionForm(RequestAction Action, RequestStanding Standing)
{
    /// <summary>What was posted before; null where nothing was.</summary>
    public IFormCollection? Typed { get; init; }

    /// <summary>Why it was refused; null where it was not.</summary>
    public FormRefusal? Refusal { get; init; }

    /// <summary>What would change in the registry, where that was asked.</summary>
    public ImmutableArray<EffectPart> Preview { get; init; } = [];

    /// <summary>The pools that the viewer may speak for, or name a stand-in for.</summary>
    public ImmutableArray<ExpertPool> Pools { get; init; } = [];

    /// <summary>The key that makes it happen once.</summary>
    public string Key { get; } = PostedMove.NewKey();

    /// <summary>Its words.</summary>
    public ActionWords Words { get; } = ActionWords.Of(Action);

    /// <summary>Whether it stands unfolded.</summary>
    public bool IsOpen => Refusal is not null || !Preview.IsEmpty;

    /// <summary>The address that it posts to.</summary>
    public string Address =>
        $"{RequestWords.AddressOf(Standing.Request.Number)}?act={Action.Word()}#{Id("form")}";

    /// <summary>Whether it has a field for a note to those who decide.</summary>
    public bool HasNote => Action == RequestAction.Recommend;

    /// <summary>The rules that an expert may cite: those that concern the kind of request.</summary>
    public IEnumerable<IGrouping<string, Rule>> Criteria =>
        RuleBook
            .Standard.Rules.Where(rule => rule.Concerns(Standing.Request.Document.Kind))
            .GroupBy(rule => TitleOf(rule.Id[0]));

    /// <summary>The id of a field, unlike those of the other forms.</summary>
    public string Id(string field) => $"{Action.Word()}-{field}";

    /// <summary>What was typed into a field.</summary>
    public string Text(string field) => Typed?[field].ToString() ?? "";

    /// <summary>Whether a box was ticked.</summary>
    public bool IsTicked(string field, string value) => Typed?[field].Contains(value) == true;

    /// <summary>Whether a field is what was refused.</summary>
    public bool IsWrong(string field) => Refusal?.Field == field;

    static string TitleOf(char family) =>
        family switch
        {
            'N' => "Names",
            'P' => "Port numbers",
            'A' => "Requests",
            'D' => "DCCP service codes",
            'C' => "Changes",
            'K' => "Parties",
            _ => "Advice",
        };
}
