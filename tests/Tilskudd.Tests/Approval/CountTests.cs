using Tilskudd.Cycle.Approval;
using static Tilskudd.Tests.Approval.GivenABallot;

namespace Tilskudd.Tests.Approval;

public sealed class CountTests
{
    private static readonly Mandate Free = Mandate.Default with { MayAbstain = true };

    // Rule 4 and kommuneloven § 11-9: at least half of the members.
    [Theory]
    [InlineData(12, "++++++......", CountOutcome.Approved, 6)]
    [InlineData(12, "+++++.......", CountOutcome.NotQuorate, 6)]
    [InlineData(11, "+++++......", CountOutcome.NotQuorate, 6)]
    [InlineData(11, "++++++.....", CountOutcome.Approved, 6)]
    [InlineData(9, "+++++....", CountOutcome.Approved, 5)]
    [InlineData(9, "++++.....", CountOutcome.NotQuorate, 5)]
    [InlineData(1, "+", CountOutcome.Approved, 1)]
    [InlineData(1, ".", CountOutcome.NotQuorate, 1)]
    [InlineData(2, "+.", CountOutcome.Approved, 1)]
    public void Half_of_the_body_must_have_voted(int size, string answers, CountOutcome outcome, int quorum)
    {
        var ballot = Of(size).Answered(answers).Closed();

        var result = Count.Of(ballot);

        Assert.Equal((outcome, true, quorum), (result.Outcome, result.IsFinal, result.Quorum));
        Assert.Equal(answers.Count(sign => sign != '.'), result.Present);
    }

    // Rule 6 and kommuneloven § 11-9: simple majority, and the leader's vote on a tie.
    [Theory]
    [InlineData("+++++--", CountOutcome.Approved, false)]
    [InlineData("---++++", CountOutcome.Approved, false)]
    [InlineData("++-----", CountOutcome.Returned, false)]
    [InlineData("-------", CountOutcome.Returned, false)]
    [InlineData("r+r+-", CountOutcome.Approved, false)]
    [InlineData("+-", CountOutcome.Approved, true)]
    [InlineData("-+", CountOutcome.Returned, true)]
    [InlineData("r--+", CountOutcome.Approved, true)]
    [InlineData("-++-", CountOutcome.Returned, true)]
    public void The_majority_of_the_votes_decides_and_the_leader_on_a_tie(string answers, CountOutcome outcome, bool casting)
    {
        var ballot = Of(answers.Length).Answered(answers);

        var result = Count.Of(ballot);

        Assert.Equal((outcome, true, casting), (result.Outcome, result.IsFinal, result.CastingVote));
        Assert.Empty(result.WaitingFor);
    }

    [Fact]
    public void A_tie_with_the_leader_absent_is_decided_by_the_deputy_leader()
    {
        var ballot = (Of(5) with { Absent = ["p1"] }).Answered(".-+-+");

        var result = Count.Of(ballot);

        Assert.Equal((CountOutcome.Returned, true, true), (result.Outcome, result.IsFinal, result.CastingVote));
    }

    [Fact]
    public void A_tie_is_decided_by_the_chair_before_the_leader()
    {
        var ballot = (Of(4) with { Chair = "s3" }).Answered("--++");

        var result = Count.Of(ballot);

        Assert.Equal((CountOutcome.Approved, true), (result.Outcome, result.CastingVote));
    }

    [Fact]
    public void A_deputy_who_stepped_in_may_chair_and_cast()
    {
        var ballot = (Of(4).With(Deputy("d1")) with { Absent = ["p1"], Chair = "d1" }).Answered(".-+-+");

        var result = Count.Of(ballot);

        Assert.Equal((CountOutcome.Approved, true), (result.Outcome, result.CastingVote));
        Assert.Equal([new StepIn("s1", "d1")], result.StepsIn);
    }

    [Fact]
    public void The_leaders_power_does_not_pass_to_the_deputy_who_steps_in()
    {
        var ballot = (Of(4).With(Deputy("d1")) with { Absent = ["p1", "p2"] }).Answered("..+-+");

        var tie = Count.Of(ballot with { Seats = [.. ballot.Seats, Deputy("d2")], Answers = [.. ballot.Answers, new("d2", AnswerKind.SendBack)] });

        Assert.Equal((CountOutcome.Undecided, false, false), (tie.Outcome, tie.IsFinal, tie.CastingVote));
        Assert.Empty(tie.WaitingFor);
        Assert.False(tie.CanStillApprove);
    }

