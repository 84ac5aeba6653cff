using System.IO.Compression;
using System.Security.Cryptography;

namespace Berthbook.Formats;

/// <summary>
/// A file as it is or unpacked where it is gzip, read forward; it can be taken back to its start where the file
/// can. Counts and hashes what was read since the start.
/// </summary>
sealed class UnpackedStream(Stream file) : Stream
{
    readonly long start = file.CanSeek ? file.Position : 0;
    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly byte[] head = new byte[1024];
    Stream? unpacked;
    int headLength;
    int headPosition;
    long count;

    /// <summary>How many bytes were read, and their SHA-256 in lower-case hexadecimal.</summary>
    public FileFacts Facts() => new(count, Convert.ToHexStringLower(hash.GetCurrentHash()));

    /// <summary>The first bytes, which are read again later.</summary>
    public ReadOnlySpan<byte> Head()
    {
        Open();
        return head.AsSpan(0, headLength);
    }

    public override bool CanRead => true;
    public override bool CanSeek => file.CanSeek;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException("The length is known at the end only");

    public override long Position
    {
        get => count;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(value, 0);
            file.Position = start;
            unpacked = null;
            hash.GetHashAndReset();
            count = 0;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        Open();
        int read;
        if (headPosition < headLength)
        {
            read = Math.Min(buffer.Length, headLength - headPosition);
            head.AsSpan(headPosition, read).CopyTo(buffer);
            headPosition += read;
        }
        else
        {
            read = unpacked!.Read(buffer);
        }
        hash.AppendData(buffer[..read]);
        count += read;
        return read;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            hash.Dispose();
        base.Dispose(disposing);
    }

    void Open()
    {
        if (unpacked is not null)
            return;
        headPosition = 0;
        headLength = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        unpacked = file;
        if (headLength < 2 || head[0] != 0x1F || head[1] != 0x8B)
            return;
        var packed = new JoinedStream(head.AsMemory(0, headLength).ToArray(), file);
        unpacked = new GZipStream(packed, CompressionMode.Decompress);
        headLength = unpacked.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
    }

    // The bytes that were looked at, then the rest of the file.
    sealed class JoinedStream(byte[] first, Stream rest) : Stream
    {
        int position;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (position == first.Length)
                return rest.Read(buffer);
            var read = Math.Min(buffer.Length, first.Length - position);
            first.AsSpan(position, read).CopyTo(buffer);
            position += read;
            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
