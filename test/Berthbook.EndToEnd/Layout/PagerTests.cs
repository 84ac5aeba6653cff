namespace Berthbook.Server.Layout;

public class PagerTests
{
    [Theory]
    [InlineData(null, 0, 1, 1)]
    [InlineData("", 100, 1, 1)]
    [InlineData("1", 101, 1, 2)]
    [InlineData("2", 101, 2, 2)]
    public void Finds_the_page_that_is_asked_for(string? query, int total, int page, int count)
    {
        var pager = Pager.Find(query, total, 100, "/services");

        Assert.Equal((page, count), (pager!.Page, pager.Count));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("3")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("x")]
    [InlineData("99999999999999999999")]
    public void Has_no_page_beyond_the_list(string query) =>
        Assert.Null(Pager.Find(query, 200, 100, "/services"));

    [Theory]
    [InlineData(1, 1, "1")]
    [InlineData(1, 10, "1 2 3 0 10")]
    [InlineData(5, 10, "1 0 3 4 5 6 7 0 10")]
    [InlineData(10, 10, "1 0 8 9 10")]
    public void Links_the_ends_and_the_neighbours(int page, int count, string numbers) =>
        Assert.Equal(numbers, string.Join(' ', new Pager(page, count, 100, "/services").Numbers));

    [Fact]
    public void Keeps_the_query_of_the_list()
    {
        var pager = new Pager(1, 9, 100, "/services?letter=A");

        Assert.Equal("/services?letter=A", pager.At(1));
        Assert.Equal("/services?letter=A&page=2", pager.At(2));
        Assert.Equal("/changes?page=2", new Pager(1, 9, 100, "/changes").At(2));
    }
}
