using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace Berthbook;

/// <summary>
/// A registry with its index as one compact file, opened without parsing: a lookup reads and checks the few blocks of
/// 4 KiB that it needs, however many records there are. Damage, truncation, foreign content and other versions are
/// refused with an <see cref="IndexFileException"/> when they are met, never answered wrong. Read errors of the
/// disk are <see cref="IOException"/>s.
/// </summary>
/// <remarks>Not for several threads at a time. Answers stay good after <see cref="Dispose"/>.</remarks>
public sealed class IndexFile : RegistryLookup, IDisposable
{
    const int PageSize = 64;

    readonly IndexContent content;
    readonly RegistryRecord?[]?[] records;
    RegistryHeader? header;

    IndexFile(IndexContent content)
    {
        this.content = content;
        records = new RegistryRecord[content.RecordCount / PageSize + 1][];
        Source = IndexHeader.ReadSource(content.Source);
    }

    /// <summary>Where the registry comes from, read and checked when the file was opened.</summary>
    public IndexSource Source { get; }

    /// <inheritdoc/>
    public override RegistryHeader Header => header ??= IndexHeader.Read(content);

    /// <inheritdoc/>
    public override int RecordCount => content.RecordCount;

    /// <summary>The service names, each once as its first record writes it, in document order. Reads all records.</summary>
    public override IEnumerable<string> Names
    {
        get
        {
            for (var i = 0; i < RecordCount; i++)
            {
                if (IndexRecords.FirstName(content, i) is { } name)
                    yield return name;
            }
        }
    }

    /// <summary>Opens a file, of which it checks the header.</summary>
    /// <exception cref="IndexFileException">It is no index file, damaged, cut, or of another version.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    public static IndexFile Open(string path) =>
        // Whoever writes a new file beside it and renames that is not in our way, and we are not in theirs.
        Open(File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete));

    /// <summary>Opens a file that was opened for reading, of which it checks the header. The file is closed with this.</summary>
    /// <exception cref="IndexFileException">It is no index file, damaged, cut, or of another version.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IndexFile Open(SafeFileHandle file)
    {
        try
        {
            return new(new(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes a registry with its index as a file. The same registry and source give the same bytes.</summary>
    /// <exception cref="InvalidOperationException">The registry is too large: some 100 MB of text.</exception>
    public static void Write(RegistryIndex index, IndexSource source, Stream stream) =>
        stream.Write(new IndexWriting(index).Write(source));

    /// <summary>Writes a registry, which it indexes first.</summary>
    public static void Write(Registry registry, IndexSource source, Stream stream) =>
        Write(new RegistryIndex(registry), source, stream);

    /// <inheritdoc/>
    public override ImmutableArray<RegistryRecord> Find(PortNumber port, TransportProtocol transport) =>
        List(IndexPorts.Find(content, port, transport).Records);

    /// <inheritdoc/>
    public override ImmutableArray<RegistryRecord> Find(ReadOnlySpan<char> name) =>
        IndexNames.Find(content, IndexSection.NameStarts, IndexSection.NameEntries, name, NameOf)
            is { } reference
            ? List(reference)
            : [];

    /// <inheritdoc/>
    public override ImmutableArray<RegistryRecord> Find(ReadOnlySpan<byte> name)
    {
        var rented = ArrayPool<char>.Shared.Rent(name.Length);
        var isText = Utf8.ToUtf16(name, rented, out _, out var length, false) == OperationStatus.Done;
        var found = isText ? Find(rented.AsSpan(0, length)) : [];
        ArrayPool<char>.Shared.Return(rented);
        return found;
    }

    /// <inheritdoc/>
    public override PortState Listed(PortNumber port, TransportProtocol transport) =>
        IndexPorts.Find(content, port, transport).Listed;

    /// <inheritdoc/>
    public override PortState Effective(PortNumber port, TransportProtocol transport) =>
        IndexPorts.Find(content, port, transport).Effective;

    /// <inheritdoc/>
    public override string? PrimaryOf(ReadOnlySpan<char> name) => IndexAliases.PrimaryOf(content, name);

    /// <inheritdoc/>
    public override ImmutableArray<string> AliasesOf(ReadOnlySpan<char> name) =>
        IndexAliases.AliasesOf(content, name);

    /// <summary>
    /// The whole registry, records and contacts as they were but for their layout: each says the same as the one
    /// that was written. Costs a few milliseconds.
    /// </summary>
    public Registry Read()
    {
        content.ShareTexts();
        var contacts = ImmutableArray.CreateBuilder<Contact>(content.ContactCount);
        for (var i = 0; i < content.ContactCount; i++)
            contacts.Add(IndexContacts.Read(content, i));
        var all = ImmutableArray.CreateBuilder<RegistryRecord>(RecordCount);
        for (var i = 0; i < RecordCount; i++)
            all.Add(Record(i));
        return new(Header, all.MoveToImmutable(), contacts.MoveToImmutable());
    }

    /// <summary>Reads every block of the file and checks it.</summary>
    /// <exception cref="IndexFileException">A block is damaged.</exception>
    public void CheckAll() => content.CheckAll();

    /// <summary>Closes the file.</summary>
    public void Dispose() => content.Dispose();

    // Not kept, as records are: a process that asks often asks a RegistryIndex.
    ImmutableArray<RegistryRecord> List(uint reference)
    {
        var numbers = IndexLists.Read(content, reference);
        var list = new RegistryRecord[numbers.Length];
        for (var i = 0; i < list.Length; i++)
            list[i] = Record(numbers[i]);
        return ImmutableCollectionsMarshal.AsImmutableArray(list);
    }

    string NameOf(uint reference) =>
        IndexLists.Read(content, reference) is [var first, ..] ? Record(first).Name?.Text ?? "" : "";

    RegistryRecord Record(int number)
    {
        if (Known(number) is { } known)
            return known;
        var record = IndexRecords.Read(content, number, Known);
        (records[number / PageSize] ??= new RegistryRecord[PageSize])[number % PageSize] = record;
        return record;
    }

    RegistryRecord? Known(int number) =>
        (uint)number < (uint)RecordCount ? records[number / PageSize]?[number % PageSize] : null;
}
