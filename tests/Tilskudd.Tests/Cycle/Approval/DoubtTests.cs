using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;

namespace Tilskudd.Tests.Cycle.Approval;

/// <summary>
/// Habilitet by hand from the law: the body decides without the member, several in doubt have no say about each other unless the body is then
/// too few, the chair's vote decides a tie (forvaltningsloven § 8, kommuneloven § 11-9), and in line the leader or a superior decides.
/// </summary>
public sealed class DoubtTests
{
    private const int Leader = 1;
    private const int DeputyLeader = 2;
    private const string Hash = "hash";

    private static readonly DateTimeOffset Later = Sample.At.AddHours(1);
    private static readonly PersonId Secretary = Person(90);

    [Fact]
    public void Until_it_is_decided_the_member_gives_no_answer_and_the_round_comes_to_nothing()
    {
        var round = Open(Regime.Mandat, Mode.Meeting);
        Assert.All(new[] { 1, 2, 3, 4, 5 }, number => Answer(round, number));
        var unsettled = Open(Regime.Mandat, Mode.Meeting);
        Assert.All(new[] { 1, 2, 3, 4 }, number => Answer(unsettled, number));

        Raise(unsettled, 5);

        Assert.True(round.CloseIfDecided(Later));
        Assert.Equal((false, new RoundRefusal.DoubtUndecided()), (unsettled.CloseIfDecided(Later), unsettled.Close(Later)));
        Assert.Equal(new RoundRefusal.NotEntitled(), TryAnswer(unsettled, 5));
        Assert.Equal(new RegistrationRefusal.MayNotAnswer(), unsettled.Register(new RoundAnswerId(Sample.Number(999)), Person(5), AnswerKind.Approve, "", Hash, new Registration(AnswerChannel.Phone, Secretary, new LocalDate(2024, 11, 20)), Sample.Number(998), Sample.At));
        Assert.Empty(unsettled.Missing);
        Assert.Equal((false, true), (unsettled.MayYetAnswer(Person(1)), unsettled.MayYetAnswer(Person(5))));
        Assert.Equal((4, 5), unsettled.Turnout);
        Assert.Empty(unsettled.Count().StepsIn);
    }

    [Fact]
    public void A_meeting_does_not_take_over_positions_before_habilitet_is_decided()
    {
        var round = Open(Regime.Kommuneloven, Mode.Meeting);
        Raise(round, 4);

        var early = round.LeaveToMeeting(Later);
        Assert.Null(round.Decide(Seat(4), new DoubtTally(false, 1, 3, ""), Secretary, Later));

        Assert.Equal(new RoundRefusal.DoubtUndecided(), early);
        Assert.Null(round.LeaveToMeeting(Later));
    }

    [Fact]
    public void The_others_find_a_member_inhabil_by_majority_and_the_deputy_of_the_group_steps_in()
    {
        var round = Open(Regime.Kommuneloven, Mode.Written);
        Answer(round, 4);
        Raise(round, 4);

        var refusal = round.Decide(Seat(4), Votes((1, true), (2, true), (3, false), (5, true)), Secretary, Later);

        var doubt = Assert.Single(round.Doubts);
        Assert.Null(refusal);
        Assert.Equal((true, 3, 1, Later, Secretary), (doubt.IsInhabil, doubt.For, doubt.Against, doubt.DecidedAt, doubt.RegisteredBy));
        Assert.Equal([Seat(1), Seat(2), Seat(5)], doubt.VotesFor);
        Assert.Equal([Seat(3)], doubt.VotesAgainst);
        Assert.Equal((false, false), (doubt.CastingVote, doubt.AllTookPart));
        Assert.Equal([new StepIn($"{Seat(4)}", $"{Seat(7)}")], round.Count().StepsIn);
        Assert.Empty(round.Standing);
        Assert.Equal(new RoundRefusal.NotEntitled(), TryAnswer(round, 4));
        Assert.Equal(3, round.Count().Quorum);
    }

