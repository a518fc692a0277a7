using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Cycle.Planning;

public sealed class PlanFaultTests
{
    [Fact]
    public void A_plan_with_every_part_in_place_has_no_fault()
    {
        var plan = Sample.ReadyPlan();

        var faults = Faults(plan);

        Assert.Empty(faults);
    }

    [Fact]
    public void An_empty_plan_lacks_every_section_and_any_tiltak()
    {
        var plan = Sample.EmptyPlan();

        var faults = Faults(plan);

        PlanFault[] expected =
        [
            new PlanFault.SectionMissing(PlanSection.Goal), new PlanFault.SectionMissing(PlanSection.Challenges),
            new PlanFault.SectionMissing(PlanSection.Signals), new PlanFault.SectionMissing(PlanSection.Participation),
            new PlanFault.SectionMissing(PlanSection.Proposal), new PlanFault.NoTiltak(),
        ];
        Assert.Equal(expected, faults);
    }

    [Fact]
    public void Spaces_are_no_text()
    {
        var plan = Sample.ReadyPlan();
        plan.WriteSection(PlanSection.Proposal, " \n ", plan.Revision, Sample.Kari, Sample.At);
        plan.WriteTiltak(Sample.First, Sample.Text with { Description = " ", Target = "\n", Responsible = "\u00A0" }, plan.Revision, Sample.Kari, Sample.At);

        var faults = Faults(plan);

        PlanFault[] expected =
        [
            new PlanFault.SectionMissing(PlanSection.Proposal), new PlanFault.NoDescription(Sample.First, "Leksehjelp"),
            new PlanFault.NoTarget(Sample.First, "Leksehjelp"), new PlanFault.NoResponsible(Sample.First, "Leksehjelp"),
        ];
        Assert.Equal(expected, faults);
    }

    [Fact]
    public void A_tiltak_contributes_to_at_least_one_criterion_of_the_programme()
    {
        var none = With(Sample.Text with { Criteria = [] });
        var foreign = With(Sample.Text with { Criteria = ["BRG-1", "DRM-1"] });

        Assert.Equal([new PlanFault.NoCriterion(Sample.First, "Leksehjelp")], Faults(none));
        Assert.Equal([new PlanFault.UnknownCriterion(Sample.First, "Leksehjelp", "BRG-1")], Faults(foreign));
    }

    [Fact]
    public void A_target_has_a_baseline_or_says_that_there_is_none()
    {
        var silent = With(Sample.Text with { Baseline = " \n" });
        var unknown = With(Sample.Text with { Baseline = "", HasNoBaseline = true });
        var both = With(Sample.Text with { Baseline = "40 barn i 2024", HasNoBaseline = true });

        Assert.Equal([new PlanFault.NoBaseline(Sample.First, "Leksehjelp")], Faults(silent));
        Assert.Empty(Faults(unknown));
        Assert.False(both.Tiltak[0].HasNoBaseline);
    }

    [Fact]
    public void Money_from_a_source_with_criteria_of_its_own_goes_only_to_tiltak_that_meet_one_of_them()
    {
        Criterion[] criteria =
        [
            new("DRM-1", Sample.Programme, 1, "Bedre oppvekst", ["K1"], "KDD"), new("DRM-2", Sample.Programme, 2, "Flere i jobb", ["K2"], "KDD"),
            new("DRM-AID", Sample.Programme, 3, "Støtter integreringsstrategien", [], "AID"),
        ];
        var budget = new Dictionary<FundingSourceId, Money> { [Sample.Kdd] = Sample.Kroner(1), [Sample.Aid] = new(1) };

        Assert.Equal([new PlanFault.NoCriterionOfSource(Sample.First, "Leksehjelp", Sample.Aid, "AID")], Judged("DRM-1"));
        Assert.Equal([new PlanFault.NoCriterionOfSource(Sample.First, "Leksehjelp", Sample.Kdd, "KDD")], Judged("DRM-AID"));
        Assert.Equal([new PlanFault.NoCriterion(Sample.First, "Leksehjelp")], Judged());
        Assert.Empty(Judged("DRM-2", "DRM-AID"));

        IReadOnlyList<PlanFault> Judged(params string[] ticked) => With(Sample.Text with { Budget = budget, Criteria = ticked }).Faults(Sample.Sources(), criteria);
    }

    [Fact]
    public void A_source_without_criteria_of_its_own_takes_one_that_holds_for_money_from_anywhere_and_the_own_share_takes_any()
    {
        Criterion[] criteria = [new("DRM-AID", Sample.Programme, 1, "Støtter integreringsstrategien", [], "AID"), new("DRM-1", Sample.Programme, 2, "Bedre oppvekst", ["K1"])];
        var fromKdd = With(Sample.Text with { Criteria = ["DRM-AID"] });
        var both = With(Sample.Text with { Criteria = ["DRM-AID", "DRM-1"] });
        var ours = With(Sample.Text with { Criteria = ["DRM-AID"], Budget = Sample.Budget(Sample.Own, Sample.Kroner(5)) });

        Assert.Equal([new PlanFault.OnlyOthersCriteria(Sample.First, "Leksehjelp", Sample.Kdd, "KDD")], fromKdd.Faults(Sample.Sources(), criteria));
        Assert.Empty(both.Faults(Sample.Sources(), criteria));
        Assert.Empty(ours.Faults(Sample.Sources(), criteria));
    }

