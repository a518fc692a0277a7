using FsCheck;
using FsCheck.Fluent;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Demo;
using Tilskudd.Year.Sources;

namespace Tilskudd.Tests.Demo;

public sealed class InventedAmountsTests
{
    private static readonly RealWorld World = RealWorld.Read().Trusted();

    [Theory]
    [InlineData("KDD", 11_500_000)]
    [InlineData("AID", 1_100_000)]
    public void The_made_up_lines_are_the_real_frame_to_the_ore(string ministry, long kroner)
    {
        var lines = InventedAmounts.ForStromso(World).Where(line => line.Ministry == ministry);

        Assert.True(Money.TrySum(lines.Select(line => line.Amount), out var sum));
        Assert.Equal(Money.FromKroner(kroner), sum);
    }

    [Fact]
    public void The_themes_and_the_evaluation_get_what_the_steering_group_is_shown()
    {
        var themes = World.StromsoTiltak.Tiltak.ToDictionary(tiltak => tiltak.Id, tiltak => tiltak.Theme);

        var byTheme = InventedAmounts.ForStromso(World)
            .GroupBy(line => line.TiltakId is null ? InventedAmounts.Evaluation : themes[line.TiltakId])
            .ToDictionary(group => group.Key, group => group.Sum(line => line.Amount.Ore) / 100);

        Assert.Equal(2_600_000, byTheme["Sysselsetting"]);
        Assert.Equal(5_300_000, byTheme["Oppvekst og utdanning"]);
        Assert.Equal(4_200_000, byTheme["Bo- og nærmiljøkvaliteter"]);
        Assert.Equal(500_000, byTheme["Midtveisevaluering 2025"]);
    }

    [Fact]
    public void Money_for_integration_goes_to_work_and_learning_only_and_lines_are_whole_thousands()
    {
        var lines = InventedAmounts.ForStromso(World);
        var themes = World.StromsoTiltak.Tiltak.ToDictionary(tiltak => tiltak.Id, tiltak => tiltak.Theme);

        Assert.All(lines.Where(line => line.Ministry == "AID"), line => Assert.True(themes[line.TiltakId!] is "Sysselsetting" or "Oppvekst og utdanning"));
        Assert.All(lines, line => Assert.True(line.Amount > Money.Zero && line.Amount.Ore % 100_000 == 0));
        Assert.DoesNotContain(lines, line => line.TiltakId == "STR25-06");
    }

    [Fact]
    public void Every_tiltak_has_the_details_a_plan_needs_with_criteria_from_drammens_own_list()
    {
        var details = InventedStromso.Tiltak;
        var wordings = World.Criteria.WordingsIn("Drammen").Select(wording => wording.Id).ToHashSet();

        Assert.Equal(World.StromsoTiltak.Tiltak.Select(tiltak => tiltak.Id), details.Select(detail => detail.TiltakId));
        Assert.All(details, detail => Assert.NotEmpty(detail.Criteria));
        Assert.All(details.SelectMany(detail => detail.Criteria), id => Assert.Contains(id, wordings));
        Assert.All(details, detail => Assert.All(new[] { detail.Description, detail.Target }, text => Assert.EndsWith(".", text, StringComparison.Ordinal)));
        Assert.Equal(Enum.GetValues<PlanSection>().Except([PlanSection.Goal]).Order(), InventedStromso.Sections.Keys.Order());
        Assert.Equal(TiltakChange.Ending, details.Single(detail => detail.TiltakId == "STR25-06").Change);
    }

    [Fact]
    public void A_frame_split_in_parts_adds_up_to_the_ore_for_any_seed()
    {
        var cases = Gen.Choose(0, int.MaxValue).SelectMany(_ => Gen.Choose(1, 40), (ore, parts) => (Frame: new Money(ore * 97L), parts))
            .SelectMany(_ => Gen.Choose(0, 10_000), (pair, seed) => (pair.Frame, pair.parts, seed));

        var property = Prop.ForAll(Arb.From(cases), one =>
        {
            var parts = InventedAmounts.Split(one.Frame, one.parts, one.seed);
            return parts.Length == one.parts
                && parts.All(part => !part.IsNegative)
                && parts.SkipLast(1).All(part => part.Ore % 100_000 == 0)
                && Money.TrySum(parts, out var sum) && sum == one.Frame
                && parts.SequenceEqual(InventedAmounts.Split(one.Frame, one.parts, one.seed));
        });

        property.QuickCheckThrowOnFailure();
    }
}
