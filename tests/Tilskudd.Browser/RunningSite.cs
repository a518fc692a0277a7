using System.Collections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Tilskudd.Layout;

namespace Tilskudd.Browser;

/// <summary>The real application in this process, listening on a free port of this machine.</summary>
internal sealed class RunningSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningSite(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <param name="compose">The last word on the application's parts.</param>
    /// <param name="map">More pages, for what no page of the application shows yet.</param>
    public static async Task<RunningSite> Start(Action<WebApplicationBuilder>? compose = null, Action<IEndpointRouteBuilder>? map = null)
    {
        // The pages shown here ask the database nothing, so it need not be there, and no clockwork turns.
        var folder = Path.Combine(Path.GetTempPath(), "tilskudd-browser");
        var (settings, faults) = Settings.Read(
            [new("Urls", "http://127.0.0.1:0"), new("Site:Municipality", "Drammen kommune"), new("Data:Folder", folder), new("Database:Connection", $"Data Source={folder}/tilskudd.db")],
            new Hashtable(), AppContext.BaseDirectory);
        Assert.Empty(faults);
        var app = Site.Build(settings!, builder =>
        {
            builder.Services.RemoveAll<IHostedService>();
            compose?.Invoke(builder);
        });
        map?.Invoke(app);
        await app.StartAsync();
        return new RunningSite(app);
    }

    /// <summary>The application with a page of every component and of every error.</summary>
    public static Task<RunningSite> WithSpecimens() => Start(map: app =>
    {
        app.MapGet("/prove/deler", (HttpContext context) =>
        {
            context.Features.Set(new Viewer("Ingrid Solli", "Programleder", Enum.GetValues<Section>()));
            return new RazorComponentResult<Specimen>(new { HasFaults = context.Request.Query.ContainsKey("feil") });
        });
        app.MapPost("/prove/deler", () => new RazorComponentResult<Specimen>(new { HasFaults = true }) { StatusCode = 422 });
        app.MapGet("/prove/feil/{status:int}", (int status) => new Refused(status));
        app.MapGet("/prove/lenke", () => Refused.NotFound with { NewLink = new("/ny-lenke") });
    });

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
