using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.People;

/// <summary>How sure we are of who answered; chosen per body and kept with each answer.</summary>
public enum Assurance
{
    /// <summary>The personal link and the four-digit code of the same mail: stops robots, not forwarding.</summary>
    LinkAndCode,

    /// <summary>The link and a fresh code mailed at the moment of decision.</summary>
    LinkAndFreshCode,

    /// <summary>Signed in through an identity provider.</summary>
    OpenIdConnect,

    /// <summary>Signed in by mailed link, answered from the inbox.</summary>
    SignedIn,

    /// <summary>Given by phone or on paper and written down by who leads the round. No body asks for it.</summary>
    RegisteredBySecretary,
}

/// <summary>A group that decides or recommends, with its rules as data: its legal status differs from place to place (domain.md 4.2).</summary>
public sealed class Body
{
    private readonly List<Seat> _seats = [];

    private Body() { }

    public Body(BodyId id, ProgrammeId programme, PlanUnitId? unit, string key, string name, Regime regime, Mandate mandate, Mode mode, bool isCompetent, string legalBasis)
    {
        (Id, ProgrammeId, PlanUnitId, Key) = (id, programme, unit, key);
        Change(name, regime, mandate, mode, isCompetent, legalBasis);
    }

    public BodyId Id { get; private set; }

    public ProgrammeId ProgrammeId { get; private set; }

    /// <summary>Null: the body decides for every unit of the programme.</summary>
    public PlanUnitId? PlanUnitId { get; private set; }

    /// <summary>The key the flows name it by, for example <c>deciding-body</c>.</summary>
    public string Key { get; private set; } = "";

    public string Name { get; private set; } = "";

    public Regime Regime { get; private set; }

    public Mode Mode { get; private set; }

    /// <summary>Whether its approval binds the municipality; else it only recommends, and a competent body must decide.</summary>
    public bool IsCompetent { get; private set; }

    /// <summary>What the rules rest on, as text with its date: section numbers change.</summary>
    public string LegalBasis { get; private set; } = "";

    public Assurance Assurance { get; private set; } = Assurance.LinkAndCode;

    /// <summary>Working days the call to a meeting must go before it; null where the body's own rules say nothing.</summary>
    public int? NoticeDays { get; private set; }

    public long QuorumNumerator { get; private set; }

    public long QuorumDenominator { get; private set; }

    public Majority Majority { get; private set; }

    public TieRule Tie { get; private set; }

    public bool MayAbstain { get; private set; }

    public WrittenRule Written { get; private set; }

    public IReadOnlyList<Seat> Seats => _seats;

    /// <summary>Last day the body was asked; null while it lasts. A round that is open is finished.</summary>
    public LocalDate? ToOn { get; private set; }

    public Mandate Mandate => new(QuorumNumerator, QuorumDenominator, Majority, Tie, MayAbstain, Written);

    /// <summary>Gives the body other rules, for the rounds that are opened from now on.</summary>
    /// <exception cref="ArgumentException">The quorum is no part of a body: the page offers only those that are.</exception>
    public void Change(string name, Regime regime, Mandate mandate, Mode mode, bool isCompetent, string legalBasis)
    {
        if (mandate.QuorumNumerator <= 0 || mandate.QuorumNumerator > mandate.QuorumDenominator)
        {
            throw new ArgumentException($"The quorum {mandate.QuorumNumerator}/{mandate.QuorumDenominator} of '{Key}' is no part of a body.", nameof(mandate));
        }

        (Name, Regime, Mode, IsCompetent, LegalBasis) = (name, regime, mode, isCompetent, legalBasis);
        (QuorumNumerator, QuorumDenominator, Majority, Tie, MayAbstain, Written) = mandate;
    }

    /// <summary>How an answer by link is confirmed, in the rounds that are opened from now on.</summary>
    public void Require(Assurance assurance) => Assurance = assurance;

    /// <summary>How long before a meeting its members are called, from now on.</summary>
    public void GiveNotice(int? workingDays) => NoticeDays = workingDays;

    /// <summary>The body is not asked after a day; with null it is asked again.</summary>
    public void End(LocalDate? lastDay) => ToOn = lastDay;

    /// <summary>Adds a seat, in the order of the body's list.</summary>
    public Seat Add(SeatId id, SeatRole role, PersonId? person, int? order, string? group, SeatId? standsInFor, LocalDate from, LocalDate? to)
    {
        var seat = new Seat(id, _seats.Count == 0 ? 1 : _seats.Max(seat => seat.Number) + 1, role, person, order, group, standsInFor, from, to);
        _seats.Add(seat);
        return seat;
    }

    /// <summary>Gives a seat to another person from a day on, or lets it stand vacant. What was before stays as it was; deputies of the seat follow it.</summary>
    /// <param name="next">Makes the ids of the new seats.</param>
    public Seat Succeed(Seat seat, PersonId? person, LocalDate from, Func<SeatId> next)
    {
        var heir = Add(next(), seat.Role, person, seat.Order, seat.Group, seat.StandsInFor, from, seat.ToOn);
        foreach (var deputy in _seats.Where(other => other.IsDeputyOf(seat) && other.LastsOn(from)).ToList())
        {
            if (deputy.FromOn >= from)
            {
                deputy.StandInFor(heir.Id);
                continue;
            }

            Add(next(), deputy.Role, deputy.PersonId, deputy.Order, deputy.Group, heir.Id, from, deputy.ToOn);
            deputy.End(from.PlusDays(-1));
        }

        seat.End(from.PlusDays(-1));
        return heir;
    }

