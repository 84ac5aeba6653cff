namespace Berthbook.Requests;

/// <summary>The check of histories finds what no order of the calls explains.</summary>
public sealed class ContestHistoryTests
{
    [Fact]
    public void Calls_that_overlap_may_have_gone_either_way() =>
        Assert.Empty(
            Faults(new(0, 10, "a", IsTaken: true), new(1, 5, "a"), new(2, 9, null), new(4, 20, null))
        );

    [Fact]
    public void Two_that_took_it_are_one_too_many() =>
        Assert.NotEmpty(Faults(new(0, 10, "a", IsTaken: true), new(0, 10, "b", IsTaken: true)));

    [Fact]
    public void Nobody_is_told_of_a_holder_before_it_called() =>
        Assert.NotEmpty(Faults(new(5, 10, "a", IsTaken: true), new(1, 4, "a")));

    [Fact]
    public void It_is_not_free_again_after_somebody_was_told_of_its_holder() =>
        Assert.NotEmpty(Faults(new(0, 10, "a", IsTaken: true), new(1, 4, "a"), new(5, 9, null)));

    [Fact]
    public void It_is_not_free_for_who_calls_after_it_was_taken() =>
        Assert.NotEmpty(Faults(new(0, 10, "a", IsTaken: true), new(11, 12, null)));

    [Fact]
    public void Everybody_is_told_of_the_same_holder() =>
        Assert.NotEmpty(Faults(new(0, 10, "a", IsTaken: true), new(1, 12, "b")));

    static List<string> Faults(params ReadOnlySpan<ContestView> views)
    {
        var history = new ContestHistory();
        foreach (var view in views)
            history.Add(view);
        return [.. history.Faults()];
    }
}
