using System.Net;
using System.Text.RegularExpressions;
using Tilskudd.Tests.Layout;

namespace Tilskudd.Tests.SignIn;

/// <summary>One person's browser: it keeps cookies, and posts the forms it was shown.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _client;

    public Browser(RunningSite site) : this(site.Client.BaseAddress!, new CookieContainer())
    {
    }

    /// <param name="address">A server of any process.</param>
    /// <param name="cookies">What the browser has kept from before.</param>
    public Browser(Uri address, CookieContainer cookies)
    {
        (Address, Cookies) = (address, cookies);
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = address };
    }

    public CookieContainer Cookies { get; }

    public Uri Address { get; }

    public string? Session => Cookies.GetCookies(Address)["s"]?.Value;

    public async Task<(HttpStatusCode Status, string Text, string? Location)> Get(string path)
    {
        using var answer = await _client.GetAsync(new Uri(Address, path), TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Headers.Location?.OriginalString);
    }

    /// <summary>Shows the page with the form, then posts it with what is typed.</summary>
    public async Task<(HttpStatusCode Status, string Text, string? Location)> Submit(string page, string? action = null, params (string Name, string Value)[] typed)
    {
        var shown = await Get(page);
        var token = AntiforgeryField().Match(shown.Text).Groups[1].Value;
        return await Post(action ?? page, [("__RequestVerificationToken", WebUtility.HtmlDecode(token)), .. typed]);
    }

    public async Task<(HttpStatusCode Status, string Text, string? Location)> Post(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await _client.PostAsync(new Uri(Address, path), form, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Headers.Location?.OriginalString);
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryField();
}
