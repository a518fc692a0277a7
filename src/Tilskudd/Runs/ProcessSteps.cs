using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Layout.Charts;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Runs;

/// <summary>
/// What a run's flow looks like with the run in it. Steps the application does by itself are left out, and the ways through them joined:
/// a reader sees who does what, and when. So are steps the programme cannot come to as it is: those of a body it does not have.
/// </summary>
/// <param name="known">What the flow's questions are answered with, for those whose answer is known ahead.</param>
internal sealed class ProcessSteps(
    RunBoard board, Run run, WorkingCalendar calendar, IReadOnlyDictionary<string, DeadlineOverride> own, IReadOnlyDictionary<PersonId, Person> people, IReadOnlyDictionary<string, bool> known)
{
    private readonly Definition _definition = board.Definition(run);

    private IReadOnlyList<StepDefinition> Shown => field ??= [.. _definition.Steps.Where(step => !step.IsAutomatic && (Reached.Contains(step.Id) || LastVisit(step) is not null))];

    // From where it stands too: the body may have ended since it came there.
    private IReadOnlySet<string> Reached => field ??= Reach(run.StepId, Reach(_definition.Start.Id, []));

    // The way on from where the run stands, as long as nothing goes otherwise.
    private IReadOnlySet<string> MainWay => field ??= FollowFirst();

    public IReadOnlyList<ProcessStep> List() => [.. Shown.Where(step => !step.IsTerminal || run.StepId == step.Id).Select(List)];

    public string Draw(string title)
    {
        var lanes = Shown.Select(Lane).Distinct().ToList();
        var nodes = Shown.Select((step, order) => new FlowNode(step.Id, Name(step), lanes.IndexOf(Lane(step)), order, State(step), Note(step))).ToList();
        var places = nodes.ToDictionary(node => node.Key, node => node.Order);
        var went = run.Visits.OrderBy(visit => visit.Number).Select(visit => visit.StepId).Where(places.ContainsKey).ToList();
        var travelled = went.Zip(went.Skip(1)).ToHashSet();
        var labelled = new HashSet<string>();
        var edges = Ways().Select(way => new FlowEdge(
            way.From, way.To, travelled.Contains((way.From, way.To)),
            places[way.To] <= places[way.From] && labelled.Add(Lane(_definition.Find(way.From)!)) ? Texts.Of<RunPageWords>("Drawing.Back") : null));
        return FlowDrawing.Draw(new Layout.Charts.Flow("flyt", title, Texts.Of<RunPageWords>("Drawing.Description"), lanes, nodes, [.. edges]));
    }

    // The drawing has room for what an end is called, the list for the whole of it.
    private string Name(StepDefinition step) => step.Step is Close close ? board.Words(run).States.GetValueOrDefault(close.As, close.As) : board.StepName(run, step.Id);

    private HashSet<string> FollowFirst()
    {
        var way = new HashSet<string>(StringComparer.Ordinal);
        for (var step = run.IsOpen ? _definition.Find(run.StepId)! : _definition.Start; way.Add(step.Id) && !step.IsTerminal;)
        {
            step = _definition.Next(step.Id, Known(step) ?? step.Outcomes[0])!;
        }

        return way;
    }

    private HashSet<string> Reach(string step, HashSet<string> reached)
    {
        if (reached.Add(step))
        {
            foreach (var way in WaysFrom(step))
            {
                Reach(way.To, reached);
            }
        }

        return reached;
    }

    private IEnumerable<Connection> WaysFrom(string step) => _definition.Connections.Where(way => way.From == step && (Known(_definition.Find(step)!) is not { } outcome || outcome == way.Outcome));

    private string? Known(StepDefinition step) => step.Step is Check check && known.TryGetValue(check.Question, out var answer) ? Check.OutcomeOf(answer) : null;

    private List<Connection> Ways() => [.. Shown
        .SelectMany(step => WaysFrom(step.Id))
        .SelectMany(way => Through(way.To, []).Select(to => way with { To = to }))
        .DistinctBy(way => (way.From, way.To))];

    private IEnumerable<string> Through(string step, HashSet<string> seen) => !seen.Add(step) ? []
        : _definition.Find(step)!.IsAutomatic ? WaysFrom(step).SelectMany(way => Through(way.To, seen))
        : [step];

    private string Lane(StepDefinition step) => step.Step is WaitingStep waiting ? board.Part(run, waiting.Who) : Texts.Of<RunPageWords>("Lane.End");

    private ProcessStep List(StepDefinition step, int index)
    {
        var last = LastVisit(step);
        var state = State(step);
        var waited = state is StepState.Now or StepState.Late;
        return new ProcessStep(
            state,
            $"{index + 1}. {board.StepName(run, step.Id)}",
            Sentence(step, state, last),
            step.Step is WaitingStep waiting ? board.Part(run, waited ? run.WaitsFor : waiting.Who) : "",
            // Who moved the run did not do the step.
            waited ? board.Waits(run) : state == StepState.Done && last is { Outcome.Length: > 0 } && step.Step is not AskForApproval ? Actor(last) : [],
            Reason(last));
    }

    // Why it came to the step, where what was answered there before was taken up again from one that has been begun anew.
    private string Reason(Visit? last)
    {
        if (last is null or { Reason.Length: > 0 })
        {
            return last?.Reason ?? "";
        }

        var before = run.Visits.SingleOrDefault(visit => visit.Number == last.Number - 1);
        return before is { IsTakenBack: true } && run.Visits.Any(visit => visit.Number > before.Number && visit.StepId == before.StepId) ? before.Reason : "";
    }

    private string Sentence(StepDefinition step, StepState state, Visit? last) => state switch
    {
        StepState.Done when last is { Outcome: "", LeftAt: { } left } => Texts.Of<RunPageWords>("Step.Moved", Dates.WithYear(Dates.On(left))),
        StepState.Done when last is not null => step.IsTerminal
            ? Texts.Of<RunPageWords>("Step.Closed", Dates.WithYear(Dates.On(run.ClosedAt!.Value)))
            : Texts.Of<RunPageWords>("Step.Done", board.Outcome(run, step.Id, last.Outcome), Dates.WithYear(Dates.On(last.LeftAt!.Value))),
        StepState.Now or StepState.Late when board.DeadlineOf(run) is { } due =>
            Texts.Of<RunPageWords>("Step.Due", DeadlineText.Long(due, board.Today), Dates.Away(due.EffectiveOn, board.Today)),
        StepState.Now or StepState.Late => Texts.Of<RunPageWords>("Step.Waits"),
        StepState.Coming when !MainWay.Contains(step.Id) => Texts.Of<RunPageWords>("Step.IfNeeded"),
        StepState.NotUsed => Texts.Of<RunPageWords>(run.IsOpen ? "Step.NotUsed.SoFar" : "Step.NotUsed"),
        StepState.Coming or StepState.Done => Expected(step) is { } on ? Texts.Of<RunPageWords>("Step.Expected", Dates.WithYear(on)) : Texts.Of<RunPageWords>("Step.Later"),
    };

    private StepState State(StepDefinition step)
    {
        if (run.StepId == step.Id)
        {
            return !run.IsOpen ? StepState.Done : board.IsLate(run) ? StepState.Late : StepState.Now;
        }

        // What was done before it was sent back must be done again; what was passed over may still be used, but only where it is sent back.
        return run.IsOpen && Place(step.Id) > Place(run.StepId) ? StepState.Coming : LastVisit(step) is null ? StepState.NotUsed : StepState.Done;
    }

    private string? Note(StepDefinition step) => State(step) switch
    {
        StepState.Done when LastVisit(step) is { } last => Dates.Short(Dates.On(last.LeftAt ?? last.EnteredAt)),
        StepState.Now or StepState.Late => RunBoard.Shown(board.DeadlineOf(run)),
        StepState.Coming when MainWay.Contains(step.Id) => Expected(step) is { } on ? Dates.Short(on) : null,
        StepState.Coming or StepState.NotUsed or StepState.Done => null,
    };

    // What comes after has no date before the step it waits in, as when a plan is sent back after its day.
    private NodaTime.LocalDate? Expected(StepDefinition step) => step.Step is WaitingStep waiting
        && Deadlines.Expected(waiting.DueRule(), run.Year, own.GetValueOrDefault(waiting.Deadline), calendar, isBegun: true, board.Staff.Grant(run)?.ReportDueOn) is { } on
        && on >= (board.DeadlineOf(run)?.EffectiveOn ?? board.Today) ? on : null;

    private Visit? LastVisit(StepDefinition step) => run.Visits.Where(visit => visit.StepId == step.Id).MaxBy(visit => visit.Number);

    private int Place(string step) => Shown.TakeWhile(shown => shown.Id != step).Count();

    private List<Named> Actor(Visit visit) => Trail.Actor.PersonIn(visit.Actor) is { } id && people.TryGetValue(id, out var person) ? [new Named(person.Name, person.IsInvented)] : [];
}
