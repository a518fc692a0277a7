using Tilskudd.Archive;
using Tilskudd.Setup;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Verbs;

/// <summary>Carries the trail out, or a case for the archive, with what it takes to verify it without the database.</summary>
internal static class Export
{
    public static Verb Verb { get; } = new("export", "Skriver sporet til fil, eller en sak til en mappe for arkivet.", Run)
    {
        TakesSettings = true,
        Options =
        [
            new("trail", "trail.jsonl", "Filen sporet skrives til, en linje for hver hendelse. Oppgis sammen med --checkpoints."),
            new("checkpoints", "checkpoints", $"Mappen kontrollpunktene kopieres til. Nøkkelen {TrailExport.KeyName} legges ved siden av."),
            new("case", "01936f2e-7c40-7a52-9d0b-3f6a5c1e8b77", "Saken: id-en til en handlingsplan, et tilskudd eller en rapport. Den står i adressen til sakens side. Oppgis sammen med --out."),
            new("out", "sak", "Mappen saken skrives til. Den må være tom eller ny."),
        ],
        Remarks =
        [
            "Tjeneren kan kjøre imens. Kontroller utskriften med «verify», og saken med «verify --package MAPPE».",
            "Saken får dokumentene slik de ble vist og sendt, vedtakene med stemmetall, linjene i sporet med kontrollpunkter, og en signert innholdsliste. Med Pdf:Browser får hvert dokument også PDF.",
        ],
    };

    private static async Task<int> Run(Invocation given, Terminal terminal)
    {
        string?[] parts = [given.Value("trail"), given.Value("checkpoints"), given.Value("case"), given.Value("out")];
        if (parts is not ([{ }, { }, null, null] or [null, null, { }, { }]))
        {
            return terminal.RefuseUsage(Verb, "Oppgi enten «--trail» og «--checkpoints», eller «--case» og «--out».");
        }

        var (database, faults) = VerbDatabase.Open(given, forReading: true);
        if (database is null)
        {
            return terminal.Refuse(faults);
        }

        if (await new Migrator(database).Check() is { } fault)
        {
            return terminal.Refuse(fault);
        }

        try
        {
            return parts is [{ } trail, { } checkpoints, ..] ? await Trail(database, trail, checkpoints, terminal) : await Case(database, parts[2]!, parts[3]!, terminal);
        }
        catch (InvalidDataException wrong)
        {
            return terminal.Refuse(wrong.Message);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return terminal.Refuse($"«{parts[0] ?? parts[3]}» kunne ikke skrives. Oppgi et sted som kan skrives, og se etter at sporets nøkkel og kontrollpunkter kan leses.{SystemReason.Of(closed)}");
        }
    }

    private static async Task<int> Trail(VerbDatabase database, string file, string checkpoints, Terminal terminal)
    {
        var export = new TrailExport(database, database.Settings.Trail, VerbDatabase.Clock);
        if (await export.Refusal(file, checkpoints) is { } refusal)
        {
            return terminal.Refuse(refusal);
        }

        var count = await export.Write(file, checkpoints);
        terminal.Error.WriteLine($"{count} linjer er skrevet til «{file}».{(count == 0 ? " Sporet er tomt." : "")}");
        return ExitStatus.Done;
    }

    private static async Task<int> Case(VerbDatabase database, string typed, string folder, Terminal terminal)
    {
        if (!Guid.TryParse(typed, out var id))
        {
            return terminal.Refuse($"--case: «{typed}» er ingen id. Den står i adressen til sakens side, som 01936f2e-7c40-7a52-9d0b-3f6a5c1e8b77.");
        }

        var settings = database.Settings;
        var pdf = settings.PdfBrowser is { } browser ? new PrintPdf(browser) : null;
        if (await new CasePackage(database, settings.Trail, pdf, VerbDatabase.Clock).Write(id, null, folder) is { } refusal)
        {
            return terminal.Refuse(refusal);
        }

        terminal.Error.WriteLine($"Saken er skrevet til «{folder}».{(pdf is null ? " Pdf:Browser er ikke satt, så dokumentene har HTML og ingen PDF." : "")}");
        return ExitStatus.Done;
    }
}
