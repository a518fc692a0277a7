using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Meetings;

/// <summary>
/// A meeting of a body: when and where, what is on the agenda, who was called and who came, how they voted, and the protocol of it
/// (kommuneloven §§ 11-2 to 11-7). What the votes come to is the decision on a case, and is registered as such.
/// </summary>
public sealed partial class Meeting
{
    public const int MostItems = 60;
    public const int MostProposals = 20;

    /// <summary>Characters in an item's title.</summary>
    public const int LongestTitle = 200;

    /// <summary>Characters in what the body is informed of, and in a proposal.</summary>
    public const int LongestText = 4_000;

    /// <summary>Characters in a reason.</summary>
    public const int LongestReason = 1_000;

    private readonly List<MeetingSeat> _seats = [];
    private readonly List<AgendaItem> _items = [];
    private readonly List<MeetingCall> _calls = [];
    private readonly List<MeetingProposal> _proposals = [];
    private readonly List<MeetingVote> _votes = [];

    private Meeting() { }

    /// <param name="frame">Read by <see cref="MeetingFrame.Of"/>.</param>
    /// <param name="substitutes">Those named in the body for members on leave; null where there are none.</param>
    public Meeting(MeetingId id, Body body, MeetingFrame frame, PersonId by, DateTimeOffset at, IReadOnlyCollection<Substitute>? substitutes = null)
    {
        (Id, BodyId, PlannedBy, PlannedAt) = (id, body.Id, by, at);
        Set(frame, body, substitutes);
    }

    public MeetingId Id { get; private set; }

    public BodyId BodyId { get; private set; }

    public DateTimeOffset StartsAt { get; private set; }

    public DateTimeOffset? EndsAt { get; private set; }

    public string Place { get; private set; } = "";

    public string Link { get; private set; } = "";

    /// <summary>Rises by one the first time something is changed after people were called to it: what calendar programs know as SEQUENCE.</summary>
    public int Sequence { get; private set; }

    public PersonId PlannedBy { get; private set; }

    public DateTimeOffset PlannedAt { get; private set; }

    public DateTimeOffset? CancelledAt { get; private set; }

    public string CancelReason { get; private set; } = "";

    /// <summary>The seat chosen to lead where neither the leader nor the deputy leader is there.</summary>
    public SeatId? ElectedChair { get; private set; }

    /// <summary>Who led the meeting and has signed off its protocol; null until then.</summary>
    public PersonId? SignedBy { get; private set; }

    public DateTimeOffset? SignedAt { get; private set; }

    /// <summary>The hash of the protocol's text as it was signed.</summary>
    public string? SignedHash { get; private set; }

    public IReadOnlyList<MeetingSeat> Seats => _seats;

    /// <summary>The agenda; in order by <see cref="Agenda"/>.</summary>
    public IReadOnlyList<AgendaItem> Items => _items;

    public IReadOnlyList<MeetingCall> Calls => _calls;

    public IReadOnlyList<MeetingProposal> Proposals => _proposals;

    public IReadOnlyList<MeetingVote> Votes => _votes;

    public MeetingFrame Frame => new(StartsAt, EndsAt, Place, Link);

    public IReadOnlyList<AgendaItem> Agenda => [.. _items.OrderBy(item => item.Number)];

    /// <summary>Somebody is noted as present.</summary>
    public bool IsUnderWay => _seats.Any(seat => seat.Attendance == Attendance.Present);

    /// <summary>People were called, to this form of the meeting or an earlier.</summary>
    public bool IsCalled => _calls.Any(call => !call.IsOff);

    /// <summary>Something has been changed since people were called.</summary>
    public bool IsCalledToAnother => IsCalled && _calls.Where(call => !call.IsOff).Max(call => call.Sequence) < Sequence;

    /// <summary>Whether a person has a seat here.</summary>
    public bool IsSeated(PersonId person) => _seats.Any(seat => seat.PersonId == person);

    /// <summary>The seat that leads: the leader's where present, else the deputy leader's, else the one chosen in the meeting.</summary>
    public MeetingSeat? Chair => Seated(SeatRole.Leader) ?? Seated(SeatRole.DeputyLeader) ?? _seats.FirstOrDefault(seat => seat.SeatId == ElectedChair);

