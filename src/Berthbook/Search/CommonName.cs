using System.Collections.Immutable;
using System.Text;

namespace Berthbook.Search;

/// <summary>
/// What people call a service that the registry calls something else: "remote desktop" is registered as
/// <c>ms-wbt-server</c>. The list is ours, and each line says where its fact is written.
/// </summary>
/// <param name="Text">What people say.</param>
/// <param name="Service">The registered service name.</param>
/// <param name="Port">The port number they mean, or null where the service has none.</param>
/// <param name="Source">The document that says so.</param>
public sealed record CommonName(string Text, string Service, PortNumber? Port, string Source)
{
    const string File = "common-names.tsv";

    static readonly Lazy<ImmutableArray<CommonName>> Known = new(Read);

    /// <summary>All of them, in the order of the list; one text may stand for several services.</summary>
    public static ImmutableArray<CommonName> All => Known.Value;

    static ImmutableArray<CommonName> Read()
    {
        using var file =
            typeof(CommonName).Assembly.GetManifestResourceStream(File)
            ?? throw new InvalidOperationException($"{File} is not part of this assembly");
        using var reader = new StreamReader(file, Encoding.UTF8);
        var names = ImmutableArray.CreateBuilder<CommonName>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            if (line.Split('\t') is not [var text, var service, var port, var source])
                throw new InvalidOperationException($"{File}: four columns are expected, not '{line}'");
            names.Add(new(text, service, PortNumber.TryParse(port, out var number) ? number : null, source));
        }
        return names.DrainToImmutable();
    }
}
