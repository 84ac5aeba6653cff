using System.Text.Json;
using Berthbook.Formats;
using Berthbook.Requests;

namespace Berthbook.Rules;

/// <summary>
/// Requests with what the rules should say of them, each a file in <c>Cases</c>: every refusal and need, the advice that
/// matters, the procedure, and whether a decision would change the registry.
/// </summary>
public class CaseTests
{
    static readonly Dictionary<string, Lazy<RuleBasis>> Bases = new(StringComparer.Ordinal);

    static string Folder => Path.Combine(AppContext.BaseDirectory, "Rules", "Cases");

    public static TheoryData<string> Files =>
        [
            .. Directory
                .EnumerateFiles(Folder, "*.json")
                .Select(path => Path.GetFileNameWithoutExtension(path)!)
                .Order(StringComparer.Ordinal),
        ];

    [Fact]
    public void There_are_forty() => Assert.True(Files.Count >= 40);

    [Theory, MemberData(nameof(Files))]
    public void Comes_to_the_verdict_that_the_case_expects(string name)
    {
        using var file = Case(name);
        var expected = file.RootElement;
        var verdict = Check(expected);
        Assert.Equal(
            Told(expected.GetProperty("findings").EnumerateArray().Select(Line).Where(IsGrave)),
            Told(verdict.Findings.Select(Line).Where(IsGrave))
        );
        Assert.Subset(
            verdict.Findings.Select(Line).ToHashSet(),
            expected.GetProperty("findings").EnumerateArray().Select(Line).ToHashSet()
        );
        Assert.Equal(
            expected.GetProperty("procedure").GetString(),
            verdict.Procedure is { } procedure ? RuleSettings.Default.Label(procedure) : null
        );
    }

    [Theory, MemberData(nameof(Files))]
    public void Tells_an_effect_where_the_case_expects_one(string name)
    {
        using var file = Case(name);
        Assert.Equal(
            file.RootElement.GetProperty("effect").GetBoolean(),
            Check(file.RootElement).Effect is { Changes.IsEmpty: false }
        );
    }

    static JsonDocument Case(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, $"{name}.json")));

    static Verdict Check(JsonElement expected)
    {
        var read = RequestFormat.Read(JsonSerializer.SerializeToUtf8Bytes(expected.GetProperty("request")));
        Assert.Empty(read.Faults);
        var today = DateOnly.ParseExact(expected.GetProperty("today").GetString()!, "yyyy-MM-dd");
        var basis = BasisOf(expected.GetProperty("revision").GetString()!, today);
        return RuleBook.Standard.Check(basis, read.Document!, today);
    }

    static string Told(IEnumerable<string> lines) => string.Join('\n', lines.Order(StringComparer.Ordinal));

    static bool IsGrave(string line) => !line.Contains(" advise ", StringComparison.Ordinal);

    static string Line(JsonElement finding) =>
        $"{finding.GetProperty("rule").GetString()} {finding.GetProperty("severity").GetString()} {finding.GetProperty("field").GetString()}";

    static string Line(Finding finding) =>
        $"{finding.Rule} {finding.Severity.ToString().ToLowerInvariant()} {finding.Field}";

    static RuleBasis BasisOf(string revision, DateOnly today)
    {
        if (revision == "empty")
            return new(new(EmptyRegistry.Create("Ports of Example", today)));
        lock (Bases)
        {
            if (!Bases.TryGetValue(revision, out var basis))
                Bases[revision] = basis = new(() => Read(revision));
            return basis.Value;
        }
    }

    static RuleBasis Read(string revision)
    {
        TestData.Require();
        var folder = File.Exists(Path.Combine(TestData.Folder!, "iana", $"{revision}.xml.gz"))
            ? "iana"
            : "history";
        var result = XmlFormat.Read(TestData.Unzip(Path.Combine(folder, $"{revision}.xml.gz")));
        Assert.Empty(result.Faults);
        return new(new(result.Registry!));
    }
}
