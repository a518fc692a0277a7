using Tilskudd.Layout;

namespace Tilskudd.Verbs;

/// <summary>The web application, until it is told to stop.</summary>
internal static class Serve
{
    public static Verb Verb { get; } = new("serve", "Starter nettstedet.", Run)
    {
        TakesSettings = true,
        Remarks =
        [
            "Uten en https-adresse i Site:BaseUrl svarer nettstedet bare på denne maskinen, på http://localhost:5080.",
            "Innstillingene står i appsettings.json, i miljøvariabler som TILSKUDD_Site__BaseUrl, eller her: --Site:BaseUrl https://tilskudd.eksempel.no",
        ],
    };

    private static async Task<int> Run(Invocation given, Terminal terminal)
    {
        var settings = Site.Settings(given.Settings);
        var (site, faults) = SiteAddress.Read(settings);
        if (site is null)
        {
            return terminal.Refuse(faults);
        }

        await using var app = Site.Build(site, settings);
        try
        {
            await app.StartAsync();
        }
        catch (IOException busy)
        {
            // Kestrel's way of saying that it cannot have the port.
            return terminal.Refuse($"Kan ikke lytte på {site.Urls}: {busy.Message} Velg en annen adresse med «--Urls http://localhost:5081».");
        }

        terminal.Error.WriteLine($"Tilskudd svarer på {string.Join(", ", app.Urls)}. Stopp med Ctrl+C.");
        await app.WaitForShutdownAsync();
        return ExitStatus.Done;
    }
}
