using Tilskudd.Cycle.People;

namespace Tilskudd.Cycle.Approval;

/// <summary>Whether a valid yes can still be reached, and what it takes.</summary>
/// <param name="CanApprove">No set of answers that may still come is needed to rule it out.</param>
/// <param name="Waiting">The seats whose answer is still wanted.</param>
/// <param name="Needed">How many of them must approve at the least, when those whose vote weighs most do; 0 when it is approved or would be if it were closed now, and when it no longer can be.</param>
/// <param name="Indispensable">The seats without whose approval it cannot be, whatever all the others answer.</param>
public sealed record Feasibility(bool CanApprove, IReadOnlyList<string> Waiting, int Needed, IReadOnlyList<string> Indispensable)
{
    /// <summary>
    /// Asks the count itself, so that it can never say anything else: an approval more never makes an approval harder (rule 9), and the
    /// approvals of two seats weigh the same but for the one that casts the deciding vote.
    /// </summary>
    public static Feasibility Of(Ballot ballot)
    {
        var count = Count.Of(ballot);
        if (count.IsFinal || !count.CanStillApprove)
        {
            return new(count.CanStillApprove, count.WaitingFor, 0, []);
        }

        var heaviestFirst = count.WaitingFor.OrderBy(seat => Weight(ballot, seat)).ToList();
        var needed = Enumerable.Range(0, heaviestFirst.Count + 1).First(many => IsApproved(ballot, heaviestFirst.Take(many)));
        return new(true, count.WaitingFor, needed, [.. count.WaitingFor.Where(seat => !IsApproved(ballot, count.WaitingFor.Where(other => other != seat)))]);
    }

    private static bool IsApproved(Ballot ballot, IEnumerable<string> seats) => Count.Of(ballot with
    {
        Answers = [.. ballot.Answers, .. seats.Select(seat => new BallotAnswer(seat, AnswerKind.Approve))],
        IsClosed = true,
    }).Outcome == CountOutcome.Approved;

    // Who leads casts the deciding vote, and where the leader decides alone the others' answers are advice.
    private static int Weight(Ballot ballot, string seat) => seat == ballot.Chair ? 0 : ballot.Seats.First(one => one.Seat == seat).Role switch
    {
        SeatRole.Leader => 1,
        SeatRole.DeputyLeader => 2,
        SeatRole.Member or SeatRole.Deputy or SeatRole.Observer => 3,
    };
}

/// <summary>What a seat might do, to see what would come of it.</summary>
/// <param name="Answer">Null where it does not answer.</param>
public sealed record SupposedPart(SeatId Seat, AnswerKind? Answer, bool IsAbsent, bool IsInhabil);
