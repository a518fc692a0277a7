using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tilskudd.Tests.House;

public sealed partial class WordsTests
{
    private static readonly string[] Others = [".nn", ".en"];

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.resx", SearchOption.AllDirectories)
            .Where(file => !file.Contains(Path.DirectorySeparatorChar + "obj" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Repository.Root, Neutral().Replace(file, ".resx")))
            .Distinct()
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_text_stands_in_all_three_languages_with_the_same_places_to_fill(string file)
    {
        var bokmal = Read(file);

        Assert.NotEmpty(bokmal);
        Assert.DoesNotContain(bokmal, text => string.IsNullOrWhiteSpace(text.Value));
        foreach (var other in Others)
        {
            var texts = Read(Path.ChangeExtension(file, null) + other + ".resx");
            Assert.Equal(bokmal.Keys.Order(StringComparer.Ordinal), texts.Keys.Order(StringComparer.Ordinal));
            Assert.DoesNotContain(texts, text => string.IsNullOrWhiteSpace(text.Value));
            Assert.All(bokmal, text => Assert.Equal(Places(text.Value), Places(texts[text.Key])));
        }
    }

    // Literals in the code that end as a happening's name does, and are something else.
    private static readonly string[] NotHappenings = ["auto-generated", "lagt-ved", "object-to-written"];

    [Fact]
    public void Every_happening_in_the_trail_has_a_sentence_and_a_name()
    {
        var happenings = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Tilskudd"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains(Path.DirectorySeparatorChar + "obj" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .SelectMany(file => Happening().Matches(File.ReadAllText(file)).Select(found => found.Groups["name"].Value)).Distinct().Except(NotHappenings).ToList();
        var words = Read(Path.Combine("src", "Tilskudd", "Trail", "TrailWords.resx"));

        Assert.True(happenings.Count > 60, $"{happenings.Count} happenings were found.");
        Assert.DoesNotContain(happenings, name => !words.ContainsKey($"Event.{name}") || !words.ContainsKey($"Name.{name}"));
    }

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(Path.Combine(Repository.Root, file)).Descendants("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);

    private static IEnumerable<string> Places(string text) =>
        Place().Matches(text).Select(place => place.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d+[^}]*\}")]
    private static partial Regex Place();

    // A past participle in kebab-case (TrailEvent), and the two that are said otherwise.
    [GeneratedRegex("\"(?<name>[a-z]+(-[a-z]+)*-([a-z]+ed|given|written|taken-up|taken-back|sent|made|set|without|differs|withheld))\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Happening();

    [GeneratedRegex(@"\.(nb|nn|en)\.resx$")]
    private static partial Regex Neutral();
}
