namespace Tilskudd.Cycle.Approval;

/// <summary>
/// What a body's rules make of a set of answers, in nine rules. Seats, deputies and faults are rules 1 to 3 (<c>CountSeating</c>,
/// <c>CountFaults</c>), numbers are rules 4 and 5 (<c>CountTally</c>), and the decision is rules 6 to 9, here.
/// </summary>
public static class Count
{
    /// <summary>Counts a ballot. Depends on nothing but the ballot, and not on the order of its answers.</summary>
    public static CountResult Of(Ballot ballot)
    {
        var rules = RulesOf(ballot);
        var seating = new CountSeating(ballot);
        var (faults, countable) = CountFaults.Of(ballot, rules, seating);
        var answers = countable.ToDictionary(answer => answer.Seat, answer => answer.Answer);
        var tally = new CountTally(ballot, rules, seating, answers, ballot.IsClosed);
        var verdict = faults.Count > 0 ? CountVerdict.Final(CountOutcome.Refused, CountReason.Faults) : Decide(tally);
        var waitingFor = WaitingFor(verdict, tally);
        var canStillApprove = CanStillApprove(verdict, waitingFor, tally);

        return new CountResult(
            verdict.Outcome,
            verdict.IsFinal,
            seating.Size,
            tally.Quorum,
            tally.Present,
            tally.For,
            tally.Against,
            tally.Abstained,
            CastingVote: verdict.Reason == CountReason.CastingVote,
            StepsIn: [.. seating.Substitutions.Select(substitution => new StepIn(substitution.For.Seat, substitution.Deputy.Seat))],
            WaitingFor: [.. waitingFor.Select(seat => seat.Seat)],
            canStillApprove,
            Faults: [.. faults.Select(fault => CountReasons.For(fault).Nb)],
            CountReasons.For(verdict, tally, waitingFor, canStillApprove, faults));
    }

    /// <summary>The faults alone, by their kinds.</summary>
    internal static IReadOnlyList<CountFault> FaultsOf(Ballot ballot) =>
        CountFaults.Of(ballot, RulesOf(ballot), new CountSeating(ballot)).Faults;

    private static Mandate RulesOf(Ballot ballot) => ballot.Regime switch
    {
        Regime.Kommuneloven => Mandate.OfKommuneloven,
        Regime.Mandat => ballot.Mandate,
        Regime.Administrativ => Mandate.Default,
    };

    private static CountVerdict Decide(CountTally tally) => tally.Ballot.Regime switch
    {
        Regime.Administrativ => InLine(tally),
        Regime.Kommuneloven or Regime.Mandat => tally.Ballot.Mode switch
        {
            Mode.Meeting or Mode.Remote => InMeeting(tally),
            Mode.Written => InWriting(tally),
        },
    };

    /// <summary>
    /// Rule 6. In a meeting, remote or not (kommuneloven §§ 11-7 and 11-9): decided when closed or all have answered, if enough are
    /// present, by the majority of the votes given.
    /// </summary>
    private static CountVerdict InMeeting(CountTally tally)
    {
        if (tally.Seating.Entitled.Count == 0)
        {
            return CountVerdict.Final(CountOutcome.NotQuorate, CountReason.NobodyEntitled);
        }

        if (!tally.IsClosed && !tally.AllHaveAnswered)
        {
            return CountVerdict.Open(CountReason.AnswersMissing);
        }

        if (!tally.IsQuorate)
        {
            return CountVerdict.Final(CountOutcome.NotQuorate, CountReason.TooFewPresent);
        }

        return tally.For == 0 ? CountVerdict.Final(CountOutcome.Returned, CountReason.NobodyFor) : ByMajority(tally);
    }

    private static CountVerdict ByMajority(CountTally tally)
    {
        var (votesFor, votes) = ((long)tally.For, (long)tally.For + tally.Against);
        return tally.Rules.Majority switch
        {
            Majority.Simple => 2 * votesFor == votes ? OnATie(tally) : CountVerdict.Voted(2 * votesFor > votes),
            Majority.TwoThirds => CountVerdict.Voted(3 * votesFor >= 2 * votes),
            Majority.ThreeQuarters => CountVerdict.Voted(4 * votesFor >= 3 * votes),
            Majority.All => CountVerdict.Voted(votesFor == votes),
        };
    }

