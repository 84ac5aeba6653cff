using System.Collections.Immutable;
using Berthbook.Requests;
using static Berthbook.Rules.Asked;
using static Berthbook.Rules.ChangeRules;
using static Berthbook.Rules.Severity;

namespace Berthbook.Rules;

/// <summary>What the rules find of a number that is given back, or given back and used anew (procedures C1 to C3).</summary>
static class Releases
{
    public static IEnumerable<Finding> FindRelease(Question question)
    {
        var records = question.Concerned;
        if (NoSuch("C1", question) is { } none)
        {
            yield return none;
            yield break;
        }
        if (records.IsEmpty)
            yield break;
        if (!MayRelease(question, records))
        {
            yield return NotTheirs("C1", question, records, "gives it back");
            yield break;
        }
        if (!Has(question.Request.OutOfUse) && records.Any(record => record.Number is not null))
            yield return Unstated("C1", question.Thing());
        yield return Decides(
            "C1",
            Procedure.Registrar,
            $"{Say.Sentence(question.Settings.Label(Role.Registrar))} decides on giving back {question.Thing()}.",
            AskedFirst(question, records)
        );
    }

    // Who holds it confirms what somebody wrote by mail, and can stop what its contact asks.
    static NextStep? AskedFirst(Question question, ImmutableArray<RegistryRecord> records)
    {
        var holders = Say.Sentence(question.Holders(records));
        var words = question.Request.Role switch
        {
            RequesterRole.Registrar => $"{holders} confirms or denies that {question.Thing()} is given back.",
            RequesterRole.Contact when records.Any(HasAssignee) =>
                $"{holders} is told that the contact gives {question.Thing()} back, and can stop it.",
            _ => null,
        };
        return words is null ? null : new("confirmation-pending", question.Confirms(records), words, "C1");
    }

    public static IEnumerable<Finding> FindNameRelease(Question question)
    {
        var records = question.Concerned;
        if (records.IsEmpty || question.Request.Name is not { } name || !MayRelease(question, records))
            yield break;
        if (!question.Request.ReleasesName)
        {
            yield return records.Any(record => record.Number is not null)
                ? new(
                    "C2",
                    Advise,
                    "releaseName",
                    $"{question.NameWords()} stays assigned as a name without a port number; set releaseName to give it back too."
                )
                : new(
                    "C2",
                    Need,
                    "releaseName",
                    $"{question.NameWords()} has no port number to give back: set releaseName to true to give back the name."
                );
            yield break;
        }
        if (question.Named.FirstOrDefault(record => !records.Contains(record)) is { } kept)
        {
            yield return new(
                "C2",
                Refuse,
                "releaseName",
                $"{question.NameWords()} cannot be given back while {kept} is assigned: give that back too, or keep the name."
            );
            yield break;
        }
        yield return Decides(
            "C2",
            Procedure.ExpertReview,
            $"{question.Settings.Label(Procedure.ExpertReview)} decides on giving back the name {question.NameWords()}, which is then Reserved; names rarely need to be."
        );
    }

    public static IEnumerable<Finding> FindReuse(Question question)
    {
        var request = question.Request;
        var records = question.Concerned;
        if ((NoSuch("C3", question) ?? RefusalOfReuse(question, records)) is { } refusal)
        {
            yield return refusal;
            yield break;
        }
        if (records.IsEmpty)
            yield break;
        if (!Has(request.NewName))
            yield return new(
                "C3",
                Need,
                "newName",
                "Give the new service a name of its own; the old name stays assigned to the old one."
            );
        if (!Has(request.OutOfUse))
            yield return Unstated("C3", question.Thing());
        var holders = question.Holders(records);
        yield return Decides(
            "C3",
            Procedure.ExpertReview,
            $"{question.Settings.Label(Procedure.ExpertReview)} is always asked on reuse: whether {question.Thing()} has users beyond {holders}.",
            request.Role == RequesterRole.Registrar
                ? new(
                    "confirmation-pending",
                    question.Confirms(records),
                    $"{Say.Sentence(holders)} confirms or denies the reuse of {question.Thing()}.",
                    "C3"
                )
                : null
        );
    }

    static Finding? RefusalOfReuse(Question question, ImmutableArray<RegistryRecord> records)
    {
        var request = question.Request;
        if (records.IsEmpty)
            return null;
        if (!question.IsParty(records) && request.Role != RequesterRole.Registrar)
            return NotTheirs("C3", question, records, "puts another service on it");
        if (request.Assignee is { IsEmpty: false } assignee && !question.IsHolder(assignee, records))
            return new(
                "C3",
                Refuse,
                "assignee.name",
                $"A number is reused by the assignee that has it, {question.Holders(records)}; for another party it is released and requested together (kind transfer)."
            );
        if (records.All(record => record.Number is null))
            return new(
                "C3",
                Refuse,
                "port",
                $"{Say.Sentence(question.Thing())} has no port number to reuse: ask for a new name."
            );
        return request.NewName is { } name && name.Equals(request.Name, StringComparison.OrdinalIgnoreCase)
            ? new(
                "C3",
                Refuse,
                "newName",
                $"{Say.Text(name)} stays the name of the old service: give the new service another."
            )
            : null;
    }

    // The assignee or the contact; the registrar for one who wrote by mail; the approver for what is nobody's or the IESG's.
    static bool MayRelease(Question question, ImmutableArray<RegistryRecord> records) =>
        question.IsParty(records)
        || question.Request.Role == RequesterRole.Registrar
        || (
            question.Request.Role == RequesterRole.Approver
            && (
                question.IsNobodys(records)
                || records.Any(record => record.Holders.Any(holder => holder.Data == "IESG"))
            )
        );

    static bool HasAssignee(RegistryRecord record) => !record.Assignee.IsDefaultOrEmpty;

    static Finding NotTheirs(
        string rule,
        Question question,
        ImmutableArray<RegistryRecord> records,
        string does
    ) =>
        new(
            rule,
            Refuse,
            "role",
            $"{Say.Sentence(question.Thing())} belongs to {question.Holders(records)}, and only who holds it {does}: ask as its assignee or contact, or tell {question.Settings.Label(Role.Registrar)} (kind unauthorized-use)."
        );

    static Finding Unstated(string rule, string thing) =>
        new(rule, Need, "outOfUse", $"State that {thing} is out of use, and how that is known.");
}
