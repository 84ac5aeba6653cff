using System.Text.RegularExpressions;

namespace Berthbook;

/// <summary>The state of a record or a port number (procedures P2).</summary>
public enum PortState : byte
{
    /// <summary>Nobody holds it.</summary>
    Unassigned,

    /// <summary>Held back: not to be assigned by ordinary request.</summary>
    Reserved,

    /// <summary>A record assigns it.</summary>
    Assigned,

    /// <summary>49152 to 65535, never assigned (RFC 6335 section 6).</summary>
    Dynamic,
}

/// <summary>What a record is, told from its words, since the registry has no such column (formats.md 6).</summary>
public enum RecordKind : byte
{
    /// <summary>An assignment of a port number under a name.</summary>
    Assigned,

    /// <summary>An assignment of a name without a port number.</summary>
    NameOnly,

    /// <summary>An assignment of a port number without a name: <c>any private mail system</c>.</summary>
    Nameless,

    /// <summary>The old spelling of a name, kept beside its well-formed twin (RFC 6335 section 10.1).</summary>
    HistoricAlias,

    /// <summary>Reserved.</summary>
    Reserved,

    /// <summary>Reserved because an assignment was given back.</summary>
    ReservedDeassigned,

    /// <summary>De-assigned, in the registry's old words; not available.</summary>
    Deassigned,

    /// <summary>Unassigned.</summary>
    Unassigned,

    /// <summary>Unassigned, with a note that a use without assignment is widespread (procedures P12).</summary>
    UnassignedUseNoted,
}

/// <summary>Tells what a record is from its words.</summary>
public static partial class RecordStatus
{
    /// <summary>What the record is, by the rules of formats.md section 6, asked top-down.</summary>
    public static RecordKind Kind(this RegistryRecord record)
    {
        if (record.KnownKind is { } known)
            return known;
        var kind = Tell(record);
        record.KnownKind = kind;
        return kind;
    }

    /// <summary>The state that the record gives its port numbers and name.</summary>
    public static PortState State(this RecordKind kind) =>
        kind switch
        {
            RecordKind.Unassigned or RecordKind.UnassignedUseNoted => PortState.Unassigned,
            RecordKind.Reserved or RecordKind.ReservedDeassigned or RecordKind.Deassigned =>
                PortState.Reserved,
            _ => PortState.Assigned,
        };

    /// <summary>Why the record has its state, in words.</summary>
    public static string Why(this RecordKind kind) =>
        kind switch
        {
            RecordKind.NameOnly => "a service name without a port number",
            RecordKind.Nameless => "a port number assigned without a service name",
            RecordKind.HistoricAlias =>
                "the old spelling of a service name, kept for history (RFC 6335 section 10.1)",
            RecordKind.Reserved => "the registry lists it as Reserved",
            RecordKind.ReservedDeassigned =>
                "Reserved since its assignment was given back (RFC 6335 section 8.2)",
            RecordKind.Deassigned => "de-assigned and not available",
            RecordKind.Unassigned => "the registry lists it as Unassigned",
            RecordKind.UnassignedUseNoted =>
                "the registry notes a widespread use, but nobody holds an assignment",
            _ => "assigned",
        };

    /// <summary>
    /// Whether the record speaks for a transport protocol. One without a protocol speaks for all four where it
    /// assigns nothing, for TCP and UDP where it assigns (formats.md 6).
    /// </summary>
    public static bool SpeaksFor(this RegistryRecord record, TransportProtocol transport) =>
        record.Transport is { } own
            ? own == transport
            : record.Number is not null
                && (
                    transport is TransportProtocol.Tcp or TransportProtocol.Udp
                    || record.Kind().State() != PortState.Assigned
                );

    static RecordKind Tell(RegistryRecord record)
    {
        var hasName = record.Name is not null;
        // What most nameless records say, before any pattern is asked.
        if (!hasName && record.Description.Words == "Unassigned")
            return RecordKind.Unassigned;
        if (!hasName && record.Note is null && record.Description.Words == "Reserved")
            return RecordKind.Reserved;
        var description = record.Description.OneLine;
        if (record.Description.IsPlain && hasName && !StartsAsDeassigned(description))
            return NamedKind(record);
        if (DeassignedWords.IsMatch(description))
            return RecordKind.Deassigned;
        if (hasName)
            return NamedKind(record);
        if (UnassignedWords.IsMatch(description))
            return RecordKind.Unassigned;
        if (!ReservedWords.IsMatch(description))
            return RecordKind.Nameless;
        return record.Note is { } note && HistoryWords.IsMatch(note.OneLine)
            ? RecordKind.ReservedDeassigned
            : RecordKind.Reserved;
    }

    static RecordKind NamedKind(RegistryRecord record)
    {
        if (record.Note is { } note)
        {
            var words = note.OneLine;
            if (words.Contains("records an unassigned but widespread use", StringComparison.Ordinal))
                return RecordKind.UnassignedUseNoted;
            if (words.Contains("This entry is an alias to \"", StringComparison.Ordinal))
                return RecordKind.HistoricAlias;
        }
        if (record.Number is not null)
            return RecordKind.Assigned;
        // A name that was given back (procedures C2); an assigned one may begin so but says more.
        return record.Description.Words == "Reserved" ? RecordKind.ReservedDeassigned : RecordKind.NameOnly;
    }

    static bool StartsAsDeassigned(string description) =>
        description.Length > 0 && description[0] is 'd' or 'D' or 'r' or 'R';

    [GeneratedRegex(
        @"\A(de-?registered|de-?commissioned|decomissioned|removed|deprecated)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    static partial Regex DeassignedWords { get; }

    [GeneratedRegex(@"\A\(?unassigned\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    static partial Regex UnassignedWords { get; }

    [GeneratedRegex(@"\Areserved\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    static partial Regex ReservedWords { get; }

    [GeneratedRegex(
        @"de-?assigned|de-?registered|previously (assigned|compressnet)|formerly assigned|released by|(has been|is being|was) removed|\(removed|withdrawn|deprecated|historic usage",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    static partial Regex HistoryWords { get; }
}
