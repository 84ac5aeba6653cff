using System.Collections.Immutable;

namespace Berthbook.Decisions;

/// <summary>How a service name stays assigned after its number was given back (procedures C2).</summary>
public sealed record KeptName
{
    /// <summary>Whether one record without a transport protocol stands for the name, not one a transport.</summary>
    public bool IsWithoutTransport { get; init; }

    /// <summary>The modification date where that is not the day of the decision.</summary>
    public DateChoice? Modified { get; init; }

    /// <summary>References that are added to those that the name has.</summary>
    public ImmutableArray<Reference> AddedReferences { get; init; } = [];

    /// <summary>The id of the record that the names follow, 0 for the first place; null for the place by default (procedures C13).</summary>
    public int? Follows { get; init; }
}

/// <summary>Assignments given back (RFC 6335 section 8.2, procedures C1, C2).</summary>
public sealed record Deassign : Act
{
    /// <summary>The ids of the records, one a transport that is given back.</summary>
    public required ImmutableArray<int> Records { get; init; }

    /// <summary>The note of the historic use, or null for <c>De-assigned on DATE, previously NAME.</c></summary>
    public RichText? Note { get; init; }

    /// <summary>Whether the name is given back as well: it becomes Reserved.</summary>
    public bool ReleasesName { get; init; }

    /// <summary>How the name stays assigned.</summary>
    public KeptName Name { get; init; } = new();

    /// <summary>The modification date where that is not the day of the decision.</summary>
    public DateChoice? Modified { get; init; }

    internal override string? Rule => "C1";

    internal override string? Do(RegistryEdit edit)
    {
        if (edit.Find(Records, out var records) is { } fault)
            return fault;
        if (!ReleasesName && records.Find(record => record.Number is null) is { } bare)
            return $"{bare} has no number to give back, and its name is to stay";
        if (Note is not null)
            edit.Choose("the note says other than by default");
        return new Releasing(
            edit,
            Modified,
            record => Note ?? Words.Deassigned(edit.Day, record.Name?.Text)
        ).Do(records, ReleasesName ? null : Name);
    }
}
