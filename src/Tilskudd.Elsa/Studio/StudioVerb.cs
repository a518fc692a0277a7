using System.Globalization;
using Tilskudd.Cycle.Steps;
using Tilskudd.Setup;
using Tilskudd.Verbs;

namespace Tilskudd.Elsa.Studio;

/// <summary><c>studio</c>: the flows of a folder, drawn and changed in Elsa Studio on this machine.</summary>
internal static class StudioVerb
{
    private const string DefaultPort = "5090";

    public static Verb Verb { get; } = new("studio", "Åpner flytene i Elsa Studio på denne maskinen: se, flytt, endre og lagre.", Run)
    {
        Options =
        [
            new("package", "MAPPE", "Npm-pakken, som node_modules/@elsa-workflows/elsa-studio-wasm. Hent den med «npm install --no-save @elsa-workflows/elsa-studio-wasm@3.8.2».") { IsRequired = true },
            new("workflows", "MAPPE", "Mappa med flytene. Uten dette: workflows i mappa du står i."),
            new("port", DefaultPort, $"Porten på 127.0.0.1. Uten dette: {DefaultPort}."),
            new("same-version", null, "«Save» skriver over en versjon også når flyten gjør noe annet enn før. Bare for versjoner ingen løp har begynt på."),
        ],
        Remarks =
        [
            "Studio er et tegnebord i en egen prosess, bare for denne maskinen. Nettstedet får ingenting av dette, og ingenting kjøres herfra.",
            "En flyt lagres bare når kontrollen ikke finner feil; ellers viser Studio feilene, og fila er som før. «Save» tar plass, tekst og alt annet som ikke endrer hva flyten gjør. "
                + "«Publish» lagrer en endring i hva den gjør, som flytens neste versjon i en ny fil.",
            "Auto-save står på når en flyt åpnes. Slå den av for å tegne i fred; ellers prøves hver endring med en gang. Å kjøre, slette og importere flyter virker ikke her.",
            "Feltet Name er stegets faste id, og phase er kolonnen i oversikten. Et nytt steg må ha begge deler. Ordene på nb, nn og en skrives i sine egne filer; det som mangler der, står i dette vinduet etter hver lagring.",
        ],
    };

    private static async Task<int> Run(Invocation given, Terminal terminal)
    {
        var port = given.Value("port") ?? DefaultPort;
        if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
        {
            return terminal.RefuseUsage(Verb, $"«--port {port}» er ikke en port. Skriv et tall fra 1 til 65535, for eksempel «--port {DefaultPort}».");
        }

        var package = Path.GetFullPath(given.Value("package")!);
        var flows = Path.GetFullPath(given.Value("workflows") ?? "workflows");
        if (!StudioSite.IsPackage(package))
        {
            return terminal.Refuse($"«{package}» er ikke npm-pakken elsa-studio-wasm: den mangler _framework eller _content. Se «tilskudd studio --help».");
        }

        if (!Directory.Exists(flows))
        {
            return terminal.Refuse($"Mappa «{flows}» finnes ikke. Oppgi den med «--workflows».");
        }

        var folder = new FlowFolder(flows, CycleSteps.Catalogue, given.Has("same-version"), terminal.Error.WriteLine);
        foreach (var fault in folder.Read().Faults)
        {
            terminal.Error.WriteLine($"Kan ikke åpnes: {fault}");
        }

        await using var app = StudioSite.Build(folder, new StudioSteps(CycleSteps.Catalogue), package, number);
        try
        {
            await app.StartAsync();
        }
        catch (IOException busy)
        {
            return terminal.Refuse($"Kan ikke lytte på port {number}.{SystemReason.Of(busy)} Velg en annen med «--port».");
        }

        terminal.Error.WriteLine($"Studio svarer på {string.Join(", ", app.Urls)}, for flytene i «{flows}». Stopp med Ctrl+C.");
        await app.WaitForShutdownAsync();
        return ExitStatus.Done;
    }
}
