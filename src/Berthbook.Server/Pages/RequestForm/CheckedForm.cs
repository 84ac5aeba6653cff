using System.Collections.Immutable;
using System.Text;
using Berthbook.Answers;
using Berthbook.Requests;
using Berthbook.Rules;

namespace Berthbook.Server.Pages.RequestForm;

/// <summary>What a request is held against.</summary>
/// <param name="Basis">The registry, as the rules read it.</param>
/// <param name="Today">The day, UTC.</param>
/// <param name="ApplyAddress">Where the registry takes requests, where that is somewhere else; or null.</param>
sealed record Grounds(RuleBasis Basis, DateOnly Today, string? ApplyAddress);

/// <summary>The form with what the registry says of it.</summary>
/// <param name="Values">What the fields hold.</param>
sealed record CheckedForm(FormValues Values)
{
    /// <summary>Whether it is still being filled in, so that an empty field is no mistake yet.</summary>
    public required bool IsBeingFilled { get; init; }

    /// <summary>The request as a document, in lines.</summary>
    public required string Document { get; init; }

    /// <summary>The request that the form makes, or null where it cannot be read.</summary>
    public RequestDocument? Request { get; init; }

    /// <summary>How it can be submitted; null where the registry takes no requests.</summary>
    public Submission? Submission { get; init; }

    /// <summary>What the rules say, or null where the request cannot be read.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>The label of the procedure that decides, or null where there is none.</summary>
    public string? Procedure { get; init; }

    /// <summary>What happens next, in order.</summary>
    public ImmutableArray<StepReply> Next { get; init; } = [];

    /// <summary>What would change, as published rows.</summary>
    public ImmutableArray<EffectPart> Effect { get; init; } = [];

    /// <summary>Free numbers to ask for.</summary>
    public required FreePorts Free { get; init; }

    public RequestKind Kind => Values.Kind;

    /// <summary>What is said of the request, the gravest first: faults, or findings.</summary>
    public ImmutableArray<FieldNote> Notes { get; init; } = [];

    /// <summary>Whether a rule refuses it as it is.</summary>
    public bool IsRefused => Notes.Any(note => note.Weight == NoteWeight.Refusal);

    /// <summary>What keeps it from being submitted and that the applicant mends.</summary>
    public IEnumerable<FieldNote> ToMend => Notes.Where(note => note.IsToMend);

    /// <summary>Checks what a form holds.</summary>
    public static CheckedForm Of(FormValues values, bool isBeingFilled, Grounds grounds)
    {
        var json = FormDocument.Write(values);
        var read = RequestFormat.Read(json);
        var form = new CheckedForm(values)
        {
            IsBeingFilled = isBeingFilled,
            Document = Encoding.UTF8.GetString(FormDocument.InLines(json)),
            Free = FreePorts.None,
            Notes = [.. read.Faults.Select(FieldNote.Of)],
        };
        return read.Document is { } document ? form.Judge(document, grounds) : form;
    }

    /// <summary>Checks a document, and fills the form with it.</summary>
    public static CheckedForm Of(RequestDocument document, Grounds grounds) =>
        new CheckedForm(FormDocument.Of(document))
        {
            IsBeingFilled = false,
            Document = Encoding.UTF8.GetString(FormDocument.InLines(RequestFormat.Write(document))),
            Free = FreePorts.None,
        }.Judge(document, grounds);

    /// <summary>What is said of a field, the gravest first.</summary>
    public IEnumerable<FieldNote> NotesOf(FormField field) =>
        Notes.Where(note => note.Field == field && !IsStillEmpty(note));

    /// <summary>Whether a note asks for a field that nobody has come to yet.</summary>
    public bool IsStillEmpty(FieldNote note) =>
        IsBeingFilled
        && note is { Weight: NoteWeight.Need, Field: { } field }
        && Values[field.Name].Length == 0;

    /// <summary>Whether a field is needed and still empty.</summary>
    public bool IsAwaited(FormField field) =>
        Notes.Any(note => note.Field == field && note.Weight == NoteWeight.Need)
        && Values[field.Name].Length == 0;

    /// <summary>Whether a field stands in sight before anybody asks for it: it is filled, or a rule wants it.</summary>
    public bool IsWanted(FormField field) =>
        Values[field.Name].Length > 0 || Notes.Any(note => note.Field == field && note.IsToMend);

    // What is refused because nobody has come to a field yet, as who the request is made, is only needed.
    FieldNote Soften(FieldNote note) =>
        IsBeingFilled
        && note is { Weight: NoteWeight.Refusal, Field: { } field }
        && Values[field.Name].Length == 0
            ? note with
            {
                Weight = NoteWeight.Need,
            }
            : note;

    CheckedForm Judge(RequestDocument document, Grounds grounds)
    {
        var verdict = RuleBook.Standard.Check(grounds.Basis, document, grounds.Today);
        var reply = VerdictReply.Of(verdict, grounds.Basis.Settings, grounds.ApplyAddress);
        return this with
        {
            Request = document,
            Verdict = verdict,
            Procedure = reply.Procedure,
            Next = reply.Next,
            Notes = [.. verdict.Findings.Select(FieldNote.Of).Select(Soften)],
            Effect = verdict.Effect is { } effect ? EffectPart.Of(effect) : [],
            Free = FreePorts.Of(document, grounds.Basis.Advisor),
        };
    }
}
