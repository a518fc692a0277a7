namespace Tilskudd.Cycle.Approval;

/// <summary>Something that makes the answers uncountable.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Subject">The seat or person it concerns; empty where it concerns the body.</param>
internal sealed record CountFault(CountFaultKind Kind, string Subject);

/// <summary>What can be wrong with a ballot.</summary>
internal enum CountFaultKind
{
    DuplicateSeat,
    NoLeader,
    SeveralLeaders,
    SeveralDeputyLeaders,
    PersonInSeveralSeats,
    ChairNotEntitled,
    AnswerFromUnknownSeat,
    AnswerFromObserver,
    AnswerFromSeatThatIsOut,
    AnswerFromDeputyNotSteppedIn,
    SeveralAnswers,
    AbstentionNotAllowed,
    ObjectionNotAllowed,
}
