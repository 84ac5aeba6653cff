using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Berthbook.Journal;

/// <summary>A newer program wrote the journal.</summary>
/// <param name="message">Which version it is of, in words.</param>
public sealed class NewerJournalException(string message) : Exception(message);

/// <summary>
/// The journal as one file (docs/journal-format.md section 8): revisions, the personal texts beside them, erasures,
/// and at the end a hash of it all. Not for several threads at once.
/// </summary>
public sealed class JournalFile
{
    readonly JournalOutput frames = new();
    readonly Ledger ledger = new();

    /// <summary>A journal without revisions.</summary>
    public JournalFile() => frames.Bytes(JournalFrames.Magic);

    /// <summary>All revisions and the current registry.</summary>
    public History History { get; private set; } = History.Empty;

    /// <summary>The contacts that were erased (procedures K4).</summary>
    public ImmutableArray<Erasure> Erasures { get; private set; } = [];

    /// <summary>Reads a file and checks every hash of it.</summary>
    /// <exception cref="JournalException">The file is damaged; the message says what and where.</exception>
    /// <exception cref="NewerJournalException">A newer program wrote the file.</exception>
    public static JournalFile Read(ReadOnlyMemory<byte> file)
    {
        var read = JournalFrames.Read(file, out var fault);
        var journal = new JournalFile();
        foreach (var frame in read)
            journal.Take(frame);
        if (fault is not null)
            throw new JournalException(0, fault);
        journal.ledger.ForgetTexts();
        journal.History = journal.ledger.ToHistory();
        return journal;
    }

    /// <summary>Adds a revision in memory; <see cref="Write"/> puts the whole file where it stays.</summary>
    /// <param name="draft">The revision.</param>
    /// <param name="newSalt">Gives 16 fresh random bytes for each call.</param>
    /// <exception cref="JournalException">This program could not read it again; the journal is of no use then.</exception>
    public Revision Append(RevisionDraft draft, Func<byte[]> newSalt)
    {
        var record = ledger.Write(draft, newSalt);
        foreach (var text in record.PersonalTexts)
            ledger.Learn(text);
        var revision = ledger.Apply(record.Bytes);
        ledger.ForgetTexts();
        if (!record.PersonalTexts.IsEmpty)
            JournalFrames.Write(frames, FrameKind.Texts, JournalFrames.Texts(record.PersonalTexts));
        JournalFrames.Write(frames, FrameKind.Revision, record.Bytes);
        History = ledger.ToHistory();
        return revision;
    }

    /// <summary>Writes the whole file.</summary>
    public void Write(Stream file)
    {
        file.Write(frames.Written);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ReadOnlySpan<byte> end = [(byte)FrameKind.End];
        hash.AppendData(frames.Written);
        hash.AppendData(end);
        file.Write(end);
        file.Write(hash.GetHashAndReset());
    }

    /// <summary>Checks a file end to end, also one that is too damaged to be read.</summary>
    /// <exception cref="NewerJournalException">A newer program wrote the file.</exception>
    public static VerifyReport Verify(ReadOnlyMemory<byte> file)
    {
        ImmutableArray<Frame> frames;
        string? fault;
        try
        {
            frames = JournalFrames.Read(file, out fault);
        }
        catch (JournalException damage)
        {
            return new(0, 0, 0, [damage.Message]);
        }
        var faults = new List<string>();
        var texts = new List<StoredText>();
        foreach (var frame in frames)
        {
            if (frame.Kind == FrameKind.Texts)
                texts.AddRange(TextsIn(frame, faults));
        }
        var report = JournalCheck.Of(
            texts,
            Numbered(frames, FrameKind.Revision),
            Numbered(frames, FrameKind.Erasure)
        );
        return report with
        {
            Faults = [.. faults, .. report.Faults, .. fault is null ? [] : new[] { fault }],
        };
    }

    void Take(Frame frame)
    {
        if (!frame.IsWhole)
            throw new JournalException(
                frame.Kind == FrameKind.Revision ? ledger.Count + 1 : 0,
                $"the bytes do not match their hash, at byte {frame.Place} of the file"
            );
        switch (frame.Kind)
        {
            case FrameKind.Texts:
                foreach (var text in ReadTexts(frame))
                {
                    if (!text.IsErased)
                        ledger.Learn(text.Text);
                }
                break;
            case FrameKind.Revision:
                ledger.Apply(frame.Content);
                break;
            default:
                var previous = Erasures.IsEmpty ? Ledger.NoHash : Erasures[^1].Hash;
                Erasures = Erasures.Add(Erasure.Read(frame.Content, Erasures.Length + 1, previous));
                break;
        }
        JournalFrames.Write(frames, frame.Kind, frame.Content.Span);
    }

    static ImmutableArray<StoredText> ReadTexts(Frame frame)
    {
        try
        {
            return JournalFrames.ReadTexts(frame.Content);
        }
        catch (InvalidDataException damage)
        {
            throw new JournalException(0, $"at byte {frame.Place} of the file: {damage.Message}");
        }
    }

    static ImmutableArray<StoredText> TextsIn(Frame frame, List<string> faults)
    {
        try
        {
            if (!frame.IsWhole)
                faults.Add(
                    $"the personal texts at byte {frame.Place} of the file: their bytes do not match their hash"
                );
            return ReadTexts(frame);
        }
        catch (JournalException damage)
        {
            faults.Add(damage.Message);
            return [];
        }
    }

    static IEnumerable<StoredBytes> Numbered(ImmutableArray<Frame> frames, FrameKind kind) =>
        frames
            .Where(frame => frame.Kind == kind)
            .Select((frame, i) => new StoredBytes(i + 1, frame.Hash, frame.Content));
}
