using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;

namespace Tilskudd.Tests.Cycle.Approval;

/// <summary>
/// A finding of inhabil is about the case and not about a version of it (forvaltningsloven § 6): a new version's round begins with it, the deputy in
/// the member's place, and it stands until it is decided anew.
/// </summary>
public sealed class FindingTests
{
    private const string Hash = "hash";

    private static readonly DateTimeOffset Later = Sample.At.AddDays(9);
    private static readonly PersonId Secretary = Person(90);

    [Fact]
    public void Who_was_found_inhabil_is_out_of_the_next_version_with_the_deputy_in_the_place()
    {
        var second = Next(Found(Open(1), 4));

        var finding = Assert.Single(second.Doubts);
        Assert.Equal((Seat(4), Person(4), true, 1, 1), (finding.SeatId, finding.PersonId, finding.IsInhabil, finding.RaisedInVersion, finding.FoundInVersion));
        Assert.Equal(("Sitter i styret", Sample.At, Sample.At, Secretary), (finding.Reason, finding.RaisedAt, finding.DecidedAt, finding.RegisteredBy));
        Assert.Equal((null, null), (finding.For, finding.DecidedBy));
        Assert.True(second.IsInhabil(Person(4)));
        Assert.Empty(second.Undecided);
        Assert.Equal([new StepIn($"{Seat(4)}", $"{Seat(7)}")], second.Count().StepsIn);
        Assert.Equal([1, 2, 3, 5, 7], second.Missing.Select(seat => seat.Number));
        Assert.Equal(3, second.Count().Quorum);
        Assert.Equal(new RoundRefusal.NotEntitled(), TryAnswer(second, 4));
        Assert.Null(TryAnswer(second, 7));
        Assert.Equal(1, second.FoundInhabilIn(Person(4)));
    }

    [Fact]
    public void It_is_told_of_the_version_it_was_found_in_however_many_come_after()
    {
        var first = Found(Open(1), 4);
        var second = Next(first);
        var third = Open(3);

        third.TakeOver([first, second], []);

        Assert.Equal(1, Assert.Single(third.Doubts).FoundInVersion);
        Assert.True(third.IsInhabil(Person(4)));
        Assert.Empty(third.TakeOver([first, second], []));
    }

    [Fact]
    public void A_round_begins_without_a_quorum_where_too_many_are_out_of_the_case()
    {
        var first = Open(1, deputies: false);
        Assert.All(new[] { 3, 4, 5 }, number => Raise(first, number));
        Assert.All(new[] { 3, 4, 5 }, number => Assert.Null(first.Decide(Seat(number), new DoubtTally(true, 3, 0, ""), Secretary, Sample.At)));
        first.Withdraw(Later);
        var second = Open(2, deputies: false);

        second.TakeOver([first], []);

        Assert.Equal((3, 2), (second.Count().Quorum, second.Entitled.Count));
        Assert.False(second.Feasibility().CanApprove);
    }

    [Fact]
    public void What_was_not_decided_is_not_decided_in_the_next_version_either_and_the_round_waits_for_it()
    {
        var first = Open(1);
        Raise(first, 4);
        first.Withdraw(Later);
        var second = Next(first);
        Assert.All(new[] { 1, 2, 3, 5 }, number => Assert.Null(TryAnswer(second, number)));

        var doubt = Assert.Single(second.Undecided);
        Assert.Equal((1, null, false), (doubt.RaisedInVersion, doubt.FoundInVersion, second.IsInhabil(Person(4))));
        Assert.Equal(new RoundRefusal.NotEntitled(), TryAnswer(second, 4));
        Assert.Equal(new RoundRefusal.NotEntitled(), second.RaiseDoubt(Person(4), "", Sample.Number(301), Later));
        Assert.False(second.CloseIfDecided(Later));
        Assert.Equal(new RoundRefusal.DoubtUndecided(), second.Close(Later));

        Assert.Null(second.Decide(Seat(4), new DoubtTally(true, 4, 0, ""), Secretary, Later));
        Assert.Equal((true, 4, null), (doubt.IsInhabil, doubt.For, doubt.FoundInVersion));
        var third = Open(3);
        third.TakeOver([first, second], []);
        Assert.Equal((1, 2), (Assert.Single(third.Doubts).RaisedInVersion, third.Doubts[0].FoundInVersion));
    }

