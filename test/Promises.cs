using System.Diagnostics;
using System.Text.Json;

namespace Berthbook;

/// <summary>
/// What a test of a promise counted, as one line of <c>promises.jsonl</c> where BERTHBOOK_PROMISES names that file
/// (scripts/long.sh). A run whose control did not fail is void.
/// </summary>
/// <param name="Id">Which promise.</param>
/// <param name="Promised">What is promised, in words.</param>
/// <param name="Seed">The seed that replays the run.</param>
sealed record Promise(string Id, string Promised, int Seed)
{
    readonly long start = Stopwatch.GetTimestamp();

    public int Tried { get; set; }
    public int Failed { get; set; }
    public int Unknown { get; set; }

    /// <summary>The same test with the protection taken away, and how often it failed.</summary>
    public (string Name, int Failed) Control { get; set; } = ("none", 0);

    public void Record()
    {
        if (Environment.GetEnvironmentVariable("BERTHBOOK_PROMISES") is not { Length: > 0 } path)
            return;
        var line = JsonSerializer.Serialize(
            new
            {
                id = Id,
                commit = Environment.GetEnvironmentVariable("BERTHBOOK_COMMIT") ?? "",
                date = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", null),
                machine = $"{Environment.ProcessorCount} processors, {Environment.OSVersion.Platform}",
                seed = Seed,
                promised = Promised,
                tried = Tried,
                failed = Failed,
                unknown = Unknown,
                seconds = Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 1),
                control = new { name = Control.Name, failed = Control.Failed },
            }
        );
        File.AppendAllText(path, line + "\n");
    }
}
