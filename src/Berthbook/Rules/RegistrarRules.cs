using System.Collections.Immutable;
using static Berthbook.Requests.RequestKind;
using static Berthbook.Rules.Asked;
using static Berthbook.Rules.ChangeRules;
using static Berthbook.Rules.Severity;

namespace Berthbook.Rules;

/// <summary>The rules C10 to C14: what the registrar does by itself, and how every change is published.</summary>
static class RegistrarRules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new()
        {
            Id = "C10",
            Title = "Housekeeping",
            Text =
                "The registrar changes many records at once where what they say stays the same: a draft that became an RFC, "
                + "two contacts found to be one. No record's own date moves.",
            Source = "IANA's published revisions",
            Severity = Refuse,
            AppliesTo = [Housekeeping],
            Example =
                "RFC-ietf-netconf-port-numbers-07 is published: it becomes RFC9900 in every record, and no date changes.",
            Find = FindHousekeeping,
        },
        new()
        {
            Id = "C11",
            Title = "Dates",
            Text =
                "Every other change sets a date to the day of the decision, or to another that the registrar gives with a "
                + "reason: an assignment the registration date, everything else the modification date; Reserved rests (P5) and "
                + "split ranges (P6) get none. Every change sets \"Last Updated\"; several revisions may share one.",
            Source = "IANA's published revisions",
            Severity = Advise,
            Example =
                "A description is mended on 2026-03-10: the record's modification date and the registry's last update become "
                + "that day.",
        },
        new()
        {
            Id = "C12",
            Title = "The header",
            Text =
                "Experts, notes, reference, links and footnotes are changed by the registrar, the experts with the approver; "
                + "each change is a revision.",
            Source = "RFC 8126 sections 2.4 and 5.2.1",
            Severity = Refuse,
            AppliesTo = [Header],
            Example = "An expert ends the service: the registrar changes the list, once the IESG has agreed.",
            Find = FindHeader,
        },
        new()
        {
            Id = "C13",
            Title = "The place of a new record",
            Text =
                "By default ports stand by number, then tcp, udp, sctp, dccp, a second name after the first; names without a "
                + "port number before the first larger name, ignoring case, in the second alphabetical block; a contact near "
                + "its id. The registrar may choose another neighbour in the decision.",
            Source = "IANA's published revisions",
            Severity = Advise,
            Example =
                "wchr, a name without a port number, comes to stand before the first name that follows it in the "
                + "alphabet.",
        },
        new()
        {
            Id = "C14",
            Title = "Correction",
            Text =
                "A mistake is put right by the registrar, with a reason: a new revision, never an edit; the wrong state stays "
                + "in history.",
            Source = "ours",
            Severity = Refuse,
            AppliesTo = [Correction],
            Example =
                "A description said \"formally\" for \"formerly\": the registrar corrects it, and the old words stay in history.",
            Find = FindCorrection,
        },
    ];

    static IEnumerable<Finding> FindHousekeeping(Question question)
    {
        var other = NotByRegistrar(
            "C10",
            question,
            "Housekeeping of many records",
            "ask for one of yours with kind maintenance"
        );
        if (other is not null)
        {
            yield return other;
            yield break;
        }
        if (question.Request.Replacements.IsEmpty)
            yield return new(
                "C10",
                Need,
                "replacements",
                "Say what becomes what: [{ \"from\": …, \"to\": … }]."
            );
        yield return Decides(
            "C10",
            Procedure.Registrar,
            $"{Say.Sentence(question.Settings.Label(Role.Registrar))} decides; no record's own date moves."
        );
    }

    static IEnumerable<Finding> FindHeader(Question question)
    {
        var other = NotByRegistrar(
            "C12",
            question,
            "The registry's header",
            "write to the registrar what should change"
        );
        if (other is not null)
        {
            yield return other;
            yield break;
        }
        if (question.Request.Header is not { } header)
        {
            yield return new(
                "C12",
                Need,
                "header",
                "Say what of the header changes: experts, note, title or references."
            );
            yield break;
        }
        var registrar = question.Settings.Label(Role.Registrar);
        var approver = question.Settings.Label(Role.Approver);
        yield return header.Experts is null
            ? Decides("C12", Procedure.Registrar, $"{Say.Sentence(registrar)} decides on the header.")
            : Decides(
                "C12",
                Procedure.Approver,
                $"{Say.Sentence(approver)} decides with {registrar} who the designated experts are."
            );
    }

    static IEnumerable<Finding> FindCorrection(Question question)
    {
        var other = NotByRegistrar(
            "C14",
            question,
            "A correction",
            "ask for a change of yours with kind maintenance"
        );
        if (other is not null)
        {
            yield return other;
            yield break;
        }
        if (NoSuch("C14", question) is { } none)
        {
            yield return none;
            yield break;
        }
        if (!Has(question.Request.Reason))
            yield return new("C14", Need, "reason", "Say what the mistake was and how it is known.");
        yield return Decides(
            "C14",
            Procedure.Registrar,
            $"{Say.Sentence(question.Settings.Label(Role.Registrar))} corrects it in a new revision; the wrong state stays in history."
        );
    }
}
