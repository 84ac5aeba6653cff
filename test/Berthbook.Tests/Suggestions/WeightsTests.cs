using System.Reflection;

namespace Berthbook.Suggestions;

public class WeightsTests
{
    [Fact]
    public void Every_kind_of_reason_is_in_the_documentation()
    {
        var text = File.ReadAllText(Path.Combine(Root(), "docs", "using.md"));
        var codes = typeof(ReasonCode)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!);
        Assert.All(codes, code => Assert.Contains($"`{code}`", text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_documentation_states_the_weights_that_count()
    {
        var rows = File.ReadLines(Path.Combine(Root(), "docs", "using.md")).ToList();
        var advisor = new PortAdvisor(SmallRegistry.Index());
        foreach (var port in (ushort[])[1, 1025, 6697, 8013, 10080, 30000, 40000, 55000])
        {
            foreach (var reason in advisor.Explain(new(port)).Reasons.Where(reason => reason.IsAgainst))
            {
                var row = Assert.Single(
                    rows,
                    row => row.StartsWith('|') && row.Contains($"`{reason.Code}`", StringComparison.Ordinal)
                );
                Assert.Contains($"{reason.Weight}", row, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, -4)]
    [InlineData(2, -8)]
    [InlineData(3, -8)]
    [InlineData(4, -12)]
    [InlineData(1000, -40)]
    [InlineData(65535, -64)]
    public void Each_doubling_of_the_distance_costs_4(int distance, int weight) =>
        Assert.Equal(weight, Weights.OfDistance(distance));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(9, 1)]
    [InlineData(10, 2)]
    [InlineData(100, 3)]
    public void More_room_is_worth_more(int further, int weight) =>
        Assert.Equal(weight, Weights.OfRoom(further));

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Berthbook.slnx")))
            folder = folder.Parent;
        return folder?.FullName
            ?? throw new InvalidOperationException("the tests run outside the repository");
    }
}
