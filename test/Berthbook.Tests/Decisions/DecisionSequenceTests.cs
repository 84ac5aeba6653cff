using Berthbook.Formats;
using Berthbook.Journal;
using Berthbook.Rules;

namespace Berthbook.Decisions;

/// <summary>Any hundred allowed decisions, one after the other, leave a sound registry.</summary>
public class DecisionSequenceTests(ITestOutputHelper output)
{
    const int Steps = 100;

    [Fact]
    public void Any_hundred_decisions_leave_a_sound_registry_of_an_organisation() =>
        Try("decisions-own", 20260306, Counts.Of(1, 60), _ => EmptyRegistry.Create("Harbour", Decide.Day));

    [Fact]
    public void Any_hundred_decisions_leave_a_sound_registry_of_any_revision()
    {
        TestData.Require();
        var files = TestData.Xml.Order(StringComparer.Ordinal).ToList();
        Try(
            "decisions-iana",
            20260817,
            Counts.Of(1, 40),
            random => XmlFormat.Read(TestData.Unzip(files[random.Next(files.Count)])).Registry!
        );
    }

    void Try(string id, int seed, int count, Func<Random, Registry> start)
    {
        var promise = new Promise(
            id,
            "any hundred allowed decisions: the registry reads back, no number or name is held twice, nothing overlaps or dangles",
            seed
        );
        var faults = new List<string>();
        for (var i = 0; i < count; i++)
        {
            promise.Tried += Steps;
            var run = Run(new(seed + i), start, RuleBook.Standard, Steps);
            faults.AddRange(run.Select(fault => $"seed {seed + i}: {fault}"));
        }
        promise.Failed = faults.Count;
        var unsplit = Run(new(seed), start, RuleBook.Standard.Without("P6"), Steps / 4);
        promise.Control = ("without splits of ranges (P6)", unsplit.Count);
        promise.Record();
        if (faults.Count > 0)
            Assert.Fail(string.Join('\n', faults.Take(20)));
        Assert.NotEmpty(unsplit);
    }

    List<string> Run(Random random, Func<Random, Registry> start, RuleBook rules, int steps)
    {
        var checksAll = steps == Steps;
        var basis = new RuleBasis(new RegistryIndex(start(random)));
        var soundness = new Soundness(basis.Registry);
        var any = new AnyDecision(random);
        var (decided, refused) = (0, 0);
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var day = Decide.Day; decided < steps; day = day.AddDays(1))
        {
            if (any.On(basis) is not { } act)
                continue;
            if (new Decision(day, [act]).EffectOn(basis, rules).Effect is not { } effect)
            {
                Assert.True(++refused < 10 * Steps, "hardly any decision is allowed");
                continue;
            }
            var after = effect.On(basis.Registry);
            if (checksAll && decided % 10 == 0)
                Assert.Empty(Differ.Compare(after, SameChanges.Check(effect, basis.Registry)));
            kinds[act.GetType().Name] = kinds.GetValueOrDefault(act.GetType().Name) + 1;
            basis = new(new RegistryIndex(after));
            decided++;
        }
        if (checksAll)
            output.WriteLine(
                $"{basis.Registry.Records.Length} records, {refused} refused; {string.Join(", ", kinds.Select(pair => $"{pair.Key} {pair.Value}"))}"
            );
        var faults = soundness.Faults(basis.Registry, any.Shared).ToList();
        if (checksAll)
        {
            faults.AddRange(Soundness.ReadingFaults(basis.Registry));
            faults.AddRange(Soundness.Unexplained(basis.Index));
        }
        return faults;
    }
}
