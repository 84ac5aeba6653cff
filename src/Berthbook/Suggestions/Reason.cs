namespace Berthbook.Suggestions;

/// <summary>What speaks for or against a port number, in words a person can check.</summary>
/// <param name="Code">Which kind of reason, stable: one of <see cref="ReasonCode"/>.</param>
/// <param name="Text">What it is, a sentence without its full stop.</param>
/// <param name="Source">Where that is written.</param>
/// <param name="Weight">
/// How much it counts: positive speaks for the number, negative against it, 0 only informs. The sum of the weights is
/// the score that suggestions are ordered by.
/// </param>
public sealed record Reason(string Code, string Text, string Source, int Weight)
{
    /// <summary>Whether it speaks against the number.</summary>
    public bool IsAgainst => Weight < 0;
}

/// <summary>The kinds of reason, as programs see them.</summary>
public static class ReasonCode
{
    /// <summary>The registry has it Unassigned.</summary>
    public const string Unassigned = "unassigned";

    /// <summary>The registry has it Assigned.</summary>
    public const string Assigned = "assigned";

    /// <summary>The registry has it Reserved.</summary>
    public const string Reserved = "reserved";

    /// <summary>A Dynamic Port, never assigned.</summary>
    public const string Dynamic = "dynamic";

    /// <summary>A System Port, with its stricter procedure.</summary>
    public const string SystemPort = "system-port";

    /// <summary>Reserved on a transport protocol that was not asked for.</summary>
    public const string ReservedElsewhere = "reserved-elsewhere";

    /// <summary>The registry notes a use without assignment.</summary>
    public const string NotedUse = "noted-use";

    /// <summary>The registry notes something else of it.</summary>
    public const string Noted = "noted";

    /// <summary>A product that never applied uses it.</summary>
    public const string KnownUse = "known-use";

    /// <summary>It was assigned before.</summary>
    public const string Deassigned = "de-assigned";

    /// <summary>A socket of this host is bound to it.</summary>
    public const string InUseHere = "in-use-here";

    /// <summary>Inside this host's live ephemeral range.</summary>
    public const string EphemeralHere = "ephemeral-here";

    /// <summary>Inside the default ephemeral range of Linux.</summary>
    public const string EphemeralLinux = "ephemeral-linux";

    /// <summary>Inside the default ephemeral range of Windows.</summary>
    public const string EphemeralWindows = "ephemeral-windows";

    /// <summary>Inside the default ephemeral range of Windows before Vista.</summary>
    public const string EphemeralOldWindows = "ephemeral-windows-xp";

    /// <summary>Inside the default ephemeral range of macOS.</summary>
    public const string EphemeralMacOS = "ephemeral-macos";

    /// <summary>Inside the default ephemeral range of FreeBSD.</summary>
    public const string EphemeralFreeBsd = "ephemeral-freebsd";

    /// <summary>Inside the default range of Kubernetes node ports.</summary>
    public const string NodePort = "node-port";

    /// <summary>Browsers refuse it.</summary>
    public const string BrowserRefused = "browser-refused";

    /// <summary>Free numbers that follow.</summary>
    public const string Room = "room";

    /// <summary>The numbers around are one holder's.</summary>
    public const string Neighbours = "neighbours";

    /// <summary>How far it is from the number asked for.</summary>
    public const string Near = "near";
}
