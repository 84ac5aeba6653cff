using Berthbook.Programs.Upstream;

namespace Berthbook.Server.Upstream;

/// <summary>What is known of the upstream. Immutable; <see cref="UpstreamStatus"/> holds the newest.</summary>
public sealed record UpstreamState
{
    /// <summary>Nothing known, or no upstream.</summary>
    public static UpstreamState None { get; } = new();

    /// <summary>When it was asked last, or null.</summary>
    public DateTimeOffset? LastTry { get; init; }

    /// <summary>When it last gave a good file, or said that ours is still the newest; null where never.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>Why the last try failed, in words; null where it did not.</summary>
    public string? LastError { get; init; }

    /// <summary>The file that is held back until the operator lets it pass, or null.</summary>
    public HeldFile? Held { get; init; }

    /// <summary>Whether it is being asked right now.</summary>
    public bool IsAsking { get; init; }

    /// <summary>How long ago the registry that is served was known to be the upstream's newest; null where never.</summary>
    public TimeSpan? AgeAt(DateTimeOffset now) => now - LastSuccess;
}

/// <summary>Holds what is known of the upstream now.</summary>
public sealed class UpstreamStatus
{
    volatile UpstreamState state = UpstreamState.None;

    /// <summary>What is known now. Take it once a request.</summary>
    public UpstreamState State => state;

    /// <summary>Raised after something else became known, on the thread that learnt it.</summary>
    public event Action<UpstreamState>? Changed;

    /// <summary>Says what is known from now on. For the one that asks the upstream only.</summary>
    internal void Become(UpstreamState next)
    {
        state = next;
        Changed?.Invoke(next);
    }
}
