using System.Collections.Immutable;
using Berthbook.Checks;
using Berthbook.Formats;

namespace Berthbook.Cli.Check;

/// <summary>A compose file that was read: the port numbers that it publishes on the host, or its faults.</summary>
/// <param name="Published">The port numbers, in the order of the file. <c>expose</c> publishes nothing.</param>
/// <param name="Faults">What is wrong with the file.</param>
sealed record ComposeFile(ImmutableArray<PublishedPort> Published, ImmutableArray<Problem> Faults)
{
    /// <summary>Reads a file of the Compose Specification, all its documents.</summary>
    public static ComposeFile Read(ReadOnlySpan<byte> bytes)
    {
        var (documents, fault) = YamlFile.Read(bytes);
        if (fault is not null)
            return new([], [fault]);
        var reading = new Reading();
        foreach (var document in documents)
            reading.Read(document);
        return new([.. reading.Published], [.. reading.Faults]);
    }

    sealed class Reading
    {
        public List<PublishedPort> Published { get; } = [];
        public List<Problem> Faults { get; } = [];

        public void Read(YamlNode document)
        {
            var root = document as YamlMap;
            if (root?.Find("include") is { } include)
                LeaveOpen(
                    include,
                    "include",
                    "the files that are included are not checked here: name them too"
                );
            if (root?.Find("services") is not { } services)
            {
                if (root?.Find("include") is null)
                    Fault(document, "there is no 'services' here, which a compose file has");
            }
            else if (services is YamlMap map)
            {
                foreach (var (name, service) in map.Named())
                    ReadService(name.Value, service);
            }
            else if (!IsEmpty(services))
                Fault(services, "'services' is a map from names to services");
        }

        void ReadService(string name, YamlNode node)
        {
            if (node is not YamlMap service)
            {
                if (!IsEmpty(node))
                    Fault(node, $"the service '{name}' is a map");
                return;
            }
            if (service.Find("extends") is YamlMap extends && extends.Find("file") is { } file)
                LeaveOpen(file, name, "the file that this extends is not checked here: name it too");
            switch (service.Find("ports"))
            {
                case YamlList ports:
                    foreach (var port in ports.Items)
                        ReadPort(name, port);
                    break;
                case { } other when !IsEmpty(other):
                    Fault(other, "'ports' is a list, a port a line");
                    break;
            }
        }

        void ReadPort(string service, YamlNode node)
        {
            var place = node;
            PublishedText text;
            if (node is YamlText { Value: var written })
                text = PublishedText.OfShort(written);
            else if (node is YamlMap map)
            {
                place = map.Find("published") ?? node;
                text = PublishedText.OfLong(
                    (map.Find("published") as YamlText)?.Value,
                    (map.Find("protocol") as YamlText)?.Value
                );
            }
            else
                text = new(
                    null,
                    default,
                    null,
                    "a port is written as HOST:CONTAINER, or as a map with 'target' and 'published'"
                );
            if (text.Fault is { } words)
                Fault(place, words);
            else
                Published.Add(new(place.Line, place.Column, service, text.Ports, text.Transport, text.Open));
        }

        void LeaveOpen(YamlNode node, string service, string why) =>
            Published.Add(new(node.Line, node.Column, service, null, TransportProtocol.Tcp, why));

        void Fault(YamlNode node, string words) => Faults.Add(new(node.Line, node.Column, "", words));

        static bool IsEmpty(YamlNode node) => node is YamlText { Value: "" or "~" or "null" };
    }
}