    /// <summary>The seat that has stood vacant since this one was left, and does on a day; null where there is none.</summary>
    public Seat? LeftVacant(Seat seat, LocalDate on) => _seats.Find(other => other.PersonId is null && seat.ToOn is { } last && other.FromOn == last.PlusDays(1)
        && (other.Role, other.Group, other.Order) == (seat.Role, seat.Group, seat.Order) && other.LastsOn(on) && other.LastsOn(other.FromOn));

    /// <summary>
    /// A seat that was to be left on a day yet to come is not left after all: it goes on, with its deputies, and the vacancy that was to come after it,
    /// which nobody has had for a day, is none.
    /// </summary>
    /// <param name="vacancy">As <see cref="LeftVacant"/> finds it.</param>
    public void Rejoin(Seat seat, Seat vacancy)
    {
        foreach (var deputy in _seats.Where(other => other.IsDeputyOf(vacancy)).ToList())
        {
            if (_seats.Find(other => other.IsDeputyOf(seat) && other.ToOn == seat.ToOn && other.PersonId == deputy.PersonId && deputy.FromOn == vacancy.FromOn) is { } before)
            {
                before.GoOn(deputy);
                _seats.Remove(deputy);
            }
            else
            {
                deputy.StandInFor(seat.Id);
            }
        }

        seat.GoOn(vacancy);
        _seats.Remove(vacancy);
    }

    /// <summary>The seats that <see cref="Rejoin"/> does without: the vacancy, and those of its deputies that go on with the seat they were in.</summary>
    public IReadOnlyList<Seat> Comes(Seat vacancy) => [vacancy, .. _seats.Where(other => other.IsDeputyOf(vacancy))];

    /// <summary>The seats as they are filled on a day.</summary>
    public IEnumerable<Seat> SeatsOn(LocalDate day) => _seats.Where(seat => seat.HoldsOn(day)).OrderBy(seat => seat.Number);
}

/// <summary>A place in a body, with the person who has it for a period.</summary>
public sealed class Seat : ILasting
{
    private Seat() { }

    internal Seat(SeatId id, int number, SeatRole role, PersonId? person, int? order, string? group, SeatId? standsInFor, LocalDate from, LocalDate? to)
    {
        if (to < from)
        {
            throw new ArgumentException($"A seat cannot end on {to:uuuu-MM-dd}, before it begins on {from:uuuu-MM-dd}.", nameof(to));
        }

        (Id, Number, Role, PersonId, Order, Group, StandsInFor, FromOn, ToOn) = (id, number, role, person, order, group, standsInFor, from, to);
    }

    public SeatId Id { get; private set; }

    public int Number { get; private set; }

    public SeatRole Role { get; private set; }

    /// <summary>Null while the seat is vacant.</summary>
    public PersonId? PersonId { get; private set; }

    public int? Order { get; private set; }

    /// <summary>The party or list its deputies are chosen for.</summary>
    public string? Group { get; private set; }

    /// <summary>The seat a personal deputy stands in for.</summary>
    public SeatId? StandsInFor { get; private set; }

    public LocalDate FromOn { get; private set; }

    /// <summary>Last day in the seat; null while it lasts.</summary>
    public LocalDate? ToOn { get; private set; }

    public bool HoldsOn(LocalDate day) => FromOn <= day && this.LastsOn(day);

    /// <param name="lastDay">The day before the first, where it was given by mistake: then it was never held.</param>
    /// <exception cref="ArgumentException">The last day is earlier than that; the form is checked first.</exception>
    public void End(LocalDate lastDay) =>
        ToOn = lastDay >= FromOn.PlusDays(-1) ? lastDay : throw new ArgumentException($"A seat cannot end on {lastDay:uuuu-MM-dd}, before it begins on {FromOn:uuuu-MM-dd}.", nameof(lastDay));

    /// <summary>The place a deputy has, and for whom: party and order decide who steps in.</summary>
    public void Place(int? order, string? group, SeatId? standsInFor) => (Order, Group, StandsInFor) = (order, group, standsInFor);

    /// <summary>It was written down as another kind of seat than it is.</summary>
    public void Correct(SeatRole role) => Role = role;

    /// <summary>Whether it is the personal deputy of another seat; who is no deputy stands in for nobody.</summary>
    public bool IsDeputyOf(Seat other) => Role == SeatRole.Deputy && StandsInFor == other.Id;

    /// <summary>Somebody has the place, which has stood vacant since its first day.</summary>
    /// <exception cref="InvalidOperationException">It is somebody's already.</exception>
    public void Fill(PersonId person) => PersonId = PersonId is null ? person : throw new InvalidOperationException($"Seat {Id} is not vacant.");

    /// <summary>It was given to another by mistake, and is this person's from its first day.</summary>
    public void GiveInstead(PersonId person) => PersonId = person;

    // It lasts as long as the one that was to come after it, in the place that one had got.
    internal void GoOn(Seat after) => (ToOn, Order, Group) = (after.ToOn, after.Order, after.Group);

    internal void StandInFor(SeatId seat) => StandsInFor = seat;
}
