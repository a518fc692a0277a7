using Microsoft.AspNetCore.Http.Features;
using Tilskudd.Layout;

namespace Tilskudd;

/// <summary>The web application: its rooms, in the order a request meets them.</summary>
internal static class Site
{
    private const long LargestRequest = 1024 * 1024;

    /// <summary>The settings of this run: <c>appsettings.json</c>, then <c>TILSKUDD_…</c>, then the command line.</summary>
    /// <exception cref="InvalidDataException"><c>appsettings.json</c> cannot be read.</exception>
    public static IConfigurationRoot Settings(IEnumerable<KeyValuePair<string, string?>> commandLine) =>
        new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true, reloadOnChange: false)
            .AddEnvironmentVariables("TILSKUDD_")
            .AddInMemoryCollection(commandLine)
            .Build();

    /// <summary>Puts the application together. It does not listen before it is started.</summary>
    /// <param name="site">The address, read and checked.</param>
    /// <param name="settings">The settings of this run.</param>
    /// <param name="compose">The last word on the parts, for the second composition and the tests.</param>
    public static WebApplication Build(SiteAddress site, IConfiguration settings, Action<WebApplicationBuilder>? compose = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(Site).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = site.IsDevelopment ? Environments.Development : Environments.Production,
        });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(settings);
        builder.WebHost.UseUrls(site.Urls);
        builder.WebHost.ConfigureKestrel(Limit);
        builder.Services.Configure<FormOptions>(options =>
        {
            // Files are bounded by the request's own limit, which a page that takes them raises.
            options.MultipartBodyLengthLimit = long.MaxValue;
            options.ValueLengthLimit = (int)LargestRequest;
        });

        // The framework would log paths, and a path may hold a person's token.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);

        AddRooms(builder, site);
        compose?.Invoke(builder);

        var app = builder.Build();
        app.UseLayout();
        app.UseForms();
        MapRooms(app);
        return app;
    }

    // One line for each room.
    private static void AddRooms(WebApplicationBuilder builder, SiteAddress site)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddLayout(site);
    }

    // One line for each room.
    private static void MapRooms(WebApplication app)
    {
        app.MapLayout();
    }

    // Room for the longest honest form; a page that takes files raises the limit for itself with RequestSizeLimitAttribute.
    private static void Limit(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestRequest;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
    }
}
