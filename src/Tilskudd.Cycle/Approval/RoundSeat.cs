using NodaTime;
using Tilskudd.Cycle.People;

namespace Tilskudd.Cycle.Approval;

/// <summary>A seat as it stood when the round opened; of one whose member is on leave, who has it meanwhile, and of one whose member has left the body, who has it after.</summary>
public sealed class RoundSeat
{
    private RoundSeat() { }

    internal RoundSeat(Seat seat) =>
        (SeatId, Number, Role, PersonId, Order, Group, StandsInFor) = (seat.Id, seat.Number, seat.Role, seat.PersonId, seat.Order, seat.Group, seat.StandsInFor);

    public SeatId SeatId { get; private set; }

    public int Number { get; private set; }

    public SeatRole Role { get; private set; }

    public PersonId? PersonId { get; private set; }

    public int? Order { get; private set; }

    public string? Group { get; private set; }

    public SeatId? StandsInFor { get; private set; }

    /// <summary>The person was found inhabil, and the seat is out (fvl. §§ 6 and 8).</summary>
    public DateTimeOffset? InhabilAt { get; private set; }

    /// <summary>The person cannot take part in this round.</summary>
    public DateTimeOffset? AbsentAt { get; private set; }

    /// <summary>The member on leave whose place the person has; null for most.</summary>
    public PersonId? OnLeave { get; private set; }

    /// <summary>Of a deputy: the seat this one was named for, while its member is on leave.</summary>
    public SeatId? CalledFor { get; private set; }

    /// <summary>The last day of the leave.</summary>
    public LocalDate? LeaveUntil { get; private set; }

    internal void HandOver(PersonId person, LocalDate until) => (OnLeave, PersonId, LeaveUntil) = (PersonId, person, until);

    internal void TakeBack() => (PersonId, OnLeave, LeaveUntil) = (OnLeave, null, null);

    // What is known of the heir's habilitet and absence follows from the seats the heir had as a deputy or an observer.
    internal void PassTo(PersonId? person, IReadOnlyCollection<RoundSeat> had) =>
        (PersonId, InhabilAt, AbsentAt) = (person, had.Max(seat => seat.InhabilAt), had.Max(seat => seat.AbsentAt));

    internal void CallIn(SeatId seat, LocalDate until) => (CalledFor, LeaveUntil) = (seat, until);

    internal void SendHome() => (CalledFor, LeaveUntil) = (null, null);

    internal void FindInhabil(DateTimeOffset at) => InhabilAt = at;

    internal void FindHabil() => InhabilAt = null;

    internal void SetAbsent(DateTimeOffset at) => AbsentAt = at;

    internal void SetPresent() => AbsentAt = null;
}
