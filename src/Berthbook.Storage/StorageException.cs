namespace Berthbook.Storage;

/// <summary>The folder or the disk does not do what is needed; the message says what and what to do.</summary>
public class StorageException : Exception
{
    public StorageException(string message)
        : base(message) { }

    public StorageException(string message, Exception inner)
        : base(message, inner) { }
}

/// <summary>Another process writes the folder.</summary>
public sealed class FolderInUseException(string message) : StorageException(message);

/// <summary>A newer program wrote the folder.</summary>
public sealed class NewerFolderException(string message) : StorageException(message);

/// <summary>A backup is not whole, or not one.</summary>
public sealed class BackupException(string message) : StorageException(message);
