using System.Collections.Immutable;
using System.Globalization;
using Berthbook.Formats;

namespace Berthbook.Benchmarks;

/// <summary>A registry many times as large, out of real texts: names and contacts get a number behind them.</summary>
static class Growth
{
    public static Registry Times(Registry registry, int factor)
    {
        var records = ImmutableArray.CreateBuilder<RegistryRecord>(registry.Records.Length * factor);
        var contacts = ImmutableArray.CreateBuilder<Contact>(registry.Contacts.Length * factor);
        for (var copy = 0; copy < factor; copy++)
        {
            var tail = copy == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{copy}");
            foreach (var record in registry.Records)
                records.Add(copy == 0 ? record : Copy(record, tail));
            foreach (var contact in registry.Contacts)
                contacts.Add(copy == 0 ? contact : contact with { Id = contact.Id + tail });
        }
        return new(registry.Header, records.ToImmutable(), contacts.ToImmutable());
    }

    static RegistryRecord Copy(RegistryRecord record, string tail) =>
        record with
        {
            Name = record.Name is { } name ? ServiceName.Historic(name.Text + tail) : null,
            Description = record.Description.Inlines.IsEmpty
                ? new(record.Description.Words + tail)
                : record.Description,
            Contacts = [.. record.Contacts.Select(contact => contact with { Data = contact.Data + tail })],
            Assignee = record.Assignee.IsDefault
                ? default
                : [.. record.Assignee.Select(assignee => assignee with { Data = assignee.Data + tail })],
        };

    /// <summary>Bytes that stay in memory for what a function makes.</summary>
    public static long MemoryOf<T>(Func<T> make)
        where T : class
    {
        var before = GC.GetTotalMemory(true);
        var made = make();
        var after = GC.GetTotalMemory(true);
        GC.KeepAlive(made);
        return after - before;
    }

    /// <summary>The bytes of a registry as a file, so that what is read shares nothing with what was made.</summary>
    public static byte[] File(Registry registry) => XmlFormat.Write(registry);
}
