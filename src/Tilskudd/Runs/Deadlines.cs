using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;

namespace Tilskudd.Runs;

/// <summary>Sets the deadline of a step that begins to wait: the programme's own date, else the flow's rule.</summary>
internal sealed class Deadlines(Calendars calendars)
{
    /// <summary>Working days given when the date of the year has passed before the step is entered, as when a plan is sent back after its draft was due.</summary>
    public const int Grace = 5;

    private static readonly LocalTime _morning = new(8, 0);

    public async Task Set(Writing w, Run run, WaitingStep step)
    {
        var deadline = await Foresee(w, w.Ids.Next<DeadlineId>(), run, step);
        w.Db.Add(deadline);
        run.SetDue(deadline.Id, deadline.DueAt);
    }

    /// <summary>The deadline a step would get if the run entered it now. Keeps nothing.</summary>
    public async Task<Deadline> Foresee(Writing w, DeadlineId id, Run run, WaitingStep step)
    {
        var (calendar, own, rules) = await OwnWays(w, run, step);
        var source = own?.Source ?? (step.DueRule() is DueRule.FromLetter ? DateSource.Letter : DateSource.Flow);
        var (on, time, from) = own is not null ? (own.On, own.Time, null) : await DateOf(w, run, step, calendar);

        // A day that is only waited for is reached when it has passed; nobody is to do anything by it.
        if (step is not WaitUntil && DueAt(on, time, calendar) <= w.Now)
        {
            (on, time, from, source) = (calendar.Add(OsloTime.On(w.Now).Date, Grace), null, null, DateSource.Grace);
        }

        return Deadline.Set(id, step.Deadline, on, time, step.Due, LadderOf(step, rules), calendar, w.Now).Within(from).From(source);
    }

    /// <summary>Moves the deadline of a step that waits: a new revision with its own ladder takes its place, and the old one's rungs are never sent.</summary>
    public async Task<Deadline> Move(Writing w, Run run, WaitingStep step, LocalDate on, LocalTime? time, string reason)
    {
        var (calendar, _, rules) = await OwnWays(w, run, step);
        var holds = await Of(w, run.Waiting.DeadlineId!.Value);
        var moved = holds.MoveTo(w.Ids.Next<DeadlineId>(), on, time, reason, LadderOf(step, rules), calendar, w.Now);
        w.Db.Add(moved);
        run.SetDue(moved.Id, moved.DueAt);
        return moved;
    }

    /// <summary>A deadline by its id, one set in the same story too.</summary>
    public static async Task<Deadline> Of(Writing w, DeadlineId id) =>
        w.Db.AtHand<Deadline>().FindEntry(id)?.Entity ?? await w.Db.Deadlines.AsSingleQuery().SingleAsync(deadline => deadline.Id == id);

    /// <summary>When a date set now would expire, wherever the office works.</summary>
    public DateTimeOffset DueAt(LocalDate on, LocalTime? time) => DueAt(on, time, calendars.Everywhere);

    /// <summary>The calendars that some programmes' deadlines are expected by from a day on.</summary>
    public Task<OfficeCalendars> CalendarsOf(TilskuddDb db, IReadOnlyCollection<ProgrammeId> programmes, LocalDate on, CancellationToken ct) => calendars.Of(db, programmes, on, ct);

    /// <summary>
    /// The working day a deadline of a grant year is expected on, for steps that are yet to come: it moves as it will when it is set (contract.md, the
    /// deadline). Null when it hangs on something not known.
    /// </summary>
    /// <param name="own">The programme's own date, where it has one.</param>
    /// <param name="calendar">The days the programme's municipality works.</param>
    /// <param name="isBegun">Whether the step's flow walks in the year. A vague date is foreseen by no other: not every year has an evaluation.</param>
    /// <param name="letter">The date of the tilskuddsbrev, where it is known.</param>
    public static LocalDate? Expected(DueRule rule, GrantYear year, DeadlineOverride? own, WorkingCalendar calendar, bool isBegun = false, LocalDate? letter = null) => own is not null ? calendar.OnOrAfter(own.On) : rule switch
    {
        DueRule.OnDate date => calendar.OnOrAfter(date.In(year.Number)),
        DueRule.Within vague when isBegun => calendar.OnOrAfter(vague.In(year.Number).To),
        DueRule.FromLetter from when letter is { } on => calendar.OnOrAfter(from.Of(on, calendar)),
        DueRule.Within or DueRule.AfterDays or DueRule.AfterWorkingDays or DueRule.FromLetter => null,
        _ => throw new UnreachableException($"Unknown due rule: {rule}."),
    };

    private static DateTimeOffset DueAt(LocalDate on, LocalTime? time, WorkingCalendar calendar) => DeadlinePlan.For(on, time, Ladder.Empty, Shift.NextWorkingDay, calendar).DueAt;

    private static Ladder LadderOf(WaitingStep step, StepOverride? rules) => new(rules?.Remind ?? step.Remind, rules?.Escalate ?? step.Escalate, _morning);

    // Every step that waits begins with all three, so they are asked for in one.
    private async Task<(WorkingCalendar Calendar, DeadlineOverride? Date, StepOverride? Rules)> OwnWays(Writing w, Run run, WaitingStep step)
    {
        var today = OsloTime.On(w.Now).Date;
        var dates = w.Db.Set<DeadlineOverride>().Where(date => date.ProgrammeId == run.ProgrammeId && date.Year == run.Year && date.Key == step.Deadline);
        var rules = w.Db.Set<StepOverride>().Where(rule => rule.ProgrammeId == run.ProgrammeId && rule.Key == step.Deadline);
        var closed = Calendars.ClosedFrom(w.Db, today);
        var found = await w.Db.Programmes.Where(programme => programme.Id == run.ProgrammeId)
            .SelectMany(_ => dates.DefaultIfEmpty(), (programme, date) => new { programme.MunicipalityId, date })
            .SelectMany(_ => rules.DefaultIfEmpty(), (known, rule) => new { known.MunicipalityId, known.date, rule })
            .SelectMany(known => closed.Where(day => day.MunicipalityId == known.MunicipalityId).DefaultIfEmpty(), (known, day) => new { known.date, known.rule, day }).ToListAsync();

        // A programme laid out in the same story has no ways of its own yet.
        return found is [var one, ..] ? (calendars.With([.. found.Select(row => row.day).OfType<OfficeClosedDay>()]), one.date, one.rule) : (calendars.Everywhere, null, null);
    }

    private static async Task<(LocalDate On, LocalTime? Time, LocalDate? From)> DateOf(Writing w, Run run, WaitingStep step, WorkingCalendar calendar)
    {
        var today = OsloTime.On(w.Now).Date;
        return step.DueRule() switch
        {
            DueRule.OnDate date => (date.In(run.Year.Number), date.At, null),
            DueRule.Within interval => (interval.In(run.Year.Number).To, null, interval.In(run.Year.Number).From),
            DueRule.AfterDays wait => (today.PlusDays(wait.Count), null, null),
            DueRule.AfterWorkingDays wait => (calendar.Add(today, wait.Count), null, null),
            DueRule.FromLetter from => (from.Of(await LetterDate(w, run), calendar), null, null),
            var unknown => throw new UnreachableException($"Unknown due rule: {unknown}."),
        };
    }

    private static async Task<LocalDate> LetterDate(Writing w, Run run) =>
        (await Who.GrantOf(w.Db, run.Subject))?.Letter?.ReportDueOn
        ?? throw new InvalidOperationException($"Run {run.Id} asks a letter for a date, and there is no letter.");
}
