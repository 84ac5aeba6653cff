using Berthbook.Formats;
using Berthbook.Rules;

namespace Berthbook.Server.Pages.RequestForm;

/// <summary>How much a note weighs, for the eye.</summary>
enum NoteWeight
{
    /// <summary>Told, and nothing depends on it.</summary>
    Advice,

    /// <summary>Waits for somebody else than the applicant.</summary>
    Awaited,

    /// <summary>Has to be given or mended.</summary>
    Need,

    /// <summary>Refuses the request as it is.</summary>
    Refusal,

    /// <summary>Cannot be read.</summary>
    Fault,
}

/// <summary>Something said of a request, beside its field and in the list.</summary>
/// <param name="Weight">How much it weighs.</param>
/// <param name="Field">The field that it stands beside, or null.</param>
/// <param name="Words">What is said.</param>
sealed record FieldNote(NoteWeight Weight, FormField? Field, string Words)
{
    /// <summary>The rule that says it, or null where the reader of documents does.</summary>
    public Rule? Rule { get; init; }

    public bool IsToMend => Weight >= NoteWeight.Need;

    public static FieldNote Of(Problem fault) =>
        new(
            NoteWeight.Fault,
            FormField.Find(fault.Field),
            FormField.Find(fault.Field) is null && fault.Field.Length > 0
                ? $"{fault.Field}: {fault.Message}"
                : fault.Message
        );

    public static FieldNote Of(Finding finding) =>
        new(
            finding.Severity switch
            {
                Severity.Refuse => NoteWeight.Refusal,
                Severity.Advise => NoteWeight.Advice,
                _ => finding.Field is null ? NoteWeight.Awaited : NoteWeight.Need,
            },
            finding.Field is { } field ? FormField.Find(field) : null,
            finding.Message
        )
        {
            Rule = RuleBook.Standard.Find(finding.Rule),
        };
}
