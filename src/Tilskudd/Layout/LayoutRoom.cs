using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Localization;

namespace Tilskudd.Layout;

/// <summary>Puts the layout, the languages, the error pages and the security headers into the application.</summary>
internal static class LayoutRoom
{
    public static void AddLayout(this IServiceCollection services, SiteAddress site)
    {
        services.AddSingleton(site);
        services.AddSingleton<Assets>();
        services.AddRazorComponents();
        services.AddTexts();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = site.CookieName("skjema");
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.HttpOnly = true;
            options.Cookie.SecurePolicy = site.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
            options.SuppressXFrameOptionsHeader = true;
        });

        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);

        // Files only. A page that mixes secrets with what a stranger can choose must not be compressed.
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
            options.MimeTypes = ["text/css", "text/javascript", "image/svg+xml"];
        });
    }

    /// <summary>What a component needs to be written, with or without a site around it.</summary>
    public static IServiceCollection AddTexts(this IServiceCollection services) => services
        .AddSingleton<IStringLocalizerFactory, TextsFactory>()
        .AddTransient(typeof(IStringLocalizer<>), typeof(StringLocalizer<>))

        // Only what means something to HTML is escaped; æøå, Sami letters and what else people write stand as themselves.
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));

    /// <summary>What every request passes on its way to a page, outermost first.</summary>
    public static void UseLayout(this WebApplication app)
    {
        app.Use(AnswerHeadAsGet);
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ChooseLanguage>();
        app.UseMiddleware<ErrorPages>();
        app.Use(RefuseNul);
        app.UseResponseCompression();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = Assets.LetKeep });
        app.UseRouting();
    }

    // No text that is kept has one, and PostgreSQL fails at being asked for it. In a path the server refuses it itself, and forms leave it out.
    private static Task RefuseNul(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Query.Any(field => field.Key.Contains('\0') || field.Value.Any(value => value!.Contains('\0'))))
        {
            return next(context);
        }

        IResult refused = new Refused(StatusCodes.Status400BadRequest, Texts.Of<ErrorPage>("400.Nul"));
        return refused.ExecuteAsync(context);
    }

    // The server itself knows what was asked, and leaves the body out.
    private static Task AnswerHeadAsGet(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Request.Method = HttpMethods.Get;
        }

        return next(context);
    }

    /// <summary>What stands between knowing the page and running it, after sign-in.</summary>
    public static void UseForms(this WebApplication app)
    {
        app.UseAntiforgery();
        app.UseMiddleware<DemandAntiforgery>();
    }

    public static void MapLayout(this IEndpointRouteBuilder app)
    {
        app.MapGet("/tilgjengelighet", IResult () => new RazorComponentResult<Accessibility>());
        app.MapGet("/personvern", IResult () => new RazorComponentResult<Privacy>());
        app.MapGet("/om", IResult () => new RazorComponentResult<About>());
    }
}
