using System.Buffers.Binary;
using Berthbook.Formats;
using static Berthbook.SmallRegistry;

namespace Berthbook;

public class IndexFileTests
{
    const int FirstBlock = 4096;

    static readonly Lazy<byte[]> Full = new(() =>
        WrittenIndex.BytesOf(XmlFormat.Read(TestData.Unzip("pairs/2026-02-13/registry.xml.gz")).Registry!)
    );

    [Theory]
    [InlineData("pairs/2026-02-13/registry.xml.gz")]
    [InlineData("pairs/2026-08-17/registry.xml.gz")]
    [InlineData("")]
    public void Gives_the_whole_registry_back(string file)
    {
        var registry = file.Length == 0 ? Fruit.Registry : XmlFormat.Read(TestData.Unzip(file)).Registry!;
        registry = new(
            registry.Header,
            [.. registry.Records.Select((record, i) => record with { Id = i * 7 % 1000 })],
            registry.Contacts
        );
        using var written = new WrittenIndex(registry);
        var read = written.File.Read();
        Assert.Equal(registry.Records.Length, read.Records.Length);
        for (var i = 0; i < registry.Records.Length; i++)
            AssertSame(registry.Records[i], read.Records[i]);
        Assert.Equal(registry.Contacts.Select(contact => contact with { Gaps = null }), read.Contacts);
        Assert.Equal(registry.Header.Title, read.Header.Title);
        Assert.Equal(registry.Header.Updated, read.Header.Updated);
        Assert.Equal(registry.Header.Notes.Select(note => note with { Gap = null }), read.Header.Notes);
        Assert.Equal(registry.Header.References, read.Header.References);
        Assert.Equal(
            registry.Header.Footnotes.Select(note => note with { Gap = null }),
            read.Header.Footnotes
        );
    }

    [Fact]
    public void Keeps_what_only_a_file_of_our_own_may_say()
    {
        RegistryRecord[] records =
        [
            Record("pier", "7-7", "tcp", " odd  blanks\n"),
            Record("pier", "7-7", "udp", " odd  blanks\n"),
            Record("lone \ud800 surrogate", "8", "dccp") with
            {
                ServiceCode = uint.MaxValue,
            },
            Record("pier", "9-12") with
            {
                Assignee = [],
                Contacts = [new(ReferenceType.Person, "Ada")],
                Registered = new RegistryDate(new DateOnly(1, 1, 1)),
                Modified = RegistryDate.TryParse("9999-12", out var month) ? month : null,
                Unauthorized = "",
            },
            Record("pier", "9-12") with
            {
                Contacts = [new(ReferenceType.Person, "Ada")],
            },
            Record("pier") with
            {
                Description = new([
                    new(InlineKind.Text, "a"),
                    new(InlineKind.Break),
                    new(
                        InlineKind.Reference,
                        Reference: new(ReferenceType.Rfc, "rfc1", "", ReferencePart.Page, "3", "2020-01")
                    ),
                    new(InlineKind.Paragraph, Paragraph: Text("x¶y¶z")),
                ]),
                Note = Text("¶deep¶"),
            },
        ];
        using var written = new WrittenIndex(Of(records));
        Assert.Equal(records, written.File.Read().Records);
        Assert.True(written.File.Read().Records[4].Assignee.IsDefault);
        Assert.False(written.File.Read().Records[3].Assignee.IsDefault);
    }

    [Fact]
    public void Says_where_it_comes_from()
    {
        using var written = new WrittenIndex(Of(Record("pier", "7", "tcp")));
        Assert.Equal(WrittenIndex.Source, written.File.Source);
    }

    [Fact]
    public void The_same_registry_gives_the_same_bytes() =>
        Assert.Equal(WrittenIndex.BytesOf(Fruit.Registry), WrittenIndex.BytesOf(Fruit.Registry));

    [Fact]
    public void Is_no_longer_than_a_megabyte_for_IANA_s_registry()
    {
        TestData.Require();
        Assert.InRange(Full.Value.Length, 500_000, 1_000_000);
    }

