namespace Berthbook.Cli.Check;

/// <summary>A value of a YAML file, and where it begins.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
abstract record YamlNode(int Line, int Column);

/// <summary>A text, a number, a word: YAML's scalar, as it is written.</summary>
sealed record YamlText(int Line, int Column, string Value) : YamlNode(Line, Column);

/// <summary>A list.</summary>
sealed record YamlList(int Line, int Column, IReadOnlyList<YamlNode> Items) : YamlNode(Line, Column);

/// <summary>A map, in the order of the file.</summary>
sealed record YamlMap(int Line, int Column, IReadOnlyList<(YamlNode Key, YamlNode Value)> Entries)
    : YamlNode(Line, Column)
{
    const string Merge = "<<";

    /// <summary>The entries with a text for a key, those of merged maps (<c>&lt;&lt;</c>) after the own ones.</summary>
    public IReadOnlyList<(YamlText Key, YamlNode Value)> Named()
    {
        var named = new Dictionary<string, (YamlText, YamlNode)>(StringComparer.Ordinal);
        var seen = new HashSet<YamlNode>(ReferenceEqualityComparer.Instance);
        Collect(this, named, seen);
        return [.. named.Values];
    }

    /// <summary>The value of a key, own or merged; null where there is none.</summary>
    public YamlNode? Find(string key)
    {
        foreach (var (name, value) in Named())
        {
            if (name.Value == key)
                return value;
        }
        return null;
    }

    // A map merged in many ways is collected once.
    static void Collect(YamlNode node, Dictionary<string, (YamlText, YamlNode)> named, HashSet<YamlNode> seen)
    {
        if (!seen.Add(node))
            return;
        if (node is YamlList list)
        {
            foreach (var item in list.Items)
                Collect(item, named, seen);
        }
        if (node is not YamlMap map)
            return;
        foreach (var (key, value) in map.Entries)
        {
            if (key is YamlText text && text.Value != Merge)
                named.TryAdd(text.Value, (text, value));
        }
        foreach (var (key, value) in map.Entries)
        {
            if (key is YamlText { Value: Merge })
                Collect(value, named, seen);
        }
    }
}
