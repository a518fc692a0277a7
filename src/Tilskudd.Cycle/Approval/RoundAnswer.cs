using Tilskudd.Cycle.People;

namespace Tilskudd.Cycle.Approval;

/// <summary>An answer, bound to the hash of what the member was shown. Earlier answers of the same member are kept; the last one counts.</summary>
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
}
