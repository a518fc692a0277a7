using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Tilskudd.Tests.SignIn;

/// <summary>An identity provider of the tests' own on a free port: it asks nobody, and vouches for who the test says.</summary>
internal sealed partial class IdentityProvider : IAsyncDisposable
{
    private const string Client = "tilskudd";
    private const string Subject = "abc";

    private readonly RSA _key = RSA.Create(2048);
    private readonly WebApplication _app;
    private readonly Dictionary<string, (string Nonce, string Challenge, string RedirectUri)> _asked = [];

    private IdentityProvider(DateTimeOffset now)
    {
        Now = now;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = Issuer + "/authorize",
            ["token_endpoint"] = Issuer + "/token",
            ["jwks_uri"] = Issuer + "/jwks",
            ["userinfo_endpoint"] = Issuer + "/userinfo",
        }));
        _app.MapGet("/jwks", () =>
        {
            var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_key.ExportParameters(false)) { KeyId = "k" });
            return Results.Json(new { keys = new[] { new { kty = key.Kty, use = "sig", kid = key.Kid, n = key.N, e = key.E, alg = "RS256" } } });
        });
        _app.MapGet("/authorize", Authorize);
        _app.MapPost("/token", Token);
        _app.MapGet("/userinfo", () => Results.Json(TellsWhenAsked ? Told(new() { ["sub"] = Subject }) : new() { ["sub"] = Subject }));
    }

    public DateTimeOffset Now { get; set; }

    /// <summary>The address the provider vouches for.</summary>
    public string Email { get; set; } = "";

    /// <summary>What it says of the address; null where it says nothing.</summary>
    public bool? IsVerified { get; set; }

    /// <summary>The address stands in what it tells when asked for what it knows, and not in the token.</summary>
    public bool TellsWhenAsked { get; set; }

    /// <summary>Another key than the one it has published signs.</summary>
    public bool IsForged { get; set; }

    public bool IsCancelled { get; set; }

    private string Issuer => _app.Urls.First();

    public IEnumerable<KeyValuePair<string, string?>> Settings =>
        [new("SignIn:OpenIdConnect:Authority", Issuer), new("SignIn:OpenIdConnect:ClientId", Client), new("SignIn:OpenIdConnect:ClientSecret", "hemmelig")];

    public static async Task<IdentityProvider> Start(DateTimeOffset now)
    {
        var provider = new IdentityProvider(now);
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>Walks from a page of the site to the provider and back, as a browser does.</summary>
    /// <returns>Where the site sends the browser in the end.</returns>
    public static async Task<string> SignIn(Browser browser, string start)
    {
        var fields = await Ask(browser, start);
        var entered = await browser.Post("/logg-inn/svar", fields);
        Assert.Equal(HttpStatusCode.SeeOther, entered.Status);
        return entered.Location!;
    }

    /// <summary>As far as what the provider's page would post back.</summary>
    public static async Task<(string Name, string Value)[]> Ask(Browser browser, string start)
    {
        var sent = await browser.Get(start);
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        using var client = new HttpClient();
        var page = await client.GetStringAsync(new Uri(sent.Location!), TestContext.Current.CancellationToken);
        return [.. Field().Matches(page).Select(field => (field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value)))];
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        Assert.Equal(("code", "form_post", Client, "S256"), (query["response_type"].ToString(), query["response_mode"].ToString(), query["client_id"].ToString(), query["code_challenge_method"].ToString()));
        var code = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _asked[code] = (query["nonce"]!, query["code_challenge"]!, query["redirect_uri"]!);
        return Results.Content(IsCancelled
            ? $"<input name=\"error\" value=\"access_denied\"><input name=\"error_description\" value=\"{Email} vil ikke\"><input name=\"state\" value=\"{WebUtility.HtmlEncode(query["state"])}\">"
            : $"<input name=\"code\" value=\"{code}\"><input name=\"state\" value=\"{WebUtility.HtmlEncode(query["state"])}\">");
    }

    private async Task<IResult> Token(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (!_asked.Remove(form["code"]!, out var asked) || Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(form["code_verifier"]!))) != asked.Challenge
            || form["redirect_uri"] != asked.RedirectUri || form["client_secret"] != "hemmelig")
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        using var other = RSA.Create(2048);
        var claims = new Dictionary<string, object> { ["sub"] = Subject, ["nonce"] = asked.Nonce };
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer, Audience = Client, IssuedAt = Now.UtcDateTime, NotBefore = Now.UtcDateTime, Expires = Now.AddMinutes(5).UtcDateTime, Claims = TellsWhenAsked ? claims : Told(claims),
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(IsForged ? other : _key) { KeyId = "k" }, SecurityAlgorithms.RsaSha256),
        });
        return Results.Json(new { access_token = "x", token_type = "Bearer", expires_in = 300, id_token = token });
    }

    private Dictionary<string, object> Told(Dictionary<string, object> claims)
    {
        claims["email"] = Email;
        if (IsVerified is { } verified)
        {
            claims["email_verified"] = verified;
        }

        return claims;
    }

    [GeneratedRegex("<input name=\"([^\"]+)\" value=\"([^\"]*)\">")]
    private static partial Regex Field();
}
