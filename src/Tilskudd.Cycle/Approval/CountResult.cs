namespace Tilskudd.Cycle.Approval;

/// <summary>What a body's rules make of the answers so far.</summary>
public sealed record CountResult
{
    public required CountOutcome Outcome { get; init; }

    /// <summary>True when no further answer can change the outcome.</summary>
    public required bool IsFinal { get; init; }

    /// <summary>Seats of the body, vacant ones too.</summary>
    public required int Size { get; init; }

    /// <summary>How many must be present.</summary>
    public required int Quorum { get; init; }

    public required int Present { get; init; }

    public required int For { get; init; }

    public required int Against { get; init; }

    public required int Abstained { get; init; }

    /// <summary>True where the leader's vote decided a tie.</summary>
    public required bool IsCastingVote { get; init; }

    /// <summary>The deputies who take part, in the order of the seats they step in for.</summary>
    public required IReadOnlyList<StepIn> StepsIn { get; init; }

    /// <summary>The seats whose answer is still wanted, in the order listed; empty when final.</summary>
    public required IReadOnlyList<string> WaitingFor { get; init; }

    /// <summary>True where some way of answering by those waited for, then closing, gives an approval.</summary>
    public required bool CanStillApprove { get; init; }

    /// <summary>Everything that makes the answers uncountable; empty unless refused.</summary>
    public required IReadOnlyList<CountFault> Faults { get; init; }

    /// <summary>The arithmetic in words.</summary>
    public required Explanation Why { get; init; }
}

/// <summary>Where the matter stands.</summary>
public enum CountOutcome
{
    Approved,
    Returned,
    Undecided,
    NotQuorate,

    /// <summary>The matter cannot be decided in writing and goes to a meeting.</summary>
    ToMeeting,

    /// <summary>The body or the answers are not as they must be, so nothing is decided.</summary>
    Refused,
}

/// <summary>A deputy who takes part.</summary>
/// <param name="For">The seat that is out.</param>
/// <param name="Seat">The deputy's own seat.</param>
public sealed record StepIn(string For, string Seat);

/// <summary>Something that makes the answers uncountable.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Subject">The seat or person it concerns; empty where it concerns the body.</param>
public sealed record CountFault(CountFaultKind Kind, string Subject)
{
    /// <summary>The fault and its remedy, in words.</summary>
    public Explanation Text => CountReasons.For(this);
}

/// <summary>What can be wrong with a ballot.</summary>
public enum CountFaultKind
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
