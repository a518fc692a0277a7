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

        var names = new[] { "Tilskudd.Workflows", "Tilskudd.Cycle", "Tilskudd" }.SelectMany(name => Assembly.Load(name).GetTypes())
            .SelectMany(type => Word().Matches(type.Name).Select(word => word.Value)).Distinct().ToList();
        var used = names.Where(name => norwegian.Contains(name) || Norwegian.Contains(name.ToLowerInvariant()));

        Assert.Empty(used.Except(glossary).Except(Both));
    }

    // English words of the code that the Norwegian texts happen to have and the English ones not.
    private static readonly string[] Both = ["Held", "Holder", "Post"];

    /// <summary>
    /// What the product itself says in Norwegian and never in English: its texts stand in nb, nn and en, and so are a dictionary that grows
    /// with it. Letters as in names: æ is ae, ø is o, å is a.
    /// </summary>
    private static HashSet<string> Norwegian { get; } = [.. Texts(".nb", ".nn", "").Except(Texts(".en"))];

    [Fact]
    public void The_texts_tell_norwegian_words_from_english_ones()
    {
        Assert.Superset(new HashSet<string> { "frist", "sak", "innboks", "utkast" }, Norwegian);
        Assert.DoesNotContain(Norwegian, word => word is "deadline" or "plan" or "person" or "inbox" or "year");
    }

    private static HashSet<string> Texts(params string[] endings) =>
        [.. new[] { "src", "workflows" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".resx" or ".json" && !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"))
            .Where(file => endings.Contains(Path.GetExtension(Path.GetFileNameWithoutExtension(file))))
            .Where(file => Path.GetExtension(file) == ".resx" || Path.GetFileNameWithoutExtension(file).Contains('.'))
            .SelectMany(file => LowerWord().Matches(Told(file)).Select(word => word.Value.ToLowerInvariant().Replace("æ", "ae", StringComparison.Ordinal).Replace('ø', 'o').Replace('å', 'a')))
            .Where(word => word.Length >= 3)];

    // Of a .resx the texts alone, and not their keys.
    private static string Told(string file) => Path.GetExtension(file) == ".resx"
        ? string.Join(' ', System.Xml.Linq.XDocument.Load(file).Descendants("data").Select(data => data.Element("value")!.Value)) : File.ReadAllText(file);

    [GeneratedRegex("[A-Za-zÆØÅæøå]+")]
    private static partial Regex LowerWord();

    [GeneratedRegex("[A-Z][a-z]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\| `(?<key>[A-Z][A-Za-z]+(:[A-Za-z]+)*)` \| (`(?<default>[^`]+)`)? \|", RegexOptions.Multiline)]
    private static partial Regex SettingRow();

    [GeneratedRegex(@"^\| `(?<verb>[a-z]+)`", RegexOptions.Multiline)]
    private static partial Regex VerbRow();

    [GeneratedRegex(@"^\| (?<words>[A-Z][a-z]+[^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex GlossaryRow();
}
