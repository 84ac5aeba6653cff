namespace Berthbook;

/// <summary>Why an index file is refused. Each is cured by writing the file anew from its journal.</summary>
public enum IndexFault
{
    /// <summary>Not an index file at all: empty, or it begins with other bytes.</summary>
    Foreign,

    /// <summary>An index file of a version that this program does not read.</summary>
    OtherVersion,

    /// <summary>Shorter or longer than it says it is, or cut while it was read.</summary>
    WrongLength,

    /// <summary>A checksum differs: bytes changed on the disk.</summary>
    Damaged,

    /// <summary>The checksums are right but the content makes no sense: not written by this program.</summary>
    Malformed,
}

/// <summary>An index file cannot be used; the message says why, and where in the file.</summary>
public sealed class IndexFileException : Exception
{
    internal IndexFileException(IndexFault fault, string message)
        : base(message) => Fault = fault;

    /// <summary>What is wrong with the file.</summary>
    public IndexFault Fault { get; }
}
