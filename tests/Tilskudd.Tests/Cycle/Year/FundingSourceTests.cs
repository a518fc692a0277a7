using NodaTime;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Cycle.Year;

public sealed class FundingSourceTests
{
    [Fact]
    public void A_source_is_shared_by_the_units_of_its_year_and_by_others_that_have_a_figure_in_it()
    {
        PlanUnit Made(int number, PlanUnitKind kind = PlanUnitKind.Area) => new(new PlanUnitId(Sample.Number(number)), Sample.Programme, $"u{number}", $"Enhet {number}", kind, null);
        var (makes, later, gone, had, gathers) = (Made(101), Made(102), Made(103), Made(104), Made(105, PlanUnitKind.Gathering));
        later.Lasts(Sample.Year.Number + 1, null, UnitPhase.Full);
        gone.End(new LocalDate(Sample.Year.Number - 1, 12, 31));
        had.End(new LocalDate(Sample.Year.Number - 1, 12, 31));
        var source = Sample.Source(Sample.Kdd, "KDD", 500_000);
        source.Record(AmountState.Granted, had.Id, Sample.Kroner(1), Sample.At, "24/1");

        Assert.Equal([makes.Id, had.Id], source.SharedBy([makes, later, gone, had, gathers]));
    }

    [Fact]
    public void The_frame_is_the_revised_else_the_granted_else_the_voted_else_the_proposed_amount()
    {
        var source = Sample.Source(Sample.Kdd, "KDD", null);
        var frames = new List<Money?> { source.FrameFor(Sample.Unit) };

        foreach (var (state, kroner) in new[] { (AmountState.Proposed, 5), (AmountState.Voted, 4), (AmountState.Granted, 3), (AmountState.Revised, 2), (AmountState.Proposed, 9), (AmountState.Granted, 8) })
        {
            source.Record(state, Sample.Unit, Sample.Kroner(kroner), Sample.At, "");
            frames.Add(source.FrameFor(Sample.Unit));
        }

        Assert.Equal([null, Sample.Kroner(5), Sample.Kroner(4), Sample.Kroner(3), Sample.Kroner(2), Sample.Kroner(2), Sample.Kroner(2)], frames);
        Assert.Equal(Sample.Kroner(2), source.Frame([Sample.Unit]));
    }

    [Fact]
    public void What_is_spent_carried_over_or_repaid_is_no_frame()
    {
        var source = Sample.Source(Sample.Kdd, "KDD", null);

        foreach (var state in new[] { AmountState.Spent, AmountState.CarriedOver, AmountState.Repaid })
        {
            source.Record(state, Sample.Unit, Sample.Kroner(1), Sample.At, "");
        }

        Assert.Null(source.FrameFor(Sample.Unit));
        Assert.Null(source.Frame([Sample.Unit]));
    }

    // 300 000 and 200 000 kr proposed for two units: a letter of 600 000 gives them 360 000 and 240 000, and one of 400 000 is theirs to share.
    [Theory]
    [InlineData(AmountState.Granted, 600_000, 360_000, 240_000)]
    [InlineData(AmountState.Revised, 550_000, 330_000, 220_000)]
    [InlineData(AmountState.Granted, 500_000, 300_000, 200_000)]
    [InlineData(AmountState.Granted, 400_000, 300_000, 200_000)]
    public void A_letter_that_gives_several_units_more_than_was_proposed_gives_each_its_share(AmountState state, long letter, long first, long second)
    {
        var source = Sample.Source(Sample.Kdd, "KDD", 500_000);
        source.Record(AmountState.Proposed, Sample.Unit, Sample.Kroner(300_000), Sample.At, "");
        source.Record(AmountState.Proposed, Sample.OtherUnit, Sample.Kroner(200_000), Sample.At, "");

        source.Record(state, null, Sample.Kroner(letter), Sample.At, "Brev");

        Assert.Equal((Sample.Kroner(first), Sample.Kroner(second)), (source.FrameFor(Sample.Unit), source.FrameFor(Sample.OtherUnit)));
    }

