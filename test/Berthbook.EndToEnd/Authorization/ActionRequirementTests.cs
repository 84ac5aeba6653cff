using System.Collections.Concurrent;
using Berthbook.Requests;
using Berthbook.Server.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Authorization;

/// <summary>
/// The control of the matrix: with any one requirement taken from any one endpoint, some answer is no longer the expected one.
/// </summary>
public class ActionRequirementTests(ITestOutputHelper output)
{
    [Fact]
    public async Task No_requirement_can_be_taken_from_an_endpoint_without_an_answer_changing()
    {
        var expected = ExpectedRoutes.Read();
        var promise = new Promise(
            "requirements-needed",
            "any one requirement taken from any one endpoint is noticed",
            Environment.TickCount
        );
        var all = await RequirementsAsync();
        var random = new Random(promise.Seed);
        var tried = all.OrderBy(_ => random.Next()).Take(Counts.Of(2, all.Count)).ToList();
        var unnoticed = new List<string>();
        foreach (var (endpoint, requirement) in tried)
        {
            promise.Tried++;
            // On its own the line must hold where nothing is taken, or its changing says nothing.
            Assert.Empty(await WrongAsync(expected, endpoint, null));
            var wrong = await WrongAsync(expected, endpoint, requirement);
            output.WriteLine($"{endpoint} without {requirement}: {wrong.Count} answers change");
            if (wrong.Count == 0)
                unnoticed.Add($"{endpoint} without {requirement}");
        }
        promise.Failed = unnoticed.Count;
        promise.Control = ("requirements taken away that were noticed", tried.Count - unnoticed.Count);
        promise.Record();
        Assert.Empty(unnoticed);
    }

    static async Task<List<string>> WrongAsync(ExpectedRoutes expected, string endpoint, string? requirement)
    {
        await using var server = await RouteMatrixTests.StartAsync(
            requirement is null ? null : builder => Take(builder, endpoint, requirement)
        );
        return await RouteMatrixTests.WrongAsync(server, expected, line => line.Endpoint == endpoint);
    }

    static void Take(EndpointBuilder builder, string endpoint, string requirement)
    {
        if (
            RouteMatrixTests
                .NamesOf(builder.Metadata, (builder as RouteEndpointBuilder)?.RoutePattern.RawText)
                .Contains(endpoint)
        )
            builder.Metadata.Remove(
                builder.Metadata.First(one => one is Requirement && $"{one}" == requirement)
            );
    }

    // What is for everybody guards nothing.
    static async Task<List<(string Endpoint, string Requirement)>> RequirementsAsync()
    {
        var found = new ConcurrentBag<(string, string)>();
        await using var server = await RouteMatrixTests.StartAsync(null);
        foreach (var endpoint in RouteMatrixTests.EndpointsOf(server))
        {
            foreach (
                var requirement in endpoint
                    .Metadata.OfType<Requirement>()
                    .Where(one => one is not ForEverybody)
            )
            {
                foreach (
                    var name in RouteMatrixTests.NamesOf(endpoint.Metadata, endpoint.RoutePattern.RawText)
                )
                    found.Add((name, $"{requirement}"));
            }
        }
        return [.. found.Distinct().Order()];
    }
}
