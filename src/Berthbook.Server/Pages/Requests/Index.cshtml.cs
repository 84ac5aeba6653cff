using System.Collections.Immutable;
using System.Globalization;
using Berthbook.Requests;
using Berthbook.Rules;
using Berthbook.Server.Layout;
using Berthbook.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Berthbook.Server.Pages.Requests;

/// <summary>A request in the list.</summary>
/// <param name="Request">The request.</param>
/// <param name="Decided">By which procedure it is decided, or who decided it.</param>
sealed record ListedRequest(Request Request, string Decided);

/// <summary>All requests that everybody may see, newest first unless sorted otherwise: pending ones, and decided ones as precedents.</summary>
sealed class IndexModel(CurrentRegistry current, Settings settings, TimeProvider clock)
    : RequestsPage(current, settings)
{
    const int Size = 100;
    const string Place = "/requests";

    public Pager Pager { get; private set; } = null!;

    public ImmutableArray<ListedRequest> Requests { get; private set; } = [];

    /// <summary>How many there are in all.</summary>
    public int Total { get; private set; }

    /// <summary>The state asked for, or null.</summary>
    public RequestState? State { get; private set; }

    /// <summary>The rule asked for, or null.</summary>
    public Rule? Rule { get; private set; }

    /// <summary>The words asked for.</summary>
    public string Search { get; private set; } = "";

    /// <summary>The order asked for, as it was written; empty for the newest first.</summary>
    public string Sort { get; private set; } = "";

    /// <summary>The orders that the page offers, each with its words; the address takes every other one too.</summary>
    public static ImmutableArray<(string Sort, string Words)> Orders { get; } =
    [
        ("", "newest first"),
        ("number", "oldest first"),
        ("-updated", "last changed first"),
        ("name", "by name"),
        ("state", "by state"),
    ];

    /// <summary>Whether only the viewer's own are asked for.</summary>
    public bool IsMine { get; private set; }

    /// <summary>Whether anything is asked for at all.</summary>
    public bool IsNarrowed => State is not null || Rule is not null || Search.Length > 0;

    public override string Title =>
        Pager.Titled(
            IsMine ? "Your requests"
            : Rule is not null ? $"Requests decided with rule {Rule.Id}"
            : State is { } state ? $"Requests: {state.Word()}"
            : "Requests"
        );

    public override string Address => Pager.At(Pager.Page);

    public override string? Twin => IsMine ? null : Addresses.Twin(Pager.At(Pager.Page));

    public IActionResult OnGet(
        [FromQuery] string? state,
        [FromQuery] string? rule,
        [FromQuery] string? search,
        [FromQuery] string? mine,
        [FromQuery] string? sort,
        [FromQuery] string? page
    )
    {
        if (!string.IsNullOrEmpty(state))
        {
            if (!RequestStates.TryParse(state, out var known))
                return Refuse(400, $"\u201c{Words.Cut(state)}\u201d is no state of a request", All);
            State = known;
        }
        if (!string.IsNullOrWhiteSpace(rule))
        {
            Rule = RuleBook.Standard.Find(rule.Trim().ToUpperInvariant());
            if (Rule is null)
                return Refuse(400, $"\u201c{Words.Cut(rule)}\u201d is no rule; rules have ids as A7", All);
        }
        Sort = sort ?? "";
        var order = RequestOrder.Parse(Sort.Length > 0 ? Sort : null);
        if (order.Fault is not null)
            return Refuse(400, $"Requests cannot be sorted by \u201c{Words.Cut(Sort)}\u201d", All);
        Search = (search ?? "").Trim();
        IsMine = mine is not null;
        if (IsMine && Viewer is null)
            return Redirect(SignIn($"{Place}?mine=true"));
        return List(page, order);
    }

    IActionResult List(string? page, RequestOrder order)
    {
        var asked = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Clamp(number, 1, 1 << 20)
            : 1;
        var (requests, total) = Store.List(
            new()
            {
                States = State is { } state ? [state] : [],
                Rule = Rule?.Id,
                Text = Search.Length > 0 ? Search : null,
                Applicant = IsMine ? Viewer!.Account : null,
                IsPublic = !IsMine,
                Order = order,
                Skip = (asked - 1) * Size,
                Count = Size,
            }
        );
        if (Pager.Find(page, total, Size, Query()) is not { } pager)
            return Refuse(404, "The list has no such page", new Link(Query(), "Its first page"));
        (Pager, Total) = (pager, total);
        Requests = [.. requests.Select(request => new ListedRequest(request, DecidedOf(request)))];
        return Page();
    }

    string Query()
    {
        (string Name, string? Value)[] parts =
        [
            ("state", State?.Word()),
            ("rule", Rule?.Id),
            ("search", Search),
            ("mine", IsMine ? "true" : null),
            ("sort", Sort),
        ];
        var query = string.Join(
            '&',
            parts
                .Where(part => !string.IsNullOrEmpty(part.Value))
                .Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}")
        );
        return query.Length == 0 ? Place : $"{Place}?{query}";
    }

    // What is over says who decided; what is open, who will as the rules stand.
    string DecidedOf(Request request)
    {
        if (request.State.IsEnd())
            return
                request.Steps.LastOrDefault(step =>
                    step.Action
                        is RequestAction.Approve
                            or RequestAction.Reject
                            or RequestAction.Deny
                            or RequestAction.Silence
                )
                    is { } decided
                ? decided is { Office: RequestOffice.Registry, Action: RequestAction.Approve }
                    ? Labels.Label(Procedure.FirstComeFirstServed)
                    : RequestWords.Capital(Labels.Label(decided.Office))
                : "";
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return RuleBook.Standard.Check(Snapshot.Basis, request.Document, today).Procedure is { } procedure
            ? Labels.Label(procedure)
            : "";
    }
}
