using System.Diagnostics;
using System.Globalization;

namespace Berthbook.Benchmarks;

/// <summary>One thing that is timed, and what makes it ready each time, which is not.</summary>
sealed record Case(string Name, Action Run, Action? Prepare = null);

/// <summary>
/// Times cases in turn, A B C A B C, so that a ratio survives the machine's drift; medians are told, and the
/// fastest round beside them.
/// </summary>
static class Rounds
{
    public static Dictionary<string, (double Median, double Fastest)> Of(
        int rounds,
        params ReadOnlySpan<Case> cases
    )
    {
        var all = cases.ToArray();
        // Long enough for the runtime to compile all of it for good.
        foreach (var one in all)
        {
            var begin = Stopwatch.GetTimestamp();
            for (var runs = 0; runs < 40 || Stopwatch.GetElapsedTime(begin).TotalSeconds < 1; runs++)
            {
                one.Prepare?.Invoke();
                one.Run();
            }
        }
        var times = all.ToDictionary(one => one.Name, _ => new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var one in all)
            {
                one.Prepare?.Invoke();
                GC.Collect();
                GC.WaitForPendingFinalizers();
                var start = Stopwatch.GetTimestamp();
                one.Run();
                times[one.Name].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
        return times.ToDictionary(
            pair => pair.Key,
            pair =>
            {
                pair.Value.Sort();
                return (pair.Value[pair.Value.Count / 2], pair.Value[0]);
            }
        );
    }

    /// <summary>Prints a table: each case's median and fastest round, and its ratio to a peer.</summary>
    public static void Print(
        string title,
        Dictionary<string, (double Median, double Fastest)> times,
        string peer
    )
    {
        Console.WriteLine($"### {title}\n");
        Console.WriteLine("| case | median ms | fastest ms | ratio to peer (medians) | (fastest) |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (name, (median, fastest)) in times)
        {
            var ratios = string.Create(
                CultureInfo.InvariantCulture,
                $"{median / times[peer].Median:f3} | {fastest / times[peer].Fastest:f3}"
            );
            var row = string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {median:f3} | {fastest:f3} | {ratios} |"
            );
            Console.WriteLine(row);
        }
        Console.WriteLine();
    }
}
