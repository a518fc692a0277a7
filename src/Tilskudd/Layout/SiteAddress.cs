using System.Net;

namespace Tilskudd.Layout;

/// <summary>Where the application lives and for whom: read once from the settings, before anything starts.</summary>
/// <param name="Urls">The addresses it listens on, semicolons between them.</param>
/// <param name="BaseUrl">The address people use, without a slash at the end. Links in mails begin with it.</param>
/// <param name="Municipality">The municipality's name as shown at the top, or null where it is not set.</param>
/// <param name="IsDevelopment">True without a public address: plain http, this machine only.</param>
internal sealed record SiteAddress(string Urls, Uri BaseUrl, string? Municipality, bool IsDevelopment)
{
    private const string DefaultUrls = "http://localhost:5080";

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

    /// <summary>Reads <c>Urls</c>, <c>Site:BaseUrl</c> and <c>Site:Municipality</c>.</summary>
    /// <returns>The address, or null with every fault as Norwegian sentences.</returns>
    public static (SiteAddress? Address, IReadOnlyList<string> Faults) Read(IConfiguration settings)
    {
        var faults = new List<string>();
        var urls = Blank(settings["Urls"]) ?? DefaultUrls;
        var listening = ReadUrls(urls, faults);
        var baseUrl = ReadBaseUrl(Blank(settings["Site:BaseUrl"]), faults);
        var isDevelopment = baseUrl is null || baseUrl.Scheme == Uri.UriSchemeHttp;

        foreach (var open in listening.Where(url => isDevelopment && !IsThisMachine(url.Host)))
        {
            faults.Add($"Urls: «{open.OriginalString}» er åpen for andre maskiner. Uten en https-adresse i Site:BaseUrl "
                + "er bare localhost tillatt, for eksempel «http://localhost:5080».");
        }

        return faults.Count > 0
            ? (null, faults)
            : (new SiteAddress(urls, baseUrl ?? listening[0], Blank(settings["Site:Municipality"]), isDevelopment), faults);
    }

    private static List<Uri> ReadUrls(string urls, List<string> faults)
    {
        var read = new List<Uri>();
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // Kestrel writes "any address" as * or +, which are not host names.
            var text = url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal);
            if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.AbsolutePath == "/")
            {
                read.Add(address);
            }
            else
            {
                faults.Add($"Urls: «{url}» er ikke en adresse å lytte på. Skriv for eksempel «http://localhost:5080».");
            }
        }

        if (read.Count == 0 && faults.Count == 0)
        {
            faults.Add("Urls: ingen adresse er oppgitt. Skriv for eksempel «http://localhost:5080».");
        }

        return read;
    }

    private static Uri? ReadBaseUrl(string? text, List<string> faults)
    {
        if (text is null)
        {
            return null;
        }

        var fault = !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") ? "er ikke en nettadresse"
            : url.UserInfo.Length > 0 ? "kan ikke ha brukernavn eller passord i seg"
            : url.AbsolutePath != "/" || url.Query.Length > 0 || url.Fragment.Length > 0 ? "kan ikke ha noe etter vertsnavnet"
            : url.Scheme == Uri.UriSchemeHttp && !IsThisMachine(url.Host) ? "må være https når den ikke er denne maskinen"
            : null;
        if (fault is not null)
        {
            // The value may hold a password, so it is not repeated then.
            var shown = url?.UserInfo.Length > 0 ? "adressen" : $"«{text}»";
            faults.Add($"Site:BaseUrl: {shown} {fault}. Skriv for eksempel «https://tilskudd.eksempel.no».");
        }

        return fault is null ? url : null;
    }

    private static bool IsThisMachine(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
