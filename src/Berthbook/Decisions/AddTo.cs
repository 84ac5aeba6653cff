namespace Berthbook.Decisions;

/// <summary>
/// A further transport protocol or port number for a name that is assigned (RFC 6335 section 8.1.1, procedures A6, P10).
/// What is not given is as the assignment has it.
/// </summary>
public sealed record AddTo : AssigningAct
{
    /// <summary>The id of a record of the assignment.</summary>
    public required int Record { get; init; }

    /// <summary>The description, or null for that of the assignment.</summary>
    public RichText? Description { get; init; }

    /// <summary>Who holds it; null for the holder of the assignment.</summary>
    public Party? Assignee { get; init; }

    /// <summary>Who answers for it; null for the contacts of the assignment.</summary>
    public Party? Contact { get; init; }

    internal override string? Do(RegistryEdit edit)
    {
        if (edit.Find(Record) is not { Name: { } name } record)
            return edit.Breaks("A6", $"The registry has no record {Record} with a name");
        if (edit.SettleAssignee(Assignee, out var assignee) is { } unknown)
            return unknown;
        if (edit.SettleAssignee(Contact, out var contacts) is { } missing)
            return missing;
        if (FaultIn(edit, name) is { } held)
            return held;
        var added = Of(
            edit,
            name,
            Description ?? record.Description,
            Assignee is null ? record.Assignee : assignee,
            Contact is null ? record.Contacts : contacts
        );
        return added.Do(edit);
    }

    string? FaultIn(RegistryEdit edit, ServiceName name)
    {
        foreach (var other in edit.Named(name))
        {
            if (
                other.Number == (Port is { } port ? new PortRange(port) : null)
                && (other.Transport is { } own ? Transports.Contains(own) : Transports.IsEmpty)
            )
                return edit.Breaks("P2", $"{other} is assigned already");
        }
        return null;
    }
}