    /// <summary>Changes when or where it is. The same as before changes nothing.</summary>
    public Refusal? Change(MeetingFrame frame, Body body, IReadOnlyCollection<Substitute>? substitutes = null)
    {
        if (IsFixed is { } no)
        {
            return no;
        }

        if (body.Regime == Regime.Kommuneloven && IsSecretFrom(frame))
        {
            return new MeetingRefusal.SecretOverLink("lenke");
        }

        if (frame != Frame)
        {
            Set(frame, body, substitutes);
            Touch();
        }

        return null;
    }

    /// <summary>Calls the meeting off, in the story that tells those who were called to it. Calling it off again changes nothing.</summary>
    public Refusal? Cancel(string reason, PersonId by, DateTimeOffset at)
    {
        if (CancelledAt is not null)
        {
            return null;
        }

        if (IsFixed is { } no)
        {
            return no;
        }

        if (Prose.IsBlank(reason))
        {
            return new MeetingRefusal.CancelledWithoutReason();
        }

        if (TooLong("avlyst", reason) is { } tooLong)
        {
            return tooLong;
        }

        (CancelledAt, CancelReason) = (at, Prose.Of(reason).Trim());
        if (IsCalled)
        {
            Sequence++;
            _calls.Add(new MeetingCall(_calls.Count + 1, Sequence, isOff: true, Awaited.ToList(), "", by, at));
        }

        return null;
    }

    /// <summary>Puts a case that is before the body on the agenda, last.</summary>
    public Refusal? Add(AgendaItemId id, Round round, string title) =>
        round.BodyId != BodyId ? new MeetingRefusal.NoCase()
        : _items.Any(item => item.RoundId == round.Id) ? new MeetingRefusal.AlreadyOnAgenda()
        : Add(id, round.Id, title, "");

    /// <summary>Puts something the body is informed of on the agenda, last. The same once more changes nothing.</summary>
    public Refusal? Add(AgendaItemId id, string title, string text)
    {
        var (named, told) = (Prose.Line(title).Trim(), Prose.Of(text).Trim());
        return Prose.IsBlank(named) ? new MeetingRefusal.TitleMissing()
            : Prose.Length(named) > LongestTitle ? new MeetingRefusal.TitleTooLong(Prose.Length(named), LongestTitle)
            : Prose.Length(told) > LongestText ? new MeetingRefusal.TextTooLong(Prose.Length(told), LongestText)
            : _items.Any(item => item.Kind == AgendaKind.Information && item.Title == named && item.Text == told) ? null
            : Add(id, null, named, told);
    }

    /// <summary>Moves an item one place up or down; the first stays first and the last stays last.</summary>
    public Refusal? Move(AgendaItem item, bool up)
    {
        if (IsFixed is { } no)
        {
            return no;
        }

        if (_items.SingleOrDefault(other => other.Number == item.Number + (up ? -1 : 1)) is { } other)
        {
            var number = item.Number;
            item.Place(other.Number);
            other.Place(number);
            Touch();
        }

        return null;
    }

    public Refusal? Remove(AgendaItem item)
    {
        if (IsFixed is { } no)
        {
            return no;
        }

        _items.Remove(item);
        foreach (var later in _items.Where(other => other.Number > item.Number))
        {
            later.Place(later.Number - 1);
        }

        Touch();
        return null;
    }

    /// <summary>
    /// The last day people can be called and have the notice the body's own rules give them, counted in working days. Where the body has none
    /// and is under kommuneloven, «i rimelig tid» (§ 11-3) is at the least the working day before. Null where nothing is demanded.
    /// </summary>
    public LocalDate? LastDayToCall(Body body, WorkingCalendar calendar) =>
        (body.NoticeDays ?? (body.Regime == Regime.Kommuneloven ? 1 : null)) is { } days ? calendar.Add(Frame.On, -days) : null;

    /// <summary>Whether a call to all of the body now would be later than its notice allows.</summary>
    public bool IsLateToCall(Body body, WorkingCalendar calendar, DateTimeOffset now) => LastDayToCall(body, calendar) < OsloTime.On(now).Date;

