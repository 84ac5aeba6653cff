namespace Berthbook;

public class TableQueryTests
{
    [Theory]
    [InlineData(null, null, "", "", 1, "?")]
    [InlineData("", "", "", "", 1, "?")]
    [InlineData(" \n", "", "", "", 1, "?")]
    [InlineData(" by\t the ", "", "", "by the", 1, "?search=by%20the")]
    [InlineData("8", "41", "", "8", 41, "?search=8")]
    [InlineData("a&b +c", null, "2", "a&b +c", 1, "?search=a%26b%20%2Bc&skey=%2B2")]
    [InlineData(null, "0", "+2,-12", "", 0, "?skey=%2B2&skey=-12")]
    [InlineData(null, "-3", " 2", "", -3, "?skey=%2B2")]
    [InlineData(null, "99999999999", "-2,,2,-2,3", "", int.MaxValue, "?skey=-2&skey=%2B3")]
    public void Reads_parameters_and_writes_them_back(
        string? search,
        string? page,
        string keys,
        string wantedSearch,
        int wantedPage,
        string address
    )
    {
        Assert.True(TableQuery.TryParse(search, page, keys.Split(','), out var query, out var fault));
        Assert.Null(fault);
        Assert.Equal((wantedSearch, wantedPage), (query.Search, query.Page));
        Assert.Equal(address, query.Address);
    }

    [Theory]
    [InlineData("", "one", "", "page is a number such as 2, not 'one'")]
    [InlineData("", "+1", "", "page is a number such as 2, not '+1'")]
    [InlineData("", "01", "", "page is a number such as 2, not '01'")]
    [InlineData("", "1\0", "", "page is a number such as 2, not '1\0'")]
    [InlineData("", "-", "", "page is a number such as 2, not '-'")]
    [InlineData("", "\u0663", "", "page is a number such as 2, not '\u0663'")]
    [InlineData("", "1", "0", "skey is a column, 1 to 12, perhaps with a sign, such as 2 or -2, not '0'")]
    [InlineData("", "1", "2,13", "skey is a column, 1 to 12, perhaps with a sign, such as 2 or -2, not '13'")]
    [InlineData("", "1", "--2", "skey is a column, 1 to 12, perhaps with a sign, such as 2 or -2, not '--2'")]
    [InlineData("", "1", "02", "skey is a column, 1 to 12, perhaps with a sign, such as 2 or -2, not '02'")]
    [InlineData(
        "",
        "1",
        "name",
        "skey is a column, 1 to 12, perhaps with a sign, such as 2 or -2, not 'name'"
    )]
    public void Says_what_is_wrong_with_which_parameter(string search, string page, string keys, string words)
    {
        Assert.False(TableQuery.TryParse(search, page, keys.Split(','), out var query, out var fault));
        Assert.Null(query);
        Assert.Equal(words, fault.Message);
    }

    [Fact]
    public void Refuses_a_search_text_that_would_swell_every_link()
    {
        var long201 = new string('a', 201);
        Assert.False(TableQuery.TryParse(long201, null, [], out _, out var fault));
        Assert.Equal("search takes at most 200 characters; these are 201", fault.Message);
    }

    [Fact]
    public void A_click_goes_up_down_and_away_again_and_back_to_page_one()
    {
        var query = new TableQuery("x", 7, [-3]);
        query = query.Clicked(2);
        Assert.Equal(new("x", 1, [2, -3]), query);
        query = query.Clicked(2);
        Assert.Equal(new("x", 1, [-2, -3]), query);
        query = query.Clicked(2);
        Assert.Equal(new("x", 1, [-3]), query);
    }
}
