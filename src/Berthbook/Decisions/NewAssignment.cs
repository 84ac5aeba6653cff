using System.Collections.Immutable;

namespace Berthbook.Decisions;

/// <summary>
/// The records of one assignment as a decision makes them: all its transports, its number taken out of what listed it, the
/// number reserved on the others (procedures A1, P5, P6, C11, C13).
/// </summary>
sealed record NewAssignment
{
    public required ServiceName Name { get; init; }

    public required ImmutableArray<TransportProtocol> Transports { get; init; }

    public PortNumber? Port { get; init; }

    public required RichText Description { get; init; }

    public ImmutableArray<Reference> Assignee { get; init; }

    public ImmutableArray<Reference> Contacts { get; init; } = [];

    public ImmutableArray<Reference> References { get; init; } = [];

    public RichText? Note { get; init; }

    public string? Unauthorized { get; init; }

    public RegistryDate? Registered { get; init; }

    public RegistryDate? Modified { get; init; }

    public ImmutableArray<uint> ServiceCodes { get; init; } = [];

    /// <summary>Whether assignments that the number has stay beside.</summary>
    public bool IsBeside { get; init; }

    /// <summary>The record that the new ones follow where the registrar says so.</summary>
    public int? Follows { get; init; }

    /// <summary>Whether the Reserved records of other transports stand after the assignment, whatever their transport.</summary>
    public bool AreTwinsLast { get; init; }

    /// <summary>Makes the records; returns why they do not fit, in words, or null.</summary>
    public string? Do(RegistryEdit edit)
    {
        if (Port is null)
        {
            AddAll(edit, null);
            return null;
        }
        if (Transports.IsEmpty)
            return edit.Breaks("A1", "A port number is assigned on at least one transport protocol");
        var taking = new NumberTaking(edit, Port.Value, Transports);
        if (taking.Take(IsBeside) is { } fault)
            return fault;
        var last = AddAll(edit, taking);
        taking.AddTwins(AreTwinsLast ? last : null);
        return null;
    }

    // The id of the last record.
    int AddAll(RegistryEdit edit, NumberTaking? taking)
    {
        var follows = Follows;
        var last = 0;
        var transports = Transports.IsEmpty
            ? [null]
            : Transports.Order().Select(one => (TransportProtocol?)one);
        foreach (var transport in transports)
        {
            foreach (var code in CodesOn(edit, transport))
            {
                var record = On(edit, transport, code);
                if (transport is { } own && taking?.ReplacedOn(own) is { } held && edit.Find(held.Id) == held)
                {
                    edit.Renew(held, record);
                    last = held.Id;
                    if (follows is { } place)
                        edit.Move(record with { Id = last }, place);
                }
                else
                    last = edit.Add(record, follows);
                follows = follows is null ? null : last;
            }
        }
        return last;
    }

    // One record a service code, for the published form holds one each (procedures D5).
    IEnumerable<uint?> CodesOn(RegistryEdit edit, TransportProtocol? transport) =>
        transport != TransportProtocol.Dccp || ServiceCodes.IsEmpty ? [null]
        : edit.Rules.Has("D5") ? ServiceCodes.Select(code => (uint?)code)
        : [ServiceCodes[0]];

    RegistryRecord On(RegistryEdit edit, TransportProtocol? transport, uint? code) =>
        new()
        {
            Name = edit.Rules.Has("N2") ? Name : ServiceName.Historic(Name.Text.ToLowerInvariant()),
            Number = Port is { } port ? new PortRange(port) : null,
            Transport = transport,
            Description = Description,
            Assignee = Assignee,
            Contacts = Contacts,
            References = References,
            Registered = Registered,
            Modified = Modified,
            ServiceCode = code,
            Unauthorized = Unauthorized,
            Note = Note,
        };
}
