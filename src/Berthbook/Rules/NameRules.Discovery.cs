using System.Collections.Immutable;
using static Berthbook.Requests.RequestKind;

namespace Berthbook.Rules;

// Names that stand aside for another, second names, and how a name is found in the DNS.
static partial class NameRules
{
    static Rule N4 =>
        new()
        {
            Id = "N4",
            Title = "Old spellings are history",
            Text =
                "Names from before the syntax stay in the registry for history only, beside their well-formed twin, which is the primary name. No new request can use one.",
            Source = "RFC 6335 section 10.1",
            Severity = Severity.Refuse,
            AppliesTo = [.. Naming, Add],
            Example =
                "Who asks to add a transport protocol to whois++ is refused and told to ask for whoispp, its well-formed twin.",
            Find = Historic,
        };

    static Rule N5 =>
        new()
        {
            Id = "N5",
            Title = "One name for a service",
            Text =
                "A second name for the same service is refused: the first one stands. A second name on an assigned port number is possible only for an extension that peers recognise in band, with the consent of the number's assignee; the request says how they do. Of several names of one service one is primary for discovery.",
            Source = "RFC 6335 section 5, RFC 7605 section 7.9",
            Severity = Severity.Refuse,
            AppliesTo = [Assign, EarlyAllocation, Add, SecondName],
            Example =
                "turn stands beside stun on 3478, since a STUN server tells TURN messages apart; a request for www beside http would be refused today.",
            Find = question => question.Kind == SecondName ? Second(question) : BesideAnother(question),
        };

    static Rule N6 =>
        new()
        {
            Id = "N6",
            Title = "Labels in the DNS",
            Text =
                "The name of an assignment labels SRV records after the transport protocols of its records: _name._tcp, _udp, _sctp or _dccp. As a type of DNS-SD it is _name._tcp for TCP and _name._udp for every other transport protocol.",
            Source = "RFC 6335 section 5.2, RFC 2782, RFC 6763 section 7",
            Severity = Severity.Advise,
            AppliesTo = [.. Naming, Add],
            Example =
                "Once lab-scales is assigned for SCTP, its SRV records stand at _lab-scales._sctp, and browsers of DNS-SD look for _lab-scales._udp.",
            Find = Labels,
        };

    static IEnumerable<Finding> Historic(Question question)
    {
        var (field, name) = question.NewName ?? ("name", question.Request.Name ?? "");
        foreach (var record in question.RecordsOf(name))
        {
            if (!record.Name!.Value.IsHistoric && record.Kind() != RecordKind.HistoricAlias)
                continue;
            var twin = question.Basis.Index.PrimaryOf(name);
            yield return new(
                "N4",
                Severity.Refuse,
                field,
                twin is null
                    ? $"{Say.Text(name)} is an old name, kept for history only (RFC 6335 section 10.1): ask for a well-formed one."
                    : $"{Say.Text(name)} is an old spelling, kept for history only (RFC 6335 section 10.1): its well-formed twin is {Say.Text(twin)}."
            );
            yield break;
        }
    }

    static IEnumerable<Finding> Second(Question question)
    {
        var holders = AssignedWithin(question);
        if (question.Port is null)
            yield return Found(
                Severity.Need,
                "port",
                "Say on which assigned port number the second name is to stand."
            );
        else if (holders.FirstOrDefault(record => IsSameService(question, record)) is { } same)
            yield return Found(
                Severity.Refuse,
                "name",
                $"This is the service of {Say.Record(same)}, by its description. A service has one name: use {Say.Text(same.Name?.Text ?? same.Summary)} (RFC 6335 section 5)."
            );
        else if (!holders.IsEmpty && string.IsNullOrWhiteSpace(question.Request.InBand))
            yield return Found(
                Severity.Need,
                "inBand",
                $"A second name is possible only for an extension that peers recognise in band, as turn beside stun. Say how they tell it from {Say.Records(holders)} (RFC 7605 section 7.9)."
            );
    }

    static IEnumerable<Finding> BesideAnother(Question question)
    {
        if (question.Kind == Add && Primary(question) is { } primary)
            yield return Found(
                Severity.Refuse,
                "name",
                $"{Say.Text(question.Request.Name!)} is a second name of {primary}, which is the one for discovery: add to {primary} (RFC 6335 section 5)."
            );
        if (!question.WantsNumber || question.Number is { IsExperimental: true })
            yield break;
        var others = AssignedWithin(question)
            .RemoveAll(record =>
                record.Name is { } name
                && name.Text.Equals(question.Request.Name, StringComparison.OrdinalIgnoreCase)
            );
        if (!others.IsEmpty)
            yield return Found(
                Severity.Need,
                question.NumberField,
                $"{question.Number} is assigned: {Say.Records(others)}, held by {question.HolderOf(others[0]).Words(question.Settings)}. Ask for another number; where yours extends that service and peers recognise it in band, ask for a second name (kind second-name)."
            );
    }

    static IEnumerable<Finding> Labels(Question question)
    {
        var text = question.NewName?.Text ?? question.Request.Name;
        if (!ServiceName.TryParse(text, out var name, out _) || question.Transports.IsEmpty)
            yield break;
        var srv = question.Transports.Select(transport => $"_{name}._{transport.Name()}");
        var types = question
            .Transports.Select(transport => transport == TransportProtocol.Tcp ? "tcp" : "udp")
            .Distinct()
            .Select(transport => $"_{name}._{transport}");
        var labels = $"by SRV records at {Say.And([.. srv])}, by DNS-SD as {Say.And([.. types])}";
        yield return new(
            "N6",
            Severity.Advise,
            question.NewName?.Field ?? "name",
            $"In the DNS, {name} will be found {labels} (RFC 2782, RFC 6763 section 7)."
        )
        {
            Step = new(
                "assigned",
                Role.Applicant,
                $"Announce {name} in the DNS where that is of use: {labels}.",
                "N6"
            ),
        };
    }

    static ImmutableArray<RegistryRecord> AssignedWithin(Question question)
    {
        var found = new List<RegistryRecord>();
        foreach (var situation in question.Situations)
        {
            if (situation.State == PortState.Assigned)
                found.AddRange(situation.Assignments.Where(record => !found.Contains(record)));
        }
        return [.. found];
    }

    // Asked of the index only where a note speaks of it, since the index reads all notes for the answer.
    static string? Primary(Question question) =>
        question.Named.Any(record =>
            record.Note is { } note && note.OneLine.Contains("duplicate of", StringComparison.Ordinal)
        ) && question.Basis.Index.PrimaryOf(question.Request.Name) is { } primary
            ? Say.Text(primary)
            : null;

    static bool IsSameService(Question question, RegistryRecord record) =>
        question.Request.Description is { } description
        && !string.IsNullOrWhiteSpace(description)
        && description.Trim().Equals(record.Summary, StringComparison.OrdinalIgnoreCase);

    static Finding Found(Severity severity, string field, string words) => new("N5", severity, field, words);
}
