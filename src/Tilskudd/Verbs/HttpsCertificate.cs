namespace Tilskudd.Verbs;

/// <summary>The certificate the web server needs where it listens on an https address itself.</summary>
internal static class HttpsCertificate
{
    public static bool IsNeeded(Settings settings) => settings.Urls.Contains("https://", StringComparison.OrdinalIgnoreCase);

    public static string Missing(Settings settings) =>
        $"Kan ikke lytte på {settings.Urls}: tjeneren har ikke noe sertifikat for https som kan brukes. La en proxy ta https utenfra, og oppgi en http-adresse i Urls.";

    /// <summary>Finds out as the server itself does: by listening for a moment, on a port nobody is told of.</summary>
    /// <returns>What is wrong, in Norwegian; null when nothing is, or none is needed.</returns>
    public static async Task<string?> Fault(Settings settings)
    {
        if (!IsNeeded(settings))
        {
            return null;
        }

        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = settings.IsDevelopment ? Environments.Development : Environments.Production,
        });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("https://127.0.0.1:0");
        await using var app = builder.Build();
        try
        {
            await app.StartAsync();
            await app.StopAsync();
            return null;
        }
        catch (InvalidOperationException)
        {
            return Missing(settings);
        }
    }
}
