using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Cycle.Meetings;

/// <summary>Golden cases by hand: kommuneloven §§ 7-10, 8-1, 11-3, 11-9 and forvaltningsloven § 8. The body is <see cref="GivenAMeeting"/>'s.</summary>
public sealed class MeetingTests
{
    [Theory]
    [InlineData("2025-03-30", "02:30", "NoSuchTime")] // the clock goes from 02 to 03
    [InlineData("2025-03-30", "01:59", null)]
    [InlineData("2024-10-27", "02:30", null)] // comes twice
    [InlineData("2024-09-01", "07:59", "HasPassed")]
    [InlineData("2024-09-01", "08:00", "HasPassed")]
    [InlineData("2024-09-01", "08:01", null)]
    public void A_meeting_is_at_a_time_the_clock_will_show(string on, string at, string? expected)
    {
        var (frame, faults) = MeetingFrame.Of(Date(on), Time(at), null, "Salen", "", GivenAMeeting.At(1));

        Assert.Equal(expected, faults.SingleOrDefault()?.GetType().Name);
        Assert.Equal(expected is null, frame is not null);
    }

    [Theory]
    [InlineData("2024-10-27", "02:30", "2024-10-27T00:30:00Z")] // the first time, still summer
    [InlineData("2024-10-27", "03:00", "2024-10-27T02:00:00Z")]
    [InlineData("2024-10-26", "12:00", "2024-10-26T10:00:00Z")]
    [InlineData("2025-03-30", "12:00", "2025-03-30T10:00:00Z")]
    [InlineData("2025-03-29", "12:00", "2025-03-29T11:00:00Z")]
    public void The_clock_in_Oslo_is_kept_as_an_instant(string on, string at, string expected)
    {
        var (frame, _) = MeetingFrame.Of(Date(on), Time(at), null, "Salen", "", GivenAMeeting.At(1));

        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), frame!.StartsAt);
        Assert.Equal(Date(on), frame.On);
    }

    [Theory]
    [InlineData("", "", null, "NowhereToMeet")]
    [InlineData("Salen", "", "11:00", "EndsBeforeStart")]
    [InlineData("Salen", "", "12:00", "EndsBeforeStart")]
    [InlineData("Salen", "", "12:01", null)]
    [InlineData("", "https://mote.example.no/a?b=c", null, null)]
    [InlineData("Salen", "http://mote.example.no", null, "BadLink")]
    [InlineData("", "mote.example.no", null, "BadLink")]
    [InlineData("", "javascript:alert(1)", null, "BadLink")]
    [InlineData("", "https://kari@mote.example.no", null, "BadLink")]
    [InlineData("", "https://localhost/a", null, "BadLink")]
    [InlineData("", "https://mote.example.no/a b", null, "BadLink")]
    public void A_meeting_is_somewhere_and_ends_after_it_begins(string place, string link, string? end, string? expected)
    {
        var (_, faults) = MeetingFrame.Of(new LocalDate(2024, 9, 17), new LocalTime(12, 0), end is null ? null : Time(end), place, link, GivenAMeeting.At(1));

        Assert.Equal(expected, faults.SingleOrDefault()?.GetType().Name);
    }

    [Theory]
    [InlineData("2024-09-17", 5, "2024-09-10")] // a week without holidays
    [InlineData("2024-09-16", 1, "2024-09-13")] // Monday: the Friday before
    [InlineData("2025-04-22", 3, "2025-04-14")] // Easter: Maundy Thursday to Easter Monday are no working days, so 16, 15 and 14 April
    [InlineData("2025-05-19", 2, "2025-05-15")] // 17 May is a Saturday
    [InlineData("2024-05-20", 3, "2024-05-14")] // on Whit Monday itself, with 17 May before it
    [InlineData("2025-01-02", 2, "2024-12-30")] // New Year's Day
    public void The_notice_is_counted_in_working_days_before_the_meeting(string on, int days, string expected)
    {
        var given = new GivenAMeeting(noticeDays: days, on: DateAfterStart(on));
        if (Date(on) != given.Meeting.Frame.On)
        {
            Assert.Null(given.Meeting.Change(new MeetingFrame(OsloTime.At(Date(on), new LocalTime(12, 0)), null, "Salen", ""), given.Body));
        }

        Assert.Equal(Date(expected), given.Meeting.LastDayToCall(given.Body, WorkingCalendar.Norwegian));
    }

    [Theory]
    [InlineData(Regime.Kommuneloven, null, "2024-09-16")] // «i rimelig tid»: never the same day
    [InlineData(Regime.Kommuneloven, 7, "2024-09-06")]
    [InlineData(Regime.Mandat, 7, "2024-09-06")]
    [InlineData(Regime.Mandat, null, null)]
    [InlineData(Regime.Administrativ, null, null)]
    public void A_body_without_days_of_its_own_has_those_of_the_law(Regime regime, int? days, string? expected)
    {
        var given = new GivenAMeeting(regime, noticeDays: days);

        Assert.Equal(expected is null ? null : Date(expected), given.Meeting.LastDayToCall(given.Body, WorkingCalendar.Norwegian));
    }

    [Fact]
    public void A_call_in_time_needs_no_reason_and_a_late_one_does_and_keeps_it()
    {
        var (inTime, late) = (new GivenAMeeting(noticeDays: 5), new GivenAMeeting(noticeDays: 5));
        inTime.Information();
        late.Information();

        var (call, _) = inTime.Meeting.Call(inTime.Body, "for sen", WorkingCalendar.Norwegian, inTime.Clerk, GivenAMeeting.At(10));
        var (_, refusal) = late.Meeting.Call(late.Body, "  ", WorkingCalendar.Norwegian, late.Clerk, GivenAMeeting.At(11));
        var (sent, _) = late.Meeting.Call(late.Body, "Saken kom nå.", WorkingCalendar.Norwegian, late.Clerk, GivenAMeeting.At(11));

        Assert.Equal("", call!.LateReason);
        Assert.Equal(new LocalDate(2024, 9, 10), Assert.IsType<MeetingRefusal.LateWithoutReason>(refusal).LastDay);
        Assert.Equal("Saken kom nå.", sent!.LateReason);
    }

    [Fact]
    public void Members_and_observers_are_called_once_and_a_deputy_when_somebody_cannot_come()
    {
        var given = new GivenAMeeting(noticeDays: 5);
        given.Information();

        var first = Call(given, 2).Call;
        var again = Call(given, 3);
        Assert.Null(given.Meeting.Note([new SeatAttendance(given.Seat("M1"), Attendance.Excused, null, null)], null, GivenAMeeting.At(16)));
        var deputy = Call(given, 16).Call;

        Assert.Equal("L D M1 M2 M3 O", given.Names(first!.People));
        Assert.Equal((null, null), again);
        Assert.Equal("V1", given.Names(deputy!.People));
        Assert.Equal((0, 0, ""), (first.Sequence, deputy.Sequence, deputy.LateReason));
    }

    [Fact]
    public void A_deputy_who_is_needed_no_more_is_let_go_once_and_called_anew_when_somebody_else_cannot_come()
    {
        var given = new GivenAMeeting(noticeDays: 5);
        given.Information();
        Call(given, 2);
        Assert.Null(given.Meeting.Note([new SeatAttendance(given.Seat("M1"), Attendance.Excused, null, null)], null, GivenAMeeting.At(16)));
        Call(given, 16);
        var needed = given.Meeting.LetGo(given.Body, given.Clerk, GivenAMeeting.At(16));
        Assert.Null(given.Meeting.Note([new SeatAttendance(given.Seat("M1"), Attendance.NotNoted, null, null)], null, GivenAMeeting.At(16)));

        var none = Call(given, 16);
        var gone = given.Meeting.LetGo(given.Body, given.Clerk, GivenAMeeting.At(16));
        var twice = given.Meeting.LetGo(given.Body, given.Clerk, GivenAMeeting.At(16));
        Assert.Null(given.Meeting.Note([new SeatAttendance(given.Seat("M2"), Attendance.Excused, null, null)], null, GivenAMeeting.At(16)));
        var anew = Call(given, 16).Call;

        Assert.Null(needed);
        Assert.Equal((null, null), none);
        Assert.Equal(("V1", true), (given.Names(gone!.People), given.Meeting.GoesOnWithout(gone)));
        Assert.Null(twice);
        Assert.Equal("V1", given.Names(anew!.People));
    }

    [Fact]
    public void What_is_changed_after_the_call_is_another_meeting_and_what_is_not_changed_is_none()
    {
        var given = new GivenAMeeting();
        given.Information();
        Assert.NotNull(Call(given, 2).Call);

        Assert.Null(given.Meeting.Change(given.Meeting.Frame, given.Body));
        var same = (given.Meeting.Sequence, given.Meeting.IsCalledToAnother, Call(given, 3).Call);
        Assert.Null(given.Meeting.Change(given.Meeting.Frame with { Place = "Rom 2" }, given.Body));
        given.Information("Enda en sak");
        var changed = (given.Meeting.Sequence, given.Meeting.IsCalledToAnother);
        var call = Call(given, 4).Call;

        Assert.Equal((0, false, null), same);
        Assert.Equal((1, true), changed);
        Assert.Equal((1, 6), (call!.Sequence, call.People.Count));
        Assert.False(given.Meeting.IsCalledToAnother);
    }

    [Fact]
    public void A_meeting_is_not_called_without_an_agenda_nor_once_it_should_have_begun()
    {
        var given = new GivenAMeeting();

        var empty = Call(given, 2).Refusal;
        given.Information();
        var late = given.Meeting.Call(given.Body, "Nå", WorkingCalendar.Norwegian, given.Clerk, given.Noon).Refusal;

        Assert.IsType<MeetingRefusal.EmptyAgenda>(empty);
        Assert.IsType<MeetingRefusal.HasBegun>(late);
    }

    [Fact]
    public void A_meeting_is_called_off_once_for_those_who_were_called()
    {
        var (given, uncalled) = (new GivenAMeeting(), new GivenAMeeting());
        given.Information();
        Assert.NotNull(Call(given, 2).Call);

        var unsaid = given.Meeting.Cancel(" ", given.Clerk, GivenAMeeting.At(3));
        Assert.Null(given.Meeting.Cancel("Sykdom", given.Clerk, GivenAMeeting.At(3)));
        Assert.Null(given.Meeting.Cancel("Noe annet", given.Clerk, GivenAMeeting.At(4)));
        Assert.Null(uncalled.Meeting.Cancel("Sykdom", given.Clerk, GivenAMeeting.At(3)));

        Assert.IsType<MeetingRefusal.CancelledWithoutReason>(unsaid);
        Assert.Equal(("Sykdom", 1, 2), (given.Meeting.CancelReason, given.Meeting.Sequence, given.Meeting.Calls.Count));
        Assert.Equal("L D M1 M2 M3 O", given.Names(given.Meeting.Calls.Single(call => call.IsOff).People));
        Assert.Empty(uncalled.Meeting.Calls);
        Assert.IsType<MeetingRefusal.IsCancelled>(given.Meeting.Change(given.Meeting.Frame with { Place = "Rom 2" }, given.Body));
        Assert.IsType<MeetingRefusal.IsCancelled>(given.Meeting.Add(default, "Ny sak", ""));
    }

    [Fact]
    public void The_agenda_is_moved_a_place_at_a_time_and_stands_once_attendance_is_taken()
    {
        var given = new GivenAMeeting();
        var (a, b, c) = (given.Information("a"), given.Information("b"), given.Information("c"));

        Assert.Null(given.Meeting.Add(default, " a ", "Året så langt")); // the same once more
        Assert.Null(given.Meeting.Move(c, up: true));
        Assert.Null(given.Meeting.Move(a, up: true)); // it is first already
        Assert.Null(given.Meeting.Move(b, up: false)); // it is last already
        Assert.Equal("a c b", string.Join(' ', given.Meeting.Agenda.Select(item => item.Title)));
        Assert.Null(given.Meeting.Remove(a));
        Assert.Equal("c1 b2", string.Join(' ', given.Meeting.Agenda.Select(item => $"{item.Title}{item.Number}")));
        Assert.Null(given.Present("L D M1"));

        Assert.IsType<MeetingRefusal.IsUnderWay>(given.Meeting.Move(b, up: true));
        Assert.IsType<MeetingRefusal.IsUnderWay>(given.Meeting.Remove(b));
        Assert.Null(given.Meeting.Add(default, "Tatt opp i møtet", "")); // § 11-3
        Assert.Equal(3, given.Meeting.Agenda[^1].Number);
    }

    [Fact]
    public void Only_a_case_of_this_body_comes_on_its_agenda_and_only_once()
    {
        var (given, other) = (new GivenAMeeting(), new GivenAMeeting(Regime.Mandat));
        given.Decision();

        Assert.IsType<MeetingRefusal.AlreadyOnAgenda>(given.Meeting.Add(default, given.Round, "Igjen"));
        Assert.IsType<MeetingRefusal.NoCase>(new GivenAMeeting(Regime.Mandat).Meeting.Add(default, Other(other), "En annens"));
    }

    [Fact]
    public void Before_the_day_only_absence_is_noted()
    {
        var given = new GivenAMeeting();

        Assert.IsType<MeetingRefusal.NotYet>(given.Meeting.Note([new SeatAttendance(given.Seat("L"), Attendance.Present, null, null)], null, GivenAMeeting.At(16)));
    }

    [Fact]
    public void A_deputy_who_is_there_sits_for_the_one_who_is_away_in_the_order_of_the_group()
    {
        var given = new GivenAMeeting();
        var item = given.Decision();
        Assert.Null(given.Present("L D M2 V2")); // V1 could not come either; M3's group has no deputies

        Assert.Null(given.Vote(item, "L+ D- M2+ V2+"));

        Assert.Equal("M1 V2", string.Join(' ', given.Meeting.Count(item, given.Round).StepsIn.Select(step => $"{given.Name(step.For)} {given.Name(step.Seat)}")));
        Assert.Equal((CountOutcome.Approved, true, 4, 3, 1), given.Counted(item));
    }

    [Fact]
    public void An_item_has_lost_its_quorum_when_one_leaves_during_it_and_the_item_before_has_not()
    {
        var given = new GivenAMeeting();
        var first = given.Decision();
        var second = given.Information();
        Assert.Null(given.Present("L M1", null, ("D", null, second))); // three of five, then two

        Assert.Null(given.Vote(first, "L+ M1+ D+"));
        var before = given.Counted(first);
        Assert.Null(given.Present("L M1", null, ("D", null, first)));
        Assert.Null(given.Vote(first, "L+ M1+"));
        var after = given.Counted(first);

        Assert.Equal((CountOutcome.Approved, true, 3, 3, 0), before);
        Assert.Equal((CountOutcome.NotQuorate, true, 2, 2, 0), after);
        Assert.IsType<MeetingRefusal.NothingDecided>(given.Meeting.Decides(first, given.Round, given.Meeting.VotesHash(first), othersDidNotVote: true).Refusal);
    }

    [Fact]
    public void Who_came_late_or_was_out_in_between_votes_in_what_they_were_there_for()
    {
        var given = new GivenAMeeting();
        var (one, two, three) = (given.Information("1"), given.Information("2"), given.Information("3"));
        Assert.Null(given.Present("L D M1", null, ("M2", two, null), ("M3", three, two)));

        string There(AgendaItem item) => string.Join(' ', new[] { "M2", "M3" }.Where(name => given.Meeting.IsThere(given.Meeting.Seats.Single(seat => seat.SeatId == given.Seat(name)), item)));

        Assert.Equal(("M3", "M2", "M2 M3"), (There(one), There(two), There(three)));
        Assert.Equal($"gikk-{given.Seat("M3")}", Assert.IsType<MeetingRefusal.CameAsLeft>(given.Present("L D M1", null, ("M3", two, two))).Field);
    }

    [Fact]
    public void Without_leader_and_deputy_leader_the_meeting_elects_who_leads_and_that_vote_decides_a_tie()
    {
        var given = new GivenAMeeting();
        var item = given.Decision();

        Assert.IsType<MeetingRefusal.ChairMissing>(given.Present("M1 M2 M3 V1"));
        Assert.IsType<MeetingRefusal.ChairNotPresent>(given.Present("M1 M2 M3 V1", "D"));
        Assert.IsType<MeetingRefusal.ChairNotPresent>(given.Present("M1 M2 M3 V1 O", "O"));
        Assert.Null(given.Present("M1 M2 M3 V1", "M3"));
        Assert.Null(given.Vote(item, "M1+ M2+ M3- V1-"));

        Assert.Equal(given.Seat("M3"), given.Meeting.Chair!.SeatId);
        Assert.Equal((CountOutcome.Returned, true, 4, 2, 2), given.Counted(item));
        Assert.True(given.Meeting.Count(item, given.Round).CastingVote);
    }

    [Fact]
    public void The_deputy_leader_leads_where_the_leader_is_away_whoever_was_chosen()
    {
        var given = new GivenAMeeting();
        var item = given.Decision();
        Assert.Null(given.Present("D M1 M2 M3", "M1"));

        Assert.Null(given.Vote(item, "D- M1+ M2+ M3-"));

        Assert.Null(given.Meeting.ElectedChair);
        Assert.Equal(given.Seat("D"), given.Meeting.Chair!.SeatId);
        Assert.Equal((CountOutcome.Returned, true, 4, 2, 2), given.Counted(item));
    }

    [Fact]
    public void One_found_inhabil_leaves_the_table_and_a_deputy_who_is_there_takes_the_seat()
    {
        var given = new GivenAMeeting();
        var item = given.Decision();
        Assert.Null(given.Present("L D M1 M2 M3 V1"));

        Assert.Null(given.Vote(item, "L+ D- M1! M2+ M3-"));
        var waits = given.Counted(item);
        Assert.Null(given.Vote(item, "L+ D- M1! M2+ M3- V1+"));
        var whole = given.Counted(item);
        Assert.Null(given.Vote(item, "L+ D- M1+ M2+ M3-"));

        Assert.Equal((CountOutcome.Undecided, false), (waits.Outcome, waits.IsFinal));
        Assert.Equal((CountOutcome.Approved, true, 5, 3, 2), whole);
        Assert.Empty(item.Inhabil);
        Assert.DoesNotContain(given.Meeting.Votes, vote => vote.SeatId == given.Seat("V1"));
    }

    [Fact]
    public void Who_votes_for_another_proposal_votes_against_the_one_the_case_came_with()
    {
        var given = new GivenAMeeting();
        var item = given.Decision();
        Assert.Null(given.Present("L D M1 M2 M3"));
        Assert.IsType<MeetingRefusal.NoSuchVote>(given.Vote(item, "M1=1"));

        Assert.Null(given.Meeting.Propose(item, given.Seat("M1"), "Utsett saken."));
        Assert.Null(given.Meeting.Propose(item, given.Seat("M1"), " Utsett saken. ")); // the same once more
        Assert.Null(given.Vote(item, "L+ D+ M1=1 M2=1 M3-"));

        Assert.Single(given.Meeting.Proposals);
        Assert.Equal((CountOutcome.Returned, true, 5, 2, 3), given.Counted(item));
        Assert.Equal(2, given.Meeting.Votes.Count(vote => vote.Proposal == 1));
        Assert.IsType<MeetingRefusal.ProposerNotPresent>(given.Meeting.Propose(item, given.Seat("V1"), "Avvis saken."));
        Assert.IsType<MeetingRefusal.ProposerNotPresent>(given.Meeting.Propose(item, given.Seat("O"), "Avvis saken."));
    }

    [Theory]
    [InlineData(Regime.Kommuneloven, true, false)] // § 8-1: those present must vote
    [InlineData(Regime.Mandat, true, true)]
    [InlineData(Regime.Mandat, false, false)]
    [InlineData(Regime.Administrativ, false, true)]
    public void A_seat_abstains_where_the_rules_allow_it(Regime regime, bool mayAbstain, bool expected)
    {
        var given = new GivenAMeeting(regime, Mandate.Default with { MayAbstain = mayAbstain });
        var item = given.Decision();
        Assert.Null(given.Present("L D M1"));

        Assert.Equal(expected, given.Vote(item, "M10") is null);
    }

    [Fact]
    public void An_information_is_never_voted_on()
    {
        var given = new GivenAMeeting();
        given.Decision();
        var item = given.Information();
        Assert.Null(given.Present("L D M1"));

        Assert.IsType<MeetingRefusal.NothingDecided>(given.Vote(item, "L+ D+ M1+"));
        Assert.IsType<MeetingRefusal.NothingDecided>(given.Meeting.Propose(item, given.Seat("L"), "Avvis saken."));
        Assert.Empty(given.Meeting.Votes);
    }

    [Fact]
    public void One_who_is_there_and_does_not_vote_holds_nothing_up_once_that_is_confirmed()
    {
        var given = new GivenAMeeting();
        var item = given.Decision();
        Assert.Null(given.Present("L D M1 M2 M3"));
        Assert.Null(given.Vote(item, "L+ D+ M1+ M2+"));
        var shown = given.Meeting.VotesHash(item);

        var silent = Assert.IsType<MeetingRefusal.VotesMissing>(given.Meeting.Decides(item, given.Round, shown, othersDidNotVote: false).Refusal);
        var confirmed = given.Meeting.Decides(item, given.Round, shown, othersDidNotVote: true);
        var before = given.Counted(item);
        item.Decide(CountOutcome.Approved, new DecisionId(Guid.Empty));

        Assert.Equal(("ikke-stemt", given.Seat("M3")), (silent.Field, Assert.Single(silent.Seats)));
        Assert.Equal((CountOutcome.Approved, null), confirmed);
        Assert.Equal((CountOutcome.Undecided, false, 4, 4, 0), before);
        Assert.Equal((CountOutcome.Approved, true, 4, 4, 0), given.Counted(item));
        Assert.Equal([given.Seat("M3")], given.Meeting.Silent(item, given.Round).Select(seat => seat.SeatId));
    }

    [Theory]
    [InlineData("L+ D+")] // two votes of five
    [InlineData("D+ M1-")]
    [InlineData("D+ M1+ M2- M3-")] // a tie, and the leader has not voted
    public void Too_few_votes_or_a_tie_that_waits_for_the_leader_decide_nothing_whatever_is_confirmed(string votes)
    {
        var given = new GivenAMeeting();
        var item = given.Decision();
        Assert.Null(given.Present("L D M1 M2 M3"));
        Assert.Null(given.Vote(item, votes));

        Assert.IsType<MeetingRefusal.NothingDecided>(given.Meeting.Decides(item, given.Round, given.Meeting.VotesHash(item), othersDidNotVote: true).Refusal);
    }

    [Fact]
    public void Where_the_leader_decides_nobody_else_is_waited_for()
    {
        var given = new GivenAMeeting(Regime.Administrativ);
        var item = given.Decision();
        Assert.Null(given.Present("L D M1"));
        Assert.Null(given.Vote(item, "L+"));

        Assert.Equal((CountOutcome.Approved, null), given.Meeting.Decides(item, given.Round, given.Meeting.VotesHash(item), othersDidNotVote: false));
        Assert.Empty(given.Meeting.Silent(item, given.Round));
    }

    [Fact]
    public void What_was_decided_stands_with_those_who_were_there()
    {
        var given = new GivenAMeeting();
        var item = given.Decision();
        Assert.Null(given.Present("L D M1"));
        Assert.Null(given.Vote(item, "L+ D+ M1+"));
        var shown = given.Meeting.VotesHash(item);
        Assert.Null(given.Vote(item, "L+ D+ M1-"));

        Assert.IsType<MeetingRefusal.OtherVotes>(given.Meeting.Decides(item, given.Round, shown, othersDidNotVote: false).Refusal);
        Assert.Equal((CountOutcome.Approved, null), given.Meeting.Decides(item, given.Round, given.Meeting.VotesHash(item), othersDidNotVote: false));
        item.Decide(CountOutcome.Approved, new DecisionId(Guid.Empty));

        Assert.IsType<MeetingRefusal.ItemIsDecided>(given.Vote(item, "L- D- M1-"));
        Assert.IsType<MeetingRefusal.ItemIsDecided>(given.Present("L D"));
        Assert.Null(given.Meeting.SignProtocol(given.Person("L"), "hash", "hash", given.Noon));
        Assert.IsType<MeetingRefusal.IsSigned>(given.Present("L D M1"));
        Assert.IsType<MeetingRefusal.IsSigned>(given.Meeting.Add(default, "Ny sak", ""));
    }

    [Fact]
    public void Who_led_signs_what_was_shown_once_and_nobody_else_does()
    {
        var given = new GivenAMeeting();
        given.Information();
        Assert.IsType<MeetingRefusal.NotHeld>(given.Meeting.SignProtocol(given.Person("L"), "a", "a", given.Noon));
        Assert.Null(given.Present("L D M1"));

        Assert.IsType<RoundRefusal.NotEntitled>(given.Meeting.SignProtocol(given.Person("D"), "a", "a", given.Noon));
        Assert.IsType<RoundRefusal.OtherProtocol>(given.Meeting.SignProtocol(given.Person("L"), "a", "b", given.Noon));
        Assert.Null(given.Meeting.SignProtocol(given.Person("L"), "a", "a", given.Noon));
        Assert.Null(given.Meeting.SignProtocol(given.Person("L"), "c", "d", given.Noon.AddHours(1)));
        Assert.Equal((given.Person("L"), given.Noon, "a"), (given.Meeting.SignedBy, given.Meeting.SignedAt, given.Meeting.SignedHash));
    }

    [Fact]
    public void Under_kommuneloven_the_deputy_named_for_a_member_on_leave_is_called_and_meets_before_those_who_come_first_on_the_list()
    {
        var given = new GivenAMeeting();
        var item = given.Decision();
        var substitutes = new[] { Named(given, "M1", "V2") };

        var (call, _) = given.Meeting.Call(given.Body, "", WorkingCalendar.Norwegian, given.Clerk, GivenAMeeting.At(2), substitutes);
        Assert.Null(given.Present("L D V1 V2"));
        Assert.Null(given.Vote(item, "L+ D+ V1+ V2-"));
        var away = string.Join(' ', given.Meeting.Count(item, given.Round).StepsIn.Select(step => $"{given.Name(step.For)} {given.Name(step.Seat)}"));
        Assert.Null(given.Present("L D M1 V2"));

        Assert.Equal("L D M2 M3 V2 O", given.Names(call!.People));
        Assert.Equal("M1 V2 M2 V1", away);
        Assert.Equal("M2 V2", string.Join(' ', given.Meeting.Count(item, given.Round).StepsIn.Select(step => $"{given.Name(step.For)} {given.Name(step.Seat)}")));
    }

    [Fact]
    public void Elsewhere_the_one_named_has_the_seat_on_the_days_of_the_leave_and_on_no_others()
    {
        var given = new GivenAMeeting(Regime.Mandat);
        given.Decision();
        var substitutes = new[] { Named(given, "M1", "O", to: 17) };

        var (call, _) = given.Meeting.Call(given.Body, "", WorkingCalendar.Norwegian, given.Clerk, GivenAMeeting.At(2), substitutes);
        var seat = given.Meeting.Seats.Single(seat => seat.SeatId == given.Seat("M1"));
        var (person, onLeave) = (seat.PersonId, seat.OnLeave);
        Assert.Null(given.Meeting.Change(given.Meeting.Frame with { StartsAt = given.Noon.AddDays(1) }, given.Body, substitutes));

        Assert.Equal("L D O M2 M3", given.Names(call!.People));
        Assert.Equal((given.Person("O"), given.Person("M1")), (person, onLeave));
        Assert.Equal((given.Person("M1"), null), (seat.PersonId, seat.OnLeave));
    }

    private static Substitute Named(GivenAMeeting given, string member, string standIn, int to = 30)
    {
        var seat = given.Body.Seats.Single(seat => seat.Id == given.Seat(member));
        var (named, refusal) = Substitute.Name(default, given.Body, seat, given.Person(standIn), new LocalDate(2024, 9, 2), new LocalDate(2024, 9, to), [], given.Person(member), GivenAMeeting.At(1), new LocalDate(2024, 9, 1));
        Assert.Null(refusal);
        return named!;
    }

    private static (MeetingCall? Call, Tilskudd.Cycle.Refusal? Refusal) Call(GivenAMeeting given, int day) =>
        given.Meeting.Call(given.Body, "", WorkingCalendar.Norwegian, given.Clerk, GivenAMeeting.At(day));

    private static Round Other(GivenAMeeting other)
    {
        var body = new Body(new BodyId(new Guid(500, 0, 0, new byte[8])), other.Body.ProgrammeId, null, "deciding-body", "Et annet", Regime.Mandat, Mandate.Default, Mode.Meeting, true, "");
        return Round.Open(default, body, [], DocumentKind.Handlingsplan, Guid.Empty, 1, "hash", [], true, null, GivenAMeeting.At(1));
    }

    private static LocalDate DateAfterStart(string on) => Date(on) > new LocalDate(2024, 9, 1) ? Date(on) : new LocalDate(2024, 9, 17);

    private static LocalDate Date(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;

    private static LocalTime Time(string text) => NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text).Value;
}
