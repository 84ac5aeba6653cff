using Berthbook.Journal;
using CsCheck;
using static Berthbook.SmallRegistry;

namespace Berthbook.Suggestions;

public class PortAdvisorTests
{
    static readonly HostFacts Busy = new(
        new(new(20000, 40000), []),
        [
            (new(1025), TransportProtocol.Tcp),
            (new(8011), TransportProtocol.Udp),
            (new(8012), TransportProtocol.Tcp),
        ]
    );

    static readonly Gen<SuggestionQuery> Queries =
        from transports in Gen.Enum<TransportProtocol>().Array[1, 4]
        from first in Gen.Int[0, 65535]
        from length in Gen.OneOf(Gen.Int[0, 50], Gen.Int[0, 65535])
        from near in Gen.Int[0, 65535].Nullable()
        from count in Gen.Int[1, SuggestionQuery.MaxCount]
        from block in Gen.OneOf(Gen.Int[1, 5], Gen.Int[1, SuggestionQuery.MaxBlock])
        select new SuggestionQuery
        {
            Transports = [.. transports.Distinct()],
            Range = new(first, Math.Min(65535, first + length)),
            Near = near is { } number ? new PortNumber((ushort)number) : null,
            Count = count,
            Block = block,
        };

    [Fact]
    public void Every_suggested_number_is_free_in_the_range_and_in_one_whole_block_P2_P3_P5_P11_P12()
    {
        var index = IanaPorts.Index;
        Queries.Sample(
            query =>
            {
                var answer = IanaPorts.Advisor.Suggest(query, Busy);
                foreach (var item in answer.Items)
                {
                    Assert.True(query.Range.Contains(item.Ports));
                    Assert.Equal(query.Block, item.Ports.Count);
                    Assert.All(Numbers(item.Ports), port => Assert.True(IsFree(index, query, port)));
                }
                var all = answer.Items.SelectMany(item => Numbers(item.Ports)).ToList();
                Assert.Equal(all.Count, all.Distinct().Count());
                Assert.Equal(Numbers(query.Range).Count(port => IsFree(index, query, port)), answer.Free);
            },
            iter: Counts.Of(100, 2000)
        );
    }

    [Fact]
    public void The_order_is_the_sum_of_the_weights_and_the_same_every_time()
    {
        TestData.Require();
        Queries.Sample(
            query =>
            {
                var answer = IanaPorts.Advisor.Suggest(query, Busy);
                var scores = answer.Items.Select(item => item.Score).ToList();
                Assert.Equal(scores.OrderDescending(), scores);
                Assert.Equal(Words(answer), Words(new PortAdvisor(IanaPorts.Index).Suggest(query, Busy)));
            },
            iter: Counts.Of(20, 500)
        );
    }

    [Fact]
    public void As_many_as_asked_for_or_the_answer_says_why_there_are_fewer()
    {
        TestData.Require();
        Queries.Sample(
            query =>
            {
                var answer = IanaPorts.Advisor.Suggest(query);
                Assert.Equal(answer.Items.Length < query.Count, answer.Why is not null);
            },
            iter: Counts.Of(100, 2000)
        );
    }

    [Fact]
    public void A_file_of_the_index_gives_the_answers_of_the_index()
    {
        using var written = new WrittenIndex(IanaPorts.Index.Registry);
        var advisor = new PortAdvisor(written.File);
        Queries.Sample(
            query => Assert.Equal(Words(IanaPorts.Advisor.Suggest(query)), Words(advisor.Suggest(query))),
            iter: Counts.Of(10, 200),
            threads: 1
        );
        foreach (var port in (ushort[])[15, 351, 796, 3000, 6003, 8013, 33333, 55680])
            Assert.Equal(
                IanaPorts.Advisor.Explain(new(port)).Reasons.AsEnumerable(),
                advisor.Explain(new(port)).Reasons
            );
    }

    [Fact]
    public void A_block_is_spoken_against_by_what_speaks_against_any_of_its_numbers()
    {
        TestData.Require();
        for (var block = 1; block <= 9; block++)
        {
            var query = new SuggestionQuery
            {
                Range = new(8005, 8100),
                Block = block,
                Count = 20,
            };
            foreach (var item in IanaPorts.Advisor.Suggest(query, Busy).Items)
            {
                var singles = Numbers(item.Ports)
                    .SelectMany(port =>
                        IanaPorts
                            .Advisor.Suggest(
                                query with
                                {
                                    Range = new(port, port),
                                    Block = 1,
                                    Count = 1,
                                },
                                Busy
                            )
                            .Items[0]
                            .Reasons
                    );
                Assert.Equal(Against(singles), Against(item.Reasons));
            }
        }

        static IEnumerable<string> Against(IEnumerable<Reason> reasons) =>
            reasons.Where(reason => reason.IsAgainst).Select(reason => reason.Code).Distinct().Order();
    }

