using NodaTime;
using Tilskudd.Cycle.Approval;

namespace Tilskudd.Cycle.People;

/// <summary>
/// Who answers for a member on leave, from one day to another. Under kommuneloven only a deputy elected for the member's group may (§ 7-10);
/// elsewhere the member chooses. It ends by itself.
/// </summary>
public sealed class Substitute
{
    /// <summary>The longest leave, in days.</summary>
    public const int LongestDays = 366;

    private Substitute() { }

    private Substitute(SubstituteId id, Body body, Seat seat, PersonId standIn, LocalDate from, LocalDate to, PersonId by, DateTimeOffset at) =>
        (Id, BodyId, SeatId, PersonId, StandInId, FromOn, ToOn, RegisteredBy, RegisteredAt) = (id, body.Id, seat.Id, seat.PersonId!.Value, standIn, from, to, by, at);

    public SubstituteId Id { get; private set; }

    public BodyId BodyId { get; private set; }

    public SeatId SeatId { get; private set; }

    /// <summary>The member on leave.</summary>
    public PersonId PersonId { get; private set; }

    /// <summary>Who answers for the member.</summary>
    public PersonId StandInId { get; private set; }

    public LocalDate FromOn { get; private set; }

    /// <summary>The last day.</summary>
    public LocalDate ToOn { get; private set; }

    public PersonId RegisteredBy { get; private set; }

    public DateTimeOffset RegisteredAt { get; private set; }

    /// <summary>When the open rounds were handed over; null while the first day is not come.</summary>
    public DateTimeOffset? BegunAt { get; private set; }

    /// <summary>When it ended: after the last day, or before it by the member's own word.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public bool HoldsOn(LocalDate day) => EndedAt is null && FromOn <= day && day <= ToOn;

    /// <summary>Those who may stand in for a seat; null where the body's rules leave it to the member.</summary>
    public static IReadOnlyList<Seat>? Electable(Body body, Seat seat, LocalDate from) => body.Regime switch
    {
        Regime.Kommuneloven =>
        [
            .. body.SeatsOn(from).Where(deputy => deputy.Role == SeatRole.Deputy && deputy.PersonId is not null && deputy.Group == seat.Group && (deputy.StandsInFor is null || deputy.StandsInFor == seat.Id))
                .OrderBy(deputy => deputy.StandsInFor is null).ThenBy(deputy => deputy.Order is null).ThenBy(deputy => deputy.Order),
        ],
        Regime.Mandat or Regime.Administrativ => null,
    };

    /// <summary>Names a substitute.</summary>
    /// <param name="others">Those named before in the body.</param>
    public static (Substitute? Named, Refusal? Refusal) Name(
        SubstituteId id, Body body, Seat seat, PersonId standIn, LocalDate from, LocalDate to, IEnumerable<Substitute> others, PersonId by, DateTimeOffset at, LocalDate today)
    {
        var overlapping = others.Where(other => other.EndedAt is null && other.FromOn <= to && from <= other.ToOn).ToList();
        Refusal? refusal =
            seat.PersonId is null || seat.Role is SeatRole.Deputy or SeatRole.Observer ? new SubstituteRefusal.NoSuchSeat()
            : to < from ? new SubstituteRefusal.EndsBeforeItBegins(from)
            : to < today ? new SubstituteRefusal.IsOver(to)
            : Period.DaysBetween(from, to) >= LongestDays ? new SubstituteRefusal.TooLong(LongestDays)
            : !seat.HoldsOn(from > today ? from : today) ? new SubstituteRefusal.NoSuchSeat()
            : standIn == seat.PersonId ? new SubstituteRefusal.Oneself()
            : Electable(body, seat, from) is { } electable && electable.All(deputy => deputy.PersonId != standIn) ? new SubstituteRefusal.NotElected()
            : Sits(body, standIn, from, to) ? new SubstituteRefusal.SitsAlready()
            : overlapping.Any(other => other.SeatId == seat.Id) ? new SubstituteRefusal.HasOne()
            : overlapping.Any(other => other.StandInId == standIn) ? new SubstituteRefusal.StandsInAlready()
            : overlapping.Any(other => other.PersonId == standIn) ? new SubstituteRefusal.IsAway()
            : null;
        return refusal is null ? (new Substitute(id, body, seat, standIn, from, to, by, at), null) : (null, refusal);
    }

    /// <summary>The first day has come, and the open rounds are handed over.</summary>
    public void Begin(DateTimeOffset at) => BegunAt ??= at;

    /// <summary>It is over.</summary>
    public void End(DateTimeOffset at) => EndedAt ??= at;

    // One person has one vote.
    private static bool Sits(Body body, PersonId person, LocalDate from, LocalDate to) => body.Seats.Any(seat =>
        seat.PersonId == person && seat.Role is SeatRole.Leader or SeatRole.DeputyLeader or SeatRole.Member && seat.FromOn <= to && (seat.ToOn is null || seat.ToOn >= from));
}

/// <summary>Why a substitute cannot be named.</summary>
public abstract record SubstituteRefusal(string Field = "") : Refusal(Field)
{
    public sealed record NobodyChosen() : SubstituteRefusal("stedfortreder");

    /// <summary>The seat is vacant, a deputy's or an observer's, or is not the member's in the period.</summary>
    public sealed record NoSuchSeat : SubstituteRefusal;

    public sealed record Oneself() : SubstituteRefusal("stedfortreder");

    /// <summary>Under kommuneloven: not a deputy elected for the member's group.</summary>
    public sealed record NotElected() : SubstituteRefusal("stedfortreder");

    public sealed record SitsAlready() : SubstituteRefusal("stedfortreder");

    /// <summary>The member has named somebody for some of the days.</summary>
    public sealed record HasOne() : SubstituteRefusal("fra");

    public sealed record StandsInAlready() : SubstituteRefusal("stedfortreder");

    /// <summary>The chosen one is on leave from a seat of the body too.</summary>
    public sealed record IsAway() : SubstituteRefusal("stedfortreder");

    public sealed record EndsBeforeItBegins(LocalDate From) : SubstituteRefusal("til");

    public sealed record IsOver(LocalDate To) : SubstituteRefusal("til");

    public sealed record TooLong(int Most) : SubstituteRefusal("til");
}