    [Fact]
    public void A_closed_tie_waits_for_the_leaders_vote_alone()
    {
        var ballot = Of(6).Answered(".+-+-.").Closed();

        var result = Count.Of(ballot);

        Assert.Equal((CountOutcome.Undecided, false), (result.Outcome, result.IsFinal));
        Assert.Equal(["s1"], result.WaitingFor);
        Assert.True(result.CanStillApprove);
    }

    [Fact]
    public void A_tie_where_the_leader_abstained_waits_for_nobody_and_cannot_be_approved()
    {
        var ballot = Of(5).Under(Free with { Tie = TieRule.Leader }).Answered("0+-+-");

        var result = Count.Of(ballot);

        Assert.Equal((CountOutcome.Undecided, false, 1), (result.Outcome, result.IsFinal, result.Abstained));
        Assert.Empty(result.WaitingFor);
        Assert.False(result.CanStillApprove);
    }

    [Fact]
    public void A_chair_who_abstained_does_not_hand_the_casting_vote_on()
    {
        var ballot = (Of(5).Under(Free with { Tie = TieRule.Leader }) with { Chair = "s3" }).Answered("+-0+-");

        var result = Count.Of(ballot);

        Assert.Equal((CountOutcome.Undecided, false, false), (result.Outcome, result.IsFinal, result.CastingVote));
    }

    [Fact]
    public void A_tie_falls_where_the_mandate_says_so()
    {
        var ballot = Of(4).Under(Mandate.Default).Answered("+-+-");

        var result = Count.Of(ballot);

        Assert.Equal((CountOutcome.Returned, true, false), (result.Outcome, result.IsFinal, result.CastingVote));
    }

    [Theory]
    [InlineData(Majority.TwoThirds, "++++--", CountOutcome.Approved)]
    [InlineData(Majority.TwoThirds, "+++---", CountOutcome.Returned)]
    [InlineData(Majority.TwoThirds, "+++++---", CountOutcome.Returned)]
    [InlineData(Majority.TwoThirds, "++-0", CountOutcome.Approved)]
    [InlineData(Majority.ThreeQuarters, "+++-", CountOutcome.Approved)]
    [InlineData(Majority.ThreeQuarters, "++++++--", CountOutcome.Approved)]
    [InlineData(Majority.ThreeQuarters, "+++++--", CountOutcome.Returned)]
    [InlineData(Majority.ThreeQuarters, "++-", CountOutcome.Returned)]
    [InlineData(Majority.All, "++++", CountOutcome.Approved)]
    [InlineData(Majority.All, "++0r", CountOutcome.Approved)]
    [InlineData(Majority.All, "+++++++-", CountOutcome.Returned)]
    [InlineData(Majority.All, "0000", CountOutcome.Returned)]
    [InlineData(Majority.Simple, "+000", CountOutcome.Approved)]
    [InlineData(Majority.Simple, "0000", CountOutcome.Returned)]
    [InlineData(Majority.TwoThirds, "000", CountOutcome.Returned)]
    public void A_mandate_sets_the_share_of_the_votes_that_must_be_for(Majority majority, string answers, CountOutcome outcome)
    {
        var ballot = Of(answers.Length).Under(Free with { Majority = majority }).Answered(answers);

        var result = Count.Of(ballot);

        Assert.Equal((outcome, true), (result.Outcome, result.IsFinal));
    }

    [Theory]
    [InlineData(2, 3, 9, 6)]
    [InlineData(2, 3, 10, 7)]
    [InlineData(1, 1, 7, 7)]
    [InlineData(1, 1000000, 60, 1)]
    [InlineData(1, 3, 9, 3)]
    [InlineData(long.MaxValue, long.MaxValue, 60, 60)]
    [InlineData((long.MaxValue / 2) + 1, long.MaxValue, 12, 7)]
    public void A_mandate_sets_the_quorum_rounded_up_and_exactly(long part, long whole, int size, int quorum)
    {
        var mandate = Mandate.Default with { QuorumNumerator = part, QuorumDenominator = whole };

        var result = Count.Of(Of(size).Under(mandate));

        Assert.Equal(quorum, result.Quorum);
    }

    // Rules 1 and 2: size, those who are out, deputies.
    [Fact]
    public void Vacant_seats_count_in_the_size_and_answer_nothing()
    {
        var ballot = Of(5).Vacant("s5").Answered("++...");

        var result = Count.Of(ballot);

        Assert.Equal((5, 3), (result.Size, result.Quorum));
        Assert.Equal(["s3", "s4"], result.WaitingFor);
    }

