using Tilskudd.Cycle.People;
using Tally = Tilskudd.Cycle.Approval.Count;

namespace Tilskudd.Cycle.Approval;

/// <summary>Habilitet in a round (fvl. §§ 6 and 8): a member's doubt, who decides on it, and what follows. The round comes to nothing while one is undecided.</summary>
public sealed partial class Round
{
    /// <summary>Characters in a reference to a protocol, and in a superior's name and office.</summary>
    public const int LongestReference = 120;

    private readonly List<Doubt> _doubts = [];

    public IReadOnlyList<Doubt> Doubts => _doubts;

    /// <summary>The doubts that wait for their decision; none once the round is over.</summary>
    public IReadOnlyList<Doubt> Undecided => IsOpen ? [.. _doubts.Where(doubt => !doubt.IsDecided).OrderBy(doubt => doubt.Number)] : [];

    /// <summary>Whether the person's own doubt is not decided yet, so that the person stands aside.</summary>
    public bool IsInDoubt(PersonId person) => Undecided.Any(doubt => doubt.PersonId == person);

    /// <summary>Whether the person was found inhabil, and so has no part in the case.</summary>
    public bool IsInhabil(PersonId person) => _seats.Any(seat => seat.PersonId == person && seat.InhabilAt is not null);

    /// <summary>Whether the very form, or another before it, has raised the person's doubt.</summary>
    public bool HasRaised(PersonId person, Guid formKey) => IsInDoubt(person) || IsInhabil(person) || _doubts.Any(doubt => doubt.PersonId == person && doubt.FormKey == formKey);

    /// <summary>A member reports doubt about being impartial. Until it is decided the member gives no answer, and one given before stands no longer.</summary>
    public Refusal? RaiseDoubt(PersonId person, string reason, Guid formKey, DateTimeOffset at)
    {
        if (!IsOpen)
        {
            return new RoundRefusal.IsClosed(ClosedAt!.Value);
        }

        if (TooLong(reason) is { } tooLong)
        {
            return tooLong;
        }

        if (SeatOf(person) is not { } seat)
        {
            return new RoundRefusal.NotEntitled();
        }

        _doubts.Add(new Doubt(_doubts.Count + 1, seat, person, Prose.Of(reason), _answers.Count, formKey, at));
        return null;
    }

    /// <summary>
    /// Who may vote on the doubts of a case: those entitled but for members in doubt, with the deputies who would then step in. Of several in
    /// doubt in the same case none has a say about any of them (fvl. § 8).
    /// </summary>
    public IReadOnlyList<RoundSeat> VotersOnDoubt => SeatsIn(new CountSeating(DoubtBallot(isByAll: false)));

    /// <summary>Those in doubt, who take part only where the body is otherwise too few to decide (fvl. § 8).</summary>
    public IReadOnlyList<RoundSeat> InDoubt => [.. SeatsIn(new CountSeating(DoubtBallot(isByAll: true))).Where(seat => HasDoubted(seat.PersonId))];

    /// <summary>How many must vote on a doubt for the body to decide it.</summary>
    public int QuorumOnDoubt => Tally.Of(DoubtBallot(isByAll: true)).Quorum;

    /// <summary>In line: the seats that may decide on a doubt. The leader; where it is about the leader, or the leader is out, the deputy leader. A superior may too then.</summary>
    public RoundSeat? DeciderInLine =>
        VotersOnDoubt.FirstOrDefault(seat => seat.Role == SeatRole.Leader) ?? VotersOnDoubt.FirstOrDefault(seat => seat.Role == SeatRole.DeputyLeader);

    /// <summary>The body's vote on a doubt, seat by seat: decided by the majority of those who voted, by the body's own rule where the votes are equal.</summary>
    /// <param name="by">Who registers it.</param>
    public Refusal? Decide(SeatId seat, DoubtVotes votes, PersonId by, DateTimeOffset at)
    {
        if (Refuses(seat, by, votes.Reference, out var doubt) is { } refusal)
        {
            return refusal;
        }

        if (votes.Of.Count == 0)
        {
            return new DoubtRefusal.NoVotes();
        }

        var others = VotersOnDoubt.Select(voter => voter.SeatId).ToHashSet();
        var isByAll = votes.Of.Keys.Count(others.Contains) < QuorumOnDoubt && votes.Of.Keys.Any(voter => InDoubt.Any(one => one.SeatId == voter));
        var ballot = DoubtBallot(isByAll) with
        {
            Chair = votes.Chair?.ToString(),
            Answers = [.. votes.Of.Select(vote => new BallotAnswer(vote.Key.ToString(), vote.Value ? AnswerKind.Approve : AnswerKind.SendBack))],
        };
        if (Stranger(votes, ballot) is { } stranger)
        {
            return stranger;
        }

        var count = Tally.Of(ballot);
        switch (count.Outcome)
        {
            case CountOutcome.NotQuorate:
                return new DoubtRefusal.TooFew(count.Quorum, count.Present);
            case CountOutcome.Undecided:
                return new DoubtRefusal.TieWithoutChair();
            case CountOutcome.Approved or CountOutcome.Returned:
                doubt.Count(count, votes, isByAll);
                Settle(doubt, count.Outcome == CountOutcome.Approved, by, at);
                return null;
            case CountOutcome.ToMeeting or CountOutcome.Refused:
                throw new InvalidOperationException($"The votes on a doubt in round {Id} were checked, and still they cannot be counted: {string.Join(" ", count.Faults)}");
            default:
                throw new System.Diagnostics.UnreachableException($"A count came to {count.Outcome}.");
        }
    }

