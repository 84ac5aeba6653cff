using System.Collections.Immutable;

namespace Berthbook;

/// <summary>A child element of a record, in the order of the file (IANA's schema lets them come in any order).</summary>
public enum RecordPart : byte
{
    /// <summary>The service name, perhaps empty.</summary>
    Name,

    /// <summary>The transport protocol.</summary>
    Transport,

    /// <summary>The next of the contacts.</summary>
    Contact,

    /// <summary>The next of the references.</summary>
    Reference,

    /// <summary>The assignee with all its references.</summary>
    Assignee,

    /// <summary>The description.</summary>
    Description,

    /// <summary>The port number or range.</summary>
    Number,

    /// <summary>The DCCP service code.</summary>
    ServiceCode,

    /// <summary>The unauthorized use reported.</summary>
    Unauthorized,

    /// <summary>The assignment notes.</summary>
    Note,
}

/// <summary>
/// White space of an element where it differs from the canonical form (formats.md 3.2). Each text is null where it
/// is the canonical one, a line feed and two blanks a level.
/// </summary>
/// <param name="Before">Before the element itself.</param>
/// <param name="Inside">Before each child in turn, then before the end tag; empty where all are canonical.</param>
public sealed record Gaps(string? Before, ImmutableArray<string?> Inside)
{
    /// <summary>Equal to the character.</summary>
    public bool Equals(Gaps? other) =>
        other is not null && Before == other.Before && Inside.AsSpan().SequenceEqual(other.Inside.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Before, Inside.Length);
}

/// <summary>The form of one record in the file: the order of its parts and its odd white space.</summary>
/// <param name="Parts">The parts in the order of the file.</param>
/// <param name="Gaps">White space of the record, or null where all is canonical.</param>
/// <param name="AssigneeGaps">White space inside the assignee element, or null where canonical.</param>
public sealed record RecordLayout(
    ImmutableArray<RecordPart> Parts,
    Gaps? Gaps = null,
    Gaps? AssigneeGaps = null
)
{
    /// <summary>Equal in every part and blank.</summary>
    public bool Equals(RecordLayout? other) =>
        other is not null
        && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan())
        && Equals(Gaps, other.Gaps)
        && Equals(AssigneeGaps, other.AssigneeGaps);

    /// <inheritdoc/>
    public override int GetHashCode() => Parts.Length;

    /// <summary>The form of a new record: the order that most of IANA's records have, canonical white space.</summary>
    public static RecordLayout For(RegistryRecord record) => new(Complete(record, []));

    /// <summary>
    /// The form of a record that was changed: the order of what it kept, new parts in their usual place,
    /// canonical white space, as IANA does by hand (formats.md 3.2).
    /// </summary>
    public RecordLayout After(RegistryRecord changed) => new(Complete(changed, Parts));

    // Keeps the old order of the parts that still exist and puts each missing one after the part that
    // usually precedes it.
    static ImmutableArray<RecordPart> Complete(RegistryRecord record, ImmutableArray<RecordPart> old)
    {
        var wanted = new List<RecordPart>(8);
        if (
            record.Name is not null
            || (old.Contains(RecordPart.Name) && record.Name is null && record.HasEmptyName)
        )
            wanted.Add(RecordPart.Name);
        if (record.Transport is not null)
            wanted.Add(RecordPart.Transport);
        if (!record.Assignee.IsDefault)
            wanted.Add(RecordPart.Assignee);
        wanted.AddRange(record.Contacts.Select(_ => RecordPart.Contact));
        wanted.Add(RecordPart.Description);
        if (record.Number is not null)
            wanted.Add(RecordPart.Number);
        wanted.AddRange(record.References.Select(_ => RecordPart.Reference));
        if (record.ServiceCode is not null)
            wanted.Add(RecordPart.ServiceCode);
        if (record.Unauthorized is not null)
            wanted.Add(RecordPart.Unauthorized);
        if (record.Note is not null)
            wanted.Add(RecordPart.Note);

        var missing = new List<RecordPart>(wanted);
        var parts = new List<RecordPart>(wanted.Count);
        foreach (var part in old)
        {
            if (missing.Remove(part))
                parts.Add(part);
        }
        foreach (var part in missing)
        {
            var place = parts.FindLastIndex(known => known <= part && known != RecordPart.Reference) + 1;
            if (part == RecordPart.Reference)
                place = Math.Max(
                    place,
                    parts.FindLastIndex(known => known is RecordPart.Number or RecordPart.Reference) + 1
                );
            parts.Insert(old.IsEmpty ? parts.Count : place, part);
        }
        return [.. parts];
    }
}
