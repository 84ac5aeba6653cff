using System.Collections.Immutable;

namespace Berthbook.Decisions;

/// <summary>What the rules leave to the registrar who carries a request out; what is not given stays at its default.</summary>
public sealed record DecisionChoices
{
    /// <summary>The documents that the registrar cites, by label: <c>RFC9000</c> (procedures A1).</summary>
    public ImmutableArray<string> References { get; init; } = [];

    /// <summary>The registration date where it is not the day of the decision (procedures C11).</summary>
    public RegistryDate? Registered { get; init; }

    /// <summary>Why the registration date is another; needed with one.</summary>
    public string? RegisteredReason { get; init; }

    /// <summary>The id of the record that the new ones follow; 0 for the first place (procedures C13).</summary>
    public int? Follows { get; init; }

    /// <summary>The port number that the registrar picks where the request names a range (procedures P9).</summary>
    public PortNumber? Port { get; init; }

    /// <summary>The assignment notes in the registrar's words.</summary>
    public string? Notes { get; init; }

    /// <summary>The id of a new assignee (procedures K2).</summary>
    public string? AssigneeId { get; init; }

    /// <summary>The id of a new contact (procedures K2).</summary>
    public string? ContactId { get; init; }

    /// <summary>Whether nothing is chosen.</summary>
    public bool IsEmpty => Equals(new DecisionChoices());

    /// <inheritdoc/>
    public bool Equals(DecisionChoices? other) =>
        other is not null
        && References.AsSpan().SequenceEqual(other.References.AsSpan())
        && (Registered, RegisteredReason, Follows, Port, Notes, AssigneeId, ContactId)
            == (
                other.Registered,
                other.RegisteredReason,
                other.Follows,
                other.Port,
                other.Notes,
                other.AssigneeId,
                other.ContactId
            );

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Registered, Follows, Port, Notes);
}
