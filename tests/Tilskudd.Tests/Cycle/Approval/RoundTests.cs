using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;

namespace Tilskudd.Tests.Cycle.Approval;

/// <summary>A body of a leader, two members of A and B, two deputies of A and one of B, and an observer.</summary>
public sealed class RoundTests
{
    private const string Hash = "hash of what is shown";
    private static readonly PersonId _leader = Person(1);
    private static readonly PersonId _anne = Person(2);
    private static readonly PersonId _bjorn = Person(3);
    private static readonly PersonId _firstDeputyA = Person(4);
    private static readonly PersonId _secondDeputyA = Person(5);
    private static readonly PersonId _observer = Person(7);

    [Fact]
    public void An_answer_is_kept_with_what_was_shown_and_how_sure_we_are_of_who_gave_it()
    {
        var round = Open();

        var refusal = round.Answer(new RoundAnswerId(Sample.Number(200)), _anne, AnswerKind.ApproveWithRemark, "Bra\r\nplan", Hash, Assurance.LinkAndCode, Sample.Number(300), Sample.At);

        var answer = Assert.Single(round.Answers);
        Assert.Null(refusal);
        Assert.Equal((1, Seat(2), _anne, AnswerKind.ApproveWithRemark, "Bra\nplan"), (answer.Number, answer.SeatId, answer.PersonId, answer.Kind, answer.Remark));
        Assert.Equal((Hash, Assurance.LinkAndCode, Sample.At), (answer.Hash, answer.Assurance, answer.At));
    }

    [Fact]
    public void A_changed_answer_is_kept_beside_the_first_and_the_last_one_counts()
    {
        var round = Open();
        Answer(round, _anne, AnswerKind.Approve);
        Answer(round, _bjorn, AnswerKind.Approve);

        var refusal = Answer(round, _anne, AnswerKind.SendBack, "Mangler tall");

        Assert.Null(refusal);
        Assert.Equal(3, round.Answers.Count);
        Assert.Equal([(Seat(3), AnswerKind.Approve), (Seat(2), AnswerKind.SendBack)], round.Standing.Select(a => (a.SeatId, a.Kind)));
        Assert.Equal((1, 1, 2), (round.Count().For, round.Count().Against, round.Count().Present));
    }

    [Fact]
    public void Where_answers_may_not_change_the_first_one_stands()
    {
        var round = Open(mayChange: false);
        Answer(round, _anne, AnswerKind.Approve);

        var refusal = Answer(round, _anne, AnswerKind.SendBack, "Angrer");

        Assert.Equal(new RoundRefusal.AlreadyAnswered(AnswerKind.Approve, Sample.At), refusal);
        Assert.Single(round.Answers);
    }

    [Fact]
    public void The_same_form_twice_is_one_answer_also_after_the_round_is_closed()
    {
        var round = Open();
        var form = Sample.Number(300);
        Answer(round, _anne, AnswerKind.Approve, form: form);

        var twice = Answer(round, _anne, AnswerKind.SendBack, "", form: form);
        round.Withdraw(Sample.At);
        var late = Answer(round, _anne, AnswerKind.Approve, form: form);

        Assert.Null(twice);
        Assert.Null(late);
        Assert.Equal(AnswerKind.Approve, Assert.Single(round.Answers).Kind);
    }

    [Fact]
    public void An_answer_to_another_version_is_refused()
    {
        var round = Open();

        var refusal = round.Answer(new RoundAnswerId(Sample.Number(200)), _anne, AnswerKind.Approve, "", "hash of an older one", Assurance.LinkAndCode, Sample.Number(300), Sample.At);

        Assert.Equal(new RoundRefusal.OtherVersion(), refusal);
        Assert.Empty(round.Answers);
    }

