using System.Collections.Immutable;

namespace Berthbook.Decisions;

/// <summary>A record as it should have been.</summary>
/// <param name="Id">The id of the record that is put right; 0 for one that is missing.</param>
/// <param name="After">The record as it should be; null where there should be none.</param>
/// <param name="Follows">The id of the record that it should follow, 0 for the first place; null where it stays, or for the place by default.</param>
public sealed record RecordCorrection(int Id, RegistryRecord? After, int? Follows = null);

/// <summary>A contact as it should have been.</summary>
/// <param name="Id">The id of the contact.</param>
/// <param name="After">The contact as it should be, with the same id; null where there should be none.</param>
/// <param name="Follows">The id of the contact that it should follow, empty for the first place; null where it stays, or for the place near its id.</param>
public sealed record ContactCorrection(string Id, Contact? After, string? Follows = null);

/// <summary>
/// A mistake put right by the registrar, with a reason: a new revision, as given to the letter; the wrong state stays in
/// history (procedures C14).
/// </summary>
public sealed record Correct : Act
{
    /// <summary>The records.</summary>
    public ImmutableArray<RecordCorrection> Records { get; init; } = [];

    /// <summary>The contacts.</summary>
    public ImmutableArray<ContactCorrection> Contacts { get; init; } = [];

    internal override string? Rule => "C14";

    internal override string? Do(RegistryEdit edit)
    {
        foreach (var correction in Contacts)
        {
            if (edit.Correct(correction) is { } fault)
                return fault;
        }
        foreach (var correction in Records)
        {
            if (Do(edit, correction) is { } fault)
                return fault;
        }
        return null;
    }

    static string? Do(RegistryEdit edit, RecordCorrection correction)
    {
        if (correction is { Id: 0, After: { } added })
        {
            edit.Add(added, correction.Follows);
            return null;
        }
        if (edit.Find(correction.Id) is not { } record)
            return $"The registry has no record {correction.Id}";
        if (correction.After is not { } after)
        {
            edit.Remove(record);
            return null;
        }
        edit.Records.Replace(after with { Id = record.Id });
        if (correction.Follows is { } follows)
            edit.Move(record, follows);
        return null;
    }
}
