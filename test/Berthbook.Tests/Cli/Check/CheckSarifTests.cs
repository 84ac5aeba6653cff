using System.Net;
using System.Text.Json;
using Berthbook.Checks;
using Berthbook.Formats;

namespace Berthbook.Cli.Check;

/// <summary>What the schema of SARIF 2.1.0 demands of a log such as ours, object by object.</summary>
public class CheckSarifTests
{
    // The members that the schema allows where we write; it allows no others.
    static readonly Dictionary<string, string[]> Members = new()
    {
        [""] = ["$schema", "version", "runs"],
        ["runs"] = ["tool", "invocations", "columnKind", "results", "properties"],
        ["tool"] = ["driver"],
        ["driver"] = ["name", "semanticVersion", "rules"],
        ["rules"] = ["id", "shortDescription", "fullDescription", "help", "helpUri", "defaultConfiguration"],
        ["shortDescription"] = ["text"],
        ["fullDescription"] = ["text"],
        ["help"] = ["text"],
        ["defaultConfiguration"] = ["level"],
        ["invocations"] = ["executionSuccessful", "exitCode", "toolExecutionNotifications"],
        ["toolExecutionNotifications"] = ["level", "message", "locations"],
        ["message"] = ["text"],
        ["results"] = ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
        ["locations"] = ["physicalLocation", "logicalLocations"],
        ["logicalLocations"] = ["name", "fullyQualifiedName", "kind"],
        ["physicalLocation"] = ["artifactLocation", "region"],
        ["artifactLocation"] = ["uri"],
        ["region"] = ["startLine", "startColumn"],
        ["partialFingerprints"] = ["berthFinding/v1"],
        ["properties"] = ["registry", "registrySource", "registryUpdated"],
    };

    static readonly RegistryIndex Index = new(Small.Of(Small.Record("alpha", "tcp", "1500")));

    [Fact]
    public void A_log_holds_what_the_schema_demands_and_nothing_else()
    {
        var log = Log();
        AssertMembers("", log);
        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        var run = Assert.Single(log.GetProperty("runs").EnumerateArray());
        var driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("berth", driver.GetProperty("name").GetString());
        Assert.Matches(@"\A\d+\.\d+\.\d+\z", driver.GetProperty("semanticVersion").GetString());
        var rules = driver.GetProperty("rules").EnumerateArray().ToList();
        Assert.Equal(
            CheckRules.All.Select(rule => rule.Id),
            rules.Select(rule => rule.GetProperty("id").GetString())
        );
        Assert.All(
            rules,
            rule =>
                Assert.True(
                    Uri.IsWellFormedUriString(rule.GetProperty("helpUri").GetString(), UriKind.Absolute)
                )
        );
        Assert.Equal("utf16CodeUnits", run.GetProperty("columnKind").GetString());
        foreach (var result in run.GetProperty("results").EnumerateArray())
        {
            var rule = rules[result.GetProperty("ruleIndex").GetInt32()];
            Assert.Equal(rule.GetProperty("id").GetString(), result.GetProperty("ruleId").GetString());
            Assert.Contains(result.GetProperty("level").GetString(), (string[])["note", "warning", "error"]);
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
        }
    }

    [Fact]
    public void Results_stand_where_they_were_found()
    {
        var places = Log()
            .GetProperty("runs")[0]
            .GetProperty("results")
            .EnumerateArray()
            .Select(result =>
                $"{result.GetProperty("ruleId")} {result.GetProperty("locations")[0].GetRawText()} {result.GetProperty("partialFingerprints").GetProperty("berthFinding/v1")}"
            );
        Assert.Equal(
            [
                """port-unassigned {"logicalLocations":[{"name":"127.0.0.1:2000/udp","fullyQualifiedName":"net:[4]/127.0.0.1:2000/udp","kind":"socket"}]} port-unassigned 2000/udp 127.0.0.1""",
                """port-unassigned {"physicalLocation":{"artifactLocation":{"uri":"a%20b/c%3Ad.yaml"},"region":{"startLine":7,"startColumn":9}}} port-unassigned 2000-2001/tcp web""",
                """services-name {"physicalLocation":{"artifactLocation":{"uri":"file:///etc/services"},"region":{"startLine":3}}} services-name 1500/tcp ours""",
                """services-partial {"physicalLocation":{"artifactLocation":{"uri":"stdin"}}} services-partial  """,
            ],
            places
        );
    }

    [Fact]
    public void What_was_not_checked_is_a_notification()
    {
        var invocation = Log().GetProperty("runs")[0].GetProperty("invocations")[0];
        Assert.False(invocation.GetProperty("executionSuccessful").GetBoolean());
        Assert.Equal(4, invocation.GetProperty("exitCode").GetInt32());
        Assert.Equal(
            [
                """{"level":"note","message":{"text":"not all is seen"}}""",
                """{"level":"error","message":{"text":"no"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"bad"},"region":{"startLine":2,"startColumn":5}}}]}""",
                """{"level":"error","message":{"text":"gone"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"gone"}}}]}""",
            ],
            invocation
                .GetProperty("toolExecutionNotifications")
                .EnumerateArray()
                .Select(one => one.GetRawText())
        );
    }

    static void AssertMembers(string kind, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
                AssertMembers(kind, item);
        }
        if (value.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in value.EnumerateObject())
        {
            Assert.Contains(member.Name, Members[kind]);
            AssertMembers(member.Name, member.Value);
        }
    }

    static JsonElement Log()
    {
        var socket = new ListeningSocket
        {
            Address = IPAddress.Loopback,
            Port = new(2000),
            Transport = TransportProtocol.Udp,
            Process = new(7, "named"),
            Namespace = new(4, false),
        };
        var published = new PublishedPort(7, 9, "web", new PortRange(2000, 2001), TransportProtocol.Tcp);
        CheckAnswer[] answers =
        [
            new("host", CheckKind.Host)
            {
                Items = HostCheck.Of(Index, [socket], null),
                Remarks = ["not all is seen"],
            },
            new("a b/c:d.yaml", CheckKind.Compose) { Items = PublishedCheck.Of(Index, [published]) },
            new("/etc/services", CheckKind.Services)
            {
                Items =
                [
                    new()
                    {
                        Line = 3,
                        Subject = "ours",
                        Ports = new PortRange(1500, 1500),
                        Transport = TransportProtocol.Tcp,
                        Findings = [new(CheckRules.ServicesName, "1500/tcp is alpha")],
                    },
                ],
            },
            new("-", CheckKind.Services)
            {
                Items = [new() { Findings = [new(CheckRules.ServicesPartial, "some")] }],
            },
            new("bad", CheckKind.Compose) { Faults = [new Problem(2, 5, "", "no")] },
            new("gone", CheckKind.Services) { Failure = "gone" },
        ];
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
            new CheckSarif(json, new(Index, _ => "local copy"), "1.2.3").Write(answers, 4);
        return JsonDocument.Parse(bytes.ToArray()).RootElement.Clone();
    }
}
