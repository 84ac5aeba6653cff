namespace Berthbook.Rules;

/// <summary>
/// Each rule in turn is switched off and the tests that cite it run again: every one of them has to fail, and every rule has
/// to be cited.
/// </summary>
public class RuleSwitchTests(ITestOutputHelper output)
{
    static readonly string[] Ids =
    [
        .. Family('N', 6),
        .. Family('P', 12),
        .. Family('A', 17),
        .. Family('D', 5),
        .. Family('C', 14),
        .. Family('K', 4),
        .. Family('V', 12),
    ];

    [Fact]
    public void The_rules_are_those_of_the_procedures_in_order() =>
        Assert.Equal(Ids, RuleBook.Standard.Rules.Select(rule => rule.Id));

    [Fact]
    public void Every_rule_says_what_it_asks_where_it_comes_from_and_gives_an_example() =>
        Assert.All(
            RuleBook.Standard.Rules,
            rule =>
            {
                Assert.True(rule.Title is { Length: > 0 and <= 60 } && !rule.Title.EndsWith('.'), rule.Title);
                Assert.EndsWith(".", rule.Text);
                Assert.EndsWith(".", rule.Example);
                Assert.False(string.IsNullOrWhiteSpace(rule.Source));
            }
        );

    [Fact]
    public async Task No_rule_can_be_switched_off_without_a_test_noticing()
    {
        var promise = new Promise(
            "rules-needed",
            "every numbered rule is needed by a test on what comes of it",
            0
        );
        var unnoticed = new List<string>();
        foreach (var rule in Ids)
        {
            promise.Tried++;
            var trials = RuleTrial.Of(typeof(RuleSwitchTests).Assembly, rule);
            if (trials.Count == 0)
                unnoticed.Add($"{rule}: no test cites it");
            foreach (var trial in trials)
            {
                if (await trial.FaultAsync(rule) is { } fault)
                    unnoticed.Add($"{rule}: {fault}");
            }
        }
        promise.Failed = unnoticed.Count;
        promise.Control = ("tests that do not look", await BlindTests.UnnoticedAsync());
        promise.Record();
        output.WriteLine($"{promise.Tried} rules switched off in turn; {unnoticed.Count} absences unnoticed");
        Assert.True(unnoticed.Count == 0, string.Join('\n', unnoticed));
    }

    [Fact]
    public async Task A_test_that_cannot_fail_is_told() =>
        Assert.Equal(BlindTests.Count, await BlindTests.UnnoticedAsync());

    static IEnumerable<string> Family(char letter, int count) =>
        Enumerable.Range(1, count).Select(number => $"{letter}{number}");

    /// <summary>Tests that cite a rule and do not notice its absence, by not looking, by failing anyway, by being skipped.</summary>
    static class BlindTests
    {
        public const int Count = 4;

        public static async Task<int> UnnoticedAsync()
        {
            var told = 0;
            foreach (var trial in RuleTrial.Within(typeof(BlindTests), "P4"))
                told += await trial.FaultAsync("P4") is null ? 0 : 1;
            return told;
        }

        [Cites("P4")]
        public static void Looks_at_nothing() => Assert.NotNull(InForce.Book);

        [Cites("P4")]
        public static void Asks_all_rules_always() => Assert.NotNull(RuleBook.Standard.Find("P4"));

        [Cites("P4")]
        public static void Fails_with_the_rule_too() => Assert.Null(InForce.Book.Find("N1"));

        [Cites("P4")]
        public static async Task Is_skipped()
        {
            await Task.Yield();
            Assert.Skip("today");
        }

        [Cites("P4")]
        public static void Notices() => Assert.NotNull(InForce.Book.Find("P4"));
    }
}
