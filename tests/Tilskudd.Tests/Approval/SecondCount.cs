using Tilskudd.Cycle.Approval;

namespace Tilskudd.Tests.Approval;

/// <summary>Rules 4 to 8 written a second time, as one plain function over lists, to check the first against.</summary>
internal static class SecondCount
{
    public static (CountOutcome Outcome, bool IsFinal) Of(Ballot ballot, HashSet<string> steppedIn)
    {
        string[] gone = [.. ballot.Inhabil, .. ballot.Absent, .. ballot.Drafters];
        var body = ballot.Seats.Where(seat => seat.Role <= SeatRole.Member).ToList();
        var entitled = ballot.Seats.Where(seat => steppedIn.Contains(seat.Seat) || (body.Contains(seat) && !seat.IsVacant && !gone.Contains(seat.Person))).ToList();
        var given = entitled.ToDictionary(seat => seat.Seat, seat => ballot.Answers.SingleOrDefault(answer => answer.Seat == seat.Seat)?.Answer);
        var law = ballot.Regime == Regime.Kommuneloven;
        var written = law ? WrittenRule.Unanimous : ballot.Mandate.Written;

        if (ballot.Regime == Regime.Administrativ)
        {
            return InLine(ballot, entitled, given);
        }

        if (ballot.Mode == Mode.Written && (written == WrittenRule.None || given.ContainsValue(AnswerKind.ObjectToWritten)))
        {
            return (CountOutcome.ToMeeting, true);
        }

        var (part, whole) = law ? (1, 2) : (ballot.Mandate.QuorumNumerator, ballot.Mandate.QuorumDenominator);
        var enough = given.Count(answer => answer.Value is not null) * whole >= part * body.Count;
        var done = ballot.IsClosed || given.All(answer => answer.Value is not null);
        var yes = given.Count(answer => answer.Value is AnswerKind.Approve or AnswerKind.ApproveWithRemark);
        var no = given.Count(answer => answer.Value is AnswerKind.SendBack);
        if (ballot.Mode == Mode.Written && written == WrittenRule.Unanimous)
        {
            return no > 0 ? (CountOutcome.ToMeeting, true)
                : yes == entitled.Count && yes > 0 && enough ? (CountOutcome.Approved, true)
                : done ? (CountOutcome.ToMeeting, true)
                : (CountOutcome.Undecided, false);
        }

        return !done ? (CountOutcome.Undecided, false)
            : entitled.Count == 0 || !enough ? (CountOutcome.NotQuorate, true)
            : Voted(ballot, entitled, given, yes, no, law);
    }

    private static (CountOutcome Outcome, bool IsFinal) Voted(
        Ballot ballot, List<BallotSeat> entitled, Dictionary<string, AnswerKind?> given, int yes, int no, bool law)
    {
        var majority = law ? Majority.Simple : ballot.Mandate.Majority;
        if (yes > 0 && yes == no && majority == Majority.Simple && (law || ballot.Mandate.Tie == TieRule.Leader))
        {
            var first = entitled.Find(seat => seat.Seat == ballot.Chair) ?? entitled.Find(seat => seat.Role == SeatRole.Leader) ?? entitled.Find(seat => seat.Role == SeatRole.DeputyLeader);
            return (first is null ? null : given[first.Seat]) switch
            {
                AnswerKind.Approve or AnswerKind.ApproveWithRemark => (CountOutcome.Approved, true),
                AnswerKind.SendBack => (CountOutcome.Returned, true),
                _ => (CountOutcome.Undecided, false),
            };
        }

        var carried = yes > 0 && majority switch
        {
            Majority.Simple => yes > no,
            Majority.TwoThirds => yes * 3 >= (yes + no) * 2,
            Majority.ThreeQuarters => yes * 4 >= (yes + no) * 3,
            Majority.All => no == 0,
        };
        return (carried ? CountOutcome.Approved : CountOutcome.Returned, true);
    }

    private static (CountOutcome Outcome, bool IsFinal) InLine(Ballot ballot, List<BallotSeat> entitled, Dictionary<string, AnswerKind?> given)
    {
        var decider = entitled.Find(seat => seat.Role == SeatRole.Leader) ?? entitled.Find(seat => seat.Role == SeatRole.DeputyLeader);
        return (decider is null ? null : given[decider.Seat]) switch
        {
            AnswerKind.Approve or AnswerKind.ApproveWithRemark => (CountOutcome.Approved, true),
            AnswerKind.SendBack => (CountOutcome.Returned, true),
            _ => decider is null || ballot.IsClosed ? (CountOutcome.NotQuorate, true) : (CountOutcome.Undecided, false),
        };
    }
}
