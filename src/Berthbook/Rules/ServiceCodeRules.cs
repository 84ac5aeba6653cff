using System.Collections.Immutable;
using Berthbook.Requests;
using static Berthbook.Requests.RequestKind;

namespace Berthbook.Rules;

/// <summary>The rules D: DCCP service codes.</summary>
static class ServiceCodeRules
{
    const int MostAtOnce = 5;

    static readonly ImmutableArray<RequestKind> Coding = [Assign, Add, SecondName, Reuse, EarlyAllocation];

    public static ImmutableArray<Rule> All { get; } = [D1, D2, D3, D4, D5];

    static Rule D1 =>
        new()
        {
            Id = "D1",
            Title = "What a service code is",
            Text =
                "A service code has 32 bits and is written as a decimal number, SC=number, SC=xHEX or SC:text, with 1 to 4 characters that are padded with blanks, the first being the highest byte. It is published as a decimal number. 0 and 4294967295 are reserved, 1056964608 to 1073741823 are private.",
            Source = "RFC 4340 section 8.1.2, RFC 5595, RFC 6335 section 8.1.1",
            Severity = Severity.Refuse,
            AppliesTo = Coding,
            Example =
                "SC:fdpz, SC=x6664707A and 1717858426 are one code. SC:?abc is private and cannot be registered.",
            Find = Malformed,
        };

    static Rule D2 =>
        new()
        {
            Id = "D2",
            Title = "Who decides on a service code",
            Text =
                "Service codes are First Come First Served. A code of capital letters, digits, blanks and -./ alone is Specification Required: an expert and a public document. More than five at once go to the expert.",
            Source = "RFC 4340 sections 8.1.2 and 19.8, RFC 6335 section 10.3.1",
            Severity = Severity.Need,
            AppliesTo = Coding,
            Example = "SC:scal is granted to whoever comes first; SC:SCAL needs a public specification.",
            Find = Policy,
        };

    static Rule D3 =>
        new()
        {
            Id = "D3",
            Title = "One server port for a service code",
            Text =
                "A service code has at most one server port. Several codes on one port, or a further code on an assigned port, need Expert Review, which normally grants what the port's contact asks for.",
            Source = "RFC 6335 section 10.3.2",
            Severity = Severity.Refuse,
            AppliesTo = Coding,
            Example = "A code that lab-scales has on 5000/dccp is refused for 5001/dccp.",
            Find = OnePort,
        };

    static Rule D4 =>
        new()
        {
            Id = "D4",
            Title = "A DCCP port needs a service code",
            Text =
                "A DCCP port needs a service code that is assigned before or with it. A System Port on DCCP needs an IETF Review.",
            Source = "RFC 4340 section 19.9, RFC 6335 section 10.3.2",
            Severity = Severity.Need,
            AppliesTo = Coding,
            Example =
                "A request for 917/dccp is decided by IETF Review; the approval of the IESG alone does not do.",
            Find = PortNeeds,
        };

    static Rule D5 =>
        new()
        {
            Id = "D5",
            Title = "A further code is one more record",
            Text =
                "A further service code of a port is one more record of the same name, transport protocol and number, since the published form holds one code a record.",
            Source = "RFC 6335 section 10.3.2",
            Severity = Severity.Advise,
            AppliesTo = [Add],
            Example =
                "Who adds SC:scl2 to lab-scales on 5000/dccp gets a second record that differs in its service code.",
            Find = OneMoreRecord,
        };

    static IEnumerable<Finding> Malformed(Question question)
    {
        foreach (var text in question.Request.ServiceCodes)
        {
            if (FaultOf(text) is { } words)
                yield return new("D1", Severity.Refuse, "serviceCodes", words);
        }
    }

    static string? FaultOf(string text) =>
        !ServiceCodes.TryParse(text, out var code, out var fault)
            ? $"{Say.Text(text)} is no service code. {fault.Message}."
        : code == ServiceCodes.Absent
            ? $"{Say.Text(text)} is the service code 0, which says that there is none: it is reserved. Choose another."
        : code == ServiceCodes.Invalid
            ? $"{Say.Text(text)} is the invalid service code 4294967295: it is reserved. Choose another."
        : ServiceCodes.IsPrivate(code)
            ? $"{Say.Text(text)} is for private use (1056964608 to 1073741823) and not registered: use it among yourselves, or choose another."
        : null;

