namespace Berthbook.Server.Accounts;

/// <summary>
/// Counts what may be tried so often in a quarter of an hour, before it is tried (reliability P16): of an address that no
/// account has as of one that has.
/// </summary>
sealed class Attempts(TimeProvider clock)
{
    /// <summary>The most tries within <see cref="Window"/>.</summary>
    public const int Most = 10;

    // Beyond this many keys the oldest are forgotten, so that a flood of made-up addresses fills no memory.
    const int MaxKeys = 100_000;

    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(15);

    readonly Dictionary<string, Queue<DateTimeOffset>> tries = [];
    readonly Lock counting = new();

    /// <summary>Counts a try; false, with the time to wait, where there were too many.</summary>
    public bool TryBegin(string what, out TimeSpan wait)
    {
        var now = clock.GetUtcNow();
        lock (counting)
        {
            if (!tries.TryGetValue(what, out var times))
            {
                if (tries.Count >= MaxKeys)
                    Prune(now);
                tries.Add(what, times = new(1));
            }
            while (times.TryPeek(out var first) && now - first >= Window)
                times.Dequeue();
            wait = times.Count < Most ? TimeSpan.Zero : times.Peek() + Window - now;
            if (wait > TimeSpan.Zero)
                return false;
            times.Enqueue(now);
            return true;
        }
    }

    /// <summary>Until when nothing more may be tried, where the last try that is allowed was begun; else null.</summary>
    public DateTimeOffset? FullUntil(string what)
    {
        lock (counting)
            return tries.TryGetValue(what, out var times) && times.Count >= Most
                ? times.Peek() + Window
                : null;
    }

    /// <summary>Forgets the tries, since one was good.</summary>
    public void Forget(string what)
    {
        lock (counting)
            tries.Remove(what);
    }

    void Prune(DateTimeOffset now)
    {
        foreach (var (key, times) in tries)
        {
            if (times.Count == 0 || now - times.Last() >= Window)
                tries.Remove(key);
        }
        if (tries.Count >= MaxKeys)
            tries.Clear();
    }
}
