using System.Security.Cryptography;
using System.Text;
using Berthbook.Formats;

namespace Berthbook.Journal;

public class LedgerTests
{
    static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Replays_every_state_to_the_byte()
    {
        var states = new[]
        {
            Small.Xml(Small.Record("one", "tcp", "1"), Small.Nameless("Unassigned", null, "2-9")),
            Small.Xml(
                Small.Record(
                    "one",
                    "tcp",
                    "1",
                    "\n    <note>see <xref type=\"person\" data=\"Bob\"/><br/></note>"
                ),
                Small.Nameless("Unassigned", null, "2-9")
            ),
            Small.Xml(
                Small.Nameless("Reserved", "tcp", "1"),
                Small.Record("two", "udp", "2"),
                Small.Nameless("Unassigned", null, "3-9")
            ),
        };
        var ledger = new Ledger();
        foreach (var state in states)
            Append(ledger, state);
        var history = ledger.ToHistory();
        Assert.Equal(states, Enumerable.Range(1, 3).Select(number => XmlFormat.Write(history.At(number)!)));
        Assert.Null(history.At(0));
        Assert.Null(history.At(4));
    }

    [Fact]
    public void Each_hash_is_of_the_bytes_that_name_the_hash_before()
    {
        var ledger = new Ledger();
        var first = Append(ledger, Small.Xml(Small.Record("one", "tcp", "1")));
        var second = Append(ledger, Small.Xml(Small.Record("two", "tcp", "1")));
        var history = ledger.ToHistory();
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(first.Bytes)), history.Revisions[0].Hash);
        Assert.Equal(Ledger.NoHash, history.Revisions[0].Previous);
        Assert.Equal(history.Revisions[0].Hash, history.Revisions[1].Previous);
        Assert.True(second.Bytes.AsSpan().IndexOf(SHA256.HashData(first.Bytes)) > 0);
    }

    [Fact]
    public void No_personal_text_is_in_the_journals_bytes() // procedures K4
    {
        var record = Append(new Ledger(), Small.Xml(Small.Record("one", "tcp", "1")));
        Assert.Equal(-1, record.Bytes.AsSpan().IndexOf("Ada"u8));
        Assert.Contains(record.PersonalTexts, text => Encoding.UTF8.GetString(text.Content) == "Ada_Example");
        Assert.All(record.PersonalTexts, text => Assert.True(Ledger.IsWhole(text)));
    }

    [Fact]
    public void A_contact_whose_texts_are_gone_shows_as_erased_at_every_revision() // procedures K4
    {
        var ledger = new Ledger();
        var first = Append(ledger, Small.Xml(Small.Record("one", "tcp", "1")));
        var second = Append(
            ledger,
            Small.Xml(Small.Record("one", "tcp", "1"), Small.Record("two", "tcp", "2"))
        );
        var reread = new Ledger();
        reread.Apply(first.Bytes);
        reread.Apply(second.Bytes);
        var history = reread.ToHistory();
        foreach (var registry in new[] { history.At(1)!, history.At(2)! })
        {
            Assert.Equal(new Contact { Id = "erased-1", IsErased = true }, Assert.Single(registry.Contacts));
            Assert.Equal("[erased-1]", registry.Records[0].Cell(6));
            Assert.DoesNotContain(
                "Ada",
                Encoding.UTF8.GetString(XmlFormat.Write(registry)),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void Any_flipped_byte_of_a_revision_is_damage_or_another_hash()
    {
        var bytes = Append(
            new Ledger(),
            Small.Xml(Small.Record("one", "tcp", "1", "\n    <note>a<br/><paragraph>b</paragraph></note>"))
        ).Bytes;
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        for (var i = 0; i < bytes.Length; i++)
        {
            var flipped = bytes.ToArray();
            flipped[i] ^= (byte)(1 << i % 8);
            try
            {
                Assert.NotEqual(hash, new Ledger().Apply(flipped).Hash);
            }
            catch (JournalException damage)
            {
                Assert.Equal(1, damage.Revision);
            }
        }
    }

    [Fact]
    public void Refuses_a_revision_out_of_turn()
    {
        var ledger = new Ledger();
        var first = Append(ledger, Small.Xml(Small.Record("one", "tcp", "1")));
        var damage = Assert.Throws<JournalException>(() => ledger.Apply(first.Bytes));
        Assert.Equal(2, damage.Revision);
    }

    [Fact]
    public void Writing_a_revision_changes_nothing_until_it_is_applied()
    {
        var ledger = new Ledger();
        var draft = Draft(History.Empty, Small.Of(Small.Record("one", "tcp", "1")));
        var first = ledger.Write(draft, NewSalt);
        Assert.Equal(first.Bytes.Length, ledger.Write(draft, NewSalt).Bytes.Length);
        Assert.Equal(0, ledger.Count);
    }

    [Fact]
    public void An_import_that_says_the_same_makes_no_revision_and_an_older_one_is_refused()
    {
        var ledger = new Ledger();
        var file = Small.Xml(Small.Record("one", "tcp", "1"));
        Append(ledger, file);
        Assert.IsType<ImportOutcome.NoChange>(Prepare(ledger, file, false));
        var older = Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(file).Replace("2026-01-02", "2025-12-31", StringComparison.Ordinal)
        );
        Assert.IsType<ImportOutcome.Older>(Prepare(ledger, older, false));
        Assert.IsType<ImportOutcome.Ready>(Prepare(ledger, older, true));
    }

    [Fact]
    public void IANAs_steps_have_the_counts_of_formats_7_2()
    {
        TestData.Require();
        (int, int, int)[] records =
        [
            (14485, 0, 0),
            (0, 0, 2),
            (2, 2, 1),
            (4, 1, 0),
            (9, 6, 2),
            (4, 1, 0),
            (0, 0, 2),
            (2, 2, 0),
            (3, 1, 4),
            (2, 2, 0),
            (2, 2, 0),
            (0, 0, 10),
            (0, 0, 10),
            (4, 1, 0),
            (0, 0, 2),
            (0, 0, 1),
            (1, 0, 0),
            (0, 0, 1),
            (3, 1, 0),
        ];
        (int, int, int)[] contacts =
        [
            (5584, 0, 0),
            (2, 1, 0),
            (0, 1, 2),
            (0, 0, 0),
            (0, 0, 0),
            (2, 0, 0),
            (1, 1, 0),
            (1, 1, 1),
            (4, 2, 2),
            (0, 0, 0),
            (0, 0, 1),
            (0, 0, 0),
            (6, 7, 0),
            (1, 0, 0),
            (0, 0, 0),
            (0, 0, 0),
            (2, 0, 0),
            (0, 0, 0),
            (2, 0, 0),
        ];
        var ledger = new Ledger();
        var files = Directory
            .GetFiles(Path.Combine(TestData.Folder!, "iana"))
            .Select(Path.GetFileName)
            .OrderBy(name => name!.Replace(".xml.gz", "", StringComparison.Ordinal), StringComparer.Ordinal)
            .ToList();
        var states = files.Select(file => TestData.Unzip($"iana/{file}")).ToList();
        foreach (var state in states)
            Append(ledger, state);
        var history = ledger.ToHistory();
        Assert.Equal(
            records,
            history.Revisions.Select(revision =>
                (revision.Records.Added, revision.Records.Removed, revision.Records.Changed)
            )
        );
        Assert.Equal(
            contacts,
            history.Revisions.Select(revision =>
                (revision.Contacts.Added, revision.Contacts.Removed, revision.Contacts.Changed)
            )
        );
        for (var number = 1; number <= states.Count; number++)
            Assert.True(
                XmlFormat.Write(history.At(number)!).AsSpan().SequenceEqual(states[number - 1]),
                files[number - 1]
            );
    }

    internal static RevisionDraft Draft(History history, Registry registry) =>
        new(
            Differ.Compare(history.Current, Differ.Identify(history.Current, registry, history.NextRecordId)),
            "registrar",
            "a test",
            Now
        );

    static ImportOutcome Prepare(Ledger ledger, byte[] file, bool allowOlder) =>
        Import.Prepare(
            ledger.ToHistory(),
            XmlFormat.Read(file).Registry!,
            new("file", file.Length, Ledger.NoHash, null),
            "registrar",
            "a test",
            Now,
            allowOlder
        );

    static RevisionRecord Append(Ledger ledger, byte[] file)
    {
        var record = ledger.Write(Draft(ledger.ToHistory(), XmlFormat.Read(file).Registry!), NewSalt);
        foreach (var text in record.PersonalTexts)
            ledger.Learn(text);
        ledger.Apply(record.Bytes);
        return record;
    }

    static byte[] NewSalt() => RandomNumberGenerator.GetBytes(16);
}
