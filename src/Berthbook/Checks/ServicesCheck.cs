using System.Collections.Immutable;
using System.Globalization;
using Berthbook.Formats;

namespace Berthbook.Checks;

/// <summary>Tells what a services file has otherwise than the registry.</summary>
/// <remarks>
/// <para>A line is right where its name or one of its aliases is a name that the registry has for the number, in any
/// spelling. Else it is a wrong number where the registry has the name elsewhere on the transport, and a wrong name where
/// it has not but the number is assigned. Both are differences. Aliases that the registry does not know are none.</para>
/// <para>What the file lacks is told line by line where it has at least half of the registry's numbers with a name, as a
/// file made from the registry has; else, as of the selections that systems ship, in one note.</para>
/// </remarks>
public static class ServicesCheck
{
    /// <summary>The differences, in the order of the file's lines; what it lacks stands where it belongs by number.</summary>
    /// <param name="index">The registry.</param>
    /// <param name="entries">The lines of the file.</param>
    /// <param name="isWhole">Whether this is the whole registry. If not, what it does not list is no difference.</param>
    public static ImmutableArray<CheckItem> Of(
        RegistryIndex index,
        IReadOnlyList<ServicesEntry> entries,
        bool isWhole = true
    ) => new Comparison(index, entries, isWhole).Items();

    sealed class Comparison(RegistryIndex index, IReadOnlyList<ServicesEntry> entries, bool isWhole)
    {
        readonly List<CheckItem> items = [];

        // Where the registry has a name that the file has at a wrong number: those places are not lacking besides.
        readonly HashSet<(PortNumber, TransportProtocol)> told = [];

        public ImmutableArray<CheckItem> Items()
        {
            foreach (var entry in entries)
                Check(entry);
            AddMissing();
            return [.. items.OrderBy(item => item.Line)];
        }

        void Check(ServicesEntry entry)
        {
            var registered = NamesAt(entry.Port, entry.Transport);
            if (entry.Names.Any(name => IsAmong(registered, name)))
                return;
            var places = PlacesOf(entry);
            if (!isWhole && registered.IsEmpty && places.Count == 0)
                return;
            items.Add(
                new()
                {
                    Line = entry.Line,
                    Column = entry.Column,
                    Subject = entry.Name,
                    Ports = new PortRange(entry.Port),
                    Transport = entry.Transport,
                    State = index.Effective(entry.Port, entry.Transport),
                    Names = registered,
                    Findings = [FindingOf(entry, registered, places)],
                }
            );
        }

        Finding FindingOf(
            ServicesEntry entry,
            ImmutableArray<string> registered,
            List<(string Name, PortRange Ports, TransportProtocol Transport)> places
        )
        {
            var here = $"{entry.Port}/{entry.Transport.Name()}";
            var holder = registered.IsEmpty ? "" : $"; {here} is {Listed(registered)}";
            var own = places.Where(place => place.Transport == entry.Transport).ToList();
            if (own is [{ Name: var known }, ..])
            {
                foreach (var (_, ports, transport) in own)
                    told.UnionWith(Numbers(ports).Select(port => (port, transport)));
                return new(
                    CheckRules.ServicesNumber,
                    $"{known} is {Listed(own)} in the registry, not {here}{holder}"
                );
            }
            if (!registered.IsEmpty)
                return new(
                    CheckRules.ServicesName,
                    $"{here} is {Listed(registered)} in the registry, not {Shown.Of(entry.Name)}"
                );
            return places.Exists(place => place.Ports.Contains(entry.Port))
                ? new(
                    CheckRules.ServicesTransport,
                    $"{places[0].Name} is {Listed(places)} in the registry, not {here}"
                )
                : new(
                    CheckRules.ServicesUnregistered,
                    $"the registry has no {Shown.Of(entry.Name)} at {here}; the number is {index.Effective(entry.Port, entry.Transport)}"
                );
        }

        void AddMissing()
        {
            var places = ServicesFormat.PlacesOf(index.Registry);
            var listed = entries.Select(entry => (entry.Port, entry.Transport)).ToHashSet();
            var covered = places.Keys.Count(listed.Contains);
            if (2L * covered < places.Count)
            {
                items.Insert(0, Partial(covered, places.Count));
                return;
            }
            var sorted = entries.OrderBy(entry => (entry.Port, entry.Transport)).ToList();
            var (line, next) = (1, 0);
            foreach (var (place, records) in places)
            {
                for (
                    ;
                    next < sorted.Count && (sorted[next].Port, sorted[next].Transport).CompareTo(place) <= 0;
                    next++
                )
                    line = sorted[next].Line;
                if (!listed.Contains(place) && !told.Contains(place))
                    items.Add(Missing(place.Port, place.Transport, records[0].Name!.Value.Text, line));
            }
        }

        CheckItem Missing(PortNumber port, TransportProtocol transport, string name, int line) =>
            new()
            {
                Line = line,
                Ports = new PortRange(port),
                Transport = transport,
                State = index.Effective(port, transport),
                Names = NamesAt(port, transport),
                Findings =
                [
                    new(
                        CheckRules.ServicesMissing,
                        $"{name} {port}/{transport.Name()} is missing; by its number it belongs after this line"
                    ),
                ],
            };

        static CheckItem Partial(int covered, int all) =>
            new()
            {
                Findings =
                [
                    new(
                        CheckRules.ServicesPartial,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"the file has {covered:N0} of the {all:N0} port numbers that the registry has a name for; those it lacks are not told"
                        )
                    ),
                ],
            };

        bool IsAmong(ImmutableArray<string> registered, string name) =>
            registered.Contains(name, StringComparer.OrdinalIgnoreCase)
            || (
                index.PrimaryOf(name) is { } primary
                && registered.Contains(primary, StringComparer.OrdinalIgnoreCase)
            );

        ImmutableArray<string> NamesAt(PortNumber port, TransportProtocol transport) =>
            PortsInUse.NamesOf(index.Find(port, transport));

        // Where the registry has the names of a line.
        List<(string Name, PortRange Ports, TransportProtocol Transport)> PlacesOf(ServicesEntry entry) =>
            [
                .. entry
                    .Names.SelectMany(name => index.Find(name))
                    .Where(record => record is { Number: not null, Transport: not null })
                    .Where(record => record.Kind().State() == PortState.Assigned)
                    .Select(record =>
                        (record.Name!.Value.Text, record.Number!.Value, record.Transport!.Value)
                    )
                    .Distinct(),
            ];

        static IEnumerable<PortNumber> Numbers(PortRange ports) =>
            Enumerable.Range(ports.First.Value, ports.Count).Select(number => new PortNumber((ushort)number));

        // Old spellings need no mention beside the names that count.
        string Listed(ImmutableArray<string> names)
        {
            var primary = names.Where(name => index.PrimaryOf(name) is null).ToList();
            return string.Join(" or ", primary.Count > 0 ? primary : names);
        }

        static string Listed(List<(string Name, PortRange Ports, TransportProtocol Transport)> places) =>
            string.Join(" or ", places.Select(place => $"{place.Ports}/{place.Transport.Name()}").Distinct());
    }
}
