using System.Globalization;
using System.Text;

namespace Berthbook.Server.Pages.RequestForm;

/// <summary>
/// Reads a body in the encoding of forms (WHATWG URL Standard, application/x-www-form-urlencoded) to the bytes that it
/// stands for. A document comes through as it was posted, so that its reader judges it and not a decoder before it.
/// </summary>
static class FormBody
{
    /// <summary>The most fields of a form; a form of ours has fewer.</summary>
    public const int MaxFields = 128;

    /// <summary>The fields in their order, or null where there are more than a form has.</summary>
    public static List<(string Name, byte[] Value)>? Read(ReadOnlySpan<byte> body)
    {
        var fields = new List<(string, byte[])>();
        foreach (var range in body.Split((byte)'&'))
        {
            var field = body[range];
            if (field.IsEmpty)
                continue;
            if (fields.Count == MaxFields)
                return null;
            var end = field.IndexOf((byte)'=');
            var name = end < 0 ? field : field[..end];
            fields.Add((Encoding.UTF8.GetString(Decode(name)), end < 0 ? [] : Decode(field[(end + 1)..])));
        }
        return fields;
    }

    static byte[] Decode(ReadOnlySpan<byte> encoded)
    {
        var decoded = new byte[encoded.Length];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] == '%' && IsByte(encoded[(i + 1)..], out var value))
            {
                decoded[length++] = value;
                i += 2;
            }
            else
            {
                decoded[length++] = encoded[i] == '+' ? (byte)' ' : encoded[i];
            }
        }
        return decoded[..length];
    }

    static bool IsByte(ReadOnlySpan<byte> text, out byte value)
    {
        value = 0;
        return text.Length >= 2
            && byte.TryParse(
                text[..2],
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out value
            );
    }
}
