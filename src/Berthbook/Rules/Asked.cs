using System.Collections.Immutable;
using Berthbook.Requests;

namespace Berthbook.Rules;

/// <summary>What the rules of assignment requests, changes and advice read out of a question.</summary>
static class Asked
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
            (null, var transports) => LowerNames(transports),
            ({ } port, []) => port.ToString(),
            ({ } port, var transports) => $"{port}/{LowerNames(transports)}",
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
    public static string NameWords(this Question question) => Say.Text(question.Request.Name ?? "");

    /// <summary>Who holds records, in words; the approver where no party is recorded (procedures K1).</summary>
    public static string Holders(this Question question, ImmutableArray<RegistryRecord> records)
    {
        var names = new List<string>();
        var isApprovers = false;
        foreach (var record in records)
        {
            var holder = question.HolderOf(record);
            isApprovers |= holder.Kind == HolderKind.Approver;
            foreach (var party in holder.Parties)
            {
                var name = Say.Text(party.DisplayName);
                if (names.Count < 3 && !names.Contains(name))
                    names.Add(name);
            }
        }
        return names.Count > 0 ? Say.And(names)
            : isApprovers ? question.Settings.Label(Role.Approver)
            : "nobody";
    }

    /// <summary>Whether records name no party at all, so that the approver stands for it (procedures K1).</summary>
    public static bool IsNobodys(this Question question, ImmutableArray<RegistryRecord> records) =>
        records.All(record => question.HolderOf(record).Kind == HolderKind.Approver);

    /// <summary>Who confirms for records: the assignee, or the approver where there is no party.</summary>
    public static Role Confirms(this Question question, ImmutableArray<RegistryRecord> records) =>
        question.IsNobodys(records) ? Role.Approver : Role.Assignee;

    /// <summary>Whether who asks says to be assignee or contact of records (procedures K3).</summary>
    public static bool IsParty(this Question question, ImmutableArray<RegistryRecord> records) =>
        question.ClaimOn(records) is not null;

    /// <summary>Whether a party of the request is one that holds one of the records, by id, address or name.</summary>
    public static bool IsHolder(
        this Question question,
        RequestParty party,
        ImmutableArray<RegistryRecord> records
    ) =>
        records
            .SelectMany(record => question.HolderOf(record).Parties)
            .Any(holder =>
                Claim.IsSame(party, holder)
                || (
                    party is { Contact: null, Name: { } name }
                    && (Same(name, holder.DisplayName) || Same(name, holder.Organization))
                )
            );

    static string LowerNames(ImmutableArray<TransportProtocol> transports) =>
        Say.And([.. transports.Select(transport => transport.Name())]);

    static bool Same(string one, string? other) =>
        string.Equals(one.Trim(), other, StringComparison.OrdinalIgnoreCase);
}
