using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace Tilskudd.Cycle.Year;

/// <summary>
/// When a step is due unless the programme says otherwise, as a flow's file writes it: <c>Y-1 11-26 12:00</c>,
/// <c>Y 10-01..12-31</c>, <c>+10 workdays</c>, <c>+14 days</c>, <c>letter report-due</c> or <c>letter report-due -20 workdays</c>.
/// </summary>
public abstract partial record DueRule
{
    /// <summary>In days, and in working days.</summary>
    public const int LongestWait = 400;

    /// <summary>The dates a tilskuddsbrev's terms can give.</summary>
    public static IReadOnlyList<string> LetterTerms { get; } = ["report-due"];

    private DueRule()
    {
    }

    /// <summary>Reads the rule, or says in plain Norwegian what is wrong with it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DueRule? rule, [NotNullWhen(false)] out string? fault)
    {
        rule = null;
        fault = null;
        if (OnDatePattern().Match(text) is { Success: true } date)
        {
            (rule, fault) = ParseDate(date);
        }
        else if (WithinPattern().Match(text) is { Success: true } interval)
        {
            (rule, fault) = ParseInterval(interval);
        }
        else if (AfterEntryPattern().Match(text) is { Success: true } wait)
        {
            (rule, fault) = ParseWait(wait);
        }
        else if (FromLetterPattern().Match(text) is { Success: true } letter)
        {
            (rule, fault) = ParseLetter(letter);
        }
        else
        {
            fault = "Fristen kan ikke leses. Skriv «Y-1 11-26 12:00» (dato i tilskuddsåret, med eller uten klokkeslett), «Y 10-01..12-31» (en gang mellom to datoer), "
                + "«+10 workdays», «+14 days», «letter report-due» eller «letter report-due -20 workdays» (før brevets dato).";
        }

        return rule is not null;
    }

    private static (DueRule? Rule, string? Fault) ParseDate(Match match)
    {
        var year = match.Groups["year"].Value;
        var (month, day) = (Number(match, "month"), Number(match, "day"));
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(2024, month))
        {
            return (null,
                $"Datoen {match.Groups["month"].Value}-{match.Groups["day"].Value} finnes ikke. "
                + "Skriv måned og dag, for eksempel 11-26.");
        }

        var hasTime = match.Groups["hour"].Success;
        var (hour, minute) = hasTime ? (Number(match, "hour"), Number(match, "minute")) : (0, 0);
        if (hour > 23 || minute > 59)
        {
            return (null,
                $"Klokkeslettet {match.Groups["hour"].Value}:{match.Groups["minute"].Value} finnes ikke. "
                + "Skriv fra 00:00 til 23:59, eller utelat det.");
        }

