namespace Tilskudd.Cycle.Approval;

/// <summary>The rules a body decides by (domain.md 4.2).</summary>
public enum Regime
{
    /// <summary>An elected body under kommuneloven chapter 11; its rules are fixed.</summary>
    Kommuneloven,

    /// <summary>A group that decides by a mandate of its own.</summary>
    Mandat,

    /// <summary>A group of staff where the leader decides.</summary>
    Administrativ,
}

public enum Majority
{
    Simple,
    TwoThirds,
    ThreeQuarters,
    All,
}

/// <summary>What a tie means.</summary>
public enum TieRule
{
    /// <summary>The chair's vote decides (kommuneloven § 11-9).</summary>
    Leader,

    /// <summary>The proposal falls.</summary>
    Falls,
}

/// <summary>What written procedure asks for.</summary>
public enum WrittenRule
{
    Unanimous,
    Majority,
    None,
}

/// <summary>How the body deals with the case.</summary>
public enum Mode
{
    Meeting,
    Remote,
    Written,
}

public enum SeatRole
{
    Leader,
    DeputyLeader,
    Member,
    Deputy,
    Observer,
}

public enum AnswerKind
{
    Approve,
    ApproveWithRemark,
    SendBack,
    Abstain,

    /// <summary>The member wants the case in a meeting; only in a written round.</summary>
    ObjectToWritten,
}

/// <summary>A body's own rules, read only under <see cref="Regime.Mandat"/>.</summary>
/// <param name="QuorumNumerator">n of the quorum fraction n/m of the body's size.</param>
public sealed record Mandate(long QuorumNumerator, long QuorumDenominator, Majority Majority, TieRule Tie, bool MayAbstain, WrittenRule Written)
{
    /// <summary>What holds when the mandate says nothing.</summary>
    public static Mandate Default { get; } = new(1, 2, Majority.Simple, TieRule.Falls, MayAbstain: false, WrittenRule.Unanimous);

    /// <summary>
    /// Kommuneloven's rules: half the members present, simple majority and the leader's casting vote (§ 11-9), a duty to vote (§ 8-1),
    /// and in writing only what all agree to (§ 11-8).
    /// </summary>
    public static Mandate OfKommuneloven { get; } = Default with { Tie = TieRule.Leader };

    /// <summary>The smallest number of seats that is at least the quorum's fraction of a body's size.</summary>
    public int QuorumOf(int size) => (int)((((Int128)QuorumNumerator * size) + QuorumDenominator - 1) / QuorumDenominator);
}

/// <summary>A place in the body as the count sees it.</summary>
/// <param name="Order">A deputy's place in the order; null is last.</param>
/// <param name="Group">The party or list deputies are chosen for.</param>
/// <param name="For">The seat a personal deputy stands in for.</param>
public sealed record BallotSeat(string Seat, SeatRole Role, string? Person, int? Order, string? Group, string? For, bool IsVacant);

/// <summary>An answer given for a seat.</summary>
public sealed record BallotAnswer(string Seat, AnswerKind Answer);

/// <summary>A body, who is away, and the answers so far: all the count needs to know.</summary>
public sealed record Ballot(
    Regime Regime,
    Mandate Mandate,
    Mode Mode,
    IReadOnlyList<BallotSeat> Seats,
    string? Chair,
    IReadOnlyList<string> Drafters,
    IReadOnlyList<string> Inhabil,
    IReadOnlyList<string> Absent,
    IReadOnlyList<BallotAnswer> Answers,
    bool IsClosed);

public enum CountOutcome
{
    Approved,
    Returned,
    Undecided,
    NotQuorate,
    ToMeeting,
    Refused,
}

/// <summary>A deputy who takes a seat that is out.</summary>
public sealed record StepIn(string For, string Seat);

/// <summary>What the body's rules make of the answers; the fields are those of the verb <c>count</c>.</summary>
public sealed record CountResult(
    CountOutcome Outcome,
    bool IsFinal,
    int Size,
    int Quorum,
    int Present,
    int For,
    int Against,
    int Abstained,
    bool CastingVote,
    IReadOnlyList<StepIn> StepsIn,
    IReadOnlyList<string> WaitingFor,
    bool CanStillApprove,
    IReadOnlyList<string> Faults,
    Why Why);
