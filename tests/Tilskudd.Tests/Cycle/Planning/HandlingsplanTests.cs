using Tilskudd.Cycle;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Cycle.Planning;

public sealed class HandlingsplanTests
{
    [Theory]
    [InlineData(PlanSection.Goal)]
    [InlineData(PlanSection.Challenges)]
    [InlineData(PlanSection.Signals)]
    [InlineData(PlanSection.Participation)]
    [InlineData(PlanSection.Proposal)]
    public void Each_section_keeps_its_own_text(PlanSection section)
    {
        var plan = Sample.EmptyPlan();

        var refusal = plan.WriteSection(section, "Trygge nabolag", 0, Sample.Kari, Sample.At);

        Assert.Null(refusal);
        Assert.Equal("Trygge nabolag", plan.Section(section));
        Assert.All(Enum.GetValues<PlanSection>().Where(other => other != section), other => Assert.Equal("", plan.Section(other)));
        Assert.Equal((1, Sample.Kari, Sample.At), (plan.Revision, plan.SavedBy, plan.SavedAt));
    }

    [Fact]
    public void A_section_takes_4000_characters_and_not_one_more()
    {
        var plan = Sample.EmptyPlan();

        var longest = plan.WriteSection(PlanSection.Goal, new string('x', 4_000), 0, Sample.Kari, Sample.At);
        var tooLong = plan.WriteSection(PlanSection.Goal, new string('y', 4_001), 1, Sample.Kari, Sample.At);

        Assert.Null(longest);
        Assert.Equal(new PlanRefusal.TextTooLong("text", 4_001, 4_000), tooLong);
        Assert.Equal("text", tooLong!.Field);
        Assert.Equal((new string('x', 4_000), 1), (plan.Goal, plan.Revision));
    }

    [Fact]
    public void Line_ends_and_emoji_count_as_one_character_each()
    {
        var plan = Sample.EmptyPlan();

        var refusal = plan.WriteSection(PlanSection.Goal, string.Concat(Enumerable.Repeat("\r\n\U0001F600", 2_000)), 0, Sample.Kari, Sample.At);

        Assert.Null(refusal);
        Assert.Equal(string.Concat(Enumerable.Repeat("\n\U0001F600", 2_000)), plan.Goal);
    }

    [Fact]
    public void A_text_is_kept_in_composed_form_and_without_nul()
    {
        var plan = Sample.EmptyPlan();

        plan.WriteSection(PlanSection.Goal, "A\u030Apen\0 \uD83D dag", 0, Sample.Kari, Sample.At);

        Assert.Equal("\u00C5pen \uFFFD dag", plan.Goal);
    }

    [Fact]
    public void Nobody_writes_over_what_another_saved_meanwhile()
    {
        var plan = Sample.ReadyPlan();
        var seen = plan.Revision;
        plan.WriteSection(PlanSection.Goal, "Først", seen, Sample.Kari, Sample.At.AddMinutes(5));

        Refusal?[] late =
        [
            plan.WriteSection(PlanSection.Goal, "Sist", seen, Sample.Ola, Sample.At.AddMinutes(6)),
            plan.WriteTiltak(Sample.First, Sample.Text with { Target = "70 barn" }, seen, Sample.Ola, Sample.At.AddMinutes(6)),
            plan.Remove(Sample.First, seen, Sample.Ola, Sample.At.AddMinutes(6)),
        ];

        Assert.Equal(new PlanRefusal.ChangedByYourself(Sample.At.AddMinutes(5)), plan.WriteSection(PlanSection.Goal, "Sist", seen, Sample.Kari, Sample.At.AddMinutes(6)));
        Assert.All(late, refusal => Assert.Equal(new PlanRefusal.ChangedMeanwhile(Sample.At.AddMinutes(5)), refusal));
        Assert.Equal(("Først", seen + 1, 1), (plan.Goal, plan.Revision, plan.Tiltak.Count));
    }

