using Berthbook.Rules;
using static Berthbook.TransportProtocol;

namespace Berthbook.Decisions;

public class AssigningTests
{
    [Fact, Cites("P5")]
    public void A_number_becomes_Reserved_on_tcp_or_udp_where_it_was_not_asked_for()
    {
        var basis = Decide.Basis(Decide.Bare("4794", "Unassigned"));
        Assert.Equal(
            [
                ",4794,tcp,Reserved",
                "veroce,4794,udp,The veroce protocol,[Ada_Example],[Ada_Example],2026-03-06",
            ],
            Decide.Rows(basis, Decide.Assign("veroce", "4794", Udp))
        );
    }

    [Fact, Cites("P5")]
    public void A_Reserved_record_gives_way_when_its_number_is_assigned_on_that_transport()
    {
        var basis = Decide.Basis(Decide.Held("foo", "700", "tcp"), Decide.Bare("700", "Reserved", "udp"));
        var added = new AddTo
        {
            Record = 1,
            Transports = [Udp],
            Port = new(700),
        };
        Assert.Equal(
            [
                "foo,700,tcp,The foo protocol,[Bob],[Bob],2020-01-02",
                "foo,700,udp,The foo protocol,[Bob],[Bob],2026-03-06",
            ],
            Decide.Rows(basis, added)
        );
        // Without the rule the number would not be reserved elsewhere either.
        Assert.Contains(
            ",9,udp,Reserved",
            Decide.Rows(Decide.Basis(Decide.Bare("9", "Unassigned")), Decide.Assign("bar", "9", Tcp))
        );
    }

    [Theory, Cites("P6")]
    [InlineData("4794-4799", "4794", "", "4795-4799")]
    [InlineData("4794-4799", "4799", "4794-4798", "")]
    [InlineData("4794-4799", "4798", "4794-4797", "4799")]
    [InlineData("4794-4796", "4795", "4794", "4796")]
    [InlineData("4794", "4794", "", "")]
    public void An_Unassigned_range_is_split_around_the_number(
        string range,
        string port,
        string before,
        string after
    )
    {
        var rows = Decide.Rows(
            Decide.Basis(Decide.Bare(range, "Unassigned")),
            Decide.Assign("foo", port, Tcp, Udp)
        );
        Assert.Equal(
            [
                .. before.Length == 0 ? Array.Empty<string>() : [$",{before},,Unassigned"],
                $"foo,{port},tcp,The foo protocol,[Ada_Example],[Ada_Example],2026-03-06",
                $"foo,{port},udp,The foo protocol,[Ada_Example],[Ada_Example],2026-03-06",
                .. after.Length == 0 ? Array.Empty<string>() : [$",{after},,Unassigned"],
            ],
            rows
        );
    }

    [Theory, Cites("P6")]
    [InlineData("Known UNAUTHORIZED USE: port 11488", "", "Known UNAUTHORIZED USE: port 11488")]
    [InlineData(
        "Unauthorized Use Known on ports 11431-11433",
        "Unauthorized Use Known on ports 11431-11433",
        ""
    )]
    [InlineData("seen since 2019", "seen since 2019", "seen since 2019")]
    [InlineData("ports 11431 and 11488", "ports 11431 and 11488", "ports 11431 and 11488")]
    [InlineData("port 11434", "", "")]
    public void A_text_stays_with_the_part_of_the_port_that_it_names(string text, string low, string high)
    {
        var basis = Decide.Basis(Decide.Bare("11431-11488", "Unassigned") with { Unauthorized = text });
        var after = Decide.After(basis, Decide.Assign("ollama", "11434", Tcp, Udp));
        Assert.Equal(4, after.Records.Length);
        Assert.Equal(low, after.Records[0].Unauthorized ?? "");
        Assert.Equal(high, after.Records[^1].Unauthorized ?? "");
    }

    [Fact, Cites("P6")]
    public void An_Unassigned_record_of_one_transport_gives_way_on_that_transport_only()
    {
        var basis = Decide.Basis(
            Decide.Bare("4-5", "Unassigned", "tcp"),
            Decide.Bare("4-5", "Unassigned", "udp")
        );
        Assert.Equal(
            [
                "foo,4,tcp,The foo protocol,[Ada_Example],[Ada_Example],2026-03-06",
                ",4-5,udp,Unassigned",
                ",5,tcp,Unassigned",
            ],
            Decide.Rows(basis, Decide.Assign("foo", "4", Tcp))
        );
    }

    [Fact, Cites("N2")]
    public void A_name_is_published_in_the_case_that_is_given() =>
        Assert.StartsWith(
            "EtherPad,,tcp,",
            Decide.Rows(Decide.Basis(), Decide.Assign("EtherPad", "", Tcp))[0]
        );

    [Fact, Cites("D5")]
    public void A_further_service_code_is_a_further_record() =>
        Assert.Equal(
            [",9,tcp,Reserved", ",9,udp,Reserved", "foo,9,dccp,7", "foo,9,dccp,8"],
            Decide
                .After(
                    Decide.Basis(Decide.Bare("9", "Unassigned")),
                    Decide.Assign("foo", "9", Dccp) with
                    {
                        ServiceCodes = [7, 8],
                    }
                )
                .Records.Select(record =>
                    record.Name is { } name
                        ? $"{name},{record.Number},{record.Transport!.Value.Name()},{record.ServiceCode}"
                        : $",{record.Number},{record.Transport!.Value.Name()},{record.Description}"
                )
        );