    [Fact]
    public void Who_was_found_habil_answers_and_has_no_say_about_another_in_the_same_case()
    {
        var first = Open(1);
        Raise(first, 3);
        Raise(first, 4);
        Assert.Null(first.Decide(Seat(3), new DoubtTally(false, 0, 3, ""), Secretary, Sample.At));
        first.Withdraw(Later);

        var second = Next(first);

        Assert.Equal(new DoubtRefusal.TakesNoPart($"{Seat(3)}"), second.Decide(Seat(4), Votes((1, true), (2, true), (5, true), (3, true)), Secretary, Later));
        Assert.Null(second.Decide(Seat(4), Votes((1, true), (2, true), (5, true)), Secretary, Later));
        Assert.Null(TryAnswer(second, 3));
    }

    [Fact]
    public void Taken_up_anew_it_stands_and_the_deputy_answers_until_the_member_is_found_habil()
    {
        var second = Next(Found(Open(1), 4));
        Assert.All(new[] { 1, 2, 3, 5, 7 }, number => Assert.Null(TryAnswer(second, number)));

        Assert.Null(second.TakeUpAnew(Seat(4), Secretary, Later));

        var doubt = Assert.Single(second.Undecided);
        Assert.Equal((Secretary, "Sitter i styret", Later, null), (doubt.TakenUpBy, doubt.Reason, doubt.RaisedAt, doubt.RaisedInVersion));
        Assert.Equal(5, second.Count().For);
        Assert.Equal((5, 5), second.Turnout);
        Assert.False(second.CloseIfDecided(Later));
        Assert.Null(second.StandingFinding(Seat(4)));
        Assert.Equal([1, 2, 3, 5, 7], second.VotersOnDoubt.Select(seat => seat.Number));

        Assert.Null(second.Decide(Seat(4), Votes((1, false), (2, false), (3, false)), Secretary, Later));

        Assert.Equal((false, 4), (second.IsInhabil(Person(4)), second.Count().For));
        Assert.Empty(second.Count().StepsIn);
        Assert.DoesNotContain(second.Standing, answer => answer.PersonId == Person(7));
        Assert.Equal([4], second.Missing.Select(seat => seat.Number));
        Assert.Equal(new RoundRefusal.NotEntitled(), TryAnswer(second, 7));
        Assert.Null(TryAnswer(second, 4));
        Assert.True(second.CloseIfDecided(Later));
        Assert.Equal((CountOutcome.Approved, 5), (second.Outcome, second.Count().For));
    }

    [Fact]
    public void Found_inhabil_again_the_member_is_out_for_good_in_this_version()
    {
        var second = Next(Found(Open(1), 4));
        Assert.Null(second.TakeUpAnew(Seat(4), Secretary, Later));

        Assert.Null(second.Decide(Seat(4), new DoubtTally(true, 3, 1, ""), Secretary, Later));

        Assert.True(second.IsInhabil(Person(4)));
        Assert.Equal([new StepIn($"{Seat(4)}", $"{Seat(7)}")], second.Count().StepsIn);
        Assert.Equal(new DoubtRefusal.NothingToTakeUp(), second.TakeUpAnew(Seat(4), Secretary, Later));
        Assert.Null(second.FoundInhabilIn(Person(4)));
    }

    [Fact]
    public void Where_the_others_are_too_few_the_member_takes_part_when_it_is_taken_up_anew()
    {
        var first = Open(1, deputies: false);
        Assert.All(new[] { 3, 4, 5 }, number => Raise(first, number));
        Assert.All(new[] { 3, 4, 5 }, number => Assert.Null(first.Decide(Seat(number), new DoubtTally(true, 3, 0, ""), Secretary, Sample.At)));
        first.Withdraw(Later);
        var second = Open(2, deputies: false);
        second.TakeOver([first], []);
        Assert.Null(second.TakeUpAnew(Seat(4), Secretary, Later));

        Assert.Equal([4], second.InDoubt.Select(seat => seat.Number));
        Assert.Null(second.Decide(Seat(4), Votes((1, false), (2, false), (4, false)), Secretary, Later));

        Assert.True(second.Doubts[^1].AllTookPart);
        Assert.Equal([1, 2, 4], second.Entitled.Select(seat => seat.Number));
    }

