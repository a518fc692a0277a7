using System.Reflection;
using Tilskudd.Cycle.Planning;
using Tilskudd.Layout;
using Tilskudd.Planning;

namespace Tilskudd.Tests.Planning;

public sealed class PlanFaultTextTests
{
    public static TheoryData<string> Faults =>
        [.. typeof(PlanFault).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(PlanFault)) && type != typeof(PlanFault.SectionMissing)).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Every_fault_has_a_sentence_in_each_language_that_names_only_what_it_knows(string name)
    {
        var known = typeof(PlanFault).GetNestedType(name)!.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name).ToHashSet();

        var sentences = Languages.All.Select(language => Texts.Of<PlanWords>(language, $"PlanFault.{name}")).ToList();

        Assert.All(sentences, sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
        Assert.All(sentences, sentence => Assert.Subset(known, Places(sentence)));
        Assert.Single(sentences.Select(sentence => string.Join(',', Places(sentence).Order(StringComparer.Ordinal))).Distinct());
    }

    [Fact]
    public void Every_section_can_be_missing_in_each_language()
    {
        var keys = Enum.GetNames<PlanSection>().Select(section => $"PlanFault.SectionMissing.{section}");

        var sentences = keys.SelectMany(key => Languages.All.Select(language => Texts.Of<PlanWords>(language, key))).ToList();

        Assert.Equal(15, sentences.Count);
        Assert.All(sentences, sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
    }

    private static HashSet<string> Places(string sentence) => RefusalText.Place().Matches(sentence).Select(place => place.Groups["name"].Value).ToHashSet();
}
