using System.Collections.Immutable;
using Berthbook.Journal;
using Berthbook.Requests;
using static Berthbook.Requests.RequestKind;
using static Berthbook.Rules.Asked;
using static Berthbook.Rules.ChangeRules;
using static Berthbook.Rules.Severity;

namespace Berthbook.Rules;

/// <summary>The rules C6 to C9: what is brought up to date without another holder.</summary>
static class UpkeepRules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new()
        {
            Id = "C6",
            Title = "Maintenance",
            Text =
                "Description, contact and reference may be updated by assignee, contact or registrar; a description that "
                + "makes it another service is C3. A recorded assignee never changes this way; where none is recorded (K1) the "
                + "registrar records one on evidence, which sets the modification date.",
            Source = "RFC 6335 section 8.6",
            Severity = Refuse,
            AppliesTo = [Maintenance],
            Example =
                "The contact of cockroach asks to put another company in as assignee: refused, as one is recorded; a company "
                + "that changed its own name uses C9.",
            Find = FindMaintenance,
        },
        new()
        {
            Id = "C7",
            Title = "Reports of unauthorized use",
            Text =
                "Reports of unauthorized use, or that one service has several names, come from anybody and are checked by the "
                + "registrar; the assignee is told; the report is not public, the accepted text joins the record.",
            Source = "RFC 6335 sections 5 and 8.1.1",
            Severity = Need,
            AppliesTo = [UnauthorizedUse],
            Example =
                "Somebody reports that two makers ship scales on 6379/tcp: the registrar checks it, and redis's assignee is "
                + "told.",
            Find = FindReport,
        },
        new()
        {
            Id = "C8",
            Title = "Rename and renumber",
            Text =
                "An assignment is renamed or renumbered where the assignee knows and accepts the effect; the registrar "
                + "decides. The old name leaves the file, history finds it, and a request for it by anybody else goes to the "
                + "expert.",
            Source = "RFC 7605 section 7.9",
            Severity = Refuse,
            AppliesTo = [Rename, Assign, SecondName, EarlyAllocation],
            Example =
                "pearldoc-xact becomes panquest-xact; a stranger who then asks for pearldoc-xact waits for an expert.",
            Find = question => question.Kind == Rename ? FindRename(question) : FindFormer(question),
        },
        new()
        {
            Id = "C9",
            Title = "The assignee's own new name",
            Text =
                "An assignee that changes its own name, or is succeeded by law, is updated by the registrar on evidence kept "
                + "with the decision; that is not a transfer. It may be one decision with C6 and C8.",
            Source = "RFC 6335 section 8.1.1 (Assignment Notes)",
            Severity = Refuse,
            AppliesTo = [AssigneeName],
            Example =
                "Fox Crypto B.V. is now Sentyron B.V.: the registrar records it on an extract from the commercial register.",
            Find = FindOwnName,
        },
    ];

    static IEnumerable<Finding> FindMaintenance(Question question)
    {
        var request = question.Request;
        if ((NoSuch("C6", question) ?? RefusalOfMaintenance(question)) is { } refusal)
        {
            yield return refusal;
            yield break;
        }
        if (question.Concerned.IsEmpty)
            yield break;
        var thing = question.Thing();
        var registrar = question.Settings.Label(Role.Registrar);
        var isRecording = request.Assignee is { IsEmpty: false };
        if (isRecording && !Has(request.Evidence))
            yield return new(
                "C6",
                Need,
                "evidence",
                $"No assignee of {thing} is recorded: give the evidence on which {registrar} records one."
            );
        if (!isRecording && IsUnchanged(request))
            yield return new(
                "C6",
                Need,
                "description",
                $"Say what changes of {thing}: description, contact, specification or notes."
            );
        if (Has(request.Description))
            yield return new(
                "C6",
                Advise,
                "description",
                "A description that makes it another service is no maintenance but reuse (C3)."
            );
        yield return Decides(
            "C6",
            Procedure.Registrar,
            $"{Say.Sentence(registrar)} decides on the maintenance of {thing}."
        );
    }

    static Finding? RefusalOfMaintenance(Question question)
    {
        var request = question.Request;
        var records = question.Concerned;
        if (records.IsEmpty)
            return null;
        if (
            !question.IsParty(records)
            && request.Role != RequesterRole.Registrar
            && !(request.Role == RequesterRole.Approver && question.IsNobodys(records))
        )
            return new(
                "C6",
                Refuse,
                "role",
                $"{Say.Sentence(question.Thing())} belongs to {question.Holders(records)}: its assignee, its contact or {question.Settings.Label(Role.Registrar)} brings it up to date."
            );
        if (request.Assignee is not { IsEmpty: false } assignee)
            return null;
        var held = records.FirstOrDefault(record =>
            !record.Assignee.IsDefaultOrEmpty && !question.IsHolder(assignee, [record])
        );
        return held is null
            ? null
            : new(
                "C6",
                Refuse,
                "assignee.name",
                $"{held} has an assignee, {question.Holders([held])}, which maintenance does not change: its own new name is kind assignee-name, another party kind transfer."
            );
    }

    static bool IsUnchanged(RequestDocument request) =>
        !Has(request.Description)
        && request.Contact is not { IsEmpty: false }
        && !Has(request.Specification)
        && !Has(request.Reference)
        && !Has(request.Notes);

    static IEnumerable<Finding> FindReport(Question question)
    {
        if (Has(question.Request.Name) && NoSuch("C7", question) is { } none)
            yield return none with
            {
                Severity = Need,
            };
        if (!Has(question.Request.UnauthorizedUse) && question.Request.OtherNames.IsEmpty)
            yield return new(
                "C7",
                Need,
                "unauthorizedUse",
                $"Say who uses {question.Thing()} without an assignment and how you know, or which other names the service has."
            );
        var settings = question.Settings;
        var told = question.Concerned.IsEmpty ? "" : $"; {question.Holders(question.Concerned)} is told";
        yield return Decides(
            "C7",
            Procedure.Registrar,
            $"{Say.Sentence(settings.Label(Role.Registrar))} checks the report on {question.Thing()}, which is not public; what is accepted joins the record.",
            new(
                "in-review",
                Role.Registrar,
                $"{Say.Sentence(settings.Label(Role.Registrar))} checks the report{told}.",
                "C7"
            )
        );
    }

    static IEnumerable<Finding> FindRename(Question question)
    {
        if (NoSuch("C8", question) is { } none)
        {
            yield return none;
            yield break;
        }
        var request = question.Request;
        var records = question.Concerned;
        var thing = question.Thing();
        if (!Has(request.NewName) && request.NewPort is null)
            yield return new("C8", Need, "newName", $"Say what {thing} becomes: newName, newPort or both.");
        var holders = records.IsEmpty ? question.Settings.Label(Role.Assignee) : question.Holders(records);
        if (!request.IsAgreed)
            yield return new(
                "C8",
                Need,
                "agreed",
                $"State that {holders} knows and accepts what the change does to {thing}: set agreed to true."
            );
        yield return Decides(
            "C8",
            Procedure.Registrar,
            $"{Say.Sentence(question.Settings.Label(Role.Registrar))} decides on the change of {thing}; the old name leaves the registry and stays in its history.",
            records.IsEmpty || question.IsParty(records)
                ? null
                : new(
                    "confirmation-pending",
                    Role.Assignee,
                    $"{Say.Sentence(holders)} confirms or denies the change of {thing}.",
                    "C8"
                )
        );
    }

    static IEnumerable<Finding> FindFormer(Question question)
    {
        if (
            !question.Named.IsEmpty
            || !Has(question.Request.Name)
            || question.Basis.Former.LeftIn(question.Request.Name!) is not { } revision
        )
            yield break;
        var name = question.Request.Name!;
        ImmutableArray<RegistryRecord> former =
        [
            .. revision
                .Changes.OfType<RecordChange>()
                .Select(change => change.Before)
                .OfType<RegistryRecord>()
                .Where(record => name.Equals(record.Name?.Text, StringComparison.OrdinalIgnoreCase)),
        ];
        if (question.Request.Assignee is { } assignee && question.IsHolder(assignee, former))
            yield break;
        yield return Decides(
            "C8",
            Procedure.ExpertReview,
            $"{question.NameWords()} was the name of {question.Holders(former)} until {revision.Updated}, and programs may still use it: {question.Settings.Label(Procedure.ExpertReview)} decides on it for anybody else."
        );
    }

    static IEnumerable<Finding> FindOwnName(Question question)
    {
        if (NoSuch("C9", question) is { } none)
        {
            yield return none;
            yield break;
        }
        var request = question.Request;
        if (request.Assignee is not { } assignee || !(Has(assignee.Name) || Has(assignee.Contact)))
            yield return new(
                "C9",
                Need,
                "assignee.name",
                $"Give the new name of the assignee of {question.Thing()}."
            );
        if (!Has(request.Evidence))
            yield return new(
                "C9",
                Need,
                "evidence",
                "Give the evidence of the new name or the succession by law; it is kept with the decision and not published."
            );
        yield return Decides(
            "C9",
            Procedure.Registrar,
            $"{Say.Sentence(question.Settings.Label(Role.Registrar))} records the assignee's own new name on evidence; where another party takes over, that is a transfer (C5)."
        );
    }
}
