using Tilskudd.Cycle.Approval;

namespace Tilskudd.Tests.Approval;

/// <summary>Bodies and answers in shorthand: seat s1 is the leader with person p1, s2 the deputy-leader, the rest members.</summary>
internal static class GivenABallot
{
    public static Ballot Empty { get; } = new(Regime.Kommuneloven, Mandate.Default, Mode.Meeting, [], null, [], [], [], [], IsClosed: false);

    /// <summary>A body of so many seats. A letter to each seat is its group.</summary>
    public static Ballot Of(int size, string groups = "") => Empty with
    {
        Seats = [.. Enumerable.Range(1, size).Select(i =>
            new BallotSeat($"s{i}", Role(i), $"p{i}", null, groups.Length >= i ? groups[i - 1].ToString() : null, null, IsVacant: false))],
    };

    /// <summary>A seat that is neither vacant nor ordered.</summary>
    public static BallotSeat Seat(string seat, SeatRole role, string? person) => new(seat, role, person, null, null, null, IsVacant: false);

    public static Ballot Under(this Ballot ballot, Mandate mandate) => ballot with { Regime = Regime.Mandat, Mandate = mandate };

    public static Ballot InLine(this Ballot ballot) => ballot with { Regime = Regime.Administrativ };

    public static Ballot InWriting(this Ballot ballot) => ballot with { Mode = Mode.Written };

    public static Ballot Closed(this Ballot ballot) => ballot with { IsClosed = true };

    public static Ballot With(this Ballot ballot, params BallotSeat[] seats) => ballot with { Seats = [.. ballot.Seats, .. seats] };

    public static Ballot Vacant(this Ballot ballot, string seat) => ballot with
    {
        Seats = [.. ballot.Seats.Select(each => each.Seat == seat ? each with { IsVacant = true, Person = null } : each)],
    };

    /// <summary>A sign to each seat in turn: + approve, r with remark, - send back, 0 abstain, ! object to written, . no answer.</summary>
    public static Ballot Answered(this Ballot ballot, string signs) => ballot with
    {
        Answers = [.. signs.Select((sign, i) => (Sign: sign, ballot.Seats[i].Seat))
            .Where(answer => answer.Sign != '.')
            .Select(answer => new BallotAnswer(answer.Seat, Answer(answer.Sign)))],
    };

    public static BallotSeat Deputy(string seat, string? group = null, int? order = null, string? @for = null) =>
        new(seat, SeatRole.Deputy, "p-" + seat, order, group, @for, IsVacant: false);

    private static SeatRole Role(int i) => i == 1 ? SeatRole.Leader : i == 2 ? SeatRole.DeputyLeader : SeatRole.Member;

    private static AnswerKind Answer(char sign) => sign switch
    {
        '+' => AnswerKind.Approve,
        'r' => AnswerKind.ApproveWithRemark,
        '-' => AnswerKind.SendBack,
        '0' => AnswerKind.Abstain,
        '!' => AnswerKind.ObjectToWritten,
        _ => throw new ArgumentOutOfRangeException(nameof(sign), sign, "No such sign."),
    };
}
