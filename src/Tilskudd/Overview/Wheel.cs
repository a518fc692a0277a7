using NodaTime;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Layout.Charts;
using Tilskudd.Runs;

namespace Tilskudd.Overview;

/// <summary>The year as a wheel, drawn from the flows' own dates: outside next year's plan, inside this year's money.</summary>
/// <param name="runs">Those of the board whose deadlines are its dots.</param>
internal sealed class Wheel(RunBoard board, IReadOnlyList<Run> runs, FlowLibrary library, ExpectedDates expected)
{
    private const int MostDots = 14;
    private const double RoomForName = 26;

    /// <summary>The wheel, and the list that says what its dots are.</summary>
    public (string Drawing, IReadOnlyList<DotRow> List) Draw()
    {
        var found = Found();
        var dots = found.Select((dot, i) => new WheelDot(i + 1, new AnnualDate(dot.On.Month, dot.On.Day), dot.State)).ToList();
        var rows = found.Select((dot, i) => new DotRow(i + 1, Shapes.Dot(dot.State, i + 1, 14, 14), Dates.Short(dot.On), dot.Text, dot.State)).ToList();
        var next = found.FirstOrDefault(dot => dot.On >= board.Today && dot.State is StepState.Now or StepState.Coming);
        var centre = next is null ? null : new WheelCentre(Words("Wheel.Next"), Dates.Short(next.On), Dates.Away(next.On, board.Today));
        return (YearWheel.Draw(new YearWheelDrawing("hjul", Words("Wheel.Title", board.Today.Year), Words("Wheel.Description"), Ring(-1), Ring(0), dots, board.Today, centre)), rows);
    }

    private static string Words(string key, params object[] arguments) => Texts.Of<OverviewWords>(key, arguments);

    /// <summary>The phases that have a date in the year before the grant year (-1) or in it (0), each from where the one before ended.</summary>
    private List<WheelPhase> Ring(int years)
    {
        var names = library.PhaseNames();
        var ends = library.Current.SelectMany(flow => flow.Steps)
            .Select(step => (step.Phase, Rule: (step.Step as WaitingStep)?.DueRule() as DueRule.OnDate)).Where(found => found.Rule?.Years == years)
            .GroupBy(found => found.Phase, found => found.Rule!.Date.InYear(board.Today.Year)).Select(phase => (Phase: phase.Key, Ends: phase.Max().PlusDays(1))).OrderBy(phase => phase.Ends).ToList();
        var start = years == 0 ? new LocalDate(board.Today.Year, 1, 1) : Opened();
        var ring = new List<WheelPhase>();
        var from = start;
        foreach (var (phase, to) in ends.Where(phase => phase.Ends > start))
        {
            ring.Add(new WheelPhase(HasRoom(from, to) ? names[phase] : "", Annual(from), Annual(to), board.Today >= to ? StepState.Done : board.Today >= from ? StepState.Now : StepState.Coming));
            from = to;
        }

        if (ring.Count > 0 && Annual(from) != Annual(start))
        {
            ring.Add(new WheelPhase("", Annual(from), Annual(start), StepState.NotUsed));
        }

        return ring;
    }

    // When the work on next year's plan began; before it has, in the middle of August as most years.
    private LocalDate Opened() => runs.Select(run => Dates.On(run.StartedAt)).Where(on => on.Year == board.Today.Year && on.Month is >= 6 and <= 10).DefaultIfEmpty(new LocalDate(board.Today.Year, 8, 15)).Min();

    private static AnnualDate Annual(LocalDate date) => new(date.Month, date.Day);

    private static bool HasRoom(LocalDate from, LocalDate to) => Period.DaysBetween(from, to) > RoomForName;

    private List<Dot> Found()
    {
        var isOne = runs.Select(board.Place).Distinct().Count() == 1;
        var held = runs.SelectMany(run => run.Visits.Where(visit => visit.DeadlineId is not null), Held).OfType<Dot>();
        return [.. held.Concat(Coming()).Where(dot => dot.On.Year == board.Today.Year)
            .GroupBy(dot => (dot.On, dot.Text, dot.Place)).Select(same => same.MinBy(dot => dot.State == StepState.Late ? 0 : dot.State == StepState.Now ? 1 : 2)!)
            .GroupBy(dot => (dot.On, dot.Text, dot.State)).Select(same => Named([.. same], isOne))
            .OrderBy(dot => Math.Abs(Period.DaysBetween(board.Today, dot.On))).Take(MostDots)
            .OrderBy(dot => dot.On).ThenBy(dot => dot.Text, StringComparer.Ordinal)];
    }

    // The same step on the same day is one dot, however many have it.
    private static Dot Named(List<Dot> same, bool isOne) =>
        isOne ? same[0] : same[0] with { Text = same.Count == 1 ? $"{same[0].Text}, {same[0].Place}" : Words("Wheel.Places", same[0].Text, same.Count) };

    private Dot? Held(Run run, Visit visit)
    {
        // One that was withdrawn is nobody's any more.
        if (board.Deadlines.GetValueOrDefault(visit.DeadlineId!.Value) is not { } deadline || deadline is { SupersededAt: not null, MetAt: null })
        {
            return null;
        }

        var state = deadline.MetAt is not null || !run.IsOpen ? StepState.Done : deadline.IsOverdue(board.Now) ? StepState.Late : run.StepKind == nameof(WaitUntil) ? StepState.Coming : StepState.Now;
        return new Dot(deadline.EffectiveOn, board.StepName(run, visit.StepId), board.Place(run), state);
    }

    private IEnumerable<Dot> Coming()
    {
        foreach (var year in runs.GroupBy(run => (run.PlanUnitId, run.Year)).Where(year => year.Any(run => run.IsOpen)))
        {
            var entered = year.SelectMany(run => run.Visits).Select(visit => visit.StepId).ToHashSet();
            var run = year.First();

            // A unit that gathers the others' plans makes none.
            var makesNone = board.Units[run.PlanUnitId].Kind == PlanUnitKind.Gathering;
            foreach (var step in expected.Coming(run.ProgrammeId, run.Year, entered.Contains, board.LettersOf(year), board.Today).Where(step => !makesNone || step.Flow.Document != DocumentKeys.Handlingsplan))
            {
                yield return new Dot(step.On, library.StepName(step.Flow.Id, step.Step.Id, Languages.Current), board.Place(run), StepState.Coming);
            }
        }
    }

    private sealed record Dot(LocalDate On, string Text, string Place, StepState State);
}