    [Fact]
    public void The_same_form_twice_is_saved_once()
    {
        var plan = Sample.ReadyPlan();
        var seen = plan.Revision;

        Refusal?[] posts =
        [
            plan.WriteSection(PlanSection.Goal, "Nytt mål", seen, Sample.Kari, Sample.At),
            plan.WriteSection(PlanSection.Goal, "Nytt mål", seen, Sample.Kari, Sample.At),
            plan.WriteTiltak(Sample.First, Sample.Text with { Target = "70 barn" }, seen + 1, Sample.Kari, Sample.At),
            plan.WriteTiltak(Sample.First, Sample.Text with { Target = "70 barn" }, seen + 1, Sample.Kari, Sample.At),
        ];

        Assert.All(posts, Assert.Null);
        Assert.Equal(seen + 2, plan.Revision);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\r\n\t\u00A0")]
    public void A_tiltak_needs_a_name_one_can_read(string name)
    {
        var plan = Sample.ReadyPlan();

        var refusal = plan.WriteTiltak(Sample.First, Sample.Text with { Name = name }, plan.Revision, Sample.Kari, Sample.At);

        Assert.Equal(new PlanRefusal.NameMissing(), refusal);
        Assert.Equal("navn", refusal!.Field);
        Assert.Equal("Leksehjelp", plan.Tiltak[0].Name);
    }

    [Theory]
    [InlineData("navn", 120)]
    [InlineData("tema", 120)]
    [InlineData("deltema", 120)]
    [InlineData("besk", 4_000)]
    [InlineData("maal", 4_000)]
    [InlineData("utgangspunkt", 4_000)]
    [InlineData("ansv", 120)]
    public void Each_text_of_a_tiltak_has_its_own_longest_length(string field, int longest)
    {
        var plan = Sample.ReadyPlan();

        var fits = plan.WriteTiltak(Sample.First, With(field, new string('x', longest)), plan.Revision, Sample.Kari, Sample.At);
        var tooLong = plan.WriteTiltak(Sample.First, With(field, new string('x', longest + 1)), plan.Revision, Sample.Kari, Sample.At);

        Assert.Null(fits);
        Assert.Equal(new PlanRefusal.TextTooLong(field, longest + 1, longest), tooLong);
    }

    [Fact]
    public void An_amount_below_nought_is_refused_and_one_of_an_ore_taken()
    {
        var plan = Sample.ReadyPlan();

        var negative = plan.WriteTiltak(Sample.First, Sample.Text with { Budget = Sample.Budget(Sample.Kdd, new Money(-1)) }, plan.Revision, Sample.Kari, Sample.At);
        var one = plan.WriteTiltak(Sample.First, Sample.Text with { Budget = Sample.Budget(Sample.Kdd, new Money(1)) }, plan.Revision, Sample.Kari, Sample.At);

        Assert.Equal(new PlanRefusal.NegativeAmount(), negative);
        Assert.Equal("belop", negative!.Field);
        Assert.Null(one);
        Assert.Equal(new Money(1), plan.Planned(Sample.Kdd));
    }

    [Fact]
    public void The_whole_plans_money_stays_within_what_can_be_added_up()
    {
        var plan = Sample.PlanOf(Money.Largest);
        plan.Add(Sample.Second, "", Sample.Kari, Sample.At);

        var beyond = plan.WriteTiltak(Sample.Second, Sample.Text with { Budget = Sample.Budget(Sample.Aid, new Money(1)) }, plan.Revision, Sample.Kari, Sample.At);
        var far = plan.WriteTiltak(Sample.Second, Sample.Text with { Budget = Sample.Budget(Sample.Aid, new Money(long.MaxValue)) }, plan.Revision, Sample.Kari, Sample.At);

        Assert.Equal(new PlanRefusal.AmountTooLarge(), beyond);
        Assert.Equal(new PlanRefusal.AmountTooLarge(), far);
        Assert.Equal(Money.Largest, plan.Planned(Sample.Kdd) + plan.Planned(Sample.Aid));
    }

    [Fact]
    public void A_tiltak_that_is_not_in_the_plan_is_neither_written_nor_removed()
    {
        var plan = Sample.ReadyPlan();

        var written = plan.WriteTiltak(Sample.Second, Sample.Text, plan.Revision, Sample.Kari, Sample.At);
        var removed = plan.Remove(Sample.Second, plan.Revision, Sample.Kari, Sample.At);

        Assert.Equal(new PlanRefusal.NoSuchTiltak(), written);
        Assert.Equal(new PlanRefusal.NoSuchTiltak(), removed);
    }

    [Fact]
    public void One_tiltak_cannot_be_in_a_plan_twice()
    {
        var plan = Sample.ReadyPlan();

        var again = () => plan.Add(Sample.First, "", Sample.Kari, Sample.At);

        Assert.Throws<InvalidOperationException>(again);
        Assert.Equal(Sample.Kroner(300_000), plan.Planned(Sample.Kdd));
    }

    [Fact]
    public void Several_themes_count_the_money_of_a_tiltak_once()
    {
        var plan = Sample.ReadyPlan();
        plan.Add(Sample.Second, "", Sample.Kari, Sample.At);
        plan.WriteTiltak(
            Sample.Second,
            Sample.Text with { Theme = "Oppvekst og utdanning; Sysselsetting", Criteria = ["DRM-1", "DRM-2", "DRM-1"], Budget = new Dictionary<FundingSourceId, Money> { [Sample.Kdd] = Sample.Kroner(100_000), [Sample.Aid] = new(1), [Sample.Own] = Money.Zero } },
            plan.Revision, Sample.Kari, Sample.At);

        var tiltak = plan.Tiltak[1];

        Assert.Equal(["DRM-1", "DRM-2"], tiltak.Criteria);
        Assert.Equal(2, tiltak.Budget.Count);
        Assert.Equal(new Money(10_000_001), tiltak.Total);
        Assert.Equal(Sample.Kroner(400_000), plan.Planned(Sample.Kdd));
        Assert.Equal(new Money(1), plan.Planned(Sample.Aid));
        Assert.Equal(Money.Zero, plan.Planned(Sample.Own));
    }

    [Fact]
    public void An_invented_figure_is_the_coordinators_own_once_she_changes_it()
    {
        var plan = Sample.EmptyPlan();
        plan.Add(Sample.First, "", null, Sample.At);
        var both = new Dictionary<FundingSourceId, Money> { [Sample.Kdd] = Sample.Kroner(300), [Sample.Aid] = Sample.Kroner(200) };
        plan.WriteTiltak(Sample.First, Sample.Text with { Budget = both }, plan.Revision, null, Sample.At, isInvented: true);

        var changed = new Dictionary<FundingSourceId, Money> { [Sample.Kdd] = Sample.Kroner(300), [Sample.Aid] = Sample.Kroner(201) };
        plan.WriteTiltak(Sample.First, Sample.Text with { Budget = changed }, plan.Revision, Sample.Kari, Sample.At);

        Assert.True(plan.Tiltak[0].Budget.Single(line => line.SourceId == Sample.Kdd).IsInvented);
        Assert.False(plan.Tiltak[0].Budget.Single(line => line.SourceId == Sample.Aid).IsInvented);
        Assert.False(plan.Tiltak[0].HasInventedDetails);
    }

    [Fact]
    public void A_merged_tiltak_points_to_the_one_it_became_part_of_until_it_goes_on_alone()
    {
        var plan = Sample.ReadyPlan();
        plan.Add(Sample.Second, "", Sample.Kari, Sample.At);
        var before = plan.Revision;

        plan.Merge(Sample.Second, Sample.First, Sample.Kari, Sample.At);

        Assert.Equal((TiltakStatus.Merged, (TiltakId?)Sample.First, true, before + 1), (plan.Tiltak[1].Status, plan.Tiltak[1].MergedInto, plan.Tiltak[1].IsEnding, plan.Revision));
        plan.WriteTiltak(Sample.Second, Sample.Text with { Status = TiltakStatus.Running }, plan.Revision, Sample.Kari, Sample.At);
        Assert.Null(plan.Tiltak[1].MergedInto);
    }

    [Fact]
    public void A_tiltak_is_merged_into_one_that_lives_on_and_never_into_a_ring()
    {
        var plan = Sample.ReadyPlan();
        var (third, fourth) = (new TiltakId(Sample.Number(23)), new TiltakId(Sample.Number(24)));
        foreach (var added in new[] { Sample.Second, third, fourth })
        {
            plan.Add(added, "", Sample.Kari, Sample.At);
        }

        plan.Merge(Sample.First, Sample.Second, Sample.Kari, Sample.At);
        Assert.Null(Write(third, Sample.First));
        Assert.Equal(new PlanRefusal.NotToMergeInto(), Write(Sample.Second, third));
        plan.Merge(Sample.Second, Sample.First, Sample.Kari, Sample.At);
        Assert.Equal(new PlanRefusal.NotToMergeInto(), Write(fourth, Sample.First));

        Refusal? Write(TiltakId tiltak, TiltakId into) => plan.WriteTiltak(tiltak, Sample.Text with { Status = TiltakStatus.Merged, MergedInto = into }, plan.Revision, Sample.Kari, Sample.At);
    }

    [Fact]
    public void Whoever_writes_a_merged_tiltak_says_what_it_became_part_of()
    {
        var plan = Sample.ReadyPlan();
        plan.Add(Sample.Second, "", Sample.Kari, Sample.At);
        Refusal? Write(TiltakId? into, TiltakStatus status = TiltakStatus.Merged) =>
            plan.WriteTiltak(Sample.Second, Sample.Text with { Status = status, MergedInto = into }, plan.Revision, Sample.Kari, Sample.At);

        Assert.Equal(new PlanRefusal.NotToMergeInto(), Write(Sample.Second));
        Assert.Equal(new PlanRefusal.NotToMergeInto(), Write(new TiltakId(Sample.Number(999))));
        plan.Merge(Sample.First, Sample.Second, Sample.Kari, Sample.At);
        Assert.Equal(new PlanRefusal.NotToMergeInto(), Write(Sample.First));
        Assert.Null(plan.WriteTiltak(Sample.First, Sample.Text, plan.Revision, Sample.Kari, Sample.At));
        Assert.Null(Write(Sample.First));
        Assert.Equal(Sample.First, plan.Tiltak[1].MergedInto);
        var revision = plan.Revision;
        Assert.Null(Write(Sample.First));
        Assert.Equal(revision, plan.Revision);
        Assert.Null(Write(Sample.First, TiltakStatus.Ending));
        Assert.Null(plan.Tiltak[1].MergedInto);
        Assert.Null(Write(Sample.First));
        Assert.Null(plan.Remove(Sample.First, plan.Revision, Sample.Kari, Sample.At));
        Assert.Equal((TiltakStatus.Merged, null), (plan.Tiltak[0].Status, plan.Tiltak[0].MergedInto));
    }

    [Fact]
    public void A_tiltak_becomes_part_of_another_in_the_same_plan_only()
    {
        var plan = Sample.ReadyPlan();

        Assert.Throws<InvalidOperationException>(() => plan.Merge(Sample.First, Sample.First, Sample.Kari, Sample.At));
        Assert.Throws<InvalidOperationException>(() => plan.Merge(Sample.First, Sample.Second, Sample.Kari, Sample.At));
        Assert.Equal(TiltakStatus.Running, plan.Tiltak[0].Status);
    }

    [Fact]
    public void Only_a_version_that_exists_can_be_approved_and_the_approval_stays_when_a_later_one_comes()
    {
        var plan = Sample.ReadyPlan();
        Freeze(plan, 51);

        plan.Approve(1, Sample.At.AddDays(6));
        plan.WriteSection(PlanSection.Goal, "Nytt", plan.Revision, Sample.Kari, Sample.At);
        Freeze(plan, 52);

        Assert.Throws<InvalidOperationException>(() => plan.Approve(3, Sample.At));
        Assert.Equal((1, Sample.At.AddDays(6), 2), (plan.ApprovedVersion, plan.ApprovedAt, plan.LatestVersion!.Number));
    }

    private static void Freeze(Handlingsplan plan, int id) =>
        Assert.Null(plan.Freeze(new VersionId(Sample.Number(id)), Sample.Kari, Sample.At, Sample.Sources(), Sample.Criteria));

    private static TiltakText With(string field, string text) => field switch
    {
        "navn" => Sample.Text with { Name = text },
        "tema" => Sample.Text with { Theme = text },
        "deltema" => Sample.Text with { SubTheme = text },
        "besk" => Sample.Text with { Description = text },
        "maal" => Sample.Text with { Target = text },
        "utgangspunkt" => Sample.Text with { Baseline = text },
        _ => Sample.Text with { Responsible = text },
    };
}
