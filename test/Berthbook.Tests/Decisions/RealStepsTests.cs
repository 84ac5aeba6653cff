using Berthbook.Formats;
using Berthbook.Rules;

namespace Berthbook.Decisions;

/// <summary>Steps of IANA's own year, each as the decision that makes it out of the revision before.</summary>
public class RealStepsTests(ITestOutputHelper output)
{
    [Fact]
    public void Udpstp_takes_its_number_out_of_a_range_and_stands_before_its_twin() => Show("udpstp");

    [Fact]
    public void Netconf_gives_three_numbers_back_and_keeps_the_names() => Show("netconf");

    [Fact]
    public void Xahaud_comes_with_two_new_contacts() => Show("xahaud");

    [Fact]
    public void Skytale_changes_its_name_with_the_name_of_its_assignee() => Show("skytale");

    [Fact]
    public void Ollama_has_the_registration_date_of_an_earlier_day() => Show("ollama");

    [Fact]
    public void Wchr_is_a_name_alone_with_a_contact_id_that_was_taken() => Show("wchr");

    [Fact]
    public void Veroce_stands_after_its_twin() => Show("veroce");

    [Fact]
    public void Four_of_the_seven_needed_a_choice_of_the_registrar()
    {
        TestData.Require();
        var chosen = RealSteps
            .All.Where(step =>
            {
                var basis = Iana.Basis(step.Value.From);
                return !step.Value.Decision(basis).EffectOn(basis, InForce.Book).Effect!.Choices.IsEmpty;
            })
            .Select(step => step.Key)
            .ToList();
        output.WriteLine(
            $"{chosen.Count} of {RealSteps.All.Count} needed a registrar's choice: {string.Join(", ", chosen)}"
        );
        Assert.Equal(["udpstp", "netconf", "ollama", "wchr"], chosen);
    }

    void Show(string name)
    {
        TestData.Require();
        var step = RealSteps.All[name];
        var basis = Iana.Basis(step.From);
        var outcome = step.Decision(basis).EffectOn(basis, InForce.Book);
        Assert.Null(outcome.Fault);
        var effect = outcome.Effect!;
        var after = effect.On(basis.Registry);
        output.WriteLine(
            effect.Choices.IsEmpty
                ? $"{name}: no registrar's choice"
                : $"{name}: {string.Join("; ", effect.Choices)}"
        );
        SameCsv.Check(Iana.Registry(step.To), after);
        SameChanges.Check(effect, basis.Registry);
    }
}