    [Fact]
    public void What_was_proposed_for_no_unit_is_of_the_letter_too()
    {
        var source = Sample.Source(Sample.Kdd, "KDD", 500_000);
        source.Record(AmountState.Proposed, Sample.Unit, Sample.Kroner(300_000), Sample.At, "");

        source.Record(AmountState.Granted, null, Sample.Kroner(600_000), Sample.At, "Brev");

        Assert.Equal(Sample.Kroner(360_000), source.FrameFor(Sample.Unit));
    }

    [Fact]
    public void What_was_carried_over_the_year_before_is_room_beside_the_frame()
    {
        var (before, source) = (Sample.Source(Sample.Aid, "KDD", null), Sample.Source(Sample.Kdd, "KDD", 500_000));
        before.Record(AmountState.CarriedOver, Sample.Unit, Sample.Kroner(9_000), Sample.At, "25/8");
        before.Record(AmountState.CarriedOver, Sample.Unit, Sample.Kroner(10_000), Sample.At, "25/9");
        before.Record(AmountState.CarriedOver, Sample.OtherUnit, Sample.Kroner(1), Sample.At, "25/10");

        source.CarryIn(before, Sample.At);
        source.CarryIn(before, Sample.At);

        Assert.Equal((Sample.Kroner(500_000), Sample.Kroner(510_000)), (source.FrameFor(Sample.Unit), source.RoomFor(Sample.Unit)));
        Assert.Equal((Sample.Kroner(10_000), Sample.Kroner(1), Money.Zero), (source.CarriedInFor(Sample.Unit), source.CarriedInFor(Sample.OtherUnit), source.CarriedInFor(null)));
        Assert.Equal(2, source.Amounts.Count(amount => amount.State == AmountState.CarriedIn));
        Assert.Null(Sample.OwnShare().RoomFor(Sample.Unit));
    }

    [Fact]
    public void A_source_goes_on_from_the_one_of_the_same_post_before_one_of_the_same_code_and_no_two_from_the_same()
    {
        var (source, namesake) = (Sample.Source(Sample.Kdd, "KDD", null), Sample.Source(Sample.Own, "HOD", null));
        namesake.Change(291, 62, "kap. 291 post 62", "");
        var (post, code) = (LastYear(21, "HOD", 590, 65), LastYear(22, "KDD", 671, 21));

        Assert.Same(post, source.GoesOnFrom([code, post, source]));
        Assert.Same(code, source.GoesOnFrom([code, source]));
        Assert.Null(source.GoesOnFrom([source, namesake]));

        // What was called HOD is called KDD now, and its money is that one's.
        Assert.Same(post, source.GoesOnFrom([post, source, namesake]));
        Assert.Null(namesake.GoesOnFrom([post, source, namesake]));

        static FundingSource LastYear(int id, string code, int chapter, int post) =>
            new(new FundingSourceId(Sample.Number(id)), Sample.Programme, Sample.Year.Previous(), 1, new GrantorId(Sample.Number(9)), code, chapter, post, "", "");
    }

    [Fact]
    public void Every_figure_is_kept_in_the_order_it_became_known()
    {
        var source = Sample.Source(Sample.Kdd, "KDD", 5);
        source.Record(AmountState.Proposed, null, Sample.Kroner(6), Sample.At.AddDays(1), "Tilleggsnummer");

        var amounts = source.Amounts;

        Assert.Equal([(1, Sample.Kroner(5), "Prop. 1 S"), (2, Sample.Kroner(6), "Tilleggsnummer")], amounts.Select(a => (a.Number, a.Amount, a.Basis)));
        Assert.Equal(Sample.Kroner(6), source.Latest(AmountState.Proposed));
    }

