using System.Collections;
using Tilskudd.Verbs;

namespace Tilskudd.Setup;

/// <summary>Gathers what operators have written in the three places, and checks each value by its row in the table.</summary>
internal static class SettingsSources
{
    // The web host's own test tools say these; where the application lives decides them here.
    private static readonly string[] OfTheHost = ["contentRoot", "applicationName"];

    public static (GivenSettings Given, IReadOnlyList<SettingFault> Faults) Read(
        IEnumerable<KeyValuePair<string, string?>> commandLine, IDictionary environment, string folder)
    {
        var (file, fileFaults) = SettingsFile.Read(folder);
        var faults = fileFaults.ToList();
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

        // The last word wins, so the strongest place comes last.
        foreach (var given in file.Concat(Variables(environment)).Concat(Words(commandLine, faults)))
        {
            if (Check(given) is { } fault)
            {
                faults.Add(fault);
            }
            else if (given.Value.Length > 0)
            {
                values[given.Key] = given.Value;
            }
        }

        return (new GivenSettings(values), faults);
    }

    private static IEnumerable<GivenSetting> Variables(IDictionary environment) =>
        environment.Keys.Cast<string>()
            .Where(name => name.StartsWith(SettingsTable.VariablePrefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new GivenSetting(
                name[SettingsTable.VariablePrefix.Length..].Replace("__", ":", StringComparison.Ordinal),
                ((string?)environment[name] ?? "").Trim(),
                "miljøvariabelen " + name));

    private static List<GivenSetting> Words(IEnumerable<KeyValuePair<string, string?>> commandLine, List<SettingFault> faults)
    {
        var words = commandLine
            .Where(word => !OfTheHost.Contains(word.Key, StringComparer.OrdinalIgnoreCase))
            .Select(word => new GivenSetting(word.Key, (word.Value ?? "").Trim(), "kommandolinjen"))
            .ToList();
        foreach (var twice in words.GroupBy(word => word.Key, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1))
        {
            faults.Add(new(twice.Key, $"{twice.Key} står mer enn én gang på kommandolinjen. La én stå."));
        }

        return words;
    }

    private static SettingFault? Check(GivenSetting given)
    {
        if (given.Key.Equals("environment", StringComparison.OrdinalIgnoreCase))
        {
            return given.Value == "Development" ? null : new(given.Key,
                $"{given.Key} ({given.Place}) kan ikke settes: Site:BaseUrl avgjør om nettstedet er i drift. Sett den til en https-adresse.");
        }

        if (SettingsTable.Find(given.Key) is not { } setting)
        {
            // A value under a mistyped key may be a password, so it is not repeated.
            return new(given.Key, $"{given.Key} ({given.Place}) er en ukjent innstilling.{Suggestion(given.Key)}");
        }

        return given.Value.Length == 0 || setting.IsAllowed(given.Value)
            ? null
            : new(setting.Key, $"{setting.Key} ({given.Place}) er {Shown(setting, given.Value)}. Tillatt er {setting.Allowed}.");
    }

    private static string Suggestion(string key)
    {
        var keys = SettingsTable.All.Select(setting => setting.Key).ToList();
        var nearest = Nearest.To(key, keys) ?? WithNearestName(key, keys);
        return nearest is null ? " Se tabellen i README.md." : $" Mente du «{nearest}»?";
    }

    // «Smpt:Host» is far from «Mail:Host» letter by letter, yet the name within the section tells.
    private static string? WithNearestName(string key, List<string> keys)
    {
        var name = Nearest.To(Name(key), keys.Select(Name).Distinct(StringComparer.Ordinal));
        return keys.FirstOrDefault(known => Name(known) == name);
    }

    private static string Name(string key) => key[(key.LastIndexOf(':') + 1)..];

    // A wrong address may hold a name and a password before its @.
    private static string Shown(Setting setting, string value) =>
        setting.IsSecret || (value.Contains('@') && value.Contains("//", StringComparison.Ordinal)) ? "feil (verdien vises ikke)" : $"«{Printable(value)}»";

    private static string Printable(string value)
    {
        var line = string.Concat(value.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter));
        return line.Length <= 120 ? line : line[..120] + "…";
    }
}
