using System.Collections.Immutable;

namespace Berthbook.Formats;

/// <summary>
/// The assigned names with their ports as a services file, such as <c>/etc/services</c>: a line for each port number of
/// each transport protocol in number order, <c>name TAB port/transport TAB aliases TAB # description</c>.
/// </summary>
/// <remarks>
/// Records that assign a name and a number on one transport count; a range gives a line for each number. Where several
/// names share a place the first in the registry is the name and the others are aliases, old spellings always. A name
/// that a services file cannot hold is left out.
/// </remarks>
public static class ServicesFormat
{
    /// <summary>
    /// Reads a services file (services(5)): <c>name port/transport aliases # comment</c>. A file with a fault is refused
    /// whole. Lines of transport protocols that the registry does not know, such as ddp, are left out with a warning.
    /// </summary>
    /// <param name="stream">UTF-8, at most 32 MiB.</param>
    /// <param name="name">What the file is called, for the registry's title; perhaps empty.</param>
    /// <param name="limits">How much is taken before the file is refused.</param>
    /// <returns>
    /// The lines, and a registry in which the name and each alias of a line is a record of its number and transport, the
    /// name first. It says Unassigned of every number without a line.
    /// </returns>
    public static ServicesFile Read(Stream stream, string name, ReadLimits limits)
    {
        var (faults, warnings) = (new ProblemList(), new ProblemList());
        var most = Math.Min(limits.MaxBytes, ReadLimits.KeptBytes);
        var entries = ImmutableArray<ServicesEntry>.Empty;
        if (BytesOf(stream, most) is { } file)
            entries = new ServicesReading(faults, warnings).Read(file);
        else
            faults.Add(new(0, 0, "", $"the file is larger than {most:N0} bytes"));
        return new()
        {
            Entries = entries,
            Result = new()
            {
                Registry = faults.Count == 0 ? RegistryOf(entries, name) : null,
                Faults = faults.Listed,
                FaultCount = faults.Count,
                Warnings = warnings.Listed,
                WarningCount = warnings.Count,
            },
        };
    }

    /// <summary>The registry as a services file.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="statement">Whose data it is and as of when, where that is to be said.</param>
    public static byte[] Write(Registry registry, string? statement = null)
    {
        var output = new Utf8Output(64 * (registry.Records.Length + 8));
        AddComment(output, registry.Header.Title);
        if (statement is not null)
            AddComment(output, statement);
        foreach (var ((port, transport), records) in PlacesOf(registry))
        {
            var named = records.Find(record => record.Kind() == RecordKind.Assigned) ?? records[0];
            output.Add(named.Name!.Value.Text);
            output.Add((byte)'\t');
            output.Add((uint)port.Value);
            output.Add((byte)'/');
            output.Add(transport);
            output.Add((byte)'\t');
            output.Add(string.Join(' ', AliasesOf(named, records)));
            output.Add("\t# "u8);
            output.Add(OnOneLine(named.Description.OneLine));
            output.Add((byte)'\n');
        }
        return output.Take();
    }

    /// <summary>What a services file of the registry has lines for, in their order, with the records of each.</summary>
    internal static SortedDictionary<
        (PortNumber Port, TransportProtocol Transport),
        List<RegistryRecord>
    > PlacesOf(Registry registry)
    {
        var places =
            new SortedDictionary<(PortNumber Port, TransportProtocol Transport), List<RegistryRecord>>();
        foreach (var record in registry.Records)
            Place(record, places);
        return places;
    }

    static void Place(
        RegistryRecord record,
        SortedDictionary<(PortNumber Port, TransportProtocol Transport), List<RegistryRecord>> places
    )
    {
        if (record is not { Name: { } name, Number: { } range, Transport: { } transport })
            return;
        if (record.Kind().State() != PortState.Assigned || !IsWord(name.Text))
            return;
        for (int number = range.First.Value; number <= range.Last.Value; number++)
        {
            var port = new PortNumber((ushort)number);
            if (places.TryGetValue((port, transport), out var records))
                records.Add(record);
            else
                places.Add((port, transport), [record]);
        }
    }

    // Each name once; names differ in more than case (RFC 6335 section 5.1).
    static IEnumerable<string> AliasesOf(RegistryRecord named, List<RegistryRecord> records) =>
        records
            .Select(record => record.Name!.Value)
            .Distinct()
            .Where(name => name != named.Name)
            .Select(name => name.Text);

    static void AddComment(Utf8Output output, string text)
    {
        output.Add("# "u8);
        output.Add(OnOneLine(text));
        output.Add((byte)'\n');
    }

    // Nothing in a text may look like another line (reliability.md T24).
    static string OnOneLine(string text) =>
        text.All(Shown.IsSafe)
            ? text
            : string.Create(
                text.Length,
                text,
                (line, text) =>
                {
                    for (var i = 0; i < text.Length; i++)
                        line[i] = Shown.IsSafe(text[i]) ? text[i] : ' ';
                }
            );

    static bool IsWord(string name) =>
        name.Length > 0 && !name.Any(c => c == '#' || char.IsWhiteSpace(c) || !Shown.IsSafe(c));

    // Null where there are more than the most bytes.
    static byte[]? BytesOf(Stream stream, long most)
    {
        var content = new MemoryStream();
        var chunk = new byte[64 << 10];
        for (int read; (read = stream.Read(chunk)) > 0; )
        {
            if (content.Length + read > most)
                return null;
            content.Write(chunk, 0, read);
        }
        return content.ToArray();
    }

    static Registry RegistryOf(ImmutableArray<ServicesEntry> entries, string name)
    {
        var records = ImmutableArray.CreateBuilder<RegistryRecord>(entries.Length);
        var known = new HashSet<(ServiceName, PortNumber, TransportProtocol)>();
        foreach (var entry in entries)
        {
            foreach (var text in entry.Names)
            {
                var one = ServiceName.Historic(text);
                if (known.Add((one, entry.Port, entry.Transport)))
                    records.Add(RecordOf(entry, one));
            }
        }
        var header = new RegistryHeader
        {
            Id = "service-names-port-numbers",
            Parts = [new(HeaderPartKind.Title, new(OnOneLine($"Services file {name}".TrimEnd())))],
        };
        return new(header, records.DrainToImmutable(), []);
    }

    // A line gives its name a number whatever its comment says, so a comment in the registry's words for no assignment is
    // a note.
    static RegistryRecord RecordOf(ServicesEntry entry, ServiceName name)
    {
        var record = new RegistryRecord
        {
            Name = name,
            Number = new PortRange(entry.Port),
            Transport = entry.Transport,
            Description = new(entry.Comment),
        };
        return record.Kind() == RecordKind.Assigned
            ? record
            : record with
            {
                Description = RichText.Empty,
                Note = new(entry.Comment),
            };
    }
}