    [Fact]
    public void Deputies_and_observers_do_not_count_in_the_size()
    {
        var ballot = Of(3).With(Deputy("d1"), Seat("o1", SeatRole.Observer, "p9"));

        var result = Count.Of(ballot);

        Assert.Equal(3, result.Size);
        Assert.Equal(["s1", "s2", "s3"], result.WaitingFor);
    }

    [Fact]
    public void A_deputy_steps_in_for_a_seat_of_the_same_group()
    {
        var ballot = Of(4, "ABAB").With(Deputy("d1", "A"), Deputy("d2", "B")) with { Inhabil = ["p4"], Absent = ["p3"] };

        var result = Count.Of(ballot);

        Assert.Equal([new StepIn("s3", "d1"), new StepIn("s4", "d2")], result.StepsIn);
        Assert.Equal(["s1", "s2", "d1", "d2"], result.WaitingFor);
    }

    [Theory]
    [InlineData(null, "A")]
    [InlineData("A", null)]
    [InlineData("A", "B")]
    public void No_deputy_of_another_group_steps_in(string? seatGroup, string? deputyGroup)
    {
        var ballot = Of(3, seatGroup is null ? "" : "AAA").With(Deputy("d1", deputyGroup)) with { Absent = ["p3"] };

        Assert.Empty(Count.Of(ballot).StepsIn);
    }

    [Fact]
    public void Deputies_step_in_by_order_then_as_listed_with_no_order_last()
    {
        var ballot = Of(5).With(Deputy("none"), Deputy("second", order: 2), Deputy("first", order: 1), Deputy("alsoSecond", order: 2))
            with { Absent = ["p2", "p3", "p4", "p5"] };

        var steps = Count.Of(ballot).StepsIn;

        Assert.Equal(["first", "second", "alsoSecond", "none"], steps.Select(step => step.Seat));
    }

    [Fact]
    public void A_personal_deputy_comes_before_the_line_and_only_for_its_own_seat()
    {
        var ballot = Of(4).With(Deputy("line", order: 1), Deputy("own", order: 9, @for: "s4")) with { Absent = ["p3", "p4"] };

        Assert.Equal([new StepIn("s3", "line"), new StepIn("s4", "own")], Count.Of(ballot).StepsIn);
    }

    [Fact]
    public void A_deputy_who_is_out_or_already_sits_does_not_step_in()
    {
        var ballot = Of(4).With(
            Seat("d1", SeatRole.Deputy, "p2"),
            Seat("d2", SeatRole.Deputy, "drafter"),
            Seat("d3", SeatRole.Deputy, null) with { IsVacant = true },
            Seat("d4", SeatRole.Deputy, "x"),
            Seat("d5", SeatRole.Deputy, "x")) with
        {
            Absent = ["p3", "p4"],
            Drafters = ["drafter"],
        };

        Assert.Equal([new StepIn("s3", "d4")], Count.Of(ballot).StepsIn);
    }

    [Fact]
    public void Whoever_drafted_the_plan_does_not_decide_it_in_any_seat()
    {
        var ballot = Of(4).With(Seat("s5", SeatRole.Member, "p3"), Seat("d1", SeatRole.Deputy, "p3")) with { Drafters = ["p3"] };

        var result = Count.Of(ballot);

        Assert.Equal(["s1", "s2", "s4"], result.WaitingFor);
        Assert.Equal(5, result.Size);
    }

    [Fact]
    public void Strømsøs_group_approves_with_a_deputy_for_the_one_who_is_inhabil()
    {
        var ballot = Of(9, "AABBABABC").With(Deputy("d1", "C"), Deputy("d2", "B", 1)) with { Inhabil = ["p4"] };

        var result = Count.Of(ballot.Answered("+++.+-+-..+"));

        Assert.Equal((CountOutcome.Undecided, 8, 6, 2), (result.Outcome, result.Present, result.For, result.Against));
        Assert.Equal(["s9"], result.WaitingFor);
        Assert.Equal([new StepIn("s4", "d2")], result.StepsIn);
    }

