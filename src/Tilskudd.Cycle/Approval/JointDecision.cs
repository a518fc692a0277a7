namespace Tilskudd.Cycle.Approval;

/// <summary>What one of the boards asked at the same time has come to.</summary>
/// <param name="Outcome">What its own rules made of its answers; null while it has not ended.</param>
/// <param name="IsCompetent">Whether its approval binds the municipality.</param>
public readonly record struct BoardResult(CountOutcome? Outcome, bool IsCompetent);

/// <summary>What a decision comes to, whether one board was asked or several.</summary>
public enum JointOutcome
{
    Approved,

    /// <summary>All are for, and none of them can bind the municipality.</summary>
    Recommended,
    Returned,
    ToMeeting,
    NotQuorate,
}

/// <summary>
/// Several boards decide on the same version, each by its own rules. One that sends it back sends it back for all, at once. For all else
/// every board is waited for: what one of them leaves to a meeting is decided there, and it is approved when all have approved.
/// </summary>
public static class JointDecision
{
    /// <summary>What the boards come to together; null while that hangs on one that has not ended.</summary>
    /// <exception cref="InvalidOperationException">A board has ended without a result that decides, or nobody was asked.</exception>
    public static JointOutcome? Of(IReadOnlyCollection<BoardResult> boards)
    {
        if (boards.Count == 0 || boards.Any(board => board.Outcome is CountOutcome.Undecided or CountOutcome.Refused))
        {
            throw new InvalidOperationException("A board that was asked has ended without a result.");
        }

        bool Any(CountOutcome? outcome) => boards.Any(board => board.Outcome == outcome);

        return Any(CountOutcome.Returned) ? JointOutcome.Returned
            : Any(null) ? null
            : Any(CountOutcome.ToMeeting) ? JointOutcome.ToMeeting
            : Any(CountOutcome.NotQuorate) ? JointOutcome.NotQuorate
            : boards.Any(board => board.IsCompetent) ? JointOutcome.Approved
            : JointOutcome.Recommended;
    }
}
