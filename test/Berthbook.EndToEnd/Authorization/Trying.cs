using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Berthbook.Requests;

namespace Berthbook.Authorization;

/// <summary>Tries an action as a subject over HTTP, and says what came of it in a word.</summary>
static class Trying
{
    /// <summary>What comes of an action, as the file of expected answers writes it: <c>200</c>, <c>403</c>, <c>403 A11</c>.</summary>
    public static async Task<string> AnswerAsync(
        HttpClient client,
        int request,
        RequestAction action,
        string? token,
        int standIn,
        bool isDryRun
    )
    {
        using var call = new HttpRequestMessage(
            HttpMethod.Post,
            $"/api/v1/requests/{request}/{action.Word()}{(isDryRun ? "?dryRun=true" : "")}"
        )
        {
            Content = new StringContent(
                BodyOf(action, standIn),
                Encoding.UTF8,
                new MediaTypeHeaderValue("application/json")
            ),
        };
        call.Headers.TryAddWithoutValidation("If-Match", "*");
        call.Headers.TryAddWithoutValidation("Idempotency-Key", Guid.NewGuid().ToString());
        if (token is not null)
            call.Headers.Authorization = new("Bearer", token);
        using var answer = await client.SendAsync(call, TestContext.Current.CancellationToken);
        var status = $"{(int)answer.StatusCode}";
        if (answer.IsSuccessStatusCode)
            return status;
        var problem = JsonNode.Parse(
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        )!;
        return problem["findings"] is JsonArray { Count: > 0 } findings
            ? $"{status} {findings[0]!["rule"]}"
            : status;
    }

    static string BodyOf(RequestAction action, int standIn) =>
        action switch
        {
            RequestAction.Submit => "{}",
            RequestAction.Recommend => """{"for":true,"reason":"because","criteria":["A3"]}""",
            RequestAction.StandIn => $$"""{"reason":"because","account":{{standIn}}}""",
            _ => """{"reason":"because"}""",
        };
}
