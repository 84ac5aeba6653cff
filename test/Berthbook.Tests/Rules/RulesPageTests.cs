using System.Text;

namespace Berthbook.Rules;

public class RulesPageTests
{
    static readonly string Docs = Path.Combine(Root(), "docs");

    static IReadOnlyList<RfcRequirement> Requirements =>
        RfcRequirement.Read(File.ReadLines(Path.Combine(Docs, "rfc-requirements.tsv")));

    [Fact]
    public void The_page_of_the_rules_is_current()
    {
        var page = RulesPage.Write(RuleBook.Standard.Rules, Requirements);
        var file = Path.Combine(Docs, "rules.md");
        if (Environment.GetEnvironmentVariable("BERTHBOOK_ACCEPT") == "1")
            File.WriteAllText(file, page, new UTF8Encoding(false));
        Assert.True(page == File.ReadAllText(file), "docs/rules.md is not current: run scripts/rules.sh");
    }

    [Fact]
    public void Every_demand_of_the_RFCs_has_a_rule_or_a_reason()
    {
        var requirements = Requirements;
        var words = requirements
            .Where(requirement => requirement.Rfc == "6335")
            .Sum(requirement => requirement.Word.Split(',').Length);
        Assert.Equal(68, words);
        Assert.Equal(16, requirements.Count(requirement => requirement.Rfc == "7605"));
        Assert.All(
            requirements,
            requirement =>
            {
                Assert.All(requirement.Rules, rule => Assert.NotNull(RuleBook.Standard.Find(rule)));
                if (requirement.Rules.Count == 0)
                    Assert.StartsWith("not for software, because ", requirement.Reason);
                else
                    Assert.Empty(requirement.Reason);
            }
        );
    }

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Berthbook.slnx")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
