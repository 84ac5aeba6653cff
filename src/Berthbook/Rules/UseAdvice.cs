using Berthbook.Requests;
using static Berthbook.Rules.Asked;

namespace Berthbook.Rules;

/// <summary>Advice on what a number is asked for and how (procedures V5 to V12).</summary>
static class UseAdvice
{
    static readonly string[] SecurityWords =
    [
        "tls",
        "quic",
        "encrypt",
        "authent",
        "secur",
        "ipsec",
        "ssh",
        "signature",
        "signed",
        "cipher",
    ];

    static readonly string[] SecureEndings = ["-tls", "-ssl", "-sec", "-secure", "tls", "ssl", "-s", "s"];

    public static IEnumerable<Finding> FindInsecure(Question question)
    {
        if (!question.AsksAnew())
            yield break;
        if (question.NewNameOrName() is { } name && question.RecordsOf(name).IsEmpty)
        {
            foreach (var ending in SecureEndings)
            {
                if (
                    name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)
                    && IsAssigned(question, name.AsSpan(0, name.Length - ending.Length))
                )
                {
                    yield return Advice(
                        "V5",
                        null,
                        $"{Say.Text(name)} looks like a secure copy of {Say.Text(name.Remove(name.Length - ending.Length))}, which is assigned: one number serves both, with security negotiated in band; a separate one is likely refused."
                    );
                    yield break;
                }
            }
            if (IsAssigned(question, $"{name}s"))
            {
                yield return Advice(
                    "V5",
                    null,
                    $"{Say.Text(name)} looks like an insecure variant of {Say.Text($"{name}s")}, which is assigned: likely refused."
                );
                yield break;
            }
        }
        if (question.RangeAsked() is not null && !MentionsAny(question, SecurityWords))
            yield return Advice(
                "V5",
                "reference",
                $"The request does not say how {question.NameWords()} is secured: build security in (TLS, DTLS or its own) and say so; a service without it, or with a number for each, is likely refused."
            );
    }

    public static IEnumerable<Finding> FindAlternatives(Question question)
    {
        if (!TakesNumber(question))
            yield break;
        var name = question.NameWords();
        if (MentionsAny(question, ["experiment", "prototype"]))
            yield return Advice(
                "V6",
                null,
                "An experiment uses exp1 or exp2 (1021 and 1022) where it can be updated later, and needs no number of its own."
            );
        else if (
            MentionsAny(question, ["localhost", "same computer", "same host", "own computer", "loopback"])
        )
            yield return Advice(
                "V6",
                null,
                $"{name} seems to be used inside one host: a number that all hosts keep free is not needed for that."
            );
        else if (MentionsAny(question, ["http"]))
            yield return Advice(
                "V6",
                null,
                $"{name} runs over HTTP, as the request says: could it share the port of http or https, under a path of its own, or be found by DNS-SD?"
            );
        else
            yield return Advice(
                "V6",
                null,
                $"Could {name} do without {question.NumberWords()}: with a Dynamic Port told out of band, with DNS-SD (a name alone), or on the port of an existing service?"
            );
    }

    public static IEnumerable<Finding> FindUdp(Question question)
    {
        if (!question.Transports.Contains(TransportProtocol.Udp) || !question.AsksAnew())
            yield break;
        if (question.Request.UsesBroadcast == true)
            yield return Advice(
                "V7",
                "broadcast",
                $"{question.NameWords()} sends broadcasts over UDP: over IPv4, multicast reaches those who listen and spares all others."
            );
        if (!MentionsAny(question, ["congestion", "quic", "rate"]))
            yield return Advice(
                "V7",
                "reference",
                $"The request does not say how {question.NameWords()} controls congestion over UDP, nor that UDP is more than a way round TCP's."
            );
    }

    public static IEnumerable<Finding> FindHaste(Question question)
    {
        if (question.IsForNew && Has(question.Request.Name))
            yield return Advice(
                "V8",
                null,
                question.Request.Port.Kind == PortWishKind.None
                    ? $"Do not ship programs with the name {question.NameWords()} before it is assigned; a name shown as free may be asked for already."
                    : $"Do not ship programs that use {(question.Port is { } port ? port.ToString() : "a number")} for {question.NameWords()} before it is assigned; a number shown as free may be asked for already."
            );
    }

    public static IEnumerable<Finding> FindOtherNumbers(Question question)
    {
        if (!TakesNumber(question))
            yield break;
        if (question.RangeAsked() == PortClass.System)
            yield return Advice(
                "V9",
                null,
                $"Would a User Port do for {question.NameWords()}? System Ports are few and discouraged, and the privilege that they once meant is not enforced everywhere."
            );
        else if (question is { Port: { } port, Kind: RequestKind.Assign })
            yield return Advice(
                "V9",
                "port",
                $"Would any number do in place of {port}? With port \"user\" the registry picks a free one."
            );
    }

    public static IEnumerable<Finding> FindBareLink(Question question)
    {
        if (!question.AsksAnew() || question.Request.Reference is not { } text || !Has(text))
            yield break;
        foreach (
            var word in text.Split(
                ' ',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
        {
            if (!IsLink(word))
                yield break;
        }
        yield return Advice(
            "V10",
            "reference",
            $"'{Say.Text(text.Trim())}' is a bare link, which is not enough: say in a few sentences how the protocol works, so that the request explains itself."
        );
    }

    public static IEnumerable<Finding> FindManyTransports(Question question)
    {
        if (question.Transports.Length > 1 && question.AsksAnew())
            yield return Advice(
                "V11",
                "transports",
                question.Request.Port.Kind == PortWishKind.None
                    ? $"Ask for {Say.And(question.Transports)} only as far as {question.NameWords()} uses them today; others can be added later."
                    : $"Ask for {Say.And(question.Transports)} only as far as {question.NameWords()} uses them today; on the others the number is held for its assignee."
            );
    }

    public static IEnumerable<Finding> FindExpert(Question question)
    {
        var isReviewed =
            question.Kind is RequestKind.SecondName or RequestKind.Reuse or RequestKind.Revoke
            || (question.Kind == RequestKind.Transfer && question.Request.IsAgreed)
            || (question.RangeAsked() == PortClass.User && question.Request.Approval is null);
        if (isReviewed && question.Rules.Has("A11"))
            yield return Advice(
                "V12",
                null,
                $"To {question.Settings.Label(Role.Expert)}: without a documented ground to refuse {question.Thing()}, recommend it."
            );
    }

    static string? NewNameOrName(this Question question) =>
        question.Kind switch
        {
            RequestKind.Reuse => question.Request.NewName,
            RequestKind.Assign or RequestKind.SecondName or RequestKind.EarlyAllocation => question
                .Request
                .Name,
            _ => null,
        };

    static bool TakesNumber(Question question) =>
        question.Kind
            is RequestKind.Assign
                or RequestKind.Add
                or RequestKind.SecondName
                or RequestKind.EarlyAllocation
        && question.RangeAsked() is PortClass.System or PortClass.User;

    static bool IsAssigned(Question question, ReadOnlySpan<char> name) =>
        name.Length is > 1 and <= ServiceName.MaxLength && !question.Basis.Index.Find(name).IsEmpty;

    static bool MentionsAny(Question question, ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (Mentions(question.Request.Reference, word) || Mentions(question.Request.Description, word))
                return true;
        }
        return false;
    }

    // Long statements are judged by their beginning.
    static bool Mentions(string? text, string word) =>
        text.AsSpan(0, Math.Min(text?.Length ?? 0, 2_000)).Contains(word, StringComparison.OrdinalIgnoreCase);

    static bool IsLink(string word) =>
        word.Contains("://", StringComparison.Ordinal)
        || word.StartsWith("www.", StringComparison.OrdinalIgnoreCase)
        || word.StartsWith("draft-", StringComparison.OrdinalIgnoreCase)
        || (
            word.StartsWith("rfc", StringComparison.OrdinalIgnoreCase)
            && word.AsSpan(3).Trim("-.,:").ContainsAnyExceptInRange('0', '9') is false
        )
        || (word.Length > 0 && !word.AsSpan().ContainsAnyExceptInRange('0', '9'));

    static Finding Advice(string rule, string? field, string message) =>
        new(rule, Severity.Advise, field, message);
}
