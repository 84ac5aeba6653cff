using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Server.Accounts;

/// <summary>Every address says who may use it, and one that does not is closed (reliability T3).</summary>
public class EndpointRequirementTests
{
    [Fact]
    public async Task Every_endpoint_says_who_may_use_it()
    {
        await using var own = await OwnServer.StartAsync();
        var silent = own
            .Server.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<Requirement>() is null)
            .Select(endpoint => endpoint.DisplayName);
        Assert.Empty(silent);
    }

    [Fact]
    public async Task Closes_an_endpoint_that_does_not_say()
    {
        await using var own = await OwnServer.StartAsync(shape: endpoint =>
        {
            foreach (var requirement in endpoint.Metadata.OfType<Requirement>().ToList())
                endpoint.Metadata.Remove(requirement);
        });
        foreach (
            var address in new[]
            {
                "/",
                "/ports",
                "/healthz",
                "/css/site.css",
                "/api/v1/registry",
                "/account",
            }
        )
        {
            using var answer = await own.Server.Client.GetAsync(address, OwnServer.Cancellation);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Lets_in_who_lacks_an_office_that_is_not_asked_for()
    {
        await using var own = await OwnServer.StartAsync(shape: endpoint =>
        {
            foreach (var office in endpoint.Metadata.OfType<NeedsOffice>().ToList())
                endpoint.Metadata.Remove(office);
        });
        var dee = await own.PersonAsync("dee");
        await own.CallAsync("GET", "accounts", token: dee.Token);
        await own.CallAsync("GET", "accounts", expect: 401);
    }
}