    [Fact]
    public void Who_is_found_habil_answers_anew_whatever_the_flow_says_of_changing()
    {
        var round = Open(Regime.Mandat, Mode.Meeting, mayChange: false);
        Answer(round, 4);
        Raise(round, 4);

        Assert.Null(round.Decide(Seat(4), Votes((1, false), (2, false), (3, true)), Secretary, Later));

        Assert.Empty(round.Standing);
        Assert.Null(round.LastOf(Person(4)));
        Assert.Contains(round.Missing, seat => seat.PersonId == Person(4));
        Answer(round, 4);
        Assert.Equal(2, Assert.Single(round.Standing).Number);
        Assert.Empty(round.Count().StepsIn);
    }

    [Fact]
    public void The_deputy_who_would_step_in_may_be_called_to_decide_it_and_others_may_not()
    {
        var round = Open(Regime.Kommuneloven, Mode.Written);
        Raise(round, 4);

        Assert.Equal([1, 2, 3, 5, 7], round.VotersOnDoubt.Select(seat => seat.Number));
        Assert.Equal(new DoubtRefusal.NotThere($"{Seat(6)}"), round.Decide(Seat(4), Votes((1, true), (2, true), (6, true)), Secretary, Later));
        Assert.Equal(new DoubtRefusal.NotThere($"{Seat(50)}"), round.Decide(Seat(4), Votes((1, true), (2, true), (50, true)), Secretary, Later));
        Assert.Null(round.Decide(Seat(4), Votes((1, true), (2, true), (7, true)), Secretary, Later));
    }

    [Fact]
    public void The_member_has_no_vote_on_it_while_the_others_are_enough()
    {
        var round = Open(Regime.Kommuneloven, Mode.Written);
        Raise(round, 4);

        Assert.Equal(new DoubtRefusal.TakesNoPart($"{Seat(4)}"), round.Decide(Seat(4), Votes((1, true), (2, true), (3, true), (4, false)), Secretary, Later));
        Assert.Equal(new DoubtRefusal.TooFew(3, 2), round.Decide(Seat(4), Votes((1, true), (2, true)), Secretary, Later));
        Assert.Equal(new DoubtRefusal.NoVotes(), round.Decide(Seat(4), Votes(), Secretary, Later));
        Assert.False(Assert.Single(round.Doubts).IsDecided);
    }

    [Fact]
    public void Two_members_in_doubt_at_once_have_no_say_about_themselves_or_each_other()
    {
        var round = Open(Regime.Kommuneloven, Mode.Written);
        Raise(round, 4);
        Raise(round, 5);

        Assert.Equal(new DoubtRefusal.TakesNoPart($"{Seat(5)}"), round.Decide(Seat(4), Votes((1, true), (2, true), (3, true), (5, true)), Secretary, Later));
        Assert.Null(round.Decide(Seat(4), Votes((1, false), (2, false), (3, false)), Secretary, Later));

        // Found habil, and still one of those whose habilitet was asked about in the same case.
        Assert.Equal(new DoubtRefusal.TakesNoPart($"{Seat(4)}"), round.Decide(Seat(5), Votes((1, true), (2, true), (3, true), (4, true)), Secretary, Later));
        Assert.Null(round.Decide(Seat(5), Votes((1, true), (2, true), (3, true)), Secretary, Later));
        Assert.Empty(round.Undecided);
        Assert.Equal([new StepIn($"{Seat(5)}", $"{Seat(7)}")], round.Count().StepsIn);
    }

