using System.Collections.Immutable;
using Berthbook.Suggestions;
using static Berthbook.Requests.RequestKind;

namespace Berthbook.Rules;

// Numbers that are held: Reserved ones, released ones, those of experiments, and those with a noted use.
static partial class PortRules
{
    const int NoteLength = 300;

    static Rule P3 =>
        new()
        {
            Id = "P3",
            Title = "The edges of the ranges are Reserved",
            Text = "0, 1023, 1024 and 49151 are Reserved on every transport protocol, listed or not.",
            Source = "RFC 6335 section 6, IANA's published revisions",
            Severity = Severity.Need,
            AppliesTo = Numbering,
            Example =
                "49151/sctp has no record; a request for it needs a Standards Action or an IESG Approval all the same.",
        };

    static Rule P5 =>
        new()
        {
            Id = "P5",
            Title = "The same number is held on the other transports",
            Text =
                "An assignment makes the same number Reserved on the transport protocols that were not asked for. TCP and UDP get an explicit Reserved record where they have no record of the number; SCTP and DCCP are held without one. When the number is later assigned there, the Reserved record is replaced.",
            Source = "RFC 6335 sections 7.2 and 8.1, IANA's published revisions",
            Severity = Severity.Need,
            AppliesTo = Numbering,
            Example =
                "With 21337/tcp assigned to xahaud, the registry gets a Reserved record of 21337/udp, and a stranger's request for 21337/sctp is one for a Reserved number.",
        };

    static Rule P7 =>
        new()
        {
            Id = "P7",
            Title = "Reserved numbers and names",
            Text =
                "A Reserved number or name is assigned only by Standards Action or IESG Approval, with a written reason. The assignee of the number may ask for it on another transport protocol: Expert Review decides for a User Port, IETF Review or IESG Approval for a System Port.",
            Source = "RFC 6335 sections 8.1 and 8.1.2",
            Severity = Severity.Need,
            AppliesTo = [.. Numbering, Reuse],
            Example =
                "21337/udp is Reserved: its holder on TCP gets it by Expert Review, anybody else needs a Standards Action or an IESG Approval that says why.",
            Find = Reserved,
        };

    static Rule P8 =>
        new()
        {
            Id = "P8",
            Title = "Released numbers come last",
            Text =
                "Numbers that are Reserved by an assignment on another transport protocol or by a de-assignment come into question for ordinary requests only when their range has no Unassigned number left, and only if the registrar switched that on with a reference to the document that allows it.",
            Source = "RFC 6335 sections 7.2, 8.1 and 8.2",
            Severity = Severity.Need,
            AppliesTo = Numbering,
            Example =
                "While a single User Port is free on TCP, a de-assigned one is not given to an ordinary request, whatever the registrar switched on.",
            Find = Released,
        };

    static Rule P11 =>
        new()
        {
            Id = "P11",
            Title = "1021 and 1022 belong to experiments",
            Text =
                "exp1 has 1021 and exp2 has 1022 on every transport protocol that the registry keeps, and on one that it adds later. They are never assigned otherwise.",
            Source = "RFC 6335 sections 6.1 and 10.2",
            Severity = Severity.Refuse,
            AppliesTo = Numbering,
            Example =
                "A product that asks for 1021/tcp is refused; for an experiment it may use exp1 without asking.",
            Find = Experimental,
        };

    static Rule P12 =>
        new()
        {
            Id = "P12",
            Title = "A noted use is shown to the expert",
            Text =
                "A number whose widespread use without assignment the registry notes is not free: a request for it goes to the expert with that note shown. The user of the number has no claim. Where a regular assignment stands beside it, its assignee is asked as well.",
            Source = "RFC 8126 sections 6 and 9.3, RFC 7605 section 7.8",
            Severity = Severity.Need,
            AppliesTo = Numbering,
            Example =
                "A request for 3000/tcp goes to the expert together with what the registry notes of its use.",
            Find = NotedUse,
        };

    static IEnumerable<Finding> Reserved(Question question)
    {
        if (
            question.NewName is var (_, text)
            && question.RecordsOf(text) is var named
            && NameRules.IsReserved(named)
        )
            yield return OnApproval(question, $"The name {Say.Text(text)} is Reserved: {Say.Records(named)}");
        if (!question.WantsNumber)
            yield break;
        var reserved = question.Situations.RemoveAll(situation =>
            situation.State != PortState.Reserved
            || situation.HeldBy == "P11"
            || IsReleased(question, situation)
        );
        var own = reserved.RemoveAll(situation => !IsForItsAssignee(question, situation));
        if (!own.IsEmpty)
            yield return ForItsAssignee(question, own);
        var others = reserved.RemoveAll(own.Contains);
        if (!others.IsEmpty)
            yield return OnApproval(question, $"{Say.Places(others)} is Reserved ({WhyHeld(others[0])})");
    }

    static Finding ForItsAssignee(Question question, ImmutableArray<PortSituation> own)
    {
        var procedure =
            own[0].Port.Class == PortClass.System
                ? Procedure.IetfReviewOrIesgApproval
                : Procedure.ExpertReview;
        return new(
            "P7",
            Severity.Need,
            null,
            $"{Say.Places(own)} is held for the assignee of {Say.Records(own[0].Holders)}, whose service this is for: {question.Settings.Label(procedure)} decides (RFC 6335 section 7.2)."
        )
        {
            Asks = procedure,
        };
    }

