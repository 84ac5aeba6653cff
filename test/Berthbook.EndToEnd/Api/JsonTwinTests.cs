using System.Net.Http.Headers;

namespace Berthbook.Api;

/// <summary>A page's address gives the API's answer to who asks for JSON (product.md).</summary>
public class JsonTwinTests(SmallServer small)
{
    [Theory]
    [InlineData("/ports", "ports")]
    [InlineData("/ports?from=80", "ports?from=80")]
    [InlineData("/ports/80", "ports/80")]
    [InlineData("/ports/80/tcp", "ports/80/tcp")]
    [InlineData("/services", "services")]
    [InlineData("/services/914c%2Fg", "services/914c%2Fg")]
    [InlineData("/contacts?page=1", "contacts?page=1")]
    [InlineData("/contacts/Ends_%20", "contacts/Ends_%20")]
    [InlineData("/changes", "revisions")]
    [InlineData("/changes/2", "revisions/2")]
    public async Task Page_and_API_answer_the_same(string page, string address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, page);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var twin = await small.Server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await small.Server.Client.GetAsync(
            $"/api/v1/{address}",
            TestContext.Current.CancellationToken
        );
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            await twin.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }
}
