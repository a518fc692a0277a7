using System.Net;
using Microsoft.Extensions.FileProviders;

namespace Tilskudd.Elsa.Studio;

/// <summary>
/// A small site for this machine alone: Studio's own files, a list of our flows, and the few answers Studio asks for. It is a process of its
/// own; nothing of it stands in the application.
/// </summary>
internal static class StudioSite
{
    // The longest flow our reader takes, and room for what Studio wraps around it.
    private const long LargestRequest = 2_000_000;

    private static readonly string[] Parts = ["_framework", "_content"];

    /// <returns>True where the folder holds what Studio's pages load.</returns>
    public static bool IsPackage(string folder) => Parts.All(part => Directory.Exists(Path.Combine(folder, part)));

    /// <param name="folder">The flows.</param>
    /// <param name="steps">What may be drawn with.</param>
    /// <param name="package">Where Studio's package lies unpacked.</param>
    /// <param name="port">0 for any that is free.</param>
    public static WebApplication Build(FlowFolder folder, StudioSteps steps, string package, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Tilskudd.Elsa", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequest;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRoutingCore();

        var app = builder.Build();
        app.Use(Guard);
        foreach (var part in Parts)
        {
            app.UseStaticFiles(new StaticFileOptions
            {
                FileProvider = new PhysicalFileProvider(Path.Combine(package, part)),
                RequestPath = "/" + part,
                ServeUnknownFileTypes = true,
            });
        }

        StudioPages.Map(app, folder);
        StudioAnswers.Map(app, folder, steps);
        return app;
    }

    // A page elsewhere that is open in the same browser must neither read the flows nor write them, by whatever name it calls this machine.
    private static Task Guard(HttpContext context, RequestDelegate next)
    {
        var own = $"http://{context.Request.Host}";
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        if (context.Request.Host.Host is not ("127.0.0.1" or "localhost"))
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return Task.CompletedTask;
        }

        if (context.Request.Headers.Origin is { Count: > 0 } origin && origin != own)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) && !context.Request.HasJsonContentType())
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return Task.CompletedTask;
        }

        return next(context);
    }
}
