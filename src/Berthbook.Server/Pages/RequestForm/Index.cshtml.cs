using System.Collections.Immutable;
using System.Text;
using Berthbook.Formats;
using Berthbook.Requests;
using Berthbook.Rules;
using Berthbook.Server.Accounts;
using Berthbook.Server.Layout;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Berthbook.Server.Pages.RequestForm;

/// <summary>
/// The form that asks the rules: what a request would need, who would decide it, what would change. A check keeps nothing
/// and changes nothing, so a post from anywhere does no harm and carries no token against forgery; submitting needs one.
/// </summary>
[IgnoreAntiforgeryToken]
sealed partial class RequestModel(
    CurrentRegistry current,
    Settings settings,
    KeptForms forms,
    IAntiforgery antiforgery,
    TimeProvider clock
) : RegistryPage(current)
{
    /// <summary>The address of the page.</summary>
    public const string Place = "/request";

    /// <summary>The form of the kind asked for, with what the registry says of it; null where a kind is still to be chosen.</summary>
    public CheckedForm? Form { get; private set; }

    /// <summary>Whether the script asks, which takes over form and answer alone.</summary>
    public bool IsPart { get; private set; }

    /// <summary>A document that was pasted and cannot be read, with its faults.</summary>
    public PastedDocument? Pasted { get; private set; }

    /// <summary>What the address gave to begin with.</summary>
    public ImmutableArray<(string Name, string Value)> Known { get; private set; } = [];

    /// <summary>The rules that concern what the page shows.</summary>
    public IEnumerable<Rule> Rules =>
        RuleBook.Standard.Rules.Where(rule => Form is null || rule.Concerns(Form.Kind));

    public override string Title =>
        Form is null ? "Ask for a name or a port number"
        : Form.IsBeingFilled ? Form.Kind.Title()
        : $"{Verdicts.Brief(Form)}: {Form.Kind.Title()}";

    public override string Address => Place;

    // What is posted is data too, but of whoever posts it.
    public override string? Twin => null;

    public override IReadOnlyList<Link> Trail => Form is null ? [] : [new(Place, "Request")];

    Grounds Grounds =>
        new(
            Snapshot.Basis,
            DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime),
            settings.ApplyAddressOf(Registry)
        );

    /// <summary>Whether the viewer enters requests for those who wrote by mail.</summary>
    public bool IsByMail =>
        Request.Query.ContainsKey("bymail") && HttpContext.FindActor()?.IsAny(Offices.Registrar) == true;

    public IActionResult OnGet()
    {
        var query = Request.Query;
        if (query["kept"] is [{ } id])
            return ShowKept(id);
        Known =
        [
            .. PrefillNames.SelectMany(name =>
                query[name] is [{ Length: > 0 and <= MaxPrefill } text] ? new[] { (name, text) } : []
            ),
        ];
        if (query[FormValues.KindName] is not [{ } word])
            return Page();
        if (!RequestKinds.TryParse(word, out var kind))
            return Refuse(400, $"\u201c{Words.Cut(word)}\u201d is no kind of request", Kinds);
        Form = CheckedForm.Of(Prefilled(kind), isBeingFilled: true, Grounds) with
        {
            Submission = SubmissionOf(IsByMail),
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var (posted, refusal) = await PostedForm.ReadAsync(HttpContext);
        if (posted is null)
            return Refuse(refusal!.Status, refusal.Words, Kinds);
        if (posted.Document is { } pasted)
            return ShowDocument(pasted);
        var (values, fault) = FormValues.Read(posted.Fields);
        if (values is null)
            return Refuse(400, fault!, Kinds);
        IsPart = Request.Query.ContainsKey("live");
        Form = CheckedForm.Of(values, isBeingFilled: IsPart, Grounds) with
        {
            Submission = IsPart ? null : SubmissionOf(posted.IsByMail),
        };
        if (Request.Query.ContainsKey("signin"))
            return KeepAndSignIn(posted.IsByMail);
        if (Request.Query.ContainsKey("submit") || Request.Query.ContainsKey("keep"))
            return await SubmitAsync(posted, Form, isDraft: Request.Query.ContainsKey("keep"));
        if (!Request.Query.ContainsKey("document"))
            return Page();
        return File(
            Encoding.UTF8.GetBytes(Form.Document),
            "application/json",
            $"request-{Form.Kind.Word()}.json"
        );
    }

    PageResult ShowDocument(byte[] pasted)
    {
        var read = RequestFormat.Read(pasted);
        if (read.Document is { } document)
            Form = CheckedForm.Of(document, Grounds) with { Submission = SubmissionOf(IsByMail) };
        else
            Pasted = new(Encoding.UTF8.GetString(pasted), read.Faults);
        return Page();
    }

    const int MaxPrefill = 200;

    static readonly Link Kinds = new(Place, "The kinds of request");

    static readonly string[] PrefillNames = ["name", "port", "transport"];

    // A kind that does not use what is known begins without it.
    FormValues Prefilled(RequestKind kind)
    {
        var values = FormValues.Empty(kind);
        if (Verdicts.IsRegistrars(kind))
            values = values.With("role", "registrar");
        foreach (var (name, value) in Known)
        {
            var field = name == "transport" ? FormField.Transports : name;
            if (FormField.Find(field)!.Member.Kinds.Contains(kind))
                values = values.With(field, name == "transport" ? value.Replace(',', '\n') : value);
        }
        return values;
    }
}

/// <summary>A document that cannot be read.</summary>
/// <param name="Text">The document.</param>
/// <param name="Faults">What is wrong with it, and where.</param>
sealed record PastedDocument(string Text, ImmutableArray<Problem> Faults);
