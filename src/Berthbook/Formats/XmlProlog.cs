using System.Text;
using System.Text.RegularExpressions;

namespace Berthbook.Formats;

/// <summary>
/// The lines before the root element: an XML declaration, instructions and comments, kept as they are. Anything else,
/// a document type above all, is left for the reader of the root to refuse.
/// </summary>
static partial class XmlProlog
{
    public static string Read(XmlScanner scanner)
    {
        var start = scanner.Mark;
        if (scanner.Peek() is 0xFE or 0xFF)
        {
            scanner.Fail(start, "the file is UTF-16; the registry's files are UTF-8");
            return "";
        }
        scanner.Skip("\uFEFF"u8);
        var declarationPlace = scanner.Mark;
        while (!scanner.HasFailed)
        {
            scanner.SkipBlanks();
            var here = scanner.Mark;
            if (scanner.StartsWith("<?"u8) && scanner.SkipThrough("?>"u8))
                RequireInstruction(
                    scanner,
                    Encoding.Latin1.GetString(scanner.Since(here)),
                    here,
                    here == declarationPlace
                );
            else if (scanner.StartsWith("<!--"u8) && scanner.SkipThrough("-->"u8))
                RequireComment(scanner, Encoding.Latin1.GetString(scanner.Since(here)), here);
            else
                break;
        }
        return scanner.Decode(scanner.Since(start), start, isMarkup: true);
    }

    static void RequireInstruction(XmlScanner scanner, string instruction, int offset, bool isFirst)
    {
        if (
            instruction.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase)
            && !instruction.StartsWith("<?xml-", StringComparison.Ordinal)
        )
        {
            if (!isFirst || XmlDeclaration.Match(instruction) is not { Success: true } declaration)
                scanner.Fail(
                    offset,
                    "the XML declaration is <?xml version='1.0' encoding='UTF-8'?>, first in the file"
                );
            else if (
                declaration.Groups[1].Value + declaration.Groups[2].Value is { Length: > 0 } encoding
                && !encoding.Equals("UTF-8", StringComparison.OrdinalIgnoreCase)
            )
                scanner.Fail(
                    offset,
                    $"the file says it is {encoding}, not UTF-8; the registry's files are UTF-8"
                );
        }
        else if (!Instruction.IsMatch(instruction))
        {
            scanner.Fail(offset, "a processing instruction is written <?name words?>");
        }
    }

    static void RequireComment(XmlScanner scanner, string comment, int offset)
    {
        if (
            comment.Length < 7
            || comment.AsSpan(4, comment.Length - 7).Contains("--", StringComparison.Ordinal)
            || comment[^4] == '-'
        )
            scanner.Fail(offset, "a comment has no two hyphens in a row");
    }

    [GeneratedRegex(
        """\A<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:'1\.0'|"1\.0")(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:'([A-Za-z][A-Za-z0-9._-]*)'|"([A-Za-z][A-Za-z0-9._-]*)"))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:'yes'|'no'|"yes"|"no"))?[ \t\r\n]*\?>\z"""
    )]
    static partial Regex XmlDeclaration { get; }

    [GeneratedRegex("""\A<\?[A-Za-z_][A-Za-z0-9._-]*(?:[ \t\r\n][\s\S]*)?\?>\z""")]
    static partial Regex Instruction { get; }
}
