using System.Collections.Immutable;
using static Berthbook.Requests.RequestKind;
using static Berthbook.Rules.Severity;

namespace Berthbook.Rules;

/// <summary>The rules C1 to C5: what is given back, used anew, taken back or passed on.</summary>
static class ReleaseRules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new()
        {
            Id = "C1",
            Title = "De-assignment",
            Text =
                "An assignment is given back for each transport protocol asked for, by the assignee; the contact may ask, and "
                + "the assignee can stop it. It needs a statement that the number is out of use. The record becomes transport, "
                + "number, \"Reserved\", modification date and a note of the historic use (the registrar's words; by default "
                + "\"De-assigned on DATE, previously NAME.\"); name, parties, reference and registration date leave the "
                + "registry and stay in its history.",
            Source = "RFC 6335 section 8.2",
            Severity = Refuse,
            AppliesTo = [Deassign],
            Example =
                "Somebody whose scan found no server asks to de-assign 6379/tcp: refused, since only its assignee gives it "
                + "back.",
            Find = Releases.FindRelease,
        },
        new()
        {
            Id = "C2",
            Title = "The name outlives the number",
            Text =
                "The service name stays assigned without a port number, unless its de-assignment is asked for too: then an "
                + "expert is asked, and the name becomes Reserved. The name's record keeps description, parties and references; "
                + "transport, dates, an added reference and its place are the registrar's choice in the decision (by default "
                + "one record for each transport, with the modification date).",
            Source = "RFC 6335 section 8.2",
            Severity = Refuse,
            AppliesTo = [Deassign],
            Example =
                "netconf-beep gives back 831/tcp: the number is Reserved, the name stays in the registry without one.",
            Find = Releases.FindNameRelease,
        },
        new()
        {
            Id = "C3",
            Title = "Reuse",
            Text =
                "Reuse is the de-assignment and new assignment of the same number to the same assignee in one decision. It "
                + "needs all that a new request needs and is decided as A5 says for its range, the expert always asked; the "
                + "old name stays assigned and a new one is made.",
            Source = "RFC 6335 section 8.3",
            Severity = Refuse,
            AppliesTo = [Reuse],
            Example =
                "The assignee of kaostransport on 9986/tcp asks to run kaosmesh there: an expert reviews, and kaostransport "
                + "stays as a name.",
            Find = Releases.FindReuse,
        },
        new()
        {
            Id = "C4",
            Title = "Revocation",
            Text =
                "A revocation is begun by registrar with expert; attempts to reach the holder are recorded. Clearly unused: "
                + "registrar and expert decide. Unclear: they ask the approver for a four-week community call and decide after "
                + "it with the approver, only for overwhelming need, and tell the community. Giving a revoked number to another "
                + "party without the former holder's consent always needs IESG Approval. A bare name is revoked only by A16.",
            Source = "RFC 6335 section 8.4; RFC 8126 section 9.4",
            Severity = Refuse,
            AppliesTo = [Revoke, Assign, Add, SecondName, EarlyAllocation],
            Example =
                "Nobody knows whether 377/tcp is in use: the IESG is asked for a four-week call before anything is decided.",
            Find = Revocations.Find,
        },
        new()
        {
            Id = "C5",
            Title = "No transfer, but a coordinated release and request",
            Text =
                "A transfer is refused, always, numbers and names alike. The offered path is a coordinated release by the old "
                + "party and request by the new one, who states the technical, operational or managerial reason; the expert "
                + "reviews both together; neither takes effect without the other. It becomes one revision: the new holder, the "
                + "modification date, the registration date kept, a note.",
            Source = "RFC 6335 section 8.5",
            Severity = Refuse,
            AppliesTo = [Transfer],
            Example =
                "A company that bought another asks for its number: refused, until both release and request it together.",
            Find = Transfers.Find,
        },
    ];
}
