using System.Resources;
using NodaTime;

namespace Tilskudd.Cycle.Year;

/// <summary>Tells what a deadline became, and which holiday or closed day moved it.</summary>
internal static class DeadlineReasons
{
    private static readonly ResourceManager Texts = new("Tilskudd.Cycle.Year.DeadlineTexts", typeof(DeadlineReasons).Assembly);

    public static Why For(
        LocalDate date, LocalDate effectiveOn, LocalTime? dueAt, Ladder ladder, Shift shift, WorkingCalendar calendar) =>
        Language.Explain(Texts, language =>
        [
            DayOf(date, calendar, language),
            .. DaysPassed(date, effectiveOn, calendar, language),
            .. Moved(date, effectiveOn, shift, calendar, language),
            Expiry(effectiveOn, dueAt, language),
            .. ClockChanges(effectiveOn, dueAt, ladder, calendar, language),
        ]);

    private static string DayOf(LocalDate date, WorkingCalendar calendar, Language language)
    {
        var holidays = WorkingCalendar.HolidaysOn(date);
        if (holidays.Count > 0)
        {
            return language.Sentence("DayIsHoliday", Long(date, language), Names(holidays, language));
        }

        return calendar.IsWorkingDay(date) ? language.Sentence("DayIsWorkingDay", Long(date, language))
            : calendar.IsClosed(date) ? language.Sentence("DayIsClosed", Long(date, language))
            : language.Sentence("DayIsWeekend", Long(date, language));
    }

    // A Saturday or Sunday on the way explains itself; a holiday or a closed day does not.
    private static IEnumerable<string> DaysPassed(LocalDate date, LocalDate effectiveOn, WorkingCalendar calendar, Language language)
    {
        var step = effectiveOn < date ? -1 : 1;
        for (var day = date; day != effectiveOn; day = day.PlusDays(step))
        {
            if (day != date && (WorkingCalendar.HolidaysOn(day).Count > 0 || calendar.IsClosed(day)))
            {
                yield return DayOf(day, calendar, language);
            }
        }
    }

    private static IEnumerable<string> Moved(
        LocalDate date, LocalDate effectiveOn, Shift shift, WorkingCalendar calendar, Language language)
    {
        if (date == effectiveOn)
        {
            yield return language.Sentence(calendar.IsWorkingDay(date) ? "Stands" : "StandsAnyway");
            yield break;
        }

        yield return shift switch
        {
            Shift.NextWorkingDay => language.Sentence("MovedForward", Long(effectiveOn, language)),
            Shift.PreviousWorkingDay => language.Sentence("MovedBack", Long(effectiveOn, language)),
            Shift.None => throw new InvalidOperationException("A deadline that is not to be moved was moved."),
        };
    }

    private static string Expiry(LocalDate effectiveOn, LocalTime? dueAt, Language language) => dueAt is { } time
        ? language.Sentence("ExpiresAt", Long(effectiveOn, language), Clock(time, language))
        : language.Sentence("ExpiresWithDay", Long(effectiveOn, language));

    private static IEnumerable<string> ClockChanges(
        LocalDate effectiveOn, LocalTime? dueAt, Ladder ladder, WorkingCalendar calendar, Language language)
    {
        var times = ladder.Remind.Select(days => (On: calendar.Add(effectiveOn, -days), At: ladder.At))
            .Concat(ladder.Escalate.Select(days => (On: calendar.Add(effectiveOn, days), At: ladder.At)));
        if (dueAt is { } time)
        {
            times = times.Prepend((effectiveOn, time));
        }

        return times.Distinct()
            .Where(time => OsloTime.Skips(time.On, time.At))
            .Select(time => language.Sentence(
                "ClockSkips", Long(time.On, language), Clock(time.At, language), Clock(OsloTime.On(OsloTime.At(time.On, time.At)).TimeOfDay, language)));
    }

    private static string Long(LocalDate date, Language language) => date.ToString(language.Phrase("DatePattern"), language.Culture);

    private static string Clock(LocalTime time, Language language) => time.ToString("HH':'mm", language.Culture);

    private static string Names(IReadOnlyList<Holiday> holidays, Language language) => holidays.Count == 1
        ? language.Phrase($"Holiday{holidays[0]}")
        : language.Phrase("Both", language.Phrase($"Holiday{holidays[0]}"), language.Phrase($"Holiday{holidays[1]}"));
}