    // Rule 3.
    [Theory]
    [InlineData(nameof(CountFaultKind.AnswerFromUnknownSeat), "s9")]
    [InlineData(nameof(CountFaultKind.AnswerFromObserver), "o1")]
    [InlineData(nameof(CountFaultKind.AnswerFromSeatThatIsOut), "s4")]
    [InlineData(nameof(CountFaultKind.AnswerFromSeatThatIsOut), "d2")]
    [InlineData(nameof(CountFaultKind.AnswerFromDeputyNotSteppedIn), "d3")]
    public void An_answer_from_one_who_takes_no_part_is_refused_and_not_counted(string kind, string seat)
    {
        var ballot = Of(4).With(Deputy("d1"), Deputy("d2"), Deputy("d3"), Seat("o1", SeatRole.Observer, "p8"))
            with { Absent = ["p4", "p-d2"] };

        var refused = ballot with { Answers = [new("s1", AnswerKind.Approve), new(seat, AnswerKind.SendBack)] };
        var result = Count.Of(refused);

        Assert.Equal([new CountFault(Enum.Parse<CountFaultKind>(kind), seat)], Count.FaultsOf(refused));
        Assert.Equal((CountOutcome.Refused, true, 1, 1, 0), (result.Outcome, result.IsFinal, result.Present, result.For, result.Against));
        Assert.Empty(result.WaitingFor);
        Assert.False(result.CanStillApprove);
    }

    [Fact]
    public void Two_answers_from_one_seat_are_refused_and_neither_is_counted()
    {
        var ballot = Of(3).Answered("++-");

        var twice = ballot with { Answers = [.. ballot.Answers, new("s3", AnswerKind.Approve)] };
        var result = Count.Of(twice);

        Assert.Equal([new CountFault(CountFaultKind.SeveralAnswers, "s3")], Count.FaultsOf(twice));
        Assert.Equal(["Plassen «s3» har svart flere ganger. La ett svar stå."], result.Faults);
        Assert.Equal((2, 2, 0), (result.Present, result.For, result.Against));
    }

    [Fact]
    public void Every_fault_of_the_body_is_listed()
    {
        var ballot = Empty with
        {
            Seats =
            [
                Seat("a", SeatRole.DeputyLeader, "p1"),
                Seat("b", SeatRole.DeputyLeader, "p2"),
                Seat("c", SeatRole.Member, "p2"),
                Seat("c", SeatRole.Member, "p3"),
            ],
            Chair = "z",
            Answers = [new("a", AnswerKind.Abstain), new("b", AnswerKind.ObjectToWritten)],
        };

        var faults = Count.FaultsOf(ballot);

        Assert.Equal(
            [
                new(CountFaultKind.DuplicateSeat, "c"),
                new(CountFaultKind.NoLeader, ""),
                new(CountFaultKind.SeveralDeputyLeaders, ""),
                new(CountFaultKind.PersonInSeveralSeats, "p2"),
                new(CountFaultKind.ChairNotEntitled, "z"),
                new(CountFaultKind.AbstentionNotAllowed, "a"),
                new(CountFaultKind.ObjectionNotAllowed, "b"),
            ],
            faults);
    }

    [Fact]
    public void Two_leaders_and_an_empty_body_are_refused()
    {
        var two = Of(2).With(Seat("s3", SeatRole.Leader, "p3"));

        Assert.Equal([CountFaultKind.SeveralLeaders], Count.FaultsOf(two).Select(fault => fault.Kind));
        Assert.Equal([CountFaultKind.NoLeader], Count.FaultsOf(Empty).Select(fault => fault.Kind));
    }

    [Fact]
    public void A_person_with_two_seats_is_no_fault_while_one_of_them_is_vacant_or_a_deputys()
    {
        var ballot = Of(3).With(Seat("s4", SeatRole.Member, "p3") with { IsVacant = true }, Seat("d1", SeatRole.Deputy, "p2"));

        Assert.Empty(Count.FaultsOf(ballot));
    }

    [Theory]
    [InlineData("s4")]
    [InlineData("d1")]
    [InlineData("o1")]
    public void Only_one_who_takes_part_can_chair(string chair)
    {
        var ballot = Of(4).With(Deputy("d1", "X"), Seat("o1", SeatRole.Observer, "p8")) with { Inhabil = ["p4"], Chair = chair };

        Assert.Equal([new CountFault(CountFaultKind.ChairNotEntitled, chair)], Count.FaultsOf(ballot));
    }

    [Fact]
    public void Kommuneloven_knows_a_duty_to_vote_whatever_the_mandate_says()
    {
        var ballot = Of(3).Answered("++0") with { Mandate = Free };

        Assert.Equal([new CountFault(CountFaultKind.AbstentionNotAllowed, "s3")], Count.FaultsOf(ballot));
    }

