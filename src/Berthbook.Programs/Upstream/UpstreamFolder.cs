using System.Text.Json;
using System.Text.Json.Serialization;

namespace Berthbook.Programs.Upstream;

/// <summary>What is remembered of the upstream over restarts.</summary>
/// <param name="Address">The upstream it is about; of another one nothing is known.</param>
/// <param name="Validators">What marks the file that was taken or held back last.</param>
/// <param name="Revision">The revision that was current then.</param>
/// <param name="LastTry">When it was asked last.</param>
/// <param name="LastSuccess">When it last confirmed what is served.</param>
/// <param name="Held">The file that is held back.</param>
sealed record UpstreamMemory(
    string Address,
    Validators? Validators = null,
    int Revision = 0,
    DateTimeOffset? LastTry = null,
    DateTimeOffset? LastSuccess = null,
    HeldFile? Held = null
);

[JsonSerializable(typeof(UpstreamMemory))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
sealed partial class UpstreamJson : JsonSerializerContext;

/// <summary>
/// The folder <c>DIR/upstream</c>: what is remembered, the download in the making, the file that is held back, and
/// the operator's word that it may pass.
/// </summary>
sealed class UpstreamFolder(string data)
{
    readonly string folder = Path.Combine(data, "upstream");

    string Memory => Path.Combine(folder, "memory.json");

    string Release => Path.Combine(folder, "release");

    /// <summary>Where a download is written.</summary>
    public string Download => Path.Combine(folder, "download");

    /// <summary>Where the file that is held back lies.</summary>
    public string Held => Path.Combine(folder, "held");

    public void Create() => Directory.CreateDirectory(folder);

    /// <summary>What is remembered of an upstream; nothing but its address where that is all.</summary>
    public UpstreamMemory Remember(Uri upstream)
    {
        var nothing = new UpstreamMemory(upstream.AbsoluteUri);
        if (!File.Exists(Memory))
            return nothing;
        try
        {
            using var file = File.OpenRead(Memory);
            var known = JsonSerializer.Deserialize(file, UpstreamJson.Default.UpstreamMemory);
            return known?.Address == nothing.Address ? known : nothing;
        }
        catch (JsonException)
        {
            // Damaged: the upstream is asked as if for the first time.
            return nothing;
        }
    }

    public void Keep(UpstreamMemory memory)
    {
        var next = Memory + ".new";
        using (var file = File.Create(next))
        {
            JsonSerializer.Serialize(file, memory, UpstreamJson.Default.UpstreamMemory);
            file.Flush(flushToDisk: true);
        }
        File.Move(next, Memory, overwrite: true);
    }

    /// <summary>Holds the download back.</summary>
    public void Hold() => File.Move(Download, Held, overwrite: true);

    /// <summary>The hash of the file that the operator lets pass, or null. Asked for often.</summary>
    public string? Released => File.Exists(Release) ? File.ReadAllText(Release).Trim() : null;

    /// <summary>Writes the operator's word that the file with this hash may pass.</summary>
    public void LetPass(string sha256)
    {
        var next = Release + ".new";
        File.WriteAllText(next, sha256 + "\n");
        File.Move(next, Release, overwrite: true);
    }

    /// <summary>Removes the operator's word, which was heard.</summary>
    public void Heard() => File.Delete(Release);

    public void DropHeld() => File.Delete(Held);

    public void DropDownload() => File.Delete(Download);
}
