using Tilskudd.Archive;
using Tilskudd.Setup;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Verbs;

/// <summary>Checks that nobody has changed, removed or added anything in the trail, or in a case that was carried out.</summary>
/// <remarks>0 whole, 2 broken at a line, 3 truncated, 4 a checkpoint's signature is bad; 4 before 2 before 3.</remarks>
internal static class Verify
{
    public static Verb Verb { get; } = new("verify", "Kontrollerer sporet eller en saksmappe: at ingenting er endret, fjernet eller lagt til.", Run)
    {
        TakesSettings = true,
        Options =
        [
            new("export", "trail.jsonl", "Sporet som fil. Uten dette kontrolleres databasen."),
            new("checkpoints", "checkpoints", "Mappen med kontrollpunktene. Må oppgis sammen med --export."),
            new("key", "checkpoint-key.pem", "Den offentlige nøkkelen. Må oppgis sammen med --export; med --package bare der du har nøkkelen fra før."),
            new("package", "sak", "En saksmappe fra «export --case» eller «simulate». Kontrolleres uten database."),
        ],
        Remarks =
        [
            "Sluttstatus: 0 i orden, 2 brutt ved en linje, 3 kuttet av, 4 en signatur er feil. Gjelder flere, går 4 foran 2 foran 3.",
            "Med --export og --package trengs ingen database, så andre kan kontrollere for seg selv. 1 når filene ikke kan leses.",
        ],
    };

    private static async Task<int> Run(Invocation given, Terminal terminal)
    {
        try
        {
            return await Check(given, terminal);
        }
        catch (UnauthorizedAccessException)
        {
            return terminal.Refuse($"En fil eller mappe som skal kontrolleres, kan ikke leses. Gi den som kjører programmet, lesetilgang.");
        }
    }

    private static async Task<int> Check(Invocation given, Terminal terminal)
    {
        string?[] parts = [given.Value("export"), given.Value("checkpoints"), given.Value("key")];
        if (given.TryValue("package", out var package))
        {
            return parts is [null, null, _] ? await Package(package, parts[2], terminal) : terminal.RefuseUsage(Verb, "«--package» oppgis alene, eller sammen med «--key».");
        }

        return parts switch
        {
            [{ } export, { } checkpoints, { } key] => await Offline(export, checkpoints, key, terminal),
            [null, null, null] => await Live(given, terminal),
            _ => terminal.RefuseUsage(Verb, "«--export», «--checkpoints» og «--key» må oppgis sammen."),
        };
    }

    private static async Task<int> Offline(string export, string folder, string keyFile, Terminal terminal)
    {
        if (Missing(export, folder, keyFile).ToList() is { Count: > 0 } missing)
        {
            return terminal.Refuse(missing);
        }

        using var key = TrailKey.Parse(await File.ReadAllTextAsync(keyFile));
        if (key is null)
        {
            return terminal.Refuse(NoKey(keyFile));
        }

        var checkpoints = await TrailVerification.Checkpoints(folder);
        var report = await TrailVerification.Verify(TrailVerification.Lines(export), checkpoints, key);
        return report.Verdict == TrailVerdict.Whole && checkpoints.Count == 0 && report.Count > 0
            ? terminal.Refuse($"Mappen «{folder}» har ingen kontrollpunkter. Linjene henger sammen, men om noe er kuttet av på slutten, kan ikke ses.")
            : Tell(report, terminal);
    }

    private static async Task<int> Package(string folder, string? keyFile, Terminal terminal)
    {
        if ((PathFault.OfFolder("Mappen", folder) ?? (keyFile is null ? null : PathFault.OfFile("Nøkkelfilen", keyFile))) is { } unusable)
        {
            return terminal.Refuse(unusable);
        }

        using var key = keyFile is null ? null : TrailKey.Parse(await File.ReadAllTextAsync(keyFile));
        if (keyFile is not null && key is null)
        {
            return terminal.Refuse(NoKey(keyFile));
        }

        var (report, refusal) = await PackageVerification.Of(folder, key);
        if (report is null)
        {
            return terminal.Refuse(refusal);
        }

        terminal.Refuse(report.Why);
        if (report.Verdict == TrailVerdict.Whole)
        {
            terminal.Out.WriteLine($"Saksmappen er i orden: {report.Files} filer.");
        }

        return (int)report.Verdict;
    }

    private static async Task<int> Live(Invocation given, Terminal terminal)
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

        var (folder, keyFile) = (database.Settings.Trail.CheckpointFolder, database.Settings.Trail.KeyFile);
        if (PlacesCheck.Mistaken(database.Settings.Trail).ToList() is { Count: > 0 } mistaken)
        {
            return terminal.Refuse(mistaken.Select(wrong => wrong.Message));
        }

        var hasKey = File.Exists(keyFile);
        using var key = hasKey ? TrailKey.Parse(await File.ReadAllTextAsync(keyFile)) : null;

        // Before the trail, so that a checkpoint written meanwhile cannot be ahead of what is read.
        var checkpoints = await TrailVerification.Checkpoints(folder);
        if (checkpoints.Count > 0 && key is null)
        {
            terminal.Refuse(hasKey ? NoKey(keyFile) : $"Nøkkelfilen «{keyFile}» (Trail:KeyFile) finnes ikke.", "Uten nøkkelen kan ingen se om kontrollpunktene er ekte. Hent den fram igjen.");
            return (int)TrailVerdict.BadSignature;
        }

        await using var db = database.CreateDbContext();
        var report = await TrailVerification.Verify(TrailVerification.Lines(db), checkpoints, key);
        if (report.Verdict == TrailVerdict.Whole && hasKey && checkpoints.Count == 0)
        {
            // The key is made for the first checkpoint, so there has been one.
            terminal.Refuse($"Mappen «{folder}» (Trail:CheckpointFolder) har ingen kontrollpunkter, men sporet har vært signert. Hent dem fram igjen: uten dem kan ingen se om noe er kuttet av på slutten.");
            return (int)TrailVerdict.Truncated;
        }

        if (report.Verdict == TrailVerdict.Whole && checkpoints.Count == 0 && report.Count > 0)
        {
            terminal.Refuse($"Sporet er ikke signert: det er ingen kontrollpunkter i «{folder}» (Trail:CheckpointFolder) og ingen nøkkel i «{keyFile}» (Trail:KeyFile). Linjene henger sammen, men om noe er kuttet av på slutten eller alt er skrevet om, er ikke kontrollert.");
        }

        return Tell(report, terminal);
    }

    private static IEnumerable<string> Missing(string export, string folder, string keyFile) =>
        new[] { PathFault.OfFile("Filen", export), PathFault.OfFolder("Mappen", folder), PathFault.OfFile("Nøkkelfilen", keyFile) }.OfType<string>();

    private static string NoKey(string file) => $"«{file}» er ikke en ECDSA-nøkkel (P-256) i PEM-form.";

    private static int Tell(TrailReport report, Terminal terminal)
    {
        terminal.Refuse(report.Why);
        if (report.Verdict == TrailVerdict.Whole)
        {
            terminal.Out.WriteLine($"Sporet er i orden: {report.Count} linjer, {report.Checkpoints} kontrollpunkter, siste hash {report.Head}.{(report.SignedTo > 0 && report.SignedTo < report.Count ? $" Signert til og med linje {report.SignedTo}." : "")}");
        }

        return (int)report.Verdict;
    }
}
