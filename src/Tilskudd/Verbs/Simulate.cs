using System.Collections;
using System.Globalization;
using Tilskudd.Cycle.Year;
using Tilskudd.Demo;
using Tilskudd.Demo.Simulation;
using Tilskudd.Setup;
using Tilskudd.Storage;
using Tilskudd.Year.Sources;

namespace Tilskudd.Verbs;

/// <summary>Plays a whole grant year with a simulated clock and people, and writes down what came of it.</summary>
internal static class Simulate
{
    private const string Everything = "all";
    private const string Schema = "tilskudd_simulate";
    private const int FirstYear = 2018;
    private const int LastYear = 2098;

    private static readonly string[] Own = ["Database:Provider", "Database:Connection"];

    public static Verb Verb { get; } = new("simulate", "Spiller et helt tilskuddsår over HTTP, med simulert klokke og oppdiktede personer.", Run)
    {
        TakesSettings = true,
        Options =
        [
            new("year", "2025", "Tilskuddsåret. Ellers 2025."),
            new("programmes", "stromso-2030", $"Programmene, med komma mellom, eller «{Everything}». Ellers «{Everything}»."),
            new("seed", "1", "Frøet alt tilfeldig trekkes av. Ellers 1."),
            new("out", "simulert", "Mappen alt skrives til.") { IsRequired = true },
            new("force", null, "Skriver over et tidligere simulert år i mappen."),
        ],
        Remarks =
        [
            "Personene leser e-postene i mappen og bruker de samme sidene, skjemaene, lenkene og kodene som i drift. Klokka flyttes mellom hendelsene.",
            "Samme frø gir samme timeline.jsonl, tegn for tegn, på begge slag database.",
            $"Av innstillingene leses Database:Provider og Database:Connection. På Postgres ligger tabellene i skjemaet «{Schema}», som tømmes først; bare skjemaer som begynner slik, røres.",
        ],
    };

    private static async Task<int> Run(Invocation given, Terminal terminal)
    {
        var world = RealWorld.Read().Trusted();
        var (order, usage, refusals) = Read(given, world);
        if (order is null)
        {
            return usage.Count > 0 ? terminal.RefuseUsage(Verb, usage) : terminal.Refuse(refusals);
        }

        if (Clear(order.Folder, given.Has("force")) is { } refusal)
        {
            return terminal.Refuse(refusal);
        }

        var progress = new SimulationProgress(terminal, order);
        try
        {
            await Simulation.Run(order, world, progress.Report);
        }
        catch (IOException failure)
        {
            return terminal.Refuse($"Det simulerte året ble ikke ferdig, og «{order.Folder}» er ikke hel.{SystemReason.Of(failure)}");
        }

        progress.End();
        return ExitStatus.Done;
    }

