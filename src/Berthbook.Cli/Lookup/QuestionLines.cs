using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Berthbook.Cli.Lookup;

/// <summary>
/// Questions from a stream, a line each, and the answers to them in order. An answer is kept as the bytes that it
/// prints, so a question that comes again costs one hash and one copy.
/// </summary>
/// <param name="answer">The bytes of the answer to a line with its number, or null where the line has a fault.</param>
/// <param name="write">Takes the answers; false where nobody reads them any more.</param>
sealed class QuestionLines(Func<string, long, byte[]?> answer, Func<ReadOnlyMemory<byte>, bool> write)
{
    const int BlockBytes = 64 << 10;
    const int MaxLine = 4096;

    // A kept answer is some 200 bytes: 50 MB at most.
    const int MaxKept = 1 << 18;

    static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    readonly Dictionary<byte[], byte[]> kept = new(ByteText.Comparer);
    readonly ArrayBufferWriter<byte> output = new(2 * BlockBytes);
    long number;
    bool isRead = true;

    /// <summary>Answers every line. False where nobody reads the answers any more.</summary>
    /// <exception cref="InvalidDataException">A line is no text; the message says where.</exception>
    public bool Run(Stream input)
    {
        try
        {
            Read(input);
        }
        finally
        {
            // What was answered before a line that is no text stands.
            Flush();
        }
        return isRead;
    }

    void Read(Stream input)
    {
        var block = new byte[BlockBytes];
        var held = 0;
        while (isRead && input.Read(block, held, block.Length - held) is > 0 and var count)
        {
            held += count;
            var rest = Lines(block.AsSpan(0, held));
            if (rest > MaxLine)
            {
                number++;
                throw Fault("the line has more than 4,096 bytes");
            }
            block.AsSpan(held - rest, rest).CopyTo(block);
            held = rest;
        }
        if (held > 0 && isRead)
            Line(block.AsSpan(0, held));
    }

    // Answers the whole lines of a block and returns how many bytes are left of one that is not whole.
    int Lines(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            Line(bytes[..end]);
            bytes = bytes[(end + 1)..];
        }
        return bytes.Length;
    }

    void Line(ReadOnlySpan<byte> line)
    {
        number++;
        if (line is [.., (byte)'\r'])
            line = line[..^1];
        if (line.IsEmpty)
            return;
        if (!kept.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(line, out var bytes))
            bytes = Find(line);
        output.Write(bytes);
        if (output.WrittenCount >= BlockBytes)
            Flush();
    }

    byte[] Find(ReadOnlySpan<byte> line)
    {
        string text;
        try
        {
            text = Strict.GetString(line);
        }
        catch (DecoderFallbackException)
        {
            throw Fault("the line is not UTF-8");
        }
        if (answer(text, number) is not { } bytes)
            return [];
        if (kept.Count < MaxKept)
            kept.Add(line.ToArray(), bytes);
        return bytes;
    }

    void Flush()
    {
        if (output.WrittenCount > 0 && isRead)
            isRead = write(output.WrittenMemory);
        output.ResetWrittenCount();
    }

    InvalidDataException Fault(string words) => new($"-:{number}:1: {words}");

    sealed class ByteText : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static ByteText Comparer { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