    [Fact]
    public void One_units_letter_is_no_other_units_frame()
    {
        var source = Sample.Source(Sample.Kdd, "KDD", 18);
        source.Record(AmountState.Granted, Sample.Unit, Sample.Kroner(4), Sample.At, "25/1");

        Assert.Equal(Sample.Kroner(4), source.FrameFor(Sample.Unit));
        Assert.Equal(Sample.Kroner(14), source.FrameFor(Sample.OtherUnit));
        Assert.Null(source.LatestFor(Sample.OtherUnit, AmountState.Granted));
        Assert.False(source.IsReservedFor(Sample.Unit));
        Assert.True(source.IsReservedFor(Sample.OtherUnit));

        // The letter is a part of what was proposed for the whole, and no more is left than the rest of it.
        Assert.Equal(Sample.Kroner(18), source.Frame([Sample.Unit, Sample.OtherUnit]));
        Assert.Equal(Sample.Kroner(14), source.Divide([Sample.Unit, Sample.OtherUnit]).Rest);
        source.Record(AmountState.Revised, Sample.Unit, Sample.Kroner(20), Sample.At, "25/2");
        Assert.Equal((Sample.Kroner(20), Money.Zero), (source.Frame([Sample.Unit, Sample.OtherUnit]), source.FrameFor(Sample.OtherUnit)));
    }

    [Fact]
    public void Units_that_share_a_source_cannot_plan_the_same_money_twice()
    {
        var source = Sample.Source(Sample.Kdd, "KDD", 10);
        source.Record(AmountState.Spent, Sample.OtherUnit, Sample.Kroner(9), Sample.At, "");
        var alone = (source.FrameFor(Sample.Unit), source.ProposedLeftFor(Sample.Unit));

        source.Record(AmountState.Proposed, Sample.OtherUnit, Sample.Kroner(6), Sample.At, "Fordeling");

        Assert.Equal((Sample.Kroner(10), Sample.Kroner(10)), alone);
        Assert.Equal((Sample.Kroner(4), Sample.Kroner(4), Sample.Kroner(6)), (source.FrameFor(Sample.Unit), source.ProposedLeftFor(Sample.Unit), source.FrameFor(Sample.OtherUnit)));
        Assert.Equal(Sample.Kroner(10), source.ProposedLeftFor(Sample.OtherUnit));
        source.Record(AmountState.Proposed, Sample.OtherUnit, Sample.Kroner(11), Sample.At, "Fordeling");
        Assert.Equal((Money.Zero, Money.Zero), (source.FrameFor(Sample.Unit), source.ProposedLeftFor(Sample.Unit)));
        Assert.Null(Sample.Source(Sample.Kdd, "KDD", null).ProposedLeftFor(Sample.Unit));
    }

    [Fact]
    public void A_unit_answered_alone_takes_nothing_of_the_letter_that_answers_the_others_together()
    {
        var source = Sample.Source(Sample.Kdd, "KDD", 18);
        source.Record(AmountState.Granted, null, Sample.Kroner(9), Sample.At, "25/1");

        source.Record(AmountState.Granted, Sample.OtherUnit, Sample.Kroner(6), Sample.At, "25/2");

        Assert.Equal(Sample.Kroner(9), source.FrameFor(Sample.Unit));
    }

    [Fact]
    public void A_source_whose_units_do_not_all_have_letters_is_still_the_whole_of_it()
    {
        var source = Sample.Source(Sample.Kdd, "KDD", 18);
        source.Record(AmountState.Proposed, Sample.Unit, Sample.Kroner(10), Sample.At, "Fordeling");
        source.Record(AmountState.Proposed, Sample.OtherUnit, Sample.Kroner(7), Sample.At, "Fordeling");

        source.Record(AmountState.Granted, Sample.Unit, Sample.Kroner(9), Sample.At, "25/1");

        // 9 in the letter, 7 still proposed, 1 given to nobody.
        Assert.Equal(Sample.Kroner(17), source.Frame([Sample.Unit, Sample.OtherUnit]));
    }

