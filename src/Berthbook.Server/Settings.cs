using System.Collections.Immutable;
using Berthbook.Programs;
using Berthbook.Rules;

namespace Berthbook.Server;

/// <summary>Whose registry it is (docs/operating.md): a read-only mirror of another, or one's own.</summary>
public enum RegistryMode
{
    /// <summary>The state of an upstream is served; nothing is decided here.</summary>
    Mirror,

    /// <summary>Requests are taken and decided here.</summary>
    Own,
}

/// <summary>What the operator chose, checked. Read once at start; docs/operating.md has the table.</summary>
public sealed record Settings
{
    /// <summary>DIR: the folder that holds the journal and all else that is kept. An absolute path.</summary>
    public required string Data { get; init; }

    /// <summary>The file to import at start, or null.</summary>
    public string? Import { get; init; }

    /// <summary>Where the registry is mirrored from; null in own mode.</summary>
    public Uri? Upstream { get; init; }

    /// <summary>The addresses to listen on.</summary>
    public ImmutableArray<string> Urls { get; init; } = ["http://localhost:8080"];

    /// <summary>The address under which people reach the server, or null where it is not told.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The title of a registry of one's own that begins empty.</summary>
    public string Title { get; init; } = "Service Name and Port Number Registry";

    /// <summary>Who publishes the registry, in words; null where the registry is IANA's, or nobody said.</summary>
    public string? Publisher { get; init; }

    /// <summary>The frame of the plain text.</summary>
    public TextFrame TextFrame { get; init; } = TextFrame.Frame3;

    /// <summary>How the labels of RFCs are printed.</summary>
    public RfcLabel RfcLabel { get; init; }

    /// <summary>The most bytes of a file that is imported, unpacked.</summary>
    public long MaxImport { get; init; } = 512L << 20;

    /// <summary>How often the upstream is asked.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long one download from the upstream may take in all.</summary>
    public TimeSpan DownloadTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether the upstream may stand on a private network though its address is a name.</summary>
    public bool AllowsPrivateUpstream { get; init; }

    /// <summary>
    /// The share of records, 0 to 1, that a file from the upstream may drop or change before it is held back.
    /// </summary>
    public double HoldBack { get; init; } = 0.05;

    /// <summary>The least grave that is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>The most connections at a time.</summary>
    public int MaxConnections { get; init; } = 4000;

    /// <summary>The most connections at a time from one IPv4 address or one IPv6 network of 64 bits.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 512;

    /// <summary>The relay that takes the registry's mail; null where mail stays in the outbox.</summary>
    public Mail.SmtpSettings? Smtp { get; init; }

    /// <summary>Whether offices that decide are in force only with a second factor.</summary>
    public bool RequiresSecondFactor { get; init; } = true;

    /// <summary>
    /// How often in a quarter of an hour one network address may try to sign in, to make an account, a token or a new
    /// password, or to do what it may not.
    /// </summary>
    public int SignInsPerAddress { get; init; } = 100;

    /// <summary>The OpenID provider by which people may sign in, or null.</summary>
    public OpenIdSettings? OpenId { get; init; }

    /// <summary>Whether people reach the server over https.</summary>
    public bool IsHttps =>
        PublicUrl is { } url
            ? url.Scheme == Uri.UriSchemeHttps
            : Urls.All(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase));

    /// <summary>Labels of roles and procedures, figures of the rules.</summary>
    public RuleSettings Rules { get; init; } = RuleSettings.Default;

    /// <summary>Whose registry it is.</summary>
    public RegistryMode Mode => Upstream is null ? RegistryMode.Own : RegistryMode.Mirror;

    /// <summary>
    /// How a registry is published: as IANA's where it has IANA's title and no other publisher is named, else as the
    /// operator's own.
    /// </summary>
    public RegistryProfile ProfileOf(Registry registry) =>
        ExportForms.ProfileOf(registry.Header, Publisher, PublicUrl?.Host ?? "this server's operator") with
        {
            RfcLabel = RfcLabel,
            TextFrame = TextFrame,
        };

    /// <summary>
    /// Where requests are taken that a mirror only checks: the publisher's address for applications, else the upstream;
    /// null in own mode.
    /// </summary>
    public string? ApplyAddressOf(Registry registry) =>
        Upstream is null
            ? null
            : ProfileOf(registry).ApplyAddress ?? Upstream.GetLeftPart(UriPartial.Authority) + "/request";
}

/// <summary>An OpenID provider that vouches for people.</summary>
/// <param name="Authority">Its address; https, but on this machine.</param>
/// <param name="ClientId">What it calls this registry.</param>
/// <param name="ClientSecret">The secret between it and this registry, or null.</param>
/// <param name="Name">What people call it.</param>
/// <param name="IsSecondFactorTrusted">Whether a sign-in there counts as one with a second factor, whatever it says of it.</param>
public sealed record OpenIdSettings(
    Uri Authority,
    string ClientId,
    string? ClientSecret,
    string Name,
    bool IsSecondFactorTrusted
);
