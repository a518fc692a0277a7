using Tilskudd.Runs;
using Tilskudd.Setup;
using Tilskudd.SignIn;
using Tilskudd.Storage;

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
            "Til en administrator har logget seg inn, skriver starten en nøkkel på standard feil. Med den lages den første administratoren på siden /forste-start.",
            "Innstillingene står i appsettings.json, i miljøvariabler som TILSKUDD_Site__BaseUrl, eller her: --Site:BaseUrl https://tilskudd.eksempel.no",
        ],
    };

    private static async Task<int> Run(Invocation given, Terminal terminal)
    {
        var (settings, faults) = given.Composition.Read(given.Settings, Environment.GetEnvironmentVariables(), AppContext.BaseDirectory);
        if (settings is null)
        {
            return terminal.Refuse(faults.Select(fault => fault.Message));
        }

        WebApplication built;
        try
        {
            built = Site.Build(settings, composition: given.Composition);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The one thing made on the disk so far: the folder for the keys of forms.
            return terminal.Refuse($"Data:Folder «{settings.DataFolder}» kan ikke skrives. Oppgi en mappe som kan skrives.{SystemReason.Of(failure)}");
        }

        await using var app = built;
        using var held = await Ready(app, terminal);
        if (held is null)
        {
            return ExitStatus.Refused;
        }

        var key = await app.Services.GetRequiredService<FirstStart>().Open();
        try
        {
            await app.StartAsync();
        }
        catch (InvalidOperationException) when (HttpsCertificate.IsNeeded(settings))
        {
            return terminal.Refuse(HttpsCertificate.Missing(settings));
        }
        catch (Exception busy) when (busy is IOException or System.Net.Sockets.SocketException)
        {
            // The port is taken, or the address is not this machine's.
            return terminal.Refuse($"Kan ikke lytte på {settings.Urls}.{SystemReason.Of(busy)} Velg en annen adresse med «--Urls http://localhost:5081».");
        }

        terminal.Error.WriteLine($"Tilskudd svarer på {string.Join(", ", app.Urls)}. Stopp med Ctrl+C.");
        if (key is not null)
        {
            // Here and never in the log, which others may read.
            var address = settings.IsDevelopment ? app.Urls.First() : settings.BaseUrl.GetLeftPart(UriPartial.Authority);
            terminal.Error.WriteLine($"Ingen administrator har logget seg inn ennå. Åpne {address}{FirstStart.Path} og oppgi denne nøkkelen, som gjelder til den første har logget seg inn eller tjeneren startes på nytt:");
            terminal.Error.WriteLine(key);
        }

        await app.WaitForShutdownAsync();
        return ExitStatus.Done;
    }

    // One server at a time on one file, and its tables as this version of the program knows them.
    private static async Task<ServerLock?> Ready(WebApplication app, Terminal terminal)
    {
        var place = app.Services.GetRequiredService<IDatabasePlace>();
        if (place.Prepare() is { } fault)
        {
            terminal.Refuse(fault);
            return null;
        }

        if (ServerLock.TryTake(place) is not { } held)
        {
            terminal.Refuse(ServerLock.IsTaken(place));
            return null;
        }

        if (await app.Services.GetRequiredService<Migrator>().Run(held) is { } refusal)
        {
            held.Dispose();
            terminal.Refuse(refusal);
            return null;
        }

        if (await app.Services.PublishFlows() is { Count: > 0 } changed)
        {
            held.Dispose();
            terminal.Refuse(changed);
            return null;
        }

        return held;
    }
}
