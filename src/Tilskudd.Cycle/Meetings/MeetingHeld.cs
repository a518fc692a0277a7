using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tally = Tilskudd.Cycle.Approval.Count;

namespace Tilskudd.Cycle.Meetings;

/// <summary>What happens in a meeting: who is there, what is proposed, how each seat votes in each case, and that the protocol of it is signed off.</summary>
public sealed partial class Meeting
{
    /// <summary>What is noted of those who are there, so that a form can tell whether somebody has noted otherwise since it was shown.</summary>
    public string AttendanceMark => Canonical.Hash(string.Join('\n', Noted.Select(one => $"{one}").Append($"{ElectedChair}")));

    /// <summary>Whether this is noted already.</summary>
    public bool IsNoted(IReadOnlyCollection<SeatAttendance> noted, SeatId? chair) => chair == ElectedChair && noted.All(Noted.Contains);

    private List<SeatAttendance> Noted => [.. _seats.OrderBy(seat => seat.Number).Select(seat => new SeatAttendance(seat.SeatId, seat.Attendance, seat.FromItem, seat.UntilItem))];

    /// <summary>
    /// Notes who is there and who is away. Before the day of the meeting it can only be noted who cannot come. Who was there at an item that
    /// is decided, stands.
    /// </summary>
    /// <param name="chair">The seat chosen to lead; read only where neither the leader nor the deputy leader is there.</param>
    public Refusal? Note(IReadOnlyCollection<SeatAttendance> noted, SeatId? chair, DateTimeOffset at)
    {
        if (CancelledAt is not null || SignedAt is not null)
        {
            return CancelledAt is not null ? new MeetingRefusal.IsCancelled() : new MeetingRefusal.IsSigned();
        }

        if (OsloTime.On(at).Date < Frame.On && noted.Any(seat => seat.Attendance == Attendance.Present))
        {
            return new MeetingRefusal.NotYet(Frame.On);
        }

        if (noted.FirstOrDefault(seat => seat.Attendance == Attendance.Present && seat.From is not null && seat.From == seat.Until) is { } confused)
        {
            return new MeetingRefusal.CameAsLeft($"gikk-{confused.Seat}");
        }

        var decided = Agenda.Where(item => item.IsDecided).ToList();
        var before = decided.ToDictionary(item => item, There);
        var elected = ElectedChair;
        foreach (var one in noted)
        {
            _seats.Single(seat => seat.SeatId == one.Seat).Note(one.Attendance, one.From, one.Until);
        }

        ElectedChair = null;
        if (IsUnderWay && Chair is null)
        {
            if (chair is not { } chosen)
            {
                return new MeetingRefusal.ChairMissing();
            }

            if (_seats.SingleOrDefault(seat => seat.SeatId == chosen) is not { Attendance: Attendance.Present, Role: not SeatRole.Observer })
            {
                return new MeetingRefusal.ChairNotPresent();
            }

            ElectedChair = chosen;
        }

        return decided.FirstOrDefault(item => elected != ElectedChair || !There(item).SetEquals(before[item])) is { } stands ? new MeetingRefusal.ItemIsDecided(stands.Number) : null;
    }

    /// <summary>Writes down a proposal put forward in the meeting. The same once more changes nothing.</summary>
    public Refusal? Propose(AgendaItem item, SeatId by, string text)
    {
        if (CannotDeal(item) is { } no)
        {
            return no;
        }

        var told = Prose.Of(text).Trim();
        var own = _proposals.Where(known => known.ItemId == item.Id).ToList();
        if (Prose.IsBlank(told))
        {
            return new MeetingRefusal.ProposalMissing();
        }

        if (Prose.Length(told) > LongestText)
        {
            return new MeetingRefusal.ProposalTooLong(Prose.Length(told), LongestText);
        }

        if (_seats.SingleOrDefault(seat => seat.SeatId == by) is not { PersonId: { } person } proposer || proposer.Role == SeatRole.Observer || !There(item).Contains(person))
        {
            return new MeetingRefusal.ProposerNotPresent();
        }

        if (own.Any(known => known.By == by && known.Text == told))
        {
            return null;
        }

        if (own.Count == MostProposals)
        {
            return new MeetingRefusal.TooManyProposals(MostProposals);
        }

        _proposals.Add(new MeetingProposal(item.Id, own.Count + 1, by, told));
        return null;
    }

