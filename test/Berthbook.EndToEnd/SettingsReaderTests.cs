using Berthbook.Programs.Upstream;
using Berthbook.Rules;
using Microsoft.Extensions.Configuration;

namespace Berthbook.Server;

public class SettingsReaderTests
{
    [Fact]
    public void Mirrors_IANA_on_port_8080_where_nothing_is_said()
    {
        var settings = Read([], []).Settings;
        Assert.Equal(RegistryMode.Mirror, settings.Mode);
        Assert.Equal(UpstreamDownload.Iana.AbsoluteUri, settings.Upstream!.AbsoluteUri);
        Assert.Equal(["http://localhost:8080"], settings.Urls);
        Assert.EndsWith(Path.Combine("berthbook", "server"), settings.Data, StringComparison.Ordinal);
        Assert.Equal(
            (512L << 20, 0.05, TimeSpan.FromHours(24)),
            (settings.MaxImport, settings.HoldBack, settings.PollInterval)
        );
    }

    [Fact]
    public void Takes_an_option_before_the_environment_before_the_file()
    {
        var sources = new Dictionary<string, string?>
        {
            ["Berthbook:Title"] = "file",
            ["Berthbook:Publisher"] = "file",
            ["BERTHBOOK_PUBLISHER"] = "environment",
            ["BERTHBOOK_DATA"] = "/srv/environment",
        };
        var settings = Read(new() { ["Data"] = "/srv/option" }, sources).Settings;
        Assert.Equal(
            ("file", "environment", "/srv/option"),
            (settings.Title, settings.Publisher, settings.Data)
        );
    }

    [Fact]
    public void Reads_labels_and_figures_from_the_file_that_is_named()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """{ "reachDays": 10, "roles": { "approver": "the board" } }""");
            var settings = Read(new() { ["Rules"] = file }, []).Settings;
            Assert.Equal((10, "the board"), (settings.Rules.ReachDays, settings.Rules.Label(Role.Approver)));
            File.WriteAllText(file, "{\n  \"reachDays\": 0\n}");
            var reader = new SettingsReader(
                new Dictionary<string, string>(),
                new ConfigurationBuilder().AddInMemoryCollection([new("BERTHBOOK_RULES", file)]).Build()
            );
            reader.Read();
            Assert.Empty(reader.Faults);
            Assert.StartsWith(
                $"{file}:2:16: reachDays: ",
                Assert.Single(reader.FileFaults),
                StringComparison.Ordinal
            );
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Names_the_file_of_rules_that_is_not_there()
    {
        var reader = new SettingsReader(
            new Dictionary<string, string>(),
            new ConfigurationBuilder()
                .AddInMemoryCollection([new("BERTHBOOK_RULES", "/nowhere/rules.json")])
                .Build()
        );
        reader.Read();
        Assert.StartsWith("BERTHBOOK_RULES: ", Assert.Single(reader.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Upstream", "none")]
    [InlineData("Upstream", "https://registry.example.net/file.xml")]
    [InlineData("Urls", "http://*:80;https://localhost:8443")]
    [InlineData("PublicUrl", "https://ports.example.net")]
    [InlineData("TextFrame", "1")]
    [InlineData("RfcLabel", "RFC 6335")]
    [InlineData("MaxImport", "1048576")]
    [InlineData("PollInterval", "90m")]
    [InlineData("HoldBack", "0.5%")]
    [InlineData("MaxConnections", "100")]
    [InlineData("UpstreamNetwork", "any")]
    public void Takes(string name, string text) => Assert.Empty(Read(new() { [name] = text }, []).Faults);

    [Theory]
    [InlineData("Upstream", "ftp://example.net/")]
    [InlineData("Upstream", "https://user:secret@example.net/")]
    [InlineData("Upstream", "registry.xml")]
    [InlineData("Urls", "localhost:8080")]
    [InlineData("Urls", ";")]
    [InlineData("PublicUrl", "https://ports.example.net/below")]
    [InlineData("TextFrame", "4")]
    [InlineData("RfcLabel", "rfc6335")]
    [InlineData("MaxImport", "-1")]
    [InlineData("MaxImport", "512 MiB")]
    [InlineData("PollInterval", "24")]
    [InlineData("PollInterval", "0h")]
    [InlineData("HoldBack", "101%")]
    [InlineData("HoldBack", "-5%")]
    [InlineData("MaxConnections", "0")]
    [InlineData("UpstreamNetwork", "private")]
    public void Says_which_setting_is_wrong_and_what_it_takes(string name, string text)
    {
        var fault = Assert.Single(Read([], new() { ["BERTHBOOK_" + name.ToUpperInvariant()] = text }).Faults);
        Assert.StartsWith(
            $"BERTHBOOK_{name.ToUpperInvariant()}: '{text}' is not valid; it takes ",
            fault,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Names_the_option_that_is_wrong() =>
        Assert.StartsWith(
            "--public-url: 'ports' is not valid",
            Assert.Single(Read(new() { ["PublicUrl"] = "ports" }, []).Faults),
            StringComparison.Ordinal
        );

    [Fact]
    public void Tells_every_fault_at_once() =>
        Assert.Equal(2, Read(new() { ["TextFrame"] = "9", ["Urls"] = "x" }, []).Faults.Count);

    static (Settings Settings, List<string> Faults) Read(
        Dictionary<string, string> options,
        Dictionary<string, string?> configuration
    )
    {
        var sources = new ConfigurationBuilder().AddInMemoryCollection(configuration).Build();
        var reader = new SettingsReader(options, sources);
        return (reader.Read(), reader.Faults);
    }
}