    [Fact, Cites("N5")]
    public void A_second_name_stands_after_the_first_which_stays()
    {
        var basis = Decide.Basis(
            Decide.Held("stun", "3478", "tcp"),
            Decide.Held("stun", "3478", "udp"),
            Decide.Held("zebra", "3479", "tcp")
        );
        var turn = new SecondName
        {
            Name = ServiceName.Historic("turn"),
            Transports = [Udp, Tcp],
            Port = new(3478),
            Description = new("TURN"),
            Contacts = [Party.Known("Bob")],
        };
        Assert.Equal(
            ["stun tcp", "stun udp", "turn tcp", "turn udp", "zebra tcp"],
            Decide
                .After(basis, turn)
                .Records.Select(record => $"{record.Name} {record.Transport!.Value.Name()}")
        );
        Assert.Equal("3478/udp is assigned to stun", Decide.Fault(basis, Decide.Assign("turn", "3478", Udp)));
    }

    [Fact, Cites("C11")]
    public void An_assignment_is_dated_and_so_is_the_registry()
    {
        var after = Decide.After(
            Decide.Basis(Decide.Bare("9", "Unassigned")),
            Decide.Assign("foo", "9", Tcp)
        );
        Assert.Equal("2026-03-06", after.Header.Updated.ToString());
        Assert.Equal("2026-03-06", after.Records[0].Registered.ToString());
        Assert.Equal((null, null), (after.Records[1].Registered, after.Records[1].Modified));
    }

    [Fact, Cites("C11")]
    public void A_date_other_than_the_day_is_a_choice_with_a_reason()
    {
        var effect = Decide.Effect(
            Decide.Basis(),
            Decide.Assign("foo", "", Tcp) with
            {
                Registered = new(new RegistryDate(new DateOnly(2026, 1, 2)), "the day of the request"),
            }
        );
        Assert.Equal(
            [
                "the registration date of foo is 2026-01-02, not the day of the decision: the day of the request",
            ],
            effect.Choices
        );
    }

    [Fact, Cites("C13")]
    public void Numbers_stand_by_number_then_transport_and_names_by_the_alphabet()
    {
        var basis = Decide.Basis(
            Decide.Held("four", "4", "tcp"),
            Decide.Held("nine", "9", "sctp"),
            Decide.Held("xns-idp", "", ""),
            Decide.Held("1password", "", "tcp"),
            Decide.Held("beta", "", "tcp"),
            Decide.Held("delta", "", "tcp")
        );
        var after = Decide.After(
            basis,
            Decide.Assign("five", "5", Tcp, Udp),
            Decide.Assign("Gamma", "", Udp),
            Decide.Assign("Alpha", "", Udp),
            new AddTo
            {
                Record = 2,
                Transports = [Tcp, Udp],
                Port = new(9),
            }
        );
        Assert.Equal(
            [
                "four 4/tcp",
                "five 5/tcp",
                "five 5/udp",
                "nine 9/tcp",
                "nine 9/udp",
                "nine 9/sctp",
                "xns-idp",
                "1password /tcp",
                "Alpha /udp",
                "beta /tcp",
                "delta /tcp",
                "Gamma /udp",
            ],
            after.Records.Select(record => record.ToString())
        );
    }

    [Fact]
    public void The_registrar_may_choose_another_neighbour()
    {
        var basis = Decide.Basis(Decide.Held("alpha", "", "tcp"), Decide.Held("beta", "", "tcp"));
        var effect = Decide.Effect(basis, Decide.Assign("aztec", "", Tcp) with { Follows = 2 });
        Assert.Equal(
            ["alpha", "beta", "aztec"],
            effect.On(basis.Registry).Records.Select(record => record.Name.ToString())
        );
        Assert.Equal(["aztec /tcp stands after beta /tcp"], effect.Choices);
    }

    [Fact]
    public void What_is_taken_already_is_no_place_for_an_assignment()
    {
        var basis = Decide.Basis(Decide.Held("foo", "700", "tcp"));
        Assert.Equal("700/tcp is assigned to foo", Decide.Fault(basis, Decide.Assign("bar", "700", Tcp)));
        Assert.Equal(
            "The name FOO is taken: foo 700/tcp",
            Decide.Fault(basis, Decide.Assign("FOO", "", Tcp))
        );
        Assert.Equal(
            "foo 700/tcp is assigned already",
            Decide.Fault(
                basis,
                new AddTo
                {
                    Record = 1,
                    Transports = [Tcp],
                    Port = new(700),
                }
            )
        );
        Assert.Equal(
            "50000 is a Dynamic Port, which is never assigned",
            Decide.Fault(basis, Decide.Assign("bar", "50000", Tcp))
        );
        Assert.Equal(
            "700/tcp is assigned to baz",
            Decide.Fault(
                Decide.Basis(Decide.Bare("700", "Unassigned")),
                Decide.Assign("baz", "700", Tcp),
                Decide.Assign("bar", "700", Tcp)
            )
        );
    }
}
