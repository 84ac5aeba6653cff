using System.Collections.Immutable;
using Berthbook.Requests;

namespace Berthbook.Rules;

/// <summary>
/// One request held against the rules: the document, the registry, the requests before it, the day, and the facts that
/// several rules need, each found once. Not for several threads at once.
/// </summary>
sealed class Question
{
    readonly Lazy<ImmutableArray<PortSituation>> situations;
    readonly Lazy<ImmutableArray<RegistryRecord>> concerned;
    readonly Lazy<ImmutableArray<PendingRequest>> rivals;

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
        Named = request.Name is { Length: > 0 } asked ? basis.Index.Find(asked) : [];
        situations = new(() => PortSituation.Of(this));
        concerned = new(() => FindConcerned());
        rivals = new(() => FindRivals());
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

    /// <summary>The records that have the name, in any spelling.</summary>
    public ImmutableArray<RegistryRecord> Named { get; }

    /// <summary>Whether the request asks for a new assignment of a name or number.</summary>
    public bool IsForNew =>
        Kind
            is RequestKind.Assign
                or RequestKind.Add
                or RequestKind.SecondName
                or RequestKind.Reuse
                or RequestKind.EarlyAllocation;

    /// <summary>The transport protocols asked for.</summary>
    public ImmutableArray<TransportProtocol> Transports => Request.Transports;

    /// <summary>The number asked for, or null where it is none.</summary>
    public PortNumber? Port => Request.Port.Number;

    /// <summary>What the number asked for is on each transport asked for; none where no number is asked for.</summary>
    public ImmutableArray<PortSituation> Situations => situations.Value;

    /// <summary>
    /// The records of the assignment that a change is about: those of the name, of the number and transports as far as given.
    /// </summary>
    public ImmutableArray<RegistryRecord> Concerned => concerned.Value;

    /// <summary>The earlier requests that want the same name or number (procedures A14).</summary>
    public ImmutableArray<PendingRequest> Rivals => rivals.Value;

    ImmutableArray<RegistryRecord> FindConcerned() =>
        Request.Name is null && Port is { } port
            ?
            [
                .. (Transports.IsEmpty ? TransportProtocols.All : Transports)
                    .SelectMany(transport => Basis.Index.Find(port, transport))
                    .Distinct(ReferenceEqualityComparer.Instance)
                    .Cast<RegistryRecord>()
                    .Where(record => record.Kind().State() == PortState.Assigned),
            ]
            :
            [
                .. Named.Where(record =>
                    (Port is not { } number || record.Number is { } range && range.Contains(number))
                    && (Transports.IsEmpty || record.Transport is not { } own || Transports.Contains(own))
                ),
            ];

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
}
