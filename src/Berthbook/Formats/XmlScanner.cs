using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Berthbook.Formats;

/// <summary>
/// Reads the small part of XML that the registry uses, from UTF-8, without a copy: start tags, attributes, text,
/// white space, end tags. No document types, no entities but the five of XML, no comments or instructions inside.
/// A window of 2 MiB moves over a stream, so memory does not grow with the file.
/// </summary>
/// <remarks>
/// What breaks the form of XML is fatal: <see cref="Fail"/> notes it and moves to the end, so that every loop ends.
/// Each element at the top of the registry must fit <see cref="ReadLimits.MaxElementBytes"/>.
/// </remarks>
sealed class XmlScanner
{
    // Text that needs no second look runs until markup, an entity, ']' (which may begin "]]>"), a character that XML does
    // not have or would change, or one that is not ASCII.
    static readonly SearchValues<byte> TextEnds = SearchValues.Create([
        (byte)'<',
        (byte)'&',
        (byte)']',
        .. Enumerable
            .Range(0, 256)
            .Where(c => c is < 32 and not ('\t' or '\n') or > 127)
            .Select(c => (byte)c),
    ]);

    static ReadOnlySpan<byte> CanonicalGap =>
        "\n                                                                "u8;

    readonly Stream? source;
    readonly ProblemList faults;
    readonly long maxBytes;
    byte[] window;
    int position;
    int end;
    long bytesBefore;
    bool isLast;
    int linesBefore;
    int charactersBefore;

    public XmlScanner(ReadOnlyMemory<byte> file, ProblemList faults)
    {
        this.faults = faults;
        maxBytes = long.MaxValue;
        isLast = true;
        if (!System.Runtime.InteropServices.MemoryMarshal.TryGetArray(file, out var segment))
            segment = file.ToArray();
        (window, position, end) = (segment.Array!, segment.Offset, segment.Offset + segment.Count);
        if (position > 0)
            (window, position, end) = (file.ToArray(), 0, file.Length);
    }

    public XmlScanner(Stream source, long maxBytes, ProblemList faults)
    {
        this.faults = faults;
        this.source = source;
        this.maxBytes = maxBytes;
        window = new byte[2 * ReadLimits.MaxElementBytes];
        Refill();
    }

    /// <summary>Whether the file broke the form of XML; nothing after that place was read.</summary>
    public bool HasFailed { get; private set; }

    public bool IsAtEnd => position >= end;

    /// <summary>How many bytes of the file were read so far.</summary>
    public long BytesRead => bytesBefore + position;

    /// <summary>The offset of the next byte, to tell a problem's place with later.</summary>
    public int Mark => position;

    /// <summary>The line of an offset, from 1, counted from an earlier offset and its line.</summary>
    public int LineAt(int offset, int mark, int lineOfMark) =>
        lineOfMark + window.AsSpan(mark, offset - mark).Count((byte)'\n');

    /// <summary>Whether the start tag read last ended its element (<c>/&gt;</c>).</summary>
    public bool WasEmptyTag { get; private set; }

    /// <summary>Whether an end tag at a level comes after the canonical white space or any other.</summary>
    public bool IsEndTagAfterGap(int depth)
    {
        var rest = window.AsSpan(position, end - position);
        var usual = CanonicalGap[..(1 + 2 * depth)];
        if (rest.StartsWith(usual) && rest.Length > usual.Length + 1 && rest[usual.Length] == '<')
            return rest[usual.Length + 1] == '/';
        var start = rest.IndexOfAnyExcept(" \n\t\r"u8);
        return start >= 0 && rest[start..].StartsWith("</"u8);
    }

    /// <summary>Makes sure that the window holds all of the next element at the top of the registry.</summary>
    public void BeginElement()
    {
        if (!isLast && end - position < ReadLimits.MaxElementBytes)
            Refill();
    }

    /// <summary>Line and column, from 1, of an offset in the window.</summary>
    public (int Line, int Column) PlaceOf(int offset)
    {
        var before = window.AsSpan(0, offset);
        var lastLine = before.LastIndexOf((byte)'\n');
        var column = CountCharacters(before[(lastLine + 1)..]) + (lastLine < 0 ? charactersBefore : 0);
        return (linesBefore + before.Count((byte)'\n') + 1, column + 1);
    }

