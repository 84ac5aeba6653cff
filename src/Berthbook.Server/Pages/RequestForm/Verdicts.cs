using Berthbook.Requests;
using Berthbook.Server.Layout;

namespace Berthbook.Server.Pages.RequestForm;

/// <summary>A verdict in a few words.</summary>
static class Verdicts
{
    static readonly RequestKind[] Registrars =
    [
        RequestKind.Revoke,
        RequestKind.Housekeeping,
        RequestKind.Header,
        RequestKind.Correction,
    ];

    /// <summary>What came of the check: for the title of the page and for who listens.</summary>
    public static string Brief(CheckedForm form)
    {
        var mend = form.ToMend.Count();
        return form switch
        {
            { Verdict: null } => "Cannot be read",
            { IsRefused: true } => "Refused as it is",
            _ when mend > 0 => $"{Words.Count(mend, "thing")} still needed",
            _ => "Complete",
        };
    }

    /// <summary>The same in one word, for the style.</summary>
    public static string Word(CheckedForm form) =>
        form switch
        {
            { Verdict: null } or { IsRefused: true } => "refused",
            _ when form.ToMend.Any() => "open",
            _ => "complete",
        };

    /// <summary>What a note is, before its words.</summary>
    public static string Word(NoteWeight weight) =>
        weight switch
        {
            NoteWeight.Fault => "Not readable:",
            NoteWeight.Refusal => "Refused:",
            NoteWeight.Need => "Needed:",
            NoteWeight.Awaited => "Waits:",
            _ => "Advice:",
        };

    /// <summary>Whether only the registrar does what a kind asks for.</summary>
    public static bool IsRegistrars(RequestKind kind) => Registrars.Contains(kind);

    /// <summary>The groups of kinds that somebody chooses from.</summary>
    public static IReadOnlyList<(string Title, RequestKind[] Kinds)> Choices { get; } =
    [
        (
            "Something new",
            [
                RequestKind.Assign,
                RequestKind.Add,
                RequestKind.SecondName,
                RequestKind.Reuse,
                RequestKind.EarlyAllocation,
            ]
        ),
        (
            "A change to what is assigned",
            [
                RequestKind.Maintenance,
                RequestKind.Rename,
                RequestKind.AssigneeName,
                RequestKind.Transfer,
                RequestKind.Deassign,
            ]
        ),
        ("A report", [RequestKind.UnauthorizedUse]),
        ("What the registrar does", Registrars),
    ];
}
