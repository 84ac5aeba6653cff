using System.Collections.Immutable;
using Berthbook.Checks;
using Berthbook.Formats;
using Berthbook.Programs;

namespace Berthbook.Cli.Check;

/// <summary>What is checked.</summary>
enum CheckKind
{
    /// <summary>This host's listening sockets.</summary>
    Host,

    /// <summary>A services file (services(5)).</summary>
    Services,

    /// <summary>A compose file.</summary>
    Compose,
}

/// <summary>What came of one check.</summary>
/// <param name="Query">What was checked: a file as it was named, <c>-</c>, or <c>host</c>.</param>
/// <param name="Kind">What it was taken for.</param>
sealed record CheckAnswer(string Query, CheckKind Kind)
{
    /// <summary>What was held against the registry: every socket, every published port, the lines that differ.</summary>
    public ImmutableArray<CheckItem> Items { get; init; } = [];

    /// <summary>What is wrong with the file, so that it was not checked.</summary>
    public ImmutableArray<Problem> Faults { get; init; } = [];

    /// <summary>What was not seen, and why.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>Why nothing could be read, or null.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether something was found that weighs more than a note.</summary>
    public bool HasFindings => Items.Any(item => item.Level > FindingLevel.Note);

    /// <summary>What it is called in messages.</summary>
    public string Shown =>
        Kind == CheckKind.Host ? "this host"
        : Query == "-" ? "standard input"
        : Query;

    /// <summary>The exit status.</summary>
    public int Status =>
        Failure is not null ? ExitStatus.Failure
        : !Faults.IsEmpty ? ExitStatus.Invalid
        : HasFindings ? ExitStatus.Finding
        : ExitStatus.Done;
}

/// <summary>How levels and kinds are called.</summary>
static class CheckWords
{
    public static string Name(this FindingLevel level) =>
        level switch
        {
            FindingLevel.Error => "error",
            FindingLevel.Warning => "warning",
            _ => "note",
        };

    public static string Name(this CheckKind kind) =>
        kind switch
        {
            CheckKind.Services => "services",
            CheckKind.Compose => "compose",
            _ => "host",
        };

    public static string Name(this PortState state) =>
        state switch
        {
            PortState.Assigned => "Assigned",
            PortState.Reserved => "Reserved",
            PortState.Unassigned => "Unassigned",
            _ => "Dynamic",
        };
}
