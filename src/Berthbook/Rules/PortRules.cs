using System.Collections.Immutable;
using Berthbook.Requests;
using static Berthbook.Requests.RequestKind;

namespace Berthbook.Rules;

/// <summary>The rules P: port numbers.</summary>
static partial class PortRules
{
    // The kinds by which somebody gets a number.
    static readonly ImmutableArray<RequestKind> Numbering =
    [
        Assign,
        Add,
        SecondName,
        EarlyAllocation,
        Rename,
    ];

    public static ImmutableArray<Rule> All { get; } = [P1, P2, P3, P4, P5, P6, P7, P8, P9, P10, P11, P12];

    static Rule P1 =>
        new()
        {
            Id = "P1",
            Title = "Four spaces, three ranges",
            Text =
                "TCP, UDP (with UDP-Lite), SCTP and DCCP have 65,536 port numbers each: System Ports 0 to 1023, User Ports 1024 to 49151, Dynamic Ports 49152 to 65535. A registry may keep fewer transport protocols; what it does not keep cannot be asked for.",
            Source = "RFC 6335 section 6",
            Severity = Severity.Refuse,
            Example =
                "443/tcp and 443/dccp are two numbers. A company that keeps TCP and UDP only refuses a request for SCTP.",
            Find = NotKept,
        };

    static Rule P2 =>
        new()
        {
            Id = "P2",
            Title = "What a number is",
            Text =
                "A number that no record lists is listed as Unassigned. What counts for requests is the effective state: Dynamic above 49151; else Assigned where a record assigns it; else Reserved where a record or a rule holds it; else Unassigned. Where the two differ, the answer gives both and says why.",
            Source = "RFC 6335 sections 6 and 7.2",
            Severity = Severity.Refuse,
            AppliesTo = Numbering,
            Example =
                "443/dccp has no record and still is not free: it is held for the assignee of 443/tcp. Who adds 443/tcp to https is refused, for https has it.",
            Find = StateInWords,
        };

    static Rule P4 =>
        new()
        {
            Id = "P4",
            Title = "Dynamic Ports are nobody's",
            Text =
                "Dynamic Ports, 49152 to 65535, are never assigned. A request for one is refused with the advice to pick one at run time.",
            Source = "RFC 6335 sections 6 and 8.1.2",
            Severity = Severity.Refuse,
            AppliesTo = Numbering,
            Example =
                "A request for 50000/tcp is refused; the program binds to 0 and tells its peers what it got.",
            Find = Dynamic,
        };

    static Rule P6 =>
        new()
        {
            Id = "P6",
            Title = "An assignment splits a range",
            Text =
                "An assignment out of an Unassigned range splits it; a rest of one number is written as that number, a number at an edge leaves one rest, an exact record none. An Unassigned record of one transport protocol gives way on that one only. A note or a report of unauthorized use stays with the part that holds the number it names, with both where it names none.",
            Source = "IANA's published revisions",
            Severity = Severity.Advise,
            AppliesTo = Numbering,
            Example =
                "4794 out of 4794-4799 leaves 4795-4799; the note on 11488 in 11431-11488 stays with 11435-11488 when 11434 is assigned.",
        };

    static IEnumerable<Finding> NotKept(Question question)
    {
        var kept = question.Settings.Transports;
        foreach (var transport in question.Transports)
        {
            if (!kept.Contains(transport))
                yield return new(
                    "P1",
                    Severity.Refuse,
                    "transports",
                    $"This registry keeps no port numbers and names for {transport.UpperName()}: ask for {Say.Any(kept)}."
                );
        }
    }

    static IEnumerable<Finding> StateInWords(Question question)
    {
        if (!question.WantsNumber)
            yield break;
        foreach (var situation in question.Situations)
        {
            if (situation.State == PortState.Assigned && IsHadAlready(question, situation))
                yield return new(
                    "P2",
                    Severity.Refuse,
                    question.NumberField,
                    $"{Say.Text(question.Request.Name!)} has {Say.Place(situation.Port, situation.Transport)} already: there is nothing to assign. Leave {situation.Transport.UpperName()} out, or ask for what is missing."
                );
            else if (situation.State == PortState.Reserved && situation.Listed != PortState.Reserved)
                yield return new(
                    "P2",
                    Severity.Advise,
                    question.NumberField,
                    $"{question.Basis.Index.Why(situation.Port, situation.Transport)}: {situation.Listed} in the records, Reserved in effect."
                );
        }
    }

    // Further service codes of a DCCP port are records of the same name, transport and number (D5).
    static bool IsHadAlready(Question question, PortSituation situation) =>
        question.Kind is Add or Rename
        && situation.Assignments.Any(record => question.Named.Contains(record))
        && !(
            question.Rules.Has("D5")
            && situation.Transport == TransportProtocol.Dccp
            && question.Codes.Any(code => situation.Assignments.All(record => record.ServiceCode != code))
        );

    static IEnumerable<Finding> Dynamic(Question question)
    {
        if (question.WantsNumber && question.Number is { Class: PortClass.Dynamic } port)
            yield return new(
                "P4",
                Severity.Refuse,
                question.NumberField,
                $"{port} is a Dynamic Port, and those are never assigned (RFC 6335 section 8.1.2): let the system pick one at run time and tell peers by DNS-SD or out of band; or ask for a User Port."
            );
    }
}
