using Tilskudd.Storage;

namespace Tilskudd.Verbs;

/// <summary>Brings the database to this version of the program.</summary>
internal static class Migrate
{
    // Long enough for another migration that is just finishing.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static Verb Verb { get; } = new("migrate", "Oppgraderer databasen til denne versjonen av programmet. Trygt å kjøre flere ganger.", Run)
    {
        TakesSettings = true,
        Remarks = ["Stopp tjeneren først. Er databasen alt oppgradert, endres ingenting. På PostgreSQL kan flere kjøre den samtidig: en gjør arbeidet, de andre venter."],
    };

    private static async Task<int> Run(Invocation given, Terminal terminal)
    {
        var (database, faults) = VerbDatabase.Open(given, forReading: false);
        if (database is null)
        {
            return terminal.Refuse(faults);
        }

        using var held = await ServerLock.Take(database.Place, Patience, VerbDatabase.Clock);
        if (held is null)
        {
            return terminal.Refuse(ServerLock.IsTaken(database.Place));
        }

        if (await new Migrator(database).Run(held) is { } fault)
        {
            return terminal.Refuse(fault);
        }

        terminal.Error.WriteLine($"Databasen «{database.Place.Name}» har denne versjonens skjema.");
        return ExitStatus.Done;
    }
}
