using Tilskudd.Notices;
using Tilskudd.Storage;

namespace Tilskudd.Verbs;

/// <summary>Lets go the mails that are held after a restore.</summary>
internal static class Release
{
    public static Verb Verb { get; } = new("release", "Slipper e-posten som holdes tilbake etter «restore».", Run)
    {
        TakesSettings = true,
        Remarks = ["Med SQLite må tjeneren være stoppet. Det som ventet da kopien ble tatt, sendes da, også det som gikk ut etterpå; hver e-post har samme Message-ID som sist."],
    };

    private static async Task<int> Run(Invocation given, Terminal terminal)
    {
        // Opened for writing, a database that is not there would be made.
        var (known, missing) = VerbDatabase.Open(given, forReading: true);
        if (known is null)
        {
            return terminal.Refuse(missing);
        }

        var (database, faults) = VerbDatabase.Open(given, forReading: false);
        if (database is null)
        {
            return terminal.Refuse(faults);
        }

        using var held = ServerLock.TryTake(database.Place);
        if (held is null)
        {
            return terminal.Refuse(ServerLock.IsTaken(database.Place));
        }

        if (await new Migrator(database).Check() is { } fault)
        {
            return terminal.Refuse(fault);
        }

        await using var db = database.CreateDbContext();
        if (await OutboxHold.Since(db, CancellationToken.None) is null)
        {
            terminal.Error.WriteLine("Ingen e-post holdes tilbake.");
            return ExitStatus.Done;
        }

        using var door = new VerbDoor(database);
        await door.Write(OutboxHold.End);
        terminal.Error.WriteLine("E-posten er sluppet. Den sendes når tjeneren går.");
        return ExitStatus.Done;
    }
}