    [Fact]
    public void Drafters_observers_waiting_deputies_and_strangers_do_not_answer()
    {
        var round = Open(drafters: [_bjorn]);

        PersonId[] without = [_bjorn, _observer, _firstDeputyA, Person(99)];

        Assert.All(without, person => Assert.Equal(new RoundRefusal.NotEntitled(), Answer(round, person, AnswerKind.Approve)));
        Assert.All(without, person => Assert.Equal(new RoundRefusal.NotEntitled(), round.RaiseDoubt(person, "", Sample.Number(300), Sample.At)));
        Assert.Empty(round.Answers);
    }

    [Fact]
    public void Who_is_inhabil_answers_no_more_and_the_first_deputy_of_the_group_steps_in()
    {
        var round = Open();
        Answer(round, _anne, AnswerKind.Approve);

        FindInhabil(round, _anne, "Sitter i styret", Sample.At.AddHours(1));

        Assert.Equal(new RoundRefusal.NotEntitled(), Answer(round, _anne, AnswerKind.SendBack, "x"));
        Assert.Equal([new StepIn(Seat(2).ToString(), Seat(4).ToString())], round.Count().StepsIn);
        Assert.Empty(round.Standing);
        Assert.Single(round.Answers);
        Assert.Null(Answer(round, _firstDeputyA, AnswerKind.Approve));
        Assert.Equal(Seat(4), Assert.Single(round.Standing).SeatId);
        Assert.Equal(("Sitter i styret", Sample.At.AddHours(1)), (Assert.Single(round.Doubts).Reason, round.Seats[1].InhabilAt));
    }

    [Fact]
    public void When_the_deputy_is_away_too_the_next_one_steps_in()
    {
        var round = Open();
        round.MarkAbsent(_anne, Sample.At);

        var refusal = round.MarkAbsent(_firstDeputyA, Sample.At);

        Assert.Null(refusal);
        Assert.Equal([new StepIn(Seat(2).ToString(), Seat(5).ToString())], round.Count().StepsIn);
        Assert.Equal(new RoundRefusal.NotEntitled(), Answer(round, _anne, AnswerKind.Approve));
        Assert.Null(Answer(round, _secondDeputyA, AnswerKind.Approve));
        Assert.Equal(new RoundRefusal.NotEntitled(), round.MarkAbsent(_observer, Sample.At));
    }

    [Fact]
    public void A_remark_is_asked_for_where_it_means_something_and_has_4000_characters()
    {
        var round = Open();

        Assert.Equal(new RoundRefusal.ReasonMissing(), Answer(round, _anne, AnswerKind.SendBack, " \n"));
        Assert.Equal(new RoundRefusal.RemarkMissing(), Answer(round, _anne, AnswerKind.ApproveWithRemark, " "));
        Assert.Equal(new RoundRefusal.RemarkTooLong(4_001, 4_000), Answer(round, _anne, AnswerKind.SendBack, new string('x', 4_001)));
        Assert.Equal(new RoundRefusal.RemarkTooLong(4_001, 4_000), round.RaiseDoubt(_anne, new string('x', 4_001), Sample.Number(300), Sample.At));
        Assert.Null(Answer(round, _anne, AnswerKind.SendBack, new string('x', 4_000)));
    }

    [Theory]
    [InlineData(Regime.Kommuneloven, Mode.Written, false, false, true)]
    [InlineData(Regime.Kommuneloven, Mode.Meeting, true, false, false)]
    [InlineData(Regime.Mandat, Mode.Written, true, true, true)]
    [InlineData(Regime.Mandat, Mode.Remote, false, false, false)]
    [InlineData(Regime.Administrativ, Mode.Written, false, true, false)]
    public void Abstaining_and_asking_for_a_meeting_are_open_only_where_the_rules_say(Regime regime, Mode mode, bool mayAbstain, bool abstains, bool objects)
    {
        var round = Open(regime, mode, mayAbstain: mayAbstain);

        var abstained = Answer(round, _leader, AnswerKind.Abstain);
        var objected = Answer(round, _anne, AnswerKind.ObjectToWritten);

        Assert.Equal(abstains ? null : new RoundRefusal.MayNotAbstain(), abstained);
        Assert.Equal(objects ? null : new RoundRefusal.NotWritten(), objected);
    }

