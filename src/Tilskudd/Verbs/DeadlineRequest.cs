using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Verbs;

/// <summary>The deadline an operator asks about, read strictly from the options of <c>deadline</c>.</summary>
internal sealed record DeadlineRequest(
    LocalDate Date, LocalTime? DueAt, Ladder Ladder, Shift Shift, WorkingCalendar Calendar, DateTimeOffset? Now)
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalDateTimePattern ToTheMinute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
    private static readonly LocalDateTimePattern ToTheSecond = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss");

    /// <summary>Reads the options.</summary>
    /// <returns>The request, or null with every value that cannot be used, as Norwegian sentences.</returns>
    public static (DeadlineRequest? Request, IReadOnlyList<string> Faults) Read(Invocation given)
    {
        var faults = new List<string>();
        var date = ReadDate(given, faults);
        var dueAt = ReadTime(given, "due-at", " Skal fristen gå ut når dagen er omme, utelater du valget.", faults);
        var ladder = new Ladder(
            ReadRungs(given, "remind", faults), ReadRungs(given, "escalate", faults), ReadTime(given, "at", "", faults) ?? Ladder.Empty.At);
        var shift = ReadShift(given, faults);
        var closed = ReadClosed(given, faults);
        var now = ReadNow(given, faults);

        return faults.Count > 0
            ? (null, faults)
            : (new DeadlineRequest(date, dueAt, ladder, shift, new WorkingCalendar(closed), now), faults);
    }

    private static LocalDate ReadDate(Invocation given, List<string> faults)
    {
        var text = given.Value("date")!;
        if (!LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var date))
        {
            faults.Add($"--date: «{text}» er ikke en dato. Skriv år-måned-dag for en dag som finnes, som 2027-03-28.");
        }
        else if (date < DeadlinePlan.Earliest || date > DeadlinePlan.Latest)
        {
            faults.Add($"--date: «{text}» er utenfor tiden som regnes. Bruk en dato fra 1900-01-01 til 2199-12-31.");
        }

        return date;
    }

    private static LocalTime? ReadTime(Invocation given, string option, string remedy, List<string> faults)
    {
        if (!given.TryValue(option, out var text))
        {
            return null;
        }

        if (Clock.Parse(text).TryGetValue(default, out var time))
        {
            return time;
        }

        faults.Add($"--{option}: «{text}» er ikke et klokkeslett. Skriv timer og minutter fra 00:00 til 23:59, som 08:00.{remedy}");
        return null;
    }

    private static List<int> ReadRungs(Invocation given, string option, List<string> faults)
    {
        var rungs = new List<int>();
        foreach (var part in Parts(given, option))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days > Ladder.MostDays)
            {
                faults.Add($"--{option}: «{part}» er ikke et antall virkedager. Skriv hele tall fra 0 til {Ladder.MostDays} med komma mellom, som 10,5,1.");
            }
            else if (rungs.Contains(days))
            {
                faults.Add($"--{option}: {days} står to ganger. Skriv hvert tall én gang.");
            }
            else
            {
                rungs.Add(days);
            }
        }

        return rungs;
    }

    private static Shift ReadShift(Invocation given, List<string> faults)
    {
        switch (given.Value("shift"))
        {
            case null or "next-working-day":
                return Shift.NextWorkingDay;
            case "previous-working-day":
                return Shift.PreviousWorkingDay;
            case "none":
                return Shift.None;
            case var word:
                string[] allowed = ["next-working-day", "previous-working-day", "none"];
                faults.Add($"--shift: «{word}» finnes ikke.{Nearest.Question(word, allowed)} Tillatt er {string.Join(", ", allowed)}.");
                return default;
        }
    }

    private static List<ClosedDay> ReadClosed(Invocation given, List<string> faults)
    {
        var days = new List<ClosedDay>();
        foreach (var part in Parts(given, "closed"))
        {
            if (ClosedDay.Parse(part) is { } day)
            {
                days.Add(day);
            }
            else
            {
                faults.Add($"--closed: «{part}» er ikke en dag som finnes. Skriv 12-24 for hvert år eller 2026-12-24 for én gang, med komma mellom.");
            }
        }

        if (days.Count > WorkingCalendar.MostClosedDays)
        {
            faults.Add($"--closed: {days.Count} dager er for mange. Høyst {WorkingCalendar.MostClosedDays} kan være stengt.");
            days.Clear();
        }

        return days;
    }

    private static DateTimeOffset? ReadNow(Invocation given, List<string> faults)
    {
        if (!given.TryValue("now", out var text))
        {
            return null;
        }

        if (ToTheMinute.Parse(text).TryGetValue(default, out var now) || ToTheSecond.Parse(text).TryGetValue(default, out now))
        {
            if (now.Date >= DeadlinePlan.Earliest && now.Date <= DeadlinePlan.Latest)
            {
                return OsloTime.At(now.Date, now.TimeOfDay);
            }
        }

        faults.Add($"--now: «{text}» er ikke et tidspunkt mellom 1900 og 2199. Skriv norsk tid, som 2027-03-01T09:00.");
        return null;
    }

    private static string[] Parts(Invocation given, string option) => given.Value(option)?.Split(',') ?? [];
}