    // Rule 6, before the end.
    [Theory]
    [InlineData("+++......", true)]
    [InlineData("---......", true)]
    [InlineData("-----....", false)]
    [InlineData("----.....", true)]
    public void Until_all_have_answered_nothing_is_decided(string answers, bool canStillApprove)
    {
        var result = Count.Of(Of(9).Answered(answers));

        Assert.Equal((CountOutcome.Undecided, false, canStillApprove), (result.Outcome, result.IsFinal, result.CanStillApprove));
        Assert.Equal(answers.Count(sign => sign == '.'), result.WaitingFor.Count);
    }

    [Fact]
    public void The_leaders_vote_is_what_keeps_a_coming_tie_open()
    {
        var leaderAgainst = Count.Of(Of(4).Answered("--.."));
        var leaderToVote = Count.Of(Of(4).Answered(".--."));

        Assert.False(leaderAgainst.CanStillApprove);
        Assert.True(leaderToVote.CanStillApprove);
    }

    [Fact]
    public void A_quorum_that_cannot_be_reached_cannot_become_an_approval()
    {
        var ballot = Of(5) with { Inhabil = ["p3", "p4", "p5"] };

        var result = Count.Of(ballot);

        Assert.Equal((CountOutcome.Undecided, false), (result.Outcome, result.CanStillApprove));
    }

    [Fact]
    public void A_body_where_all_are_out_is_not_quorate()
    {
        var ballot = Of(2) with { Absent = ["p1", "p2"] };

        Assert.Equal((CountOutcome.NotQuorate, true), (Count.Of(ballot).Outcome, Count.Of(ballot).IsFinal));
        Assert.Equal(CountOutcome.ToMeeting, Count.Of(ballot.InWriting()).Outcome);
    }

    // Rule 7 and kommuneloven § 11-8.
    [Theory]
    [InlineData("+++++", CountOutcome.Approved, true, true)]
    [InlineData("++r++", CountOutcome.Approved, true, true)]
    [InlineData("++++.", CountOutcome.Undecided, false, true)]
    [InlineData("++++-", CountOutcome.ToMeeting, true, false)]
    [InlineData("-....", CountOutcome.ToMeeting, true, false)]
    [InlineData("!....", CountOutcome.ToMeeting, true, false)]
    [InlineData("++++!", CountOutcome.ToMeeting, true, false)]
    public void In_writing_only_what_all_agree_to_is_decided(string answers, CountOutcome outcome, bool final, bool canStillApprove)
    {
        var result = Count.Of(Of(5).InWriting().Answered(answers));

        Assert.Equal((outcome, final, canStillApprove), (result.Outcome, result.IsFinal, result.CanStillApprove));
    }

    [Fact]
    public void Written_handling_closed_before_all_approved_goes_to_a_meeting()
    {
        Assert.Equal(CountOutcome.ToMeeting, Count.Of(Of(5).InWriting().Answered("++++.").Closed()).Outcome);
    }

    [Fact]
    public void In_writing_all_who_are_left_may_be_too_few()
    {
        var ballot = (Of(5).InWriting() with { Inhabil = ["p3", "p4", "p5"] }).Answered("++...");

        Assert.Equal((CountOutcome.ToMeeting, 2, 3), (Count.Of(ballot).Outcome, Count.Of(ballot).Present, Count.Of(ballot).Quorum));
    }

    [Fact]
    public void In_writing_an_abstention_breaks_unanimity_when_the_last_has_answered()
    {
        var ballot = Of(3).Under(Free).InWriting();

        var waiting = Count.Of(ballot.Answered("+0."));
        var done = Count.Of(ballot.Answered("+0+"));

        Assert.Equal((CountOutcome.Undecided, false), (waiting.Outcome, waiting.CanStillApprove));
        Assert.Equal(CountOutcome.ToMeeting, done.Outcome);
    }

    [Theory]
    [InlineData("++-", CountOutcome.Approved)]
    [InlineData("+--", CountOutcome.Returned)]
    [InlineData("++!", CountOutcome.ToMeeting)]
    [InlineData("++.", CountOutcome.Undecided)]
    public void A_mandate_may_let_the_majority_decide_in_writing(string answers, CountOutcome outcome)
    {
        var ballot = Of(3).Under(Mandate.Default with { Written = WrittenRule.Majority }).InWriting();

        Assert.Equal(outcome, Count.Of(ballot.Answered(answers)).Outcome);
    }

