using System.Collections.Immutable;
using Berthbook.Formats;
using Berthbook.Requests;

namespace Berthbook.Rules;

/// <summary>What the rules of assignment requests, changes and advice read out of a question.</summary>
static class Asking
{
    /// <summary>
    /// Whether a new assignment is asked for, with all that it has to state: a transfer that both sides agree to is a
    /// request by the new party (procedures C5).
    /// </summary>
    public static bool AsksAnew(this Question question) =>
        question.IsForNew || question is { Kind: RequestKind.Transfer, Request.IsAgreed: true };

    /// <summary>The range of the number asked for or, where none is, of the number that the assignment has; null for a name alone.</summary>
    public static PortClass? RangeAsked(this Question question) =>
        question.Request.Port.Kind switch
        {
            PortWishKind.AnyUser => PortClass.User,
            PortWishKind.AnySystem => PortClass.System,
            PortWishKind.None when question.Kind is RequestKind.Reuse or RequestKind.Transfer => question
                .Concerned.FirstOrDefault(record => record.Number is not null)
                ?.Number?.First.Class,
            PortWishKind.None => null,
            _ => question.Request.Port.Numbers.First.Class,
        };

    /// <summary>The number asked for, in words: <c>8013</c>, <c>a User Port</c>.</summary>
    public static string NumberWords(this Question question) =>
        question.Port is { } port ? port.ToString() : question.Request.Port.Words;

    /// <summary>Whether a text was given.</summary>
    public static bool Has(string? text) => !string.IsNullOrWhiteSpace(text);

    /// <summary>What a change is about, in words: <c>foo on 8013/tcp</c>.</summary>
    public static string Thing(this Question question)
    {
        var place = (question.Port, question.Transports) switch
        {
            (null, []) => "",
            (null, var transports) => Names(transports),
            ({ } port, []) => port.ToString(),
            ({ } port, var transports) => $"{port}/{Names(transports)}",
        };
        return (Has(question.Request.Name), place) switch
        {
            (false, "") => "the assignment",
            (false, _) => place,
            (true, "") => question.NameWords(),
            _ => $"{question.NameWords()} on {place}",
        };
    }

    /// <summary>The service name that the request gives, as messages show it.</summary>
    public static string NameWords(this Question question) => Shown.Of(question.Request.Name ?? "");

    /// <summary>Transport protocols in words: <c>tcp and udp</c>.</summary>
    public static string Names(ImmutableArray<TransportProtocol> transports) =>
        And([.. transports.Select(transport => transport.Name())]);

    /// <summary>Words as a list: <c>a, b and c</c>.</summary>
    public static string And(ImmutableArray<string> words) =>
        words.Length < 2 ? string.Concat(words) : $"{string.Join(", ", words[..^1])} and {words[^1]}";

    /// <summary>Who holds records, in words; the approver where no party is recorded (procedures K1).</summary>
    public static string Holders(this Question question, ImmutableArray<RegistryRecord> records)
    {
        var ids = records.SelectMany(record => record.Holders).Select(holder => holder.Data).Distinct();
        ImmutableArray<string> names = [.. ids.Take(3).Select(id => question.NameOf(id))];
        return names.IsEmpty ? question.Settings.Label(Role.Approver) : And(names);
    }

    /// <summary>Whether records name no party at all (procedures K1).</summary>
    public static bool IsNobodys(ImmutableArray<RegistryRecord> records) =>
        records.All(record => record.Holders.IsDefaultOrEmpty && record.Contacts.IsDefaultOrEmpty);

    /// <summary>Whether who asks says to be assignee or contact of records, by role or as a contact that they name.</summary>
    public static bool IsParty(this Question question, ImmutableArray<RegistryRecord> records) =>
        question.Request.Role is RequesterRole.Assignee or RequesterRole.Contact
        || (
            question.Request.Requester?.Contact is { } id
            && records.Any(record =>
                record.Holders.Concat(record.Contacts).Any(reference => reference.Data == id)
            )
        );

    /// <summary>Whether a party of the request is one that records name as their holder, by id or by name.</summary>
    public static bool IsHolder(
        this Question question,
        RequestParty party,
        ImmutableArray<RegistryRecord> records
    ) =>
        records
            .SelectMany(record => record.Holders)
            .Any(holder =>
                holder.Data == party.Contact
                || (
                    party.Contact is null
                    && (
                        Same(party.Name, holder.Data.Replace('_', ' '))
                        || Same(party.Name, question.NameOf(holder.Data))
                    )
                )
            );

    /// <summary>A label at the head of a sentence: <c>The registrar</c>.</summary>
    public static string Sentence(string label) =>
        label.Length == 0 ? label : $"{char.ToUpperInvariant(label[0])}{label[1..]}";

    /// <summary>A day as the registry writes it.</summary>
    public static string Words(DateOnly day) => new RegistryDate(day).ToString();

    static string NameOf(this Question question, string contact) =>
        question.Basis.Registry.FindContact(contact)?.DisplayName ?? contact;

    static bool Same(string? one, string other) =>
        string.Equals(one?.Trim(), other, StringComparison.OrdinalIgnoreCase);
}
