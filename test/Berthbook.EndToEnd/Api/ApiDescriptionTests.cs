using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Berthbook.Api;

/// <summary>The API answers as <c>/openapi/v1.json</c> says: every documented member, and nothing else.</summary>
public class ApiDescriptionTests(SmallServer small)
{
    // What stands in for the parameters of an address.
    static readonly Dictionary<string, string> Samples = new()
    {
        ["{port}"] = "80",
        ["{transport}"] = "tcp",
        ["{name}"] = "quay",
        ["{id}"] = "a%2Fb",
        ["{revision}"] = "2",
        ["{number}"] = "1",
    };

    [Fact]
    public async Task Describes_every_address_that_the_API_has()
    {
        var paths = (JsonObject)(await small.Server.GetAsync("/openapi/v1.json"))["paths"]!;
        Assert.Equal(
            Server
                .Api.ApiEndpoints.All.Select(operation => $"/api/v1{operation.Path}")
                .Distinct()
                .Order(StringComparer.Ordinal),
            paths.Select(path => path.Key).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Every_answer_has_every_documented_member_and_nothing_else()
    {
        var document = await small.Server.GetAsync("/openapi/v1.json");
        Assert.StartsWith("3.1", (string?)document["openapi"], StringComparison.Ordinal);
        foreach (var (path, methods) in (JsonObject)document["paths"]!)
        {
            // What needs an account is tried with one where it is tested.
            if (methods!["get"] is not { } operation || operation["security"] is not null)
                continue;
            Assert.NotEmpty((string)operation["summary"]!);
            var address = AddressOf(path, operation);
            await CheckAsync(document, operation, address, HttpStatusCode.OK);
            var refused = address.Contains('?') ? $"{address}&nope=1" : $"{address}?nope=1";
            await CheckAsync(document, operation, refused, HttpStatusCode.BadRequest);
            if (operation["responses"]!["404"] is not null)
                await CheckAsync(
                    document,
                    operation,
                    address
                        .Replace("quay", "nope")
                        .Replace("a%2Fb", "nope")
                        .Replace("revisions/2", "revisions/9")
                        .Replace("requests/1", "requests/9")
                        .Replace("to=2", "to=9"),
                    HttpStatusCode.NotFound
                );
        }
    }

    [Fact]
    public async Task Every_documented_parameter_is_understood()
    {
        var document = await small.Server.GetAsync("/openapi/v1.json");
        foreach (var (path, methods) in (JsonObject)document["paths"]!)
        {
            // What needs an account is tried with one where it is tested.
            if (methods!["get"] is not { } operation || operation["security"] is not null)
                continue;
            foreach (
                var parameter in Parameters(operation).Where(parameter => (string?)parameter["in"] == "query")
            )
            {
                var schema = parameter["schema"]!;
                var name = (string)parameter["name"]!;
                var value =
                    name == "sort" ? "name"
                    : name == "mine" ? "false"
                    : name == "range" ? "system"
                    : schema["items"]?["enum"] is JsonArray several ? string.Join(',', several)
                    : schema["enum"] is JsonArray words ? (string)words[0]!
                    : (string?)schema["type"] == "integer" ? "1"
                    : "quay";
                var address = AddressOf(path, operation);
                if (!address.Contains($"{name}=", StringComparison.Ordinal))
                    address += (address.Contains('?') ? "&" : "?") + $"{name}={value}";
                await CheckAsync(document, operation, address, HttpStatusCode.OK);
            }
        }
    }

    async Task CheckAsync(JsonNode document, JsonNode operation, string address, HttpStatusCode status)
    {
        var answer = await small.Server.Client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == status, $"{address} is {answer.StatusCode}");
        var content = (JsonObject)
            operation["responses"]![((int)status).ToString(CultureInfo.InvariantCulture)]!["content"]!;
        var (media, described) = Assert.Single(content);
        Assert.Equal(media, answer.Content.Headers.ContentType?.MediaType);
        var body = await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken);
        var faults = new JsonSchemaCheck(document).Faults(body, described!["schema"]!, address).ToList();
        Assert.Empty(faults);
    }

    static string AddressOf(string path, JsonNode operation)
    {
        foreach (var (name, value) in Samples)
            path = path.Replace(name, value, StringComparison.Ordinal);
        Assert.DoesNotContain("{", path, StringComparison.Ordinal);
        var required = Parameters(operation)
            .Where(parameter => (string?)parameter["in"] == "query" && (bool?)parameter["required"] == true)
            .Select((parameter, i) => $"{parameter["name"]}={i + 1}");
        return required.Any() ? $"{path}?{string.Join('&', required)}" : path;
    }

    static IEnumerable<JsonNode> Parameters(JsonNode operation) =>
        (operation["parameters"] as JsonArray ?? []).Select(parameter => parameter!);
}
