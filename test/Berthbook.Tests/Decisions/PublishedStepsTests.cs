using Berthbook.Rules;

namespace Berthbook.Decisions;

/// <summary>Every step of IANA's own year, told by a program as decisions and replayed.</summary>
public class PublishedStepsTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_published_difference_is_a_decision_that_makes_it_again()
    {
        TestData.Require();
        var promise = new Promise(
            "iana-steps",
            "every difference between two of IANA's revisions is a decision that makes the same file again",
            0
        );
        var (housekeeping, chosen, unreserved) = (new List<string>(), 0, 0);
        foreach (var (from, to) in Iana.Days.Zip(Iana.Days.Skip(1)))
        {
            promise.Tried++;
            var basis = Iana.Basis(from);
            var decision = StepClassifier.Classify(basis, Iana.Registry(to));
            var outcome = decision.EffectOn(basis, InForce.Book);
            Assert.True(outcome.Fault is null, $"{to}: {outcome.Fault}");
            var effect = outcome.Effect!;
            var after = SameChanges.Check(effect, basis.Registry);
            SameCsv.Check(Iana.Registry(to), after);
            SameContacts(Iana.Registry(to), after, to);
            unreserved += IsSameWithout("P5", decision, basis, after) ? 0 : 1;
            var kinds = decision.Acts.Select(act => act.GetType().Name).Distinct();
            output.WriteLine($"{to}: {string.Join(", ", kinds)}; {string.Join("; ", effect.Choices)}");
            if (decision.Acts.OfType<Housekeeping>().Any())
                housekeeping.Add(to);
            chosen += effect.Choices.IsEmpty ? 0 : 1;
        }
        promise.Control = ("without Reserved twins (P5)", unreserved);
        promise.Record();
        output.WriteLine(
            $"{promise.Tried} steps, {chosen} with a registrar's choice, {housekeeping.Count} with housekeeping: {string.Join(", ", housekeeping)}"
        );
        Assert.InRange(housekeeping.Count, 1, 6);
        Assert.True(unreserved > 0);
    }

    static bool IsSameWithout(string rule, Decision decision, RuleBasis basis, Registry after) =>
        decision.EffectOn(basis, RuleBook.Standard.Without(rule)).Effect is { } effect
        && effect.On(basis.Registry).Records.SequenceEqual(after.Records);

    static void SameContacts(Registry wanted, Registry got, string step)
    {
        Assert.Equal(
            wanted.Contacts.Select(contact => contact.Id).Order(StringComparer.Ordinal),
            got.Contacts.Select(contact => contact.Id).Order(StringComparer.Ordinal)
        );
        foreach (var contact in wanted.Contacts)
            Assert.True(got.FindContact(contact.Id)!.SaysTheSame(contact), $"{step}: {contact.Id}");
    }
}