    /// <summary>Notes a fault that leaves the rest of the file readable.</summary>
    public void Fault(int offset, string field, string message)
    {
        var (line, column) = PlaceOf(offset);
        faults.Add(new(line, column, field, message));
    }

    /// <summary>Notes a fault after which nothing can be read.</summary>
    public void Fail(int offset, string message)
    {
        if (HasFailed)
            return;
        Fault(Math.Min(offset, end), "", message);
        HasFailed = true;
        position = end;
    }

    public byte Peek(int ahead = 0) => position + ahead < end ? window[position + ahead] : (byte)0;

    public bool StartsWith(ReadOnlySpan<byte> text) =>
        window.AsSpan(position, end - position).StartsWith(text);

    /// <summary>Skips a text if it comes next.</summary>
    public bool Skip(ReadOnlySpan<byte> text)
    {
        if (!StartsWith(text))
            return false;
        position += text.Length;
        return true;
    }

    /// <summary>Moves behind the next occurrence of a text; false where there is none.</summary>
    public bool SkipThrough(ReadOnlySpan<byte> text)
    {
        var found = window.AsSpan(position, end - position).IndexOf(text);
        position = found < 0 ? end : position + found + text.Length;
        return found >= 0;
    }

    /// <summary>The bytes from an offset to here.</summary>
    public ReadOnlySpan<byte> Since(int offset) => window.AsSpan(offset, position - offset);

    /// <summary>
    /// Reads white space up to markup. Null where it is the canonical one: a line feed and two blanks for each
    /// level. Words between elements are a fault.
    /// </summary>
    public string? Gap(int depth)
    {
        var rest = window.AsSpan(position, end - position);
        var usual = CanonicalGap[..(1 + 2 * depth)];
        if (rest.StartsWith(usual) && rest.Length > usual.Length && rest[usual.Length] == '<')
        {
            position += usual.Length;
            return null;
        }
        var start = position;
        SkipBlanks();
        var gap = Encoding.ASCII.GetString(Since(start)).ReplaceLineEndings("\n");
        if (position < end && window[position] != '<')
        {
            Fault(position, "", "words between elements; only white space stands there");
            Text();
        }
        if (position >= end && !HasFailed)
            FailAtEnd();
        return gap;
    }

