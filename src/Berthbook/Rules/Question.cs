using System.Collections.Immutable;
using Berthbook.Decisions;
using Berthbook.Requests;

namespace Berthbook.Rules;

/// <summary>
/// One request held against the rules: the document, the registry, the requests before it, the day, and the facts that
/// several rules need, each found once. Not for several threads at once.
/// </summary>
sealed class Question
{
    Claim? claim;
    bool isClaimKnown;

    public Question(
        RuleBook rules,
        RuleBasis basis,
        RequestDocument request,
        DateOnly today,
        ImmutableArray<PendingRequest> pending
    )
    {
        (Rules, Basis, Request, Today, Pending) = (rules, basis, request, today, pending);
        Name = request.Name is { } text && ServiceName.TryParse(text, out var name, out _) ? name : null;
        Named = RecordsOf(request.Name);
        Number = FindNumber();
    }

    public RuleBook Rules { get; }

    public RuleBasis Basis { get; }

    public RuleSettings Settings => Basis.Settings;

    public RequestDocument Request { get; }

    public RequestKind Kind => Request.Kind;

    public DateOnly Today { get; }

    /// <summary>The requests that were submitted earlier, the oldest first.</summary>
    public ImmutableArray<PendingRequest> Pending { get; }

    /// <summary>The name asked for, or null where none is given or it breaks the syntax (N1).</summary>
    public ServiceName? Name { get; }

    /// <summary>The records that have the name, in any spelling (N2).</summary>
    public ImmutableArray<RegistryRecord> Named { get; }

    /// <summary>Whether the request asks for a new assignment of a name or number.</summary>
    public bool IsForNew =>
        Kind
            is RequestKind.Assign
                or RequestKind.Add
                or RequestKind.SecondName
                or RequestKind.Reuse
                or RequestKind.EarlyAllocation;

    /// <summary>Whether it asks for what it has already, for longer: an early allocation that is renewed (procedures A9).</summary>
    public bool IsRenewal =>
        Kind == RequestKind.EarlyAllocation && Named.Any(record => TemporaryMark.IsOn(record.Description));

    /// <summary>The new name that the request wants, and the member that gives it; null where it wants none.</summary>
    public (string Field, string Text)? NewName =>
        Kind switch
        {
            RequestKind.Assign
            or RequestKind.SecondName
            or RequestKind.EarlyAllocation when Request.Name is { } name && !IsRenewal => ("name", name),
            RequestKind.Reuse or RequestKind.Rename when Request.NewName is { } name => ("newName", name),
            _ => null,
        };

    /// <summary>The transport protocols asked for.</summary>
    public ImmutableArray<TransportProtocol> Transports => Request.Transports;

    /// <summary>The number that the document names, or null where it is none.</summary>
    public PortNumber? Port => Request.Port.Number;

    /// <summary>
    /// The number that the request is about: the one it names, the one that the registry picks (P9), the new one of a
    /// renumbering; null where there is none.
    /// </summary>
    public PortNumber? Number { get; }

    /// <summary>The member that asks for the number.</summary>
    public string NumberField => Kind == RequestKind.Rename ? "newPort" : "port";

    /// <summary>Whether the number is to be given to somebody who does not have it on these transports.</summary>
    public bool WantsNumber =>
        Kind switch
        {
            RequestKind.Assign or RequestKind.Add or RequestKind.SecondName => Number is not null,
            RequestKind.EarlyAllocation => Number is not null && !IsRenewal,
            RequestKind.Rename => Request.NewPort is not null,
            _ => false,
        };

    /// <summary>What the number is on each transport asked for; none where there is no number.</summary>
    public ImmutableArray<PortSituation> Situations =>
        field.IsDefault
            ? field = Number is { } port ? PortSituation.Of(this, port, NumberTransports) : []
            : field;

    /// <summary>
    /// The records of the assignment that a change is about: those of the name, of the number and transports as far as given.
    /// </summary>
    public ImmutableArray<RegistryRecord> Concerned => field.IsDefault ? field = FindConcerned() : field;

    /// <summary>The DCCP service codes asked for, each once; those that are none left out (procedures D1).</summary>
    public ImmutableArray<uint> Codes => field.IsDefault ? field = FindCodes() : field;

