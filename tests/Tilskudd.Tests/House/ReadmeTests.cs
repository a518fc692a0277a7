using System.Reflection;
using System.Text.RegularExpressions;
using Tilskudd.Setup;
using Tilskudd.Verbs;

namespace Tilskudd.Tests.House;

/// <summary>The README says what is true today.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string _readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [Fact]
    public void Every_setting_stands_in_the_table_with_its_default()
    {
        var rows = SettingRow().Matches(_readme).ToDictionary(row => row.Groups["key"].Value, row => row.Groups["default"].Value);

        Assert.Equal(SettingsTable.All.Select(setting => (setting.Key, setting.Default)), rows.Select(row => (row.Key, row.Value)));
    }

    [Fact]
    public void Every_verb_is_explained_and_no_other()
    {
        var verbs = VerbRow().Matches(_readme).Select(row => row.Groups["verb"].Value);

        Assert.Equal(VerbTable.All.Select(verb => verb.Name).Order(), verbs.Order());
    }

    [Fact]
    public void Every_norwegian_noun_among_the_types_is_in_the_glossary()
    {
        var glossary = GlossaryRow().Matches(_readme).SelectMany(row => row.Groups["words"].Value.Split(',', '(', ')')).Select(word => word.Replace("pl.", "", StringComparison.Ordinal).Trim()).ToHashSet();
        string[] norwegian =
        [
            "Handlingsplan", "Handlingsplaner", "Tiltak", "Tilskuddsbrev", "Rapport", "Rapporter", "Delprogram", "Bydel", "Postkasse", "Soknad", "Vedtak",
            "Styringsgruppe", "Godkjenning", "Frist", "Frister", "Sak", "Mote", "Protokoll", "Bevilgning", "Kommune", "Omrade", "Innboks", "Oversikt", "Prosess",
            "Spor", "Kriterium", "Kriterier", "Utkast", "Hoering", "Medlem", "Leder", "Varamedlem", "Ramme", "Belop", "Regnskap", "Revisor", "Kvittering", "Mottak",
        ];

        var used = new[] { "Tilskudd.Workflows", "Tilskudd.Cycle", "Tilskudd" }.SelectMany(name => Assembly.Load(name).GetTypes())
            .SelectMany(type => Word().Matches(type.Name).Select(word => word.Value)).Intersect(norwegian);

        Assert.Empty(used.Except(glossary));
    }

    [GeneratedRegex("[A-Z][a-z]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\| `(?<key>[A-Z][A-Za-z]+(:[A-Za-z]+)*)` \| (`(?<default>[^`]+)`)? \|", RegexOptions.Multiline)]
    private static partial Regex SettingRow();

    [GeneratedRegex(@"^\| `(?<verb>[a-z]+)`", RegexOptions.Multiline)]
    private static partial Regex VerbRow();

    [GeneratedRegex(@"^\| (?<words>[A-Z][a-z]+[^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex GlossaryRow();
}