    [Fact]
    public void A_tiltak_needs_money_unless_it_ends()
    {
        var nothing = new Dictionary<FundingSourceId, Money>();
        var running = With(Sample.Text with { Budget = nothing });
        var ending = With(Sample.Text with { Budget = nothing, Status = TiltakStatus.Ending });
        var merged = With(Sample.Text with { Budget = nothing, Status = TiltakStatus.Merged });
        var own = With(Sample.Text with { Budget = Sample.Budget(Sample.Own, new Money(1)) });

        Assert.Equal([new PlanFault.NoBudget(Sample.First, "Leksehjelp")], Faults(running));
        Assert.Empty(Faults(ending));
        Assert.Empty(Faults(merged));
        Assert.Empty(Faults(own));
    }

    [Fact]
    public void Money_from_a_source_that_is_not_the_programmes_counts_towards_no_frame_and_is_a_fault()
    {
        var plan = With(Sample.Text with { Budget = Sample.Budget(new FundingSourceId(Sample.Number(99)), Sample.Kroner(1)) });

        var faults = Faults(plan);

        Assert.Equal([new PlanFault.UnknownSource(Sample.First, "Leksehjelp")], faults);
    }

    [Theory]
    [InlineData(50_000_000, 0)]
    [InlineData(50_000_001, 1)]
    [InlineData(62_500_000, 12_500_000)]
    public void A_plan_may_use_the_whole_frame_and_not_an_ore_more(long plannedOre, long overOre)
    {
        var plan = Sample.PlanOf(new Money(plannedOre));

        var faults = Faults(plan);

        PlanFault[] expected = overOre == 0 ? [] : [new PlanFault.OverFrame(Sample.Kdd, "KDD", new Money(plannedOre), Sample.Kroner(500_000), new Money(overOre))];
        Assert.Equal(expected, faults);
    }

    [Fact]
    public void A_plan_may_use_what_was_carried_over_beside_the_frame_and_shows_it()
    {
        var sources = Sample.Sources();
        sources[0].Record(AmountState.CarriedIn, Sample.Unit, Sample.Kroner(50_000), Sample.At, "25/9");
        var plan = Sample.PlanOf(Sample.Kroner(550_001));

        Assert.Equal([new PlanFault.OverFrame(Sample.Kdd, "KDD", Sample.Kroner(550_001), Sample.Kroner(550_000), Sample.Kroner(1))], plan.Faults(sources, Sample.Criteria));
        Assert.Equal((55_000_000L, 5_000_000L), (Shown(0).FrameOre, Shown(0).CarriedInOre));
        Assert.Null(Shown(1).CarriedInOre);

        SourceContent Shown(int source) => HandlingsplanContent.Of(plan, sources, Sample.Criteria).Sources[source];
    }

    [Fact]
    public void One_source_with_room_does_not_help_another_that_is_over()
    {
        var plan = With(Sample.Text with { Budget = new Dictionary<FundingSourceId, Money> { [Sample.Kdd] = Sample.Kroner(1), [Sample.Aid] = new(10_000_001) } });

        var faults = Faults(plan);

        Assert.Equal([new PlanFault.OverFrame(Sample.Aid, "AID", new Money(10_000_001), Sample.Kroner(100_000), new Money(1))], faults);
    }

    [Fact]
    public void A_state_source_without_a_known_frame_stops_the_plan_but_the_own_share_has_none()
    {
        var plan = With(Sample.Text with { Budget = Sample.Budget(Sample.Own, Sample.Kroner(9_000_000)) });
        FundingSource[] sources = [Sample.Source(Sample.Kdd, "KDD", null), Sample.OwnShare()];

        var faults = plan.Faults(sources, Sample.Criteria);

        Assert.Equal([new PlanFault.NoFrame(Sample.Kdd, "KDD")], faults);
    }

    [Theory]
    [InlineData(2024, false)]
    [InlineData(2025, true)]
    [InlineData(2026, true)]
    public void A_source_counts_in_its_year_unless_its_last_day_was_before_the_year_began(int ended, bool counts)
    {
        var plan = With(Sample.Text with { Budget = Sample.Budget(Sample.Own, Sample.Kroner(9_000_000)) });
        FundingSource[] sources = [Sample.Source(Sample.Kdd, "KDD", null), Sample.OwnShare()];
        Assert.Equal(2025, sources[0].Year.Number);

        sources[0].End(counts ? new NodaTime.LocalDate(ended, 1, 1) : new NodaTime.LocalDate(ended, 12, 31));

        Assert.Equal(counts ? [new PlanFault.NoFrame(Sample.Kdd, "KDD")] : Array.Empty<PlanFault>(), plan.Faults(sources, Sample.Criteria));
    }

    [Fact]
    public void A_units_own_part_of_a_source_is_its_frame()
    {
        var plan = Sample.PlanOf(Sample.Kroner(200_001));
        var sources = Sample.Sources();
        sources[0].Record(AmountState.Proposed, Sample.Unit, Sample.Kroner(200_000), Sample.At, "Fordeling");
        sources[0].Record(AmountState.Granted, Sample.OtherUnit, Sample.Kroner(400_000), Sample.At, "Brev til naboen");

        var faults = plan.Faults(sources, Sample.Criteria);

        Assert.Equal([new PlanFault.OverFrame(Sample.Kdd, "KDD", Sample.Kroner(200_001), Sample.Kroner(200_000), Sample.Kroner(1))], faults);
    }

    private static IReadOnlyList<PlanFault> Faults(Handlingsplan plan) => plan.Faults(Sample.Sources(), Sample.Criteria);

    private static Handlingsplan With(TiltakText text)
    {
        var plan = Sample.ReadyPlan();
        Assert.Null(plan.WriteTiltak(Sample.First, text, plan.Revision, Sample.Kari, Sample.At));
        return plan;
    }
}
