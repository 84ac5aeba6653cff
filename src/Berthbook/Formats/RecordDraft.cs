using System.Collections.Immutable;

namespace Berthbook.Formats;

/// <summary>A record while it is read; one object for all records of a file.</summary>
sealed class RecordDraft
{
    ImmutableArray<Reference> lastContacts = [];

    public ServiceName? Name { get; set; }
    public PortRange? Number { get; set; }
    public TransportProtocol? Transport { get; set; }
    public RichText? Description { get; set; }
    public ImmutableArray<Reference> Assignee { get; set; }
    public Gaps? AssigneeGaps { get; set; }
    public List<Reference> Contacts { get; } = [];
    public List<Reference> References { get; } = [];
    public RegistryDate? Registered { get; set; }
    public RegistryDate? Modified { get; set; }
    public uint? ServiceCode { get; set; }
    public string? Unauthorized { get; set; }
    public RichText? Note { get; set; }

    /// <summary>Whether a part could not be read, so that its absence is no fault of its own.</summary>
    public bool HasFault { get; set; }

    public void Clear()
    {
        (Name, Number, Transport, Description, Note) = (null, null, null, null, null);
        (Assignee, AssigneeGaps, Unauthorized, ServiceCode) = (default, null, null, null);
        (Registered, Modified, HasFault) = (null, null, false);
        Contacts.Clear();
        References.Clear();
    }

    public void FaultWith(XmlScanner scanner, int offset, string part, string message)
    {
        scanner.Fault(offset, part, message);
        HasFault = true;
    }

    public RegistryRecord ToRecord(RecordLayout layout)
    {
        // The records of one service follow each other and have the same contact: they share the array.
        if (lastContacts.Length != Contacts.Count || !lastContacts.SequenceEqual(Contacts))
            lastContacts = [.. Contacts];
        return new()
        {
            Name = Name,
            Number = Number,
            Transport = Transport,
            Description = Description!,
            Assignee = Assignee,
            Contacts = lastContacts,
            References = References.Count == 0 ? [] : [.. References],
            Registered = Registered,
            Modified = Modified,
            ServiceCode = ServiceCode,
            Unauthorized = Unauthorized,
            Note = Note,
            Layout = layout,
        };
    }
}
