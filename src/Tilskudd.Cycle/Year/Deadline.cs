using NodaTime;

namespace Tilskudd.Cycle.Year;

/// <summary>A notice to be given about a deadline, and whether it has been.</summary>
public sealed class DeadlineRung
{
    private DeadlineRung() { }

    internal DeadlineRung(int number, Rung rung) => (Number, Kind, Days, At) = (number, rung.Kind, rung.Days, rung.At);

    public int Number { get; private set; }

    public RungKind Kind { get; private set; }

    /// <summary>Working days before (reminder) or after (escalation).</summary>
    public int Days { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>When the sweep took it; it is never taken twice.</summary>
    public DateTimeOffset? HandledAt { get; private set; }

    /// <exception cref="InvalidOperationException">It has been taken before: its notice would go out twice.</exception>
    public void Handle(DateTimeOffset at) =>
        HandledAt = HandledAt is null ? at : throw new InvalidOperationException($"The {Kind} at {Days} working days was taken at {HandledAt:O}.");
}

/// <summary>Where the date of a deadline is from.</summary>
public enum DateSource
{
    /// <summary>The rule of the flow.</summary>
    Flow,

    /// <summary>The programme's own date for the year, which the municipality has set.</summary>
    Own,

    /// <summary>The programme's own date for the year, as the grantor's call for applications has it.</summary>
    Call,

    /// <summary>The programme's own date for the year, as the grantor has given it by letter or mail.</summary>
    Grantor,

    /// <summary>The tilskuddsbrev.</summary>
    Letter,

    /// <summary>The year's date had passed when the step began, so some working days were given.</summary>
    Grace,

    /// <summary>Somebody has moved it, for the reason given.</summary>
    Moved,
}

/// <summary>
/// A date something is due, with the rule and calendar it was computed by. Moving it makes a new revision; the old one is kept,
/// and its rungs are never sent.
/// </summary>
public sealed class Deadline
{
    private readonly List<DeadlineRung> _rungs = [];

    private Deadline() { }

    private Deadline(DeadlineId id, string key, int revision, LocalDate on, LocalTime? time, string rule, string reason, DateTimeOffset at) =>
        (Id, Key, Revision, On, Time, Rule, Reason, SetAt, CalendarVersion) = (id, key, revision, on, time, rule, reason, at, WorkingCalendar.Version);

    public DeadlineId Id { get; private set; }

    /// <summary>The flow's name for the deadline, for example <c>plan-decision</c>.</summary>
    public string Key { get; private set; } = "";

    public int Revision { get; private set; }

    /// <summary>The local date set, before any shift to a working day.</summary>
    public LocalDate On { get; private set; }

    public LocalTime? Time { get; private set; }

    /// <summary>The first day it can be done, where the date is the last day of a vague one; else null.</summary>
    public LocalDate? FromOn { get; private set; }

    /// <summary>The rule the date came from, as the flow or the letter gives it.</summary>
    public string Rule { get; private set; } = "";

    /// <summary>Null for one set before it was kept.</summary>
    public DateSource? Source { get; private set; }

    public string CalendarVersion { get; private set; } = "";

    public LocalDate EffectiveOn { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    public DateTimeOffset SetAt { get; private set; }

    /// <summary>Why it was moved; empty on the first revision.</summary>
    public string Reason { get; private set; } = "";

    public DateTimeOffset? SupersededAt { get; private set; }

    /// <summary>When what was due was done.</summary>
    public DateTimeOffset? MetAt { get; private set; }

    public IReadOnlyList<DeadlineRung> Rungs => _rungs;

    public bool IsOpen => MetAt is null && SupersededAt is null;

    /// <summary>Sets a deadline. A rung already past is left out: it is not sent afterwards.</summary>
    public static Deadline Set(DeadlineId id, string key, LocalDate on, LocalTime? time, string rule, Ladder ladder, WorkingCalendar calendar, DateTimeOffset at) =>
        Make(id, key, 1, on, time, rule, "", ladder, calendar, at);

    /// <summary>Says that the date is the last day of a vague one, such as «late autumn».</summary>
    public Deadline Within(LocalDate? from)
    {
        FromOn = from;
        return this;
    }

    /// <summary>Says where the date is from.</summary>
    public Deadline From(DateSource source)
    {
        Source = source;
        return this;
    }

    /// <summary>Moves the deadline: this revision is superseded, and a new one with its own ladder comes in its place.</summary>
    /// <exception cref="InvalidOperationException">It has been met, or moved already: only the revision that holds can be moved.</exception>
    public Deadline MoveTo(DeadlineId id, LocalDate on, LocalTime? time, string reason, Ladder ladder, WorkingCalendar calendar, DateTimeOffset at)
    {
        if (!IsOpen)
        {
            throw new InvalidOperationException($"Deadline {Key}, revision {Revision}, no longer holds and cannot be moved.");
        }

        SupersededAt = at;
        return Make(id, Key, Revision + 1, on, time, Rule, reason, ladder, calendar, at).From(DateSource.Moved);
    }

    public void Meet(DateTimeOffset at) => MetAt ??= at;

    /// <summary>What was due is no longer asked for, and nobody is reminded of it.</summary>
    public void Withdraw(DateTimeOffset at) => SupersededAt ??= at;

    public bool IsOverdue(DateTimeOffset now) => IsOpen && now >= DueAt;

    private static Deadline Make(
        DeadlineId id, string key, int revision, LocalDate on, LocalTime? time, string rule, string reason, Ladder ladder, WorkingCalendar calendar, DateTimeOffset at)
    {
        var plan = DeadlinePlan.For(on, time, ladder, Shift.NextWorkingDay, calendar).From(at);
        var deadline = new Deadline(id, key, revision, on, time, rule, reason, at) { EffectiveOn = plan.EffectiveOn, DueAt = plan.DueAt };
        deadline._rungs.AddRange(plan.Rungs.Select((rung, index) => new DeadlineRung(index + 1, rung)));
        return deadline;
    }
}
