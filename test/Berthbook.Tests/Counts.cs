namespace Berthbook;

/// <summary>How often a test tries: few in <c>./check</c>, the full count where BERTHBOOK_LONG is set (scripts/long.sh).</summary>
static class Counts
{
    public static bool IsLong { get; } =
        Environment.GetEnvironmentVariable("BERTHBOOK_LONG") is { Length: > 0 };

    public static int Of(int few, int full) => IsLong ? full : few;
}
