using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using static Berthbook.IndexLayout;

namespace Berthbook;

/// <summary>
/// The bytes of an index file, read and checked a block at a time when they are first asked for. Read, not mapped, so
/// that a file cut short under the process is a fault and not its end.
/// </summary>
sealed class CheckedBlocks : IDisposable
{
    readonly SafeFileHandle file;
    readonly byte[] bytes;
    readonly ulong[] isRead;
    readonly int headerLength;
    readonly int headerBlocks;

    /// <summary>Reads the header, which holds the file's length and the checksums of all blocks, and checks it.</summary>
    public CheckedBlocks(SafeFileHandle file)
    {
        this.file = file;
        var length = RandomAccess.GetLength(file);
        Span<byte> first = stackalloc byte[BlockSize];
        first = first[..(int)Math.Min(length, BlockSize)];
        Fill(first, 0);
        if (first.Length < FixedLength || !first.StartsWith(Magic))
            throw new IndexFileException(IndexFault.Foreign, "This is not an index file");
        var version = BinaryPrimitives.ReadUInt32LittleEndian(first[VersionAt..]);
        if (version != FormatVersion)
            throw new IndexFileException(
                IndexFault.OtherVersion,
                $"The index file is of version {version}; this program reads version {FormatVersion}"
            );
        var said = BinaryPrimitives.ReadUInt64LittleEndian(first[FileLengthAt..]);
        var header = BinaryPrimitives.ReadUInt32LittleEndian(first[HeaderLengthAt..]);
        if (said != (ulong)length)
            throw new IndexFileException(
                IndexFault.WrongLength,
                $"The index file has {length} bytes, and says that it has {said}"
            );
        if (length > int.MaxValue || header < FixedLength || header > length)
            throw Malformed("its header has an impossible length");
        headerLength = (int)header;
        headerBlocks = BlocksOf(headerLength);
        bytes = GC.AllocateUninitializedArray<byte>((int)length);
        isRead = new ulong[BlocksOf((int)length) / 64 + 1];
        first.CopyTo(bytes);
        if (headerLength > first.Length)
            Fill(bytes.AsSpan(first.Length, headerLength - first.Length), first.Length);
        if (
            HeaderChecksum(bytes.AsSpan(0, headerLength))
            != BinaryPrimitives.ReadUInt32LittleEndian(first[ChecksumAt..])
        )
            throw new IndexFileException(IndexFault.Damaged, "The header of the index file is damaged");
        if (headerLength < FixedLength + 4 * (BlocksOf((int)length) - headerBlocks))
            throw Malformed("its header has no room for its checksums");
    }

    /// <summary>How many bytes of the header come before the checksums.</summary>
    public int HeaderEnd => headerLength - 4 * (BlocksOf(bytes.Length) - headerBlocks);

    /// <summary>Where the blocks behind the header begin.</summary>
    public int Start => Math.Min(headerBlocks << BlockBits, bytes.Length);

    /// <summary>How many bytes the file has.</summary>
    public int Length => bytes.Length;

    /// <summary>The header, checked already.</summary>
    public ReadOnlySpan<byte> Header => bytes.AsSpan(0, headerLength);

    /// <summary>Bytes behind the header, checked.</summary>
    public ReadOnlySpan<byte> Span(int start, int length)
    {
        if (start < Start || start > bytes.Length || (uint)length > (uint)(bytes.Length - start))
            throw Malformed($"it speaks of {length} bytes at {start}, which it does not have");
        for (var block = start >> BlockBits; block << BlockBits < start + length; block++)
        {
            if ((isRead[block >> 6] & (1UL << block)) == 0)
                ReadBlock(block);
        }
        return bytes.AsSpan(start, length);
    }

    public void Dispose() => file.Dispose();

    public static IndexFileException Malformed(string what) =>
        new(IndexFault.Malformed, $"The index file makes no sense: {what}");

    void ReadBlock(int block)
    {
        var start = block << BlockBits;
        var span = bytes.AsSpan(start, Math.Min(BlockSize, bytes.Length - start));
        Fill(span, start);
        var sum = bytes.AsSpan(HeaderEnd + 4 * (block - headerBlocks));
        if (Checksum(span) != BinaryPrimitives.ReadUInt32LittleEndian(sum))
            throw new IndexFileException(
                IndexFault.Damaged,
                $"The index file is damaged somewhere in the {span.Length} bytes at {start}"
            );
        isRead[block >> 6] |= 1UL << block;
    }

    void Fill(Span<byte> span, long start)
    {
        while (!span.IsEmpty)
        {
            var read = RandomAccess.Read(file, span, start);
            if (read == 0)
                throw new IndexFileException(
                    IndexFault.WrongLength,
                    $"The index file ended at {start} while it was read"
                );
            span = span[read..];
            start += read;
        }
    }

    static int BlocksOf(int length) => (int)(((long)length + BlockSize - 1) >> BlockBits);
}