    /// <summary>
    /// Rule 6, on a tie. Kommuneloven § 11-9 gives the vote of whoever leads the meeting the decision; that is the chair, else the
    /// leader, else the deputy-leader. While that vote is not given, nothing is decided.
    /// </summary>
    private static CountVerdict OnATie(CountTally tally)
    {
        if (tally.Rules.Tie == TieRule.Falls)
        {
            return CountVerdict.Final(CountOutcome.Returned, CountReason.TieFalls);
        }

        var casting = CastingSeat(tally.Ballot, tally.Seating);
        if (casting is null)
        {
            return CountVerdict.Open(CountReason.TieWithoutLeader) with { WaitsFor = [] };
        }

        return tally.AnswerOf(casting) switch
        {
            AnswerKind.Approve or AnswerKind.ApproveWithRemark => CountVerdict.Cast(CountOutcome.Approved, casting),
            AnswerKind.SendBack => CountVerdict.Cast(CountOutcome.Returned, casting),
            AnswerKind.Abstain or AnswerKind.ObjectToWritten =>
                CountVerdict.Open(CountReason.TieWithLeaderAbstaining) with { Casting = casting, WaitsFor = [] },
            null => CountVerdict.Open(CountReason.TieWithLeaderWaited) with { Casting = casting, WaitsFor = [casting] },
        };
    }

    private static BallotSeat? CastingSeat(Ballot ballot, CountSeating seating) =>
        seating.Entitled.FirstOrDefault(seat => seat.Seat == ballot.Chair)
        ?? seating.EntitledAs(SeatRole.Leader)
        ?? seating.EntitledAs(SeatRole.DeputyLeader);

    /// <summary>
    /// Rule 7. In writing (kommuneloven § 11-8): anyone may ask for a meeting, and under the law only a proposal that all agree to is
    /// decided without one.
    /// </summary>
    private static CountVerdict InWriting(CountTally tally)
    {
        if (tally.Rules.Written == WrittenRule.None)
        {
            return CountVerdict.Final(CountOutcome.ToMeeting, CountReason.WrittenNotAllowed);
        }

        if (tally.Objected > 0)
        {
            return CountVerdict.Final(CountOutcome.ToMeeting, CountReason.WrittenObjected);
        }

        return tally.Rules.Written == WrittenRule.Majority ? InMeeting(tally) : Unanimously(tally);
    }

    private static CountVerdict Unanimously(CountTally tally)
    {
        var entitled = tally.Seating.Entitled.Count;
        if (tally.Against > 0)
        {
            return CountVerdict.Final(CountOutcome.ToMeeting, CountReason.WrittenSentBack);
        }

        if (entitled > 0 && tally.For == entitled && tally.IsQuorate)
        {
            return CountVerdict.Final(CountOutcome.Approved, CountReason.Unanimous);
        }

        if (!tally.IsClosed && !tally.AllHaveAnswered)
        {
            return CountVerdict.Open(CountReason.AnswersMissing);
        }

        return CountVerdict.Final(CountOutcome.ToMeeting, entitled == 0 ? CountReason.NobodyEntitled : CountReason.WrittenNotUnanimous);
    }

    /// <summary>
    /// Rule 8. In line, in every mode: the leader decides, or the deputy-leader where the leader is out; the others' answers are
    /// advice.
    /// </summary>
    private static CountVerdict InLine(CountTally tally)
    {
        if (tally.Decider is not { } decider)
        {
            return CountVerdict.Final(CountOutcome.NotQuorate, CountReason.NobodyToDecide);
        }

        return tally.AnswerOf(decider) switch
        {
            AnswerKind.Approve or AnswerKind.ApproveWithRemark =>
                CountVerdict.Final(CountOutcome.Approved, CountReason.LeaderDecided) with { Casting = decider },
            AnswerKind.SendBack =>
                CountVerdict.Final(CountOutcome.Returned, CountReason.LeaderDecided) with { Casting = decider },
            AnswerKind.Abstain or AnswerKind.ObjectToWritten or null => tally.IsClosed
                ? CountVerdict.Final(CountOutcome.NotQuorate, CountReason.LeaderDidNotDecide) with { Casting = decider }
                : CountVerdict.Open(CountReason.LeaderHasNotDecided) with
                {
                    Casting = decider,
                    WaitsFor = tally.AnswerOf(decider) is null ? [decider] : [],
                },
        };
    }

    /// <summary>Rule 9. Those whose answer is still wanted: the entitled without one, or the seat that must decide.</summary>
    private static IReadOnlyList<BallotSeat> WaitingFor(CountVerdict verdict, CountTally tally) =>
        verdict.IsFinal ? [] : verdict.WaitsFor ?? tally.Unanswered;

    /// <summary>
    /// Rule 9. Whether an approval can still come. It is enough to try the one way in which all who are waited for approve: an
    /// approval more never lowers the number present or the share for, never breaks unanimity, and a casting vote among those
    /// waited for is then for. So if that way does not give an approval, no way does.
    /// </summary>
    private static bool CanStillApprove(CountVerdict verdict, IReadOnlyList<BallotSeat> waitingFor, CountTally tally) => verdict.IsFinal
        ? verdict.Outcome == CountOutcome.Approved
        : Decide(tally.WhenApprovedBy(waitingFor)).Outcome == CountOutcome.Approved;
}
