namespace Tilskudd.Cycle.Approval;

/// <summary>Rule 3 of the count: what makes a ballot uncountable, and the answers that are left when the faulty ones are set aside.</summary>
internal static class CountFaults
{
    /// <summary>Finds every fault, those of the body first, then those of the answers in the order given.</summary>
    public static (IReadOnlyList<CountFault> Faults, IReadOnlyList<BallotAnswer> Countable) Of(Ballot ballot, Mandate rules, CountSeating seating)
    {
        var countable = new List<BallotAnswer>();
        var faults = new List<CountFault>(OfTheBody(ballot, seating));
        var seats = ballot.Seats.GroupBy(seat => seat.Seat).ToDictionary(same => same.Key, same => same.First());
        var entitled = seating.Entitled.Select(seat => seat.Seat).ToHashSet();
        var several = SeatsWithSeveralAnswers(ballot);

        foreach (var answer in ballot.Answers)
        {
            var ofThis = OfTheSeat(answer, seats.GetValueOrDefault(answer.Seat), entitled, seating).Concat(OfTheWord(answer, ballot, rules)).ToList();
            faults.AddRange(ofThis);
            // Which of a seat's two answers holds cannot be known, so neither is counted.
            if (ofThis.Count == 0 && !several.Contains(answer.Seat))
            {
                countable.Add(answer);
            }
        }

        faults.AddRange(several.Select(seat => new CountFault(CountFaultKind.SeveralAnswers, seat)));
        return (faults, countable);
    }

    private static IEnumerable<CountFault> OfTheBody(Ballot ballot, CountSeating seating)
    {
        foreach (var seat in Repeated(ballot.Seats.Select(seat => seat.Seat)))
        {
            yield return new(CountFaultKind.DuplicateSeat, seat);
        }

        var leaders = seating.Body.Count(seat => seat.Role == SeatRole.Leader);
        if (leaders != 1)
        {
            yield return new(leaders == 0 ? CountFaultKind.NoLeader : CountFaultKind.SeveralLeaders, "");
        }

        if (seating.Body.Count(seat => seat.Role == SeatRole.DeputyLeader) > 1)
        {
            yield return new(CountFaultKind.SeveralDeputyLeaders, "");
        }

        foreach (var person in Repeated(seating.Entitled.Select(seat => seat.Person).OfType<string>()))
        {
            yield return new(CountFaultKind.PersonInSeveralSeats, person);
        }

        if (ballot.Chair is { } chair && seating.Entitled.All(seat => seat.Seat != chair))
        {
            yield return new(CountFaultKind.ChairNotEntitled, chair);
        }
    }

    private static IEnumerable<CountFault> OfTheSeat(BallotAnswer answer, BallotSeat? seat, HashSet<string> entitled, CountSeating seating)
    {
        if (entitled.Contains(answer.Seat))
        {
            yield break;
        }

        var kind = seat is null ? CountFaultKind.AnswerFromUnknownSeat
            : seat.Role == SeatRole.Observer ? CountFaultKind.AnswerFromObserver
            : seating.IsOut(seat) ? CountFaultKind.AnswerFromSeatThatIsOut
            : CountFaultKind.AnswerFromDeputyNotSteppedIn;
        yield return new(kind, answer.Seat);
    }

    private static IEnumerable<CountFault> OfTheWord(BallotAnswer answer, Ballot ballot, Mandate rules)
    {
        var isAdministrative = ballot.Regime == Regime.Administrativ;
        if (answer.Answer == AnswerKind.Abstain && !isAdministrative && !rules.MayAbstain)
        {
            yield return new(CountFaultKind.AbstentionNotAllowed, answer.Seat);
        }

        if (answer.Answer == AnswerKind.ObjectToWritten && (isAdministrative || ballot.Mode != Mode.Written))
        {
            yield return new(CountFaultKind.ObjectionNotAllowed, answer.Seat);
        }
    }

    private static List<string> SeatsWithSeveralAnswers(Ballot ballot) => Repeated(ballot.Answers.Select(answer => answer.Seat));

    private static List<string> Repeated(IEnumerable<string> words) =>
        [.. words.GroupBy(word => word).Where(same => same.Skip(1).Any()).Select(same => same.Key)];
}
