using NodaTime;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Runs;

/// <summary>A step that has not come yet, and the working day it is expected to end by.</summary>
/// <param name="Own">The programme's own date for it, where it has one.</param>
/// <param name="Letter">The letter that gives the day; null where none does.</param>
internal sealed record ExpectedStep(Definition Flow, StepDefinition Step, WaitingStep Waiting, LocalDate On, DeadlineOverride? Own, LetterDay? Letter = null);

/// <summary>The day a tilskuddsbrev wants report and accounts by.</summary>
/// <param name="Source">The funding source's code.</param>
/// <param name="Entered">The steps its report has begun, by their ids.</param>
internal sealed record LetterDay(PlanUnitId Unit, GrantYear Year, string Source, LocalDate On, IReadOnlySet<string> Entered);

/// <summary>The dates that steps are expected on before they have a deadline: the programme's own before the flow's.</summary>
/// <param name="own">The dates the programmes have set themselves.</param>
/// <param name="days">The days the programmes' municipalities work.</param>
internal sealed class ExpectedDates(FlowLibrary library, IEnumerable<DeadlineOverride> own, OfficeCalendars days)
{
    private readonly Dictionary<(ProgrammeId, GrantYear, string), DeadlineOverride> _own = own.ToDictionary(date => (date.ProgrammeId, date.Year, date.Key));

    /// <summary>The waiting steps that have a date of the year, by the flow or by some programme.</summary>
    private List<(Definition Flow, StepDefinition Step, WaitingStep Waiting)> Dated => field ??= FindDated();

    /// <summary>The ids of those that are expected in some year.</summary>
    public IReadOnlyList<string> Steps => field ??= [.. Dated.Select(one => one.Step.Id).Distinct()];

    /// <summary>The day a step is expected in a programme's year; null when it hangs on something not known.</summary>
    /// <param name="letter">The first date the year's letters give, where one is known.</param>
    public LocalDate? Of(ProgrammeId programme, GrantYear year, WaitingStep step, LocalDate? letter) =>
        Deadlines.Expected(step.DueRule(), year, OwnOf(programme, year, step), days.Of(programme), letter: letter);

    /// <summary>What is still to come of a programme's year, in the order of the flows.</summary>
    /// <param name="isEntered">Whether a step of <see cref="Steps"/> has been begun, by its id.</param>
    /// <param name="letters">Those the unit has had in the year.</param>
    public IEnumerable<ExpectedStep> Coming(ProgrammeId programme, GrantYear year, Func<string, bool> isEntered, IReadOnlyList<LetterDay> letters, LocalDate today) =>
        ByTheYear(programme, year, isEntered, today).Concat(ByLetter(programme, year, letters, today));

    // Each letter gives its own day, and each report comes to it in its own time.
    private IEnumerable<ExpectedStep> ByLetter(ProgrammeId programme, GrantYear year, IReadOnlyList<LetterDay> letters, LocalDate today) =>
        from one in Dated
        where one.Waiting.DueRule() is DueRule.FromLetter && OwnOf(programme, year, one.Waiting) is null
        from letter in letters
        where !letter.Entered.Contains(one.Step.Id)
        let day = Deadlines.Expected(one.Waiting.DueRule(), year, null, days.Of(programme), letter: letter.On)
        where day >= today
        select new ExpectedStep(one.Flow, one.Step, one.Waiting, day.Value, null, letter);

    private IEnumerable<ExpectedStep> ByTheYear(ProgrammeId programme, GrantYear year, Func<string, bool> isEntered, LocalDate today)
    {
        foreach (var (flow, step, waiting) in Dated.Where(one => !isEntered(one.Step.Id)))
        {
            var (own, isBegun) = (OwnOf(programme, year, waiting), flow.Steps.Any(other => isEntered(other.Id)));
            if (Deadlines.Expected(waiting.DueRule(), year, own, days.Of(programme), isBegun) is { } on && on >= today)
            {
                yield return new ExpectedStep(flow, step, waiting, on, own);
            }
        }
    }

    private DeadlineOverride? OwnOf(ProgrammeId programme, GrantYear year, WaitingStep step) => _own.GetValueOrDefault((programme, year, step.Deadline));

    private List<(Definition Flow, StepDefinition Step, WaitingStep Waiting)> FindDated()
    {
        var set = _own.Values.Select(date => date.Key).ToHashSet();
        return
        [
            .. from flow in library.Current
               from step in flow.Steps
               let waiting = step.Step as WaitingStep
               where waiting is not null && (waiting.DueRule() is DueRule.OnDate or DueRule.Within or DueRule.FromLetter || set.Contains(waiting.Deadline))
               select (flow, step, waiting),
        ];
    }
}
