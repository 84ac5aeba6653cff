using System.Security.Cryptography;
using Berthbook.Formats;

namespace Berthbook.Journal;

public class JournalFileTests
{
    static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    static readonly byte[][] States =
    [
        Small.Xml(Small.Record("one", "tcp", "1"), Small.Nameless("Unassigned", null, "2-9")),
        Small.Xml(Small.Record("one", "tcp", "1"), Small.Record("two", "udp", "2")),
        Small.Xml(Small.Record("two", "udp", "2")),
    ];

    [Fact]
    public void Gives_back_every_revision_to_the_byte()
    {
        var history = JournalFile.Read(File(States)).History;
        Assert.Equal(States, Enumerable.Range(1, 3).Select(number => XmlFormat.Write(history.At(number)!)));
    }

    [Fact]
    public void Goes_on_where_it_ended()
    {
        var journal = JournalFile.Read(File(States[..2]));
        Append(journal, States[2]);
        var reread = JournalFile.Read(Bytes(journal));
        Assert.Equal(States[2], XmlFormat.Write(reread.History.Current!));
        Assert.Equal(
            journal.History.Revisions.Select(revision => revision.Hash),
            reread.History.Revisions.Select(revision => revision.Hash)
        );
        Assert.Equal(Bytes(journal), Bytes(reread));
        Assert.True(JournalFile.Verify(Bytes(journal)).IsWhole);
    }

    [Fact]
    public void No_flipped_bit_goes_unnoticed()
    {
        var file = File(States);
        for (var i = 0; i < file.Length; i++)
        {
            file[i] ^= 1;
            Assert.True(IsRefused(file), $"byte {i}");
            Assert.False(Verified(file), $"byte {i}");
            file[i] ^= 1;
        }
        Assert.False(IsRefused(file));
    }

    [Fact]
    public void No_cut_goes_unnoticed()
    {
        var file = File(States);
        for (var length = 0; length < file.Length; length++)
        {
            Assert.True(IsRefused(file[..length]), $"cut to {length}");
            Assert.False(Verified(file[..length]), $"cut to {length}");
        }
        Assert.True(IsRefused([.. file, 0]));
    }

    [Fact]
    public void Says_what_is_damaged_and_where()
    {
        var file = File(States);
        file[file.AsSpan().IndexOf("The two protocol"u8)] ^= 1;
        var damage = Assert.Throws<JournalException>(() => JournalFile.Read(file));
        Assert.Equal(2, damage.Revision);
        Assert.Matches(
            "revision 2: the bytes do not match their hash, at byte [0-9]+ of the file",
            damage.Message
        );
        Assert.Contains(
            "revision 2: its bytes do not match its hash",
            JournalFile.Verify(file).Faults,
            StringComparer.Ordinal
        );
    }

    [Fact]
    public void Knows_a_newer_file_and_one_of_another_kind()
    {
        var file = File(States);
        file[3]++;
        Assert.Contains(
            "version 2",
            Assert.Throws<NewerJournalException>(() => JournalFile.Read(file)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<JournalException>(() => JournalFile.Read("<?xml version='1.0'?>"u8.ToArray()));
        Assert.Throws<JournalException>(() => JournalFile.Read(Array.Empty<byte>()));
    }

    [Fact]
    public async Task A_program_written_from_the_description_alone_agrees()
    {
        Assert.Equal((0, "3 revisions, "), await VerifyByScript(File(States)));
        Assert.Equal((0, "3 revisions, "), await VerifyByScript(Erased(File(States))));
        Assert.Equal((1, ""), await VerifyByScript(Erased(File(States), withErasure: false)));
        var file = File(States);
        file[file.AsSpan().IndexOf("The two protocol"u8)] ^= 1;
        Assert.Equal((1, ""), await VerifyByScript(file));
        Assert.Equal((1, ""), await VerifyByScript(File(States)[..^1]));
    }

    // procedures K4
    [Fact]
    public void Keeps_what_was_erased_erased()
    {
        var journal = JournalFile.Read(Erased(File(States)));
        Assert.Equal("erased-1", Assert.Single(journal.History.Current!.Contacts).Id);
        Assert.Equal(1, Assert.Single(journal.Erasures).Party);
        Append(journal, States[2]);
        var report = JournalFile.Verify(Bytes(journal));
        Assert.Empty(report.Faults);
        Assert.Equal(1, report.Erased);
    }

    [Fact]
    public void A_text_that_is_gone_without_an_erasure_is_a_fault()
    {
        var file = Erased(File(States), withErasure: false);
        Assert.Contains(
            JournalFile.Verify(file).Faults,
            fault => fault.Contains("is gone though it was not erased", StringComparison.Ordinal)
        );
    }

    // The status of scripts/verify-journal.py, and the first words that it prints.
    static async Task<(int Status, string Words)> VerifyByScript(byte[] file)
    {
        var path = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllBytes(path, file);
            var (status, output, _) = await RepositoryScript.RunAsync("verify-journal.py", path);
            return (status, output[..Math.Min(output.Length, "3 revisions, ".Length)]);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    static bool IsRefused(byte[] file)
    {
        try
        {
            JournalFile.Read(file);
            return false;
        }
        catch (Exception e) when (e is JournalException or NewerJournalException)
        {
            return true;
        }
    }

    static bool Verified(byte[] file)
    {
        try
        {
            return JournalFile.Verify(file).IsWhole;
        }
        catch (NewerJournalException)
        {
            return false;
        }
    }

    // What a program that erases contacts would leave: the texts without salt and content, and the erasure.
    static byte[] Erased(byte[] file, bool withErasure = true)
    {
        var output = new JournalOutput();
        output.Bytes(JournalFrames.Magic);
        foreach (var frame in JournalFrames.Read(file, out _))
        {
            if (frame.Kind != FrameKind.Texts)
            {
                JournalFrames.Write(output, frame.Kind, frame.Content.Span);
                continue;
            }
            var texts = new JournalOutput();
            texts.List(
                JournalFrames.ReadTexts(frame.Content),
                text =>
                {
                    texts.Bytes(text.Text.Commitment);
                    texts.Number(text.Text.Party);
                    texts.Flag(false);
                }
            );
            JournalFrames.Write(output, FrameKind.Texts, texts.ToArray());
        }
        if (withErasure)
            JournalFrames.Write(
                output,
                FrameKind.Erasure,
                Erasure.Write(1, Ledger.NoHash, 1, "Ada_Example", "operator", "asked", Now, new byte[16])
            );
        output.Byte(0);
        output.Bytes(SHA256.HashData(output.Written));
        return output.ToArray();
    }

    static byte[] File(IEnumerable<byte[]> states)
    {
        var journal = new JournalFile();
        foreach (var state in states)
            Append(journal, state);
        return Bytes(journal);
    }

    static byte[] Bytes(JournalFile journal)
    {
        var file = new MemoryStream();
        journal.Write(file);
        return file.ToArray();
    }

    static void Append(JournalFile journal, byte[] state)
    {
        var registry = XmlFormat.Read(state).Registry!;
        var source = new RevisionSource("registry.xml", state.Length, new string('a', 64), null);
        var outcome = Import.Prepare(
            journal.History,
            Erasure.Mask(registry, journal.Erasures),
            source,
            "operator",
            "import",
            Now,
            allowOlder: true
        );
        if (outcome is ImportOutcome.Ready ready)
            journal.Append(ready.Draft, () => RandomNumberGenerator.GetBytes(16));
    }
}