    static IEnumerable<Finding> Policy(Question question)
    {
        if (question.Codes.IsEmpty)
            yield break;
        var special = question.Codes.RemoveAll(code => !ServiceCodes.NeedsSpecification(code));
        if (!special.IsEmpty)
        {
            var label = question.Settings.Label(Procedure.SpecificationRequired);
            var isThere = !string.IsNullOrWhiteSpace(question.Request.Specification);
            yield return new(
                "D2",
                Severity.Need,
                isThere ? null : "specification",
                isThere
                    ? $"{label} decides on {Codes(special)}: all characters are capital letters, digits, blanks or -./ (RFC 4340 section 8.1.2)."
                    : $"{Codes(special)} is {label}: name a public document, or choose a code with a small letter, which is First Come First Served (RFC 4340 section 8.1.2)."
            )
            {
                Asks = Procedure.SpecificationRequired,
            };
        }
        if (question.Codes.Length > MostAtOnce)
            yield return new(
                "D2",
                Severity.Need,
                null,
                $"{Say.Count(question.Codes.Length)} service codes at once go to {question.Settings.Label(Role.Expert)}; up to {Say.Count(MostAtOnce)} are First Come First Served."
            )
            {
                Asks = Procedure.ExpertReview,
            };
    }

    static IEnumerable<Finding> OnePort(Question question)
    {
        if (question.Codes.IsEmpty)
            yield break;
        foreach (var code in question.Codes)
        {
            if (
                question.Basis.WithCode(code).FirstOrDefault(record => IsElsewhere(question, record)) is
                { } other
            )
                yield return new(
                    "D3",
                    Severity.Refuse,
                    "serviceCodes",
                    $"The service code {code} belongs to {Say.Record(other)}, and a code has one server port at most (RFC 6335 section 10.3.2): choose another code."
                );
        }
        var isFurther = OfDccp(question) is { State: PortState.Assigned };
        if (OfDccp(question) is { } situation && (question.Codes.Length > 1 || isFurther))
            yield return new(
                "D3",
                Severity.Need,
                null,
                $"Several service codes on {Say.Place(situation.Port, situation.Transport)} need {question.Settings.Label(Procedure.ExpertReview)}{(question.Claim is null ? "" : ", which normally grants what the port's contact asks for")} (RFC 6335 section 10.3.2)."
            )
            {
                Asks = Procedure.ExpertReview,
            };
    }

    static bool IsElsewhere(Question question, RegistryRecord record) =>
        question.Kind == Reuse
            ? !question.Concerned.Contains(record)
            : !IsNamed(question, record)
                || record.Number is { } range && question.Number is { } port && !range.Contains(port);

    static bool IsNamed(Question question, RegistryRecord record) =>
        record.Name is { } name
        && name.Text.Equals(question.Request.Name, StringComparison.OrdinalIgnoreCase);

    static IEnumerable<Finding> PortNeeds(Question question)
    {
        if (OfDccp(question) is not { } situation)
            yield break;
        if (
            question.Request.ServiceCodes.IsEmpty
            && !question.Named.Any(record => record.ServiceCode is not null)
        )
            yield return new(
                "D4",
                Severity.Need,
                "serviceCodes",
                $"{Say.Place(situation.Port, situation.Transport)} needs a service code, assigned before or with it: give one, such as SC:scal (RFC 6335 section 10.3.2)."
            );
        if (situation.Port.Class == PortClass.System)
            yield return new(
                "D4",
                Severity.Need,
                null,
                $"{question.Settings.Label(Procedure.IetfReview)} decides on {Say.Place(situation.Port, situation.Transport)}, a System Port on DCCP (RFC 6335 section 10.3.2)."
            )
            {
                Asks = Procedure.IetfReview,
            };
    }

    static IEnumerable<Finding> OneMoreRecord(Question question)
    {
        if (
            OfDccp(question) is { State: PortState.Assigned } situation
            && situation.Assignments.Any(record => IsNamed(question, record))
            && !question.Codes.IsEmpty
        )
            yield return new(
                "D5",
                Severity.Advise,
                "serviceCodes",
                $"Each further service code becomes one more record of {Say.Text(question.Request.Name!)} on {Say.Place(situation.Port, situation.Transport)}."
            );
    }

    // What the number is on DCCP, where DCCP is asked for; null where no number or another transport is.
    static PortSituation? OfDccp(Question question) =>
        question.WantsNumber && question.Transports.Contains(TransportProtocol.Dccp)
            ? question.Situations.First(situation => situation.Transport == TransportProtocol.Dccp)
            : null;

    static string Codes(ImmutableArray<uint> codes) =>
        $"the service code{(codes.Length > 1 ? "s" : "")} {Say.And([.. codes.Select(code => $"{code}")])}";
}
