using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;

namespace Tilskudd.Tests.Cycle.Approval;

/// <summary>A member on leave, by hand from the rules: who may stand in, whose vote it is, and what becomes of it when the leave ends in the middle of a round.</summary>
public sealed class SubstituteTests
{
    private const string Hash = "hash";
    private static readonly LocalDate Today = new(2024, 11, 20);
    private static readonly LocalDate LastDay = new(2024, 11, 22);
    private static readonly PersonId Outside = Person(70);

    [Theory]
    [InlineData(Regime.Mandat)]
    [InlineData(Regime.Administrativ)]
    public void Where_the_body_has_its_own_rules_the_member_chooses(Regime regime)
    {
        Assert.Null(TryName(Body(regime), 2, Outside));
        Assert.Null(Substitute.Electable(Body(regime), Body(regime).Seats[1], Today));
    }

    [Fact]
    public void Under_kommuneloven_only_a_deputy_elected_for_the_group_may_stand_in()
    {
        var body = Body(Regime.Kommuneloven);

        Assert.Equal([Seat(8), Seat(5), Seat(6)], Substitute.Electable(body, body.Seats[1], Today)!.Select(deputy => deputy.Id));
        Assert.Equal(new SubstituteRefusal.NotElected(), TryName(body, 2, Outside));
        Assert.Equal(new SubstituteRefusal.NotElected(), TryName(body, 2, Person(7)));
        Assert.Equal(new SubstituteRefusal.NotElected(), TryName(body, 3, Person(5)));
        Assert.Equal(new SubstituteRefusal.NotElected(), TryName(body, 1, Person(8)));
        Assert.Null(TryName(body, 2, Person(6)));
    }

    [Fact]
    public void Nobody_is_named_who_sits_or_is_taken_nor_for_days_that_make_no_sense()
    {
        var body = Body(Regime.Mandat);
        var named = Substitute.Name(new SubstituteId(Sample.Number(1)), body, body.Seats[1], Outside, Today, LastDay, [], Person(2), Sample.At, Today).Named!;

        Assert.Equal(new SubstituteRefusal.Oneself(), TryName(body, 2, Person(2)));
        Assert.Equal(new SubstituteRefusal.SitsAlready(), TryName(body, 2, Person(3)));
        Assert.Equal(new SubstituteRefusal.NoSuchSeat(), TryName(body, 5, Outside));
        Assert.Equal(new SubstituteRefusal.HasOne(), TryName(body, 2, Person(71), others: [named]));
        Assert.Equal(new SubstituteRefusal.StandsInAlready(), TryName(body, 3, Outside, others: [named]));
        Assert.Null(TryName(body, 2, Outside, LastDay.PlusDays(1), LastDay.PlusDays(2), [named]));
        Assert.Equal(new SubstituteRefusal.EndsBeforeItBegins(LastDay), TryName(body, 2, Outside, LastDay, Today));
        Assert.Equal(new SubstituteRefusal.IsOver(Today.PlusDays(-1)), TryName(body, 2, Outside, Today.PlusDays(-2), Today.PlusDays(-1)));
        Assert.Equal(new SubstituteRefusal.TooLong(366), TryName(body, 2, Outside, Today, Today.PlusDays(366)));
        named.End(Sample.At);
        Assert.Null(TryName(body, 2, Person(71), others: [named]));
    }

    [Fact]
    public void Under_a_mandate_the_one_named_has_the_seat_and_the_member_no_say()
    {
        var round = Open(Regime.Mandat);

        Assert.True(round.StandIn(Seat(2), Outside, LastDay));

        Assert.Equal(Seat(2), round.SeatOf(Outside)!.SeatId);
        Assert.Equal(Person(2), round.InsteadOf(round.SeatOf(Outside)!));
        Assert.Equal(new RoundRefusal.NotEntitled(), Answer(round, Person(2)));
        Assert.Equal([true, true, false], new[] { Outside, Person(2), Person(71) }.Select(round.MayYetAnswer));
        Assert.Contains(round.Missing, seat => seat.PersonId == Outside);
        Assert.Null(Answer(round, Outside));
        Assert.Equal((1, 3), (round.Count().For, round.Count().Quorum + 1));
        Assert.Empty(round.Count().StepsIn);
    }

    [Fact]
    public void Under_kommuneloven_the_deputy_named_is_called_in_before_those_ahead_in_the_order_and_the_leaders_vote_does_not_follow()
    {
        var round = Open(Regime.Kommuneloven);
        Assert.True(round.StandIn(Seat(2), Person(6), LastDay));
        var leader = Open(Regime.Kommuneloven);
        Assert.True(leader.StandIn(Seat(1), Person(9), LastDay));

        Assert.Equal([new StepIn($"{Seat(2)}", $"{Seat(6)}")], round.Count().StepsIn);
        Assert.Equal((Seat(6), Person(2)), (round.SeatOf(Person(6))!.SeatId, round.InsteadOf(round.SeatOf(Person(6))!)));
        Assert.Equal(new RoundRefusal.NotEntitled(), Answer(round, Person(2)));
        Assert.Null(Answer(round, Person(6)));
        Assert.Equal(Seat(9), leader.SeatOf(Person(9))!.SeatId);
        Assert.NotEqual(SeatRole.Leader, leader.SeatOf(Person(9))!.Role);
        Assert.Null(leader.Chair);
    }

