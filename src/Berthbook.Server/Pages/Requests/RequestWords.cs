using System.Globalization;
using Berthbook.Requests;
using Berthbook.Rules;
using Berthbook.Server.Layout;

namespace Berthbook.Server.Pages.Requests;

/// <summary>Requests, their states and steps as people read them.</summary>
static class RequestWords
{
    /// <summary>A state as a word with a capital: <c>In review</c>.</summary>
    public static string Title(this RequestState state) => Capital(state.Word().Replace('-', ' '));

    /// <summary>How a state looks: kept, going on, done, or over without effect.</summary>
    public static string Look(this RequestState state) =>
        state switch
        {
            RequestState.Draft => "draft",
            RequestState.Assigned => "done",
            _ when state.IsEnd() => "over",
            _ => "open",
        };

    /// <summary>What a request is about, without its number: <c>quayside, port 8446 on TCP and UDP</c>.</summary>
    public static string What(this RequestDocument document)
    {
        var name = (document.Name, document.NewName) switch
        {
            ({ Length: > 0 } old, { Length: > 0 } now) => $"{old} to {now}",
            ({ Length: > 0 } only, _) => only,
            (_, { Length: > 0 } now) => now,
            _ => "",
        };
        var place = Place(document);
        return name.Length == 0 ? (place.Length == 0 ? document.Kind.Word() : Capital(place))
            : place.Length == 0 ? name
            : $"{name}, {place}";
    }

    /// <summary>The number and transport protocols that a request is about; empty where it names none.</summary>
    public static string Place(this RequestDocument document)
    {
        var transports = Words.List(document.Transports.Select(transport => transport.UpperName()));
        var number = document.Port.Kind switch
        {
            PortWishKind.Number => $"port {document.Port.Number}",
            PortWishKind.AnyUser => "any User Port",
            PortWishKind.AnySystem => "any System Port",
            PortWishKind.Block => $"ports {document.Port.Numbers}",
            _ => "",
        };
        return number.Length == 0 ? (transports.Length == 0 ? "" : $"on {transports}")
            : transports.Length == 0 ? number
            : $"{number} on {transports}";
    }

    /// <summary>What was done in a step: <c>Recommended for TCP/UDP: against</c>.</summary>
    public static string What(this RequestStep step) =>
        step.Action switch
        {
            RequestAction.Draft => "Kept as a draft",
            RequestAction.Submit => "Submitted",
            RequestAction.ConfirmAddress => "E-mail address confirmed",
            RequestAction.Ask => "Asked for information",
            RequestAction.Answer => "Answered",
            RequestAction.Confirm => "Confirmed",
            RequestAction.Deny => "Denied",
            RequestAction.Recommend => $"Recommended {(step.IsFor == true ? "for" : "against")} it",
            RequestAction.Approve => "Approved",
            RequestAction.Reject => "Rejected",
            RequestAction.Assign => "Carried out",
            RequestAction.Withdraw => "Withdrawn",
            RequestAction.Refer => "Referred to an expert",
            RequestAction.StandIn => "Stand-in named",
            RequestAction.Attempt => "Tried to reach a party",
            RequestAction.Remind => "Reminded",
            RequestAction.Silence => "Time to answer is over",
            _ => "Expired",
        };

    /// <summary>As what a step was done, by the registry's labels.</summary>
    public static string Label(this RuleSettings settings, RequestOffice office) =>
        office switch
        {
            RequestOffice.Registry => "the registry itself",
            RequestOffice.Applicant => settings.Label(Role.Applicant),
            RequestOffice.Holder => settings.Label(Role.Assignee),
            RequestOffice.Expert => settings.Label(Role.Expert),
            RequestOffice.Registrar => settings.Label(Role.Registrar),
            _ => settings.Label(Role.Approver),
        };

    /// <summary>A time to the minute, UTC.</summary>
    public static string Minute(this DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A time for machines.</summary>
    public static string Exact(this DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>Words with a capital in front.</summary>
    public static string Capital(string words) =>
        words.Length == 0 ? "" : char.ToUpperInvariant(words[0]) + words[1..];

    /// <summary>The address of a request's page.</summary>
    public static string AddressOf(int number) =>
        $"/requests/{number.ToString(CultureInfo.InvariantCulture)}";
}
