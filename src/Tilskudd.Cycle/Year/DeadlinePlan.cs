using NodaTime;

namespace Tilskudd.Cycle.Year;

/// <summary>What becomes of a deadline whose date is not a working day. Domstolloven § 149 says the next working day.</summary>
public enum Shift
{
    NextWorkingDay,
    PreviousWorkingDay,
    None,
}

/// <summary>Before the deadline we remind, after it we escalate.</summary>
public enum RungKind
{
    Reminder,
    Escalation,
}

/// <summary>One notice about a deadline.</summary>
/// <param name="Kind">Reminder or escalation.</param>
/// <param name="Days">Working days before (reminder) or after (escalation) the effective date; 0 is the day itself.</param>
/// <param name="At">When it is due, in UTC.</param>
public sealed record Rung(RungKind Kind, int Days, DateTimeOffset At);

/// <summary>When a deadline is spoken of: how many working days before and after it, and at what time of the day in Oslo.</summary>
/// <param name="Remind">Working days before the effective date.</param>
/// <param name="Escalate">Working days after the effective date.</param>
/// <param name="At">The time of day, Europe/Oslo.</param>
public sealed record Ladder(IReadOnlyList<int> Remind, IReadOnlyList<int> Escalate, LocalTime At)
{
    /// <summary>The farthest a rung may stand from its deadline, in working days.</summary>
    public const int MostDays = 400;

    /// <summary>The most reminders, and the most escalations, of one deadline.</summary>
    public const int MostRungs = 10;

    /// <summary>No reminders and no escalations.</summary>
    public static Ladder Empty { get; } = new([], [], new LocalTime(8, 0));
}

/// <summary>What a deadline becomes: the day it holds for, the instant it expires, and the notices about it.</summary>
/// <param name="EffectiveOn">The date after the shift to a working day.</param>
/// <param name="DueAt">When it expires, in UTC. What arrives at this very instant is late.</param>
/// <param name="Rungs">The notices, ordered by time.</param>
/// <param name="Why">What moved, and why.</param>
public sealed record DeadlinePlan(LocalDate EffectiveOn, DateTimeOffset DueAt, IReadOnlyList<Rung> Rungs, Why Why)
{
    /// <summary>The first date a deadline may have.</summary>
    public static LocalDate Earliest { get; } = new(1900, 1, 1);

    /// <summary>The last date a deadline may have.</summary>
    public static LocalDate Latest { get; } = new(2199, 12, 31);

    /// <summary>Computes a deadline from the date that was set. Depends on nothing but its arguments.</summary>
    /// <param name="date">The date set, in Oslo.</param>
    /// <param name="dueAt">The time of day it expires, in Oslo; null for the end of the day.</param>
    /// <param name="ladder">The notices wanted.</param>
    /// <param name="shift">What becomes of a date that is no working day.</param>
    /// <param name="calendar">The days that are worked.</param>
    /// <exception cref="ArgumentOutOfRangeException">The date is outside 1900–2199, or a rung outside 0–400 working days.</exception>
    /// <exception cref="ArgumentException">A rung is listed twice.</exception>
    public static DeadlinePlan For(LocalDate date, LocalTime? dueAt, Ladder ladder, Shift shift, WorkingCalendar calendar)
    {
        Guard(date, ladder);

        var effectiveOn = shift switch
        {
            Shift.NextWorkingDay => calendar.OnOrAfter(date),
            Shift.PreviousWorkingDay => calendar.OnOrBefore(date),
            Shift.None => date,
        };
        var expires = dueAt is { } time ? OsloTime.At(effectiveOn, time) : OsloTime.StartOf(effectiveOn.PlusDays(1));
        var rungs = ladder.Remind.Select(days => RungOf(RungKind.Reminder, days, calendar.Add(effectiveOn, -days)))
            .Concat(ladder.Escalate.Select(days => RungOf(RungKind.Escalation, days, calendar.Add(effectiveOn, days))))
            .OrderBy(rung => rung.At)
            .ThenBy(rung => rung.Kind);

        return new DeadlinePlan(effectiveOn, expires, [.. rungs], DeadlineReasons.For(date, effectiveOn, dueAt, ladder, shift, calendar));

        Rung RungOf(RungKind kind, int days, LocalDate on) => new(kind, days, OsloTime.At(on, ladder.At));
    }

    /// <summary>The same deadline without the notices that should have gone out before an instant: they are not sent afterwards.</summary>
    public DeadlinePlan From(DateTimeOffset now) => this with { Rungs = [.. Rungs.Where(rung => rung.At >= now)] };

    private static void Guard(LocalDate date, Ladder ladder)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(date, Earliest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(date, Latest);
        foreach (var days in ladder.Remind.Concat(ladder.Escalate))
        {
            ArgumentOutOfRangeException.ThrowIfNegative(days, nameof(ladder));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(days, Ladder.MostDays, nameof(ladder));
        }

        if (ladder.Remind.Distinct().Count() != ladder.Remind.Count || ladder.Escalate.Distinct().Count() != ladder.Escalate.Count)
        {
            throw new ArgumentException("A rung of the ladder is listed twice.", nameof(ladder));
        }
    }
}
