using System.Buffers.Binary;
using System.Numerics;

namespace Berthbook;

/// <summary>The parts of an index file behind its header, in the order they stand.</summary>
enum IndexSection
{
    /// <summary>For each transport and each 256 port numbers, where their page begins.</summary>
    PortDirectory,

    /// <summary>Pages of 256 port numbers: states and records.</summary>
    PortPages,

    /// <summary>Buckets of the service names.</summary>
    NameStarts,
    NameEntries,

    /// <summary>Buckets of the names that stand aside, or that others stand aside for.</summary>
    AliasStarts,
    AliasEntries,
    Aliases,

    /// <summary>Lists of more or fewer than one record.</summary>
    Lists,

    /// <summary>Where every sixteenth record begins.</summary>
    RecordGroups,
    Records,
    ContactGroups,
    Contacts,

    /// <summary>Texts that are used more than once.</summary>
    Texts,

    /// <summary>What the registry says of itself.</summary>
    Header,
}

/// <summary>
/// The fixed beginning of an index file, all numbers little-endian: magic, version, length of the header, length of
/// the file, checksum of the header but itself, counts, places of the sections. The source and the checksums of the
/// blocks follow, and end the header.
/// </summary>
static class IndexLayout
{
    public const uint FormatVersion = 1;
    public const int BlockBits = 12;
    public const int BlockSize = 1 << BlockBits;

    public const int VersionAt = 8;
    public const int HeaderLengthAt = 12;
    public const int FileLengthAt = 16;
    public const int ChecksumAt = 24;
    public const int RecordCountAt = 28;
    public const int ContactCountAt = 32;
    public const int SectionsAt = 36;
    public const int Sections = (int)IndexSection.Header + 1;
    public const int FixedLength = SectionsAt + 8 * Sections;

    /// <summary>How many records or contacts share a place in their table of places.</summary>
    public const int GroupSize = 16;

    public static ReadOnlySpan<byte> Magic => "BERTHIDX"u8;

    /// <summary>The checksum of a header: of all its bytes but the checksum.</summary>
    public static uint HeaderChecksum(ReadOnlySpan<byte> header) =>
        ~Crc(Crc(uint.MaxValue, header[..ChecksumAt]), header[(ChecksumAt + 4)..]);

    /// <summary>The CRC32C of a block (RFC 3720 section 12.1).</summary>
    public static uint Checksum(ReadOnlySpan<byte> block) => ~Crc(uint.MaxValue, block);

    static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes)
            crc = BitOperations.Crc32C(crc, one);
        return crc;
    }
}
