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
    readonly byte[] header;
    readonly byte[]?[] blocks;
    readonly int headerLength;

    /// <summary>Reads the header, which holds the file's length and the checksums of all blocks, and checks it.</summary>
    public CheckedBlocks(SafeFileHandle file)
    {
        this.file = file;
        var length = RandomAccess.GetLength(file);
        header = Read(0, (int)Math.Min(length, BlockSize));
        if (header.Length < FixedLength || !header.AsSpan().StartsWith(Magic))
            throw new IndexFileException(IndexFault.Foreign, "This is not an index file");
        var version = UInt32(VersionAt);
        if (version != FormatVersion)
            throw new IndexFileException(
                IndexFault.OtherVersion,
                $"The index file is of version {version}; this program reads version {FormatVersion}"
            );
        var said = BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(FileLengthAt));
        if (said != (ulong)length)
            throw new IndexFileException(
                IndexFault.WrongLength,
                $"The index file has {length} bytes, and says that it has {said}"
            );
        var headerSaid = UInt32(HeaderLengthAt);
        if (length > int.MaxValue || headerSaid < FixedLength || headerSaid > length)
            throw Malformed("its header has an impossible length");
        (Length, headerLength) = ((int)length, (int)headerSaid);
        if (headerLength > header.Length)
            header = Read(0, headerLength);
        if (HeaderChecksum(Header) != UInt32(ChecksumAt))
            throw new IndexFileException(IndexFault.Damaged, "The header of the index file is damaged");
        blocks = new byte[BlocksOf(Length) - BlocksOf(headerLength)][];
        HeaderEnd = headerLength - 4 * blocks.Length;
        Start = blocks.Length == 0 ? Length : BlocksOf(headerLength) * BlockSize;
        if (HeaderEnd < FixedLength)
            throw Malformed("its header has no room for its checksums");
    }

    /// <summary>How many bytes of the header come before the checksums.</summary>
    public int HeaderEnd { get; }

    /// <summary>Where the blocks behind the header begin.</summary>
    public int Start { get; }

    /// <summary>How many bytes the file has.</summary>
    public int Length { get; }

    /// <summary>The header, checked already.</summary>
    public ReadOnlySpan<byte> Header => header.AsSpan(0, headerLength);

    /// <summary>Bytes behind the header, checked.</summary>
    public ReadOnlySpan<byte> Span(int start, int length)
    {
        if (start < Start || start > Length || (uint)length > (uint)(Length - start))
            throw Malformed($"it speaks of {length} bytes at {start}, which it does not have");
        var place = (start - Start) % BlockSize;
        if (length == 0)
            return [];
        var block = Block((start - Start) / BlockSize);
        if (place + length <= block.Length)
            return block.AsSpan(place, length);
        var joined = new byte[length];
        for (var done = 0; done < length; )
        {
            var part = Block((start - Start + done) / BlockSize).AsSpan((start - Start + done) % BlockSize);
            part = part[..Math.Min(part.Length, length - done)];
            part.CopyTo(joined.AsSpan(done));
            done += part.Length;
        }
        return joined;
    }

    /// <summary>Reads and checks what was not read yet.</summary>
    public void ReadAll()
    {
        for (var i = 0; i < blocks.Length; i++)
            Block(i);
    }

    public void Dispose() => file.Dispose();

    public static IndexFileException Malformed(string what) =>
        new(IndexFault.Malformed, $"The index file makes no sense: {what}");

    byte[] Block(int number)
    {
        if (blocks[number] is { } known)
            return known;
        var start = Start + number * BlockSize;
        var block = Read(start, Math.Min(BlockSize, Length - start));
        if (Checksum(block) != UInt32(HeaderEnd + 4 * number))
            throw new IndexFileException(
                IndexFault.Damaged,
                $"The index file is damaged somewhere in the {block.Length} bytes at {start}"
            );
        return blocks[number] = block;
    }

    uint UInt32(int place) => BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(place));

    byte[] Read(int start, int length)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(length);
        for (var done = 0; done < length; )
        {
            var read = RandomAccess.Read(file, bytes.AsSpan(done), start + done);
            if (read == 0)
                throw new IndexFileException(
                    IndexFault.WrongLength,
                    $"The index file ended at {start + done} while it was read"
                );
            done += read;
        }
        return bytes;
    }

    static int BlocksOf(int length) => (int)(((long)length + BlockSize - 1) >> BlockBits);
}