    [Fact]
    public void Only_what_an_earlier_version_found_is_taken_up_and_never_by_the_member()
    {
        var first = Open(1);
        Found(first, 4, withdraw: false);
        Assert.Equal(new DoubtRefusal.NothingToTakeUp(), first.TakeUpAnew(Seat(4), Secretary, Later));
        first.Withdraw(Later);
        var second = Next(first);

        Assert.Equal(new DoubtRefusal.NothingToTakeUp(), second.TakeUpAnew(Seat(5), Secretary, Later));
        Assert.Equal(new DoubtRefusal.OwnDoubt(), second.TakeUpAnew(Seat(4), Person(4), Later));
        Assert.Null(second.TakeUpAnew(Seat(4), Secretary, Later));
        Assert.Equal(new DoubtRefusal.NothingToTakeUp(), second.TakeUpAnew(Seat(4), Secretary, Later));
        second.Withdraw(Later);
        Assert.Equal(new RoundRefusal.IsClosed(Later), second.TakeUpAnew(Seat(4), Secretary, Later));
        Assert.Equal(2, second.Doubts.Count);
    }

    [Fact]
    public void Taken_up_and_not_decided_when_a_new_version_comes_both_the_finding_and_the_question_follow()
    {
        var first = Found(Open(1), 4);
        var second = Next(first);
        Assert.Null(second.TakeUpAnew(Seat(4), Secretary, Later));
        second.Withdraw(Later);
        var third = Open(3);

        third.TakeOver([first, second], []);

        Assert.Equal([(1, null), (null, (PersonId?)Secretary)], third.Doubts.Select(doubt => (doubt.FoundInVersion, doubt.TakenUpBy)));
        Assert.Equal(2, Assert.Single(third.Undecided).RaisedInVersion);
        Assert.True(third.IsInhabil(Person(4)));
        Assert.Null(third.Decide(Seat(4), new DoubtTally(false, 0, 4, ""), Secretary, Later));
        Assert.False(third.IsInhabil(Person(4)));
    }

    [Fact]
    public void It_follows_the_person_to_another_seat_and_nobody_who_has_none()
    {
        var first = Found(Open(1), 4);
        var moved = Open(2, place: number => number == 4 ? 14 : number);
        var gone = Open(2, person: number => number == 4 ? 44 : number);
        var back = Open(3);

        moved.TakeOver([first], []);
        gone.TakeOver([first], []);
        back.TakeOver([first, gone], []);

        Assert.Equal(Seat(14), Assert.Single(moved.Doubts).SeatId);
        Assert.True(moved.IsInhabil(Person(4)));
        Assert.Empty(gone.Doubts);
        Assert.Null(TryAnswer(gone, 44));
        Assert.True(back.IsInhabil(Person(4)));
    }

    [Fact]
    public void Who_was_inhabil_in_the_place_of_a_member_on_leave_is_not_let_in_again()
    {
        var first = Open(1, Regime.Mandat);
        Assert.True(first.StandIn(Seat(5), Person(60), new LocalDate(2024, 12, 31)));
        Assert.Null(first.RaiseDoubt(Person(60), "", Sample.Number(300), Sample.At));
        Assert.Null(first.Decide(Seat(5), new DoubtTally(true, 4, 0, ""), Secretary, Sample.At));
        first.Withdraw(Later);

        var second = Next(first);

        Assert.False(second.StandIn(Seat(5), Person(60), new LocalDate(2024, 12, 31)));
        Assert.False(second.IsInhabil(Person(5)));
        Assert.Null(TryAnswer(second, 5));
        Assert.Equal(new DoubtRefusal.NothingToTakeUp(), second.TakeUpAnew(Seat(5), Secretary, Later));
    }

    [Fact]
    public void Who_stood_in_and_is_in_doubt_is_so_in_the_next_version_when_the_place_is_handed_over_again()
    {
        var first = Open(1, Regime.Mandat);
        Assert.True(first.StandIn(Seat(5), Person(60), new LocalDate(2024, 12, 31)));
        Assert.Null(first.RaiseDoubt(Person(60), "", Sample.Number(300), Sample.At));
        first.Withdraw(Later);
        var second = Next(first);
        Assert.Empty(second.Doubts);

        Assert.True(second.StandIn(Seat(5), Person(60), new LocalDate(2024, 12, 31)));
        second.TakeOver([first], []);

        Assert.True(second.IsInDoubt(Person(60)));
        Assert.Equal(Seat(5), Assert.Single(second.Undecided).SeatId);
    }

