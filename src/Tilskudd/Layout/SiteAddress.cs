namespace Tilskudd.Layout;

/// <summary>Where the application lives and for whom: read once from the settings, before anything starts.</summary>
/// <param name="Urls">The addresses it listens on, semicolons between them.</param>
/// <param name="BaseUrl">The address people use, without a slash at the end. Links in mails begin with it.</param>
/// <param name="Municipality">The municipality's name as shown at the top, or null where it is not set.</param>
/// <param name="IsDevelopment">True without a public address: plain http, this machine only.</param>
internal sealed record SiteAddress(string Urls, Uri BaseUrl, string? Municipality, bool IsDevelopment)
{
    /// <summary>The municipality's accessibility statement; null where it is not set.</summary>
    public Uri? AccessibilityStatement { get; init; }

    /// <summary>True where people reach the application over https, so that cookies and HSTS can say so.</summary>
    public bool IsHttps => BaseUrl.Scheme == Uri.UriSchemeHttps;

    /// <summary>A page's full address, for mails and receipts.</summary>
    /// <param name="path">The path, from its slash.</param>
    public string Link(string path) => BaseUrl.GetLeftPart(UriPartial.Authority) + path;

    /// <summary>A cookie's name: over https with the prefix that binds it to this very host.</summary>
    public string CookieName(string name) => IsHttps ? "__Host-" + name : name;

    /// <summary>How every cookie of the application is written; <paramref name="maxAge"/> null lasts as long as the browser is open.</summary>
    public CookieOptions Cookie(TimeSpan? maxAge = null) => new()
    {
        HttpOnly = true,
        Secure = IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = maxAge,
    };

    /// <summary>The address as it stands in the settings.</summary>
    internal static SiteAddress Of(Settings settings) => new(settings.Urls, settings.BaseUrl, settings.Municipality, settings.IsDevelopment) { AccessibilityStatement = settings.AccessibilityStatement };
}
