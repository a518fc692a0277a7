using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Notices;
using Tilskudd.Setup;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Verbs;

/// <summary>Brings a copy back in the database's place, with all mails held.</summary>
internal static class Restore
{
    public static Verb Verb { get; } = new("restore", "Henter fram en kopi fra «backup». E-post holdes tilbake til «release».", Run)
    {
        TakesSettings = true,
        Options = [new("from", "kopi.db", "Filen kopien ligger i.") { IsRequired = true }],
        Remarks =
        [
            "Stopp tjeneren først, alle nodene på PostgreSQL. En SQLite-fil som er der fra før, flyttes til side og slettes ikke; en database på PostgreSQL må være tom.",
            "Kontrollpunkter som er nyere enn kopien, flyttes til en egen mappe: de viser hva som gikk tapt. Ingenting sendes før «release».",
        ],
    };

    private static async Task<int> Run(Invocation given, Terminal terminal)
    {
        var file = Path.GetFullPath(given.Value("from")!);
        if (PathFault.OfFile("Filen", file) is { } unusable)
        {
            return terminal.Refuse(unusable);
        }

        var (database, faults) = VerbDatabase.Named(given);
        if (database is null)
        {
            return terminal.Refuse(faults);
        }

        try
        {
            using var held = ServerLock.TryTake(database.Place);
            return held is null ? terminal.Refuse(ServerLock.IsTaken(database.Place)) : await BringBack(database, file, held, terminal);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return terminal.Refuse($"Databasen «{database.Place.Name}» kan ikke skrives.{SystemReason.Of(failure)}");
        }
    }

    private static async Task<int> BringBack(VerbDatabase database, string file, ServerLock held, Terminal terminal)
    {
        var now = VerbDatabase.Clock.GetUtcNow();
        var stamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var head = 0L;
        if (await database.Place.BringBack(file, stamp, Ready, CancellationToken.None) is { } fault)
        {
            return terminal.Refuse(fault);
        }

        terminal.Error.WriteLine($"Kopien er hentet fram i «{database.Place.Name}», med sporet til linje {head}.");
        if (database.Place.Former(stamp) is { } former)
        {
            terminal.Error.WriteLine($"Databasen som var der fra før, ligger nå i «{former}».");
        }

        if (await SetAside(database.Settings.Trail.CheckpointFolder, head, stamp) is { } aside)
        {
            terminal.Error.WriteLine($"Kontrollpunkter som er nyere enn kopien, ligger nå i «{aside}». Ta vare på dem: de viser hva som gikk tapt.");
        }

        terminal.Error.WriteLine("Alle må logge inn på nytt. Roller, nøkler og lenker som er avsluttet etter at kopien ble tatt, gjelder igjen: gå gjennom dem før andre slipper til.");
        terminal.Error.WriteLine("E-post holdes tilbake. Start tjeneren, se etter at alt er som det skal, og kjør «release».");
        return ExitStatus.Done;

        // The mails are held before anything else, so that none goes out whatever comes after.
        async Task<string?> Ready(IDatabasePlace place)
        {
            var copy = database.At(place);
            var migrator = new Migrator(copy);
            await using (var db = copy.CreateDbContext())
            {
                if (!(await db.Database.GetAppliedMigrationsAsync()).Any())
                {
                    return $"«{file}» er ikke en kopi av en database for Tilskudd. Oppgi en fil fra «backup» med --from.";
                }
            }

            if (await migrator.Foreign() is { } foreign)
            {
                return foreign;
            }

            head = await Head(copy);
            using var door = new VerbDoor(copy);
            await door.Write(OutboxHold.Begin);
            if (await migrator.Run(held) is { } fault)
            {
                return fault;
            }

            // Whoever signed out since is signed in again in the copy.
            await door.Write(EndSessions);
            return null;
        }
    }

    private static void EndSessions(Storage.Writing w)
    {
        foreach (var session in w.Db.Set<Session>().Where(session => session.EndedAt == null).ToList())
        {
            session.End(w.Now);
        }

        w.Db.RemoveRange(w.Db.Set<SignInTicket>().Where(ticket => ticket.UsedAt == null));
    }

    private static async Task<long> Head(VerbDatabase database)
    {
        await using var db = database.CreateDbContext();
        return (await ChainHead.Read(db, CancellationToken.None)).Seq;
    }

    // They vouch for lines the copy does not have, and the trail goes on otherwise from here.
    private static async Task<string?> SetAside(string folder, long head, string stamp)
    {
        var newer = (await TrailVerification.Checkpoints(folder)).Where(found => found.Checkpoint is not { } checkpoint || checkpoint.Seq > head).Select(found => found.File).ToList();
        if (newer.Count == 0)
        {
            return null;
        }

        var aside = Directory.CreateDirectory($"{Path.TrimEndingDirectorySeparator(folder)}-{stamp}").FullName;
        foreach (var name in newer)
        {
            File.Move(Path.Combine(folder, name), Path.Combine(aside, name));
        }

        return aside;
    }
}
