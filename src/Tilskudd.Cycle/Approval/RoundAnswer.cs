using NodaTime;
using Tilskudd.Cycle.People;

namespace Tilskudd.Cycle.Approval;

/// <summary>
/// An answer, bound to the hash of what the member was shown. Earlier answers of the same member are kept; the last one counts, unless the
/// member has taken back what another wrote down.
/// </summary>
public sealed class RoundAnswer
{
    private RoundAnswer() { }

    internal RoundAnswer(RoundAnswerId id, int number, RoundSeat seat, PersonId person, AnswerKind kind, string remark, string hash, Assurance assurance, Guid formKey, DateTimeOffset at) =>
        (Id, Number, SeatId, PersonId, Kind, Remark, Hash, Assurance, FormKey, At) = (id, number, seat.SeatId, person, kind, remark, hash, assurance, formKey, at);

    public RoundAnswerId Id { get; private set; }

    public int Number { get; private set; }

    public SeatId SeatId { get; private set; }

    public PersonId PersonId { get; private set; }

    public AnswerKind Kind { get; private set; }

    public string Remark { get; private set; } = "";

    /// <summary>The hash of the version that was shown.</summary>
    public string Hash { get; private set; } = "";

    public Assurance Assurance { get; private set; }

    /// <summary>The key of the posted form: the same form again gets the same receipt, never a second answer.</summary>
    public Guid FormKey { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>How the answer came to the one who registered it; null for one the member gave here.</summary>
    public AnswerChannel? Channel { get; private set; }

    /// <summary>Who registered it for the member; null for one the member gave here.</summary>
    public PersonId? RegisteredBy { get; private set; }

    /// <summary>The day the member gave it to the one who registered it.</summary>
    public LocalDate? GivenOn { get; private set; }

    /// <summary>When the member said that it is not theirs. It is kept, and counts no longer.</summary>
    public DateTimeOffset? RetractedAt { get; private set; }

    internal RoundAnswer With(Registration how)
    {
        (Channel, RegisteredBy, GivenOn) = (how.Channel, how.By, how.On);
        return this;
    }

    internal void Retract(DateTimeOffset at) => RetractedAt = at;
}
