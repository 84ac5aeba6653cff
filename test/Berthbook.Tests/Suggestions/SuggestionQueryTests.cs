namespace Berthbook.Suggestions;

public class SuggestionQueryTests
{
    [Theory]
    [InlineData("system", 0, 1023)]
    [InlineData("user", 1024, 49151)]
    [InlineData("8000-8999", 8000, 8999)]
    [InlineData("8000", 8000, 8000)]
    public void Reads_a_range(string text, int first, int last)
    {
        Assert.True(SuggestionQuery.TryParseRange(text, out var range, out var fault));
        Assert.Equal((first, last), (range.First.Value, range.Last.Value));
        Assert.Null(fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("dynamic")]
    [InlineData("System")]
    [InlineData("9-8")]
    [InlineData("1-70000")]
    [InlineData("080")]
    [InlineData("1-2-3")]
    public void Says_what_a_range_is_where_it_is_none(string text)
    {
        Assert.False(SuggestionQuery.TryParseRange(text, out _, out var fault));
        Assert.EndsWith("or write system or user", fault, StringComparison.Ordinal);
    }
}