    /// <summary>
    /// The assignments whose holders have a say: those of the name that something is added to, of the number that a second
    /// name is to stand on, of the number on other transports that is asked for anew, else those that the change is about.
    /// </summary>
    public ImmutableArray<RegistryRecord> Held => field.IsDefault ? field = FindHeld() : field;

    /// <summary>What the requester claims to be of the assignments held (procedures K3), or null.</summary>
    public Claim? Claim
    {
        get
        {
            if (!isClaimKnown)
                (claim, isClaimKnown) = (ClaimOn(Held), true);
            return claim;
        }
    }

    /// <summary>The earlier requests that want the same name or number (procedures A14).</summary>
    public ImmutableArray<PendingRequest> Rivals => field.IsDefault ? field = FindRivals() : field;

    /// <summary>The records of a name, in any spelling (N2).</summary>
    public ImmutableArray<RegistryRecord> RecordsOf(string? name)
    {
        if (name is not { Length: > 0 })
            return [];
        var found = Basis.Index.Find(name);
        return found.IsEmpty || Rules.Has("N2")
            ? found
            : [.. found.Where(record => record.Name is { } own && own.Text == name)];
    }

    /// <summary>Who holds a record (procedures K1).</summary>
    public Holder HolderOf(RegistryRecord record) => Holder.Of(Rules, Basis, record);

    /// <summary>What the requester claims to be of some records (procedures K3), or null.</summary>
    public Claim? ClaimOn(ImmutableArray<RegistryRecord> records) => Berthbook.Rules.Claim.Of(this, records);

    PortNumber? FindNumber() =>
        (Kind, Request.Port.Kind) switch
        {
            (RequestKind.Rename, _) => Request.NewPort ?? Port,
            (_, PortWishKind.AnyUser or PortWishKind.AnySystem) when Rules.Has("P9") && !Transports.IsEmpty =>
                Basis.PickFrom(
                    Request.Port.Kind == PortWishKind.AnySystem ? PortClass.System : PortClass.User,
                    Transports
                ),
            _ => Port,
        };

    // A renumbering that names no transport is about those that the assignment has.
    ImmutableArray<TransportProtocol> NumberTransports =>
        !Transports.IsEmpty || Kind != RequestKind.Rename
            ? Transports
            : [.. Concerned.Select(record => record.Transport).OfType<TransportProtocol>().Distinct()];

    ImmutableArray<RegistryRecord> FindConcerned() =>
        Request.Name is null && Port is { } port
            ?
            [
                .. Distinct(
                        (Transports.IsEmpty ? TransportProtocols.All : Transports).SelectMany(transport =>
                            Basis.Index.Find(port, transport)
                        )
                    )
                    .Where(record =>
                        Kind == RequestKind.Correction || record.Kind().State() == PortState.Assigned
                    ),
            ]
            :
            [
                .. Named.Where(record =>
                    (Port is not { } number || record.Number is { } range && range.Contains(number))
                    && (Transports.IsEmpty || record.Transport is not { } own || Transports.Contains(own))
                ),
            ];

    ImmutableArray<RegistryRecord> FindHeld() =>
        Kind switch
        {
            RequestKind.Add => Named,
            RequestKind.SecondName => Distinct(Situations.SelectMany(situation => situation.Assignments)),
            RequestKind.Assign or RequestKind.EarlyAllocation when !IsRenewal => Distinct(
                Situations.SelectMany(situation => situation.Holders)
            ),
            _ => Concerned,
        };

    ImmutableArray<uint> FindCodes()
    {
        if (Request.ServiceCodes.IsEmpty)
            return [];
        var found = new List<uint>();
        foreach (var text in Request.ServiceCodes)
        {
            if (ServiceCodes.TryParse(text, out var code, out _) && !found.Contains(code))
                found.Add(code);
        }
        return [.. found];
    }

    ImmutableArray<PendingRequest> FindRivals() =>
        [
            .. Pending.Where(other =>
                other.Document is var document
                && (
                    document.Name is { } name
                        && string.Equals(name, Request.Name, StringComparison.OrdinalIgnoreCase)
                    || document.Port.Number is { } number
                        && number == Port
                        && (document.Transports.Any(Transports.Contains) || Transports.IsEmpty)
                )
            ),
        ];

    static ImmutableArray<RegistryRecord> Distinct(IEnumerable<RegistryRecord> records) =>
        [.. records.Distinct(ReferenceEqualityComparer.Instance).Cast<RegistryRecord>()];
}
