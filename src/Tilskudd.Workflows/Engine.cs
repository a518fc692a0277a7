using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Workflows;

/// <summary>
/// Takes a run of the grant year one step onward. A function: everything it knows is in its arguments, and everything
/// it decides is in its answer, so the caller saves facts, position and notices together.
/// </summary>
public interface IEngine
{
    /// <summary>
    /// Starts a run (<paramref name="state"/> and <paramref name="answer"/> both null), or takes the waiting step's answer
    /// and goes on to the step its outcome leads to. Every step waits for an answer; only a closing step ends the run.
    /// </summary>
    /// <param name="definition">The version the run began on.</param>
    /// <param name="state">What the last move returned, untouched: its form is the engine's own.</param>
    /// <param name="answer">The outcome of one visit to the waiting step.</param>
    /// <param name="now">When the move happens, UTC.</param>
    /// <exception cref="ImpossibleMoveException">The caller asks for a move the run cannot make; callers check first.</exception>
    Move Move(Definition definition, string? state, Answer? answer, DateTimeOffset now);

    /// <summary>
    /// Begins afresh at a named waiting step. This is how a run moves to another version: it changes nothing but its
    /// answer, so a dry run is a call whose answer is thrown away.
    /// </summary>
    /// <param name="definition">The version to go on with.</param>
    /// <param name="stepId">A step of it that waits; <see cref="Definition.WaitingSteps"/> lists them.</param>
    /// <param name="visit">The number of the new visit, one above the run's last, so no old answer fits it.</param>
    /// <param name="now">When the move happens, UTC.</param>
    /// <exception cref="CannotPlaceException">The step is unknown or closes the run, or the visit is below 1.</exception>
    Move Place(Definition definition, string stepId, int visit, DateTimeOffset now);
}

/// <summary>What became of one visit to a step. The visit number keeps a late or repeated answer from counting twice.</summary>
public sealed record Answer(int Visit, string Outcome);

/// <summary>
/// Where a run stands. <paramref name="Visit"/> counts the steps entered, from 1, and never repeats within a run.
/// </summary>
public sealed record Position(string StepId, int Visit, int Version, bool IsClosed);

/// <summary>One move of a run: the engine's new state, where the run now stands, and what happened on the way, in order.</summary>
public sealed record Move(string State, Position Position, IReadOnlyList<Effect> Effects);

/// <summary>Something that happened to a run during a move.</summary>
public abstract record Effect;

/// <summary>A visit ended with an outcome.</summary>
public sealed record StepLeft(string StepId, int Visit, string Outcome) : Effect;

/// <summary>A visit began.</summary>
public sealed record StepEntered(string StepId, int Visit) : Effect;

/// <summary>The run ended in this closing step.</summary>
public sealed record RunClosed(string StepId, int Visit) : Effect;
