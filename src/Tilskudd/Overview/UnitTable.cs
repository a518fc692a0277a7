using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;

namespace Tilskudd.Overview;

/// <summary>The table of plan units and the year's phases: what is done, what waits, what is late and what is to come.</summary>
internal sealed class UnitTable(RunBoard board, FlowLibrary library, ExpectedDates expected)
{
    private static readonly StepState[] Weightiest = [StepState.Late, StepState.Now, StepState.Coming, StepState.Done, StepState.NotUsed];

    /// <summary>The columns, named by the flows' own words.</summary>
    public IReadOnlyList<PhaseHeading> Headings => field ??= Named();

    /// <summary>A row for each unit and year, in the order given.</summary>
    public IReadOnlyList<UnitRow> Rows(IReadOnlyList<YearOfUnit> years)
    {
        var runs = board.Runs.Where(run => run.DocumentKind != DocumentKind.Evaluation).ToLookup(run => (run.PlanUnitId, run.Year));
        return [.. years.Select(year => Row([.. runs[(year.Unit, year.Year)]]))];
    }

    private List<PhaseHeading> Named()
    {
        var names = library.PhaseNames();
        return [.. PhaseKeys.All.Where(names.ContainsKey).Select(phase => new PhaseHeading(phase, names[phase]))];
    }

    /// <summary>When a phase is expected: the first date of the year among its steps, the programme's own before the flow's.</summary>
    private LocalDate? Expected(string phase, ProgrammeId programme, GrantYear year, LocalDate? letter) => library.Current.SelectMany(flow => flow.Steps)
        .Where(step => step.Phase == phase).Select(step => step.Step).OfType<WaitingStep>()
        .Select(step => expected.Of(programme, year, step, letter))
        .FirstOrDefault(on => on is not null);

    private UnitRow Row(IReadOnlyList<Run> runs)
    {
        var cells = Headings.Select(phase => Cell(phase.Key, runs)).ToList();
        var next = Next(runs);
        var shown = next ?? runs.Where(run => run.IsOpen).Append(runs.MaxBy(run => run.StartedAt)!).First();
        var due = next is null ? null : board.DeadlineOf(next);
        var isLate = runs.Any(board.IsLate);
        var at = cells.FindLastIndex(cell => cell.State is StepState.Now or StepState.Late) is >= 0 and var now ? now : Math.Max(0, cells.FindLastIndex(cell => cell.State == StepState.Done));
        return new UnitRow(
            board.Place(shown), board.Document(shown), $"/prosess/{shown.Id}", isLate, cells,
            Texts.Of<OverviewWords>("Table.Step", at + 1, cells.Count, Headings[at].Name),
            [.. runs.SelectMany(board.Waits).Distinct()],
            due is null ? null : DeadlineText.Short(due, board.Today), due is null ? null : Dates.Capital(Dates.Away(due.EffectiveOn, board.Today)),
            isLate ? Tone.Danger : due is not null && Period.DaysBetween(board.Today, due.EffectiveOn) <= ShowDeadlines.UpcomingDays ? Tone.Warning : Tone.Neutral);
    }

    private static Run? Next(IEnumerable<Run> runs) => runs.Where(run => run.IsOpen && run.DueAt is not null).MinBy(run => run.DueAt);

    private PhaseCell Cell(string phase, IReadOnlyList<Run> runs)
    {
        var within = runs.Where(run => board.Definition(run).Steps.Any(step => step.Phase == phase)).ToList();
        if (within.Count == 0)
        {
            // A year that has ended without coming here, as when the Storting voted nothing.
            return runs.All(run => !run.IsOpen) || (board.Units[runs[0].PlanUnitId].Kind == PlanUnitKind.Gathering && IsOfPlans(phase)) ? new PhaseCell(phase, StepState.NotUsed, null) : Coming(phase, runs);
        }

        // Two letters of one year stand in the same phase: the one that needs most attention is shown.
        return within.Select(run => Cell(phase, run)).OrderBy(cell => Array.IndexOf(Weightiest, cell.State)).ThenByDescending(cell => cell.Done).Select(cell => cell.Shown).First();
    }

    private (StepState State, DateTimeOffset? Done, PhaseCell Shown) Cell(string phase, Run run)
    {
        var visits = run.Visits.Where(visit => visit.Phase == phase).ToList();
        if (run.IsOpen && run.Phase == phase)
        {
            var state = board.IsLate(run) ? StepState.Late : StepState.Now;
            var due = board.DeadlineOf(run);
            return (state, null, new PhaseCell(phase, state, due is null ? null : Dates.Short(due.EffectiveOn, board.Today)));
        }

        if (run.IsOpen && Place(phase) > Place(run.Phase))
        {
            return (StepState.Coming, null, Coming(phase, [run]));
        }

        var last = visits.Count == 0 ? (DateTimeOffset?)null : visits.Max(visit => visit.LeftAt ?? visit.EnteredAt);
        return last is { } at
            ? (StepState.Done, at, new PhaseCell(phase, StepState.Done, Dates.Short(Dates.On(at), board.Today)))
            : (StepState.NotUsed, null, new PhaseCell(phase, StepState.NotUsed, null));
    }

    private PhaseCell Coming(string phase, IReadOnlyList<Run> runs)
    {
        var letter = board.LettersOf(runs).Select(letter => (LocalDate?)letter.On).Min();
        return new PhaseCell(phase, StepState.Coming, Expected(phase, runs[0].ProgrammeId, runs[0].Year, letter) is { } on ? Dates.Short(on, board.Today) : null);
    }

    // A unit that gathers the others' plans makes none.
    private bool IsOfPlans(string phase) => library.Current.Where(flow => flow.Steps.Any(step => step.Phase == phase)).All(flow => flow.Document == DocumentKeys.Handlingsplan);

    private static int Place(string phase) => PhaseKeys.All.TakeWhile(key => key != phase).Count();
}
