using System.Buffers;
using System.Text;

namespace Berthbook.Search;

/// <summary>Text as searches compare it: white space folded, without case, in UTF-8.</summary>
static class FoldedText
{
    /// <summary>The bytes of a text.</summary>
    public static byte[] Of(string text)
    {
        var writer = new ArrayBufferWriter<byte>(text.Length + 1);
        Append(writer, text);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Appends the bytes of a text.</summary>
    public static void Append(ArrayBufferWriter<byte> writer, string text)
    {
        var folded = Cells.Fold(text);
        if (folded.Length == 0)
            return;
        if (Ascii.ToLower(folded, writer.GetSpan(folded.Length), out var written) == OperationStatus.Done)
        {
            writer.Advance(written);
            return;
        }
        // Upper, then lower, so that letters with two lower cases meet, as they do in an ordinal comparison.
        var lower = string.Create(
            folded.Length,
            folded,
            static (letters, from) =>
            {
                for (var i = 0; i < letters.Length; i++)
                    letters[i] = char.ToLowerInvariant(char.ToUpperInvariant(from[i]));
            }
        );
        writer.Advance(
            Encoding.UTF8.GetBytes(lower, writer.GetSpan(Encoding.UTF8.GetMaxByteCount(lower.Length)))
        );
    }

    /// <summary>Whether a byte is of a word: a letter, a digit, or of a character beyond ASCII.</summary>
    public static bool IsOfWord(byte b) =>
        b is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or >= 0x80;
}
