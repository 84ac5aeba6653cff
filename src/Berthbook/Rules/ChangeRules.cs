using System.Collections.Immutable;
using Berthbook.Requests;
using static Berthbook.Rules.Asked;

namespace Berthbook.Rules;

/// <summary>The rules C: changes to assignments.</summary>
static class ChangeRules
{
    public static ImmutableArray<Rule> All { get; } =
    [.. ReleaseRules.All, .. UpkeepRules.All, .. RegistrarRules.All];

    /// <summary>
    /// The finding that nothing is assigned where the request says, or null where something is, or where it says nothing.
    /// A correction and a report may be about a record that assigns nothing.
    /// </summary>
    public static Finding? NoSuch(string rule, Question question)
    {
        var isOfAny = question.Kind is RequestKind.Correction or RequestKind.UnauthorizedUse;
        var isFound = question.Concerned.Any(record =>
            isOfAny || record.Kind().State() == PortState.Assigned
        );
        if (isFound || !(Has(question.Request.Name) || question.Port is not null))
            return null;
        var field = question.Named.IsEmpty && Has(question.Request.Name) ? "name" : "port";
        var known = question.Named.IsEmpty
            ? ""
            : $"; {question.NameWords()} is {Say.And([.. question.Named.Take(4).Select(record => record.ToString())])}";
        return new(
            rule,
            Severity.Refuse,
            field,
            $"The registry has no assignment of {question.Thing()}{known}: say which one it is."
        );
    }

    /// <summary>The finding that fixes what decides a change; it waits for whoever decides.</summary>
    public static Finding Decides(string rule, Procedure procedure, string message, NextStep? step = null) =>
        new(rule, Severity.Need, null, message) { Asks = procedure, Step = step };

    /// <summary>The finding that only the registrar asks for such a change; null where the registrar does.</summary>
    public static Finding? NotByRegistrar(string rule, Question question, string what, string instead) =>
        question.Request.Role == RequesterRole.Registrar
            ? null
            : new(
                rule,
                Severity.Refuse,
                "role",
                $"{what} is {question.Settings.Label(Role.Registrar)}'s: {instead}."
            );
}
