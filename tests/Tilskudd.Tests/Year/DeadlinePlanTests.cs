using System.Globalization;
using NodaTime;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Year;

public sealed class DeadlinePlanTests
{
    private static readonly Ladder Usual = new([10, 5, 1], [1], new LocalTime(8, 0));

    // Instants computed by hand from the Norwegian almanac and the two clock changes of each year.
    [Theory]
    [InlineData("2026-04-03", "2026-04-07", "2026-03-19T07 2026-03-26T07 2026-04-01T06", "2026-04-07T22", "2026-04-08T06")]
    [InlineData("2026-05-15", "2026-05-15", "2026-04-29T06 2026-05-07T06 2026-05-13T06", "2026-05-15T22", "2026-05-18T06")]
    [InlineData("2026-05-17", "2026-05-18", "2026-04-30T06 2026-05-08T06 2026-05-15T06", "2026-05-18T22", "2026-05-19T06")]
    [InlineData("2026-05-26", "2026-05-26", "2026-05-08T06 2026-05-18T06 2026-05-22T06", "2026-05-26T22", "2026-05-27T06")]
    [InlineData("2026-10-25", "2026-10-26", "2026-10-12T06 2026-10-19T06 2026-10-23T06", "2026-10-26T23", "2026-10-27T07")]
    [InlineData("2026-12-24", "2026-12-24", "2026-12-10T07 2026-12-17T07 2026-12-23T07", "2026-12-24T23", "2026-12-28T07")]
    [InlineData("2026-12-31", "2026-12-31", "2026-12-16T07 2026-12-23T07 2026-12-30T07", "2026-12-31T23", "2027-01-04T07")]
    [InlineData("2027-01-01", "2027-01-04", "2026-12-17T07 2026-12-24T07 2026-12-31T07", "2027-01-04T23", "2027-01-05T07")]
    [InlineData("2027-03-28", "2027-03-30", "2027-03-11T07 2027-03-18T07 2027-03-24T07", "2027-03-30T22", "2027-03-31T06")]
    [InlineData("2027-05-07", "2027-05-07", "2027-04-22T06 2027-04-29T06 2027-05-05T06", "2027-05-07T22", "2027-05-10T06")]
    [InlineData("2027-05-15", "2027-05-18", "2027-04-30T06 2027-05-10T06 2027-05-14T06", "2027-05-18T22", "2027-05-19T06")]
    [InlineData("2027-05-16", "2027-05-18", "2027-04-30T06 2027-05-10T06 2027-05-14T06", "2027-05-18T22", "2027-05-19T06")]
    [InlineData("2027-05-17", "2027-05-18", "2027-04-30T06 2027-05-10T06 2027-05-14T06", "2027-05-18T22", "2027-05-19T06")]
    [InlineData("2027-10-31", "2027-11-01", "2027-10-18T06 2027-10-25T06 2027-10-29T06", "2027-11-01T23", "2027-11-02T07")]
    [InlineData("2028-02-29", "2028-02-29", "2028-02-15T07 2028-02-22T07 2028-02-28T07", "2028-02-29T23", "2028-03-01T07")]
    public void A_deadline_moves_to_the_next_working_day_with_its_reminders(
        string date, string effective, string reminders, string expires, string escalation)
    {
        var plan = DeadlinePlan.For(Days.At(date), null, Usual, Shift.NextWorkingDay, WorkingCalendar.Norwegian);

        Assert.Equal(Days.At(effective), plan.EffectiveOn);
        Assert.Equal(Utc(expires), plan.DueAt);
        Assert.Equal(
            [.. reminders.Split(' ').Zip([10, 5, 1], (at, days) => new Rung(RungKind.Reminder, days, Utc(at))), new(RungKind.Escalation, 1, Utc(escalation))],
            plan.Rungs);
    }

    [Fact]
    public void An_office_closed_on_24_December_moves_the_deadline_past_Christmas()
    {
        var calendar = new WorkingCalendar([ClosedDay.Parse("12-24")!.Value]);

        var plan = DeadlinePlan.For(new(2026, 12, 24), null, Usual, Shift.NextWorkingDay, calendar);

        Assert.Equal(new LocalDate(2026, 12, 28), plan.EffectiveOn);
        Assert.Contains("Torsdag 24. desember 2026 holder kontoret stengt.", plan.Why.Nb, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Shift.NextWorkingDay, "2027-03-30")]
    [InlineData(Shift.PreviousWorkingDay, "2027-03-24")]
    [InlineData(Shift.None, "2027-03-28")]
    public void The_shift_says_where_a_holiday_sends_the_deadline(Shift shift, string effective)
    {
        Assert.Equal(Days.At(effective), Plan("2027-03-28", shift).EffectiveOn);
        Assert.Equal(new LocalDate(2027, 3, 24), Plan("2027-03-24", shift).EffectiveOn);
    }