    /// <summary>
    /// Registers what each seat voted, and who was found inhabil. A vote is for the proposal the case came with, or against it, or for another
    /// proposal in its place. A seat that has no say once this is noted, has no vote either.
    /// </summary>
    public Refusal? Register(AgendaItem item, Round round, IReadOnlyCollection<SeatVote> votes)
    {
        if (CannotDeal(item) is { } no)
        {
            return no;
        }

        foreach (var vote in votes)
        {
            if (_seats.All(seat => seat.SeatId != vote.Seat)
                || vote.Kind is AnswerKind.ApproveWithRemark or AnswerKind.ObjectToWritten
                || (vote.Kind == AnswerKind.Abstain && !round.AllowsAbstaining)
                || (vote.Proposal is { } number && (vote.Kind != AnswerKind.SendBack || _proposals.All(known => known.ItemId != item.Id || known.Number != number))))
            {
                return new MeetingRefusal.NoSuchVote(vote.Field);
            }
        }

        var inhabil = Inhabil(votes);
        if (!item.Inhabil.SequenceEqual(inhabil))
        {
            item.Inhabil.Clear();
            item.Inhabil.AddRange(inhabil);
        }

        var entitled = Entitled(item, round).Select(seat => seat.SeatId).ToHashSet();
        _votes.RemoveAll(known => known.ItemId == item.Id && !votes.Any(vote => vote.Seat == known.SeatId && vote.Kind is not null && entitled.Contains(known.SeatId)));
        foreach (var vote in votes.Where(vote => vote.Kind is not null && entitled.Contains(vote.Seat)))
        {
            if (_votes.SingleOrDefault(known => known.ItemId == item.Id && known.SeatId == vote.Seat) is not { } known)
            {
                known = new MeetingVote(item.Id, vote.Seat);
                _votes.Add(known);
            }

            known.Set(vote.Kind!.Value, vote.Proposal);
        }

        return null;
    }

    /// <summary>Whether these votes stand already: the same form again.</summary>
    public bool IsRegistered(AgendaItem item, Round round, IReadOnlyCollection<SeatVote> votes)
    {
        var entitled = Entitled(item, round).Select(seat => seat.SeatId).ToHashSet();
        var given = votes.Where(vote => vote.Kind is not null && entitled.Contains(vote.Seat)).Select(vote => (vote.Seat, vote.Kind!.Value, vote.Proposal)).ToHashSet();
        return votes.All(vote => _seats.Any(seat => seat.SeatId == vote.Seat)) && item.Inhabil.ToHashSet().SetEquals(Inhabil(votes))
            && given.SetEquals(_votes.Where(known => known.ItemId == item.Id).Select(known => (known.SeatId, known.Kind, known.Proposal)));
    }

    private List<PersonId> Inhabil(IEnumerable<SeatVote> votes) =>
        [.. votes.Where(vote => vote.IsInhabil).Select(vote => _seats.Single(seat => seat.SeatId == vote.Seat).PersonId).OfType<PersonId>().Distinct()];

    /// <summary>The seats with a say in an item: those of the body who are there and not out of the case, and deputies who step in for the others.</summary>
    public IReadOnlyList<MeetingSeat> Entitled(AgendaItem item, Round round)
    {
        var entitled = new CountSeating(Ballot(item, round, isClosed: false)).Entitled.Select(seat => seat.Seat).ToHashSet();
        return [.. _seats.Where(seat => entitled.Contains(seat.SeatId.ToString())).OrderBy(seat => seat.Number)];
    }

    /// <summary>What the body's rules make of the votes registered in an item. The vote in one that is decided is over.</summary>
    public CountResult Count(AgendaItem item, Round round) => Tally.Of(Ballot(item, round, item.IsDecided));

    /// <summary>Whether the votes in an item have decided it, and nobody has registered what they decided.</summary>
    public bool AwaitsDecision(AgendaItem item, Round round) => item is { Kind: AgendaKind.Decision, IsDecided: false } && _votes.Exists(vote => vote.ItemId == item.Id)
        && CountClosed(item, round) is { IsFinal: true, Outcome: CountOutcome.Approved or CountOutcome.Returned };

    /// <summary>What the rules make of the votes once those without one have let it pass, and so what can be registered as decided.</summary>
    public CountResult CountClosed(AgendaItem item, Round round) => Tally.Of(Ballot(item, round, isClosed: true));

    /// <summary>The seats that had a say in an item and have no vote in it, where the rules wait for every vote until the vote is closed.</summary>
    public IReadOnlyList<MeetingSeat> Silent(AgendaItem item, Round round) =>
        Tally.Of(Ballot(item, round, isClosed: false)).IsFinal ? [] : [.. Entitled(item, round).Where(seat => _votes.All(vote => vote.ItemId != item.Id || vote.SeatId != seat.SeatId))];

    /// <summary>Says what has been voted, so that what is confirmed is what was shown.</summary>
    public string VotesHash(AgendaItem item) => Canonical.Hash(string.Join('\n',
        _votes.Where(vote => vote.ItemId == item.Id).OrderBy(vote => vote.SeatId.Value).Select(vote => $"{vote.SeatId} {vote.Kind} {vote.Proposal}")
            .Concat(There(item).Select(person => $"{person}").Order(StringComparer.Ordinal)).Concat(item.Inhabil.Select(person => $"- {person}")).Append($"{ElectedChair}")));

