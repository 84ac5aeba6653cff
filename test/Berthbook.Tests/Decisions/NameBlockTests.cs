namespace Berthbook.Decisions;

public class NameBlockTests
{
    [Theory]
    [InlineData("argus arp zeta 1password alpha zulu", 3)] // an old list first, not even sorted
    [InlineData("alpha beta delta", 0)]
    [InlineData("alpha delta beta zulu", 0)] // a slip is no new beginning
    [InlineData("", 0)]
    public void The_second_alphabet_begins_where_names_begin_anew(string names, int first) =>
        Assert.Equal(first, Of(names).First);

    [Theory]
    [InlineData("Gamma", 3)]
    [InlineData("0", 0)]
    [InlineData("zz", 4)]
    [InlineData("delta", 3)]
    [InlineData("card", 1)] // before the first larger one, slips or not
    public void A_name_stands_before_the_first_larger_one(string name, int place) =>
        Assert.Equal(place, Of("alpha delta beta zulu").FirstAbove(name));

    static NameBlock Of(string names) =>
        NameBlock.Of([
            .. names
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(name => SmallRegistry.Record(name, "", "tcp", name)),
        ]);
}
