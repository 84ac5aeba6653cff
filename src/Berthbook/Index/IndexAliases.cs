using System.Collections.Immutable;

namespace Berthbook;

/// <summary>The names of an index file that stand aside for another, or that others stand aside for.</summary>
static class IndexAliases
{
    public static string? PrimaryOf(IndexContent content, ReadOnlySpan<char> name)
    {
        if (Find(content, name) is not { } place)
            return null;
        var input = content.Open(IndexSection.Aliases, place);
        input.Text();
        return input.OptionalText(input.Byte() != 0);
    }

    public static ImmutableArray<string> AliasesOf(IndexContent content, ReadOnlySpan<char> name)
    {
        if (Find(content, name) is not { } place)
            return [];
        var input = content.Open(IndexSection.Aliases, place);
        input.Text();
        input.OptionalText(input.Byte() != 0);
        var aliases = ImmutableArray.CreateBuilder<string>(input.Count());
        for (var i = 0; i < aliases.Capacity; i++)
            aliases.Add(input.Text());
        return aliases.MoveToImmutable();
    }

    /// <summary>Writes what is said of a name and gives its place.</summary>
    public static uint Write(AliasTable table, string name, IndexOutput output)
    {
        var place = output.Length;
        output.Text(name);
        var primary = table.PrimaryOf(name);
        output.Byte(primary is null ? (byte)0 : (byte)1);
        output.OptionalText(primary);
        var aliases = table.AliasesOf(name);
        output.Number(aliases.Length);
        foreach (var alias in aliases)
            output.Text(alias);
        return (uint)place;
    }

    static uint? Find(IndexContent content, ReadOnlySpan<char> name) =>
        IndexNames.Find(
            content,
            IndexSection.AliasStarts,
            IndexSection.AliasEntries,
            name,
            place => content.Open(IndexSection.Aliases, place).Text()
        );
}
