using Tilskudd.Setup;
using Tilskudd.Storage;

namespace Tilskudd.Verbs;

/// <summary>Takes a copy of the database while the server runs.</summary>
internal static class Backup
{
    public static Verb Verb { get; } = new("backup", "Tar en kopi av databasen mens tjeneren går.", Run)
    {
        TakesSettings = true,
        Options = [new("out", "kopi.db", "Filen kopien skrives til. Den må ikke finnes fra før.") { IsRequired = true }],
        Remarks =
        [
            "Kopien er databasen slik den var i ett øyeblikk. Ta også kopi av sporets nøkkel og kontrollpunktene, og legg alt et annet sted.",
            "På PostgreSQL brukes «pg_dump», som må finnes på maskinen. Hent kopien fram med «restore».",
        ],
    };

    private static async Task<int> Run(Invocation given, Terminal terminal)
    {
        var file = Path.GetFullPath(given.Value("out")!);
        if (File.Exists(file) || Directory.Exists(file))
        {
            return terminal.Refuse($"«{file}» finnes fra før. Oppgi en ny fil med --out.");
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

        // Under another name until it is whole, so that half a copy is never taken for one.
        var draft = file + ".part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.Delete(draft);
            if (await database.Place.BackUp(draft, CancellationToken.None) is { } failure)
            {
                File.Delete(draft);
                return terminal.Refuse(failure);
            }

            File.Move(draft, file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return terminal.Refuse($"«{file}» kan ikke skrives. Oppgi en annen fil med --out.{SystemReason.Of(failure)}");
        }

        terminal.Error.WriteLine($"Kopien av «{database.Place.Name}» ligger i «{file}».");
        return ExitStatus.Done;
    }
}