    [Fact]
    public void A_lookup_reads_a_few_blocks_whatever_the_number_of_records()
    {
        TestData.Require();
        Assert.InRange(BlocksRead(file => file.Find(new(443), TransportProtocol.Tcp)), 1, 8);
        Assert.InRange(BlocksRead(file => file.Find("https")), 1, 12);
        Assert.InRange(BlocksRead(file => file.Effective(new(50_000), TransportProtocol.Udp)), 1, 3);
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_told_and_never_answered_wrong()
    {
        using var written = new WrittenIndex(Fruit.Registry);
        var expected = Answers(written.File);
        var random = new Random(20260213);
        var promise = new Promise(
            "index file",
            "a flipped bit of an index file is told, or changes no answer",
            20260213
        );
        for (var i = 0; i < Counts.Of(1_000, 20_000); i++)
        {
            var bytes = written.Bytes.ToArray();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            written.Save(bytes);
            promise.Tried++;
            promise.Failed += IsToldOrRight(written.Path, expected) ? 0 : 1;
            // The same damage under right checksums: another file, and wrong answers are expected.
            written.Save(Sealed(bytes));
            promise.Control = (
                "right checksums over the damage",
                promise.Control.Failed + (IsToldOrRight(written.Path, expected) ? 0 : 1)
            );
        }
        promise.Record();
        Assert.Equal(0, promise.Failed);
        Assert.True(promise.Control.Failed > 0, "no damage was seen even without checksums");
    }

    [Fact]
    public void Nonsense_under_right_checksums_is_refused_without_harm()
    {
        using var written = new WrittenIndex(Fruit.Registry);
        var random = new Random(443);
        var refused = 0;
        for (var i = 0; i < Counts.Of(2_000, 50_000); i++)
        {
            var bytes = written.Bytes.ToArray();
            for (var changes = random.Next(1, 8); changes > 0; changes--)
            {
                // The head with its counts and places as often as all the rest.
                var place = random.Next(IndexLayout.RecordCountAt, random.Next(2) == 0 ? 256 : bytes.Length);
                bytes[place] = (byte)(
                    random.Next(3) switch
                    {
                        0 => 0,
                        1 => 255,
                        _ => random.Next(256),
                    }
                );
            }
            written.Save(Sealed(bytes));
            try
            {
                using var file = IndexFile.Open(written.Path);
                Answers(file);
            }
            catch (IndexFileException)
            {
                refused++;
            }
        }
        Assert.True(refused > 100, $"only {refused} were refused");
    }

    [Fact]
    public void A_file_of_another_length_is_refused()
    {
        using var written = new WrittenIndex(Fruit.Registry);
        var length = written.Bytes.Length;
        for (var kept = 0; kept < length; kept += Counts.Of(kept is > 300 and < 4000 ? 97 : 7, 1))
            Assert.Equal(
                kept < IndexLayout.FixedLength ? IndexFault.Foreign : IndexFault.WrongLength,
                FaultOf(written, written.Bytes[..kept])
            );
        Assert.Equal(IndexFault.WrongLength, FaultOf(written, [.. written.Bytes, 0]));
        Assert.Null(FaultOf(written, written.Bytes));
    }

    [Fact]
    public void A_file_cut_short_while_it_is_open_is_told()
    {
        TestData.Require();
        using var written = new WrittenIndex(Of());
        written.Save(Full.Value);
        using var file = IndexFile.Open(written.Path);
        Assert.NotEmpty(file.Find(new(443), TransportProtocol.Tcp));
        using (var cut = new FileStream(written.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            cut.SetLength(FirstBlock);
        var told = Assert.Throws<IndexFileException>(() => file.Read());
        Assert.Equal(IndexFault.WrongLength, told.Fault);
        Assert.NotEmpty(file.Find(new(443), TransportProtocol.Tcp));
    }

    [Fact]
    public void Other_files_and_versions_are_recognised()
    {
        using var written = new WrittenIndex(Fruit.Registry);
        Assert.Equal(IndexFault.Foreign, FaultOf(written, []));
        Assert.Equal(IndexFault.Foreign, FaultOf(written, new byte[9_000]));
        Assert.Equal(
            IndexFault.Foreign,
            FaultOf(written, File.ReadAllBytes(Fruit.PathOf("Samples/fruit.xml")))
        );
        Assert.Equal(IndexFault.Foreign, FaultOf(written, [.. "BERTHIDY"u8, .. written.Bytes[8..]]));

        var newer = written.Bytes.ToArray();
        newer[IndexLayout.VersionAt] = 2;
        Assert.Equal(IndexFault.OtherVersion, FaultOf(written, Sealed(newer)));
        var told = Assert.Throws<IndexFileException>(() => IndexFile.Open(written.Path));
        Assert.Contains("version 2", told.Message, StringComparison.Ordinal);

        File.Delete(written.Path);
        Assert.Throws<FileNotFoundException>(() => IndexFile.Open(written.Path));
        Assert.Throws<UnauthorizedAccessException>(() =>
            IndexFile.Open(Path.GetDirectoryName(written.Path)!)
        );
    }

    [Fact]
    public void Damage_is_told_with_its_place()
    {
        using var written = new WrittenIndex(Fruit.Registry);
        var bytes = written.Bytes.ToArray();
        bytes[FirstBlock + 10] ^= 1;
        written.Save(bytes);
        using var file = IndexFile.Open(written.Path);
        var told = Assert.Throws<IndexFileException>(file.CheckAll);
        Assert.Equal(IndexFault.Damaged, told.Fault);
        Assert.Contains("4096 bytes at 4096", told.Message, StringComparison.Ordinal);
    }

    static IndexFault? FaultOf(WrittenIndex written, byte[] bytes)
    {
        written.Save(bytes);
        try
        {
            using var file = IndexFile.Open(written.Path);
            file.CheckAll();
            return null;
        }
        catch (IndexFileException e)
        {
            return e.Fault;
        }
    }

    static bool IsToldOrRight(string path, List<string> expected)
    {
        try
        {
            using var file = IndexFile.Open(path);
            return expected.SequenceEqual(Answers(file));
        }
        catch (IndexFileException)
        {
            return true;
        }
    }

    // All that can be asked, in words.
    static List<string> Answers(IndexFile file)
    {
        var answers = new List<string> { file.Source.ToString() };
        foreach (var transport in TransportProtocols.All)
        {
            foreach (var port in new ushort[] { 0, 7, 20, 443, 1000, 6000, 49151, 49152, 65535 })
            {
                var number = new PortNumber(port);
                answers.AddRange(file.Find(number, transport).Select(Said));
                answers.Add($"{file.Listed(number, transport)} {file.Effective(number, transport)}");
            }
        }
        foreach (var name in file.Names.ToList())
        {
            answers.AddRange(file.Find(name).Select(Said));
            answers.Add($"{name} {file.PrimaryOf(name)} {string.Join(' ', file.AliasesOf(name))}");
        }
        var registry = file.Read();
        answers.AddRange(registry.Records.Select(Said));
        answers.AddRange(registry.Contacts.Select(contact => $"{contact} {string.Join(' ', contact.Uris)}"));
        answers.AddRange(registry.Header.Parts.Select(part => $"{part}"));
        return answers;
    }

    static string Said(RegistryRecord record) =>
        $"{record.Id} {record.Kind()} {string.Join(' ', RecordField.All.Select(field => field.Text(record)))}";

    // How many blocks a question needs: those without which it is not answered.
    static int BlocksRead(Action<IndexFile> ask)
    {
        using var written = new WrittenIndex(Of());
        var read = 0;
        for (var block = FirstBlock; block < Full.Value.Length; block += 4096)
        {
            var bytes = Full.Value.ToArray();
            bytes[block] ^= 1;
            written.Save(bytes);
            using var file = IndexFile.Open(written.Path);
            try
            {
                ask(file);
            }
            catch (IndexFileException)
            {
                read++;
            }
        }
        return read;
    }

    // The file with checksums that are right for what it says now, as far as it says where they are.
    static byte[] Sealed(byte[] bytes)
    {
        var header = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(IndexLayout.HeaderLengthAt));
        if (header < IndexLayout.FixedLength || header > bytes.Length)
            return bytes;
        var first = (header + 4095) / 4096;
        var blocks = (bytes.Length + 4095) / 4096 - first;
        for (var i = 0; i < blocks; i++)
        {
            var start = (first + i) * 4096;
            var sum = IndexLayout.Checksum(bytes.AsSpan(start, Math.Min(4096, bytes.Length - start)));
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(header - 4 * (blocks - i)), sum);
        }
        var headerSum = IndexLayout.HeaderChecksum(bytes.AsSpan(0, header));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(IndexLayout.ChecksumAt), headerSum);
        return bytes;
    }

    static void AssertSame(RegistryRecord expected, RegistryRecord actual)
    {
        Assert.True(expected.SaysTheSame(actual), $"{expected} became {actual}");
        Assert.Equal(expected.Id, actual.Id);
        Assert.Equal(expected.Kind(), actual.KnownKind);
        Assert.Equal(expected.Assignee.IsDefault, actual.Assignee.IsDefault);
        Assert.Equal(expected with { Layout = null }, actual with { Layout = null });
    }
}