    public void SkipBlanks()
    {
        while (position < end && window[position] is (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r')
            position++;
    }

    /// <summary>Reads the name of the start tag that comes next; empty where none does.</summary>
    public ReadOnlySpan<byte> StartTag()
    {
        var start = position;
        if (Peek() != '<')
        {
            if (position >= end)
                FailAtEnd();
            else
                Fail(position, "an element is expected here");
            return default;
        }
        if (Peek(1) is (byte)'!' or (byte)'?')
        {
            Fail(position, ForbiddenMarkup());
            return default;
        }
        position++;
        return Name(start);
    }

    /// <summary>Whether an end tag comes next.</summary>
    public bool IsAtEndTag => Peek() == '<' && Peek(1) == '/';

    /// <summary>Reads the end tag of an element.</summary>
    public void EndTag(ReadOnlySpan<byte> name)
    {
        if (
            StartsWith("</"u8)
            && window.AsSpan(position + 2, end - position - 2) is var rest
            && rest.StartsWith(name)
            && rest.Length > name.Length
            && rest[name.Length] == '>'
        )
        {
            position += name.Length + 3;
            return;
        }
        var start = position;
        if (!Skip("</"u8))
        {
            FailExpectingEnd(name);
            return;
        }
        var found = Name(start);
        SkipBlanks();
        if (!found.SequenceEqual(name) || Peek() != '>')
            Fail(start, $"</{Encoding.UTF8.GetString(name)}> is expected here, not </{Shown(found)}>");
        else
            position++;
    }

    /// <summary>The offset of the attribute value read last.</summary>
    public int ValueOffset { get; private set; }

    /// <summary>
    /// Reads the next attribute of the start tag; false at its end, <paramref name="isEmpty"/> telling whether
    /// the element ended with it (<c>/&gt;</c>).
    /// </summary>
    public bool Attribute(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value, out bool isEmpty)
    {
        name = value = default;
        isEmpty = false;
        SkipBlanks();
        switch (Peek())
        {
            case (byte)'>':
                position++;
                WasEmptyTag = false;
                return false;
            case (byte)'/' when Peek(1) == '>':
                position += 2;
                WasEmptyTag = isEmpty = true;
                return false;
        }
        var start = position;
        name = Name(start);
        SkipBlanks();
        var isGiven = Skip("="u8);
        SkipBlanks();
        var quote = Peek();
        if (HasFailed || name.IsEmpty || !isGiven || quote is not ((byte)'"' or (byte)'\''))
        {
            if (position >= end)
                FailAtEnd();
            Fail(start, "an attribute is written name=\"value\"");
            return false;
        }
        position++;
        var length = window.AsSpan(position, end - position).IndexOf(quote);
        if (length < 0)
        {
            Fail(start, "the attribute's value does not end");
            return false;
        }
        value = window.AsSpan(position, length);
        ValueOffset = position;
        if (value.Contains((byte)'<'))
        {
            Fail(start, "'<' inside an attribute is written &lt;");
            return false;
        }
        position += length + 1;
        return true;
    }

    /// <summary>Reads text up to the next markup: raw ASCII where nothing in it needs decoding, else nothing and the words.</summary>
    public ReadOnlySpan<byte> Text(out string? decoded)
    {
        decoded = null;
        var start = position;
        var rest = window.AsSpan(start, end - start);
        var length = rest.IndexOfAny(TextEnds);
        if (length >= 0 && rest[length] == '<')
        {
            position += length;
            return rest[..length];
        }
        decoded = Text();
        return default;
    }

    /// <summary>Reads text up to the next markup and decodes it.</summary>
    public string Text()
    {
        var start = position;
        var length = window.AsSpan(position, end - position).IndexOf((byte)'<');
        if (length < 0)
        {
            FailAtEnd();
            return "";
        }
        position += length;
        return Decode(window.AsSpan(start, length), start);
    }

    /// <summary>The words of raw bytes: UTF-8, the five entities and character numbers, line ends as line feeds.</summary>
    public string Decode(ReadOnlySpan<byte> raw, int offset, bool isMarkup = false)
    {
        if (!Utf8.IsValid(raw))
        {
            Fail(offset + ValidLength(raw), "the bytes here are not UTF-8");
            return "";
        }
        var control = raw.IndexOfAnyExcept(TextBytes);
        if (control >= 0)
        {
            Fail(offset + control, $"the character U+{raw[control]:X4} is not allowed in XML");
            return "";
        }
        var text = Encoding.UTF8.GetString(raw);
        if (text.AsSpan().IndexOfAny('\uFFFE', '\uFFFF') >= 0)
            Fail(offset, "the characters U+FFFE and U+FFFF are not allowed in XML");
        if (isMarkup)
            return text;
        if (text.Contains("]]>", StringComparison.Ordinal))
            Fault(offset, "", "']]>' in text is written ]]&gt;");
        if (text.Contains('\r', StringComparison.Ordinal))
            text = text.ReplaceLineEndings("\n");
        return text.Contains('&', StringComparison.Ordinal) ? Expand(text, offset) : text;
    }

    // Every byte but the control characters that XML forbids; UTF-8 was checked before.
    static readonly SearchValues<byte> TextBytes = SearchValues.Create([
        .. Enumerable.Range(0, 256).Where(c => c is >= 32 or '\t' or '\n' or '\r').Select(c => (byte)c),
    ]);

    string Expand(string text, int offset)
    {
        var builder = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (rest.IndexOf('&') is >= 0 and var start)
        {
            builder.Append(rest[..start]);
            rest = rest[start..];
            var stop = rest.IndexOf(';');
            var name = stop > 0 ? rest[1..stop] : default;
            if (Entity(name) is not { } value)
            {
                var shown = name.Length is > 0 and <= 32 ? $"&{name};" : "'&'";
                Fail(
                    offset,
                    $"{shown} is not known here: XML has &amp; &lt; &gt; &quot; &apos; and &#number;"
                );
                return "";
            }
            builder.Append(value);
            rest = rest[(stop + 1)..];
        }
        return builder.Append(rest).ToString();
    }

    static string? Entity(ReadOnlySpan<char> name)
    {
        switch (name)
        {
            case "amp":
                return "&";
            case "lt":
                return "<";
            case "gt":
                return ">";
            case "quot":
                return "\"";
            case "apos":
                return "'";
        }
        if (name.Length < 2 || name[0] != '#')
            return null;
        var isHex = name[1] == 'x';
        var digits = name[(isHex ? 2 : 1)..];
        if (digits.Length is 0 or > 7)
            return null;
        var code = 0;
        foreach (var digit in digits)
        {
            if (isHex ? !char.IsAsciiHexDigit(digit) : !char.IsAsciiDigit(digit))
                return null;
            code = code * (isHex ? 16 : 10) + Convert.ToInt32(digit.ToString(), 16);
        }
        var isAllowed =
            code is '\t' or '\n' or '\r' or (>= 32 and not (0xFFFE or 0xFFFF)) && Rune.IsValid(code);
        return isAllowed ? new Rune(code).ToString() : null;
    }

    ReadOnlySpan<byte> Name(int start)
    {
        var from = position;
        while (position < end && IsNameByte(window[position]))
            position++;
        if (position >= end)
            FailAtEnd();
        else if (position == from)
            Fail(start, "the name of an element or attribute is expected here");
        else if (position - from > 100)
            Fail(start, "the name of an element or attribute is longer than 100 characters");
        return window.AsSpan(from, HasFailed ? 0 : position - from);
    }

    static bool IsNameByte(byte b) =>
        b
            is (>= (byte)'a' and <= (byte)'z')
                or (>= (byte)'A' and <= (byte)'Z')
                or (>= (byte)'0' and <= (byte)'9')
                or (byte)'-'
                or (byte)'_'
                or (byte)':'
                or (byte)'.';

    string ForbiddenMarkup() =>
        StartsWith("<!--"u8) ? "a comment has no place in the registry; remove it"
        : StartsWith("<![CDATA["u8)
            ? "a CDATA section has no place in the registry; write &lt; and &amp; instead"
        : StartsWith("<!DOCTYPE"u8) || StartsWith("<!"u8)
            ? "a document type declaration is not accepted; remove it"
        : "a processing instruction has no place inside the registry; remove it";

    void FailExpectingEnd(ReadOnlySpan<byte> name)
    {
        if (position >= end)
            FailAtEnd();
        else if (Peek() == '<' && Peek(1) is (byte)'!' or (byte)'?')
            Fail(position, ForbiddenMarkup());
        else
            Fail(position, $"</{Encoding.UTF8.GetString(name)}> is expected here");
    }

    public void FailAtEnd()
    {
        if (isLast)
            Fail(end, "the file ends in the middle of an element");
        else
            Fail(position, $"one element is larger than {ReadLimits.MaxElementBytes:N0} bytes");
    }

    void Refill()
    {
        var dropped = window.AsSpan(0, position);
        var lastLine = dropped.LastIndexOf((byte)'\n');
        linesBefore += dropped.Count((byte)'\n');
        charactersBefore = CountCharacters(dropped[(lastLine + 1)..]) + (lastLine < 0 ? charactersBefore : 0);
        bytesBefore += position;
        Buffer.BlockCopy(window, position, window, 0, end - position);
        end -= position;
        position = 0;
        while (end < window.Length && !isLast)
        {
            var read = source!.Read(window, end, window.Length - end);
            end += read;
            isLast = read == 0;
        }
        if (bytesBefore + end > maxBytes)
            Fail(position, $"the file is larger than {maxBytes:N0} bytes unpacked");
    }

    static int CountCharacters(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var b in text)
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        return count;
    }

    static int ValidLength(ReadOnlySpan<byte> raw)
    {
        var length = 0;
        while (Rune.DecodeFromUtf8(raw[length..], out _, out var used) == OperationStatus.Done && used > 0)
            length += used;
        return length;
    }

    static string Shown(ReadOnlySpan<byte> name) =>
        Encoding.UTF8.GetString(name[..Math.Min(name.Length, 40)]);
}
