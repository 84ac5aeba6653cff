using Berthbook.Requests;

namespace Berthbook.Server.Pages.RequestForm;

/// <summary>How the fields of the form stand together.</summary>
static class FormGroups
{
    /// <summary>The heading of a group.</summary>
    public static string Title(RequestGroup group) =>
        group switch
        {
            RequestGroup.What => "What",
            RequestGroup.Parties => "Who",
            RequestGroup.Service => "The service",
            RequestGroup.Reasons => "Why",
            _ => "For the decision",
        };

    /// <summary>Whether few requests of a kind say something in a field, so that it is folded away.</summary>
    public static bool IsRare(FormField field, RequestKind kind) =>
        field.Member.Name switch
        {
            "requester" or "revises" or "waives" or "attempts" => kind != RequestKind.Revoke
                || field.Name != "attempts",
            "approval" => kind is not (RequestKind.EarlyAllocation or RequestKind.Header),
            "role" or "reason" or "unauthorizedUse" or "notes" or "ietfStream" => IsNew(kind),
            "header" or "replacements" => false,
            _ => field.Name.EndsWith(".organization", StringComparison.Ordinal)
                || field.Name.EndsWith(".contact", StringComparison.Ordinal),
        };

    /// <summary>Whether a kind asks for an assignment that there is not yet.</summary>
    public static bool IsNew(RequestKind kind) =>
        kind
            is RequestKind.Assign
                or RequestKind.Add
                or RequestKind.SecondName
                or RequestKind.Reuse
                or RequestKind.EarlyAllocation;
}
