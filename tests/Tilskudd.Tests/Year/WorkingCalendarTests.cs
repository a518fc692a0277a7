using NodaTime;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Year;

public sealed class WorkingCalendarTests
{
    // Easter Sundays as published in almanacs; 2285 is the earliest possible date, 2038 the latest.
    [Theory]
    [InlineData(1900, 4, 15)]
    [InlineData(1913, 3, 23)]
    [InlineData(1943, 4, 25)]
    [InlineData(1954, 4, 18)]
    [InlineData(1981, 4, 19)]
    [InlineData(2000, 4, 23)]
    [InlineData(2008, 3, 23)]
    [InlineData(2011, 4, 24)]
    [InlineData(2024, 3, 31)]
    [InlineData(2025, 4, 20)]
    [InlineData(2026, 4, 5)]
    [InlineData(2027, 3, 28)]
    [InlineData(2028, 4, 16)]
    [InlineData(2038, 4, 25)]
    [InlineData(2285, 3, 22)]
    public void Easter_falls_where_the_almanac_says(int year, int month, int day)
    {
        Assert.Equal(new LocalDate(year, month, day), WorkingCalendar.EasterSunday(year));
    }

    [Fact]
    public void Easter_is_a_sunday_from_22_March_to_25_April_in_every_year()
    {
        Assert.All(Enumerable.Range(1583, 2000).Select(WorkingCalendar.EasterSunday), easter =>
        {
            Assert.Equal(IsoDayOfWeek.Sunday, easter.DayOfWeek);
            Assert.InRange(easter, new LocalDate(easter.Year, 3, 22), new LocalDate(easter.Year, 4, 25));
        });
    }

    // Norway 2026 by hand.
    [Fact]
    public void A_year_has_its_twelve_holidays()
    {
        LocalDate[] expected =
        [
            new(2026, 1, 1), new(2026, 4, 2), new(2026, 4, 3), new(2026, 4, 5), new(2026, 4, 6), new(2026, 5, 1),
            new(2026, 5, 14), new(2026, 5, 17), new(2026, 5, 24), new(2026, 5, 25), new(2026, 12, 25), new(2026, 12, 26),
        ];

        var found = Enumerable.Range(0, 365).Select(new LocalDate(2026, 1, 1).PlusDays).Where(date => WorkingCalendar.HolidaysOn(date).Count > 0);

        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData("2027-05-17", Holiday.ConstitutionDay, Holiday.WhitMonday)]
    [InlineData("2008-05-01", Holiday.LabourDay, Holiday.AscensionDay)]
    [InlineData("2012-05-17", Holiday.ConstitutionDay, Holiday.AscensionDay)]
    public void Two_holidays_can_meet_on_one_day(string date, Holiday first, Holiday second)
    {
        Assert.Equal([first, second], WorkingCalendar.HolidaysOn(Days.At(date)));
    }

    [Theory]
    [InlineData("2026-12-24")]
    [InlineData("2026-12-31")]
    [InlineData("2026-05-15")]
    [InlineData("2026-05-18")]
    [InlineData("2028-02-29")]
    public void Days_the_law_does_not_name_are_worked(string date)
    {
        Assert.True(WorkingCalendar.Norwegian.IsWorkingDay(Days.At(date)));
    }

    [Fact]
    public void An_office_closes_a_day_every_year_or_once()
    {
        var calendar = new WorkingCalendar([ClosedDay.Parse("12-24")!.Value, ClosedDay.Parse("2026-12-31")!.Value]);

        Assert.False(calendar.IsWorkingDay(new(2026, 12, 24)));
        Assert.False(calendar.IsWorkingDay(new(2027, 12, 24)));
        Assert.False(calendar.IsWorkingDay(new(2026, 12, 31)));
        Assert.True(calendar.IsWorkingDay(new(2027, 12, 31)));
    }

    [Fact]
    public void A_leap_day_can_be_closed_every_year_that_has_it_and_closes_no_other()
    {
        var calendar = new WorkingCalendar([ClosedDay.Parse("02-29")!.Value]);

        Assert.False(calendar.IsWorkingDay(new(2028, 2, 29)));
        Assert.True(calendar.IsWorkingDay(new(2029, 2, 28)));
        Assert.True(calendar.IsWorkingDay(new(2029, 3, 1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("02-30")]
    [InlineData("2027-02-29")]
    [InlineData("24.12")]
    [InlineData("12-24 ")]
    [InlineData("1-2")]
    public void A_day_that_does_not_exist_cannot_be_closed(string text)
    {
        Assert.Null(ClosedDay.Parse(text));
    }

    [Theory]
    [InlineData("2026-04-01", 1, "2026-04-07")]
    [InlineData("2026-04-07", -1, "2026-04-01")]
    [InlineData("2026-04-05", 0, "2026-04-05")]
    [InlineData("2026-04-05", 1, "2026-04-07")]
    [InlineData("2026-04-05", -1, "2026-04-01")]
    [InlineData("2026-01-05", 5, "2026-01-12")]
    public void Working_days_are_counted_over_weekends_and_holidays(string from, int days, string to)
    {
        Assert.Equal(Days.At(to), WorkingCalendar.Norwegian.Add(Days.At(from), days));
    }

    [Fact]
    public void More_closed_days_than_a_calendar_can_bear_are_a_fault_of_the_caller()
    {
        var days = Enumerable.Repeat(ClosedDay.Parse("12-24")!.Value, (2 * WorkingCalendar.MostClosedDays) + 1).ToList();

        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkingCalendar(days));
    }
}
