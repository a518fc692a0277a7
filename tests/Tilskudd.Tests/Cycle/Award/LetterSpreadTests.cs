using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Cycle.Award;

public sealed class LetterSpreadTests
{
    private static readonly HandlingsplanId Plan = new(Sample.Number(1));

    [Fact]
    public void In_proportion_the_ore_left_over_go_to_those_that_lost_most_in_the_rounding()
    {
        var (lines, _) = LetterSpread.Proportional.Over(Lines(1, 1, 1), new Money(2));
        var (uneven, _) = LetterSpread.Proportional.Over(Lines(50, 30, 20), new Money(101));

        Assert.Equal([1L, 1, 0], Ore(lines));
        Assert.Equal([51L, 30, 20], Ore(uneven)); // 50,5 and 30,3 and 20,2
    }

    [Fact]
    public void Where_nothing_was_planned_the_first_line_has_the_letter()
    {
        Assert.Equal([7L, 0], Ore(LetterSpread.Proportional.Over(Lines(0, 0), new Money(7)).Lines));
    }

    [Fact]
    public void By_the_order_of_the_plan_the_last_lines_lose_first_and_the_first_gains()
    {
        var (less, _) = LetterSpread.ByPriority.Over(Lines(50, 30, 20), new Money(65));
        var (more, _) = LetterSpread.ByPriority.Over(Lines(50, 30, 20), new Money(104));

        Assert.Equal([50L, 15, 0], Ore(less));
        Assert.Equal([54L, 30, 20], Ore(more));
    }

    [Fact]
    public void By_hand_every_line_has_an_amount_and_the_sum_is_the_letter()
    {
        Assert.Equal(new GrantRefusal.LineMissing(), ByHand(40).Over(Lines(50, 30), new Money(70)).Refusal);
        Assert.Equal(new GrantRefusal.LineMissing(), ByHand(80, -10).Over(Lines(50, 30), new Money(70)).Refusal);
        Assert.Equal(new GrantRefusal.LinesNotTheLetter(new Money(70), new Money(71)), ByHand(41, 30).Over(Lines(50, 30), new Money(70)).Refusal);
        Assert.Equal([40L, 30], Ore(ByHand(40, 30).Over(Lines(50, 30), new Money(70)).Lines));
    }

    /// <summary>The body approved the lines; what is laid on them is the difference and no more.</summary>
    [Fact]
    public void By_hand_no_line_is_given_or_robbed_of_more_than_the_difference()
    {
        Assert.Equal(new GrantRefusal.LineBeyondDifference("linje-1", new Money(40), new Money(50)), ByHand(70, 0).Over(Lines(50, 30), new Money(70)).Refusal);
        Assert.Equal(new GrantRefusal.LineBeyondDifference("linje-2", new Money(20), new Money(30)), ByHand(50, 15, 15).Over(Lines(50, 30, 10), new Money(80)).Refusal);
        Assert.Equal(new GrantRefusal.LineBeyondDifference("linje-1", new Money(0), new Money(5)), ByHand(10, 30).Over(Lines(5, 50), new Money(40)).Refusal);
        Assert.Equal(new GrantRefusal.LineBeyondDifference("linje-1", new Money(50), new Money(60)), ByHand(61, 29).Over(Lines(50, 30), new Money(90)).Refusal);
        Assert.Equal([60L, 30], Ore(ByHand(60, 30).Over(Lines(50, 30), new Money(90)).Lines));
    }

