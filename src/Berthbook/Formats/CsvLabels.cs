using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Berthbook.Formats;

/// <summary>
/// Reads references from the labels that the table shows: <c>[Jon_Postel]</c>, <c>[RFC4727][RFC6335]</c>. The table does
/// not say what a label points at, so its words do.
/// </summary>
sealed partial class CsvLabels(ImmutableArray<Footnote> footnotes)
{
    const int MaxDate = 40;

    readonly ValueCache<Reference> persons = new(
        person => person.Data,
        id => new(ReferenceType.Person, id),
        14
    );

    /// <summary>Reads a cell of labels, all of persons or none; false where it is made of anything else.</summary>
    public bool TryRead(ReadOnlySpan<byte> cell, bool arePersons, out ImmutableArray<Reference> references)
    {
        references = [];
        var found = ImmutableArray.CreateBuilder<Reference>(1);
        while (!cell.IsEmpty)
        {
            var length = LengthOfLabel(cell);
            if (length < 0)
                return false;
            var label = cell[1..(length - 1)];
            var reference = arePersons
                ? persons.Of(label)
                : ReferenceOf(Encoding.UTF8.GetString(label), footnotes);
            cell = cell[length..];
            if (LengthOfDate(cell) is > 0 and var suffix)
            {
                reference = reference with { LastUpdated = Encoding.UTF8.GetString(cell[2..(suffix - 1)]) };
                cell = cell[suffix..];
            }
            found.Add(reference);
        }
        references = found.DrainToImmutable();
        return true;
    }

    // The label that a cell begins with, brackets included; -1 where there is none, or an empty one. It may hold any
    // text, other brackets in pairs, which tells [A][B] and [Bob [B]] from [A] [B].
    static int LengthOfLabel(ReadOnlySpan<byte> cell)
    {
        var depth = 0;
        for (var i = 0; i < cell.Length; i++)
        {
            if (cell[i] == '[')
                depth++;
            else if (cell[i] == ']')
                depth--;
            if (depth == 0)
                return i > 1 ? i + 1 : -1;
        }
        return -1;
    }

    // "[label] (date)" is how a reference with a date of its own is printed (formats.md 1.3).
    static int LengthOfDate(ReadOnlySpan<byte> text) =>
        text.StartsWith(" ("u8) ? text[..Math.Min(text.Length, MaxDate)].IndexOf((byte)')') + 1 : 0;

    /// <summary>The reference that a label stands for.</summary>
    public static Reference ReferenceOf(string label, ImmutableArray<Footnote> footnotes)
    {
        if (footnotes.Any(footnote => footnote.Anchor == label))
            return new(ReferenceType.Note, label);
        if (
            label.StartsWith("http://", StringComparison.Ordinal)
            || label.StartsWith("https://", StringComparison.Ordinal)
        )
            return new(ReferenceType.Uri, label);
        if (Document.Match(label) is not { Success: true } match)
            return new(ReferenceType.Text, "", label);
        var part = Reference.TryParsePart(match.Groups["part"].Value.ToLowerInvariant(), out var known)
            ? known
            : ReferencePart.Whole;
        var isDraft = match.Groups["draft"].Success;
        var data = match.Groups["data"].Value;
        return new(
            isDraft ? ReferenceType.Draft : ReferenceType.Rfc,
            isDraft ? data : data.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant(),
            null,
            part,
            match.Groups["place"].Value
        );
    }

    // RFC6335, the page's RFC 6335, BCP165, draft-ietf-x-01, RFC-ietf-x-01 on its way; and which part of it.
    [GeneratedRegex(
        @"\A(?<data>(RFC|BCP|STD) ?[0-9]+|(?<draft>draft|RFC)-[-a-zA-Z0-9.]+)(, (?<part>Section|Page|Appendix|Table|Figure) (?<place>[^,]+))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    static partial Regex Document { get; }
}
