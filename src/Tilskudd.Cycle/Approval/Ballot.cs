using System.Numerics;

namespace Tilskudd.Cycle.Approval;

/// <summary>What is put to a body, who may answer, and the answers so far: all that the count needs to know.</summary>
public sealed record Ballot
{
    public Regime Regime { get; init; } = Regime.LocalGovernmentAct;

    /// <summary>The body's own rules; they hold only under <see cref="Regime.OwnMandate"/>.</summary>
    public Mandate Mandate { get; init; } = new();

    public BallotMode Mode { get; init; } = BallotMode.Meeting;

    /// <summary>Every seat of the body, its deputies and observers, in the order the body lists them.</summary>
    public IReadOnlyList<BallotSeat> Seats { get; init; } = [];

    /// <summary>The seat that chairs, where that is not the leader.</summary>
    public string? Chair { get; init; }

    /// <summary>Persons who drafted what is decided, and so do not decide it.</summary>
    public IReadOnlyList<string> Drafters { get; init; } = [];

    /// <summary>Persons who are disqualified (inhabil, forvaltningsloven § 6; the body itself decides it by § 8).</summary>
    public IReadOnlyList<string> Inhabil { get; init; } = [];

    /// <summary>Persons with valid absence (kommuneloven § 8-1).</summary>
    public IReadOnlyList<string> Absent { get; init; } = [];

    public IReadOnlyList<SeatAnswer> Answers { get; init; } = [];

    /// <summary>True when no more answers are taken.</summary>
    public bool IsClosed { get; init; }
}

/// <summary>A seat at the table, or a deputy's or observer's place beside it.</summary>
/// <param name="Seat">What the seat is called; unique in its body.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Person">Who has it; null only for a vacant seat.</param>
public sealed record BallotSeat(string Seat, SeatRole Role, string? Person)
{
    /// <summary>A deputy's place in the line, lowest first; none is last.</summary>
    public int? Order { get; init; }

    /// <summary>The party or list the seat belongs to. A deputy steps in for a seat of the same group.</summary>
    public string? Group { get; init; }

    /// <summary>The one seat a personal deputy steps in for.</summary>
    public string? For { get; init; }

    public bool IsVacant { get; init; }
}

/// <summary>What a seat has answered.</summary>
public sealed record SeatAnswer(string Seat, BallotAnswer Answer);

/// <summary>Where a body's rules come from.</summary>
public enum Regime
{
    /// <summary>Kommuneloven of 2018: fixed rules for the bodies it knows.</summary>
    LocalGovernmentAct,

    /// <summary>A group outside the law, by the mandate it was given.</summary>
    OwnMandate,

    /// <summary>A leader decides in line; the others advise.</summary>
    Administrative,
}

/// <summary>How the answers are given.</summary>
public enum BallotMode
{
    Meeting,

    /// <summary>Fjernmøte, kommuneloven § 11-7.</summary>
    Remote,

    /// <summary>Skriftlig saksbehandling, kommuneloven § 11-8.</summary>
    Written,
}

/// <summary>What a seat may do in its body.</summary>
public enum SeatRole
{
    Leader,
    DeputyLeader,
    Member,
    Deputy,
    Observer,
}

/// <summary>What a seat can answer.</summary>
public enum BallotAnswer
{
    Approve,
    ApproveWithRemark,
    SendBack,
    Abstain,

    /// <summary>Asks for a meeting instead of written handling.</summary>
    ObjectToWritten,
}

/// <summary>How many of the votes an approval needs.</summary>
public enum Majority
{
    Simple,
    TwoThirds,
    ThreeQuarters,
    All,
}

/// <summary>What decides when as many are for as against.</summary>
public enum TieRule
{
    /// <summary>The vote of whoever leads the meeting.</summary>
    Leader,

    /// <summary>Nobody: the proposal falls.</summary>
    Falls,
}

/// <summary>Whether a body may decide in writing.</summary>
public enum WrittenRule
{
    Unanimous,
    Majority,
    None,
}

/// <summary>The rules a body decides by.</summary>
public sealed record Mandate
{
    /// <summary>
    /// Kommuneloven's: half the members present (§ 11-9), simple majority with the leader's casting vote (§ 11-9), a duty to vote
    /// (§ 8-1), and in writing only what all agree to (§ 11-8).
    /// </summary>
    public static Mandate OfTheLocalGovernmentAct { get; } = new() { Tie = TieRule.Leader };

    public Quorum Quorum { get; init; } = Quorum.Half;

    public Majority Majority { get; init; } = Majority.Simple;

    public TieRule Tie { get; init; } = TieRule.Falls;

    public bool MayAbstain { get; init; }

    public WrittenRule Written { get; init; } = WrittenRule.Unanimous;
}

/// <summary>The share of a body that must be present: more than nothing, at most all of it.</summary>
public readonly record struct Quorum
{
    private Quorum(BigInteger part, BigInteger whole) => (Part, Whole) = (part, whole);

    /// <summary>Half the body (kommuneloven § 11-9).</summary>
    public static Quorum Half { get; } = new(1, 2);

    public BigInteger Part { get; }

    public BigInteger Whole { get; }

    /// <summary>The share, or null unless 0 &lt; part ≤ whole.</summary>
    public static Quorum? Of(BigInteger part, BigInteger whole) => part > 0 && part <= whole ? new Quorum(part, whole) : null;

    /// <summary>The smallest number of seats that is at least this share of a body's size.</summary>
    public int Among(int size) => (int)(((Part * size) + Whole - 1) / Whole);
}