    [Fact]
    public void Near_another_number_nothing_better_was_left_out()
    {
        var index = IanaPorts.Index;
        var query = new SuggestionQuery { Near = new(8013), Count = 5 };
        var chosen = IanaPorts.Advisor.Suggest(query).Items;
        var worst = chosen[^1].Score;
        foreach (var port in Numbers(query.Range).Where(port => IsFree(index, query, port)))
        {
            if (chosen.Any(item => item.Ports.First.Value == port))
                continue;
            var alone = IanaPorts.Advisor.Suggest(query with { Range = new(port, port) }).Items[0];
            Assert.True(alone.Score <= worst, $"{port} has {alone.Score}, the worst chosen {worst}");
        }
    }

    [Fact]
    public void Near_a_number_in_use_by_a_product_its_neighbour_comes_before_it()
    {
        var near = IanaPorts.Advisor.Suggest(new() { Near = new(8013), Count = 2 }).Items;
        Assert.Equal([8012, 8011], near.Select(item => (int)item.Ports.First.Value));
        var only = Assert.Single(
            IanaPorts.Advisor.Suggest(new() { Range = new(8013, 8013), Count = 1 }).Items
        );
        Assert.Contains(only.Reasons, reason => reason.Code == ReasonCode.KnownUse);
    }

    [Fact]
    public void Unless_asked_otherwise_it_keeps_clear_of_all_that_is_known()
    {
        var answer = IanaPorts.Advisor.Suggest(new() { Count = 50 });
        Assert.Equal(50, answer.Items.Length);
        Assert.All(
            answer.Items,
            item =>
                Assert.Equal([ReasonCode.Unassigned, ReasonCode.Room], item.Reasons.Select(one => one.Code))
        );
    }

    [Fact]
    public void Each_free_run_gives_one_before_any_gives_a_second()
    {
        var advisor = new PortAdvisor(
            Index(
                Record("pier", "6000-6009", "tcp"),
                Record("quay", "6013-6019", "tcp"),
                Record("mole", "6021", "tcp")
            )
        );
        var query = new SuggestionQuery { Range = new(6000, 6021), Count = 4 };
        // 6010 to 6012 and 6020 are free. More room is worth more, so the second run's number comes last.
        Assert.Equal([6010, 6011, 6012, 6020], First(advisor.Suggest(query)));
        Assert.Equal([6010, 6020], First(advisor.Suggest(query with { Count = 2 })));
    }

    [Fact]
    public void Room_is_what_follows_in_the_registry_not_in_the_range()
    {
        var advisor = new PortAdvisor(Index(Record("quay", "7004", "tcp")));
        var reasons = Assert
            .Single(advisor.Suggest(new() { Range = new(7001, 7001), Count = 1 }).Items)
            .Reasons;
        Assert.Contains(
            reasons,
            reason => reason is { Code: ReasonCode.Room, Text: "2 more free numbers follow", Weight: 1 }
        );
        Assert.Contains(
            Assert.Single(advisor.Suggest(new() { Range = new(7003, 7003), Count = 1 }).Items).Reasons,
            reason => reason is { Code: ReasonCode.Room, Text: "the number after it is not free", Weight: 0 }
        );
        Assert.Empty(advisor.Suggest(new() { Range = new(7001, 7001), Block = 2 }).Items);
    }

    [Fact]
    public void A_number_assigned_on_one_transport_is_free_on_none_P5()
    {
        var advisor = new PortAdvisor(Index(Record("quay", "7001", "udp")));
        Assert.Equal([7000, 7002], First(advisor.Suggest(new() { Range = new(7000, 7002) })).Order());
    }

    [Fact]
    public void A_number_whose_widespread_use_is_noted_is_not_free_P12()
    {
        const string note = "This entry records an unassigned but widespread use";
        var advisor = new PortAdvisor(Index(Record("mole", "7001", "tcp", note: note)));
        Assert.Equal([7000, 7002], First(advisor.Suggest(new() { Range = new(7000, 7002) })).Order());
    }

    [Fact]
    public void What_the_host_uses_comes_last()
    {
        var host = new HostFacts(null, [(new(7000), TransportProtocol.Tcp)]);
        var answer = new PortAdvisor(Index()).Suggest(new() { Range = new(7000, 7001) }, host);
        Assert.Equal([7001, 7000], First(answer));
        Assert.Contains(
            answer.Items[1].Reasons,
            reason => reason is { Code: ReasonCode.InUseHere, Text: "in use on this host: 7000/tcp" }
        );
        Assert.Equal(
            7000,
            First(
                new PortAdvisor(Index()).Suggest(
                    new() { Range = new(7000, 7001), Transports = [TransportProtocol.Udp] },
                    host
                )
            )[0]
        );
    }

