using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Berthbook.Cli.Output;

/// <summary>
/// The few calls of the C library that a short-lived process makes by itself: a quarter of a lookup's time would go
/// into setting up <see cref="Console"/>. Bound when the program is linked.
/// </summary>
static unsafe partial class Native
{
    /// <summary>The standard output.</summary>
    public const int Output = 1;

    /// <summary>The standard error.</summary>
    public const int Error = 2;

    const int Interrupted = 4;
    const int BrokenPipe = 32;
    const nuint WindowSize = 0x5413; // TIOCGWINSZ on Linux
    const int CloseOnExec = 0x80000; // O_CLOEXEC
    const int CurrentFolder = -100; // AT_FDCWD
    const uint SizeAndWriteTime = 0x240; // STATX_SIZE, STATX_MTIME

    /// <summary>Whether a file descriptor is a terminal.</summary>
    public static bool IsTerminal(int descriptor) =>
        OperatingSystem.IsLinux() ? IsATty(descriptor) == 1 : !Console.IsOutputRedirected;

    /// <summary>The columns of the terminal, 80 where that cannot be told.</summary>
    public static int Columns()
    {
        const int usual = 80;
        if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var columns) && columns > 0)
            return columns;
        if (!OperatingSystem.IsLinux())
            return usual;
        Window window;
        return Control(Output, WindowSize, &window) == 0 && window.Columns > 0 ? window.Columns : usual;
    }

    /// <summary>
    /// Writes bytes. False where nobody reads them any more, which is no fault: <c>berth export csv | head -1</c>.
    /// </summary>
    /// <exception cref="IOException">The disk is full, or another fault of the file.</exception>
    public static bool Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            nint written;
            fixed (byte* first = bytes)
                written = WriteBytes(descriptor, first, (nuint)bytes.Length);
            if (written >= 0)
            {
                bytes = bytes[(int)written..];
                continue;
            }
            var error = Marshal.GetLastSystemError();
            if (error == BrokenPipe)
                return false;
            if (error != Interrupted)
                throw new IOException(
                    $"the output cannot be written: {Marshal.GetPInvokeErrorMessage(error)}"
                );
        }
        return true;
    }

    /// <summary>Opens a file for reading; null where that cannot be, which is no exception and so costs little.</summary>
    public static SafeFileHandle? TryOpenForReading(string path)
    {
        if (!OperatingSystem.IsLinux())
            return File.Exists(path)
                ? File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete)
                : null;
        var descriptor = Open(path, CloseOnExec);
        return descriptor < 0 ? null : new(descriptor, ownsHandle: true);
    }

    /// <summary>The length of a file and the ticks of its last write in UTC; zeros where there is none.</summary>
    public static (long Length, long Ticks) StampOf(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            var file = new FileInfo(path);
            return file.Exists ? (file.Length, file.LastWriteTimeUtc.Ticks) : default;
        }
        FileStatus status;
        return Status(CurrentFolder, path, 0, SizeAndWriteTime, &status) == 0
            ? (
                status.Size,
                DateTime.UnixEpoch.Ticks
                    + status.Written * TimeSpan.TicksPerSecond
                    + status.WrittenNanoseconds / TimeSpan.NanosecondsPerTick
            )
            : default;
    }

    /// <summary>Puts the names in a folder on the disk, as far as the system can; elsewhere nothing.</summary>
    public static void SyncFolder(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0)
            return;
        _ = Sync(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "isatty")]
    private static partial int IsATty(int descriptor);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint WriteBytes(int descriptor, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(int descriptor, nuint request, Window* window);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int folder, string path, int flags, uint mask, FileStatus* status);

    // struct statx, the same on every processor.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    struct FileStatus
    {
        [FieldOffset(40)]
        public long Size;

        [FieldOffset(112)]
        public long Written;

        [FieldOffset(120)]
        public uint WrittenNanoseconds;
    }

    struct Window
    {
        public ushort Rows;
        public ushort Columns;
        public ushort Width;
        public ushort Height;
    }
}
