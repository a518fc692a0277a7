using Tilskudd.Cycle.People;

namespace Tilskudd.Cycle.Approval;

/// <summary>What was found of a member's habilitet follows the case, not the version: a new round begins with it, and it stands until it is decided anew.</summary>
public sealed partial class Round
{
    /// <summary>
    /// Takes over what was found of each member in the body's earlier rounds on the case, and what was left undecided. Called again when places
    /// have been handed over, it takes over what concerns those who came in.
    /// </summary>
    /// <param name="earlier">The body's rounds on the case before this one, oldest first.</param>
    /// <param name="inMeetings">Whom meetings found inhabil in the case of those rounds.</param>
    /// <returns>What was taken over now.</returns>
    public IReadOnlyList<Doubt> TakeOver(IReadOnlyList<Round> earlier, IReadOnlyList<MeetingFinding> inMeetings)
    {
        var (before, known) = (_doubts.Count, _doubts.Select(doubt => doubt.PersonId).ToHashSet());
        var said = earlier.SelectMany(round => round.Doubts.OrderBy(doubt => doubt.Number).Concat(inMeetings.Where(finding => finding.Round == round.Id).Select(Doubt.Of)).Select(doubt => (Doubt: doubt, Round: round)));
        foreach (var ofOne in said.Where(one => !known.Contains(one.Doubt.PersonId)).GroupBy(one => one.Doubt.PersonId).ToList())
        {
            // The last that was decided, and what has been asked since.
            foreach (var (doubt, round) in new[] { ofOne.LastOrDefault(one => one.Doubt.IsDecided), ofOne.Last() }.Where(one => one.Doubt is not null).Distinct())
            {
                TakeOver(doubt, round);
            }
        }

        return _doubts[before..];
    }

    /// <summary>The finding from an earlier version that keeps the member of a seat out, and may be taken up anew; null where there is none.</summary>
    public Doubt? StandingFinding(SeatId seat) =>
        IsOpen && _doubts.Where(doubt => doubt.SeatId == seat).MaxBy(doubt => doubt.Number) is { FoundInVersion: not null, IsInhabil: true } finding && IsInhabil(finding.PersonId) ? finding : null;

    /// <summary>The earlier version a person was found inhabil in, where that stands; null where it was found here, or was not.</summary>
    public int? FoundInhabilIn(PersonId person) => _doubts.Where(doubt => doubt.PersonId == person && doubt.IsDecided).MaxBy(doubt => doubt.Number) is { IsInhabil: true } finding ? finding.FoundInVersion : null;

    /// <summary>Asks anew about a member who was found inhabil in an earlier version. What was found stands, and the deputy with it, until it is decided again.</summary>
    public Refusal? TakeUpAnew(SeatId seat, PersonId by, DateTimeOffset at)
    {
        if (!IsOpen)
        {
            return new RoundRefusal.IsClosed(ClosedAt!.Value);
        }

        if (StandingFinding(seat) is not { } finding)
        {
            return new DoubtRefusal.NothingToTakeUp();
        }

        if (finding.PersonId == by)
        {
            return new DoubtRefusal.OwnDoubt();
        }

        _doubts.Add(Doubt.Anew(_doubts.Count + 1, finding, by, _answers.Count, at));
        return null;
    }

    private void TakeOver(Doubt doubt, Round from)
    {
        if (PlaceOf(doubt, from) is not { } place)
        {
            return;
        }

        _doubts.Add(Doubt.Follow(_doubts.Count + 1, place.SeatId, doubt, from.Version));
        if (doubt.IsInhabil == true && place.PersonId == doubt.PersonId)
        {
            place.FindInhabil(doubt.DecidedAt!.Value);
        }
    }

    // The seat the person has now. Who was found inhabil while standing in for a member has none, and is not to be let in again.
    private RoundSeat? PlaceOf(Doubt doubt, Round from) =>
        _seats.FirstOrDefault(seat => seat.SeatId == doubt.SeatId && seat.PersonId == doubt.PersonId)
        ?? _seats.FirstOrDefault(seat => seat.PersonId == doubt.PersonId && seat.Role != SeatRole.Observer)
        ?? (doubt.IsInhabil == true && from.Seats.Any(seat => seat.SeatId == doubt.SeatId && seat.PersonId != doubt.PersonId) ? _seats.FirstOrDefault(seat => seat.SeatId == doubt.SeatId) : null);

    private bool IsFoundInhabil(PersonId person) => _doubts.Where(doubt => doubt.PersonId == person && doubt.IsDecided).MaxBy(doubt => doubt.Number)?.IsInhabil == true;
}
