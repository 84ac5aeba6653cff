using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Berthbook.Journal;

/// <summary>What a frame of a journal file holds.</summary>
enum FrameKind : byte
{
    /// <summary>No frame: what follows is the hash of the whole file.</summary>
    End = 0,

    /// <summary>The canonical bytes of a revision.</summary>
    Revision = 1,

    /// <summary>Personal texts that the revision after it commits to.</summary>
    Texts = 2,

    /// <summary>The canonical bytes of an erasure.</summary>
    Erasure = 3,
}

/// <summary>One frame of a journal file.</summary>
/// <param name="Place">Where in the file it begins, in bytes.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Hash">The SHA-256 that the file states of the content.</param>
/// <param name="Content">The content.</param>
readonly record struct Frame(
    int Place,
    FrameKind Kind,
    ReadOnlyMemory<byte> Hash,
    ReadOnlyMemory<byte> Content
)
{
    /// <summary>Whether the content is what the hash says.</summary>
    public bool IsWhole => SHA256.HashData(Content.Span).AsSpan().SequenceEqual(Hash.Span);
}

/// <summary>The outer form of a journal file: magic, frames, the hash of all (docs/journal-format.md section 8).</summary>
static class JournalFrames
{
    const int HashBytes = SHA256.HashSizeInBytes;

    public static ReadOnlySpan<byte> Magic => "BBF1"u8;

    /// <summary>
    /// The frames of a file up to the first place where it breaks off, and what is wrong there; the frames' own
    /// hashes are not checked. Only a file of another kind or a newer version throws.
    /// </summary>
    /// <exception cref="JournalException">The file is no journal.</exception>
    /// <exception cref="NewerJournalException">A newer program wrote the file.</exception>
    public static ImmutableArray<Frame> Read(ReadOnlyMemory<byte> file, out string? fault)
    {
        var input = new JournalInput(file);
        RequireMagic(file.Span);
        input.Bytes(Magic.Length);
        var frames = ImmutableArray.CreateBuilder<Frame>();
        var place = input.Position;
        try
        {
            while (input.Enum<FrameKind>(4) is not FrameKind.End and var kind)
            {
                var length = input.Int();
                frames.Add(new(place, kind, input.Memory(HashBytes), input.Memory(length)));
                place = input.Position;
            }
            var body = file.Span[..input.Position];
            fault =
                !input.Bytes(HashBytes).SequenceEqual(SHA256.HashData(body))
                    ? "the file does not match the hash at its end"
                : input.IsAtEnd ? null
                : $"something follows the end, at byte {input.Position}";
        }
        catch (InvalidDataException damage)
        {
            fault = $"at byte {place} of the file: {damage.Message}";
        }
        return frames.ToImmutable();
    }

    public static void Write(JournalOutput output, FrameKind kind, ReadOnlySpan<byte> content)
    {
        output.Byte((byte)kind);
        output.Number(content.Length);
        output.Bytes(SHA256.HashData(content));
        output.Bytes(content);
    }

    public static byte[] Texts(ImmutableArray<PersonalText> texts)
    {
        var output = new JournalOutput();
        output.List(texts, text => Write(output, text));
        return output.ToArray();
    }

    public static ImmutableArray<StoredText> ReadTexts(ReadOnlyMemory<byte> content)
    {
        var input = new JournalInput(content);
        var texts = input.List(() => ReadText(input));
        return input.IsAtEnd
            ? texts
            : throw new InvalidDataException("something follows the last personal text");
    }

    static void Write(JournalOutput output, PersonalText text)
    {
        output.Bytes(text.Commitment);
        output.Number(text.Party);
        output.Flag(true);
        output.Bytes(text.Salt);
        output.Number(text.Content.Length);
        output.Bytes(text.Content);
    }

    static StoredText ReadText(JournalInput input)
    {
        var commitment = input.Bytes(HashBytes).ToArray();
        var party = input.Int();
        return input.Flag()
            ? new(new(commitment, party, input.Bytes(16).ToArray(), input.TextBytes().ToArray()), false)
            : new(new(commitment, party, [], []), true);
    }

    static void RequireMagic(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(Magic))
            return;
        if (file.Length >= Magic.Length && file.StartsWith(Magic[..^1]) && file[3] > Magic[3])
            throw new NewerJournalException(
                $"a newer Berthbook wrote it (version {(char)file[3]}; this one reads version 1)"
            );
        throw new JournalException(0, file.IsEmpty ? "the file is empty" : "the file is no journal");
    }
}