    [Theory]
    [InlineData(Regime.Mandat)]
    [InlineData(Regime.Kommuneloven)]
    public void A_leave_that_ends_in_the_middle_of_a_round_gives_the_seat_back_where_nothing_is_answered(Regime regime)
    {
        var round = Open(regime);
        var standIn = regime == Regime.Mandat ? Outside : Person(6);
        Assert.True(round.StandIn(Seat(2), standIn, LastDay));

        // Before the clockwork has seen that the last day is past.
        var late = Answer(round, standIn, at: Sample.At.AddDays(3));
        Assert.True(round.StandDown(Seat(2), standIn));

        Assert.Equal(new RoundRefusal.NotEntitled(), late);
        Assert.Equal(Seat(2), round.SeatOf(Person(2))!.SeatId);
        Assert.Null(round.SeatOf(standIn));
        Assert.Empty(round.Count().StepsIn);
        Assert.Equal(new RoundRefusal.NotEntitled(), Answer(round, standIn));
        Assert.Null(Answer(round, Person(2)));
        Assert.False(round.StandDown(Seat(2), standIn));
    }

    [Theory]
    [InlineData(Regime.Mandat)]
    [InlineData(Regime.Kommuneloven)]
    public void Who_has_answered_for_the_member_keeps_the_place_till_the_case_is_done(Regime regime)
    {
        var round = Open(regime);
        var standIn = regime == Regime.Mandat ? Outside : Person(6);
        Assert.True(round.StandIn(Seat(2), standIn, LastDay));
        Assert.Null(Answer(round, standIn));

        Assert.False(round.StandDown(Seat(2), standIn));

        Assert.Single(round.Standing);
        Assert.Equal(1, round.Count().For);
        Assert.Equal(new RoundRefusal.NotEntitled(), Answer(round, Person(2)));
        Assert.Null(Answer(round, standIn, at: Sample.At.AddDays(5)));
        Assert.Null(Answer(round, Person(1)));
        Assert.Null(Answer(round, Person(3)));
        Assert.Null(Answer(round, Person(4)));
        Assert.True(round.CloseIfDecided(Sample.At.AddDays(5)));
        Assert.Equal(CountOutcome.Approved, round.Outcome);
    }

    [Fact]
    public void A_member_who_has_answered_or_is_out_hands_over_nothing()
    {
        var answered = Open(Regime.Mandat);
        Assert.Null(Answer(answered, Person(2)));
        var absent = Open(Regime.Mandat);
        Assert.Null(absent.MarkAbsent(Person(2), Sample.At));
        var drafted = Open(Regime.Mandat, Person(2));
        var byDrafter = Open(Regime.Mandat, Outside);
        var inDoubt = Open(Regime.Mandat);
        Assert.Null(inDoubt.RaiseDoubt(Person(2), "", Sample.Number(300), Sample.At));

        Assert.All(new[] { answered, absent, drafted, byDrafter, inDoubt }, round => Assert.False(round.StandIn(Seat(2), Outside, LastDay)));
        Assert.Single(answered.Standing);
    }

    [Fact]
    public void Where_the_one_named_is_inhabil_the_member_has_the_seat_again()
    {
        var round = Open(Regime.Mandat);
        Assert.True(round.StandIn(Seat(2), Outside, LastDay));
        Assert.Null(round.RaiseDoubt(Outside, "", Sample.Number(300), Sample.At));
        Assert.Null(round.Decide(Seat(2), new DoubtTally(true, 3, 0, ""), Person(90), Sample.At));

        Assert.Null(round.SeatOf(Outside));
        Assert.Equal(Seat(2), round.SeatOf(Person(2))!.SeatId);
        Assert.False(round.IsInhabil(Person(2)));
    }

    private static int _forms;

    private static Refusal? TryName(Body body, int seat, PersonId standIn, LocalDate? from = null, LocalDate? to = null, Substitute[]? others = null) =>
        Substitute.Name(new SubstituteId(Sample.Number(2)), body, body.Seats[seat - 1], standIn, from ?? Today, to ?? LastDay, others ?? [], Person(90), Sample.At, Today).Refusal;

    private static Refusal? Answer(Round round, PersonId person, DateTimeOffset? at = null) => round.Answer(
        new RoundAnswerId(Sample.Number(200 + round.Answers.Count)), person, AnswerKind.Approve, "", Hash, Assurance.LinkAndCode, Sample.Number(1_000 + Interlocked.Increment(ref _forms)), at ?? Sample.At);

    private static Round Open(Regime regime, params PersonId[] drafters)
    {
        var body = Body(regime);
        return Round.Open(new RoundId(Sample.Number(90)), body, body.Seats, DocumentKind.Handlingsplan, Sample.Number(5), 1, Hash, drafters, true, null, Sample.At);
    }

    // Leader and three members; deputies of group A in order with a personal one last on the list, one of B, one of the leader's own C.
    private static Body Body(Regime regime)
    {
        var body = new Body(new BodyId(Sample.Number(80)), Sample.Programme, null, "deciding-body", "Styringsgruppa", regime, Mandate.Default with { Written = WrittenRule.Majority }, Mode.Written, true, "");
        (SeatRole Role, int? Order, string? Group, int? For)[] seats =
        [
            (SeatRole.Leader, null, "C", null), (SeatRole.Member, null, "A", null), (SeatRole.Member, null, "B", null), (SeatRole.Member, null, "B", null),
            (SeatRole.Deputy, 1, "A", null), (SeatRole.Deputy, 2, "A", null), (SeatRole.Deputy, 1, "B", null), (SeatRole.Deputy, null, "A", 2), (SeatRole.Deputy, 1, "C", null),
        ];
        foreach (var (seat, number) in seats.Select((seat, index) => (seat, index + 1)))
        {
            body.Add(Seat(number), seat.Role, Person(number), seat.Order, seat.Group, seat.For is { } other ? Seat(other) : null, new LocalDate(2024, 1, 1), null);
        }

        return body;
    }

    private static PersonId Person(int number) => new(Sample.Number(100 + number));

    private static SeatId Seat(int number) => new(Sample.Number(400 + number));
}
