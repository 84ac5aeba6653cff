using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Berthbook.Faults;
using Berthbook.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Mail;

/// <summary>The outbox over the API: for administrators with a token that acts, in the shape of every list.</summary>
public sealed class OutboxApiTests
{
    [Fact]
    public async Task Administrators_read_the_letters_that_are_owed_and_nobody_else_does()
    {
        await using var server = await RunningServer.StartAsync([SmallServer.File("2026-01-01")]);
        await server
            .Services.GetRequiredService<RegistryWriter>()
            .RunAsync(connection =>
            {
                OwnFolder.AddAccounts(connection, server.Clock.GetUtcNow());
                for (var i = 1; i <= 3; i++)
                    Outbox.Add(
                        connection,
                        new("account", $"reader-{i}@example.org", $"Letter {i}", "Text\n", null, 0),
                        server.Clock.GetUtcNow()
                    );
                return 0;
            });
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(server, null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(server, 1)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(server, OwnFolder.Registrar)).StatusCode);
        using var answer = await GetAsync(server, OwnFolder.Administrator, "?page=2&pageSize=2");
        var list = (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
        Assert.Equal((3, 2, 2), ((int)list["total"]!, (int)list["page"]!, (int)list["pageSize"]!));
        var letter = Assert.Single(list["items"]!.AsArray())!;
        Assert.Equal(
            (1, "waiting", "reader-1@example.org", "Text\n"),
            ((int)letter["number"]!, (string?)letter["state"], (string?)letter["to"], (string?)letter["body"])
        );
    }

    static async Task<HttpResponseMessage> GetAsync(RunningServer server, int? account, string query = "")
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/outbox{query}");
        if (account is { } number)
            message.Headers.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                OwnFolder.TokenOf(number)
            );
        return await server.Client.SendAsync(message, TestContext.Current.CancellationToken);
    }
}
