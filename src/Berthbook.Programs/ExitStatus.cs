namespace Berthbook.Programs;

/// <summary>The exit statuses of the program. The worst of many wins.</summary>
static class ExitStatus
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>A finding, a difference, a "no" of a rule.</summary>
    public const int Finding = 1;

    /// <summary>Wrong usage, a setting that cannot be.</summary>
    public const int Usage = 2;

    /// <summary>A file that is not valid.</summary>
    public const int Invalid = 3;

    /// <summary>The network or the storage failed, or somebody else holds it.</summary>
    public const int Failure = 4;
}
