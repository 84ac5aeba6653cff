using System.Diagnostics.CodeAnalysis;
using Berthbook.Requests;
using Microsoft.AspNetCore.Http.Features;

namespace Berthbook.Server.Layout;

/// <summary>
/// The addresses of pages and of their JSON twins: made here, and read back here. Names and ids are any text,
/// percent-encoded as one segment, so that <c>%2F</c> is part of a name: <c>/services/914c%2Fg</c>.
/// </summary>
static class Addresses
{
    /// <summary>Where the JSON API lives.</summary>
    public const string Api = "/api/v1";

    /// <summary>The page that IANA's users know, and the folder of the downloads.</summary>
    public const string Publications = "/assignments/service-names-port-numbers/service-names-port-numbers";

    public static string Port(PortNumber port) => $"/ports/{port}";

    public static string Port(PortNumber port, TransportProtocol transport) =>
        $"/ports/{port}/{transport.Name()}";

    /// <summary>The list of port numbers from one upwards.</summary>
    public static string Ports(PortNumber first) => $"/ports?from={first}";

    public static string Service(ServiceName name) => $"/services/{Uri.EscapeDataString(name.Text)}";

    public static string Contact(string id) => $"/contacts/{Uri.EscapeDataString(id)}";

    public static string Revision(int number) => $"/changes/{number}";

    /// <summary>The form of requests, with what is known already.</summary>
    /// <param name="kind">What is asked for.</param>
    /// <param name="known">What the fields hold: names, and values that are texts of any kind.</param>
    public static string Request(RequestKind kind, params IEnumerable<(string Name, string Value)> known) =>
        "/request?"
        + string.Join(
            '&',
            known
                .Prepend(("kind", kind.Word()))
                .Where(pair => pair.Item2.Length > 0)
                .Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}")
        );

    /// <summary>The drop-in page with the records that contain a text.</summary>
    public static string Search(string text) => $"{Publications}.xhtml?search={Uri.EscapeDataString(text)}";

    /// <summary>The JSON twin of a page's address.</summary>
    public static string Twin(string page) =>
        page.StartsWith("/changes", StringComparison.Ordinal) ? $"{Api}/revisions{page[8..]}" : Api + page;

    /// <summary>
    /// The name or id that a request asks for: all that follows the folder in its address, decoded once. Kestrel
    /// leaves <c>%2F</c> in the path but decodes the rest, after which <c>%252F</c> looks the same; so this reads
    /// the address as it came.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="folder">The folder with its slashes: <c>/services/</c>.</param>
    public static string NameAfter(HttpContext context, string folder)
    {
        if (RawPath(context) is { } raw && TailOf(raw, folder) is { } tail)
            return Uri.UnescapeDataString(tail);
        // The folder itself is encoded, or there is no address as it came: take the path as the server read it.
        return TailOf(context.Request.Path.Value ?? "", folder)
                ?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)
            ?? "";
    }

    /// <summary>Whether an address may stand in a link: http and https only, so no text of the registry runs as script.</summary>
    public static bool IsLink([NotNullWhen(true)] string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    static string? RawPath(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        if (target.IndexOf("://", StringComparison.Ordinal) is var scheme and > 0)
            target = target.IndexOf('/', scheme + 3) is var path and > 0 ? target[path..] : "";
        return target.Length == 0 ? null : target.Split('?')[0];
    }

    // Routes match folders without case.
    static string? TailOf(string path, string folder) =>
        path.IndexOf(folder, StringComparison.OrdinalIgnoreCase) is var start and >= 0
            ? path[(start + folder.Length)..]
            : null;
}
