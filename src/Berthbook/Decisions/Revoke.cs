using System.Collections.Immutable;

namespace Berthbook.Decisions;

/// <summary>Assignments of numbers taken back (RFC 6335 section 8.4, procedures C4); the names stay assigned.</summary>
public sealed record Revoke : Act
{
    /// <summary>The ids of the records, one a transport that is taken back.</summary>
    public required ImmutableArray<int> Records { get; init; }

    /// <summary>The note, or null for <c>De-assigned by revocation on DATE, previously NAME.</c></summary>
    public RichText? Note { get; init; }

    /// <summary>How the names stay assigned.</summary>
    public KeptName Name { get; init; } = new();

    /// <summary>The modification date where that is not the day of the decision.</summary>
    public DateChoice? Modified { get; init; }

    internal override string? Rule => "C4";

    internal override string? Do(RegistryEdit edit)
    {
        if (edit.Find(Records, out var records) is { } fault)
            return fault;
        if (records.Find(record => record.Number is null) is { } bare)
            return $"{bare} has no number to take back";
        if (Note is not null)
            edit.Choose("the note says other than by default");
        return new Releasing(edit, Modified, record => Note ?? Words.Revoked(edit.Day, record.Name?.Text)).Do(
            records,
            Name
        );
    }
}
