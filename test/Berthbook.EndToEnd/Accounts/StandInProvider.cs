using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Berthbook.Server.Accounts;

/// <summary>An OpenID provider of this machine, which lets in whoever the test says (code flow with PKCE).</summary>
sealed class StandInProvider : IAsyncDisposable
{
    const string Client = "berthbook";

    readonly WebApplication app;
    readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "one" };
    readonly Dictionary<string, (string Nonce, string Challenge)> codes = [];

    StandInProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", Describe);
        app.MapGet("/keys", Keys);
        app.MapGet("/authorize", Authorize);
        app.MapPost("/token", TokenAsync);
    }

    /// <summary>What it says of whoever comes.</summary>
    public Dictionary<string, object> Claims { get; } = [];

    /// <summary>How often a code was redeemed with the right verifier.</summary>
    public int Redeemed { get; private set; }

    string Address => app.Urls.Single();

    public OpenIdSettings Settings => new(new(Address), Client, "hush", "Harbour ID", false);

    public static async Task<StandInProvider> StartAsync()
    {
        var provider = new StandInProvider();
        await provider.app.StartAsync(OwnServer.Cancellation);
        return provider;
    }

    /// <summary>Signs a visitor in, who was sent here; they come back with a code.</summary>
    public static async Task ReturnAsync(Visitor visitor)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await client.GetAsync(visitor.Answer.Headers.Location, OwnServer.Cancellation);
        await visitor.OpenAsync(answer.Headers.Location!.PathAndQuery);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    IResult Describe() =>
        Results.Json(
            new Dictionary<string, object>
            {
                ["issuer"] = Address,
                ["authorization_endpoint"] = Address + "/authorize",
                ["token_endpoint"] = Address + "/token",
                ["jwks_uri"] = Address + "/keys",
                ["response_types_supported"] = new[] { "code" },
                ["subject_types_supported"] = new[] { "public" },
                ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
            }
        );

    IResult Keys()
    {
        var known = key.Rsa.ExportParameters(false);
        return Results.Json(
            new
            {
                keys = new[]
                {
                    new
                    {
                        kty = "RSA",
                        use = "sig",
                        alg = "RS256",
                        kid = key.KeyId,
                        n = Base64Url.EncodeToString(known.Modulus),
                        e = Base64Url.EncodeToString(known.Exponent),
                    },
                },
            }
        );
    }

    IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["client_id"] != Client || query["code_challenge_method"] != "S256")
            return Results.BadRequest();
        var code = Guid.NewGuid().ToString();
        codes.Add(code, (query["nonce"]!, query["code_challenge"]!));
        return Results.Redirect(
            $"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"]!)}"
        );
    }

    async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync(OwnServer.Cancellation);
        if (!codes.Remove(form["code"]!, out var asked) || form["client_secret"] != "hush")
            return Results.BadRequest();
        var verifier = SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!));
        if (Base64Url.EncodeToString(verifier) != asked.Challenge)
            return Results.BadRequest();
        Redeemed++;
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Address,
                Audience = Client,
                IssuedAt = now,
                NotBefore = now,
                Expires = now.AddMinutes(5),
                Claims = new Dictionary<string, object>(Claims) { ["nonce"] = asked.Nonce },
                SigningCredentials = new(key, SecurityAlgorithms.RsaSha256),
            }
        );
        return Results.Json(
            new Dictionary<string, object>
            {
                ["access_token"] = "none",
                ["token_type"] = "Bearer",
                ["id_token"] = token,
            }
        );
    }
}
