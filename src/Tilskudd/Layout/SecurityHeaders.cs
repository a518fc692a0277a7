using Microsoft.Net.Http.Headers;

namespace Tilskudd.Layout;

/// <summary>Puts the same headers on every answer, files and errors included (reliability rules L7 and Q01).</summary>
internal sealed class SecurityHeaders(RequestDelegate next, SiteAddress site)
{
    /// <summary>Only our own styles, scripts and font; no framing, no plug-ins, forms only to ourselves.</summary>
    public const string ContentPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; img-src 'self' data:; "
        + "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    public Task Invoke(HttpContext context)
    {
        // Links, cookies and redirects speak of the address in the settings, whatever host or scheme the request claims.
        context.Request.Scheme = site.BaseUrl.Scheme;
        if (!site.IsDevelopment)
        {
            context.Request.Host = new HostString(site.BaseUrl.Authority);
        }

        // When the answer starts, so that an error page that clears the answer keeps them.
        context.Response.OnStarting(Write, context.Response.Headers);
        return next(context);
    }

    private Task Write(object state)
    {
        var headers = (IHeaderDictionary)state;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["X-Robots-Tag"] = "noindex";

        // The framework's offer to a script that is never served here.
        headers.Remove("blazor-enhanced-nav");
        if (site.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }

        if (!headers.ContainsKey(HeaderNames.CacheControl))
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }
}
