using System.Text.Json;
using Berthbook.Requests;

namespace Berthbook.Cli.Request;

/// <summary>One document of a stream: its bytes, and where it begins.</summary>
/// <param name="Bytes">The bytes, valid until the next one is read; one too large is cut behind what is taken.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in characters, from 1.</param>
readonly record struct StreamedDocument(ReadOnlyMemory<byte> Bytes, int Line, int Column);

/// <summary>
/// JSON documents one after the other, on a line each or over several. Where one is no JSON, the next begins on the next
/// line where the fault is on the first, or else where a line begins with a brace. Behind a record separator (RFC 7464)
/// all is one document up to the next separator. Memory does not grow with the stream.
/// </summary>
sealed class DocumentStream(Stream source)
{
    const byte Separator = 0x1E;
    const int MaxBytes = RequestFormat.MaxBytes + 1;

    byte[] window = new byte[64 << 10];
    int start;
    int end;
    bool isLast;
    int line = 1;
    int column = 1;
    int found;

    enum Scan
    {
        Whole,
        Unfinished,
        Broken,
        Empty,
    }

    /// <summary>The next document, or null at the end; an empty stream is one empty document.</summary>
    public StreamedDocument? Read()
    {
        if (SkipBlank())
        {
            found++;
            var taken = TakeUntil(() => false);
            // The line feed behind it belongs to the frame.
            return taken.Bytes.Span is [.., (byte)'\n'] ? taken with { Bytes = taken.Bytes[..^1] } : taken;
        }
        while (true)
        {
            var room = Room(out var isFinal);
            var scan = Look(window.AsSpan(start, room), isFinal, out var length, out var faultLine);
            if (scan == Scan.Empty && found > 0 && isFinal && start + room == end)
                return null;
            if (scan == Scan.Unfinished && room < MaxBytes)
            {
                Fill(end - start + 1);
                continue;
            }
            found++;
            return scan switch
            {
                Scan.Whole => Take(length),
                Scan.Broken => TakeBroken(faultLine),
                Scan.Empty => Take(room),
                _ => TakeBroken(1),
            };
        }
    }

    // What may belong to the document: as far as a separator, or as it is read.
    int Room(out bool isFinal)
    {
        var room = window.AsSpan(start, end - start).IndexOf(Separator);
        isFinal = isLast || room >= 0;
        return room >= 0 ? room : end - start;
    }

    static Scan Look(ReadOnlySpan<byte> json, bool isFinal, out int length, out long faultLine)
    {
        (length, faultLine) = (0, 0);
        var reader = new Utf8JsonReader(json, isFinal, new(RequestFormat.ReaderOptions));
        try
        {
            if (!reader.Read())
                return Scan.Unfinished;
            if (!reader.TrySkip())
                return Scan.Unfinished;
            length = (int)reader.BytesConsumed;
            return Scan.Whole;
        }
        catch (JsonException exception)
        {
            faultLine = exception.LineNumber ?? 0;
            return IsBlank(json) ? Scan.Empty : Scan.Broken;
        }
    }

    static bool IsBlank(ReadOnlySpan<byte> json)
    {
        for (json = json.TrimStart(" \t\r\n"u8); json.StartsWith("/"u8); json = json.TrimStart(" \t\r\n"u8))
        {
            var close = json.StartsWith("//"u8) ? "\n"u8 : "*/"u8;
            var at = json.IndexOf(close);
            if (at < 0)
                return json.StartsWith("//"u8);
            json = json[(at + close.Length)..];
        }
        return json.IsEmpty;
    }

    StreamedDocument Take(int length)
    {
        var taken = new StreamedDocument(window.AsMemory(start, length), line, column);
        Pass(length);
        return taken;
    }

    // Takes a document that is no JSON as far as another may begin.
    StreamedDocument TakeBroken(long faultLine)
    {
        var first = line;
        return TakeUntil(() =>
            column == 1
            && line > first
            && (faultLine == 0 || (line - first >= faultLine && window[start] == (byte)'{'))
        );
    }

    // Takes bytes as far as a separator, or where a line may begin another document, and drops what is too much.
    StreamedDocument TakeUntil(Func<bool> isNext)
    {
        var (atLine, atColumn) = (line, column);
        var kept = new MemoryStream();
        while ((start < end || More()) && window[start] != Separator && !isNext())
        {
            var piece = window.AsSpan(start, end - start);
            var lineEnd = piece.IndexOf((byte)'\n') + 1;
            if (lineEnd > 0)
                piece = piece[..lineEnd];
            if (piece.IndexOf(Separator) is >= 0 and var separator)
                piece = piece[..separator];
            kept.Write(piece[..(int)Math.Min(piece.Length, MaxBytes - kept.Length)]);
            Pass(piece.Length);
        }
        return new(kept.GetBuffer().AsMemory(0, (int)kept.Length), atLine, atColumn);
    }

    // True where a separator stands before what comes.
    bool SkipBlank()
    {
        var isSeparated = false;
        if (found == 0)
            Fill("\uFEFF"u8.Length);
        if (
            found == 0
            && line == 1
            && column == 1
            && window.AsSpan(start, end - start).StartsWith("\uFEFF"u8)
        )
            start += 3;
        while (start < end || More())
        {
            var blank = window.AsSpan(start, end - start).IndexOfAnyExcept(" \t\r\n\u001E"u8);
            isSeparated |= window.AsSpan(start, blank < 0 ? end - start : blank).Contains(Separator);
            Pass(blank < 0 ? end - start : blank);
            if (blank >= 0)
                return isSeparated;
        }
        return false;
    }

    bool More()
    {
        if (isLast)
            return false;
        Fill(end - start + 1);
        return start < end;
    }

    // Reads until so many bytes are there, or no more come.
    void Fill(int wanted)
    {
        while (!isLast && end - start < wanted)
        {
            if (window.Length - start < wanted)
            {
                var larger = window.Length < wanted ? new byte[Math.Max(wanted, 2 * window.Length)] : window;
                Buffer.BlockCopy(window, start, larger, 0, end - start);
                (window, start, end) = (larger, 0, end - start);
            }
            var read = source.Read(window, end, window.Length - end);
            end += read;
            isLast = read == 0;
        }
    }

    void Pass(int length)
    {
        var passed = window.AsSpan(start, length);
        if (passed.LastIndexOf((byte)'\n') is >= 0 and var last)
        {
            line += passed.Count((byte)'\n');
            column = 1;
            passed = passed[(last + 1)..];
        }
        foreach (var b in passed)
            column += (b & 0xC0) == 0x80 ? 0 : 1;
        start += length;
    }
}
