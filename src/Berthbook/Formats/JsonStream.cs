using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Berthbook.Formats;

/// <summary>
/// Reads a JSON document from a stream, token by token on the outside and whole values inside, so that memory does not
/// grow with the file. What is not JSON is fatal: it is noted, and nothing more is read.
/// </summary>
sealed class JsonStream(Stream source, long maxBytes, ProblemList faults)
{
    // A record of a mebibyte in the XML with every character escaped.
    const int MaxValueBytes = 8 * ReadLimits.MaxElementBytes;

    static readonly JsonReaderOptions Options = new() { MaxDepth = JsonReading.MaxDepth };

    byte[] window = new byte[64 << 10];
    int start;
    int end;
    bool isLast;
    JsonReaderState state = new(Options);
    int tokenStart;
    int line = 1;
    int columnInBytes;
    int column = 1;
    int marked;
    int lineOfMark = 1;

    /// <summary>How many bytes were taken from the stream so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether reading ended at a fault.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>The token read last, or the first of a whole value.</summary>
    public JsonTokenType Token { get; private set; }

    /// <summary>The name of the member that comes next, as it is written.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The bytes of the token or whole value read last; valid until the next is read.</summary>
    public ReadOnlyMemory<byte> Value => window.AsMemory(tokenStart, start - tokenStart);

    /// <summary>Reads a token; false at the end.</summary>
    public bool Read() => Read(takesAll: false);

    /// <summary>Reads a value with all that is inside, or the end of the array or object.</summary>
    public bool ReadValue() => Read(takesAll: true);

    /// <summary>The line of the token or value read last, from 1.</summary>
    public int Line
    {
        get
        {
            if (tokenStart > marked)
            {
                lineOfMark += window.AsSpan(marked, tokenStart - marked).Count((byte)'\n');
                marked = tokenStart;
            }
            return lineOfMark;
        }
    }

    /// <summary>Notes a fault at an offset in the token or value read last.</summary>
    public void Fault(int offset, string field, string message)
    {
        if (faults.IsFull)
        {
            faults.AddUnlisted();
            return;
        }
        var before = window.AsSpan(0, tokenStart + offset);
        var lastLine = before.LastIndexOf((byte)'\n');
        var at = Characters(before[(lastLine + 1)..]) + (lastLine < 0 ? column : 1);
        faults.Add(new(line + before.Count((byte)'\n'), at, field, message));
    }

    /// <summary>Notes a fault after which nothing can be read.</summary>
    public void Fail(int offset, string message)
    {
        Fault(offset, "", message);
        HasFailed = true;
    }

    bool Read(bool takesAll)
    {
        while (!HasFailed)
        {
            var reader = new Utf8JsonReader(window.AsSpan(start, end - start), isLast, state);
            try
            {
                if (reader.Read() && Take(ref reader, takesAll))
                    return true;
                if (isLast)
                    return false;
            }
            catch (JsonException exception)
            {
                FailAt(exception);
                return false;
            }
            Fill();
        }
        return false;
    }

    bool Take(ref Utf8JsonReader reader, bool takesAll)
    {
        var token = reader.TokenType;
        var first = start + (int)reader.TokenStartIndex;
        if (takesAll && !reader.TrySkip())
            return false;
        if (token == JsonTokenType.PropertyName)
            Name = Encoding.UTF8.GetString(reader.ValueSpan);
        state = reader.CurrentState;
        (Token, tokenStart) = (token, first);
        start += (int)reader.BytesConsumed;
        if (Utf8.IsValid(Value.Span))
            return true;
        Fail(ValidLength(Value.Span), "the bytes here are not UTF-8");
        return false;
    }

    void Fill()
    {
        var dropped = window.AsSpan(0, start);
        var lastLine = dropped.LastIndexOf((byte)'\n');
        line += dropped.Count((byte)'\n');
        column = Characters(dropped[(lastLine + 1)..]) + (lastLine < 0 ? column : 1);
        columnInBytes = start - lastLine - 1 + (lastLine < 0 ? columnInBytes : 0);
        (marked, lineOfMark) = (0, line);
        if (start > 0)
        {
            Buffer.BlockCopy(window, start, window, 0, end - start);
            (start, tokenStart, end) = (0, 0, end - start);
        }
        else if (window.Length < MaxValueBytes)
            Array.Resize(ref window, window.Length * 2);
        else
        {
            tokenStart = 0;
            Fail(0, $"one value is larger than {MaxValueBytes:N0} bytes");
            return;
        }
        var read = source.ReadAtLeast(window.AsSpan(end), window.Length - end, throwOnEndOfStream: false);
        if (BytesRead == 0 && window.AsSpan(0, read).StartsWith("\uFEFF"u8))
            start = tokenStart = 3;
        end += read;
        isLast = end < window.Length;
        BytesRead += read;
        if (BytesRead > maxBytes)
            Fail(0, $"the file is larger than {maxBytes:N0} bytes");
    }

    // The exception tells lines from 0 since the beginning, and the byte in the line.
    void FailAt(JsonException exception)
    {
        tokenStart = 0;
        var lines = (exception.LineNumber ?? 0) - (line - 1);
        var at = lines == 0 ? -columnInBytes : 0;
        for (; lines > 0; lines--)
            at += window.AsSpan(at, end - at).IndexOf((byte)'\n') + 1;
        at = (int)Math.Clamp(at + (exception.BytePositionInLine ?? 0), 0, end);
        var words = exception.Message;
        var tail = words.IndexOf(" LineNumber:", StringComparison.Ordinal);
        Fail(at, $"this is not JSON as it is read here: {(tail < 0 ? words : words[..tail])}");
    }

    static int Characters(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var b in text)
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        return count;
    }

    static int ValidLength(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (
            Rune.DecodeFromUtf8(text[length..], out _, out var used) == System.Buffers.OperationStatus.Done
            && used > 0
        )
            length += used;
        return length;
    }
}
