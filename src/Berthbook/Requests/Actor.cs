using System.Collections.Immutable;

namespace Berthbook.Requests;

/// <summary>What an account may be beside an applicant, which everybody is.</summary>
[Flags]
public enum Offices : byte
{
    /// <summary>An applicant.</summary>
    None = 0,

    /// <summary>A designated expert of the pool of TCP and UDP.</summary>
    ExpertTcpUdp = 1,

    /// <summary>A designated expert of the pool of SCTP.</summary>
    ExpertSctp = 2,

    /// <summary>A designated expert of the pool of DCCP.</summary>
    ExpertDccp = 4,

    /// <summary>The approver.</summary>
    Approver = 8,

    /// <summary>The registrar.</summary>
    Registrar = 16,

    /// <summary>The administrator of accounts; decides nothing.</summary>
    Administrator = 32,

    /// <summary>The auditor: reads all that was attempted; decides nothing.</summary>
    Auditor = 64,
}

/// <summary>The words for offices, as accounts, commands and pages write them.</summary>
public static class OfficeWords
{
    /// <summary>Every office by itself with its word: <c>expert:tcp-udp</c>, <c>registrar</c>.</summary>
    public static IReadOnlyList<(Offices Office, string Word)> All { get; } =
    [
        (Offices.ExpertTcpUdp, "expert:tcp-udp"),
        (Offices.ExpertSctp, "expert:sctp"),
        (Offices.ExpertDccp, "expert:dccp"),
        (Offices.Approver, "approver"),
        (Offices.Registrar, "registrar"),
        (Offices.Administrator, "administrator"),
        (Offices.Auditor, "auditor"),
    ];

    /// <summary>The offices that are experts', whatever the pool.</summary>
    public const Offices Experts = Offices.ExpertTcpUdp | Offices.ExpertSctp | Offices.ExpertDccp;

    /// <summary>The offices that decide or administer, and need a second factor (reliability T18).</summary>
    public const Offices Deciding = Experts | Offices.Approver | Offices.Registrar | Offices.Administrator;

    /// <summary>The words of all offices held.</summary>
    public static ImmutableArray<string> Words(this Offices offices) =>
        [.. All.Where(known => offices.HasFlag(known.Office)).Select(known => known.Word)];

    /// <summary>The office of the experts of a pool.</summary>
    public static Offices Office(this ExpertPool pool) => (Offices)(1 << (int)pool);

    /// <summary>Finds one office by its exact word.</summary>
    public static bool TryParse(string? word, out Offices office)
    {
        office = All.FirstOrDefault(known => known.Word == word).Office;
        return office != Offices.None;
    }
}

/// <summary>Who does something: an account with what it is at this moment, or the registry itself.</summary>
public sealed record Actor
{
    /// <summary>The registry itself: clocks, and what follows from a rule at once.</summary>
    public static Actor Registry { get; } = new() { Account = 0, Name = "the registry" };

    /// <summary>The number of the account, from 1; 0 for the registry itself.</summary>
    public required int Account { get; init; }

    /// <summary>The name that the account gave. Personal data.</summary>
    public required string Name { get; init; }

    /// <summary>The confirmed e-mail address, or null. Personal data.</summary>
    public string? Email { get; init; }

    /// <summary>The organisation that the account says to belong to, or null.</summary>
    public string? Organization { get; init; }

    /// <summary>What it is beside an applicant; only what is in force (second factor given, account active).</summary>
    public Offices Offices { get; init; }

    /// <summary>The ids of the contacts that the account was confirmed to be or to act for (procedures K3).</summary>
    public ImmutableArray<string> Claims { get; init; } = [];

    /// <summary>Whether it has one of some offices.</summary>
    public bool IsAny(Offices offices) => (Offices & offices) != 0;
}
