using FsCheck;
using FsCheck.Fluent;
using Tilskudd.Cycle.Planning;

namespace Tilskudd.Tests.Cycle.Planning;

public sealed class PlanDifferenceTests
{
    private static readonly Guid _kdd = Sample.Kdd.Value;
    private static readonly Guid _aid = Sample.Aid.Value;

    [Fact]
    public void The_same_money_from_next_years_row_of_the_same_source_is_not_moved()
    {
        var before = Sample.Content(Sample.ReadyPlan());
        var nextKdd = Sample.Number(51);
        var after = before with
        {
            Sources = [.. before.Sources.Select(source => source.Code == "KDD" ? source with { Id = nextKdd } : source)],
            Tiltak = [before.Tiltak[0] with { BudgetOre = new Dictionary<Guid, long> { [nextKdd] = 30_000_000 } }],
        };

        var differences = PlanDifference.Between(before, after);

        Assert.Empty(differences);
    }

    [Fact]
    public void A_tiltak_that_was_not_there_before_is_added_with_its_money()
    {
        var difference = PlanDifference.Between(Plan(), Plan(One(700)));

        Assert.Equal([new Difference(DifferenceKind.Added, Sample.First.Value, "n", 0, 700)], difference);
    }

    [Fact]
    public void A_tiltak_that_is_gone_is_removed_with_its_money()
    {
        var difference = PlanDifference.Between(Plan(One(700)), Plan());

        Assert.Equal([new Difference(DifferenceKind.Removed, Sample.First.Value, "n", 700, 0)], difference);
    }

    [Theory]
    [InlineData(700, 701, DifferenceKind.MoreMoney)]
    [InlineData(700, 699, DifferenceKind.LessMoney)]
    public void An_ore_more_or_less_is_seen(long before, long after, DifferenceKind kind)
    {
        var difference = PlanDifference.Between(Plan(One(before)), Plan(One(after)));

        Assert.Equal([new Difference(kind, Sample.First.Value, "n", before, after)], difference);
    }

    [Fact]
    public void The_same_money_from_another_source_has_moved()
    {
        var difference = PlanDifference.Between(Plan(One(700)), Plan(One(700) with { BudgetOre = new Dictionary<Guid, long> { [_kdd] = 300, [_aid] = 400 } }));

        Assert.Equal([new Difference(DifferenceKind.MoneyMoved, Sample.First.Value, "n", 700, 700)], difference);
    }

    [Theory]
    [InlineData(TiltakStatus.Ending, DifferenceKind.Ending)]
    [InlineData(TiltakStatus.Merged, DifferenceKind.Merged)]
    public void That_a_tiltak_ends_goes_before_that_it_has_less_money(TiltakStatus status, DifferenceKind kind)
    {
        var difference = PlanDifference.Between(Plan(One(700)), Plan(One(100) with { Status = status }));

        Assert.Equal([new Difference(kind, Sample.First.Value, "n", 700, 100)], difference);
    }

    public static TheoryData<string> Texts => ["name", "theme", "sub-theme", "description", "target", "responsible", "status", "criteria", "merged into"];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Any_changed_text_of_a_tiltak_is_seen(string field)
    {
        var changed = field switch
        {
            "name" => One(700) with { Name = "x" },
            "theme" => One(700) with { Theme = "x" },
            "sub-theme" => One(700) with { SubTheme = "x" },
            "description" => One(700) with { Description = "x" },
            "target" => One(700) with { Target = "x" },
            "responsible" => One(700) with { Responsible = "x" },
            "status" => One(700) with { Status = TiltakStatus.Expanding },
            "criteria" => One(700) with { Criteria = ["K1", "K2"] },
            _ => One(700) with { MergedInto = Sample.Second.Value },
        };

        var difference = PlanDifference.Between(Plan(One(700)), Plan(changed));

        Assert.Equal([new Difference(DifferenceKind.TextChanged, Sample.First.Value, changed.Name, 700, 700)], difference);
    }

    [Fact]
    public void Changed_sections_come_first_by_their_keys()
    {
        var after = Plan(One(1)) with { Goal = "a", Challenges = "b", Signals = "c", Participation = "d", Proposal = "e" };

        var difference = PlanDifference.Between(Plan(), after);

        Assert.Equal(["Goal", "Challenges", "Signals", "Participation", "Proposal", "n"], difference.Select(d => d.Name));
        Assert.All(difference.Take(5), d => Assert.Equal((DifferenceKind.TextChanged, (Guid?)null, 0L, 0L), (d.Kind, d.Tiltak, d.BeforeOre, d.AfterOre)));
    }

    [Fact]
    public void A_content_differs_in_nothing_from_itself()
    {
        Prop.ForAll(Contents(), content => PlanDifference.Between(content, HandlingsplanContent.Parse(content.Text())).Count == 0).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_differences_add_up_to_the_difference_of_the_totals()
    {
        Prop.ForAll(Contents(), Contents(), (before, after) =>
            PlanDifference.Between(before, after).Sum(d => d.AfterOre - d.BeforeOre) == after.TotalOre - before.TotalOre).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_is_added_one_way_is_removed_the_other_way()
    {
        Prop.ForAll(Contents(), Contents(), (before, after) =>
            Of(PlanDifference.Between(before, after), DifferenceKind.Added).SetEquals(Of(PlanDifference.Between(after, before), DifferenceKind.Removed)))
            .QuickCheckThrowOnFailure();
    }

    private static HashSet<Guid?> Of(IReadOnlyList<Difference> differences, DifferenceKind kind) =>
        [.. differences.Where(d => d.Kind == kind).Select(d => d.Tiltak)];

    private static HandlingsplanContent Plan(params TiltakContent[] tiltak) => new(2025, "", "", "", "", "", [], new Dictionary<string, string>(), tiltak);

    private static TiltakContent One(long ore) => new(
        Sample.First.Value, 1, "n", "t", "s", "d", "m", "r", TiltakStatus.Running, TiltakChange.Continued, ["K1"], null, false, new Dictionary<Guid, long> { [_kdd] = ore });

    /// <summary>Plans over six tiltak, each there or not, with money from two sources and any status.</summary>
    private static Arbitrary<HandlingsplanContent> Contents()
    {
        var tiltak =
            from number in Gen.Choose(1, 6)
            from kdd in Gen.Choose(0, 1_000_000)
            from aid in Gen.Choose(0, 3)
            from status in Gen.Elements(Enum.GetValues<TiltakStatus>())
            from name in Gen.Elements("a", "b")
            select One(0) with
            {
                Id = Sample.Number(100 + number),
                Number = number,
                Name = name,
                Status = status,
                BudgetOre = new Dictionary<Guid, long> { [_kdd] = kdd, [_aid] = aid },
            };
        var contents =
            from list in tiltak.ListOf()
            from goal in Gen.Elements("", "Mål")
            select Plan([.. list.DistinctBy(t => t.Id)]) with { Goal = goal };
        return contents.ToArbitrary();
    }
}