        return (new OnDate(
            year.Length == 0 ? 0 : int.Parse(year, CultureInfo.InvariantCulture),
            new AnnualDate(month, day),
            hasTime ? new LocalTime(hour, minute) : null), null);
    }

    private static (DueRule? Rule, string? Fault) ParseInterval(Match match)
    {
        var year = match.Groups["year"].Value;
        (int Month, int Day)[] ends = [(Number(match, "month"), Number(match, "day")), (Number(match, "tomonth"), Number(match, "today"))];
        if (ends.Any(end => end.Month is < 1 or > 12 || end.Day < 1 || end.Day > DateTime.DaysInMonth(2024, end.Month)))
        {
            return (null, $"En av datoene i {match.Value} finnes ikke. Skriv måned og dag, for eksempel 10-01..12-31.");
        }

        return ends[1].CompareTo(ends[0]) <= 0
            ? (null, $"Den siste datoen i {match.Value} må være etter den første, i samme år.")
            : (new Within(year.Length == 0 ? 0 : int.Parse(year, CultureInfo.InvariantCulture), new AnnualDate(ends[0].Month, ends[0].Day), new AnnualDate(ends[1].Month, ends[1].Day)), null);
    }

    private static (DueRule? Rule, string? Fault) ParseLetter(Match match)
    {
        var term = match.Groups["term"].Value;
        if (!LetterTerms.Contains(term))
        {
            return (null, $"Et tilskuddsbrev har ingen dato som heter '{term}'. Tillatt er: {string.Join(", ", LetterTerms)}.");
        }

        var before = match.Groups["count"].Success ? Days(match) : 0;
        return match.Groups["count"].Success && before is < 1 or > LongestWait
            ? (null, $"En frist kan være fra 1 til {LongestWait} virkedager før brevets dato, men her står -{match.Groups["count"].Value}.")
            : (new FromLetter(term, before), null);
    }

    private static (DueRule? Rule, string? Fault) ParseWait(Match match)
    {
        var count = Days(match);
        if (count is < 1 or > LongestWait)
        {
            return (null,
                $"En frist kan være fra 1 til {LongestWait} dager etter at steget begynner, "
                + $"men her står +{match.Groups["count"].Value}.");
        }

        return (match.Groups["unit"].Value == "days" ? new AfterDays(count) : new AfterWorkingDays(count), null);
    }

    private static int Days(Match match) => match.Groups["count"].Length <= 4 ? Number(match, "count") : int.MaxValue;

    private static int Number(Match match, string group)
        => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"\AY(?<year>[+-][0-9])? (?<month>[0-9]{2})-(?<day>[0-9]{2})( (?<hour>[0-9]{2}):(?<minute>[0-9]{2}))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex OnDatePattern();

    [GeneratedRegex(
        @"\AY(?<year>[+-][0-9])? (?<month>[0-9]{2})-(?<day>[0-9]{2})\.\.(?<tomonth>[0-9]{2})-(?<today>[0-9]{2})\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex WithinPattern();

    [GeneratedRegex(@"\A\+(?<count>[0-9]+) (?<unit>workdays|days)\z", RegexOptions.CultureInvariant)]
    private static partial Regex AfterEntryPattern();

    [GeneratedRegex(@"\Aletter (?<term>[a-z-]+?)( -(?<count>[0-9]+) workdays)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex FromLetterPattern();

    /// <summary>A date counted from the grant year, with a clock time in Europe/Oslo or the whole day.</summary>
    /// <param name="Years">Added to the grant year; -1 for the year before it.</param>
    /// <param name="Date">29 February becomes the 28th in other than leap years.</param>
    /// <param name="At">Null when the whole day counts.</param>
    public sealed record OnDate(int Years, AnnualDate Date, LocalTime? At) : DueRule
    {
        public LocalDate In(int grantYear) => Date.InYear(grantYear + Years);
    }

    /// <summary>Some time between two dates of a year, as a time plan says «sept/okt» or «late autumn»; it is late after the last of them.</summary>
    /// <param name="Years">Added to the grant year; -1 for the year before it.</param>
    public sealed record Within(int Years, AnnualDate From, AnnualDate To) : DueRule
    {
        public (LocalDate From, LocalDate To) In(int grantYear) => (From.InYear(grantYear + Years), To.InYear(grantYear + Years));
    }

    /// <summary>So many working days after the step is entered, 1 to <see cref="LongestWait"/>.</summary>
    public sealed record AfterWorkingDays(int Count) : DueRule;

    /// <summary>So many days after the step is entered, 1 to <see cref="LongestWait"/>.</summary>
    public sealed record AfterDays(int Count) : DueRule;

    /// <summary>A date that the tilskuddsbrev's terms give, or so many working days before it.</summary>
    /// <param name="Term">One of <see cref="LetterTerms"/>.</param>
    /// <param name="Before">Working days, up to <see cref="LongestWait"/>; nought for the date itself.</param>
    public sealed record FromLetter(string Term, int Before = 0) : DueRule
    {
        public LocalDate Of(LocalDate letter, WorkingCalendar calendar) => Before == 0 ? letter : calendar.Add(letter, -Before);
    }
}