    static Finding OnApproval(Question question, string what)
    {
        const Procedure Needed = Procedure.StandardsActionOrIesgApproval;
        var approval = question.Request.Approval;
        var label = question.Settings.Label(Needed);
        var isGiven = approval?.Policy is "standards-action" or "iesg-approval";
        var reason = approval?.Reason ?? question.Request.Reason;
        return !isGiven
                ? new(
                    "P7",
                    Severity.Need,
                    "approval",
                    $"{what}, and assigned by {label} only: give that approval with its written reason, or ask for another one."
                )
                {
                    Asks = Needed,
                }
            : string.IsNullOrWhiteSpace(reason)
                ? new(
                    "P7",
                    Severity.Need,
                    "approval",
                    $"{what}: the approval needs a written reason why a Reserved one is to be assigned (RFC 6335 section 8.1.2)."
                )
                {
                    Asks = Needed,
                }
            : new("P7", Severity.Need, null, $"{what}: {label} decides (RFC 6335 section 8.1.2).")
            {
                Asks = Needed,
            };
    }

    // The assignee asks itself (a claim, K3), or somebody adds to its very service, which waits for its word (A6).
    static bool IsForItsAssignee(Question question, PortSituation situation) =>
        !situation.Holders.IsEmpty
        && situation.HeldBy is "P5" or "P7" or "C1"
        && (
            question.ClaimOn(situation.Holders) is not null
            || question.Kind is Add or EarlyAllocation
                && situation.Holders.Any(record => question.Named.Contains(record))
        );

    static string WhyHeld(PortSituation situation) =>
        situation.HeldBy switch
        {
            "P3" => "the edge of a range",
            "C1" => "de-assigned",
            "P5" => $"held for the assignee of {Say.Records(situation.Holders)}",
            _ => "the registry lists it so",
        };

    static IEnumerable<Finding> Released(Question question)
    {
        if (!question.WantsNumber)
            yield break;
        foreach (var situation in question.Situations)
        {
            if (IsReleased(question, situation))
                yield return new(
                    "P8",
                    Severity.Need,
                    null,
                    $"{Say.Place(situation.Port, situation.Transport)} was released, and no number of its range is Unassigned any more: {question.Settings.Label(Procedure.ExpertReview)} decides, by {Say.Text(question.Settings.ReleasedNumbers!)}."
                )
                {
                    Asks = Procedure.ExpertReview,
                };
        }
    }

    static bool IsReleased(Question question, PortSituation situation) =>
        situation is { State: PortState.Reserved, HeldBy: "P5" or "C1" }
        && question.Settings.ReleasedNumbers is not null
        && question.Rules.Has("P8")
        && question.Basis.IsFull(situation.Port.Class, situation.Transport);

    static IEnumerable<Finding> Experimental(Question question)
    {
        if (!question.WantsNumber || question.Number is not { IsExperimental: true } port)
            yield break;
        var owner = port.Value == 1021 ? "exp1" : "exp2";
        if (!owner.Equals(question.Request.Name, StringComparison.OrdinalIgnoreCase))
            yield return new(
                "P11",
                Severity.Refuse,
                question.NumberField,
                $"{port} belongs to experiments, as {owner}, on every transport protocol (RFC 6335 section 6.1): an experiment may use it without asking; for anything else ask for another number."
            );
    }

    static IEnumerable<Finding> NotedUse(Question question)
    {
        if (!question.WantsNumber)
            yield break;
        var told = new List<RegistryRecord>();
        foreach (var situation in question.Situations)
        {
            foreach (var record in situation.Records)
            {
                if (told.Contains(record) || !IsNotedUse(record, situation.Port))
                    continue;
                told.Add(record);
                yield return new(
                    "P12",
                    Severity.Need,
                    null,
                    $"{situation.Port} is used without an assignment, and the registry notes it: {NoteOf(record)} Those who use it have no claim; {question.Settings.Label(Role.Expert)} decides with this note at hand."
                )
                {
                    Asks = Procedure.ExpertReview,
                };
            }
        }
    }

    static bool IsNotedUse(RegistryRecord record, PortNumber port) =>
        record.Kind().State() == PortState.Unassigned
        && RecordNote.Of(record) is { Kind: NoteKind.Use or NoteKind.WidespreadUse } note
        && note.IsAbout(port);

    static string NoteOf(RegistryRecord record)
    {
        var words = string.IsNullOrWhiteSpace(record.Unauthorized)
            ? record.Note?.OneLine ?? record.Description.OneLine
            : Cells.Fold(record.Unauthorized);
        var shown = words.Length > NoteLength ? $"{words.AsSpan(0, NoteLength - 1)}…" : words;
        var use = record.Name is { } name ? $"{Say.Text(name.Text)}, {Say.Text(record.Summary)}: " : "";
        return $"{use}\u201c{shown.TrimEnd('.')}\u201d.";
    }
}
