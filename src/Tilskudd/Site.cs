using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Tilskudd.Administration;
using Tilskudd.Api;
using Tilskudd.Approval;
using Tilskudd.Award;
using Tilskudd.Clockwork;
using Tilskudd.Country;
using Tilskudd.Inbox;
using Tilskudd.Layout;
using Tilskudd.Meetings;
using Tilskudd.Notices;
using Tilskudd.Overview;
using Tilskudd.Planning;
using Tilskudd.Reporting;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Year;
using Tilskudd.Trail;

namespace Tilskudd;

/// <summary>The web application: its rooms, in the order a request meets them.</summary>
internal static class Site
{
    private const long LargestRequest = 1024 * 1024;

    /// <summary>Puts the application together. It does not listen before it is started.</summary>
    /// <param name="settings">The settings of this run, read and checked.</param>
    /// <param name="compose">The last word on the parts, for the demonstration and the tests.</param>
    /// <param name="composition">What the ports stand on; the built-in parts where none is named.</param>
    /// <exception cref="BadFlowsException">The flow files have faults.</exception>
    public static WebApplication Build(Settings settings, Action<WebApplicationBuilder>? compose = null, Composition? composition = null)
    {
        composition ??= Composition.BuiltIn;
        var site = SiteAddress.Of(settings);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(Site).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = site.IsDevelopment ? Environments.Development : Environments.Production,
        });

        // The settings are read and checked already; what the host sets for itself has a place of its own.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.WebHost.UseUrls(site.Urls);
        builder.WebHost.ConfigureKestrel(Limit);
        builder.Services.Configure<FormOptions>(options =>
        {
            // Files are bounded by the request's own limit, which a page that takes them raises.
            options.MultipartBodyLengthLimit = long.MaxValue;
            options.ValueLengthLimit = (int)LargestRequest;
        });

        // The framework would log paths, and a path may hold a person's token.
        builder.Logging.SetMinimumLevel(settings.LogLevel);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // What an identity provider or a browser says on the way may name people; that it failed is logged by the room itself.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Authentication.OpenIdConnect", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);

        AddRooms(builder, site, settings);
        composition.Ports(builder.Services, settings);
        compose?.Invoke(builder);

        var app = builder.Build();
        app.UseForwardedHeaders(WhoAsks(settings));
        app.UseLayout();
        app.UseSignIn();
        app.UseForms();
        MapRooms(app, settings);
        composition.Pages(app);
        return app;
    }

    // Behind a proxy everybody comes from it, and what one guesses would count against all. Only a proxy that is known is believed.
    private static ForwardedHeadersOptions WhoAsks(Settings settings)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
        foreach (var proxy in settings.Proxies)
        {
            options.KnownProxies.Add(proxy);
        }

        return options;
    }

    // One line for each room.
    private static void AddRooms(WebApplicationBuilder builder, SiteAddress site, Settings settings)
    {
        builder.Services.AddSingleton(TimeProvider.System);

        // Forms left open survive a restart. Sign-in and personal links stand on no key at all.
        builder.Services.AddDataProtection().SetApplicationName("Tilskudd").PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(settings.DataFolder, "keys")));
        builder.Services.AddLayout(site);
        builder.Services.AddStorage(DatabasePlace.Of(settings.Database));
        builder.Services.AddTrail(settings.Trail);
        builder.Services.AddNotices(settings);
        builder.Services.AddClockwork();
        builder.Services.AddSignIn(settings.OpenIdConnect);
        builder.Services.AddRuns(settings);
        builder.Services.AddOverview();
        builder.Services.AddInbox();
        builder.Services.AddHealth();
        builder.Services.AddPlanning();
        builder.Services.AddYear();
        builder.Services.AddAdministration();
        builder.Services.AddApi();
        builder.Services.AddCountry();
        builder.Services.AddApproval();
        builder.Services.AddMeetings();
        builder.Services.AddAward();
        builder.Services.AddReporting();
    }

    // One line for each room.
    private static void MapRooms(WebApplication app, Settings settings)
    {
        app.MapLayout();
        app.MapSignIn();
        app.MapAward();
        app.MapReporting();
        app.MapPostkasse(settings);
        app.MapOverview();
        app.MapInbox();
        app.MapRuns();
        app.MapTrail();
        app.MapHealth();
        app.MapPlanning();
        app.MapYear();
        app.MapAdministration();
        app.MapApi();
        app.MapCountry();
        app.MapApproval();
        app.MapMeetings();
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