    [Fact]
    public void A_short_run_between_numbers_of_one_holder_is_left_to_it()
    {
        var ada = new Reference(ReferenceType.Person, "Ada_Example");
        var advisor = new PortAdvisor(
            Index(
                Record("pier", "7000", "tcp") with
                {
                    Contacts = [ada],
                },
                Record("quay", "7003", "tcp") with
                {
                    Contacts = [ada],
                }
            )
        );
        var between = advisor.Suggest(new() { Range = new(7000, 7003), Count = 2 }).Items;
        var within = advisor.Suggest(new() { Range = new(7002, 7002), Count = 1 }).Items;
        Assert.All(
            [.. between, .. within],
            item =>
                Assert.Contains(
                    item.Reasons,
                    reason => reason is { Code: ReasonCode.Neighbours, IsAgainst: true }
                )
        );
    }

    [Fact]
    public void A_number_that_a_revision_de_assigned_is_told_with_the_revision()
    {
        var current = Of(Record("", "7000-7009", description: "Unassigned"));
        var history = new History(
            [
                Revision(1),
                Revision(
                    2,
                    new RecordChange(Record("quay", "7000", "udp"), null, null),
                    new RecordChange(Record("quay", "7000", "tcp"), null, null),
                    // Says something else of an assignment that stays.
                    new RecordChange(Record("mole", "7001", "tcp"), Record("pier", "7001", "tcp"), null)
                ),
            ],
            current,
            9
        );
        var answer = new PortAdvisor(new RegistryIndex(current), history).Suggest(
            new() { Range = new(7000, 7001) }
        );
        Assert.Equal([7001, 7000], First(answer));
        var reason = Assert.Single(answer.Items[1].Reasons, one => one.Code == ReasonCode.Deassigned);
        Assert.Equal(
            "was assigned to quay on udp and tcp until revision 2: old programs may use it still",
            reason.Text
        );
    }

    [Theory]
    [InlineData(50000, 50010, 1, "50000-50010 are Dynamic Ports, which are never assigned")]
    [InlineData(6000, 6063, 1, "nothing in 6000-6063 on tcp is free")]
    [InlineData(1024, 49151, 1000, "no 1000 numbers in a row of 1024-49151 on tcp are free: of the 42")]
    [InlineData(8011, 8014, 2, "there is no more in 8011-8014 on tcp: 4 are free")]
    public void An_answer_with_too_few_says_why(int first, int last, int block, string beginning) =>
        Assert.StartsWith(
            beginning,
            IanaPorts.Advisor.Suggest(new() { Range = new(first, last), Block = block }).Why,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_block_tells_which_of_its_numbers_are_spoken_against()
    {
        var block = Assert.Single(
            IanaPorts
                .Advisor.Suggest(
                    new()
                    {
                        Range = new(8011, 8014),
                        Block = 4,
                        Count = 1,
                    }
                )
                .Items
        );
        var reason = Assert.Single(block.Reasons, one => one.Code == ReasonCode.KnownUse);
        Assert.Contains("8013, the default of flagd", reason.Text, StringComparison.Ordinal);
        Assert.Contains("8014, the default of flagd's", reason.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("8012", reason.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_built_in_registry_gives_answers_too() =>
        Assert.Equal(
            3,
            new PortAdvisor(new RegistryIndex(BuiltInRegistry.Read())).Suggest(new()).Items.Length
        );

    [Fact]
    public void Allocates_nothing_for_the_numbers_that_it_passes()
    {
        var advisor = IanaPorts.Advisor;
        var query = new SuggestionQuery();
        advisor.Suggest(query);
        var before = GC.GetAllocatedBytesForCurrentThread();
        advisor.Suggest(query);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    static Revision Revision(int number, params Change[] changes) =>
        new()
        {
            Number = number,
            Time = new(2026, 1, number, 0, 0, 0, TimeSpan.Zero),
            Who = "registrar",
            Why = "asked for",
            Changes = [.. changes],
            Records = default,
            Contacts = default,
            Hash = Ledger.NoHash,
            Previous = Ledger.NoHash,
        };

    static bool IsFree(RegistryIndex index, SuggestionQuery query, int port) =>
        query.Transports.All(transport =>
            index.Effective(new((ushort)port), transport) == PortState.Unassigned
        )
        && TransportProtocols.All.All(transport =>
            index
                .Find(new((ushort)port), transport)
                .All(record => record.Kind() != RecordKind.UnassignedUseNoted)
        );

    static IEnumerable<int> Numbers(PortRange range) => Enumerable.Range(range.First.Value, range.Count);

    static int[] First(SuggestionAnswer answer) =>
        [.. answer.Items.Select(item => (int)item.Ports.First.Value)];

    static string Words(SuggestionAnswer answer) =>
        string.Join(
            '\n',
            answer.Items.Select(item =>
                $"{item.Ports} {string.Join('|', item.Reasons.Select(reason => reason.Text))}"
            )
        );
}
