using System.CommandLine;
using Berthbook.Cli.Output;
using Berthbook.Programs;

namespace Berthbook.Cli;

/// <summary>One call of a command: what was given, and where its answer goes.</summary>
/// <param name="Parsed">The arguments and options.</param>
/// <param name="Folder">The folder of the local copy.</param>
/// <param name="Server">The server to ask instead, or null.</param>
/// <param name="Printer">Where the answer goes.</param>
/// <param name="Terminal">Where complaints and remarks go.</param>
sealed record CommandCall(ParseResult Parsed, string Folder, Uri? Server, Printer Printer, Terminal Terminal);
