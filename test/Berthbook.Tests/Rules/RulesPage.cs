using System.Globalization;
using System.Text;
using Berthbook.Requests;

namespace Berthbook.Rules;

/// <summary>
/// The page <c>docs/rules.md</c>, written from the rules themselves and from <c>docs/rfc-requirements.tsv</c>, which maps
/// what RFC 6335 and RFC 7605 demand to rules.
/// </summary>
static class RulesPage
{
    static readonly (char Family, string Title)[] Families =
    [
        ('N', "Service names"),
        ('P', "Port numbers"),
        ('A', "Assignment requests"),
        ('D', "DCCP service codes"),
        ('C', "Changes to assignments"),
        ('K', "Parties"),
        ('V', "Advice"),
    ];

    /// <summary>The page.</summary>
    public static string Write(IReadOnlyList<Rule> rules, IReadOnlyList<RfcRequirement> requirements)
    {
        var page = new StringBuilder(
            """
            # The rules

            Every rule that Berthbook holds requests and decisions to. This page is written from the rules
            (`scripts/rules.sh`), and a test keeps it current. A rule *refuses* a request, says what it *needs*, or
            *advises*; what the approver may waive all the same says A16.


            """
        );
        foreach (var (family, title) in Families)
        {
            page.Append(CultureInfo.InvariantCulture, $"## {family}: {title}\n\n");
            foreach (var rule in rules.Where(rule => rule.Id[0] == family))
                Append(page, rule);
        }
        page.Append("## What the RFCs demand, and which rule carries it\n\n");
        page.Append(
            "Each sentence of RFC 6335 sections 5 to 10 with a requirement word in capitals (RFC 2119), and each "
                + "recommendation of RFC 7605, retold. Where no rule carries it, the last column says why.\n\n"
        );
        foreach (var document in requirements.GroupBy(requirement => requirement.Rfc))
        {
            page.Append(CultureInfo.InvariantCulture, $"### RFC {document.Key}\n\n");
            page.Append("| section | word | what it demands | rules |\n|---|---|---|---|\n");
            foreach (var requirement in document)
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"| {requirement.Section} | {requirement.Word} | {Cell(requirement.Text)} | {Carriers(requirement)} |\n"
                );
            page.Append('\n');
        }
        return page.ToString().TrimEnd() + "\n";
    }

    static void Append(StringBuilder page, Rule rule)
    {
        page.Append(CultureInfo.InvariantCulture, $"### {rule.Id}: {rule.Title}\n\n{rule.Text}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"- Source: {rule.Source}\n");
        page.Append(CultureInfo.InvariantCulture, $"- {Weight(rule.Severity)}; applies to {Scope(rule)}\n");
        page.Append(CultureInfo.InvariantCulture, $"- Example: {rule.Example}\n\n");
    }

    static string Weight(Severity severity) =>
        severity switch
        {
            Severity.Refuse => "Refuses",
            Severity.Need => "Needs",
            _ => "Advises",
        };

    static string Scope(Rule rule) =>
        rule.AppliesTo.IsEmpty
            ? "all kinds of request"
            : string.Join(", ", rule.AppliesTo.Select(kind => kind.Word()));

    static string Carriers(RfcRequirement requirement) =>
        requirement.Rules.Count > 0 ? string.Join(", ", requirement.Rules) : Cell(requirement.Reason);

    static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}

/// <summary>One demand of an RFC, and the rules that carry it or why none does.</summary>
sealed record RfcRequirement(
    string Rfc,
    string Section,
    string Word,
    string Text,
    IReadOnlyList<string> Rules,
    string Reason
)
{
    /// <summary>Reads the table: a heading, then a line each, six columns parted by tabs.</summary>
    public static IReadOnlyList<RfcRequirement> Read(IEnumerable<string> lines) =>
        [
            .. lines
                .Skip(1)
                .Where(line => line.Length > 0)
                .Select(line => line.Split('\t'))
                .Select(cells => new RfcRequirement(
                    cells[0],
                    cells[1],
                    cells[2],
                    cells[3],
                    cells[4]
                        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                    cells[5]
                )),
        ];
}
