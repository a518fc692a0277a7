using System.Security.Cryptography;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Planning.Sheets;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Verbs;

/// <summary>Writes the tiltak of a workbook into the draft of a plan, all of them or none.</summary>
internal static class ImportVerb
{
    public static Verb Verb { get; } = new("import", "Henter tiltak og budsjett fra et regneark inn i kladden til en handlingsplan.", Run)
    {
        TakesSettings = true,
        Arguments = [new("FIL.xlsx", "regnearket med planen.")],
        Options =
        [
            new("programme", "stromso-2030", "Programmets ord, som i adressen til siden.") { IsRequired = true },
            new("year", "2026", "Tilskuddsåret.") { IsRequired = true },
            new("unit", "fjell", "Planenhetens ord. Må oppgis når programmet har flere."),
            new("sheet", "Budsjett", "Navnet på arket. Ellers det første synlige arket med overskriftene."),
            new("dry-run", null, "Viser hva som ville bli endret, og skriver ingenting. Tjeneren kan kjøre imens."),
        ],
        Remarks =
        [
            "En rad er overskrifter: «Tiltak» og minst én til. Kilder kjennes på koden eller navnet, som «KDD», «KDD (kr)», «AID (mill. kr)», «Egen (1 000 kr)». Ellers leses Nr, Id, Tema, Deltema, Kriterier, Beskrivelse, Mål, Utgangspunkt, Ansvarlig, Status, Endring og Sum, på bokmål og nynorsk. Kriterier skrives med id, nummer eller tekst, med semikolon mellom.",
            "Et tiltak kjennes igjen på id-en, ellers på navnet, ellers på nummeret når navnene ligner. En tom celle endrer ingenting; 0 tar beløpet bort. Tiltak som står i kladden og ikke i fila, blir stående. Samme fil to ganger endrer ingenting andre gang.",
            "Alt kontrolleres først, og alle feil vises samtidig med ark og celle. Sumrader er ikke tiltak, men må stemme med radene. Formler leses som verdien de hadde da fila ble lagret. Skjulte rader og kolonner avvises.",
            "Med SQLite må tjeneren være stoppet, ellers enn for --dry-run.",
        ],
    };

    private static async Task<int> Run(Invocation given, Terminal terminal)
    {
        if (!GrantYear.TryParse(given.Value("year"), out var year))
        {
            return terminal.RefuseUsage(Verb, $"«--year {given.Value("year")}» er ikke et tilskuddsår. Skriv fire sifre fra {GrantYear.Earliest} til {GrantYear.Latest}, for eksempel «--year 2026».");
        }

        var path = given.Argument(0);
        var (sheets, bytes, unreadable) = BookReader.Open(path);
        if (sheets is null)
        {
            return terminal.Refuse(unreadable);
        }

        var isTrial = given.Has("dry-run");
        var (database, faults) = VerbDatabase.Open(given, forReading: isTrial);
        if (database is null)
        {
            return terminal.Refuse(faults);
        }

        using var held = isTrial ? null : ServerLock.TryTake(database.Place);
        if (!isTrial && held is null)
        {
            return terminal.Refuse(ServerLock.IsTaken(database.Place));
        }

        if (await new Migrator(database).Check() is { } fault)
        {
            return terminal.Refuse(fault);
        }

        var flows = DefinitionFolder.Read(database.Settings.WorkflowsFolder, CycleSteps.Catalogue);
        if (flows.Value is null)
        {
            return terminal.Refuse(flows.Faults.Select(bad => $"{Path.Combine(database.Settings.WorkflowsFolder, bad.File)}: {bad.Path}: {bad.Message}"));
        }

        var order = new Order(path, Convert.ToHexStringLower(SHA256.HashData(bytes)), sheets, given.Value("programme")!, year, given.Value("unit"), given.Value("sheet"));
        var import = new ImportPlan(new FlowLibrary(flows.Value, CycleSteps.Catalogue));
        return isTrial ? await Try(database, import, order, terminal) : await Write(database, import, order, terminal);
    }

    private static async Task<int> Try(VerbDatabase database, ImportPlan import, Order order, Terminal terminal)
    {
        // Written into a draft in memory that is never saved, so the ids of new tiltak are nobody's.
        var number = 0;
        await using var db = database.CreateDbContext();
        var told = await Tell(db, import, order, () => new TiltakId(new Guid(++number, 0, 0, new byte[8])), VerbDatabase.Clock.GetUtcNow());
        if (told.Imported is not { } imported)
        {
            return terminal.Refuse(told.Faults);
        }

        ImportReport.Write(terminal.Out, order.Path, told.Draft!, told.Table!, imported);
        terminal.Error.WriteLine(imported.Changed.Count == 0 ? "Prøvekjøring: kladden er alt som fila, så det er ingenting å skrive." : "Prøvekjøring: ingenting er skrevet. Kjør uten «--dry-run» for å skrive det.");
        return ExitStatus.Done;
    }

    private static async Task<int> Write(VerbDatabase database, ImportPlan import, Order order, Terminal terminal)
    {
        var told = new Told(null, null, null, []);
        using var door = new VerbDoor(database);
        try
        {
            var refusal = await door.Write(async w =>
            {
                told = await Tell(w.Db, import, order, w.Ids.Next<TiltakId>, w.Now);
                if (told.Imported is not { } imported)
                {
                    // Nothing of the story is kept; what is told is the faults.
                    return new PlanRefusal.NotOpenForWriting();
                }

                if (imported.Changed.Count > 0)
                {
                    await ImportPlan.Record(w, told.Draft!, imported, order.Hash);
                }

                return null;
            });
            if (refusal is not null)
            {
                return terminal.Refuse(told.Faults.Count > 0 ? told.Faults : ["Noen andre lagret i planen samtidig. Ingenting er skrevet. Prøv på nytt."]);
            }
        }
        catch (DoorClosed closed)
        {
            return terminal.Refuse($"Databasen «{database.Place.Name}» kan ikke skrives nå ({closed.Fault}). Ingenting er skrevet. Prøv på nytt.");
        }

        ImportReport.Write(terminal.Out, order.Path, told.Draft!, told.Table!, told.Imported!);
        terminal.Error.WriteLine(told.Imported!.Changed.Count == 0
            ? "Kladden er alt som fila. Ingenting er skrevet."
            : $"Skrevet i kladden: {told.Imported.Added.Count()} nye og {told.Imported.Rewritten.Count()} endrede tiltak.");
        return ExitStatus.Done;
    }

    private static async Task<Told> Tell(TilskuddDb db, ImportPlan import, Order order, Func<TiltakId> next, DateTimeOffset now)
    {
        var (draft, fault) = await import.Find(db, order.Programme, order.Year, order.Unit);
        if (draft is null)
        {
            return new(null, null, null, [fault]);
        }

        var table = draft.Read(order.Sheets, order.Sheet);
        if (table.Faults.Count > 0)
        {
            return new(draft, table, null, table.Faults);
        }

        var (imported, faults) = ImportPlan.Write(draft, table, await ImportPlan.Places(db, draft, table), next, now);
        return new(draft, table, imported, faults);
    }

    private sealed record Order(string Path, string Hash, IReadOnlyList<BookSheet> Sheets, string Programme, GrantYear Year, string? Unit, string? Sheet);

    private sealed record Told(DraftCase? Draft, PlanTable? Table, ImportedPlan? Imported, IReadOnlyList<string> Faults);
}
