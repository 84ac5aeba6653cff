using System.Collections.Immutable;
using System.Text;
using Berthbook.Formats;

namespace Berthbook.Checks;

public class ServicesCheckTests
{
    static readonly RegistryIndex Index = new(
        Small.Of(
            Small.Record("alpha", "tcp", "10"),
            Small.Record("alpha", "udp", "10"),
            Small.Record("beta", "tcp", "20"),
            Small.Record("second-beta", "tcp", "20"),
            Small.Record("gamma_x", "tcp", "30", "\n    <note>This entry is an alias to \"gamma-x\".</note>"),
            Small.Record("gamma-x", "tcp", "30"),
            Small.Record("delta", "tcp", "40-42"),
            Small.Record("lonely", "dccp", "50")
        )
    );

    const string Whole = """
        alpha 10/tcp
        alpha 10/udp
        beta 20/tcp second-beta
        gamma-x 30/tcp gamma_x
        delta 40/tcp
        delta 41/tcp
        delta 42/tcp
        lonely 50/dccp

        """;

    [Fact]
    public void A_file_written_from_the_registry_has_no_difference() =>
        Assert.Empty(Check(Encoding.UTF8.GetString(ServicesFormat.Write(Index.Registry))));

    [Theory]
    [InlineData("beta 20/tcp second-beta", "second-beta 20/tcp")]
    [InlineData("gamma-x 30/tcp gamma_x", "gamma_x 30/tcp")]
    [InlineData("gamma-x 30/tcp gamma_x", "GAMMA-X 30/tcp")]
    [InlineData("gamma-x 30/tcp gamma_x", "our-gamma 30/tcp gamma-x and-more")]
    [InlineData("alpha 10/tcp", "alpha 10/tcp our-alpha")]
    public void Any_spelling_and_any_alias_of_the_number_is_right(string line, string other) =>
        Assert.Empty(Check(Whole.Replace(line, other, StringComparison.Ordinal)));

    [Fact]
    public void A_name_at_another_number_is_a_wrong_number_and_not_missing_besides() =>
        Assert.Equal(
            ["3 services-number 21/tcp: beta is 20/tcp in the registry, not 21/tcp"],
            Check(Whole.Replace("beta 20/tcp second-beta", "beta 21/tcp", StringComparison.Ordinal))
        );

    [Fact]
    public void A_name_at_the_number_of_another_says_whose_it_is() =>
        Assert.Equal(
            ["9 services-number 40/tcp: beta is 20/tcp in the registry, not 40/tcp; 40/tcp is delta"],
            Check(Whole + "beta 40/tcp\n")
        );

    [Fact]
    public void Another_name_at_an_assigned_number_is_a_wrong_name() =>
        Assert.Equal(
            ["1 services-name 10/tcp: 10/tcp is alpha in the registry, not alhpa"],
            Check(Whole.Replace("alpha 10/tcp", "alhpa 10/tcp", StringComparison.Ordinal))
        );

    [Fact]
    public void What_a_whole_file_lacks_is_told_where_it_belongs() =>
        Assert.Equal(
            ["4 services-missing 40/tcp: delta 40/tcp is missing; by its number it belongs after this line"],
            Check(Whole.Replace("delta 40/tcp\n", "", StringComparison.Ordinal))
        );

    [Fact]
    public void What_a_selection_lacks_is_one_note() =>
        Assert.Equal(
            [
                "0 services-partial : the file has 3 of the 8 port numbers that the registry has a name for; those it lacks are not told",
            ],
            Check("alpha 10/tcp\nalpha 10/udp\nbeta 20/tcp\n")
        );

    [Fact]
    public void A_name_on_another_transport_and_a_local_addition_are_notes()
    {
        var text = Whole + "lonely 50/tcp\nours 60/tcp\n";
        Assert.Equal(
            [
                "9 services-transport 50/tcp: lonely is 50/dccp in the registry, not 50/tcp",
                "10 services-unregistered 60/tcp: the registry has no ours at 60/tcp; the number is Unassigned",
            ],
            Check(text)
        );
        Assert.All(Items(text), item => Assert.Equal(FindingLevel.Note, item.Level));
    }

    [Fact]
    public void One_wrong_one_missing_and_one_renamed_name_are_three_findings_in_a_full_size_file()
    {
        var registry = XmlFormat.Read(TestData.Unzip("pairs/2026-08-17/registry.xml.gz")).Registry!;
        var text = Encoding.UTF8.GetString(ServicesFormat.Write(registry));
        var index = new RegistryIndex(registry);
        Assert.Empty(Items(text, index));
        var edited = text.Replace("\nhttps\t443/tcp\t", "\nhttps\t444/tcp\t", StringComparison.Ordinal)
            .Replace("\nbacnet\t47808/udp\t", "\nbuildings\t47808/udp\t", StringComparison.Ordinal);
        var at = edited.IndexOf("\nimaps\t993/tcp", StringComparison.Ordinal);
        edited = edited.Remove(at, edited.IndexOf('\n', at + 1) - at);
        Assert.Equal(
            [
                "services-number https 443/tcp",
                "services-missing  993/tcp",
                "services-name buildings 47808/udp",
            ],
            Items(edited, index)
                .Select(item =>
                    $"{item.Findings.Single().Rule} {item.Subject} {item.Place.Replace("444", "443", StringComparison.Ordinal)}"
                )
        );
    }

    [Fact]
    public void The_services_file_of_this_host_is_a_selection_and_not_drowned()
    {
        Assert.SkipUnless(File.Exists("/etc/services"), "no /etc/services here");
        var index = new RegistryIndex(
            XmlFormat.Read(TestData.Unzip("pairs/2026-08-17/registry.xml.gz")).Registry!
        );
        var items = Items(File.ReadAllText("/etc/services"), index);
        Assert.Contains(items, item => item.Findings[0].Rule == CheckRules.ServicesPartial);
        Assert.DoesNotContain(items, item => item.Findings[0].Rule == CheckRules.ServicesMissing);
    }

    static string[] Check(string text) =>
        [
            .. Items(text)
                .Select(item =>
                    $"{item.Line} {item.Findings.Single().Rule} {item.Place}: {item.Findings[0].Message}"
                ),
        ];

    static ImmutableArray<CheckItem> Items(string text, RegistryIndex? index = null)
    {
        var file = ServicesFormat.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "", new());
        Assert.Empty(file.Result.Faults);
        return ServicesCheck.Of(index ?? Index, file.Entries);
    }
}
