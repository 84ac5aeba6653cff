using Berthbook.Requests;
using static Berthbook.Requests.RequestKind;

namespace Berthbook.Rules;

// How a number is asked for: one, one that the registry picks, a further one, several.
static partial class PortRules
{
    // What people put behind or before the name of a service for its secure variant.
    static readonly string[] SecureEndings = ["-tls", "-ssl", "-dtls", "-sec", "-secure", "tls", "ssl", "s"];

    const int LongestEnding = 7;

    static Rule P9 =>
        new()
        {
            Id = "P9",
            Title = "A number, a range, or none",
            Text =
                "A request names a number, or a range (system or user) from which the registry picks, or none. A number that is asked for and free is the one assigned.",
            Source = "RFC 6335 section 8.1.1",
            Severity = Severity.Refuse,
            AppliesTo = [Assign, Add, EarlyAllocation],
            Example =
                "Who asks for a User Port on TCP gets the best one that is free on the day of the decision; who asks for 5254 gets 5254.",
            Find = Pick,
        };

    static Rule P10 =>
        new()
        {
            Id = "P10",
            Title = "One number for a service",
            Text =
                "A service gets one number for all its versions, variants and kinds of device. A further one, or a secure one beside an insecure one, needs a written reason of its own (precedent is none) and Expert Review. A request for a block of numbers is refused.",
            Source = "RFC 6335 section 7.2, RFC 7605 sections 7.2 and 7.4",
            Severity = Severity.Refuse,
            AppliesTo = [Assign, Add, SecondName, EarlyAllocation],
            Example =
                "Ten numbers for ten kinds of scales are refused; lamp-tls beside lamp has to say why TLS within lamp does not do.",
            Find = OneNumber,
        };

    static IEnumerable<Finding> Pick(Question question)
    {
        var wish = question.Request.Port;
        if (wish.Kind is not (PortWishKind.AnyUser or PortWishKind.AnySystem) || question.Transports.IsEmpty)
            yield break;
        var where = $"{wish.Words} on {Say.And(question.Transports)}";
        yield return question.Number is { } port
            ? new(
                "P9",
                Severity.Advise,
                "port",
                $"The registry picks {where}. Today it would be {port}; the decision takes one that is free then."
            )
            : new(
                "P9",
                Severity.Refuse,
                "port",
                $"The registry cannot pick {where}: none is free. Ask for fewer transport protocols, for the other range, or for the name alone."
            );
    }

    static IEnumerable<Finding> OneNumber(Question question)
    {
        if (question.Request.Port.Kind == PortWishKind.Block)
            return
            [
                new(
                    "P10",
                    Severity.Refuse,
                    "port",
                    $"{question.Request.Port.Numbers} are {Say.Count(question.Request.Port.Numbers.Count)} numbers: a service gets one, and tells versions, variants and kinds of device apart in band (RFC 6335 section 7.2). Ask for one number."
                ),
            ];
        if (!question.WantsNumber || question.Number is not { } port)
            return [];
        var further = question.Named.RemoveAll(record => record.Number is null);
        if (
            question.Kind == Add
            && !further.IsEmpty
            && !further.Any(record => record.Number!.Value.Contains(port))
        )
            return Another(question, $"{Say.Records(further)} has a number already, and {port} is another");
        return question.Kind == Assign && SecureTwin(question) is { } twin
            ? Another(
                question,
                $"{Say.Text(question.Request.Name!)} and {Say.Record(twin)} look like a secure and an insecure variant of one service"
            )
            : [];
    }

    static IEnumerable<Finding> Another(Question question, string what)
    {
        var expert = question.Settings.Label(Procedure.ExpertReview);
        yield return string.IsNullOrWhiteSpace(question.Request.WhyAnother)
            ? new(
                "P10",
                Severity.Need,
                "whyAnother",
                $"{what}. One number serves all versions and variants: say why this needs its own, or that it is another service; that others have two is no reason (RFC 6335 section 7.2)."
            )
            {
                Asks = Procedure.ExpertReview,
            }
            : new(
                "P10",
                Severity.Need,
                null,
                $"{what}: {expert} decides on the reason given (RFC 6335 section 7.2)."
            )
            {
                Asks = Procedure.ExpertReview,
            };
    }

    // The assignment with a number whose name differs by an ending that says secure. The bare s needs the same party too.
    static RegistryRecord? SecureTwin(Question question)
    {
        if (question.Name is not { Text: var name })
            return null;
        Span<char> other = stackalloc char[ServiceName.MaxLength + LongestEnding];
        name.CopyTo(other);
        foreach (var ending in SecureEndings)
        {
            var length = name.Length + ending.Length;
            if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                length = name.Length - ending.Length;
            else
                ending.CopyTo(other[name.Length..]);
            foreach (var record in question.Basis.Index.Find(other[..length]))
            {
                if (record.Number is not null && (ending != "s" || IsOfSameParty(question, record)))
                    return record;
            }
        }
        return null;
    }

    static bool IsOfSameParty(Question question, RegistryRecord record)
    {
        foreach (var person in record.People())
        {
            if (
                question.Basis.Registry.FindContact(person.Data) is { } contact
                && (IsParty(question.Request.Assignee, contact) || IsParty(question.Request.Contact, contact))
            )
                return true;
        }
        return false;
    }

    static bool IsParty(RequestParty? party, Contact contact) =>
        party is not null
        && (
            Claim.IsSame(party, contact)
            || party.Name is { Length: > 0 } name
                && name.Equals(contact.DisplayName, StringComparison.OrdinalIgnoreCase)
        );
}
