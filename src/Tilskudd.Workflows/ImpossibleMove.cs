namespace Tilskudd.Workflows;

/// <summary>A move that no user can ask for when callers check first, so it is a fault in the program.</summary>
public abstract class ImpossibleMoveException(string message) : InvalidOperationException(message);

/// <summary>An answer came before the run was started.</summary>
public sealed class NotStartedException(Answer answer)
    : ImpossibleMoveException(
        $"The run has not started, so it cannot take the answer '{answer.Outcome}'. Start it without an answer first.");

/// <summary>A started run was asked to move without an answer.</summary>
public sealed class MissingAnswerException(Position position)
    : ImpossibleMoveException($"Step '{position.StepId}' (visit {position.Visit}) waits for an answer, and none was given.");

/// <summary>An answer names another visit than the one that waits: it is late, repeated or made up.</summary>
public sealed class WrongVisitException(Position position, Answer answer)
    : ImpossibleMoveException(
        $"The answer is for visit {answer.Visit}, but step '{position.StepId}' waits at visit {position.Visit}.");

/// <summary>The waiting step does not declare the outcome.</summary>
public sealed class UnknownOutcomeException(Position position, Answer answer, IEnumerable<string> outcomes)
    : ImpossibleMoveException(
        $"Step '{position.StepId}' has no outcome '{answer.Outcome}'. It has: {string.Join(", ", outcomes)}.");

/// <summary>The run has ended.</summary>
public sealed class ClosedRunException(Position position)
    : ImpossibleMoveException($"The run closed in step '{position.StepId}' (visit {position.Visit}) and takes no more answers.");

/// <summary>
/// The state was made on another flow or version. Moving a run to another version is <see cref="IEngine.Place"/>'s work.
/// </summary>
public sealed class WrongDefinitionException(string stateOf, string definition)
    : ImpossibleMoveException($"The state belongs to {stateOf}, but the definition given is {definition}.");

/// <summary>The state is not something the engine wrote.</summary>
public sealed class UnreadableStateException(string reason)
    : ImpossibleMoveException($"The run's state cannot be read: {reason}");

/// <summary>A run cannot be placed at that step or visit.</summary>
public sealed class CannotPlaceException(string reason)
    : ImpossibleMoveException($"The run cannot be placed: {reason}");
