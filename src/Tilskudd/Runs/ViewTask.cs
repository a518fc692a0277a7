using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Steps;
using Tilskudd.Layout;
using Tilskudd.Storage;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Runs;

/// <summary>Tells a reader what a run waits for.</summary>
internal sealed class ViewTask(FlowLibrary library)
{
    /// <param name="run">An open run.</param>
    /// <param name="plan">The plan behind its grant, where it has one.</param>
    /// <param name="reader">Who reads the page; null where nobody is signed in.</param>
    public async Task<(StepDefinition Step, TaskView View)> Of(TilskuddDb db, Run run, HandlingsplanId? plan, PersonId? reader, DateTimeOffset now, CancellationToken ct)
    {
        var today = Dates.On(now);
        var step = (await library.Of(db, run, ct)).Find(run.StepId) ?? throw new InvalidOperationException($"Run {run.Id} stands in a step its flow does not have: {run.StepId}.");
        var words = library.Words(run.Flow, Languages.Current.Code()).Steps[run.StepId];
        var isRole = Who.RoleOf(run.WaitsFor) is not null;
        var people = isRole ? await Who.Holding(db, run.WaitsFor, run.Subject, today, ct) : [];
        var bodies = isRole ? [] : await Who.BodiesOf(db, run.WaitsFor, run.Subject, ct);
        var deadline = run.Waiting.DeadlineId is { } due ? await db.Deadlines.IgnoreAutoIncludes().SingleAsync(known => known.Id == due, ct) : null;
        return (step, new TaskView(
            run.Id.Value, run.VisitNumber,
            step.Step is not WaitUntil && people.Any(person => person.Id == reader),
            words.Name, words.Task,
            step.Step is WaitUntil ? "" : isRole && people.Count == 0 ? RunBoard.Vacant(run.WaitsFor) : string.Join(", ", isRole ? people.Select(person => person.Name) : bodies.Select(body => body.Name)),
            deadline is null ? null : $"{DeadlineText.Long(deadline, today)}, {Dates.Away(deadline.EffectiveOn, today)}",
            run.IsLate(now),
            TaskPath.Of(run, step.Step, plan),
            [.. step.Outcomes.Select(outcome => new Choice(outcome, words.Outcomes[outcome]))],
            run.Incident));
    }

    /// <summary>What the flow calls where a run stands: the step it waits in, or the state it ended in.</summary>
    public string State(Run run)
    {
        var words = library.Words(run.Flow, Languages.Current.Code());
        return run.IsOpen ? words.Steps[run.StepId].Name : words.States[run.ClosedAs];
    }
}
