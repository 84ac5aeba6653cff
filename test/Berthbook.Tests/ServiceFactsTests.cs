using static Berthbook.SmallRegistry;

namespace Berthbook;

public class ServiceFactsTests
{
    const string AliasNote =
        "This entry is an alias to \"boat-pp\". This entry is now historic, not usable for use with many\ncommon service discovery mechanisms.";

    const string TwinDescription =
        "Boats\nIANA assigned this well-formed service name as a replacement for \"boat++\".";

    static readonly RegistryIndex Boats = Index(
        Record("boat-pp", "63", "tcp", TwinDescription),
        Record("boat++", "63", "tcp", "Boats", AliasNote),
        Record("boat-pp", "63", "udp", TwinDescription),
        Record("boat++", "63", "udp", "Boats", AliasNote)
    );

    [Theory]
    [InlineData("Quay")]
    [InlineData("quay")]
    [InlineData("QUAY")]
    public void Finds_a_name_without_case_and_says_it_as_written_N2(string asked)
    {
        var facts = Find(asked, Record("Quay", "80", "tcp"), Record("other", "81", "tcp"));
        Assert.Equal("Quay", facts.Name);
        Assert.Equal("Quay 80/tcp", Assert.Single(facts.Records).ToString());
        Assert.Equal(["_Quay._tcp"], facts.Srv);
    }

    [Fact]
    public void Does_not_find_a_name_that_no_record_has() =>
        Assert.Null(ServiceFacts.Find(Index(Record("quay", "80", "tcp")), "nope"));

    [Fact]
    public void An_old_spelling_leads_to_its_well_formed_twin_N4()
    {
        var facts = ServiceFacts.Find(Boats, "BOAT++")!;
        Assert.True(facts.IsHistoric);
        Assert.Equal("boat-pp", facts.Primary);
        Assert.Equal(2, facts.Records.Length);
        Assert.Empty(facts.Srv);
        Assert.Empty(facts.Dnssd);
        Assert.Contains("look for boat-pp", facts.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void The_twin_is_primary_and_knows_its_old_spelling_N4()
    {
        var facts = ServiceFacts.Find(Boats, "boat-pp")!;
        Assert.False(facts.IsHistoric);
        Assert.Null(facts.Primary);
        Assert.Equal(["boat++"], facts.Aliases);
        Assert.Equal(["_boat-pp._tcp", "_boat-pp._udp"], facts.Srv);
    }

    [Fact]
    public void The_description_of_the_twin_is_enough_to_find_it_N4()
    {
        var facts = Find(
            "boat++",
            Record("boat-pp", "63", "tcp", TwinDescription),
            Record("boat++", "63", "tcp")
        );
        Assert.Equal("boat-pp", facts.Primary);
    }

    [Fact]
    public void A_name_that_breaks_the_syntax_is_historic_though_it_has_no_twin_N4()
    {
        var facts = Find("edi_quay", Record("edi_quay", "34567", "tcp"));
        Assert.True(facts.IsHistoric);
        Assert.Null(facts.Primary);
        Assert.Empty(facts.Srv);
        Assert.Contains("breaks the syntax", facts.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_names_of_one_service_only_the_primary_is_for_discovery_N5()
    {
        const string note =
            "This is a duplicate of the \"boats\" service and should not be used for discovery purposes.";
        RegistryRecord[] records =
        [
            Record("Boats", "80", "tcp"),
            Record("b", "80", "tcp", note: note),
            Record("b-boats", "80", "tcp", note: note),
        ];
        var second = Find("b", records);
        Assert.Equal("Boats", second.Primary);
        Assert.False(second.IsHistoric);
        Assert.Empty(second.Srv);
        Assert.Contains("Boats is the primary name", second.Why, StringComparison.Ordinal);
        Assert.Equal(["b", "b-boats"], Find("boats", records).Aliases);
    }

    [Fact]
    public void A_name_that_calls_itself_an_alias_of_itself_is_primary() =>
        Assert.Null(Find("a", Record("a", "1", "tcp", note: "This entry is an alias to \"A\".")).Primary);

    [Fact]
    public void An_alias_of_a_name_without_a_record_names_it_as_the_note_does() =>
        Assert.Equal(
            "gone",
            Find("a", Record("a", "1", "tcp", note: "This entry is an alias to \"gone\".")).Primary
        );

    [Fact]
    public void Labels_follow_the_transports_and_each_comes_once_N6()
    {
        var facts = Find(
            "quay",
            Record("quay", "1", "dccp"),
            Record("quay", "1", "tcp"),
            Record("quay", "1", "udp"),
            Record("quay", "1", "sctp"),
            Record("quay", "2", "tcp")
        );
        Assert.Equal(["_quay._tcp", "_quay._udp", "_quay._sctp", "_quay._dccp"], facts.Srv);
        Assert.Equal(["_quay._tcp", "_quay._udp"], facts.Dnssd);
    }

    [Fact]
    public void A_transport_that_is_not_TCP_is_udp_in_DNS_SD_N6() =>
        Assert.Equal(["_quay._udp"], Find("quay", Record("quay", "1", "sctp")).Dnssd);

    [Fact]
    public void A_record_without_transport_gives_no_label_and_says_why_N6()
    {
        var none = Find("quay", Record("quay"));
        Assert.Empty(none.Srv);
        Assert.Equal("no labels: no record of quay has a transport protocol", none.Why);

        var some = Find("quay", Record("quay"), Record("quay", "1", "tcp"));
        Assert.Equal(["_quay._tcp"], some.Srv);
        Assert.EndsWith(
            "; none for the record without a transport protocol",
            some.Why,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Not a service type. Special name reserved for meta queries.", "Not a service type.")]
    [InlineData("Not a real service type. Special 'pretend' type.", "Not a real service type.")]
    public void A_name_that_is_no_service_type_has_no_labels_N6(string note, string quoted)
    {
        var facts = Find("quay", Record("quay", "", "tcp", note: note));
        Assert.Empty(facts.Srv);
        Assert.Empty(facts.Dnssd);
        Assert.Contains(quoted, facts.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Browsers do not browse for DNS-SD service type \"_quay._tcp\".")]
    [InlineData("This is an extension of the boats service.")]
    [InlineData("(assigned long ago)")]
    public void Other_notes_about_discovery_leave_the_labels_alone_N6(string note) =>
        Assert.Equal(["_quay._tcp"], Find("quay", Record("quay", "", "tcp", note: note)).Srv);

    [Fact]
    public void Says_that_nobody_holds_a_name_whose_use_is_only_noted_P12()
    {
        var facts = Find(
            "quay",
            Record("quay", "351", "tcp", note: "This entry records an unassigned but widespread use")
        );
        Assert.Contains("nobody holds the name", facts.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_of_several_records_come_once()
    {
        var facts = Find(
            "quay",
            Record("quay", "1", "tcp", note: "Defined TXT keys: u=<username>, path"),
            Record("quay", "1", "udp", note: "Defined TXT keys: U=<username>, version")
        );
        Assert.Equal(["u", "path", "version"], facts.TxtKeys.Select(key => key.Key));
    }

    static ServiceFacts Find(string name, params RegistryRecord[] records) =>
        ServiceFacts.Find(Index(records), name)!;
}
