using System.Globalization;
using NodaTime.Text;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Demo;
using Tilskudd.Runs;
using Tilskudd.Setup;
using Tilskudd.Storage;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Verbs;

/// <summary>The application in Development with the real programmes and made-up people, at telling places of the year.</summary>
internal static class DemoVerb
{
    private const string Folder = "data/demo";
    private const string DefaultAt = "2024-11-20T09:00";

    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");

    public static Verb Verb { get; } = new("demo", "Starter nettstedet med virkelige programmer og oppdiktede personer.", Run)
    {
        TakesSettings = true,
        Options =
        [
            new("fresh", null, "Begynner på nytt. Uten dette fortsetter demonstrasjonen der den slapp."),
            new("at", DefaultAt, $"Når klokka starter, i norsk tid. Ellers {DefaultAt}."),
            new("no-serve", null, "Laster inn og skriver lenkene, men starter ikke nettstedet."),
        ],
        Remarks =
        [
            $"Alt ligger i mappen {Folder}. Personer og beløp er oppdiktet, og merket slik.",
            "Med Database:Provider Postgres ligger tabellene i skjemaet «tilskudd_demo» i databasen som oppgis, og bare skjemaer som begynner slik, røres.",
            "På standard ut står en linje for hver rolle, med tabulator mellom rolle, navn og lenke. Lenkene virker mange ganger, i alle nettlesere på denne maskinen.",
        ],
    };

    private static async Task<int> Run(Invocation given, Terminal terminal)
    {
        if (Pattern.Parse(given.Value("at") ?? DefaultAt) is not { Success: true, Value: var local })
        {
            return terminal.RefuseUsage(Verb, $"«--at {given.Value("at")}» er ikke et tidspunkt. Skriv for eksempel «--at {DefaultAt}».");
        }

        var (settings, faults) = DemoFolder.Read(given.Settings, Folder);
        if (settings is null)
        {
            return terminal.Refuse(faults);
        }

        var place = DatabasePlace.Of(settings.Database);
        if (place.Prepare() is { } unusable)
        {
            return terminal.Refuse(unusable);
        }

        using var held = ServerLock.TryTake(place);
        if (held is null)
        {
            return terminal.Refuse(ServerLock.IsTaken(place));
        }

        if (given.Has("fresh"))
        {
            // Before the old one is gone.
            if (DefinitionFolder.Read(settings.WorkflowsFolder, CycleSteps.Catalogue) is { Value: null } read)
            {
                throw new BadFlowsException(read.Faults);
            }

            await DemoFolder.Empty(settings, held);
        }

        return await Run(settings, given.Composition, held, OsloTime.At(local.Date, local.TimeOfDay), !given.Has("no-serve"), terminal);
    }

    private static async Task<int> Run(Settings settings, Composition composition, ServerLock held, DateTimeOffset at, bool serves, Terminal terminal)
    {
        if (await Prepare(settings, composition, held, at, terminal) is not { } start)
        {
            return ExitStatus.Refused;
        }

        await using var app = Site.Build(settings, builder =>
        {
            // Standard output is for the links alone.
            builder.Logging.ClearProviders();
            builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            var machine = (TimeProvider)builder.Services.Last(part => part.ServiceType == typeof(TimeProvider)).ImplementationInstance!;
            builder.Services.AddSingleton<TimeProvider>(new RunningClock(start, machine));
            builder.Services.AddSingleton<DemoLinks>();
        }, composition);
        foreach (var link in await app.Services.GetRequiredService<DemoLinks>().Issue())
        {
            terminal.Out.WriteLine($"{link.Role}\t{link.Name}\t{link.Address}");
        }

        return serves ? await Serve(app, settings, start, terminal) : ExitStatus.Done;
    }

    // Migrates, and fills the database where it is empty.
    private static async Task<DateTimeOffset?> Prepare(Settings settings, Composition composition, ServerLock held, DateTimeOffset at, Terminal terminal)
    {
        await using var app = DemoStart.Still(settings, new SimulatedClock(at), composition: composition);
        if (await app.Services.GetRequiredService<Migrator>().Run(held) is { } refusal)
        {
            terminal.Refuse(refusal);
            return null;
        }

        if (await DemoStart.LastAt(app.Services) is { } last)
        {
            if (await app.Services.PublishFlows() is { Count: > 0 } changed)
            {
                terminal.Refuse([.. changed, "Begynn på nytt med «demo --fresh»."]);
                return null;
            }

            terminal.Error.WriteLine($"Fortsetter demonstrasjonen i «{settings.DataFolder}». Begynn på nytt med «--fresh».");
            return last > at ? last : at;
        }

        terminal.Error.WriteLine("Laster inn programmene og spiller fram til tidspunktet …");
        await DemoStart.Fill(settings, at, composition);
        return at;
    }

    private static async Task<int> Serve(WebApplication app, Settings settings, DateTimeOffset start, Terminal terminal)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException busy)
        {
            return terminal.Refuse($"Kan ikke lytte på {settings.Urls}.{SystemReason.Of(busy)} Velg en annen adresse med «--Urls http://localhost:5081».");
        }

        var shown = OsloTime.On(start).ToString("uuuu'-'MM'-'dd HH':'mm", CultureInfo.InvariantCulture);
        terminal.Error.WriteLine($"Demonstrasjonen svarer på {string.Join(", ", app.Urls)}. Klokka startet på {shown}. Stopp med Ctrl+C.");
        await app.WaitForShutdownAsync();
        return ExitStatus.Done;
    }
}
