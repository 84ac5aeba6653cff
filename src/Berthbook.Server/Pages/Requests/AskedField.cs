using System.Collections.Immutable;
using Berthbook.Requests;
using Berthbook.Server.Pages.RequestForm;

namespace Berthbook.Server.Pages.Requests;

/// <summary>What a request says in one field.</summary>
/// <param name="Label">The label of the field, as the form has it.</param>
/// <param name="Text">What it says.</param>
/// <param name="IsLong">Whether it is prose, which stands in lines of its own.</param>
sealed record AskedField(string Label, string Text, bool IsLong)
{
    /// <summary>What a document says, in groups as the form has them.</summary>
    public static ImmutableArray<(string Title, ImmutableArray<AskedField> Fields)> Of(
        RequestDocument document
    )
    {
        var values = FormDocument.Of(document);
        return
        [
            .. FormField
                .All.Where(field => values[field.Name].Length > 0)
                .GroupBy(field => field.Member.Group)
                .Select(group =>
                    (FormGroups.Title(group.Key), group.Select(field => Of(field, values)).ToImmutableArray())
                ),
        ];
    }

    static AskedField Of(FormField field, FormValues values)
    {
        var text = values[field.Name];
        return new(
            field.FullLabel,
            field.Kind switch
            {
                FieldKind.Check or FieldKind.YesNo => text == "true" ? "yes" : "no",
                FieldKind.Transports => string.Join(
                    ", ",
                    values.Lines(field.Name).Select(word => word.ToUpperInvariant())
                ),
                _ => text,
            },
            field.Kind is FieldKind.Text or FieldKind.Pairs || text.Contains('\n')
        );
    }
}