    [Fact]
    public void Where_the_others_are_too_few_to_decide_all_who_met_take_part()
    {
        // Three of five are in doubt, and none of their deputies came.
        var round = Open(Regime.Kommuneloven, Mode.Written);
        Assert.All(new[] { 3, 4, 5 }, number => Raise(round, number));

        var withOne = round.Decide(Seat(3), Votes((1, true), (2, true), (3, false)), Secretary, Later);

        var doubt = round.Doubts[0];
        Assert.Null(withOne);
        Assert.Equal((true, 2, 1, true), (doubt.IsInhabil, doubt.For, doubt.Against, doubt.AllTookPart));
        Assert.False(round.Doubts[1].IsDecided);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void On_a_tie_under_kommuneloven_the_leaders_vote_decides(bool leaders)
    {
        var round = Open(Regime.Kommuneloven, Mode.Written);
        Raise(round, 4);

        Assert.Null(round.Decide(Seat(4), Votes((Leader, leaders), (2, leaders), (3, !leaders), (5, !leaders)), Secretary, Later));

        var doubt = Assert.Single(round.Doubts);
        Assert.Equal((leaders, 2, 2, true), (doubt.IsInhabil, doubt.For, doubt.Against, doubt.CastingVote));
    }

    [Fact]
    public void On_a_tie_over_the_leader_the_deputy_leaders_vote_decides_or_that_of_a_chair_the_meeting_elected()
    {
        var byDeputyLeader = Open(Regime.Kommuneloven, Mode.Written);
        Raise(byDeputyLeader, Leader);
        var byElected = Open(Regime.Kommuneloven, Mode.Written);
        Raise(byElected, Leader);
        Assert.Null(byElected.MarkAbsent(Person(DeputyLeader), Sample.At));

        Assert.Null(byDeputyLeader.Decide(Seat(Leader), Votes((DeputyLeader, true), (3, true), (4, false), (5, false)), Secretary, Later));
        Assert.Equal(new DoubtRefusal.TieWithoutChair(), byElected.Decide(Seat(Leader), Votes((3, true), (9, true), (4, false), (5, false)), Secretary, Later));
        Assert.Equal(new DoubtRefusal.ChairNotThere(), byElected.Decide(Seat(Leader), Votes(Leader, (3, true), (9, true), (4, false), (5, false)), Secretary, Later));
        Assert.Null(byElected.Decide(Seat(Leader), Votes(4, (3, true), (9, true), (4, false), (5, false)), Secretary, Later));

        Assert.Equal((true, true), (byDeputyLeader.Doubts[0].IsInhabil, byDeputyLeader.Doubts[0].CastingVote));
        Assert.Equal((false, true), (byElected.Doubts[0].IsInhabil, byElected.Doubts[0].CastingVote));
    }

    [Fact]
    public void On_a_tie_under_a_mandate_without_a_casting_vote_nobody_is_found_inhabil()
    {
        var round = Open(Regime.Mandat, Mode.Written, tie: TieRule.Falls);
        Raise(round, 4);

        Assert.Null(round.Decide(Seat(4), Votes((1, true), (2, true), (3, false), (5, false)), Secretary, Later));

        Assert.Equal((false, false), (round.Doubts[0].IsInhabil, round.Doubts[0].CastingVote));
    }

    [Fact]
    public void A_mandate_that_asks_for_more_than_half_in_the_case_asks_for_half_in_habilitet()
    {
        var round = Open(Regime.Mandat, Mode.Written, majority: Majority.ThreeQuarters);
        Raise(round, 4);

        Assert.Null(round.Decide(Seat(4), Votes((1, true), (2, true), (3, false)), Secretary, Later));

        Assert.True(round.Doubts[0].IsInhabil);
    }

    [Theory]
    [InlineData(true, 3, 1, null)]
    [InlineData(false, 1, 3, null)]
    [InlineData(true, 2, 2, null)]
    [InlineData(false, 2, 2, null)]
    [InlineData(true, 1, 2, typeof(DoubtRefusal.DoesNotAddUp))]
    [InlineData(false, 2, 1, typeof(DoubtRefusal.DoesNotAddUp))]
    [InlineData(true, 2, 0, typeof(DoubtRefusal.TooFew))]
    [InlineData(true, 6, 0, typeof(DoubtRefusal.TooMany))]
    [InlineData(true, int.MaxValue, int.MaxValue, typeof(DoubtRefusal.TooMany))]
    public void Numbers_from_a_meetings_protocol_must_fit_the_body_and_the_outcome(bool isInhabil, int votesFor, int votesAgainst, Type? refused)
    {
        var round = Open(Regime.Kommuneloven, Mode.Meeting);
        Raise(round, 4);

        var refusal = round.Decide(Seat(4), new DoubtTally(isInhabil, votesFor, votesAgainst, "sak 12/24"), Secretary, Later);

        Assert.Equal(refused, refusal?.GetType());
        Assert.Equal(refused is null, round.Doubts[0].IsDecided);
        Assert.Equal(refused is null && votesFor == votesAgainst, round.Doubts[0].CastingVote);
    }

    [Fact]
    public void In_line_the_leader_decides_about_the_others_and_nobody_else_does()
    {
        var round = Open(Regime.Administrativ, Mode.Written);
        Raise(round, 4);

        Assert.Equal(Seat(Leader), round.DeciderInLine!.SeatId);
        Assert.Equal(new DoubtRefusal.WrongDecider(), round.Decide(Seat(4), new DoubtRuling(true, Seat(DeputyLeader), ""), Secretary, Later));
        Assert.Equal(new DoubtRefusal.WrongDecider(), round.Decide(Seat(4), new DoubtRuling(true, null, "Rådmannen"), Secretary, Later));
        Assert.Null(round.Decide(Seat(4), new DoubtRuling(true, Seat(Leader), ""), Person(Leader), Later));
        Assert.Equal((true, Seat(Leader), null), (round.Doubts[0].IsInhabil, round.Doubts[0].DecidedBy, round.Doubts[0].For));
    }

    [Fact]
    public void Over_the_leader_in_line_the_deputy_leader_decides_or_the_nearest_superior()
    {
        var byDeputy = Open(Regime.Administrativ, Mode.Written);
        Raise(byDeputy, Leader);
        var bySuperior = Open(Regime.Administrativ, Mode.Written);
        Raise(bySuperior, Leader);

        Assert.Equal(new DoubtRefusal.WrongDecider(), byDeputy.Decide(Seat(Leader), new DoubtRuling(true, Seat(Leader), ""), Secretary, Later));
        Assert.Null(byDeputy.Decide(Seat(Leader), new DoubtRuling(true, Seat(DeputyLeader), ""), Secretary, Later));
        Assert.Equal(new DoubtRefusal.SuperiorMissing(), bySuperior.Decide(Seat(Leader), new DoubtRuling(false, null, " "), Secretary, Later));
        Assert.Null(bySuperior.Decide(Seat(Leader), new DoubtRuling(false, null, "Kommunaldirektør Else Vik"), Secretary, Later));

        // The deputy leader then decides the case itself.
        Answer(byDeputy, DeputyLeader);
        Assert.True(byDeputy.CloseIfDecided(Later));
        Assert.Equal("Kommunaldirektør Else Vik", bySuperior.Doubts[0].Superior);
        Answer(bySuperior, Leader);
        Assert.True(bySuperior.CloseIfDecided(Later));
    }

    [Fact]
    public void Nobody_decides_on_himself_nor_twice_nor_after_the_end()
    {
        var round = Open(Regime.Mandat, Mode.Written);
        Raise(round, 4);

        Assert.Equal(new DoubtRefusal.OwnDoubt(), round.Decide(Seat(4), new DoubtTally(false, 0, 4, ""), Person(4), Later));
        Assert.Equal(new DoubtRefusal.NothingToDecide(), round.Decide(Seat(5), new DoubtTally(false, 0, 4, ""), Secretary, Later));
        Assert.Equal(new DoubtRefusal.TextTooLong("ref", 121, 120), round.Decide(Seat(4), new DoubtTally(false, 0, 4, new string('x', 121)), Secretary, Later));
        Assert.Null(round.Decide(Seat(4), new DoubtTally(false, 0, 4, ""), Secretary, Later));
        Assert.Equal(new DoubtRefusal.NothingToDecide(), round.Decide(Seat(4), new DoubtTally(false, 0, 4, ""), Secretary, Later));

        // What has come to light since is asked about anew, and both are kept.
        Raise(round, 4, form: 301);
        round.Withdraw(Later);
        Assert.Equal(2, round.Doubts.Count);
        Assert.Empty(round.Undecided);
        Assert.Equal(new RoundRefusal.IsClosed(Later), round.Decide(Seat(4), new DoubtTally(true, 4, 0, ""), Secretary, Later));
    }

    [Fact]
    public void When_the_quorum_is_lost_by_habilitet_the_case_is_not_decided()
    {
        var round = Open(Regime.Mandat, Mode.Meeting, deputies: false);
        Assert.All(new[] { 3, 4, 5 }, number => Raise(round, number));
        Assert.All(new[] { 3, 4, 5 }, number => Assert.Null(round.Decide(Seat(number), new DoubtTally(true, 3, 0, ""), Secretary, Later)));
        Answer(round, 1);
        Answer(round, 2);

        Assert.True(round.CloseIfDecided(Later));
        Assert.Equal((CountOutcome.NotQuorate, 3, 2), (round.Outcome, round.Count().Quorum, round.Count().Present));
        Assert.All(round.Doubts, doubt => Assert.True(doubt.AllTookPart));
    }

    private static void Raise(Round round, int number, int form = 300) => Assert.Null(round.RaiseDoubt(Person(number), "Sitter i styret", Sample.Number(form), Sample.At));

    private static void Answer(Round round, int number) => Assert.Null(TryAnswer(round, number));

    private static Refusal? TryAnswer(Round round, int number) => round.Answer(
        new RoundAnswerId(Sample.Number(200 + round.Answers.Count)), Person(number), AnswerKind.Approve, "", Hash, Assurance.LinkAndCode, Sample.Number(2_000 + round.Answers.Count), Sample.At);

    private static DoubtVotes Votes(params (int Seat, bool IsInhabil)[] votes) => new(votes.ToDictionary(vote => Seat(vote.Seat), vote => vote.IsInhabil), null, "");

    private static DoubtVotes Votes(int chair, params (int Seat, bool IsInhabil)[] votes) => Votes(votes) with { Chair = Seat(chair) };

    // Leader, deputy leader and three members of two groups, and two deputies of group A in order, one of each other.
    private static Round Open(Regime regime, Mode mode, bool mayChange = true, TieRule tie = TieRule.Falls, Majority majority = Majority.Simple, bool deputies = true)
    {
        var body = new Body(new BodyId(Sample.Number(80)), Sample.Programme, null, "deciding-body", "Styringsgruppa", regime, Mandate.Default with { Tie = tie, Majority = majority }, mode, true, "");
        (SeatRole Role, int? Order, string? Group)[] seats =
        [
            (SeatRole.Leader, null, "C"), (SeatRole.DeputyLeader, null, "C"), (SeatRole.Member, null, "B"), (SeatRole.Member, null, "A"), (SeatRole.Member, null, "A"),
            (SeatRole.Deputy, 2, "B"), (SeatRole.Deputy, 1, "A"), (SeatRole.Deputy, 2, "A"),
            (SeatRole.Deputy, 1, "C"),
        ];
        foreach (var (seat, number) in seats.Select((seat, index) => (seat, index + 1)).Where(one => deputies || one.seat.Role != SeatRole.Deputy))
        {
            body.Add(Seat(number), seat.Role, Person(number), seat.Order, seat.Group, null, new LocalDate(2024, 1, 1), null);
        }

        return Round.Open(new RoundId(Sample.Number(90)), body, body.Seats, DocumentKind.Handlingsplan, Sample.Number(5), 1, Hash, [], mayChange, null, Sample.At);
    }

    private static PersonId Person(int number) => new(Sample.Number(100 + number));

    private static SeatId Seat(int number) => new(Sample.Number(400 + number));
}
