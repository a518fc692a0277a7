using Tilskudd.Cycle.People;

namespace Tilskudd.Cycle.Approval;

/// <summary>
/// Who leaves the body while a round is open. One who has not answered is out of the round, and who has the place in the body after has it here.
/// Who has answered did so as a member, and a deputy who has answered in the place keeps it: an answer stands. Who was found inhabil is out already,
/// and the deputy has the case.
/// </summary>
public sealed partial class Round
{
    /// <summary>A seat's person has left the body.</summary>
    /// <param name="heir">Who has the place now; null where it stands vacant. Who takes part already keeps the place there is.</param>
    /// <returns>Whether the seat has been passed on or has become vacant.</returns>
    public bool PassOn(SeatId seat, PersonId? heir)
    {
        if (!IsOpen || _seats.SingleOrDefault(known => known.SeatId == seat) is not { PersonId: { } left, OnLeave: null, CalledFor: null, InhabilAt: null } place || LastOf(left) is not null || IsInDoubt(left))
        {
            return false;
        }

        var next = heir is { } person && (SeatOf(person) is not null || IsInDoubt(person) || HasDeputyAnswered(place)) ? null : heir;
        var had = next is null ? [] : _seats.Where(known => known.PersonId == next).ToList();
        place.PassTo(next, had);
        had.ForEach(known => known.PassTo(null, []));
        return true;
    }
}
