using System.Reflection;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Language = Tilskudd.Layout.Language;

namespace Tilskudd.Tests.Layout;

public sealed class RefusalTextTests
{
    public static TheoryData<string> Refusals =>
        [.. new[] { typeof(Refusal).Assembly, typeof(RefusalText).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsSubclassOf(typeof(Refusal)) && !type.IsAbstract)
            .Select(type => type.AssemblyQualifiedName!)];

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Every_refusal_has_a_sentence_in_each_language_that_names_only_what_it_knows(string name)
    {
        var type = Type.GetType(name)!;
        var known = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name);

        var sentences = Languages.All.Select(language => Texts.Of<RefusalWords>(language, RefusalText.Key(type))).ToList();

        Assert.All(sentences, sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
        Assert.All(sentences, sentence => Assert.Subset(known.ToHashSet(), Places(sentence).ToHashSet()));
        Assert.Single(sentences.Select(sentence => string.Join(',', Places(sentence).Order(StringComparer.Ordinal))).Distinct());
    }

    [Fact]
    public void A_sentence_says_how_long_and_how_long_it_may_be()
    {
        var refusal = new PlanRefusal.TextTooLong("navn", 121, 120);

        var text = RefusalText.Of(refusal, Language.Nb);

        Assert.Equal("Teksten har 121 tegn. Kort den ned til 120.", text);
    }

    [Fact]
    public void Money_and_dates_are_written_as_the_language_does()
    {
        var money = new RapportRefusal.AuditorMissing(Money.FromKroner(500_000));
        var date = new GrantRefusal.DateInFuture("dato", new LocalDate(2024, 12, 3));

        var texts = new[] { RefusalText.Of(money, Language.Nb), RefusalText.Of(date, Language.Nn), RefusalText.Of(date, Language.En) };

        Assert.Equal("Fra 500\u00A0000\u00A0kr kreves det en uttalelse fra revisor. Registrer uttalelsen først.", texts[0]);
        Assert.StartsWith("Datoen 3. desember 2024 ", texts[1], StringComparison.Ordinal);
        Assert.StartsWith("The date 3 December 2024 ", texts[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_is_told_by_how_many_it_has()
    {
        var refusal = new PlanRefusal.NotReady([new PlanFault.NoTiltak(), new PlanFault.SectionMissing(PlanSection.Goal)]);

        var text = RefusalText.Of(refusal, Language.Nb);

        Assert.StartsWith("Planen har 2 feil ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_points_to_the_field_it_is_about()
    {
        var refusal = new PlanRefusal.NameMissing();

        var fault = RefusalText.Fault(refusal);

        Assert.Equal(new FieldFault("navn", "Skriv et navn på tiltaket."), fault);
    }

    private static IEnumerable<string> Places(string sentence) => RefusalText.Place().Matches(sentence).Select(place => place.Groups["name"].Value);
}
