using System.Collections.Concurrent;
using NodaTime;

namespace Tilskudd.Cycle.Year;

/// <summary>
/// The days the municipality and the state work: Monday to Friday, except the holidays of Norwegian law and the days the office
/// itself is closed. Deadlines, reminders and escalations are counted in these days.
/// </summary>
public sealed class WorkingCalendar
{
    /// <summary>How many closed days the settings may add for all, and an office for itself. Both together are far fewer than the working days of a year, so a next one always exists.</summary>
    public const int MostClosedDays = 60;

    // A page asks of thousands of days, and they are of a handful of years.
    private static readonly ConcurrentDictionary<int, IReadOnlyList<(Holiday Holiday, LocalDate On)>> _holidays = new();

    private readonly IReadOnlyList<ClosedDay> _closed;

    /// <summary>The law's calendar with the office's own closed days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than twice <see cref="MostClosedDays"/> days are closed.</exception>
    public WorkingCalendar(IReadOnlyList<ClosedDay> closed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(closed.Count, 2 * MostClosedDays, nameof(closed));
        _closed = [.. closed];
    }

    /// <summary>The law's calendar, with no day closed beyond it.</summary>
    public static WorkingCalendar Norwegian { get; } = new([]);

    /// <summary>Names the rules a deadline was computed by, and is stored with it: a changed rule gets a new name.</summary>
    public static string Version => "no-2026.1";

    /// <summary>
    /// Easter Sunday of a year in the Gregorian calendar, by the anonymous algorithm of 1876 (Meeus/Jones/Butcher):
    /// the Sunday after the first ecclesiastical full moon on or after 21 March.
    /// </summary>
    public static LocalDate EasterSunday(int year)
    {
        var golden = year % 19;
        var century = year / 100;
        var skippedLeapDays = century - (century / 4);
        var lunarCorrection = (century - ((century + 8) / 25) + 1) / 3;
        var epact = ((19 * golden) + skippedLeapDays - lunarCorrection + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (year % 100 / 4)) - epact - (year % 4)) % 7;
        var late = (golden + (11 * epact) + (22 * weekday)) / 451;
        var day = epact + weekday - (7 * late) + 114;
        return new LocalDate(year, day / 31, (day % 31) + 1);
    }

    /// <summary>The holidays that fall on a date: usually none or one, two where they meet (17 May 2027 is also 2. pinsedag).</summary>
    public static IReadOnlyList<Holiday> HolidaysOn(LocalDate date) =>
        [.. _holidays.GetOrAdd(date.Year, year => [.. HolidaysOf(year)]).Where(holiday => holiday.On == date).Select(holiday => holiday.Holiday)];

    /// <summary>True on a weekday that is neither a holiday nor closed.</summary>
    public bool IsWorkingDay(LocalDate date) =>
        date.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday) && HolidaysOn(date).Count == 0 && !IsClosed(date);

    /// <summary>True where the office itself has closed the day, whatever the law says of it.</summary>
    public bool IsClosed(LocalDate date) => _closed.Any(day => day.Covers(date));

    /// <summary>The date itself where it is a working day, else the first working day after it (domstolloven § 149).</summary>
    public LocalDate OnOrAfter(LocalDate date) => IsWorkingDay(date) ? date : Add(date, 1);

    /// <summary>The date itself where it is a working day, else the last working day before it.</summary>
    public LocalDate OnOrBefore(LocalDate date) => IsWorkingDay(date) ? date : Add(date, -1);

    /// <summary>The date so many working days later, or earlier where the number is negative; 0 is the date itself.</summary>
    public LocalDate Add(LocalDate date, int workingDays)
    {
        var step = Math.Sign(workingDays);
        for (var left = Math.Abs(workingDays); left > 0;)
        {
            date = date.PlusDays(step);
            left -= IsWorkingDay(date) ? 1 : 0;
        }

        return date;
    }

    private static IEnumerable<(Holiday Holiday, LocalDate On)> HolidaysOf(int year)
    {
        var easter = EasterSunday(year);
        yield return (Holiday.NewYearsDay, new LocalDate(year, 1, 1));
        yield return (Holiday.MaundyThursday, easter.PlusDays(-3));
        yield return (Holiday.GoodFriday, easter.PlusDays(-2));
        yield return (Holiday.EasterSunday, easter);
        yield return (Holiday.EasterMonday, easter.PlusDays(1));
        yield return (Holiday.LabourDay, new LocalDate(year, 5, 1));
        yield return (Holiday.ConstitutionDay, new LocalDate(year, 5, 17));
        yield return (Holiday.AscensionDay, easter.PlusDays(39));
        yield return (Holiday.WhitSunday, easter.PlusDays(49));
        yield return (Holiday.WhitMonday, easter.PlusDays(50));
        yield return (Holiday.ChristmasDay, new LocalDate(year, 12, 25));
        yield return (Holiday.SecondDayOfChristmas, new LocalDate(year, 12, 26));
    }
}
