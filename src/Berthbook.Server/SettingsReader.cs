using System.Collections.Immutable;
using System.Globalization;
using Berthbook.Programs.Upstream;
using Berthbook.Rules;

namespace Berthbook.Server;

/// <summary>
/// Reads the settings: an option of the command line counts before an environment variable <c>BERTHBOOK_NAME</c>,
/// that before <c>Berthbook:Name</c> of appsettings.json. Every fault is told, in words that name the setting.
/// </summary>
sealed class SettingsReader(IReadOnlyDictionary<string, string> options, IConfiguration configuration)
{
    delegate bool TryParse<T>(string text, out T value);

    /// <summary>What is wrong with the settings, a sentence each; empty where nothing is.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>What is wrong in a file that a setting names: <c>FILE:LINE:COLUMN: words</c>.</summary>
    public List<string> FileFaults { get; } = [];

    /// <summary>Where appsettings.json is looked for: beside the program, then in the folder it is started in.</summary>
    public static IConfiguration Sources() =>
        new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddJsonFile(Path.Combine(Environment.CurrentDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .Build();

    /// <summary>The settings; to be used only where <see cref="Faults"/> is empty.</summary>
    public Settings Read()
    {
        var defaults = new Settings { Data = "" };
        return defaults with
        {
            Data = Folder(Find("Data")),
            Import = Find("Import"),
            Upstream = Value<Uri?>("Upstream", UpstreamDownload.Iana, TryUpstream, UpstreamWords),
            Urls = Value("Urls", defaults.Urls, TryUrls, UrlsWords),
            PublicUrl = Value<Uri?>("PublicUrl", null, TryPublicUrl, PublicUrlWords),
            Title = Find("Title") ?? defaults.Title,
            Publisher = Find("Publisher"),
            TextFrame = Value("TextFrame", defaults.TextFrame, TryFrame, "1, 2 or 3"),
            RfcLabel = Value("RfcLabel", defaults.RfcLabel, TryLabel, "RFC6335 or 'RFC 6335'"),
            MaxImport = Value("MaxImport", defaults.MaxImport, TryBytes, "a number of bytes, at least 1"),
            PollInterval = Value("PollInterval", defaults.PollInterval, TryDuration, DurationWords),
            DownloadTimeout = Value("DownloadTimeout", defaults.DownloadTimeout, TryDuration, DurationWords),
            AllowsPrivateUpstream = Value("UpstreamNetwork", false, TryNetwork, "public or any"),
            HoldBack = Value("HoldBack", defaults.HoldBack, TryShare, "a share such as 5%, 0% to 100%"),
            LogLevel = Value("LogLevel", defaults.LogLevel, TryLogLevel, LogLevelWords),
            MaxConnections = Value("MaxConnections", defaults.MaxConnections, TryCount, CountWords),
            MaxConnectionsPerAddress = Value(
                "MaxConnectionsPerAddress",
                defaults.MaxConnectionsPerAddress,
                TryCount,
                CountWords
            ),
            Smtp = new Mail.SmtpReading(Find, (name, words) => Faults.Add($"{Source(name)}: {words}")).Read(),
            RequiresSecondFactor = Value("SecondFactor", true, TrySecondFactor, "required or optional"),
            SignInsPerAddress = Value("SignInsPerAddress", defaults.SignInsPerAddress, TryCount, CountWords),
            OpenId = OpenIdOf(),
            Rules = Find("Rules") is { } file ? RulesOf(file) : defaults.Rules,
        };
    }

    const string UpstreamWords = "an address that begins with https:// or http://, or none";
    const string UrlsWords = "addresses such as http://localhost:8080, separated by semicolons";
    const string PublicUrlWords = "an address such as https://ports.example.net";
    const string DurationWords = "a time such as 24h, 90m or 30s";
    const string LogLevelWords = "debug, information, warning, error or none";
    const string AuthorityWords = "an address that begins with https://, or http:// on this machine";
    const string CountWords = "a number from 1 to 1000000";

    string? Find(string name)
    {
        var text =
            options.GetValueOrDefault(name)
            ?? configuration["BERTHBOOK_" + name.ToUpperInvariant()]
            ?? configuration["Berthbook:" + name];
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    T Value<T>(string name, T fallback, TryParse<T> parse, string expected)
    {
        if (Find(name) is not { } text)
            return fallback;
        if (parse(text, out var value))
            return value;
        Faults.Add($"{Source(name)}: '{text}' is not valid; it takes {expected}");
        return fallback;
    }

    OpenIdSettings? OpenIdOf()
    {
        if (Value<Uri?>("Oidc_Authority", null, TryAuthority, AuthorityWords) is not { } authority)
            return null;
        if (Find("Oidc_ClientId") is not { } client)
        {
            Faults.Add("BERTHBOOK_OIDC_CLIENTID is missing: what the provider calls this registry");
            return null;
        }
        return new(
            authority,
            client,
            Find("Oidc_ClientSecret"),
            Find("Oidc_Name") ?? authority.Host,
            Value("Oidc_SecondFactor", false, TryTrusted, "claimed or trusted")
        );
    }

    RuleSettings RulesOf(string file)
    {
        try
        {
            var read = RuleSettingsFormat.Read(File.ReadAllBytes(file));
            FileFaults.AddRange(read.Faults.Select(fault => $"{file}:{fault}"));
            return read.Settings ?? RuleSettings.Default;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Faults.Add($"{Source("Rules")}: {e.Message}");
            return RuleSettings.Default;
        }
    }

    string Source(string name) =>
        options.ContainsKey(name) ? OptionOf(name)
        : configuration["BERTHBOOK_" + name.ToUpperInvariant()] is not null
            ? "BERTHBOOK_" + name.ToUpperInvariant()
        : $"appsettings.json: Berthbook:{name}";

    static string OptionOf(string name) =>
        name == "PublicUrl" ? "--public-url" : $"--{name.ToLowerInvariant()}";

    string Folder(string? text)
    {
        if (text is not null)
            return Path.GetFullPath(text);
        // XDG_DATA_HOME, else ~/.local/share; on Windows the local application data.
        var home = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.DoNotVerify
        );
        if (home.Length == 0)
            Faults.Add(
                "no home folder to keep the registry in: name a folder with --data DIR or BERTHBOOK_DATA"
            );
        return Path.Combine(home, "berthbook", "server");
    }

    static bool TryUpstream(string text, out Uri? upstream)
    {
        upstream = null;
        return text.Equals("none", StringComparison.OrdinalIgnoreCase) || TryHttp(text, out upstream);
    }

    static bool TryNetwork(string text, out bool allowsPrivate)
    {
        allowsPrivate = text == "any";
        return text is "any" or "public";
    }

    static bool TryAuthority(string text, out Uri? url) =>
        TryHttp(text, out url) && (url!.Scheme == Uri.UriSchemeHttps || url.IsLoopback);

    static bool TrySecondFactor(string text, out bool isRequired)
    {
        isRequired = text == "required";
        return text is "required" or "optional";
    }

    static bool TryTrusted(string text, out bool isTrusted)
    {
        isTrusted = text == "trusted";
        return text is "claimed" or "trusted";
    }

    static bool TryPublicUrl(string text, out Uri? url) =>
        TryHttp(text, out url) && url is { Query: "", Fragment: "", AbsolutePath: "/" };

    static bool TryHttp(string text, out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url)
        && url is { Scheme: "https" or "http", UserInfo: "" }
        && url.Host.Length > 0;

    static bool TryUrls(string text, out ImmutableArray<string> urls)
    {
        const StringSplitOptions Split =
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        urls = [.. text.Split(';', Split)];
        // Kestrel also takes * and + for the host, which are no address by themselves.
        return urls.Length > 0
            && urls.All(url =>
                TryHttp(
                    url.Replace("://*", "://any", StringComparison.Ordinal)
                        .Replace("://+", "://any", StringComparison.Ordinal),
                    out _
                )
            );
    }

    static bool TryFrame(string text, out TextFrame frame)
    {
        frame = text switch
        {
            "1" => TextFrame.Frame1,
            "2" => TextFrame.Frame2,
            "3" => TextFrame.Frame3,
            _ => default,
        };
        return frame != default;
    }

    static bool TryLabel(string text, out RfcLabel label)
    {
        label = text == "RFC 6335" ? RfcLabel.Spaced : RfcLabel.Joined;
        return text is "RFC6335" or "RFC 6335";
    }

    static bool TryLogLevel(string text, out LogLevel level) =>
        Enum.TryParse(text, ignoreCase: true, out level)
        && level
            is LogLevel.Debug
                or LogLevel.Information
                or LogLevel.Warning
                or LogLevel.Error
                or LogLevel.None
        && char.IsAsciiLetter(text[0]);

    static bool TryBytes(string text, out long bytes) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bytes) && bytes > 0;

    static bool TryCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count)
        && count is >= 1 and <= 1_000_000;

    static bool TryShare(string text, out double share)
    {
        var isNumber = double.TryParse(
            text.TrimEnd('%'),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out share
        );
        share /= 100;
        return isNumber && share is >= 0 and <= 1;
    }

    static bool TryDuration(string text, out TimeSpan time)
    {
        time = default;
        var digits = text.TrimEnd('d', 'h', 'm', 's');
        if (!TryCount(digits, out var count))
            return false;
        time = text[digits.Length..] switch
        {
            "d" => TimeSpan.FromDays(Math.Min(count, 3650)),
            "h" => TimeSpan.FromHours(count),
            "m" => TimeSpan.FromMinutes(count),
            "s" => TimeSpan.FromSeconds(count),
            "ms" => TimeSpan.FromMilliseconds(count),
            _ => default,
        };
        return time > TimeSpan.Zero;
    }
}
