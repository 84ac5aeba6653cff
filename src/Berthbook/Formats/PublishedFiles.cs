using Berthbook.Requests;

namespace Berthbook.Formats;

/// <summary>The files that go with the registry's XML and JSON: schemas and a style. The same at every revision.</summary>
public static class PublishedFiles
{
    /// <summary>The RELAX NG schema, one self-contained file: what <see cref="XmlFormat"/> reads and writes.</summary>
    public static ReadOnlyMemory<byte> Schema { get; } = Load("service-names-port-numbers.rng");

    /// <summary>The XSLT 1.0 style with which a browser shows the XML as a page.</summary>
    public static ReadOnlyMemory<byte> Style { get; } = Load("service-names-port-numbers.xsl");

    /// <summary>
    /// The JSON Schema (draft 2020-12) of the registry's JSON: what <see cref="JsonFormat"/> reads and writes, and in
    /// <c>#/$defs/line</c> what <see cref="NdjsonFormat"/> writes.
    /// </summary>
    public static ReadOnlyMemory<byte> JsonSchema { get; } = Load("registry.schema.json");

    /// <summary>The JSON Schema (draft 2020-12) of request documents: what <see cref="RequestFormat"/> reads.</summary>
    public static ReadOnlyMemory<byte> RequestSchema { get; } = Requests.RequestSchema.Write();

    static byte[] Load(string name)
    {
        using var stream = typeof(PublishedFiles).Assembly.GetManifestResourceStream(name)!;
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return file;
    }
}