    /// <summary>The body's vote on a doubt as its protocol gives it in numbers.</summary>
    public Refusal? Decide(SeatId seat, DoubtTally tally, PersonId by, DateTimeOffset at)
    {
        if (Refuses(seat, by, tally.Reference, out var doubt) is { } refusal)
        {
            return refusal;
        }

        var (quorum, others, present) = (QuorumOnDoubt, VotersOnDoubt.Count, (long)tally.For + tally.Against);
        var isByAll = others < quorum;
        var most = isByAll ? new CountSeating(DoubtBallot(isByAll: true)).Entitled.Count : others;
        if (present > most)
        {
            return new DoubtRefusal.TooMany(most);
        }

        if (present < quorum)
        {
            return new DoubtRefusal.TooFew(quorum, (int)present);
        }

        var mayBe = tally.For == tally.Against ? !tally.IsInhabil || DecidesTies : tally.IsInhabil == tally.For > tally.Against;
        if (!mayBe)
        {
            return new DoubtRefusal.DoesNotAddUp();
        }

        doubt.Count(tally, DecidesTies && tally.For == tally.Against, isByAll);
        Settle(doubt, tally.IsInhabil, by, at);
        return null;
    }

    /// <summary>What the leader decided in line, or a superior where it is about the leader.</summary>
    public Refusal? Decide(SeatId seat, DoubtRuling ruling, PersonId by, DateTimeOffset at)
    {
        if (Refuses(seat, by, ruling.Superior, out var doubt) is { } refusal)
        {
            return refusal;
        }

        var leads = DeciderInLine;
        if (ruling.Decider is { } decider)
        {
            if (leads?.SeatId != decider)
            {
                return new DoubtRefusal.WrongDecider();
            }
        }
        else if (leads is { Role: SeatRole.Leader })
        {
            return new DoubtRefusal.WrongDecider();
        }
        else if (Prose.IsBlank(ruling.Superior))
        {
            return new DoubtRefusal.SuperiorMissing();
        }

        doubt.RuleInLine(ruling);
        Settle(doubt, ruling.IsInhabil, by, at);
        return null;
    }

    /// <summary>Whether the chair's vote decides where the votes are equal.</summary>
    private bool DecidesTies => Regime == Regime.Kommuneloven || (Regime == Regime.Mandat && Tie == TieRule.Leader);

    private bool HasDoubted(PersonId? person) => _doubts.Any(doubt => doubt.PersonId == person);

    // What was answered before the doubt was raised.
    private bool IsFallen(RoundAnswer answer) => _doubts.Any(doubt => doubt.PersonId == answer.PersonId && answer.Number <= doubt.AnswersBefore);

    private Refusal? Refuses(SeatId seat, PersonId by, string typed, out Doubt doubt)
    {
        var open = Undecided.FirstOrDefault(known => known.SeatId == seat);
        doubt = open!;
        var length = Prose.Length(Prose.Of(typed).Trim());
        return !IsOpen ? new RoundRefusal.IsClosed(ClosedAt!.Value)
            : open is null ? new DoubtRefusal.NothingToDecide()
            : open.PersonId == by ? new DoubtRefusal.OwnDoubt()
            : length > LongestReference ? new DoubtRefusal.TextTooLong(Regime == Regime.Administrativ ? "overordnet" : "ref", length, LongestReference)
            : null;
    }

    private DoubtRefusal? Stranger(DoubtVotes votes, Ballot ballot)
    {
        var entitled = new CountSeating(ballot).Entitled.Select(seat => seat.Seat).ToHashSet();
        var wrong = votes.Of.Keys.FirstOrDefault(voter => !entitled.Contains(voter.ToString()));
        return wrong != default ? (HasDoubted(_seats.SingleOrDefault(seat => seat.SeatId == wrong)?.PersonId) ? new DoubtRefusal.TakesNoPart($"{wrong}") : new DoubtRefusal.NotThere($"{wrong}"))
            : ballot.Chair is { } chair && !entitled.Contains(chair) ? new DoubtRefusal.ChairNotThere()
            : null;
    }

    private void Settle(Doubt doubt, bool isInhabil, PersonId by, DateTimeOffset at)
    {
        doubt.Decide(isInhabil, by, at);
        if (!isInhabil)
        {
            // Only one who was found inhabil before has anything to be let in from.
            foreach (var own in _seats.Where(seat => seat.PersonId == doubt.PersonId))
            {
                own.FindHabil();
            }

            return;
        }

        var seat = _seats.Single(seat => seat.SeatId == doubt.SeatId);
        if (seat.OnLeave is not null && seat.PersonId == doubt.PersonId)
        {
            // It is the one who stands in that is inhabil, and not the member.
            seat.TakeBack();
            return;
        }

        seat.FindInhabil(at);
    }

    // The question put to the body as in a meeting: yes is that the member is inhabil. Simple majority, whatever the mandate asks for in the case itself.
    private Ballot DoubtBallot(bool isByAll)
    {
        var now = ToBallot(isClosed: true);
        return now with
        {
            Mode = Mode.Meeting,
            Mandate = now.Mandate with { Majority = Majority.Simple },
            Inhabil = isByAll ? [.. now.Inhabil.Except(Undecided.Select(doubt => doubt.PersonId.ToString()))] : [.. now.Inhabil, .. _doubts.Select(doubt => doubt.PersonId.ToString())],
            Answers = [],
        };
    }

    private List<RoundSeat> SeatsIn(CountSeating seating) => [.. seating.Entitled.Select(seat => _seats.Single(known => known.SeatId.ToString() == seat.Seat))];
}
