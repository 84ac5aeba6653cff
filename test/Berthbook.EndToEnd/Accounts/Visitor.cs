using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Berthbook.Server.Accounts;

/// <summary>Somebody with a browser without script: keeps cookies, fills in forms, follows redirects within the site.</summary>
sealed class Visitor(RunningServer server)
{
    readonly Dictionary<string, string> cookies = [];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The cookies that are kept.</summary>
    public IReadOnlyDictionary<string, string> Cookies => cookies;

    /// <summary>The last answer.</summary>
    public HttpResponseMessage Answer { get; private set; } = new();

    /// <summary>The address of the last page, path and query.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The last page.</summary>
    public IHtmlDocument Page { get; private set; } = null!;

    /// <summary>The status of the last answer.</summary>
    public HttpStatusCode Status => Answer.StatusCode;

    /// <summary>Opens an address.</summary>
    public Task OpenAsync(string address) => GoAsync(new(HttpMethod.Get, address));

    /// <summary>Fills in the form that posts to an address, and sends it.</summary>
    public Task SendAsync(string action, params (string Name, string Value)[] values) =>
        SendAsync(action, null, values);

    /// <summary>Fills in a form, with headers that a browser adds.</summary>
    public async Task SendAsync(
        string action,
        (string Name, string Value)? header,
        params (string Name, string Value)[] values
    )
    {
        var form = Page.QuerySelectorAll<IHtmlFormElement>("form")
            .First(form => (form.GetAttribute("action") ?? "").StartsWith(action, StringComparison.Ordinal));
        var fields = form.QuerySelectorAll<IHtmlInputElement>("input")
            .Where(input => input.Type is not ("checkbox" or "radio") || input.IsChecked)
            .Where(input => !values.Any(value => value.Name == input.Name))
            .Select(input => KeyValuePair.Create(input.Name!, input.Value))
            .Concat(values.Select(value => KeyValuePair.Create(value.Name, value.Value)));
        var request = new HttpRequestMessage(HttpMethod.Post, form.GetAttribute("action"))
        {
            Content = new FormUrlEncodedContent(fields),
        };
        if (header is var (name, text))
            request.Headers.Add(name, text);
        await GoAsync(request);
    }

    /// <summary>Signs in by password.</summary>
    public async Task SignInAsync(string email, string password = OwnServer.Password)
    {
        await OpenAsync("/account/sign-in");
        await SendAsync("/account/sign-in", ("email", email), ("password", password));
    }

    /// <summary>Sends a request and follows where it leads, while that is here.</summary>
    public async Task GoAsync(HttpRequestMessage request)
    {
        for (var hops = 0; ; hops++)
        {
            Assert.InRange(hops, 0, 10);
            if (cookies.Count > 0)
                request.Headers.Add(
                    "Cookie",
                    string.Join("; ", cookies.Select(one => $"{one.Key}={one.Value}"))
                );
            Address = request.RequestUri!.ToString();
            Answer = await server.Client.SendAsync(request, Cancellation);
            Keep(Answer);
            if (Answer.Headers.Location is not { } next || next.IsAbsoluteUri && !IsHere(next))
                break;
            request = new(HttpMethod.Get, next.IsAbsoluteUri ? next.PathAndQuery : next.ToString());
        }
        Page = await new HtmlParser().ParseDocumentAsync(
            await Answer.Content.ReadAsStringAsync(Cancellation),
            Cancellation
        );
    }

    bool IsHere(Uri address) => address.Authority == server.Client.BaseAddress!.Authority;

    void Keep(HttpResponseMessage answer)
    {
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var pair = cookie.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0)
                cookies.Remove(pair[0]);
            else
                cookies[pair[0]] = pair[1];
        }
    }
}
