using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Berthbook.Storage;

/// <summary>
/// A backup: two lines that say what it is, the database, and at the end SHA-256 over all before it, so that no
/// byte of it can change unnoticed (docs/operating.md).
/// </summary>
static class BackupFile
{
    const string Magic = "BERTHBOOK BACKUP 1";

    // A restore that was checked but not finished: it takes the registry's place at the next start.
    const string PendingName = "registry.restoring.db";

    /// <summary>Writes a backup around a copy of the database, beside its place first, then in it.</summary>
    public static void Write(string database, string file, DateTimeOffset now)
    {
        var path = Path.GetFullPath(file);
        var partial = $"{path}.partial";
        using (var output = new FileStream(partial, FileMode.Create, FileAccess.Write))
        using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        {
            using var input = File.OpenRead(database);
            var head = string.Create(
                CultureInfo.InvariantCulture,
                $"{Magic}\n{input.Length} bytes, {now:yyyy-MM-ddTHH:mm:ssZ}\n"
            );
            Put(Encoding.ASCII.GetBytes(head));
            var buffer = new byte[1 << 16];
            while (input.Read(buffer) is > 0 and var read)
                Put(buffer.AsSpan(0, read));
            output.Write(hash.GetHashAndReset());
            output.Flush(flushToDisk: true);

            void Put(ReadOnlySpan<byte> bytes)
            {
                hash.AppendData(bytes);
                output.Write(bytes);
            }
        }
        File.Move(partial, path, overwrite: true);
    }

    /// <summary>Checks a backup whole, then puts its database in the place of the folder's.</summary>
    public static void Restore(string file, string folder, string databaseName)
    {
        var candidate = Path.Combine(folder, "registry.candidate.db");
        try
        {
            Extract(file, candidate);
            RequireWhole(file, candidate);
            var pending = Path.Combine(folder, PendingName);
            File.Move(candidate, pending, overwrite: true);
            SetAside(folder, databaseName);
            File.Move(pending, Path.Combine(folder, databaseName));
        }
        finally
        {
            foreach (var rest in Directory.GetFiles(folder, "registry.candidate.db*"))
                File.Delete(rest);
        }
    }

    /// <summary>Finishes a restore that was interrupted after its check.</summary>
    public static void FinishRestore(string folder, string databaseName = "registry.db")
    {
        var pending = Path.Combine(folder, PendingName);
        if (!File.Exists(pending))
            return;
        SetAside(folder, databaseName);
        File.Move(pending, Path.Combine(folder, databaseName));
    }

    static void Extract(string file, string target)
    {
        using var input = File.OpenRead(file);
        var head = ReadHead(input);
        if (head is not [Magic, var facts] || !TrySize(facts, out var size))
            throw new BackupException($"{file} is no backup of Berthbook, or its head is damaged");
        if (input.Length != input.Position + size + SHA256.HashSizeInBytes)
            throw new BackupException($"{file} is not whole: it should hold {size:N0} bytes of database");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes($"{head[0]}\n{head[1]}\n"));
        using (var output = new FileStream(target, FileMode.Create, FileAccess.Write))
        {
            var buffer = new byte[1 << 16];
            for (var left = size; left > 0; )
            {
                var read = input.ReadAtLeast(buffer.AsSpan(0, (int)Math.Min(buffer.Length, left)), 1);
                hash.AppendData(buffer, 0, read);
                output.Write(buffer, 0, read);
                left -= read;
            }
            output.Flush(flushToDisk: true);
        }
        var expected = new byte[SHA256.HashSizeInBytes];
        input.ReadExactly(expected);
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(expected))
            throw new BackupException(
                $"{file} is damaged: its bytes do not match its hash; nothing was replaced"
            );
    }

    static void RequireWhole(string file, string candidate)
    {
        using var database = Database.Open(candidate);
        var report = Verification.Of(database);
        if (!report.IsWhole)
            throw new BackupException(
                $"{file} holds a damaged registry: {report.Faults[0]}; nothing was replaced"
            );
        database.Run("PRAGMA journal_mode = DELETE");
    }

    static List<string> ReadHead(Stream input)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        while (lines.Count < 2 && line.Length < 100 && input.ReadByte() is >= 0 and < 128 and var next)
        {
            if (next == '\n')
            {
                lines.Add(line.ToString());
                line.Clear();
            }
            else
            {
                line.Append((char)next);
            }
        }
        return lines;
    }

    static bool TrySize(string facts, out long size)
    {
        size = 0;
        var space = facts.IndexOf(' ', StringComparison.Ordinal);
        return space > 0
            && long.TryParse(
                facts.AsSpan(0, space),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out size
            );
    }

    // The log files go with their database: left behind, they would be read into the restored one.
    static void SetAside(string folder, string databaseName)
    {
        var aside = Path.Combine(folder, "before-restore");
        foreach (var name in new[] { $"{databaseName}-wal", $"{databaseName}-shm", databaseName })
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path))
                continue;
            Directory.CreateDirectory(aside);
            File.Move(path, Path.Combine(aside, name), overwrite: true);
        }
    }
}
