using NodaTime;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Cycle.Year;

public sealed class DeadlineTests
{
    private static readonly Ladder _ladder = new([5, 1], [1], new LocalTime(8, 0));

    [Fact]
    public void A_deadline_on_a_sunday_is_due_at_the_end_of_the_monday()
    {
        var deadline = Set(new LocalDate(2025, 3, 2), At(2025, 2, 3));

        // Monday 3 March 2025; winter time, so the day ends at 23:00 UTC.
        Assert.Equal((new LocalDate(2025, 3, 2), new LocalDate(2025, 3, 3)), (deadline.On, deadline.EffectiveOn));
        Assert.Equal(new DateTimeOffset(2025, 3, 3, 23, 0, 0, TimeSpan.Zero), deadline.DueAt);
        Assert.Equal((1, "", true, WorkingCalendar.Version), (deadline.Revision, deadline.Reason, deadline.IsOpen, deadline.CalendarVersion));
        Assert.Equal(
            [(1, RungKind.Reminder, 5, At(2025, 2, 24)), (2, RungKind.Reminder, 1, At(2025, 2, 28)), (3, RungKind.Escalation, 1, At(2025, 3, 4))],
            deadline.Rungs.Select(r => (r.Number, r.Kind, r.Days, r.At)));
    }

    [Fact]
    public void A_rung_already_past_when_the_deadline_is_set_is_left_out()
    {
        var deadline = Set(new LocalDate(2025, 3, 3), At(2025, 2, 24).AddMilliseconds(1));

        Assert.Equal([(1, 1), (2, 1)], deadline.Rungs.Select(r => (r.Number, r.Days)));
    }

    [Fact]
    public void Moving_a_deadline_keeps_the_old_one_and_makes_the_next_revision()
    {
        var first = Set(new LocalDate(2025, 3, 3), At(2025, 2, 3)).From(DateSource.Letter);

        var second = first.MoveTo(new DeadlineId(Sample.Number(2)), new LocalDate(2025, 3, 10), null, "Avtalt med KDD", _ladder, WorkingCalendar.Norwegian, At(2025, 2, 10));

        Assert.Equal((false, At(2025, 2, 10), 1), (first.IsOpen, first.SupersededAt, first.Revision));
        Assert.Equal((2, "report", "Avtalt med KDD", "letter report-due"), (second.Revision, second.Key, second.Reason, second.Rule));
        Assert.Equal(new LocalDate(2025, 3, 10), second.EffectiveOn);
        Assert.Equal((DateSource.Letter, DateSource.Moved), (first.Source, second.Source));
    }

    [Fact]
    public void Only_the_revision_that_holds_is_moved_and_a_rung_is_taken_once()
    {
        var moved = Set(new LocalDate(2025, 3, 3), At(2025, 2, 3));
        var met = Set(new LocalDate(2025, 3, 3), At(2025, 2, 3));
        Move(moved);
        met.Meet(At(2025, 2, 20));
        met.Rungs[0].Handle(At(2025, 2, 24));

        Assert.Throws<InvalidOperationException>(() => Move(moved));
        Assert.Throws<InvalidOperationException>(() => Move(met));
        Assert.Throws<InvalidOperationException>(() => met.Rungs[0].Handle(At(2025, 2, 25)));
        Assert.Equal(At(2025, 2, 24), met.Rungs[0].HandledAt);
    }

    [Fact]
    public void A_deadline_is_overdue_from_the_instant_it_expires_until_it_is_met()
    {
        var deadline = Set(new LocalDate(2025, 3, 3), At(2025, 2, 3));
        var due = deadline.DueAt;

        Assert.False(deadline.IsOverdue(due.AddMilliseconds(-1)));
        Assert.True(deadline.IsOverdue(due));
        deadline.Meet(due.AddDays(1));
        deadline.Meet(due.AddDays(2));
        Assert.Equal((false, due.AddDays(1)), (deadline.IsOverdue(due.AddDays(3)), deadline.MetAt));
    }

    private static Deadline Move(Deadline deadline) =>
        deadline.MoveTo(new DeadlineId(Sample.Number(2)), new LocalDate(2025, 3, 10), null, "Avtalt", _ladder, WorkingCalendar.Norwegian, At(2025, 2, 10));

    // Eight in the morning in Oslo in winter.
    private static DateTimeOffset At(int year, int month, int day) => new(year, month, day, 7, 0, 0, TimeSpan.Zero);

    private static Deadline Set(LocalDate on, DateTimeOffset at) =>
        Deadline.Set(new DeadlineId(Sample.Number(1)), "report", on, null, "letter report-due", _ladder, WorkingCalendar.Norwegian, at);
}