    /// <summary>Whether the votes of an item can be registered as the body's decision.</summary>
    /// <param name="shown">The hash of the votes the page showed.</param>
    /// <param name="othersDidNotVote">Whoever registers it confirms that those without a vote did not vote, which closes the vote.</param>
    public (CountOutcome Outcome, Refusal? Refusal) Decides(AgendaItem item, Round round, string shown, bool othersDidNotVote)
    {
        if (CannotDeal(item) is { } no)
        {
            return (CountOutcome.Undecided, no);
        }

        var count = CountClosed(item, round);
        return count is not { IsFinal: true, Outcome: CountOutcome.Approved or CountOutcome.Returned } ? (count.Outcome, new MeetingRefusal.NothingDecided())
            : shown != VotesHash(item) ? (count.Outcome, new MeetingRefusal.OtherVotes())
            : !othersDidNotVote && Silent(item, round) is { Count: > 0 } silent ? (count.Outcome, new MeetingRefusal.VotesMissing([.. silent.Select(seat => seat.SeatId)]))
            : (count.Outcome, null);
    }

    /// <summary>Whether the person was there when an item was dealt with.</summary>
    public bool IsThere(MeetingSeat seat, AgendaItem item)
    {
        if (seat.Attendance != Attendance.Present)
        {
            return false;
        }

        var (from, until) = (NumberOf(seat.FromItem), NumberOf(seat.UntilItem));

        // Who left before coming in again was away in between.
        return until < from ? item.Number < until || item.Number >= from : (from is null || item.Number >= from) && (until is null || item.Number < until);
    }

    /// <summary>Who led the meeting signs off its protocol, and nothing of it changes afterwards. Signing again changes nothing.</summary>
    /// <param name="hash">The hash of the protocol's text.</param>
    /// <param name="shown">The hash of what the page showed; another is refused.</param>
    public Refusal? SignProtocol(PersonId person, string hash, string shown, DateTimeOffset at)
    {
        if (CancelledAt is not null)
        {
            return new MeetingRefusal.IsCancelled();
        }

        if (!IsUnderWay)
        {
            return new MeetingRefusal.NotHeld();
        }

        if (Chair?.PersonId != person)
        {
            return new RoundRefusal.NotEntitled();
        }

        if (SignedAt is not null)
        {
            return null;
        }

        if (hash != shown)
        {
            return new RoundRefusal.OtherProtocol();
        }

        (SignedBy, SignedAt, SignedHash) = (person, at, hash);
        return null;
    }

    private MeetingRefusal? CannotDeal(AgendaItem item) =>
        CancelledAt is not null ? new MeetingRefusal.IsCancelled()
        : SignedAt is not null ? new MeetingRefusal.IsSigned()
        : !IsUnderWay ? new MeetingRefusal.NotHeld()
        : item.Kind != AgendaKind.Decision ? new MeetingRefusal.NothingDecided()
        : item.IsDecided ? new MeetingRefusal.ItemIsDecided(item.Number)
        : null;

    private MeetingSeat? Seated(SeatRole role) => _seats.FirstOrDefault(seat => seat.Role == role && seat.Attendance == Attendance.Present);

    private int? NumberOf(AgendaItemId? item) => item is { } id ? _items.SingleOrDefault(known => known.Id == id)?.Number : null;

    private HashSet<PersonId> There(AgendaItem item) => [.. _seats.Where(seat => IsThere(seat, item)).Select(seat => seat.PersonId).OfType<PersonId>()];

    private Ballot Ballot(AgendaItem item, Round round, bool isClosed)
    {
        var there = There(item);
        var inhabil = item.Inhabil.Concat(round.Seats.Where(seat => seat.InhabilAt is not null).Select(seat => seat.PersonId).OfType<PersonId>()).Distinct();
        var ballot = new Ballot(
            round.Regime, round.Mandate, Mode.Meeting, BallotSeats, null,
            [.. round.Drafters.Select(person => person.ToString())], [.. inhabil.Select(person => person.ToString())],
            [.. _seats.Select(seat => seat.PersonId).OfType<PersonId>().Distinct().Where(person => !there.Contains(person)).Select(person => person.ToString())],
            [.. _votes.Where(vote => vote.ItemId == item.Id).Select(vote => new BallotAnswer(vote.SeatId.ToString(), vote.Kind))], isClosed);
        var seating = new CountSeating(ballot);

        // Who was chosen leads only while neither of those who are to lead is there.
        var isLed = seating.EntitledAs(SeatRole.Leader) is not null || seating.EntitledAs(SeatRole.DeputyLeader) is not null;
        return isLed || seating.Entitled.All(seat => seat.Seat != ElectedChair?.ToString()) ? ballot : ballot with { Chair = ElectedChair.ToString() };
    }
}