    [Fact]
    public void A_later_figure_for_the_whole_holds_before_the_parts_that_were_proposed()
    {
        var source = Sample.Source(Sample.Kdd, "KDD", 18);
        PlanUnitId[] units = [Sample.Unit, Sample.OtherUnit];
        source.Record(AmountState.Proposed, Sample.Unit, Sample.Kroner(10), Sample.At, "Fordeling");
        source.Record(AmountState.Proposed, Sample.OtherUnit, Sample.Kroner(7), Sample.At, "Fordeling");

        source.Record(AmountState.Granted, null, Sample.Kroner(15), Sample.At, "25/1");

        // 10 and 7 were proposed; the one letter that answers them all gives 15, which is 2 less.
        var (now, proposed) = (source.Divide(units), source.Divide(units, AmountState.Proposed));
        Assert.Equal(Sample.Kroner(15), source.Frame(units));
        Assert.Equal((Sample.Kroner(10), Sample.Kroner(7), Sample.Kroner(-2)), (now.Parts[Sample.Unit], now.Parts[Sample.OtherUnit], now.Rest));
        Assert.Equal((Sample.Kroner(18), Sample.Kroner(1)), (proposed.Sum, proposed.Rest));
    }

    [Fact]
    public void A_unit_that_was_answered_alone_has_its_letter_beside_the_one_for_the_others()
    {
        var source = Sample.Source(Sample.Kdd, "KDD", 18);
        PlanUnitId[] units = [Sample.Unit, Sample.OtherUnit];
        source.Record(AmountState.Proposed, Sample.Unit, Sample.Kroner(10), Sample.At, "Fordeling");
        source.Record(AmountState.Proposed, Sample.OtherUnit, Sample.Kroner(8), Sample.At, "Fordeling");

        source.Record(AmountState.Granted, null, Sample.Kroner(9), Sample.At, "25/1");
        source.Record(AmountState.Granted, Sample.OtherUnit, Sample.Kroner(6), Sample.At, "25/2");

        var (now, granted) = (source.Divide(units), source.Divide(units, AmountState.Granted));
        Assert.Equal((Sample.Kroner(15), Sample.Kroner(-1)), (now.Sum, now.Rest));
        Assert.Equal((Sample.Kroner(15), Sample.Kroner(9)), (granted.Sum, granted.Rest));
        Assert.Equal((Sample.Kroner(18), null), (source.Divide(units, AmountState.Proposed).Sum, source.Divide(units, AmountState.Proposed).Rest));
    }

    [Fact]
    public void What_was_refused_for_all_the_units_together_is_nought_for_each_of_them()
    {
        var source = Sample.Source(Sample.Kdd, "KDD", 18);
        PlanUnitId[] units = [Sample.Unit, Sample.OtherUnit];
        source.Record(AmountState.Proposed, Sample.Unit, Sample.Kroner(10), Sample.At, "Fordeling");
        source.Record(AmountState.Proposed, Sample.OtherUnit, Sample.Kroner(8), Sample.At, "Fordeling");

        source.Record(AmountState.Granted, null, Money.Zero, Sample.At, "");

        var divided = source.Divide(units);
        Assert.Equal((Money.Zero, Money.Zero, Money.Zero), (source.FrameFor(Sample.Unit), source.FrameFor(Sample.OtherUnit), source.Frame(units)));
        Assert.Equal((Money.Zero, Money.Zero, null), (divided.Parts[Sample.Unit], divided.Parts[Sample.OtherUnit], divided.Rest));
    }

