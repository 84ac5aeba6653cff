using System.Collections.Immutable;
using Berthbook.Formats;

namespace Berthbook.Cli;

/// <summary>
/// What there is where no local copy was made: the built-in registry, and the services file of the host, which every
/// answer names where it rests on it.
/// </summary>
static class WithoutCopy
{
    const string BuiltIn = "built-in registry";

    /// <summary>The host's services file (services(5)).</summary>
    public const string HostServices = "/etc/services";

    /// <summary>Both as one registry.</summary>
    public static AskedRegistry Open(string services = HostServices)
    {
        var builtIn = BuiltInRegistry.Read();
        var known = builtIn.Records.Length;
        var lines = RecordsOf(services);
        var all = lines.IsEmpty ? BuiltIn : $"{BuiltIn} and {services}";
        var registry = new Registry(
            builtIn.Header,
            [.. builtIn.Records, .. lines.Select((record, i) => record with { Id = known + i + 1 })],
            builtIn.Contacts
        );
        return new(new RegistryIndex(registry), SourceOf)
        {
            Remark =
                $"no local copy of the registry, answered from the {all}; 'berth sync' fetches IANA's registry",
        };

        string SourceOf(ImmutableArray<RegistryRecord> records)
        {
            foreach (var record in records)
            {
                if (record.Id > known)
                    return services;
            }
            return records.IsEmpty ? all : BuiltIn;
        }
    }

    // A host without such a file, or with one that nobody can read, has just the built-in registry.
    static ImmutableArray<RegistryRecord> RecordsOf(string services)
    {
        try
        {
            using var file = File.OpenRead(services);
            return ServicesFormat.Read(file, services, new()).Result.Registry?.Records ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