    [Fact]
    public void A_round_closes_by_itself_when_the_count_is_final_and_takes_no_answer_after()
    {
        var round = Open();
        Answer(round, _leader, AnswerKind.Approve);
        Answer(round, _anne, AnswerKind.Approve);
        var early = round.CloseIfDecided(Sample.At);
        Answer(round, _bjorn, AnswerKind.Approve);

        var closed = round.CloseIfDecided(Sample.At.AddDays(1));

        Assert.False(early);
        Assert.True(closed);
        Assert.Equal((CountOutcome.Approved, Sample.At.AddDays(1), false), (round.Outcome, round.ClosedAt, round.IsOpen));
        Refusal?[] after = [Answer(round, _anne, AnswerKind.SendBack, "x"), round.RaiseDoubt(_anne, "", Sample.Number(300), Sample.At), round.MarkAbsent(_anne, Sample.At), round.Close(Sample.At)];
        Assert.All(after, refusal => Assert.Equal(new RoundRefusal.IsClosed(Sample.At.AddDays(1)), refusal));
        Assert.False(round.CloseIfDecided(Sample.At));
    }

    [Fact]
    public void A_round_is_closed_early_only_when_the_answers_then_decide()
    {
        var tie = Open(Regime.Mandat, Mode.Meeting, tie: TieRule.Leader);
        Answer(tie, _anne, AnswerKind.Approve);
        Answer(tie, _bjorn, AnswerKind.SendBack, "Nei");
        var enough = Open(Regime.Mandat, Mode.Meeting);
        Answer(enough, _anne, AnswerKind.Approve);
        Answer(enough, _bjorn, AnswerKind.Approve);

        var open = tie.Close(Sample.At);
        var closed = enough.Close(Sample.At);

        Assert.Equal(new RoundRefusal.DecidesNothing(), open);
        Assert.True(tie.IsOpen);
        Assert.Null(closed);
        Assert.Equal(CountOutcome.Approved, enough.Outcome);
    }

    [Fact]
    public void Closing_a_written_round_that_not_everyone_has_approved_sends_it_to_a_meeting()
    {
        var round = Open();
        Answer(round, _anne, AnswerKind.Approve);

        var refusal = round.Close(Sample.At);

        Assert.Null(refusal);
        Assert.Equal(CountOutcome.ToMeeting, round.Outcome);
    }

    [Theory]
    [InlineData(Mode.Meeting)]
    [InlineData(Mode.Remote)]
    public void Before_a_meeting_under_kommuneloven_answers_are_positions_and_are_not_counted(Mode mode)
    {
        var round = Open(Regime.Kommuneloven, mode);
        PersonId[] all = [_leader, _anne, _bjorn];
        Assert.All(all, person => Assert.Null(Answer(round, person, AnswerKind.Approve)));

        var count = round.Count();

        Assert.True(round.TakesPositionsOnly);
        Assert.Equal(3, round.Standing.Count());
        Assert.Equal((CountOutcome.Undecided, false, 0, 0), (count.Outcome, count.IsFinal, count.For, count.Present));
        Assert.False(round.CloseIfDecided(Sample.At));
        Assert.Equal(new RoundRefusal.DecidesNothing(), round.Close(Sample.At));
        Assert.True(round.IsOpen);
    }

    [Theory]
    [InlineData(Regime.Kommuneloven, Mode.Written)]
    [InlineData(Regime.Mandat, Mode.Meeting)]
    [InlineData(Regime.Mandat, Mode.Remote)]
    public void In_writing_or_under_a_mandate_answers_are_votes(Regime regime, Mode mode)
    {
        var round = Open(regime, mode);
        PersonId[] all = [_leader, _anne, _bjorn];
        Assert.All(all, person => Assert.Null(Answer(round, person, AnswerKind.Approve)));

        Assert.False(round.TakesPositionsOnly);
        Assert.Equal((CountOutcome.Approved, 3), (round.Count().Outcome, round.Count().For));
    }

