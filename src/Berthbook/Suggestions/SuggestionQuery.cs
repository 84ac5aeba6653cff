using System.Collections.Immutable;

namespace Berthbook.Suggestions;

/// <summary>What somebody who needs port numbers asks for.</summary>
public sealed record SuggestionQuery
{
    /// <summary>The most suggestions of one answer.</summary>
    public const int MaxCount = 100;

    /// <summary>The most numbers in a row of one suggestion.</summary>
    public const int MaxBlock = 1024;

    /// <summary>The System Ports, 0 to 1023.</summary>
    public static PortRange SystemPorts { get; } = new(0, PortNumber.FirstUser - 1);

    /// <summary>The User Ports, 1024 to 49151.</summary>
    public static PortRange UserPorts { get; } = new(PortNumber.FirstUser, PortNumber.FirstDynamic - 1);

    /// <summary>The transport protocols that the numbers are to be free on, at least one; TCP unless said.</summary>
    public ImmutableArray<TransportProtocol> Transports { get; init; } = [TransportProtocol.Tcp];

    /// <summary>Where to look; the User Ports unless said.</summary>
    public PortRange Range { get; init; } = UserPorts;

    /// <summary>The number to be near to, or null.</summary>
    public PortNumber? Near { get; init; }

    /// <summary>How many suggestions, 1 to <see cref="MaxCount"/>; 3 unless said.</summary>
    public int Count { get; init; } = 3;

    /// <summary>How many numbers in a row each suggestion has, 1 to <see cref="MaxBlock"/>; 1 unless said.</summary>
    public int Block { get; init; } = 1;

    /// <summary>Reads a range: <c>system</c>, <c>user</c>, <c>first-last</c> or one number.</summary>
    /// <param name="text">What a person wrote.</param>
    /// <param name="range">The range, where it is one.</param>
    /// <param name="fault">Why it is none, in words; null where it is.</param>
    public static bool TryParseRange(string text, out PortRange range, out string? fault)
    {
        (range, fault) = (default, null);
        if (text == "system")
            range = SystemPorts;
        else if (text == "user")
            range = UserPorts;
        else if (!PortRange.TryParse(text, out range))
            fault = $"{PortRange.FaultOf(text)}; or write system or user";
        return fault is null;
    }
}
