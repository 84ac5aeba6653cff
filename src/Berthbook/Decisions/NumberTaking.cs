using System.Collections.Immutable;
using System.Globalization;

namespace Berthbook.Decisions;

/// <summary>
/// Takes a port number out of what lists it as Unassigned or Reserved (procedures P6), and reserves it on the transports not
/// asked for (P5).
/// </summary>
sealed class NumberTaking(RegistryEdit edit, PortNumber port, ImmutableArray<TransportProtocol> transports)
{
    readonly Dictionary<TransportProtocol, RegistryRecord> replaced = [];
    RegistryRecord? held;

    /// <summary>The record of the number alone that an assignment on a transport takes the place of, or null.</summary>
    public RegistryRecord? ReplacedOn(TransportProtocol transport) => replaced.GetValueOrDefault(transport);

    /// <summary>Makes room for the assignments; returns why there is none, in words, or null.</summary>
    /// <param name="isBeside">Whether assignments that the number has stay beside (procedures N5, A7).</param>
    public string? Take(bool isBeside)
    {
        if (port.Class == PortClass.Dynamic)
            return edit.Breaks("P4", $"{port} is a Dynamic Port, which is never assigned");
        foreach (var transport in transports)
        {
            foreach (var record in edit.On(port, transport))
            {
                var kind = record.Kind();
                if (kind.State() == PortState.Assigned && !isBeside)
                    return edit.Breaks(
                        "P2",
                        $"{port}/{transport.Name()} is assigned to {record.Name?.Text ?? record.Description.OneLine}"
                    );
                if (kind.State() != PortState.Assigned && kind != RecordKind.UnassignedUseNoted)
                    GiveWay(record, transport);
            }
        }
        return null;
    }

    /// <summary>Writes the Reserved records of TCP and UDP where they were not asked for and nothing lists the number.</summary>
    /// <param name="follows">The record that they follow where the registrar says so; null for the place by default.</param>
    public void AddTwins(int? follows)
    {
        if (!edit.Rules.Has("P5"))
            return;
        foreach (
            var transport in (ReadOnlySpan<TransportProtocol>)[TransportProtocol.Tcp, TransportProtocol.Udp]
        )
        {
            if (
                transports.Contains(transport)
                || !edit.Basis.Settings.Transports.Contains(transport)
                || edit.On(port, transport).Count > 0
            )
                continue;
            var twin = new RegistryRecord
            {
                Description = held?.Description ?? Words.Reserved,
                Note = held?.Note,
                Transport = transport,
                Number = new PortRange(port),
            };
            var id = edit.Add(twin, follows);
            follows = follows is null ? null : id;
        }
    }

    void GiveWay(RegistryRecord record, TransportProtocol transport)
    {
        if (record.Number is { IsSingle: true } && record.Transport == transport)
        {
            if (!replaced.TryAdd(transport, record))
                edit.Remove(record);
            return;
        }
        if (!edit.Rules.Has("P6"))
            return;
        if (record.Kind().State() == PortState.Reserved)
            held = record;
        Split(record);
    }

    // 4794-4799 becomes the new records of 4794 and 4795-4799; one number left is written n.
    void Split(RegistryRecord record)
    {
        var range = record.Number!.Value;
        edit.Remove(record);
        if (range.First.Value < port.Value)
            edit.Add(Rest(record, new(range.First.Value, port.Value - 1)));
        if (port.Value < range.Last.Value)
            edit.Add(Rest(record, new(port.Value + 1, range.Last.Value)));
    }

    static RegistryRecord Rest(RegistryRecord record, PortRange part)
    {
        var rest = record with
        {
            Number = part,
            Note = record.Note is { } note && Stays(note.OneLine, record.Number!.Value, part) ? note : null,
            Unauthorized =
                record.Unauthorized is { } text && Stays(text, record.Number!.Value, part) ? text : null,
        };
        return rest with { Layout = record.Layout?.After(rest) };
    }

    // A text stays with the part that holds a port it names; with both where it names none of the range.
    static bool Stays(string text, PortRange whole, PortRange part)
    {
        var namesAny = false;
        foreach (var named in PortsIn(text))
        {
            if (!Overlap(named, whole))
                continue;
            if (Overlap(named, part))
                return true;
            namesAny = true;
        }
        return !namesAny;
    }

    static bool Overlap(PortRange one, PortRange other) =>
        one.First.Value <= other.Last.Value && other.First.Value <= one.Last.Value;

    static IEnumerable<PortRange> PortsIn(string text)
    {
        for (var at = 0; at < text.Length; )
        {
            if (!TryNumber(text, ref at, out var first))
                continue;
            var last = first;
            if (at + 1 < text.Length && text[at] == '-' && char.IsAsciiDigit(text[at + 1]))
            {
                at++;
                if (!TryNumber(text, ref at, out last) || last < first)
                    last = first;
            }
            yield return new(first, last);
        }
    }

    static bool TryNumber(string text, ref int at, out int number)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        if (at == start)
        {
            at++;
            number = 0;
            return false;
        }
        return int.TryParse(
                text.AsSpan(start, at - start),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out number
            )
            && number < PortNumber.Count;
    }
}
