using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace Tilskudd.Layout;

/// <summary>The language the signed-in person has saved, where someone is signed in and has one.</summary>
/// <param name="Of">Asks the request for it; null leaves the choice to the cookie.</param>
internal sealed record SavedLanguage(Func<HttpContext, Language?> Of);

/// <summary>
/// Sets the language of each request: the footer's <c>?sprak=nn</c> writes a cookie and comes back to the same path without it; then
/// the cookie decides, then the person's saved language, then bokmål.
/// </summary>
internal sealed class ChooseLanguage(RequestDelegate next, SiteAddress site)
{
    public const string Parameter = "sprak";
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    public async Task Invoke(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) && Languages.Find(request.Query[Parameter]) is { } chosen)
        {
            context.Response.Cookies.Append(site.CookieName(Parameter), chosen.Code(), site.Cookie(Remembered));
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = WithoutParameter(request);
            return;
        }

        var language = Languages.Find(request.Cookies[site.CookieName(Parameter)])
            ?? context.RequestServices.GetService<SavedLanguage>()?.Of(context)
            ?? Language.Nb;
        CultureInfo.CurrentCulture = language.Culture();
        CultureInfo.CurrentUICulture = language.Culture();
        await next(context);
    }

    private static string WithoutParameter(HttpRequest request)
    {
        var rest = new QueryBuilder(request.Query
            .Where(pair => pair.Key != Parameter)
            .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? "")));

        // A path that begins with two slashes would be read as another host.
        return "/" + request.Path.ToUriComponent().TrimStart('/') + rest.ToQueryString();
    }
}
