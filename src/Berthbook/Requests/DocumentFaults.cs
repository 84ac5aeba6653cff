using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Berthbook.Formats;

namespace Berthbook.Requests;

/// <summary>The faults of a JSON document, noted by the byte and told by line and column.</summary>
sealed class DocumentFaults(ReadOnlyMemory<byte> json)
{
    readonly List<(int At, string Field, string Message)> noted = [];

    public int Count { get; private set; }

    public bool IsEmpty => Count == 0;

    public void Add(int at, string field, string message)
    {
        Count++;
        if (noted.Count < ReadResult.MaxProblems)
            noted.Add((at, field, message));
    }

    /// <summary>Whether there are too many bytes, or some are not UTF-8; notes it.</summary>
    public bool OfBytes()
    {
        if (json.Length > RequestFormat.MaxBytes)
            Add(0, "", $"the document has at most {RequestFormat.MaxBytes:N0} bytes");
        else if (!Utf8.IsValid(json.Span))
            Add(ValidLength(json.Span), "", "the bytes here are not UTF-8");
        return !IsEmpty;
    }

    /// <summary>Notes where the bytes stop being JSON.</summary>
    /// <param name="exception">What the reader says: lines from 0, and the byte in the line.</param>
    /// <param name="start">The byte at which the reader began.</param>
    public void AddSyntax(JsonException exception, int start)
    {
        var at = start;
        for (var lines = exception.LineNumber ?? 0; lines > 0; lines--)
            at += json.Span[at..].IndexOf((byte)'\n') + 1;
        at = (int)Math.Clamp(at + (exception.BytePositionInLine ?? 0), 0, json.Length);
        var words = exception.Message;
        var tail = words.IndexOf(" LineNumber:", StringComparison.Ordinal);
        Add(at, "", $"this is not JSON as it is read here: {Plain(tail < 0 ? words : words[..tail])}");
    }

    public ImmutableArray<Problem> Listed()
    {
        noted.Sort((one, other) => one.At.CompareTo(other.At));
        return [.. noted.Select(fault => At(fault.At, fault.Field, fault.Message))];
    }

    Problem At(int offset, string field, string message)
    {
        var before = json.Span[..offset];
        if (before.StartsWith("\uFEFF"u8))
            before = before[3..];
        var line = before[(before.LastIndexOf((byte)'\n') + 1)..];
        var column = 1;
        foreach (var b in line)
            column += (b & 0xC0) == 0x80 ? 0 : 1;
        return new(1 + before.Count((byte)'\n'), column, field, message);
    }

    static string Plain(string words) => string.Concat(words.Select(c => Shown.IsSafe(c) ? c : ' '));

    static int ValidLength(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (Rune.DecodeFromUtf8(text[length..], out _, out var used) == OperationStatus.Done && used > 0)
            length += used;
        return length;
    }
}
