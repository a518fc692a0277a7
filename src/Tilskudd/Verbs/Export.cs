using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Verbs;

/// <summary>Carries the trail out, with what it takes to verify it without the database.</summary>
internal static class Export
{
    public static Verb Verb { get; } = new("export", "Skriver sporet til fil, med kontrollpunktene og den offentlige nøkkelen.", Run)
    {
        TakesSettings = true,
        Options =
        [
            new("trail", "trail.jsonl", "Filen sporet skrives til, en linje for hver hendelse.") { IsRequired = true },
            new("checkpoints", "checkpoints", $"Mappen kontrollpunktene kopieres til. Nøkkelen {TrailExport.KeyName} legges ved siden av.") { IsRequired = true },
        ],
        Remarks = ["Tjeneren kan kjøre imens. Kontroller utskriften med «verify»."],
    };

    private static async Task<int> Run(Invocation given, Terminal terminal)
    {
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
            var count = await new TrailExport(database, database.Settings.Trail, VerbDatabase.Clock).Write(given.Value("trail")!, given.Value("checkpoints")!);
            terminal.Error.WriteLine($"{count} linjer er skrevet til «{given.Value("trail")}».");
            return ExitStatus.Done;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return terminal.Refuse(failure.Message);
        }
    }
}
