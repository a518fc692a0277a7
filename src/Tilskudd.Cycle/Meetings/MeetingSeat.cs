using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;

namespace Tilskudd.Cycle.Meetings;

public enum Attendance
{
    /// <summary>Nothing is noted yet.</summary>
    NotNoted,
    Present,

    /// <summary>Away with a valid reason (kommuneloven § 8-1): a deputy is called.</summary>
    Excused,

    /// <summary>Away without a reason given.</summary>
    Absent,
}

/// <summary>A seat of the body as it is on the day of the meeting, and whether its person was there.</summary>
public sealed class MeetingSeat
{
    private MeetingSeat() { }

    internal MeetingSeat(Seat seat)
    {
        SeatId = seat.Id;
        Refresh(seat);
    }

    public SeatId SeatId { get; private set; }

    public int Number { get; private set; }

    public SeatRole Role { get; private set; }

    public PersonId? PersonId { get; private set; }

    public int? Order { get; private set; }

    public string? Group { get; private set; }

    public SeatId? StandsInFor { get; private set; }

    /// <summary>The member on leave that day whose place the person has; null for most.</summary>
    public PersonId? OnLeave { get; private set; }

    /// <summary>Of a deputy: the seat this one was named for, while its member is on leave.</summary>
    public SeatId? CalledFor { get; private set; }

    public Attendance Attendance { get; private set; }

    /// <summary>The item the person came in at, and was there for; null for one who was there from the beginning.</summary>
    public AgendaItemId? FromItem { get; private set; }

    /// <summary>The item the person left during, and did not vote in; null for one who stayed to the end.</summary>
    public AgendaItemId? UntilItem { get; private set; }

    public bool IsOfBody => Role is SeatRole.Leader or SeatRole.DeputyLeader or SeatRole.Member;

    internal void Refresh(Seat seat) =>
        (Number, Role, PersonId, Order, Group, StandsInFor, OnLeave, CalledFor) = (seat.Number, seat.Role, seat.PersonId, seat.Order, seat.Group, seat.StandsInFor, null, null);

    internal void HandOver(PersonId person) => (OnLeave, PersonId) = (PersonId, person);

    internal void CallIn(SeatId seat) => CalledFor = seat;

    internal void Note(Attendance attendance, AgendaItemId? from, AgendaItemId? until) =>
        (Attendance, FromItem, UntilItem) = attendance == Attendance.Present ? (attendance, from, until) : (attendance, null, null);
}

/// <summary>What is noted of a seat: whether its person is there, and the items between which the person came and went.</summary>
public sealed record SeatAttendance(SeatId Seat, Attendance Attendance, AgendaItemId? From, AgendaItemId? Until);