    [Fact]
    public void What_a_meeting_found_follows_too()
    {
        var first = Open(1, Regime.Kommuneloven);
        Raise(first, 3);
        Assert.Null(first.Decide(Seat(3), new DoubtTally(false, 0, 4, ""), Secretary, Sample.At));
        Assert.Null(first.LeaveToMeeting(Sample.At));
        var second = Open(2, Regime.Kommuneloven);

        second.TakeOver([first], [new MeetingFinding(first.Id, Person(4), Later), new MeetingFinding(first.Id, Person(3), Later)]);

        Assert.Equal([(Person(3), true, Later, 1), (Person(4), true, Later, 1)], second.Doubts.OrderBy(doubt => doubt.SeatId.Value).Select(doubt => (doubt.PersonId, doubt.IsInhabil!.Value, doubt.DecidedAt!.Value, doubt.FoundInVersion!.Value)));
        Assert.True(second.IsInhabil(Person(3)) && second.IsInhabil(Person(4)));
    }

    private static Round Found(Round round, int number, bool withdraw = true)
    {
        Raise(round, number);
        Assert.Null(round.Decide(Seat(number), Votes((1, true), (2, true), (3, true)), Secretary, Sample.At));
        if (withdraw)
        {
            round.Withdraw(Later);
        }

        return round;
    }

    private static Round Next(Round first)
    {
        var second = Open(first.Version + 1, first.Regime);
        second.TakeOver([first], []);
        return second;
    }

    private static void Raise(Round round, int number) => Assert.Null(round.RaiseDoubt(Person(number), "Sitter i styret", Sample.Number(300), Sample.At));

    private static Refusal? TryAnswer(Round round, int number) => round.Answer(
        new RoundAnswerId(Sample.Number(200 + round.Answers.Count)), Person(number), AnswerKind.Approve, "", Hash, Assurance.LinkAndCode, Sample.Number(2_000 + round.Answers.Count), Sample.At);

    private static DoubtVotes Votes(params (int Seat, bool IsInhabil)[] votes) => new(votes.ToDictionary(vote => Seat(vote.Seat), vote => vote.IsInhabil), null, "");

    // Leader, deputy leader and three members of two groups; deputies of group A in order, and one of each other.
    private static Round Open(int version, Regime regime = Regime.Mandat, bool deputies = true, Func<int, int>? place = null, Func<int, int>? person = null)
    {
        var mode = regime == Regime.Kommuneloven ? Mode.Meeting : Mode.Written;
        var body = new Body(new BodyId(Sample.Number(80)), Sample.Programme, null, "deciding-body", "Styringsgruppa", regime, Mandate.Default with { Written = WrittenRule.Majority }, mode, true, "");
        (SeatRole Role, int? Order, string? Group)[] seats =
        [
            (SeatRole.Leader, null, "C"), (SeatRole.DeputyLeader, null, "C"), (SeatRole.Member, null, "B"), (SeatRole.Member, null, "A"), (SeatRole.Member, null, "A"),
            (SeatRole.Deputy, 2, "B"), (SeatRole.Deputy, 1, "A"), (SeatRole.Deputy, 2, "A"), (SeatRole.Deputy, 1, "C"),
        ];
        foreach (var (seat, number) in seats.Select((seat, index) => (seat, index + 1)).Where(one => deputies || one.seat.Role != SeatRole.Deputy))
        {
            body.Add(Seat(place?.Invoke(number) ?? number), seat.Role, Person(person?.Invoke(number) ?? number), seat.Order, seat.Group, null, new LocalDate(2024, 1, 1), null);
        }

        return Round.Open(new RoundId(Sample.Number(90 + version)), body, body.Seats, DocumentKind.Handlingsplan, Sample.Number(5), version, Hash, [], true, null, Sample.At);
    }

    private static PersonId Person(int number) => new(Sample.Number(100 + number));

    private static SeatId Seat(int number) => new(Sample.Number(400 + number));
}