    private static (SimulationOrder? Order, IReadOnlyList<string> Usage, IReadOnlyList<string> Refusals) Read(Invocation given, RealWorld world)
    {
        var usage = new List<string>();
        if (!GrantYear.TryParse(given.Value("year") ?? "2025", out var year) || year.Number is < FirstYear or > LastYear)
        {
            usage.Add($"«--year {given.Value("year")}» er ikke et tilskuddsår fra {FirstYear} til {LastYear}.");
        }

        if (!int.TryParse(given.Value("seed") ?? "1", NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
        {
            usage.Add($"«--seed {given.Value("seed")}» er ikke et helt tall fra 0 til {int.MaxValue}.");
        }

        usage.AddRange(given.Settings.Where(setting => !Own.Contains(setting.Key, StringComparer.OrdinalIgnoreCase)).Select(setting => $"«--{setting.Key}» leses ikke her. Bare {string.Join(" og ", Own)} kan oppgis."));
        if (usage.Count > 0)
        {
            return (null, usage, []);
        }

        var (settings, faults) = Settings.Read(given.Settings, new Hashtable(), AppContext.BaseDirectory);
        if (settings is null)
        {
            return (null, [], [.. faults.Select(fault => fault.Message)]);
        }

        var (programmes, refusals) = Programmes(given.Value("programmes") ?? Everything, year, world);
        return refusals.Count > 0 ? (null, [], refusals) : (new SimulationOrder(year, programmes, seed, given.Value("out")!)
        {
            Composition = given.Composition,
            Server = (DatabasePlace.Of(settings.Database) as PostgresServer)?.Within(Schema).Unhurried(),
        }, [], []);
    }

    private static (IReadOnlyList<ProgrammeSource> Programmes, IReadOnlyList<string> Refusals) Programmes(string wanted, GrantYear year, RealWorld world)
    {
        var words = wanted.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(word => word.ToLowerInvariant()).Distinct().ToList();
        var slugs = world.Programmes.ToDictionary(LoadedProgramme.SlugOf);
        var refusals = new List<string>();
        var programmes = new List<ProgrammeSource>();
        foreach (var word in words.Where(word => word != Everything))
        {
            if (!slugs.TryGetValue(word, out var source))
            {
                refusals.Add($"Ukjent program «{word}».{Nearest.Question(word, slugs.Keys)} Programmene er {string.Join(", ", slugs.Keys)}.");
            }
            else if (!DemoStart.Covers(source, year))
            {
                refusals.Add($"Avtalen for «{word}» dekker ikke {year}.");
            }
            else
            {
                programmes.Add(source);
            }
        }

        // Those that are named beside «all» are among all.
        if (refusals.Count == 0 && words.Contains(Everything))
        {
            var covered = world.Programmes.Where(source => DemoStart.Covers(source, year)).ToList();
            return covered.Count > 0 ? (covered, []) : ([], [$"Ingen programmer har avtale for {year}."]);
        }

        return programmes.Count + refusals.Count == 0 ? ([], [$"«--programmes» nevner ingen. Skriv for eksempel «--programmes stromso-2030», eller «{Everything}»."]) : (programmes, refusals);
    }

    // Only what an earlier simulated year wrote is ever removed.
    private static string? Clear(string folder, bool isForced)
    {
        if (File.Exists(folder))
        {
            return $"«{folder}» er en fil. Oppgi en mappe med --out.";
        }

        try
        {
            Directory.CreateDirectory(folder);
            var found = Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)!).ToList();
            if (found.Except(SimulationFiles.Parts).Order(StringComparer.Ordinal).FirstOrDefault() is { } foreign)
            {
                return $"Mappen «{folder}» har noe annet i seg («{foreign}»). Oppgi en tom mappe med --out.";
            }

            if (found.Count > 0 && !isForced)
            {
                return $"Mappen «{folder}» er ikke tom. Oppgi en annen, eller skriv over med --force.";
            }

            foreach (var part in found.Select(part => Path.Combine(folder, part)))
            {
                if (Directory.Exists(part))
                {
                    Directory.Delete(part, recursive: true);
                }
                else
                {
                    File.Delete(part);
                }
            }

            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"Mappen «{folder}» kan ikke skrives. Oppgi en annen med --out, eller gi den som kjører programmet, skrivetilgang.{SystemReason.Of(failure)}";
        }
    }
}

/// <summary>Tells how far a simulated year has come: a bar on a terminal, a line for each month elsewhere.</summary>
internal sealed class SimulationProgress(Terminal terminal, SimulationOrder order)
{
    private const int Width = 30;

    // The report is settled in the summer after the year.
    private const int Months = 24;

    private int _told = -1;

    public void Report(DateTimeOffset at)
    {
        var on = OsloTime.On(at);
        var month = ((on.Year - order.Year.Number + 1) * 12) + on.Month - 10;
        if (month <= _told)
        {
            return;
        }

        _told = month;
        var shown = $"{on.Year:0000}-{on.Month:00}";
        if (terminal.IsInteractive)
        {
            var done = Math.Min(Width, Width * month / Months);
            terminal.Error.Write($"\r[{new string('#', done)}{new string('.', Width - done)}] {shown}");
        }
        else
        {
            terminal.Error.WriteLine(shown);
        }
    }

    public void End()
    {
        if (terminal.IsInteractive)
        {
            terminal.Error.WriteLine();
        }

        terminal.Error.WriteLine($"Året {order.Year} er spilt til ende. Alt ligger i «{order.Folder}».");
    }
}
