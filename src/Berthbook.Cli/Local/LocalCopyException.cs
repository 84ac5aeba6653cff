namespace Berthbook.Cli.Local;

/// <summary>The local copy or the network does not do what is needed; the message says what and what to do.</summary>
sealed class LocalCopyException(string message, Exception? inner = null) : IOException(message, inner);
