using System.Buffers.Binary;
using static Berthbook.IndexLayout;

namespace Berthbook;

/// <summary>Writes a registry with its index as an index file.</summary>
sealed class IndexWriting(RegistryIndex index)
{
    readonly SharedTexts texts = new();

    public byte[] Write(IndexSource source)
    {
        var head = new IndexOutput(null);
        IndexHeader.Write(source, head);
        Sections();
        texts.IsCounting = false;
        return Assemble(head, Sections());
    }

    IndexOutput[] Sections()
    {
        var sections = new IndexOutput[IndexLayout.Sections];
        for (var i = 0; i < sections.Length; i++)
            sections[i] = new(texts);
        IndexOutput Of(IndexSection section) => sections[(int)section];

        var lists = new IndexLists(index.Registry.Records);
        IndexPorts.Write(index, lists, Of(IndexSection.PortDirectory), Of(IndexSection.PortPages));
        IndexNames.Write(
            index.Names.Select(name => (name, lists.Reference(index.Find(name)))),
            Of(IndexSection.NameStarts),
            Of(IndexSection.NameEntries)
        );
        IndexNames.Write(
            index.Aliases.Names.Select(name =>
                (name, IndexAliases.Write(index.Aliases, name, Of(IndexSection.Aliases)))
            ),
            Of(IndexSection.AliasStarts),
            Of(IndexSection.AliasEntries)
        );
        Records(Of(IndexSection.RecordGroups), Of(IndexSection.Records));
        Contacts(Of(IndexSection.ContactGroups), Of(IndexSection.Contacts));
        IndexHeader.Write(index.Header, Of(IndexSection.Header));
        sections[(int)IndexSection.Lists] = lists.Section;
        sections[(int)IndexSection.Texts] = texts.Section;
        return sections;
    }

    void Records(IndexOutput groups, IndexOutput output)
    {
        var records = index.Registry.Records;
        var areTwins = new bool[records.Length];
        var one = new IndexOutput(texts);
        for (var i = 0; i < records.Length; i++)
        {
            var isFirst =
                records[i].Name is { Text: var name } && ReferenceEquals(index.Find(name)[0], records[i]);
            IndexRecords.Write(records, i, isFirst, areTwins, one, out areTwins[i]);
            AddTo(groups, output, one, i);
        }
    }

    void Contacts(IndexOutput groups, IndexOutput output)
    {
        var one = new IndexOutput(texts);
        for (var i = 0; i < index.Registry.Contacts.Length; i++)
        {
            IndexContacts.Write(index.Registry.Contacts[i], one);
            AddTo(groups, output, one, i);
        }
    }

    static void AddTo(IndexOutput groups, IndexOutput output, IndexOutput one, int number)
    {
        if (number % GroupSize == 0)
            groups.UInt32((uint)output.Length);
        output.Part(one);
        one.Clear();
    }

    byte[] Assemble(IndexOutput source, IndexOutput[] sections)
    {
        var content = sections.Sum(section => (long)section.Length);
        // The checksums of the blocks stand in the header, whose length says how many blocks there are.
        var sums = (content + BlockSize - 1) / BlockSize;
        var headerLength = FixedLength + source.Length + 4 * sums;
        var start = (headerLength + BlockSize - 1) / BlockSize * BlockSize;
        if (start + content > int.MaxValue)
            throw new InvalidOperationException("The registry is too large for an index file");
        var file = new byte[start + content];
        var at = (int)start;
        for (var i = 0; i < sections.Length; i++)
        {
            UInt32(file, SectionsAt + 8 * i, at);
            UInt32(file, SectionsAt + 8 * i + 4, sections[i].Length);
            sections[i].Bytes.CopyTo(file.AsSpan(at));
            at += sections[i].Length;
        }
        Magic.CopyTo(file);
        UInt32(file, VersionAt, FormatVersion);
        UInt32(file, HeaderLengthAt, headerLength);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(FileLengthAt), (ulong)file.Length);
        UInt32(file, RecordCountAt, index.Registry.Records.Length);
        UInt32(file, ContactCountAt, index.Registry.Contacts.Length);
        source.Bytes.CopyTo(file.AsSpan(FixedLength));
        for (var block = 0; block < sums; block++)
        {
            var place = (int)start + block * BlockSize;
            var sum = Checksum(file.AsSpan(place, Math.Min(BlockSize, file.Length - place)));
            UInt32(file, FixedLength + source.Length + 4 * block, sum);
        }
        UInt32(file, ChecksumAt, HeaderChecksum(file.AsSpan(0, (int)headerLength)));
        return file;
    }

    static void UInt32(byte[] file, int at, long value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), (uint)value);
}