    [Fact]
    public void A_withdrawn_round_ends_without_a_result_and_keeps_its_first_end()
    {
        var round = Open();
        Answer(round, _anne, AnswerKind.Approve);

        round.Withdraw(Sample.At.AddDays(1));
        round.Withdraw(Sample.At.AddDays(2));

        Assert.Equal((Sample.At.AddDays(1), null, false), (round.ClosedAt, (object?)round.Outcome, round.IsOpen));
        Assert.Equal(new RoundRefusal.IsClosed(Sample.At.AddDays(1)), Answer(round, _bjorn, AnswerKind.Approve));
        Assert.Single(round.Answers);
    }

    [Fact]
    public void A_round_keeps_the_body_as_it_was_when_it_opened()
    {
        var body = NewBody(Regime.Mandat, Mode.Written, Mandate.Default);
        var round = Round.Open(new RoundId(Sample.Number(90)), body, body.Seats, DocumentKind.Handlingsplan, Sample.Number(5), 1, Hash, [_leader, _leader], true, Sample.At.AddDays(5), Sample.At);

        body.Add(Seat(50), SeatRole.Member, Person(50), null, null, null, new LocalDate(2024, 1, 1), null);

        Assert.Equal(7, round.Seats.Count);
        Assert.Equal([_leader], round.Drafters);
        Assert.Equal((Mandate.Default, 3, Sample.At.AddDays(5)), (round.Mandate, round.Count().Size, round.DueAt));
    }