    /// <summary>
    /// Those entitled to be called who have not been called to the meeting as it is: members, leaders and observers, and the deputies who
    /// step in for those who are away.
    /// </summary>
    public IReadOnlyList<PersonId> ToCall(Body body)
    {
        var awaited = Awaited.ToHashSet();
        var called = _calls.Where(call => !call.IsOff && call.Sequence == Sequence).SelectMany(call => call.People).Where(awaited.Contains).ToHashSet();
        return [.. Entitled(body).Where(person => !called.Contains(person))];
    }

    // Members, leaders and observers, and the deputies who step in for those who are away.
    private List<PersonId> Entitled(Body body)
    {
        var away = _seats.Where(seat => seat.Attendance == Attendance.Excused || IsOnLeave(seat)).Select(seat => seat.PersonId?.ToString()).OfType<string>();
        var ballot = new Ballot(body.Regime, body.Mandate, Mode.Meeting, BallotSeats, null, [], [], [.. away], [], false);
        var entitled = new CountSeating(ballot).Entitled.Select(seat => seat.Seat).ToHashSet();
        return [.. _seats.Where(seat => entitled.Contains(seat.SeatId.ToString()) || seat.Role == SeatRole.Observer).OrderBy(seat => seat.Number)
            .Select(seat => seat.PersonId).OfType<PersonId>().Distinct()];
    }

    /// <summary>Calls those who have not been called to the meeting as it is.</summary>
    /// <returns>What was sent, or why not; neither where all have been called.</returns>
    public (MeetingCall? Call, Refusal? Refusal) Call(Body body, string lateReason, WorkingCalendar calendar, PersonId by, DateTimeOffset at, IReadOnlyCollection<Substitute>? substitutes = null)
    {
        if (IsFixed is { } no)
        {
            return (null, no);
        }

        Seat(body, substitutes);
        var people = ToCall(body);
        var isToAll = _calls.All(call => call.IsOff || call.Sequence != Sequence);
        if (people.Count == 0)
        {
            return (null, isToAll ? new MeetingRefusal.NobodyToCall() : null);
        }

        // A deputy is called when somebody cannot come, however late that is.
        var isLate = isToAll && IsLateToCall(body, calendar, at);
        MeetingRefusal? refusal = at >= StartsAt ? new MeetingRefusal.HasBegun()
            : _items.Count == 0 ? new MeetingRefusal.EmptyAgenda()
            : isLate && Prose.IsBlank(lateReason) ? new MeetingRefusal.LateWithoutReason(LastDayToCall(body, calendar)!.Value)
            : TooLong("grunn", lateReason);
        if (refusal is not null)
        {
            return (null, refusal);
        }

        var call = new MeetingCall(_calls.Count + 1, Sequence, isOff: false, people, isLate ? Prose.Of(lateReason).Trim() : "", by, at);
        _calls.Add(call);
        return (call, null);
    }

    /// <summary>Takes word to those who were called to it, and have no place in it as it is now, that it is off for them.</summary>
    /// <returns>What was sent; null where there are none, as mostly.</returns>
    public MeetingCall? LetGo(Body body, PersonId by, DateTimeOffset at)
    {
        var people = ToLetGo(body).ToList();
        if (people.Count == 0)
        {
            return null;
        }

        var call = new MeetingCall(_calls.Count + 1, Sequence, isOff: true, people, "", by, at);
        _calls.Add(call);
        return call;
    }

    /// <summary>Those who were called, and are not needed any more. A member who has said that he cannot come knows; a deputy does not when the member comes after all.</summary>
    public IReadOnlyList<PersonId> ToLetGo(Body body)
    {
        var entitled = Entitled(body);
        return [.. Awaited.Where(person => !entitled.Contains(person) && _seats.Where(seat => seat.PersonId == person).All(seat => seat.Role == SeatRole.Deputy))];
    }

    /// <summary>Whether a message that it is off was for some alone, and the meeting goes on without them.</summary>
    public bool GoesOnWithout(MeetingCall call) => call.IsOff && _calls.Any(other => !other.IsOff && other.Sequence == call.Sequence);

