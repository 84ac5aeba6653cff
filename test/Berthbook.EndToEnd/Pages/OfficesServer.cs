using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using Berthbook.Requests;
using Berthbook.Server.Accounts;
using Berthbook.Storage;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Berthbook.Pages;

/// <summary>
/// A registry of one's own with accounts in all offices. Their sessions are real; how one signs in is tried elsewhere, so
/// here an address of the server begins them.
/// </summary>
public sealed class OfficesServer : IAsyncDisposable
{
    const string Door = "/healthz";

    OfficesServer(RunningServer server) => Server = server;

    /// <summary>The server.</summary>
    public RunningServer Server { get; }

    /// <summary>Where it answers.</summary>
    public Uri Address => Server.Client.BaseAddress!;

    /// <summary>The requests.</summary>
    public RequestStore Store => Server.Services.GetRequiredService<RequestStore>();

    /// <summary>Starts a server over a small registry.</summary>
    public static async Task<OfficesServer> StartAsync(
        string record = "",
        Func<Server.Settings, Server.Settings>? choose = null
    ) => new(await RunningServer.StartAsync([SmallServer.File("2026-01-01", record)], choose, OpenDoor));

    /// <summary>Makes an account and returns its number.</summary>
    public Task<int> AddAsync(
        string name,
        Offices offices = Offices.None,
        string? email = null,
        string? organization = null,
        string? claim = null
    ) =>
        Server
            .Services.GetRequiredService<RegistryStore>()
            .Writer.RunAsync(connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = """
                    INSERT INTO account (user_name, normalized_user_name, name, organization, email, normalized_email,
                        email_confirmed, security_stamp, two_factor_enabled, lockout_enabled, access_failed_count, offices,
                        state, created)
                    VALUES (@email, upper(@email), @name, @organization, @email, upper(@email), 1, 'stamp', 1, 1, 0, @offices,
                        'active', 0)
                    RETURNING id
                    """;
                command.Parameters.AddWithValue(
                    "@email",
                    email ?? $"{name.Split(' ')[0].ToLowerInvariant()}@accounts.example"
                );
                command.Parameters.AddWithValue("@name", name);
                command.Parameters.AddWithValue("@organization", (object?)organization ?? DBNull.Value);
                command.Parameters.AddWithValue("@offices", (int)offices);
                var id = Convert.ToInt32(
                    command.ExecuteScalar(),
                    System.Globalization.CultureInfo.InvariantCulture
                );
                if (claim is not null)
                {
                    using var claiming = connection.CreateCommand();
                    claiming.CommandText =
                        "INSERT INTO claim (account, contact, state, asked) VALUES (@account, @contact, 'confirmed', 0)";
                    claiming.Parameters.AddWithValue("@account", id);
                    claiming.Parameters.AddWithValue("@contact", claim);
                    claiming.ExecuteNonQuery();
                }
                return id;
            });

    /// <summary>The address that begins a session of an account.</summary>
    public static string SessionOf(int account) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Door}?as={account}");

    /// <summary>A browser without script in which an account signed in; 0 for nobody.</summary>
    public async Task<PlainBrowser> OpenAsync(int account)
    {
        var browser = new PlainBrowser(Address);
        if (account > 0)
            await browser.GetAsync(SessionOf(account));
        return browser;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    static void OpenDoor(Microsoft.AspNetCore.Builder.EndpointBuilder endpoint)
    {
        if (endpoint is not RouteEndpointBuilder { RoutePattern.RawText: Door, RequestDelegate: { } usual })
            return;
        endpoint.RequestDelegate = async context =>
        {
            if (int.TryParse(context.Request.Query["as"], out var account))
                await Sessions.BeginAsync(
                    context,
                    new()
                    {
                        Id = account,
                        Name = "",
                        SecurityStamp = "stamp",
                    },
                    hasSecondFactor: true
                );
            await usual(context);
        };
    }
}

/// <summary>A browser without script: it keeps cookies, fills in forms and follows redirects.</summary>
public sealed class PlainBrowser(Uri address) : IDisposable
{
    readonly HttpClient client = new(new SocketsHttpHandler { CookieContainer = new() })
    {
        BaseAddress = address,
    };

    /// <summary>The page that is shown.</summary>
    public IDocument Page { get; private set; } = null!;

    /// <summary>Its status.</summary>
    public HttpStatusCode Status { get; private set; }

    /// <summary>Its address.</summary>
    public string Path { get; private set; } = "";

    /// <summary>Who may keep it.</summary>
    public string CacheControl { get; private set; } = "";

    /// <summary>The text of its main part.</summary>
    public string Text => Page.QuerySelector("main")?.TextContent ?? Page.Body!.TextContent;

    public async Task<IDocument> GetAsync(string path) =>
        await ShowAsync(await client.GetAsync(path, TestContext.Current.CancellationToken));

    /// <summary>Fills in a form and presses a button; fields that are not named stay as they are.</summary>
    public async Task<IDocument> SubmitAsync(
        string form,
        IEnumerable<(string Name, string Value)> fields,
        string? button = null
    )
    {
        var element = Page.QuerySelector(form);
        Assert.True(element is not null, $"{Path} has no {form}: {Text}");
        var pressed = button is null
            ? null
            : element.QuerySelectorAll("button").Single(one => one.TextContent == button);
        var given = fields.ToList();
        var body = new List<KeyValuePair<string, string>>();
        foreach (var control in element.QuerySelectorAll("input[name], textarea[name], select[name]"))
        {
            var name = control.GetAttribute("name")!;
            if (given.Exists(field => field.Name == name))
                continue;
            if (control.GetAttribute("type") is "checkbox" or "radio" && !control.HasAttribute("checked"))
                continue;
            body.Add(new(name, ValueOf(control)));
        }
        body.AddRange(given.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)));
        if (pressed?.GetAttribute("name") is { } said)
            body.Add(new(said, pressed.GetAttribute("value") ?? ""));
        var action = pressed?.GetAttribute("formaction") ?? element.GetAttribute("action")!;
        return await PostAsync(action, body);
    }

    public async Task<IDocument> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> body)
    {
        using var content = new FormUrlEncodedContent(body);
        return await ShowAsync(await client.PostAsync(path, content, TestContext.Current.CancellationToken));
    }

    public void Dispose() => client.Dispose();

    static string ValueOf(IElement control) =>
        control.TagName switch
        {
            "TEXTAREA" => control.TextContent,
            "SELECT" => (
                control.QuerySelector("option[selected]") ?? control.QuerySelector("option")
            )?.GetAttribute("value") ?? "",
            _ => control.GetAttribute("value") ?? "",
        };

    async Task<IDocument> ShowAsync(HttpResponseMessage answer)
    {
        var content = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Status = answer.StatusCode;
        CacheControl = answer.Headers.CacheControl?.ToString() ?? "";
        Path = answer.RequestMessage!.RequestUri!.PathAndQuery;
        Page = await BrowsingContext
            .New()
            .OpenAsync(request => request.Content(content), TestContext.Current.CancellationToken);
        return Page;
    }
}