    [Fact]
    public void A_mandate_may_forbid_written_decisions_but_faults_come_first()
    {
        var ballot = Of(3).Under(Mandate.Default with { Written = WrittenRule.None }).InWriting();

        Assert.Equal((CountOutcome.ToMeeting, true), (Count.Of(ballot).Outcome, Count.Of(ballot).IsFinal));
        Assert.Equal(CountOutcome.Refused, Count.Of(ballot.Answered("0..")).Outcome);
    }

    [Fact]
    public void A_remote_meeting_is_counted_as_a_meeting_and_knows_no_objection()
    {
        var ballot = Of(3) with { Mode = Mode.Remote };

        Assert.Equal(CountOutcome.Approved, Count.Of(ballot.Answered("++-")).Outcome);
        Assert.Equal(CountOutcome.Refused, Count.Of(ballot.Answered("++!")).Outcome);
    }

    // Rule 8.
    [Theory]
    [InlineData("+---", CountOutcome.Approved, true)]
    [InlineData("r...", CountOutcome.Approved, true)]
    [InlineData("-+++", CountOutcome.Returned, true)]
    [InlineData("0+++", CountOutcome.Undecided, false)]
    [InlineData(".+++", CountOutcome.Undecided, false)]
    public void In_line_the_leader_alone_decides(string answers, CountOutcome outcome, bool final)
    {
        var result = Count.Of(Of(4).InLine().Answered(answers));

        Assert.Equal((outcome, final, 1), (result.Outcome, result.IsFinal, result.Quorum));
        Assert.Equal(answers.Count(sign => sign is '+' or 'r'), result.For);
        Assert.Equal(answers[0] == '.' ? ["s1"] : [], result.WaitingFor);
        Assert.Equal(answers[0] == '.' ? 0 : 1, result.Present);
        Assert.False(result.CastingVote);
    }

    [Fact]
    public void In_line_the_deputy_leader_decides_where_the_leader_is_out_and_no_deputy_steps_in()
    {
        var ballot = Of(3).With(Deputy("d1")).InLine() with { Absent = ["p1"] };

        var waiting = Count.Of(ballot);
        var decided = Count.Of(ballot.Answered(".-+"));

        Assert.Equal(["s2"], waiting.WaitingFor);
        Assert.Empty(waiting.StepsIn);
        Assert.Equal((CountOutcome.Returned, 1, 1), (decided.Outcome, decided.For, decided.Against));
        Assert.Equal(CountOutcome.Refused, Count.Of(ballot with { Answers = [new("d1", AnswerKind.Approve)] }).Outcome);
    }

    [Fact]
    public void In_line_nothing_is_decided_by_a_leader_who_abstained_until_it_is_closed()
    {
        var ballot = Of(3).InLine().Answered("0++");

        Assert.False(Count.Of(ballot).CanStillApprove);
        Assert.Equal((CountOutcome.NotQuorate, true), (Count.Of(ballot.Closed()).Outcome, Count.Of(ballot.Closed()).IsFinal));
        Assert.Equal(CountOutcome.NotQuorate, Count.Of(Of(3).InLine() with { Inhabil = ["p1", "p2"] }).Outcome);
    }

    [Fact]
    public void In_line_no_mode_changes_who_decides_and_an_objection_is_a_fault()
    {
        var ballot = Of(3).InLine().InWriting();

        Assert.Equal(CountOutcome.Approved, Count.Of(ballot.Answered("+-.")).Outcome);
        Assert.Equal([CountFaultKind.ObjectionNotAllowed], Count.FaultsOf(ballot.Answered("+!.")).Select(fault => fault.Kind));
    }

    [Fact]
    public void The_reasons_tell_the_arithmetic_in_three_languages()
    {
        var why = Count.Of(Of(9).Answered("+++++--..").Closed()).Why;

        Assert.Equal("Fem av ni stemte for, to mot. Minst fem måtte være til stede; sju var det. Flertallet av stemmene avgjør. Saken er godkjent.", why.Nb);
        Assert.Equal("Fem av ni røysta for, to mot. Minst fem måtte vere til stades; sju var det. Fleirtalet av røystene avgjer. Saka er godkjend.", why.Nn);
        Assert.Equal("Five of nine voted for, two against. At least five had to be present; seven took part. The majority of the votes decides. The matter is approved.", why.En);
    }

    [Fact]
    public void Sixty_seats_are_counted_at_once()
    {
        var ballot = Of(60).Answered(new string('-', 29) + new string('.', 31));

        var result = Count.Of(ballot);

        Assert.True(result.CanStillApprove);
        Assert.Contains("31 plasser", result.Why.Nb, StringComparison.Ordinal);
    }
}