    /// <summary>A thousand plans and letters from a fixed seed: whatever the amounts, no line is below nought and the sum is the letter.</summary>
    [Fact]
    public void The_lines_always_come_to_the_letter()
    {
        var random = new Random(2025);
        for (var round = 0; round < 1_000; round++)
        {
            var lines = Lines([.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.NextInt64(1, Money.Largest.Ore / 30))]);
            var granted = new Money(random.NextInt64(1, Money.Largest.Ore));
            foreach (var spread in new[] { LetterSpread.Proportional, LetterSpread.ByPriority })
            {
                var amounts = spread.Over(lines, granted).Lines;

                Assert.Equal(granted.Ore, Ore(amounts).Sum());
                Assert.DoesNotContain(amounts, amount => amount.IsNegative);
            }
        }
    }

    [Fact]
    public void A_letter_as_planned_is_accepted_as_it_is_and_one_beside_the_plan_only_with_its_spread()
    {
        var lines = Lines(60_000_000, 40_000_000);
        var (equal, lower) = (Sample.WithLetter(new Money(100_000_000)), Sample.WithLetter(new Money(96_000_000)));

        Assert.Null(equal.AcceptLetter(lines, LetterSpread.ByPriority, Limits.Default, Sample.Kari, Sample.At));
        Assert.Equal(new GrantRefusal.SpreadMissing(), lower.AcceptLetter(lines, null, Limits.Default, Sample.Kari, Sample.At));
        Assert.Null(lower.Letter!.AcceptedAt);
        Assert.Null(lower.AcceptLetter(lines, LetterSpread.Proportional, Limits.Default, Sample.Kari, Sample.At));

        Assert.Equal((null, 0), (equal.Letter!.SpreadBy, equal.Letter.Lines.Count));
        Assert.Equal((SpreadRule.Proportional, Sample.At), (lower.Letter.SpreadBy, lower.Letter.AcceptedAt));
        Assert.Equal([57_600_000L, 38_400_000], lower.Letter.Lines.Select(line => line.Amount.Ore));
    }

    [Fact]
    public void A_letter_beyond_the_limit_is_never_spread_for_the_plan_is_decided_anew()
    {
        var grant = Sample.WithLetter(new Money(80_000_000));

        Assert.Null(grant.AcceptLetter(Lines(60_000_000, 40_000_000), LetterSpread.Proportional, Limits.Default, Sample.Kari, Sample.At));

        Assert.Empty(grant.Letter!.Lines);
    }

    [Fact]
    public void The_report_accounts_for_what_each_tiltak_has_after_the_letter()
    {
        var plan = Sample.PlanOf(Sample.Kroner(300_000));
        var grant = Sample.WithLetter(Sample.Kroner(290_000));
        var approved = Sample.Content(plan);
        Assert.Null(grant.AcceptLetter([.. PlannedLine.Of(plan.Id, approved, Sample.Kdd)], LetterSpread.Proportional, Limits.Default, Sample.Kari, Sample.At));

        var rapport = Rapport.Open(new RapportId(Sample.Number(90)), grant, [.. PlannedLine.Of(plan.Id, approved, Sample.Kdd)], Money.Zero, Sample.At);

        Assert.Equal(Sample.Kroner(290_000), Assert.Single(rapport.Results).Planned);
    }

    [Fact]
    public void A_plan_that_was_changed_after_the_spread_is_reported_on_as_it_now_stands_in_all_its_lines()
    {
        var grant = Spread(Sample.Kroner(198_000), Lines(10_000_000, 10_000_000));

        Assert.Equal([9_900_000L, 9_900_000], Reported(grant, Lines(10_000_000, 10_000_000)));
        Assert.Equal([10_000_000L, 9_800_000], Reported(grant, Lines(10_000_000, 9_800_000)));
        Assert.Equal([10_000_000L], Reported(grant, Lines(10_000_000))); // the second tiltak has gone
        Assert.Equal([10_000_000L, 0], Reported(grant, Lines(10_000_000, 0)));
        Assert.Equal([10_000_000L, 10_000_000, 1], Reported(grant, Lines(10_000_000, 10_000_000, 1))); // a third has come
        Assert.Equal([9_900_000L, 9_900_000, 0], Reported(grant, Lines(10_000_000, 10_000_000, 0)));
    }

    [Fact]
    public void A_plan_that_follows_a_revised_budget_is_reported_on_as_it_now_stands_and_one_that_was_left_keeps_its_spread()
    {
        var grant = Spread(Sample.Kroner(198_000), Lines(10_000_000, 10_000_000));
        var plan = Sample.ApprovedPlan();

        var (change, _) = PlanChange.Open(new PlanChangeId(Sample.Number(95)), grant, Sample.Source(Sample.Kdd, "KDD", 1), plan, ChangeReason.RevisedBudget, "Revidert budsjett", Sample.Kroner(150_000), Sample.Kari, Sample.At);

        Assert.NotNull(change);
        Assert.Equal([9_900_000L, 9_900_000], Reported(grant, Lines(10_000_000, 10_000_000)));
        Assert.Equal([10_000_000L, 5_000_000], Reported(grant, Lines(10_000_000, 5_000_000)));
    }

    [Fact]
    public void Of_plans_that_one_letter_answers_only_the_one_that_was_changed_counts_as_it_stands()
    {
        var other = new HandlingsplanId(Sample.Number(6));
        PlannedLine[] laid = [.. Lines(10_000_000, 10_000_000).Select(line => line with { ApprovedAt = Sample.At }), .. Others(10_000_000, Sample.At)];
        var grant = Grant.Gathering(new GrantId(Sample.Number(31)), Sample.Unit, Sample.Year, Sample.Kdd, [Plan, other]);
        Assert.Null(grant.RegisterLetter(new TilskuddsbrevId(Sample.Number(41)), Sample.Source(Sample.Kdd, "KDD", 1), "25/1", Sample.Today, Sample.Kroner(297_000), Sample.Terms, Sample.Kari, Sample.At, Sample.Today));
        Assert.Null(grant.AcceptLetter(laid, LetterSpread.Proportional, Limits.Default, Sample.Kari, Sample.At));

        Assert.Equal([9_900_000L, 9_900_000, 9_900_000], Reported(grant, laid));
        Assert.Equal([10_000_000L, 9_800_000, 9_900_000], Reported(grant, [.. Changed(10_000_000, 9_800_000), laid[2]]));
        Assert.Equal([10_000_000L, 9_900_000], Reported(grant, [.. Changed(10_000_000), laid[2]])); // a tiltak has gone from the first

        IEnumerable<PlannedLine> Changed(params long[] ore) => Lines(ore).Select(line => line with { ApprovedAt = Sample.At.AddDays(1) });
        IEnumerable<PlannedLine> Others(long ore, DateTimeOffset at) => [new PlannedLine(other, Tiltak(9), 1, "Annen plan", new Money(ore)) { ApprovedAt = at }];
    }

    private static Grant Spread(Money granted, IReadOnlyList<PlannedLine> lines)
    {
        var grant = Sample.WithLetter(granted);
        Assert.Null(grant.AcceptLetter(lines, LetterSpread.Proportional, Limits.Default, Sample.Kari, Sample.At));
        return grant;
    }

    private static IEnumerable<long> Reported(Grant grant, IReadOnlyList<PlannedLine> lines) =>
        Rapport.Open(new RapportId(Sample.Number(90)), grant, lines, Money.Zero, Sample.At).Results.Select(result => result.Planned.Ore);

    private static IReadOnlyList<PlannedLine> Lines(params long[] ore) => [.. ore.Select((amount, at) => new PlannedLine(Plan, Tiltak(at), at + 1, $"Tiltak {at + 1}", new Money(amount)))];

    private static LetterSpread ByHand(params long[] ore) => new(SpreadRule.ByHand, ore.Index().ToDictionary(line => Tiltak(line.Index), line => new Money(line.Item)));

    private static IEnumerable<long> Ore(IEnumerable<Money> amounts) => amounts.Select(amount => amount.Ore);

    private static TiltakId Tiltak(int at) => new(Sample.Number(500 + at));
}