    // 02:30 does not exist on 28 March 2027 and comes twice on 25 October 2026.
    [Theory]
    [InlineData("2027-03-28", "02:30", "2027-03-28T01:00")]
    [InlineData("2027-03-28", "02:00", "2027-03-28T01:00")]
    [InlineData("2027-03-28", "01:59", "2027-03-28T00:59")]
    [InlineData("2027-03-28", "03:00", "2027-03-28T01:00")]
    [InlineData("2026-10-25", "02:30", "2026-10-25T00:30")]
    [InlineData("2026-10-25", "03:00", "2026-10-25T02:00")]
    [InlineData("2027-03-24", "16:00", "2027-03-24T15:00")]
    public void A_clock_time_is_one_instant_on_every_day(string date, string time, string expected)
    {
        var clock = LocalTime.FromHourMinuteSecondTick(int.Parse(time[..2], CultureInfo.InvariantCulture), int.Parse(time[3..], CultureInfo.InvariantCulture), 0, 0);
        var ladder = new Ladder([0], [0], clock);

        var plan = DeadlinePlan.For(Days.At(date), clock, ladder, Shift.None, WorkingCalendar.Norwegian);

        Assert.Equal(Utc(expected), plan.DueAt);
        Assert.All(plan.Rungs, rung => Assert.Equal(Utc(expected), rung.At));
    }

    [Theory]
    [InlineData("2027-03-28", 23)]
    [InlineData("2026-10-25", 25)]
    [InlineData("2026-06-01", 24)]
    public void A_day_has_the_hours_the_clock_gives_it(string date, int hours)
    {
        var day = Days.At(date);

        Assert.Equal(TimeSpan.FromHours(hours), OsloTime.StartOf(day.PlusDays(1)) - OsloTime.StartOf(day));
    }

    [Fact]
    public void Rungs_come_in_the_order_of_time_however_they_are_listed()
    {
        var plan = DeadlinePlan.For(new(2026, 6, 10), null, new Ladder([0, 1, 10], [5, 0, 2], new LocalTime(8, 0)), Shift.None, WorkingCalendar.Norwegian);

        Assert.Equal([10, 1, 0, 0, 2, 5], plan.Rungs.Select(rung => rung.Days));
        Assert.Equal(plan.Rungs.OrderBy(rung => rung.At), plan.Rungs);
    }

    [Fact]
    public void A_rung_before_now_is_left_out_and_one_at_this_very_instant_is_not()
    {
        var plan = Plan("2027-03-28", Shift.NextWorkingDay);

        Assert.Equal([5, 1, 1], plan.From(Utc("2027-03-18T07")).Rungs.Select(rung => rung.Days));
        Assert.Equal([1, 1], plan.From(Utc("2027-03-18T07").AddMilliseconds(1)).Rungs.Select(rung => rung.Days));
    }

    [Fact]
    public void What_only_a_bug_can_ask_for_is_thrown()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Plan("1899-12-31", Shift.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => Plan("2200-01-01", Shift.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => With([401], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => With([], [-1]));
        Assert.Throws<ArgumentException>(() => With([1, 1], []));

        static DeadlinePlan With(int[] remind, int[] escalate) =>
            DeadlinePlan.For(new(2026, 6, 1), null, new Ladder(remind, escalate, new LocalTime(8, 0)), Shift.None, WorkingCalendar.Norwegian);
    }

    [Fact]
    public void The_reasons_name_the_holidays_in_three_languages()
    {
        var why = Plan("2027-05-17", Shift.NextWorkingDay).Why;

        Assert.Equal("Mandag 17. mai 2027 er både grunnlovsdagen og 2. pinsedag. Fristen flyttes til neste virkedag, tirsdag 18. mai 2027. Den går ut når tirsdag 18. mai 2027 er omme.", why.Nb);
        Assert.Equal("Måndag 17. mai 2027 er både grunnlovsdagen og 2. pinsedag. Fristen blir flytta til neste vyrkedag, tysdag 18. mai 2027. Han går ut når tysdag 18. mai 2027 er omme.", why.Nn);
        Assert.Equal("Monday 17 May 2027 is both Constitution Day and Whit Monday. The deadline moves to the next working day, Tuesday 18 May 2027. It expires at the end of Tuesday 18 May 2027.", why.En);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("th-TH")]
    [InlineData("nb-NO")]
    [InlineData("en-US")]
    public void The_machines_culture_changes_nothing(string culture)
    {
        var expected = Plan("2027-05-17", Shift.NextWorkingDay);
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);

            var plan = Plan("2027-05-17", Shift.NextWorkingDay);

            Assert.Equal((expected.DueAt, expected.Why), (plan.DueAt, plan.Why));
            Assert.Equal(expected.Rungs, plan.Rungs);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    private static DeadlinePlan Plan(string date, Shift shift) => DeadlinePlan.For(Days.At(date), null, Usual, shift, WorkingCalendar.Norwegian);

    private static DateTimeOffset Utc(string at) => DateTimeOffset.ParseExact(
        at.Length == 13 ? at + ":00" : at, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