    [Fact]
    public void What_was_refused_is_nought_and_not_what_was_proposed()
    {
        var source = Sample.Source(Sample.Kdd, "KDD", 18);
        var grant = new Grant(new GrantId(Sample.Number(31)), Sample.Unit, Sample.Year, Sample.Kdd, Sample.ApprovedPlan().Id);

        Assert.Null(grant.RegisterRefusal(source, "Rammen er brukt opp.", Sample.At));

        Assert.Equal((Money.Zero, Money.Zero, false), (source.FrameFor(Sample.Unit), source.Frame([Sample.Unit]), source.IsReservedFor(Sample.Unit)));
        Assert.Equal(Sample.Kroner(18), source.Divide([Sample.Unit], AmountState.Proposed).Sum);
    }

    [Fact]
    public void What_the_vote_leaves_nothing_of_is_nought_and_not_what_was_proposed()
    {
        var source = Sample.Source(Sample.Kdd, "KDD", 18);
        var grant = new Grant(new GrantId(Sample.Number(31)), Sample.Unit, Sample.Year, Sample.Kdd, Sample.ApprovedPlan().Id);

        Assert.Null(grant.RecordNoVote(source, "Innst. 16 S", Sample.At));

        Assert.Equal((Money.Zero, null), (source.FrameFor(Sample.Unit), grant.Voted));
        Assert.Equal("Innst. 16 S", source.Amounts[^1].Basis);
    }

    [Fact]
    public void A_units_own_part_holds_though_the_whole_source_is_voted()
    {
        var source = Sample.Source(Sample.Kdd, "KDD", 18);
        source.Record(AmountState.Proposed, Sample.Unit, Sample.Kroner(4), Sample.At, "Fordeling");
        source.Record(AmountState.Voted, null, Sample.Kroner(17), Sample.At, "Innst. 16 S");

        Assert.Equal(Sample.Kroner(4), source.FrameFor(Sample.Unit));
        Assert.Equal(Sample.Kroner(13), source.FrameFor(Sample.OtherUnit));
        Assert.False(source.IsReservedFor(Sample.Unit));
    }

    [Fact]
    public void Where_only_units_have_figures_the_whole_is_what_they_come_to()
    {
        var source = Sample.Source(Sample.Kdd, "KDD", null);
        source.Record(AmountState.Spent, Sample.Unit, Sample.Kroner(3), Sample.At, "");
        source.Record(AmountState.Spent, Sample.OtherUnit, new Money(1), Sample.At, "");
        source.Record(AmountState.Spent, Sample.Unit, Sample.Kroner(2), Sample.At, "");

        Assert.Equal(new Money(201), source.Latest(AmountState.Spent));
        Assert.Null(source.Latest(AmountState.Repaid));
    }

    [Fact]
    public void The_own_share_has_no_frame_and_does_not_wait_for_the_vote()
    {
        var own = Sample.OwnShare();
        own.Record(AmountState.Proposed, null, Sample.Kroner(7), Sample.At, "Kommunens budsjett");

        Assert.True(own.IsOwnShare);
        Assert.Equal((null, null, false, false), ((object?)own.Frame([Sample.Unit]), (object?)own.FrameFor(Sample.Unit), own.IsReserved, own.IsReservedFor(Sample.Unit)));
    }

    [Theory]
    [InlineData(AmountState.Voted)]
    [InlineData(AmountState.Granted)]
    [InlineData(AmountState.Revised)]
    public void The_reservation_falls_with_the_vote_or_what_comes_after_it(AmountState state)
    {
        var source = Sample.Source(Sample.Kdd, "KDD", 5);
        var before = source.IsReserved;

        source.Record(state, null, Sample.Kroner(5), Sample.At, "");

        Assert.Equal((true, false), (before, source.IsReserved));
    }

    [Fact]
    public void No_figure_is_below_nought()
    {
        var source = Sample.Source(Sample.Kdd, "KDD", null);

        Assert.Throws<ArgumentOutOfRangeException>(() => source.Record(AmountState.Spent, Sample.Unit, new Money(-1), Sample.At, ""));
        Assert.Empty(source.Amounts);
    }
}
