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
    /// <summary>The registry as a services file.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="statement">Whose data it is and as of when, where that is to be said.</param>
    public static byte[] Write(Registry registry, string? statement = null)
    {
        var output = new Utf8Output(64 * (registry.Records.Length + 8));
        AddComment(output, registry.Header.Title);
        if (statement is not null)
            AddComment(output, statement);
        var places = new SortedDictionary<(int Port, TransportProtocol Transport), List<RegistryRecord>>();
        foreach (var record in registry.Records)
            Place(record, places);
        foreach (var ((port, transport), records) in places)
        {
            var named = records.Find(record => record.Kind() == RecordKind.Assigned) ?? records[0];
            output.Add(named.Name!.Value.Text);
            output.Add((byte)'\t');
            output.Add((uint)port);
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

    static void Place(
        RegistryRecord record,
        SortedDictionary<(int Port, TransportProtocol Transport), List<RegistryRecord>> places
    )
    {
        if (record is not { Name: { } name, Number: { } range, Transport: { } transport })
            return;
        if (record.Kind().State() != PortState.Assigned || !IsWord(name.Text))
            return;
        for (int port = range.First.Value; port <= range.Last.Value; port++)
        {
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
}
