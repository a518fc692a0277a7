using System.Collections.Concurrent;
using System.Text.Json;
using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Activities;
using Elsa.Workflows.Activities.Flowchart.Extensions;
using Elsa.Workflows.Management.Mappers;
using Elsa.Workflows.Management.Models;
using Elsa.Workflows.Models;
using Elsa.Workflows.Options;
using Elsa.Workflows.State;
using Tilskudd.Workflows;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Elsa.Engine;

/// <summary>
/// Elsa 3 as a function: a definition and a written state in, Elsa's runner taken one bookmark further, and the new state out as JSON for our
/// own row. Definitions have passed our own reader before they come here.
/// </summary>
internal sealed class ElsaEngine : IEngine, IDisposable
{
    private readonly ServiceProvider _elsa;
    private readonly ConcurrentDictionary<(string Id, int Version, string Hash), WorkflowGraph> _graphs = new();

    public ElsaEngine(StepCatalogue catalogue, TimeProvider clock)
    {
        _elsa = ElsaHost.Build(catalogue, clock);
        var registry = _elsa.GetRequiredService<IActivityRegistry>();
        Await(registry.RegisterAsync(typeof(Flowchart)));
        Await(registry.RefreshDescriptorsAsync(_elsa.GetServices<IActivityProvider>().OfType<StepActivities>()));
    }

    public Move Move(Definition definition, string? state, Answer? answer, DateTimeOffset now)
    {
        if (state is null)
        {
            return answer is null ? Begin(definition, definition.Start, visit: 1) : throw new NotStartedException(answer);
        }

        using var scope = _elsa.CreateScope();
        var run = Read(scope, state, definition);
        var position = PositionOf(run, definition);
        if (answer is null)
        {
            throw new MissingAnswerException(position);
        }

        if (position.IsClosed)
        {
            throw new ClosedRunException(position);
        }

        if (answer.Visit != position.Visit)
        {
            throw new WrongVisitException(position, answer);
        }

        var outcomes = definition.Find(position.StepId)!.Outcomes;
        if (!outcomes.Contains(answer.Outcome, StringComparer.Ordinal))
        {
            throw new UnknownOutcomeException(position, answer, outcomes);
        }

        var options = new RunWorkflowOptions { BookmarkId = run.Bookmarks.Single().Id, Input = new Dictionary<string, object> { [StepActivity.Outcome] = answer.Outcome } };
        var ran = Await(scope.ServiceProvider.GetRequiredService<IWorkflowRunner>().RunAsync(GraphOf(definition), run, options));
        return Tell(scope, ran, definition, new StepLeft(position.StepId, position.Visit, answer.Outcome));
    }

    public Move Place(Definition definition, string stepId, int visit, DateTimeOffset now)
    {
        var step = definition.Find(stepId) ?? throw new CannotPlaceException($"{definition} has no step '{stepId}'.");
        if (step.IsTerminal)
        {
            throw new CannotPlaceException($"step '{stepId}' of {definition} closes the run. Close a run by its own steps.");
        }

        return visit >= 1 ? Begin(definition, step, visit) : throw new CannotPlaceException($"visits count from 1, and {visit} was given.");
    }

    public void Dispose() => _elsa.Dispose();

    // Fresh state at a step: Elsa starts a flowchart at the activity that is said to have triggered it.
    private Move Begin(Definition definition, StepDefinition step, int visit)
    {
        using var scope = _elsa.CreateScope();
        var options = new RunWorkflowOptions { WorkflowInstanceId = definition.Id, TriggerActivityId = step.Id, Properties = Visits.Before(visit) }.WithTokenBasedFlowchart();
        var ran = Await(scope.ServiceProvider.GetRequiredService<IWorkflowRunner>().RunAsync(GraphOf(definition), options));
        return Tell(scope, ran, definition, left: null);
    }

    private static Move Tell(IServiceScope scope, RunWorkflowResult ran, Definition definition, StepLeft? left)
    {
        var run = ran.WorkflowState;
        if (run.Incidents.FirstOrDefault() is { } incident)
        {
            throw new ElsaFaultException($"{definition} failed in step '{incident.ActivityId}': {incident.Message}");
        }

        // Where a closing step ended the run, Elsa's state no longer says which; so it is written down beside the visit.
        var entered = Visits.EnteredIn(ran.WorkflowExecutionContext);
        var step = entered is [var only] ? definition.Find(only)! : throw new ElsaFaultException($"{definition} entered {entered.Count} steps in one move.");
        run.Name = step.Id;
        var position = PositionOf(run, definition);
        Effect? closed = position.IsClosed ? new RunClosed(position.StepId, position.Visit) : null;
        Effect?[] effects = [left, new StepEntered(position.StepId, position.Visit), closed];
        return new Move(scope.ServiceProvider.GetRequiredService<IWorkflowStateSerializer>().Serialize(run), position, [.. effects.OfType<Effect>()]);
    }

    private static WorkflowState Read(IServiceScope scope, string state, Definition definition)
    {
        WorkflowState? run;
        try
        {
            run = scope.ServiceProvider.GetRequiredService<IWorkflowStateSerializer>().Deserialize(state);
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new UnreadableStateException(broken.Message);
        }

        return run?.DefinitionId is null ? throw new UnreadableStateException("it names no definition.")
            : run.DefinitionId == definition.Id && run.DefinitionVersion == definition.Version ? run
            : throw new WrongDefinitionException($"{run.DefinitionId} version {run.DefinitionVersion}", definition.ToString());
    }

    private static Position PositionOf(WorkflowState run, Definition definition)
    {
        var step = definition.Find(run.Name ?? "") ?? throw new UnreadableStateException($"{definition} has no step '{run.Name}'.");
        var visit = Visits.Of(run.Properties);
        var waits = run is { Status: WorkflowStatus.Running, Bookmarks.Count: 1 } && run.Bookmarks.Single().ActivityId == step.Id;
        return visit < 1 || waits == step.IsTerminal || (step.IsTerminal && run is not { Status: WorkflowStatus.Finished, SubStatus: WorkflowSubStatus.Finished })
            ? throw new UnreadableStateException($"step '{step.Id}' and visit {visit} do not fit together with {run.Status}, {run.SubStatus} and {run.Bookmarks.Count} bookmarks.")
            : new Position(step.Id, visit, run.DefinitionVersion, step.IsTerminal);
    }

    private WorkflowGraph GraphOf(Definition definition) => _graphs.GetOrAdd((definition.Id, definition.Version, definition.Hash), _ =>
    {
        using var scope = _elsa.CreateScope();
        var model = scope.ServiceProvider.GetRequiredService<IActivitySerializer>().Deserialize<WorkflowDefinitionModel>(definition.Json);
        var workflow = scope.ServiceProvider.GetRequiredService<WorkflowDefinitionMapper>().Map(model);
        return Await(scope.ServiceProvider.GetRequiredService<IWorkflowGraphBuilder>().BuildAsync(workflow));
    });

    // The port is a function. A step does nothing but wait at its bookmark, so Elsa has nothing to be waited for.
    private static void Await(Task done) => done.GetAwaiter().GetResult();

    private static T Await<T>(Task<T> done) => done.GetAwaiter().GetResult();
}

/// <summary>Elsa did not take the run where the definition says: a fault in the program. Nothing is saved, and the run waits where it was.</summary>
internal sealed class ElsaFaultException(string message) : InvalidOperationException(message);
