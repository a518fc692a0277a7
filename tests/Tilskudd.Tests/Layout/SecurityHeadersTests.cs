using System.Net;
using Tilskudd.Layout;

namespace Tilskudd.Tests.Layout;

public sealed class SecurityHeadersTests
{
    [Theory]
    [InlineData("GET", "/om", HttpStatusCode.OK)]
    [InlineData("GET", "/om?sprak=nn", HttpStatusCode.SeeOther)]
    [InlineData("GET", "/tilskudd.css", HttpStatusCode.OK)]
    [InlineData("GET", "/finnes-ikke", HttpStatusCode.NotFound)]
    [InlineData("GET", "/prove/hemmelig/feiler", HttpStatusCode.InternalServerError)]
    [InlineData("GET", "/prove/borte", HttpStatusCode.Gone)]
    [InlineData("POST", "/om", HttpStatusCode.MethodNotAllowed)]
    [InlineData("TRACE", "/om", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/prove/skjema", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/api/v1/finnes-ikke", HttpStatusCode.NotFound)]
    public async Task Every_answer_carries_the_security_headers(string method, string path, HttpStatusCode status)
    {
        await using var site = await RunningSite.Start();

        using var answer = await site.Send(new HttpMethod(method), path);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; img-src 'self' data:; "
            + "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
            Header(answer, "Content-Security-Policy"));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
        Assert.Equal("noindex", Header(answer, "X-Robots-Tag"));
        Assert.Null(Header(answer, "Server"));
        Assert.Null(Header(answer, "blazor-enhanced-nav"));
    }

    [Fact]
    public async Task Pages_are_never_stored_and_files_are_kept_by_their_fingerprint()
    {
        await using var site = await RunningSite.Start();

        using var page = await site.Get("/om");
        using var loose = await site.Get("/tilskudd.css");
        using var fingerprinted = await site.Get("/tilskudd.css?v=0123456789ab");

        Assert.Equal("no-store", Header(page, "Cache-Control"));
        Assert.Equal("public, max-age=86400", Header(loose, "Cache-Control"));
        Assert.Equal("public, max-age=31536000, immutable", Header(fingerprinted, "Cache-Control"));
    }

    [Fact]
    public async Task Over_https_browsers_are_told_to_stay_there_and_cookies_are_bound_to_the_host()
    {
        await using var site = await RunningSite.Start("https://tilskudd.eksempel.no/");

        using var answer = await site.Get("/om?sprak=nn");

        Assert.Equal("max-age=31536000; includeSubDomains", Header(answer, "Strict-Transport-Security"));
        Assert.Equal("__Host-sprak=nn; max-age=31536000; path=/; secure; samesite=lax; httponly", Header(answer, "Set-Cookie"));
    }

    [Fact]
    public async Task On_plain_http_nothing_promises_https()
    {
        await using var site = await RunningSite.Start();

        using var answer = await site.Get("/om?sprak=nn");

        Assert.Null(Header(answer, "Strict-Transport-Security"));
        Assert.Equal("sprak=nn; max-age=31536000; path=/; samesite=lax; httponly", Header(answer, "Set-Cookie"));
    }

    [Fact]
    public void The_policy_allows_no_inline_code_or_style() =>
        Assert.DoesNotContain("unsafe", SecurityHeaders.ContentPolicy, StringComparison.Ordinal);

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;
}