    [Fact]
    public void A_registered_answer_counts_and_says_who_wrote_it_down_and_how_it_came()
    {
        var round = Open();

        var refusal = Register(round, _anne, AnswerKind.SendBack, "Mangler tall");

        var answer = Assert.Single(round.Standing);
        Assert.Null(refusal);
        Assert.Equal((_anne, AnswerKind.SendBack, Assurance.RegisteredBySecretary), (answer.PersonId, answer.Kind, answer.Assurance));
        Assert.Equal((AnswerChannel.Phone, _secretary, _opened), (answer.Channel, answer.RegisteredBy, answer.GivenOn));
        Assert.Equal(1, round.Count().Against);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_answer_is_never_registered_over_one_there_is(bool mayChange)
    {
        var round = Open(mayChange: mayChange);
        Answer(round, _anne, AnswerKind.Approve);

        Assert.Equal(new RegistrationRefusal.HasAnswered(AnswerKind.Approve, Sample.At), Register(round, _anne, AnswerKind.Approve));
        Assert.Single(round.Answers);
    }

    [Fact]
    public void Nothing_is_registered_for_oneself_or_for_who_may_not_answer()
    {
        var round = Open(drafters: [_leader]);
        FindInhabil(round, _anne, "", Sample.At);
        round.MarkAbsent(_bjorn, Sample.At);

        Assert.Equal(new RegistrationRefusal.OwnAnswer(), Register(round, _secretary, AnswerKind.Approve));
        Assert.All(new[] { _leader, _anne, _bjorn, _observer, _secondDeputyA }, person => Assert.Equal(new RegistrationRefusal.MayNotAnswer(), Register(round, person, AnswerKind.Approve)));
        Assert.Null(Register(round, _firstDeputyA, AnswerKind.Approve));
    }

    [Fact]
    public void A_registered_answer_was_given_while_the_round_was_open()
    {
        var round = Open();

        Assert.Equal(new RegistrationRefusal.DateInFuture(_opened.PlusDays(1)), Register(round, _anne, AnswerKind.Approve, on: _opened.PlusDays(1)));
        Assert.Equal(new RegistrationRefusal.DateBeforeOpening(_opened), Register(round, _anne, AnswerKind.Approve, on: _opened.PlusDays(-1)));
        Assert.Empty(round.Answers);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_answer_taken_back_is_kept_and_the_member_may_answer_whatever_the_flow_says_of_changing(bool mayChange)
    {
        var round = Open(mayChange: mayChange);
        Register(round, _anne, AnswerKind.SendBack, "Mangler tall");

        Assert.Null(round.Retract(_anne, Sample.At.AddMinutes(1)));

        Assert.Equal(Sample.At.AddMinutes(1), Assert.Single(round.Answers).RetractedAt);
        Assert.Empty(round.Standing);
        Assert.Null(round.LastOf(_anne));
        Assert.Contains(round.Missing, seat => seat.PersonId == _anne);
        Assert.Null(Answer(round, _anne, AnswerKind.Approve));
        Assert.Equal([1, 2], round.Answers.Select(answer => answer.Number));
        Assert.Equal((1, 0), (round.Count().For, round.Count().Against));
    }

    [Fact]
    public void Ones_own_answer_is_not_taken_back_nor_one_of_a_round_that_is_over()
    {
        var round = Open();
        Answer(round, _anne, AnswerKind.Approve);
        Register(round, _bjorn, AnswerKind.Approve);

        Assert.Equal(new RegistrationRefusal.NothingToRetract(), round.Retract(_anne, Sample.At));
        round.Withdraw(Sample.At);
        Assert.Equal(new RoundRefusal.IsClosed(Sample.At), round.Retract(_bjorn, Sample.At));
    }

    // The leader and the other member decide it.
    private static void FindInhabil(Round round, PersonId person, string reason, DateTimeOffset at)
    {
        Assert.Null(round.RaiseDoubt(person, reason, Sample.Number(300), at));
        Assert.Null(round.Decide(round.Undecided[0].SeatId, new DoubtTally(true, 2, 0, ""), _secretary, at));
    }

    private static int _forms;

    private static readonly PersonId _secretary = Person(60);
    private static readonly LocalDate _opened = new(2024, 11, 20);

    private static Refusal? Register(Round round, PersonId person, AnswerKind kind, string remark = "", LocalDate? on = null) => round.Register(
        new RoundAnswerId(Sample.Number(200 + round.Answers.Count)), person, kind, remark, Hash,
        new Registration(AnswerChannel.Phone, _secretary, on ?? _opened), Sample.Number(1_000 + Interlocked.Increment(ref _forms)), Sample.At);

    private static Refusal? Answer(Round round, PersonId person, AnswerKind kind, string remark = "", Guid? form = null) =>
        round.Answer(new RoundAnswerId(Sample.Number(200 + round.Answers.Count)), person, kind, remark, Hash, Assurance.LinkAndCode, form ?? Sample.Number(1_000 + Interlocked.Increment(ref _forms)), Sample.At);

    private static Round Open(
        Regime regime = Regime.Mandat, Mode mode = Mode.Written, bool mayChange = true, bool mayAbstain = false, TieRule tie = TieRule.Falls, PersonId[]? drafters = null)
    {
        var body = NewBody(regime, mode, Mandate.Default with { MayAbstain = mayAbstain, Tie = tie });
        return Round.Open(new RoundId(Sample.Number(90)), body, body.Seats, DocumentKind.Handlingsplan, Sample.Number(5), 1, Hash, drafters ?? [], mayChange, null, Sample.At);
    }

    private static Body NewBody(Regime regime, Mode mode, Mandate mandate)
    {
        var body = new Body(new BodyId(Sample.Number(80)), Sample.Programme, null, "deciding-body", "Styringsgruppa", regime, mandate, mode, true, "");
        (SeatRole Role, int? Order, string? Group)[] seats =
        [
            (SeatRole.Leader, null, null), (SeatRole.Member, null, "A"), (SeatRole.Member, null, "B"),
            (SeatRole.Deputy, 1, "A"), (SeatRole.Deputy, 2, "A"), (SeatRole.Deputy, 1, "B"), (SeatRole.Observer, null, null),
        ];
        foreach (var (seat, number) in seats.Select((seat, index) => (seat, index + 1)))
        {
            body.Add(Seat(number), seat.Role, Person(number), seat.Order, seat.Group, null, new LocalDate(2024, 1, 1), null);
        }

        return body;
    }

    private static PersonId Person(int number) => new(Sample.Number(100 + number));

    private static SeatId Seat(int number) => new(Sample.Number(400 + number));
}
