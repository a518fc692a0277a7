using Tilskudd.Cycle.Steps;
using Tilskudd.Runs;
using Tilskudd.Setup;
using Tilskudd.Storage;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Verbs;

/// <summary>Looks through everything the application starts on, and lists every fault with its file and place. Changes nothing.</summary>
internal static class Check
{
    public static Verb Verb { get; } = new("check", "Kontrollerer innstillinger, flyter, kalender og database, og lister alle feil.", Run)
    {
        TakesSettings = true,
        Remarks = ["Ingenting endres. Tjeneren kan gå imens."],
    };

    private static async Task<int> Run(Invocation given, Terminal terminal)
    {
        var (settings, faults) = given.Composition.Read(given.Settings, Environment.GetEnvironmentVariables(), AppContext.BaseDirectory);

        // The flows are looked at even where the settings are wrong, so that one run tells all there is to mend.
        var folder = settings?.WorkflowsFolder ?? given.Settings.LastOrDefault(setting => setting.Key == "Workflows:Folder").Value ?? Path.Combine(AppContext.BaseDirectory, "workflows");
        var flows = DefinitionFolder.Read(folder, CycleSteps.Catalogue);
        List<string> found =
        [
            .. faults.Select(fault => fault.Message),
            .. flows.Faults.Select(fault => $"{Path.Combine(folder, fault.File)}: {fault.Path}: {fault.Message}"),
            .. settings is null ? [] : PlacesCheck.Faults(settings).Select(fault => fault.Message),
            .. settings is not null && await HttpsCertificate.Fault(settings) is { } https ? [https] : Array.Empty<string>(),
            .. settings is null ? [] : await Database(given, settings, flows.Value, terminal),
        ];
        if (found.Count > 0)
        {
            return terminal.Refuse(found);
        }

        var counted = flows.Value!.Definitions.Count;
        terminal.Error.WriteLine($"Innstillingene er gyldige. {counted} {(counted == 1 ? "flyt" : "flyter")} med ord på {string.Join(", ", Words.Languages)} er i orden i «{folder}».");
        terminal.Error.WriteLine(settings!.ClosedDays.Count == 0 ? "Kalenderen har bare de lovfestede fridagene." : $"Kalenderen har {settings.ClosedDays.Count} egne fridager: {string.Join(", ", settings.ClosedDays)}.");
        return ExitStatus.Done;
    }

    private static async Task<IReadOnlyList<string>> Database(Invocation given, Settings settings, Flows? flows, Terminal terminal)
    {
        if (DatabasePlace.Of(settings.Database) is SqliteFile file && !File.Exists(file.Path))
        {
            terminal.Error.WriteLine($"Databasen «{file.Path}» finnes ikke ennå. Den lages ved første start.");
            return [];
        }

        var (database, faults) = VerbDatabase.Open(given, forReading: true);
        if (database is null)
        {
            return faults;
        }

        if (await new Migrator(database).Check() is { } fault)
        {
            return [$"{database.Place.Name}: {fault}"];
        }

        await using var db = database.CreateDbContext();
        if (flows is not null && await FlowLibrary.Faults(db, flows, CycleSteps.Catalogue) is { Count: > 0 } wrong)
        {
            return [.. wrong.Select(flow => $"{settings.WorkflowsFolder}: {flow}")];
        }

        terminal.Error.WriteLine($"Databasen «{database.Place.Name}» svarer og har denne versjonens skjema.");
        return [];
    }
}
