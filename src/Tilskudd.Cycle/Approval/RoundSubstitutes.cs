using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Approval;

/// <summary>
/// A member on leave in a round. Under kommuneloven the deputy who was named is called in for the member, and the powers of a leader do not follow;
/// elsewhere the one named has the member's seat. Who has answered for a member keeps the place till the case is done.
/// </summary>
public sealed partial class Round
{
    /// <summary>Whom the person of a seat answers instead of; null for most.</summary>
    public PersonId? InsteadOf(RoundSeat seat) => seat.OnLeave ?? _seats.FirstOrDefault(other => other.SeatId == seat.CalledFor)?.PersonId;

    /// <summary>Who answers for a person on leave, and until which day; null for others.</summary>
    public RoundSeat? StandInFor(PersonId person) =>
        _seats.FirstOrDefault(seat => seat.OnLeave == person) ?? _seats.FirstOrDefault(seat => seat.CalledFor is not null && InsteadOf(seat) == person);

    /// <summary>Hands a member's place over, where the member has not answered and both may.</summary>
    /// <param name="until">The last day.</param>
    /// <returns>Whether it was handed over.</returns>
    public bool StandIn(SeatId seat, PersonId person, LocalDate until)
    {
        var place = _seats.SingleOrDefault(known => known.SeatId == seat);
        if (!IsOpen || place is not { OnLeave: null, PersonId: { } member } || IsOut(place) || IsInDoubt(member) || Standing.Any(answer => answer.SeatId == seat)
            || SeatOf(person) is not null || Drafters.Contains(person) || IsAway(person) || IsFoundInhabil(person))
        {
            return false;
        }

        if (Regime != Regime.Kommuneloven)
        {
            place.HandOver(person, until);
            return true;
        }

        var deputy = _seats.FirstOrDefault(known => known.Role == SeatRole.Deputy && known.PersonId == person && known.CalledFor is null && known.Group == place.Group && (known.StandsInFor is null || known.StandsInFor == seat));
        deputy?.CallIn(seat, until);
        return deputy is not null;
    }

    /// <summary>The leave is over: the member has the place again, unless the other has answered.</summary>
    /// <returns>Whether the member has it back.</returns>
    public bool StandDown(SeatId seat, PersonId person)
    {
        if (!IsOpen || LastOf(person) is not null || IsInDoubt(person))
        {
            return false;
        }

        if (_seats.FirstOrDefault(known => known.SeatId == seat && known.OnLeave is not null && known.PersonId == person && !IsOut(known)) is { } place)
        {
            place.TakeBack();
            return true;
        }

        var deputy = _seats.FirstOrDefault(known => known.CalledFor == seat && known.PersonId == person);
        deputy?.SendHome();
        return deputy is not null;
    }

    // Until the clockwork has seen it, a day that is over is over all the same.
    private bool IsOver(RoundSeat seat, PersonId person, DateTimeOffset at) => seat.LeaveUntil is { } until && LastOf(person) is null && OsloTime.On(at).Date > until;

    private bool IsOnLeave(RoundSeat seat) => _seats.Any(other => other.CalledFor == seat.SeatId);

    private bool IsAway(PersonId person) => _seats.Any(seat => seat.PersonId == person && (seat.InhabilAt is not null || seat.AbsentAt is not null));
}
