using System.Collections.Immutable;
using Berthbook.Requests;
using static Berthbook.Requests.RequestKind;

namespace Berthbook.Rules;

/// <summary>The rules N: service names.</summary>
static partial class NameRules
{
    static readonly ImmutableArray<RequestKind> Naming = [Assign, SecondName, EarlyAllocation, Reuse, Rename];

    public static ImmutableArray<Rule> All { get; } = [N1, N2, N3, N4, N5, N6];

    static Rule N1 =>
        new()
        {
            Id = "N1",
            Title = "The syntax of service names",
            Text =
                "A service name has 1 to 15 characters, which are ASCII letters, digits and hyphens, and at least one letter. No hyphen stands at either end, and no two stand side by side.",
            Source = "RFC 6335 section 5.1",
            Severity = Severity.Refuse,
            AppliesTo = Naming,
            Example =
                "A request for lab_scales is refused: the underscore is no letter, digit or hyphen. lab-scales would do.",
            Find = Malformed,
        };

    static Rule N2 =>
        new()
        {
            Id = "N2",
            Title = "Names are compared without case",
            Text =
                "Service names that differ in case only are one name. The registry keeps and publishes a name with the case that it was given.",
            Source = "RFC 6335 sections 5.1 and 8.1.1",
            Severity = Severity.Advise,
            Example = "HTTPS is not free, since https is assigned; LogCabin is published as LogCabin.",
            Find = SpelledOtherwise,
        };

    static Rule N3 =>
        new()
        {
            Id = "N3",
            Title = "A name identifies one service",
            Text =
                "A new request does not take a name that a record holds in any state, that is Reserved, or that an earlier pending request asks for. A further transport protocol or port number of the same service is asked for by adding to its name; a Reserved name is assigned as a Reserved number is.",
            Source = "RFC 6335 sections 5, 8.1 and 8.1.1",
            Severity = Severity.Refuse,
            AppliesTo = [.. Naming, Add],
            Example =
                "A request for a new service named redis is refused: redis holds 6379/tcp. Of two requests for a free name the later one waits for the earlier.",
            Find = question => question.Kind == Add ? Added(question) : Taken(question),
        };

    static IEnumerable<Finding> Malformed(Question question)
    {
        if (question.NewName is var (field, text) && !ServiceName.TryParse(text, out _, out var fault))
            yield return new(
                "N1",
                Severity.Refuse,
                field,
                $"{Say.Text(fault.Message)}. Choose a name of 1 to 15 letters, digits and single hyphens, such as lab-scales (RFC 6335 section 5.1)."
            );
    }

    static IEnumerable<Finding> SpelledOtherwise(Question question)
    {
        var asked = question.NewName?.Text ?? question.Request.Name;
        if (asked is null)
            yield break;
        var known = question.RecordsOf(asked);
        if (known is [{ Name: { Text: var own } }, ..] && own != asked)
            yield return new(
                "N2",
                Severity.Advise,
                question.NewName?.Field ?? "name",
                $"{Say.Text(asked)} and {Say.Text(own)} are one name: names are compared without case (RFC 6335 section 8.1.1)."
            );
    }

    static IEnumerable<Finding> Taken(Question question)
    {
        if (question.NewName is not var (field, text) || text.Length == 0)
            return [];
        if (question.Kind == Rename && IsSame(text, question.Request.Name))
            return [];
        var held = question.RecordsOf(text);
        if (held.IsEmpty)
            return AskedForBefore(question, text);
        return IsReserved(held)
            ? []
            :
            [
                new(
                    "N3",
                    Severity.Refuse,
                    field,
                    $"{Say.Text(text)} is taken: {Say.Records(held)}, held by {question.HolderOf(held[0]).Words(question.Settings)}. Choose another name; for a further transport protocol or port number of the same service, ask to add it (kind add)."
                ),
            ];
    }

    static IEnumerable<Finding> AskedForBefore(Question question, string name)
    {
        foreach (var other in question.Pending)
        {
            if (!IsSame(name, NameWantedBy(other.Document)))
                continue;
            yield return new(
                "N3",
                Severity.Need,
                null,
                $"Request {Say.Count(other.Number)} of {Say.Day(other.Submitted)} asks for {Say.Text(name)} too and is decided first: if it is granted, this one needs another name."
            );
            yield break;
        }
    }

    static IEnumerable<Finding> Added(Question question)
    {
        if (question.Request.Port.Kind == PortWishKind.None && IsAllThere(question))
            yield return new(
                "N3",
                Severity.Refuse,
                "transports",
                $"{Say.Text(question.Request.Name!)} is assigned for {Say.And(question.Transports)} already: {Say.Records(question.Named)}. Name the transport protocol or the port number that is to be added."
            );
    }

    static bool IsAllThere(Question question) =>
        !question.Transports.IsEmpty
        && question.Transports.All(transport => question.Named.Any(record => record.Transport == transport));

    /// <summary>Whether the records of a name say that it is Reserved, as a de-assignment of the name leaves it (procedures C2).</summary>
    public static bool IsReserved(ImmutableArray<RegistryRecord> records) =>
        !records.IsEmpty && records.All(record => record.Kind().State() == PortState.Reserved);

    static string? NameWantedBy(RequestDocument document) =>
        document.Kind switch
        {
            Assign or SecondName or EarlyAllocation => document.Name,
            Reuse or Rename => document.NewName,
            _ => null,
        };

    static bool IsSame(string name, string? other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
