using Berthbook.Formats;

namespace Berthbook.Search;

/// <summary>What people type, on IANA's registry, against the answers that they look for.</summary>
public sealed class SearchQualityTests(ITestOutputHelper output)
{
    const string Sample = "Samples/real-queries.tsv";

    static readonly Lazy<RegistrySearch> Whole = new(() =>
        new(XmlFormat.Read(TestData.Unzip("pairs/2026-08-17/registry.xml.gz")).Registry!)
    );

    static IEnumerable<(string Query, string[] Answers)> Queries =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, Sample))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split('\t'))
            .Select(cells => (cells[0], cells[1].Split('|')));

    [Fact]
    public void Puts_the_answer_first_nine_times_of_ten_and_nearly_always_among_three()
    {
        TestData.Require();
        var places = Queries
            .Select(asked => (asked.Query, asked.Answers, Place: PlaceOf(asked.Answers, asked.Query)))
            .ToList();
        foreach (var (query, answers, place) in places.Where(asked => asked.Place != 1))
            output.WriteLine(
                $"{query}: {string.Join(" or ", answers)} is {(place == 0 ? "not found" : $"number {place}")}; "
                    + string.Join(
                        ", ",
                        Whole
                            .Value.Find(query, 5)
                            .Items.Select(item => $"{item.Title} {item.Score:f3} ({item.Why})")
                    )
            );
        var first = places.Count(asked => asked.Place == 1) / (double)places.Count;
        var three = places.Count(asked => asked.Place is >= 1 and <= 3) / (double)places.Count;
        output.WriteLine($"{places.Count} queries: first {first:p1}, among three {three:p1}");
        Assert.True(places.Count >= 100);
        Assert.True(first >= 0.90, $"first in {first:p1}");
        Assert.True(three >= 0.98, $"among three in {three:p1}");
    }

    [Fact]
    public void Answers_no_more_than_a_third_of_them_by_the_list_of_common_names()
    {
        var common = CommonName.All.Select(known => known.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var queries = Queries.ToList();
        Assert.True(queries.Count(asked => common.Contains(asked.Query)) * 3 <= queries.Count);
        Assert.Equal(queries.Count, queries.DistinctBy(asked => asked.Query).Count());
    }

    [Fact]
    public void Knows_common_names_of_registered_services_only()
    {
        TestData.Require();
        var index = new RegistryIndex(Whole.Value.Registry);
        Assert.All(
            CommonName.All,
            known =>
                Assert.Contains(
                    index.Find(known.Service),
                    record => known.Port is not { } port || record.Number?.Contains(port) == true
                )
        );
    }

    // From 1, or 0 where it is not among ten.
    static int PlaceOf(string[] answers, string query) =>
        Whole
            .Value.Find(query, 10)
            .Items.ToList()
            .FindIndex(item => answers.Any(answer => IsAbout(item, answer))) + 1;

    static bool IsAbout(SearchItem item, string answer) =>
        item.Kind switch
        {
            SearchKind.Contact => item.Address == $"/contacts/{answer}",
            _ => item.Title.Equals(answer, StringComparison.OrdinalIgnoreCase),
        };
}
