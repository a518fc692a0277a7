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

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(Path.Combine(Repository.Root, file)).Descendants("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);

    private static IEnumerable<string> Places(string text) =>
        Place().Matches(text).Select(place => place.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d+[^}]*\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\.(nb|nn|en)\.resx$")]
    private static partial Regex Neutral();
}
