using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Workflows.Runs;

/// <summary>The built-in engine. It follows the connections of a definition and remembers nothing itself.</summary>
public sealed class Runner : IEngine
{
    public Move Move(Definition definition, string? state, Answer? answer, DateTimeOffset now)
    {
        if (state is null)
        {
            return answer is null
                ? Enter(definition, definition.Start, visit: 1, left: null, now)
                : throw new NotStartedException(answer);
        }

        var run = RunState.Read(state, definition);
        var position = run.Position;
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

        var next = definition.Next(position.StepId, answer.Outcome)
            ?? throw new UnknownOutcomeException(position, answer, definition.Find(position.StepId)!.Outcomes);
        return Enter(definition, next, position.Visit + 1, new StepLeft(position.StepId, position.Visit, answer.Outcome), now);
    }

    public Move Place(Definition definition, string stepId, int visit, DateTimeOffset now)
    {
        var step = definition.Find(stepId) ?? throw new CannotPlaceException($"{definition} has no step '{stepId}'.");
        if (step.IsTerminal)
        {
            throw new CannotPlaceException($"step '{stepId}' of {definition} closes the run. Close a run by its own steps.");
        }

        return visit >= 1
            ? Enter(definition, step, visit, left: null, now)
            : throw new CannotPlaceException($"visits count from 1, and {visit} was given.");
    }

    private static Move Enter(Definition definition, StepDefinition step, int visit, StepLeft? left, DateTimeOffset now)
    {
        var position = new Position(step.Id, visit, definition.Version, step.IsTerminal);
        Effect? closed = step.IsTerminal ? new RunClosed(step.Id, visit) : null;
        Effect?[] effects = [left, new StepEntered(step.Id, visit), closed];
        return new Move(new RunState(definition.Id, position, now).ToJson(), position, [.. effects.OfType<Effect>()]);
    }
}
