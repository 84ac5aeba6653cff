using System.Globalization;
using System.Text;
using Berthbook.Formats;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Berthbook.Cli.Check;

/// <summary>
/// Reads the documents of a YAML file into nodes that know their places. What is wrong with the file is a fault, never an
/// exception.
/// </summary>
sealed class YamlFile
{
    /// <summary>The largest file that is read: 4 MiB.</summary>
    public const int MaxBytes = 4 << 20;

    const int MaxDepth = 64;

    readonly Dictionary<string, YamlNode> anchors = new(StringComparer.Ordinal);
    readonly Parser parser;

    YamlFile(string text) => parser = new(new StringReader(text));

    /// <summary>Reads all documents; a fault where there is one.</summary>
    public static (IReadOnlyList<YamlNode> Documents, Problem? Fault) Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
            return (
                [],
                new(
                    0,
                    0,
                    "",
                    $"the file is larger than {MaxBytes.ToString("N0", CultureInfo.InvariantCulture)} bytes"
                )
            );
        try
        {
            return (new YamlFile(new UTF8Encoding(false, true).GetString(bytes)).Documents(), null);
        }
        catch (DecoderFallbackException e)
        {
            var before = bytes[..e.Index];
            return (
                [],
                new(
                    before.Count((byte)'\n') + 1,
                    e.Index - before.LastIndexOf((byte)'\n'),
                    "",
                    "the bytes here are not UTF-8"
                )
            );
        }
        catch (YamlException e)
        {
            return ([], new((int)e.Start.Line, (int)e.Start.Column, "", $"not YAML: {e.Message}"));
        }
    }

    List<YamlNode> Documents()
    {
        var documents = new List<YamlNode>();
        while (parser.MoveNext())
        {
            if (parser.Current is DocumentStart)
            {
                anchors.Clear();
                Move();
                documents.Add(Node(0));
            }
        }
        return documents;
    }

    // The node that the current event begins; the parser stands on its last event afterwards.
    YamlNode Node(int depth)
    {
        var begin = parser.Current!;
        if (depth > MaxDepth)
            throw new SemanticErrorException(begin.Start, begin.End, $"nested deeper than {MaxDepth}");
        if (begin is AnchorAlias alias)
            return anchors.TryGetValue(alias.Value.Value, out var known)
                ? known
                : throw new SemanticErrorException(
                    begin.Start,
                    begin.End,
                    $"there is no anchor '{alias.Value.Value}' before"
                );
        var (line, column) = ((int)begin.Start.Line, (int)begin.Start.Column);
        YamlNode node = begin switch
        {
            Scalar scalar => new YamlText(line, column, scalar.Value),
            SequenceStart => new YamlList(line, column, Items(depth)),
            MappingStart => new YamlMap(line, column, Entries(depth)),
            _ => throw new SemanticErrorException(begin.Start, begin.End, "a value is expected"),
        };
        if (begin is NodeEvent { Anchor: { IsEmpty: false } anchor })
            anchors[anchor.Value] = node;
        return node;
    }

    List<YamlNode> Items(int depth)
    {
        var items = new List<YamlNode>();
        for (Move(); parser.Current is not SequenceEnd; Move())
            items.Add(Node(depth + 1));
        return items;
    }

    List<(YamlNode, YamlNode)> Entries(int depth)
    {
        var entries = new List<(YamlNode, YamlNode)>();
        for (Move(); parser.Current is not MappingEnd; Move())
        {
            var key = Node(depth + 1);
            Move();
            entries.Add((key, Node(depth + 1)));
        }
        return entries;
    }

    void Move()
    {
        if (!parser.MoveNext())
            throw new SemanticErrorException("the file ends within a value");
    }
}
