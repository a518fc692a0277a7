using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Tilskudd.Layout;

/// <summary>
/// Dates and clock times as people read them, in the language of the request or a given one. All of them are Norwegian local time;
/// an instant is shown as the clock in Oslo stood. In the language of the request they are for a page, where no line ends before a clock
/// time; in a given one they are for mails, files and what is signed, which have ordinary spaces.
/// </summary>
internal static class Dates
{
    private static readonly DateTimeZone Oslo = DateTimeZoneProviders.Tzdb["Europe/Oslo"];

    private static readonly LocalDatePattern[] Typed =
    [
        LocalDatePattern.CreateWithInvariantCulture("d.M.uuuu"),
        LocalDatePattern.CreateWithInvariantCulture("uuuu-MM-dd"),
    ];

    private static readonly LocalTimePattern[] TypedTimes =
    [
        LocalTimePattern.CreateWithInvariantCulture("H.mm"),
        LocalTimePattern.CreateWithInvariantCulture("H:mm"),
        LocalTimePattern.CreateWithInvariantCulture("%H"),
    ];

    /// <summary>"26. nov".</summary>
    public static string Short(LocalDate date, Language? language = null)
    {
        var to = language ?? Languages.Current;
        return Texts.Of<DateWords>(to, "Short", date.Day, ShortMonth(date.Month, to));
    }

    /// <summary>The same on a page of a given day, with the year where it is another: "26. nov 2026".</summary>
    public static string Short(LocalDate date, LocalDate today) => date.Year == today.Year ? Short(date)
        : Texts.Of<DateWords>("ShortWithYear", date.Day, ShortMonth(date.Month), Year(date));

    /// <summary>"26. november".</summary>
    public static string Long(LocalDate date, Language? language = null)
    {
        var to = language ?? Languages.Current;
        return Texts.Of<DateWords>(to, "Short", date.Day, Month(date.Month, to));
    }

    /// <summary>The same on a page of a given day, with the year where it is another.</summary>
    public static string Long(LocalDate date, LocalDate today, Language? language = null) => date.Year == today.Year ? Long(date, language) : WithYear(date, language);

    /// <summary>"26. november 2024".</summary>
    public static string WithYear(LocalDate date, Language? language = null)
    {
        var to = language ?? Languages.Current;
        return Texts.Of<DateWords>(to, "ShortWithYear", date.Day, Month(date.Month, to), Year(date));
    }

    /// <summary>"tirsdag 26. november".</summary>
    public static string WithWeekday(LocalDate date, Language? language = null)
    {
        var to = language ?? Languages.Current;
        return Texts.Of<DateWords>(to, "Weekday", Weekday(date.DayOfWeek, to), Long(date, to));
    }

    /// <summary>A deadline in full: "tirsdag 26. november", with a clock time "tirsdag 26. november kl. 12".</summary>
    public static string Deadline(LocalDate on, LocalTime? at = null, Language? language = null) => AtTime(WithWeekday(on, language), at, language);

    /// <summary>The same on a page of a given day, with the year where it is another: "tirsdag 26. november 2026 kl. 12".</summary>
    public static string Deadline(LocalDate on, LocalTime? at, LocalDate today, Language? language = null)
    {
        var to = language ?? Languages.Current;
        return AtTime(Texts.Of<DateWords>(to, "Weekday", Weekday(on.DayOfWeek, to), Long(on, today, to)), at, language);
    }

    /// <summary>The same in little room: "26. nov", with a clock time "26. nov kl. 12".</summary>
    public static string ShortDeadline(LocalDate on, LocalTime? at = null, Language? language = null) => AtTime(Short(on, language), at, language);

    /// <summary>The same on a page of a given day, with the year where it is another.</summary>
    public static string ShortDeadline(LocalDate on, LocalTime? at, LocalDate today) => AtTime(Short(on, today), at, null);

    /// <summary>When something happened, to the minute: "20.11.2024 kl. 08.12".</summary>
    public static string Stamp(Instant at, Language? language = null)
    {
        var local = at.InZone(Oslo);
        var stamp = Texts.Of<DateWords>(
            language ?? Languages.Current, "Stamp", Two(local.Day), Two(local.Month), Year(local.Date), Two(local.Hour), Two(local.Minute));
        return language is null ? OnOneLine(stamp) : stamp;
    }

