namespace Tilskudd.Cycle.Approval;

/// <summary>What a rule decided, and on what ground.</summary>
/// <param name="Outcome">Where the matter stands.</param>
/// <param name="IsFinal">True when no further answer can change it.</param>
/// <param name="Reason">The ground.</param>
internal sealed record CountVerdict(CountOutcome Outcome, bool IsFinal, CountReason Reason)
{
    /// <summary>The seat whose vote decides a tie, or decides in line.</summary>
    public BallotSeat? Casting { get; init; }

    /// <summary>The seats waited for, where that is not everyone without an answer.</summary>
    public IReadOnlyList<BallotSeat>? WaitsFor { get; init; }

    public static CountVerdict Final(CountOutcome outcome, CountReason reason) => new(outcome, true, reason);

    public static CountVerdict Open(CountReason reason) => new(CountOutcome.Undecided, false, reason);

    public static CountVerdict Voted(bool isCarried) =>
        isCarried ? Final(CountOutcome.Approved, CountReason.Majority) : Final(CountOutcome.Returned, CountReason.Minority);

    public static CountVerdict Cast(CountOutcome outcome, BallotSeat casting) =>
        Final(outcome, CountReason.CastingVote) with { Casting = casting };
}

/// <summary>The ground for an outcome; each has its sentence.</summary>
internal enum CountReason
{
    Faults,
    AnswersMissing,
    NobodyEntitled,
    TooFewPresent,
    NobodyFor,
    Majority,
    Minority,
    TieFalls,
    CastingVote,
    TieWithoutLeader,
    TieWithLeaderAbstaining,
    TieWithLeaderWaited,
    WrittenNotAllowed,
    WrittenObjected,
    WrittenSentBack,
    WrittenNotUnanimous,
    Unanimous,
    NobodyToDecide,
    LeaderDecided,
    LeaderDidNotDecide,
    LeaderHasNotDecided,
}
