using System.Collections.Immutable;

namespace Berthbook.Formats;

/// <summary>A record while it is read.</summary>
sealed class RecordDraft
{
    public ServiceName? Name { get; set; }
    public PortRange? Number { get; set; }
    public TransportProtocol? Transport { get; set; }
    public RichText? Description { get; set; }
    public ImmutableArray<Reference> Assignee { get; set; }
    public Gaps? AssigneeGaps { get; set; }
    public List<Reference> Contacts { get; } = [];
    public List<Reference> References { get; } = [];
    public RegistryDate? Registered { get; init; }
    public RegistryDate? Modified { get; init; }
    public uint? ServiceCode { get; set; }
    public string? Unauthorized { get; set; }
    public RichText? Note { get; set; }

    /// <summary>Whether a part could not be read, so that its absence is no fault of its own.</summary>
    public bool HasFault { get; set; }

    public void FaultWith(XmlScanner scanner, int offset, string part, string message)
    {
        scanner.Fault(offset, part, message);
        HasFault = true;
    }

    public RegistryRecord ToRecord(RecordLayout layout) =>
        new()
        {
            Name = Name,
            Number = Number,
            Transport = Transport,
            Description = Description!,
            Assignee = Assignee,
            Contacts = [.. Contacts],
            References = [.. References],
            Registered = Registered,
            Modified = Modified,
            ServiceCode = ServiceCode,
            Unauthorized = Unauthorized,
            Note = Note,
            Layout = layout,
        };
}
