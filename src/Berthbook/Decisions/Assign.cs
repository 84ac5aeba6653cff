using System.Collections.Immutable;

namespace Berthbook.Decisions;

/// <summary>What a decision says of an assignment that it makes, whatever the kind.</summary>
public abstract record AssigningAct : Act
{
    private protected AssigningAct() { }

    /// <summary>The transport protocols, each once; for a name alone perhaps none.</summary>
    public ImmutableArray<TransportProtocol> Transports { get; init; } = [];

    /// <summary>The port number, or null for a name alone.</summary>
    public PortNumber? Port { get; init; }

    /// <summary>The documents that the registrar cites; a request's own statement stays with the request (procedures A1).</summary>
    public ImmutableArray<Reference> References { get; init; } = [];

    /// <summary>The assignment notes, or null.</summary>
    public RichText? Note { get; init; }

    /// <summary>The unauthorized use that is known, or null.</summary>
    public string? Unauthorized { get; init; }

    /// <summary>The DCCP service codes; each is a record of its own (procedures D5).</summary>
    public ImmutableArray<uint> ServiceCodes { get; init; } = [];

    /// <summary>The registration date where that is not the day of the decision (procedures C11).</summary>
    public DateChoice? Registered { get; init; }

    /// <summary>The id of the record that the new ones follow, 0 for the first place; null for the place by default (procedures C13).</summary>
    public int? Follows { get; init; }

    /// <summary>Whether the Reserved records of other transports stand after the assignment, whatever their transport (procedures C13).</summary>
    public bool AreTwinsLast { get; init; }

    private protected NewAssignment Of(
        RegistryEdit edit,
        ServiceName name,
        RichText description,
        ImmutableArray<Reference> assignee,
        ImmutableArray<Reference> contacts
    ) =>
        new()
        {
            Name = name,
            Transports = Transports,
            Port = Port,
            Description = description,
            Assignee = assignee,
            Contacts = contacts,
            References = References,
            Note = Note,
            Unauthorized = Unauthorized,
            ServiceCodes = ServiceCodes,
            Registered = edit.DateOf(Registered, $"the registration date of {name}"),
            Follows = Follows,
            AreTwinsLast = AreTwinsLast,
        };
}

/// <summary>An assignment under a new name: what is published of it, and for whom.</summary>
public abstract record NewNameAct : AssigningAct
{
    private protected NewNameAct() { }

    /// <summary>The service name, in the case in which it is published (procedures N2).</summary>
    public required ServiceName Name { get; init; }

    /// <summary>The description.</summary>
    public required RichText Description { get; init; }

    /// <summary>Who holds it; null where none is recorded.</summary>
    public Party? Assignee { get; init; }

    /// <summary>Who answers for it.</summary>
    public ImmutableArray<Party> Contacts { get; init; } = [];

    /// <summary>The assignment, once its name is free and its parties are contacts; a fault in words, or null.</summary>
    private protected string? Prepare(RegistryEdit edit, out NewAssignment? assignment)
    {
        assignment = null;
        if (edit.TakeName(Name) is { } held)
            return held;
        if (edit.SettleAssignee(Assignee, out var assignee) is { } unknown)
            return unknown;
        if (edit.Settle(Contacts, out var contacts) is { } missing)
            return missing;
        assignment = Of(edit, Name, Description, assignee, contacts);
        return null;
    }
}

/// <summary>A service name assigned, with a port number or without (RFC 6335 section 8.1).</summary>
public sealed record Assign : NewNameAct
{
    internal override string? Do(RegistryEdit edit) =>
        Prepare(edit, out var assignment) ?? assignment!.Do(edit);
}