    /// <inheritdoc cref="Stamp(Instant, Language?)"/>
    public static string Stamp(DateTimeOffset at, Language? language = null) => Stamp(Instant.FromDateTimeOffset(at), language);

    /// <summary>The date in Norway at this instant.</summary>
    public static LocalDate On(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(Oslo).Date;

    /// <summary>How far away a deadline is: "om 6 dager", "i morgen", "i dag", "33 dager for sent".</summary>
    public static string Away(LocalDate deadline, LocalDate today, Language? language = null)
    {
        var to = language ?? Languages.Current;
        return Period.DaysBetween(today, deadline) switch
        {
            0 => Texts.Of<DateWords>(to, "Today"),
            1 => Texts.Of<DateWords>(to, "Tomorrow"),
            -1 => Texts.Of<DateWords>(to, "LateOne"),
            > 1 and var days => Texts.Of<DateWords>(to, "InDays", days),
            var days => Texts.Of<DateWords>(to, "LateDays", -days),
        };
    }

    /// <summary>A text for a page, where no line ends between "kl." and the time.</summary>
    public static string OnOneLine(string text) => text.Replace("kl. ", "kl.\u00A0", StringComparison.Ordinal);

    /// <summary>With a large first letter, for the beginning of a line or a tag: "Om 6 dager".</summary>
    public static string Capital(string text) =>
        text.Length == 0 ? text : char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];

    /// <summary>With a small first letter, for a noun inside a sentence: "handlingsplan 2025".</summary>
    public static string Within(string text) =>
        text.Length == 0 ? text : char.ToLower(text[0], CultureInfo.InvariantCulture) + text[1..];

    /// <summary>"nov", for a wheel or a narrow column.</summary>
    public static string ShortMonth(int month, Language? language = null) => Texts.Of<DateWords>(language ?? Languages.Current, $"Month{month}.Short");

    /// <summary>Reads a date a person typed: "26.11.2024", "1.3.2025" or "2024-11-26". No other form, no year before 1, and never a guess.</summary>
    public static bool TryParse(string? text, out LocalDate date)
    {
        foreach (var pattern in Typed)
        {
            if (pattern.Parse(text?.Trim() ?? "").TryGetValue(default, out date) && date.Year is >= 1 and <= 9999)
            {
                return true;
            }
        }

        date = default;
        return false;
    }

    /// <summary>Reads a clock time a person typed: "9.30", "09:30" or "9". No other form, and never a guess.</summary>
    public static bool TryParseTime(string? text, out LocalTime time)
    {
        foreach (var pattern in TypedTimes)
        {
            if (pattern.Parse(text?.Trim() ?? "").TryGetValue(default, out time))
            {
                return true;
            }
        }

        time = default;
        return false;
    }

    /// <summary>As a form field holds it: "09.30".</summary>
    public static string ToField(LocalTime time) => $"{Two(time.Hour)}.{Two(time.Minute)}";

    /// <summary>As a form field holds it: "26.11.2024".</summary>
    public static string ToField(LocalDate date) => $"{Two(date.Day)}.{Two(date.Month)}.{Year(date)}";

    private static string AtTime(string day, LocalTime? at, Language? language)
    {
        var to = language ?? Languages.Current;
        var told = at switch
        {
            null => day,
            { Minute: 0 } whole => Texts.Of<DateWords>(to, "WithHour", day, Two(whole.Hour)),
            { } time => Texts.Of<DateWords>(to, "WithTime", day, Two(time.Hour), Two(time.Minute)),
        };
        return language is null ? OnOneLine(told) : told;
    }

    private static string Month(int month, Language language) => Texts.Of<DateWords>(language, $"Month{month}");

    private static string Weekday(IsoDayOfWeek day, Language language) => Texts.Of<DateWords>(language, $"Day{(int)day}");

    private static string Two(int number) => number.ToString("00", CultureInfo.InvariantCulture);

    // As text, so that no culture groups it.
    private static string Year(LocalDate date) => date.Year.ToString("0000", CultureInfo.InvariantCulture);
}
