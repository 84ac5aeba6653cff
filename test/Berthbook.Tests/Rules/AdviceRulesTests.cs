using Berthbook.Requests;
using static Berthbook.Requests.RequestKind;
using static Berthbook.Rules.AskedRules;

namespace Berthbook.Rules;

/// <summary>The rules V, by the words that applicant and expert are shown.</summary>
public class AdviceRulesTests
{
    static readonly RequestDocument Clean = For(Assign, "lab-scales", "45060", "tcp");

    static string Advice(RequestDocument request, params RegistryRecord[] records) =>
        Check(Registry(records), request).Words();

    [Theory, Cites("V1")]
    [InlineData("scale-service", "'service' in scale-service says nothing")]
    [InlineData("Port-of-scales", "'Port' in Port-of-scales says nothing")]
    public void Words_that_say_nothing_are_named(string name, string words)
    {
        Assert.Contains(words, Advice(Clean with { Name = name }));
        Assert.DoesNotContain("says nothing", Advice(Clean with { Name = "airport-scales" }));
    }

    [Fact, Cites("V1")]
    public void Abbreviations_that_few_know_are_named()
    {
        Assert.Contains(
            "Few readers know what QZX stands for",
            Advice(Clean with { Description = "QZX readings over TCP and HTTP" })
        );
        Assert.DoesNotContain(
            "Few readers",
            Advice(Clean with { Description = "Quick Zonal Exchange (QZX) readings" })
        );
    }

    [Theory, Cites("V2")]
    [InlineData("lab-scales-v2", "'v2' in lab-scales-v2 looks like a version")]
    [InlineData("scalesv3", "'v3' in scalesv3 looks like a version")]
    [InlineData("lamp2", "'2' in lamp2 looks like a version")]
    public void Version_numbers_in_a_name_are_named(string name, string words) =>
        Assert.Contains(words, Advice(Clean with { Name = name }, Held("lamp", "5000", "tcp")));

    [Theory]
    [InlineData("h323")]
    [InlineData("ipv6-scales")]
    [InlineData("scales24")]
    public void Digits_that_are_no_version_are_left_alone(string name) =>
        Assert.DoesNotContain("version: leave", Advice(Clean with { Name = name }));

    [Theory, Cites("V2")]
    [InlineData("Scales, version 2", "version 2")]
    [InlineData("Scales v2.1 of the laboratory", "v2.1")]
    public void Version_numbers_in_a_description_are_named(string description, string words) =>
        Assert.Contains($"names a version, '{words}'", Advice(Clean with { Description = description }));

    [Theory, Cites("V3")]
    [InlineData("scale-finder", "Discovery of laboratory scales")]
    [InlineData("scale-discover", "Finds laboratory scales")]
    public void A_discovery_service_is_told_to_end_in_disc(string name, string description)
    {
        var request = Clean with { Name = name, Description = description };
        Assert.Contains($"let its name end in -disc", Advice(request));
        Assert.DoesNotContain("end in -disc", Advice(request with { Name = "scale-disc" }));
    }

    [Fact, Cites("V4")]
    public void Several_transports_share_a_name_only_for_the_same_service()
    {
        var both = For(Assign, "lab-scales", "45060", "udp", "tcp");
        Assert.Contains(
            "One name and description for TCP and UDP only if lab-scales is the same",
            Advice(both)
        );
        Assert.Contains(
            "One name and description for TCP and UDP only if lamp is the same",
            Advice(For(Add, "lamp", "none", "udp"), Held("lamp", "", "tcp"))
        );
    }

    [Theory, Cites("V5")]
    [InlineData("lamp-tls", "lamp-tls looks like a secure copy of lamp, which is assigned")]
    [InlineData("lamps", "lamps looks like a secure copy of lamp")]
    [InlineData("torch", "torch looks like an insecure variant of torchs")]
    public void Copies_of_assigned_services_are_named(string name, string words) =>
        Assert.Contains(
            words,
            Advice(Clean with { Name = name }, Held("lamp", "5000", "tcp"), Held("torchs", "5001", "tcp"))
        );

    [Fact, Cites("V5")]
    public void A_request_says_how_it_is_secured()
    {
        Assert.Contains("does not say how lab-scales is secured", Advice(Clean));
        Assert.DoesNotContain(
            "is secured",
            Advice(Clean with { Reference = "Readings in JSON over TLS, one a line." })
        );
    }

    [Theory, Cites("V6")]
    [InlineData("An experiment with scales", "uses exp1 or exp2")]
    [InlineData("Tells a page on the same computer what a scale says", "seems to be used inside one host")]
    [InlineData("Readings in JSON over HTTP", "could it share the port of http")]
    [InlineData("Readings, one a line", "Could lab-scales do without 45060")]
    public void Asks_whether_it_could_do_without(string reference, string words) =>
        Assert.Contains(words, Advice(Clean with { Reference = reference }));

    [Fact, Cites("V7")]
    public void UDP_is_used_with_care()
    {
        var request = For(Assign, "lab-scales", "45060", "udp") with { UsesBroadcast = true };
        Assert.Contains("lab-scales sends broadcasts over UDP", Advice(request));
        Assert.Contains("does not say how lab-scales controls congestion", Advice(request));
        Assert.DoesNotContain("congestion", Advice(Clean));
    }

    [Fact, Cites("V8")]
    public void Programs_are_not_shipped_before_the_assignment()
    {
        Assert.Contains(
            "Do not ship programs that use 45060 for lab-scales before it is assigned",
            Advice(Clean)
        );
        Assert.Contains(
            "Do not ship programs with the name lab-scales",
            Advice(For(Assign, "lab-scales", "none", "tcp"))
        );
    }

    [Fact, Cites("V9")]
    public void Asks_whether_another_number_would_do()
    {
        Assert.Contains("Would any number do in place of 45060?", Advice(Clean));
        Assert.Contains(
            "Would a User Port do for lab-scales?",
            Advice(For(Assign, "lab-scales", "917", "tcp"))
        );
    }

    [Theory, Cites("V10")]
    [InlineData("https://example.com/scales")]
    [InlineData(" draft-example-scales-03 ")]
    [InlineData("RFC 9999")]
    public void A_bare_link_is_not_enough(string reference)
    {
        Assert.Contains("is a bare link", Advice(Clean with { Reference = reference }));
        Assert.DoesNotContain("is a bare link", Advice(Clean));
    }

    [Fact, Cites("V11")]
    public void Only_the_transports_of_today_are_asked_for() =>
        Assert.Contains(
            "Ask for TCP and UDP only as far as lab-scales uses them today",
            Advice(For(Assign, "lab-scales", "45060", "tcp", "udp"))
        );

    [Fact, Cites("V12")]
    public void The_expert_is_told_to_grant_without_a_ground_to_refuse()
    {
        Assert.Contains(
            "without a documented ground to refuse lab-scales on 45060/tcp, recommend it",
            Advice(Clean)
        );
        Assert.DoesNotContain("ground to refuse", Advice(For(Assign, "lab-scales", "none", "tcp")));
    }

    [Fact]
    public void Advice_never_refuses_and_asks_for_nothing()
    {
        var request = For(Assign, "port-discov-v2", "45060", "tcp", "udp") with
        {
            Reference = "https://example.com",
        };
        Assert.True(Check(Registry(), request).IsComplete);
    }
}
