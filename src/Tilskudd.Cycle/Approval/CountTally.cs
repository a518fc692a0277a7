namespace Tilskudd.Cycle.Approval;

/// <summary>The entitled seats and their countable answers: rules 4 and 5 of the count.</summary>
internal sealed class CountTally
{
    private readonly IReadOnlyDictionary<string, AnswerKind> _answers;

    public CountTally(Ballot ballot, Mandate rules, CountSeating seating, IReadOnlyDictionary<string, AnswerKind> answers, bool isClosed)
    {
        _answers = answers;
        (Ballot, Rules, Seating, IsClosed) = (ballot, rules, seating, isClosed);
        Unanswered = [.. seating.Entitled.Where(seat => AnswerOf(seat) is null)];
        For = answers.Values.Count(answer => answer is AnswerKind.Approve or AnswerKind.ApproveWithRemark);
        Against = answers.Values.Count(answer => answer == AnswerKind.SendBack);
        Abstained = answers.Values.Count(answer => answer == AnswerKind.Abstain);
        Objected = answers.Values.Count(answer => answer == AnswerKind.ObjectToWritten);
    }

    public Ballot Ballot { get; }

    public Mandate Rules { get; }

    public CountSeating Seating { get; }

    public bool IsClosed { get; }

    /// <summary>Entitled seats without an answer, in the order listed.</summary>
    public IReadOnlyList<BallotSeat> Unanswered { get; }

    /// <summary>Rule 5. Approvals, with a remark or without.</summary>
    public int For { get; }

    /// <summary>Rule 5. Those who send the matter back.</summary>
    public int Against { get; }

    public int Abstained { get; }

    public int Objected { get; }

    /// <summary>Under Administrativ: the leader, or the deputy-leader where the leader is out (rule 8).</summary>
    public BallotSeat? Decider => Seating.EntitledAs(SeatRole.Leader) ?? Seating.EntitledAs(SeatRole.DeputyLeader);

    /// <summary>
    /// Rule 4. Present are the entitled who have answered, abstainers and objectors included: kommuneloven § 11-9 asks that they are
    /// present and vote. Under Administrativ only the deciding seat counts.
    /// </summary>
    public int Present => Ballot.Regime == Regime.Administrativ
        ? (Decider is { } decider && AnswerOf(decider) is not null ? 1 : 0)
        : Seating.Entitled.Count - Unanswered.Count;

    /// <summary>Rule 4. The quorum: the smallest number that is at least the fraction of the size; 1 under Administrativ.</summary>
    public int Quorum => Ballot.Regime == Regime.Administrativ ? 1 : Rules.QuorumOf(Seating.Size);

    public bool IsQuorate => Present >= Quorum;

    public bool AllHaveAnswered => Unanswered.Count == 0;

    /// <summary>The countable answer of a seat, or null.</summary>
    public AnswerKind? AnswerOf(BallotSeat seat) => _answers.TryGetValue(seat.Seat, out var answer) ? answer : null;

    /// <summary>The same ballot when these seats have approved and it is closed.</summary>
    public CountTally WhenApprovedBy(IEnumerable<BallotSeat> seats)
    {
        var answers = new Dictionary<string, AnswerKind>(_answers);
        foreach (var seat in seats)
        {
            answers[seat.Seat] = AnswerKind.Approve;
        }

        return new CountTally(Ballot, Rules, Seating, answers, isClosed: true);
    }
}