    // Those who were last told that it is on.
    private IEnumerable<PersonId> Awaited => _calls.SelectMany(call => call.People).Distinct().Where(person => !_calls.Where(call => call.People.Contains(person)).MaxBy(call => call.Number)!.IsOff);

    private Refusal? Add(AgendaItemId id, RoundId? round, string title, string text)
    {
        // § 11-3: a case may be taken up in the meeting itself.
        if (CancelledAt is not null || SignedAt is not null)
        {
            return CancelledAt is not null ? new MeetingRefusal.IsCancelled() : new MeetingRefusal.IsSigned();
        }

        if (_items.Count == MostItems)
        {
            return new MeetingRefusal.TooManyItems(MostItems);
        }

        _items.Add(new AgendaItem(id, _items.Count + 1, round, title, text));
        Touch();
        return null;
    }

    private static MeetingRefusal.ReasonTooLong? TooLong(string field, string typed) =>
        Prose.Length(Prose.Of(typed)) is var length && length > LongestReason ? new MeetingRefusal.ReasonTooLong(field, length, LongestReason) : null;

    private MeetingRefusal? IsFixed =>
        CancelledAt is not null ? new MeetingRefusal.IsCancelled()
        : SignedAt is not null ? new MeetingRefusal.IsSigned()
        : IsUnderWay ? new MeetingRefusal.IsUnderWay()
        : null;

    private void Set(MeetingFrame frame, Body body, IReadOnlyCollection<Substitute>? substitutes)
    {
        (StartsAt, EndsAt, Place, Link) = frame;
        Seat(body, substitutes);
    }

    // What changes after people were called is another meeting than they were called to.
    private void Touch()
    {
        if (_calls.Any(call => call.Sequence == Sequence))
        {
            Sequence++;
        }
    }

    // The seats as they are filled on the day; what is noted of one that stays is kept.
    private void Seat(Body body, IReadOnlyCollection<Substitute>? substitutes)
    {
        var filled = body.SeatsOn(Frame.On).ToList();
        _seats.RemoveAll(seat => filled.All(other => other.Id != seat.SeatId));
        foreach (var seat in filled)
        {
            if (_seats.SingleOrDefault(known => known.SeatId == seat.Id) is { } known)
            {
                known.Refresh(seat);
            }
            else
            {
                _seats.Add(new MeetingSeat(seat));
            }
        }

        foreach (var substitute in (substitutes ?? []).Where(substitute => substitute.HoldsOn(Frame.On)))
        {
            StandIn(body, substitute);
        }
    }

    // Under kommuneloven the deputy who was named is called in for the member; elsewhere the one named has the member's seat that day.
    private void StandIn(Body body, Substitute substitute)
    {
        if (_seats.SingleOrDefault(seat => seat.SeatId == substitute.SeatId && seat.PersonId == substitute.PersonId) is not { } place)
        {
            return;
        }

        if (body.Regime == Regime.Kommuneloven)
        {
            _seats.FirstOrDefault(seat => seat.Role == SeatRole.Deputy && seat.PersonId == substitute.StandInId && seat.Group == place.Group)?.CallIn(place.SeatId);
        }
        else
        {
            place.HandOver(substitute.StandInId);
        }
    }

    // A member on leave who comes all the same, is there.
    private bool IsOnLeave(MeetingSeat seat) => seat.Attendance != Attendance.Present && _seats.Any(other => other.CalledFor == seat.SeatId);

    private IReadOnlyList<BallotSeat> BallotSeats => [.. _seats.OrderBy(seat => seat.Number).Select(seat => new BallotSeat(
        seat.SeatId.ToString(), seat.Role, seat.PersonId?.ToString(), InsteadOf(seat) is null ? seat.Order : int.MinValue, seat.Group, (InsteadOf(seat) ?? seat.StandsInFor)?.ToString(), seat.PersonId is null))];

    // The seat a deputy was named for, while its member is away.
    private SeatId? InsteadOf(MeetingSeat deputy) => deputy.CalledFor is { } seat && IsOnLeave(_seats.Single(other => other.SeatId == seat)) ? seat : null;
}
